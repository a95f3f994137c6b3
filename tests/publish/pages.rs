//! What a site consists of, that everything in it can be reached, and that pages are sound.

use std::collections::BTreeSet;

use preavis::text::Lang;
use serde_json::Value;

use super::html::tags;
use super::sample::{Given, Site, stop, with};

const EXPECTED: &[&str] = &[
    "index.html",
    "upcoming.html",
    "upcoming.json",
    "upcoming.ics",
    "changes/index.html",
    "summary.html",
    "style.css",
    "filter.js",
    "feed.xml",
    "feed.json",
    "breaking/feed.xml",
    "breaking/feed.json",
    "notices.json",
    "n/N2023-001.html",
    "n/N2023-001.json",
    "n/N2023-001.md",
    "n/N2023-001.ics",
    "n/N2024-002.html",
    "api/library/index.html",
    "api/library/feed.xml",
    "api/library/feed.json",
    "api/library/notices.json",
    "api/library/changes/index.html",
    "api/library/op/listBooks-",
    "api/library/op/DELETE-books-id-",
    "api/library/op/lend-",
    "api/library/tag/Books-",
    "api/library/tag/Admin-more-",
    "diff/library/v1.0.0..v1.1.0.html",
    "diff/library/v1.0.0..v1.1.0.json",
    "diff/library/v1.0.0..v1.1.0.md",
    "diff/library/v1.0.0..latest.html",
    "diff/library/v2.0.0..latest.json",
    "embed/library.html",
    "embed/library.json",
    "opml/library.opml",
    "schema/report-1.json",
    "schema/notices-1.json",
    "schema/embed-1.json",
    "schema/releases-1.json",
    "schema/site-1.json",
    "preavis.json",
    "api/library/releases.json",
    "api/library/openapi/v3.0.0.json",
    "api/library/openapi/latest.json",
];

#[test]
fn everything_promised_is_there() {
    let site = Given::library().site();
    for wanted in EXPECTED {
        let found = site.keys().any(|path| path.to_lowercase().starts_with(&wanted.to_lowercase()));
        assert!(found, "no {wanted} in {:#?}", site.keys().collect::<Vec<_>>());
    }
    // An operation keeps the folder it had before its id changed, and one that is gone keeps its own.
    assert!(!site.keys().any(|path| path.contains("getBooks")));
    let gone = site.iter().find(|(path, _)| path.contains("/op/DELETE-books-id-") && path.ends_with("html")).unwrap();
    assert!(gone.1.contains("<p>Supprimée</p>"), "{}", gone.1);
    // What was announced leads to its notice.
    assert!(
        site["changes/index.html"].contains("<a href=\"../n/N2023-001.html\">Annoncé\u{a0}: Le titre disparaît</a>")
    );
    let calendar = &site["upcoming.ics"];
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    assert!(calendar.lines().count() == calendar.matches("\r\n").count());
}

/// The file that an address of a page leads to, and the anchor.
pub(super) fn target(page: &str, href: &str) -> (String, String) {
    let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
    let mut parts: Vec<&str> = page.split('/').collect();
    if path.is_empty() {
        return (page.to_owned(), anchor.to_owned());
    }
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().expect("an address stays in the site")),
            name => parts.push(name),
        }
    }
    (parts.join("/"), anchor.to_owned())
}

pub(super) fn check_links(site: &Site) {
    let pages = || with(site, "html");
    for (page, text) in pages() {
        for tag in tags(text) {
            let Some(href) = tag.get("href").or(tag.get("src")) else { continue };
            let (file, anchor) = target(page, href);
            let found = site.get(&file).unwrap_or_else(|| panic!("{page} leads to {href}, which is not there"));
            let known = anchor.is_empty() || tags(found).iter().any(|tag| tag.get("id") == Some(&anchor));
            assert!(known, "{page} leads to {href}, which has no such place");
        }
    }
    assert!(pages().count() > 10);
}

fn check_page(page: &str, text: &str, lang: &str) {
    let tags = tags(text);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!((count("h1"), count("main"), count("title")), (1, 1, 1), "{page}");
    assert_eq!(tags[0].get("lang"), Some(lang), "{page}");
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{page} has two of one id");
    let mut level = 1;
    for tag in &tags {
        assert!(!tag.names().any(|name| name.starts_with("on") || name == "style"), "{page}: {tag:?}");
        assert!(tag.name != "style" && (tag.name != "script" || tag.get("src").is_some()), "{page}: {tag:?}");
        assert!(tag.name != "th" || tag.get("scope").is_some(), "{page}: {tag:?}");
        if let Some(heading) = tag.name.strip_prefix('h').and_then(|digit| digit.parse::<u8>().ok()) {
            assert!(heading <= level + 1, "{page}: a heading of level {heading} below one of level {level}");
            level = heading;
        }
    }
    assert_eq!(count("table"), count("caption"), "{page}");
}

