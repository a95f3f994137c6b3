//! What partners must know in time: operations that change soon, days in their calendars, versions they still use,
//! what is marked as deprecated.

use std::collections::BTreeMap;

use ical::parser::ical::component::IcalCalendar;
use jiff::ToSpan;
use jiff::civil::Date;

use super::sample::{Given, Site, stop};
use crate::cli::announced::{add, announced};
use crate::cli::place::{BOOKS, Place};

fn calendar(text: &str) -> IcalCalendar {
    let mut all: Vec<_> = ical::IcalParser::new(text.as_bytes()).collect();
    assert_eq!(all.len(), 1);
    all.remove(0).expect("a calendar")
}

/// Of each event the identity, without the host, and the day.
fn days(calendar: &IcalCalendar) -> BTreeMap<String, String> {
    let events = calendar.events.iter().map(|event| {
        let value = |name: &str| {
            let found = event.properties.iter().find(|property| property.name == name);
            found.and_then(|property| property.value.clone()).unwrap_or_default()
        };
        (value("UID").split('@').next().unwrap_or_default().to_owned(), value("DTSTART"))
    });
    let all: Vec<_> = events.collect();
    let days: BTreeMap<_, _> = all.iter().cloned().collect();
    assert_eq!(days.len(), all.len(), "an identity stands twice: {all:?}");
    days
}

fn published(place: &Place) {
    let run = place.run("publish --out site");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
}

#[test]
fn the_calendar_has_the_days_to_try_and_to_answer_until_it_came() {
    let place = announced();
    add(&place, "testable_on = 2024-05-10");
    published(&place);
    let read = calendar(&place.read("site/upcoming.ics"));
    let found = days(&read);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["N2024-001", "N2024-001-reply", "N2024-001-test"]);
    assert_eq!((found["N2024-001"].as_str(), found["N2024-001-test"].as_str()), ("20240601", "20240510"));
    let reply = found["N2024-001-reply"].as_str();
    assert!("20240502" < reply && reply < "20240601", "{reply}");
    let head = |name: &str| read.properties.iter().find(|it| it.name == name).and_then(|it| it.value.clone());
    assert!(head("NAME").is_some_and(|name| !name.is_empty()));
    assert_eq!(head("REFRESH-INTERVAL").as_deref(), Some("P1D"));
    // The notice's own calendar says the same days.
    assert_eq!(days(&calendar(&place.read("site/n/N2024-001.ics"))), found);
    // Once it is given up there is nothing to try and nothing to answer.
    add(&place, "withdrawn_on = 2024-05-03");
    published(&place);
    let left = days(&calendar(&place.read("site/upcoming.ics")));
    assert_eq!(left.keys().collect::<Vec<_>>(), ["N2024-001"]);
}

#[test]
fn the_operations_that_a_notice_reaches_change_soon_and_no_other() {
    let place = Place::repository();
    let document =
        BOOKS.replace("components:", "  /halls:\n    get: {responses: {\"204\": {description: ok}}}\ncomponents:");
    let untitled = document.replace(", title]", "]").replace("        title: {type: string}\n", "");
    place.write("preavis.toml", "").write("api.yaml", &document);
    place.release("v1");
    place.write("api.yaml", &untitled);
    let run = place.run("notice new v1 --announce --today 2024-05-02 --effective 2024-06-01 --langs en");
    assert_eq!(run.code, 0, "{run:?}");
    let soon = || {
        published(&place);
        let page = place.read("site/api/api/index.html");
        // The mark stands beside the name: the last column of the table is out of sight on a phone.
        let rows = page.lines().filter(|line| line.starts_with("<tr><th scope=\"row\">"));
        rows.map(|row| {
            (row.contains("/<wbr>books"), row.split("</th>").next().is_some_and(|name| name.contains("changes soon")))
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(soon(), [(true, true), (false, false)]);
    assert!(place.read("site/upcoming.html").contains("<li class=\"breaking\"><a href=\"n/N2024-001.html\">"));
    place.release("v2");
    assert_eq!(soon(), [(true, false), (false, false)], "it came");
}

/// So many versions, one every so many days, each with a property of its own.
fn long(count: usize, step: i64) -> Site {
    let first: Date = "2021-01-01".parse().expect("a day");
    let stops = (0_i64..).take(count).map(|n| {
        let day = first.checked_add((n * step).days()).expect("a day").to_string();
        stop(&format!("v{n}"), &day, &[("library", format!("{BOOKS}        p{n}: {{type: integer}}\n"))])
    });
    Given { stops: stops.collect(), notices: Vec::new(), lang: preavis::text::Lang::En, ..Given::library() }.site()
}

#[test]
fn a_list_of_versions_that_was_thinned_out_says_so() {
    let whole = "A version that is not listed is the same as the one before it";
    let thinned = "Of versions long ago, only some are listed";
    // Count of versions, days between them, how many are listed at least and at most.
    for (count, step, least, most) in [(45, 30, 45, 45), (90, 7, 30, 50), (70, 60, 50, 50)] {
        let site = long(count, step);
        let page = &site["api/library/index.html"];
        let listed: Vec<usize> =
            (0..count).filter(|n| page.contains(&format!("href=\"../../diff/library/v{n}..latest.html\""))).collect();
        assert!((least..=most).contains(&listed.len()), "{count}: {listed:?}");
        let is_whole = listed.len() == count;
        assert_eq!((page.contains(whole), page.contains(thinned)), (is_whole, !is_whole), "{count}");
        if !is_whole {
            assert!(page.contains(&format!("The oldest is “Since v{}”", listed[0])), "{listed:?} {page}");
        }
        assert_eq!(
            site.keys().filter(|path| path.ends_with("..latest.html")).count(),
            listed.len(),
            "none is unlinked"
        );
        super::pages::check_links(&site);
    }
}

#[test]
fn what_is_deprecated_names_its_schema_in_whatever_file() {
    let main = BOOKS
        .replace("title: {type: string}", "title: {type: string, deprecated: true}")
        .replace("properties:\n", "properties:\n        hall: {$ref: \"models/hall.yaml\"}\n");
    let hall = "type: object\nproperties:\n  street: {type: string, deprecated: true}\n";
    let stops = vec![stop("v1", "2024-01-01", &[("library", main), ("models/hall", hall.to_owned())])];
    let site = Given { stops, notices: Vec::new(), ..Given::library() }.site();
    let page = &site["api/library/index.html"];
    for what in ["book › title", "hall › street"] {
        assert!(page.contains(&format!("<li><code>{what}</code></li>")), "{what}: {page}");
    }
}
