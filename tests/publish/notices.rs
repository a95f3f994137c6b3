//! The site of a repository with notices: their pages, what feeds know them by, and what a later day changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::announced::{NOTICE, add, announced, edit};
use crate::cli::place::{BOOKS, Place, untitled};

const ID: &str = "tag:contract.example.org,2024:notice/N2024-001";

/// Publishes and reads every file back.
#[track_caller]
fn published(place: &Place, words: &str) -> BTreeMap<String, String> {
    let run = place.run(&format!("publish --out site {words}"));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let mut out = BTreeMap::new();
    read(&place.path().join("site"), "", &mut out);
    out
}

fn read(folder: &Path, prefix: &str, out: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read(&path, &format!("{name}/"), out);
        } else {
            out.insert(name, fs::read_to_string(path).unwrap());
        }
    }
}

/// Id, day of the last revision and title of each entry of the feed of all changes.
fn entries(site: &BTreeMap<String, String>) -> Vec<[String; 3]> {
    let feed: Value = serde_json::from_str(&site["feed.json"]).unwrap();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    let items = feed["items"].as_array().unwrap().iter();
    items.map(|item| ["id", "date_modified", "title"].map(|key| text(item, key))).collect()
}

/// The days of May on which production changes, each with its document.
fn ships(place: &Place, days: &[(u8, &str)]) {
    for (day, document) in days {
        place.write("api.yaml", document);
        place.release(&format!("v{day}"));
    }
}

#[test]
fn a_notice_has_a_page_in_every_form() {
    let site = published(&announced(), "");
    let page = &site["n/N2024-001.html"];
    assert!(page.contains("<code>title</code> is no longer sent") && page.contains("<div lang=\"fr\">"), "{page}");
    assert!(site["n/N2024-001.md"].starts_with("# `title` is no longer sent in `book`\n"));
    for calendar in ["n/N2024-001.ics", "upcoming.ics"] {
        assert!(site[calendar].contains("UID:N2024-001@contract.example.org\r\n"), "{calendar}");
        assert!(site[calendar].contains("DTSTART;VALUE=DATE:20240601\r\n"), "{calendar}");
    }
    let data: Value = serde_json::from_str(&site["n/N2024-001.json"]).unwrap();
    let schema = include_str!("../../schemas/notice-context.schema.json");
    jsonschema::validate(&serde_json::from_str(schema).unwrap(), &data).unwrap();
    assert_eq!((&data["id"], &data["partner"]), (&"N2024-001".into(), &Value::Null));
    for list in ["index.html", "upcoming.html", "notices.json", "upcoming.json", "breaking/feed.json"] {
        assert!(site[list].contains("n/N2024-001.html"), "{list}");
    }
}

#[test]
fn a_draft_is_not_on_the_site() {
    let place = announced();
    edit(&place, NOTICE, "announced_on = 2024-05-02\n", "");
    for (path, text) in published(&place, "") {
        assert!(!path.contains("N2024") && !text.contains("N2024-001"), "{path}");
    }
}

#[test]
fn other_words_announce_nothing_again() {
    let place = announced();
    let before = entries(&published(&place, ""));
    let said = |title: &str| format!("Breaking · Books · {title} (2 May 2024)");
    let title = said("title is no longer sent in book");
    assert_eq!(before, [[ID, "2024-05-02T00:00:00Z", &title].map(str::to_owned)]);
    let title = said("Books lose their title");
    edit(&place, NOTICE, "# `title` is no longer sent in `book`", "# Books lose their title");
    assert_eq!(entries(&published(&place, "")), [[ID, "2024-05-02T00:00:00Z", &title].map(str::to_owned)]);
    edit(&place, NOTICE, "revision = 1", "revision = 2\nrevised_on = 2024-05-09");
    let site = published(&place, "");
    assert_eq!(entries(&site), [[ID, "2024-05-09T00:00:00Z", &title].map(str::to_owned)]);
    assert!(site["feed.xml"].contains("<updated>2024-05-09T00:00:00+00:00</updated>"), "{}", site["feed.xml"]);
}

#[test]
fn what_ships_is_the_notice_and_what_is_done_again_is_news() {
    let place = announced();
    ships(&place, &[(5, &untitled())]);
    let shipped = entries(&published(&place, ""));
    assert_eq!(shipped.iter().map(|[id, ..]| id.as_str()).collect::<Vec<_>>(), [ID]);
    ships(&place, &[(6, BOOKS), (7, &untitled())]);
    let again = entries(&published(&place, ""));
    let days: Vec<&str> = again.iter().map(|[_, day, _]| &day[..10]).collect();
    assert_eq!(days, ["2024-05-07", "2024-05-06", "2024-05-02"]);
    assert!(again[0][0].contains(":change/api/v7/pv1-"), "{again:?}");
    // Published between the two, the entry was the same.
    assert_eq!(again[2], shipped[0]);
}

#[test]
fn a_withdrawn_notice_does_not_speak_for_what_ships_later() {
    let place = announced();
    add(&place, "withdrawn_on = 2024-05-03");
    ships(&place, &[(5, &untitled())]);
    let site = published(&place, "");
    let ids: Vec<String> = entries(&site).into_iter().map(|[id, ..]| id).collect();
    assert!(ids.len() == 2 && ids[0].contains(":change/api/v5/pv1-") && ids[1] == ID, "{ids:?}");
    assert!(site["n/N2024-001.ics"].contains("STATUS:CONFIRMED\r\n"), "it came after all");
    // A second notice does.
    let second = place.read(NOTICE).replace("N2024-001", "N2024-002").replace("2024-05-02", "2024-05-04");
    place.write("preavis/notices/second.md", &second.replace("withdrawn_on = 2024-05-03\n", ""));
    let site = published(&place, "");
    let ids: Vec<String> = entries(&site).into_iter().map(|[id, ..]| id).collect();
    assert_eq!(ids, [ID.replace("001", "002"), ID.to_owned()]);
    assert!(site["changes/index.html"].contains("n/N2024-002.html"));
    assert!(!site["changes/index.html"].contains("n/N2024-001.html"));
}

#[test]
fn a_second_run_touches_nothing() {
    let place = announced();
    ships(&place, &[(5, &untitled())]);
    published(&place, "");
    let run = place.run("publish --out site");
    assert!(run.out.ends_with(" 0 written, 0 removed\n"), "{run:?}");
}

#[test]
fn a_later_day_changes_only_what_is_late() {
    let place = announced();
    let before = published(&place, "--today 2024-05-02");
    let after = published(&place, "--today 2024-06-02");
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(changed.contains(&&"index.html".to_owned()), "{changed:?}");
    for path in changed {
        assert_eq!(path.rsplit('.').next(), Some("html"), "{path}");
        let late = after[path].replace("was planned for Saturday 1 June 2024", "planned for Saturday 1 June 2024");
        // Days are counted where somebody said what day it is, on the pages of notices.
        let counted = path == "upcoming.html" || path.starts_with("n/");
        assert_eq!(counted, before[path].contains("1 June 2024 (in 30 days)"), "{path}");
        assert_eq!(before[path].replace(" (in 30 days)", ""), late, "{path}");
    }
    assert_eq!(before.len(), after.len());
}