#[test]
fn links_lead_somewhere_and_pages_are_sound() {
    for (lang, url) in [(Lang::Fr, Some(super::sample::URL)), (Lang::En, None)] {
        let site = Given { lang, url, ..Given::library() }.site();
        check_links(&site);
        for (page, text) in with(&site, "html") {
            check_page(page, text, lang.as_str());
            assert!(!text.contains("{{") && !text.contains(">?<"), "{page}");
        }
    }
}

#[test]
fn a_new_release_changes_only_what_must() {
    let mut given = Given::library();
    let new = given.site();
    given.stops.pop();
    let old = given.site();
    for (path, text) in old.iter().filter(|(path, _)| path.starts_with("diff/") && !path.contains("..latest.")) {
        assert_eq!(new.get(path), Some(text), "{path}");
    }
    let untouched = old.iter().filter(|(path, _)| path.contains("/op/lend-"));
    assert!(untouched.clone().count() > 1);
    // Until a version ships that has no such operation.
    untouched.for_each(|(path, text)| assert_eq!(new.get(path), Some(text), "{path}"));
    let same: BTreeSet<&String> =
        old.iter().filter(|(path, text)| new.get(*path) == Some(text)).map(|(path, _)| path).collect();
    for page in ["style.css", "filter.js", "upcoming.ics", "n/N2023-001.html", "schema/report-1.json"] {
        assert!(same.contains(&page.to_owned()), "{page}");
    }
    for page in ["index.html", "feed.xml", "changes/index.html", "notices.json"] {
        assert!(!same.contains(&page.to_owned()), "{page}");
    }
}

#[test]
fn data_are_as_their_schemas_say() {
    let site = Given::library().site();
    let parsed = |path: &str| serde_json::from_str::<Value>(&site[path]).expect(path);
    for (path, schema) in [
        ("notices.json", "schema/notices-1.json"),
        ("api/library/notices.json", "schema/notices-1.json"),
        ("upcoming.json", "schema/notices-1.json"),
        ("embed/library.json", "schema/embed-1.json"),
        ("diff/library/v1.0.0..v1.1.0.json", "schema/report-1.json"),
    ] {
        let validator = jsonschema::validator_for(&parsed(schema)).expect(schema);
        let faults: Vec<_> = validator.iter_errors(&parsed(path)).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{path}: {faults:?}");
    }
    let notices = parsed("notices.json");
    let announced = &notices["notices"][0];
    assert_eq!((&announced["id"], &announced["title"]["en"]), (&"N2023-001".into(), &"The title goes".into()));
    assert_eq!(announced["changes"][0]["rule"], "response-property-removed");
    let removed = &announced["covers"][0];
    let open = notices["unannounced"].as_array().unwrap();
    assert!(
        open.iter().all(|release| release["changes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|change| change["fingerprint"] != *removed))
    );
    assert_eq!(parsed("upcoming.json")["notices"].as_array().unwrap().len(), 1);
    assert_eq!(parsed("upcoming.json")["notices"][0]["id"], "N2024-002");
}

#[test]
fn the_summary_names_nothing_of_the_contract() {
    let site = Given::library().site();
    let said = &site["summary.html"];
    for name in ["title</code>", "listBooks", "/books", "status", "lent"] {
        assert!(!said.contains(name), "{name}: {said}");
    }
    assert!(said.contains("<p>En clair.</p>"), "{said}");
}

/// The numbers of a text.
fn numbers(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[test]
fn a_count_is_that_of_the_entries_below_it() {
    let mut given = Given::library();
    // A property that is spelt otherwise is one entry of two changes.
    let last = given.stops.last().expect("a stop").clone();
    let found = last.files.find("library.yaml").expect("readable").expect("there");
    let text = String::from_utf8(last.files.read("library.yaml", &found).expect("readable")).expect("text");
    let renamed = text.replace("        old: {", "        bygone: {");
    given.stops.push(stop("v4.0.0", "2024-07-01", &[("library", renamed)]));
    let site = given.site();
    let mut seen = 0;
    for (path, page) in with(&site, "html").filter(|(path, _)| path.starts_with("diff/")) {
        let (head, rest) = page.split_once("<section>").unwrap_or((page, ""));
        let counts = head.rsplit_once(" · ").map_or("", |(_, counts)| counts.split('<').next().unwrap_or(""));
        let sections: Vec<&str> = rest.split("<section>").filter(|section| section.contains("<li")).collect();
        let heading =
            |section: &&str| section.split_once("<h2>")?.1.split_once("</h2>").map(|(title, _)| numbers(title));
        let told: Vec<usize> = sections.iter().filter_map(heading).flatten().collect();
        let listed: Vec<usize> = sections.iter().map(|section| section.matches("<li id=").count()).collect();
        assert_eq!(told, listed, "{path}");
        assert!(numbers(counts).starts_with(&listed), "{path}: {counts} over {listed:?}");
        seen += listed.iter().sum::<usize>();
    }
    assert!(seen > 5, "{seen}");
    let changes = site["diff/library/v3.0.0..v4.0.0.json"].matches("\"fingerprint\":").count();
    assert!(changes > site["diff/library/v3.0.0..v4.0.0.html"].matches("<li id=").count(), "{changes}");
}
