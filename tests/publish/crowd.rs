//! Very many operations and changes: a site tells them in proportion to what people read, and says what it left out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use preavis::text::Lang;
use serde_json::Value;

use super::sample::{Given, Shelf, Site, stop};

/// A document of operations, and of schemas below `components`.
fn document(operations: &[String], schemas: &str) -> String {
    let mut out = "openapi: 3.0.3\ninfo: {title: Many, version: '1'}\npaths:\n".to_owned();
    for (ix, operation) in operations.iter().enumerate() {
        let _ = writeln!(out, "  /p{ix}: {operation}");
    }
    format!("{out}components: {{{schemas}}}\n")
}

/// An operation whose response has a schema.
fn get(schema: &str) -> String {
    format!(
        "{{get: {{tags: [T], responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}"
    )
}

/// An object with members of a type.
fn object(count: usize, kind: &str) -> String {
    let members: Vec<String> = (0..count).map(|ix| format!("m{ix}: {{type: {kind}}}")).collect();
    format!("schemas: {{S: {{type: object, properties: {{{}}}}}}}", members.join(", "))
}

/// The site of two versions, and how many operations have feeds.
fn published(old: String, new: String) -> (Site, usize) {
    let stops = vec![stop("v1", "2024-01-09", &[("many", old)]), stop("v2", "2024-02-09", &[("many", new)])];
    let given = Given { stops, apis: vec!["many"], notices: Vec::new(), lang: Lang::En, languages: &[], url: None };
    let mut shelf = Shelf::default();
    let built = given.publish(&mut shelf);
    (shelf.0, built.operations.len())
}

fn entries(site: &Site, path: &str) -> Vec<Value> {
    let feed: Value = serde_json::from_str(&site[path]).expect("JSON");
    feed["items"].as_array().expect("items").clone()
}

/// The first file below a folder of one kind.
fn below<'s>(site: &'s Site, folder: &str, name: &str) -> &'s String {
    site.keys().find(|path| path.starts_with(folder) && path.ends_with(name)).expect("a file")
}

#[test]
fn an_edit_that_reaches_very_many_operations_is_one_entry_for_each_of_them() {
    let operations = vec![get("{$ref: '#/components/schemas/S'}"); 300];
    let versions = ["string", "integer"].map(|kind| document(&operations, &object(100, kind)));
    let [old, new] = versions;
    let (site, feeds) = published(old, new);
    assert_eq!(feeds, 300);
    for folder in ["api/many/op/", "api/many/tag/"] {
        let told = entries(&site, below(&site, folder, "feed.json"));
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0]["id"].as_str().is_some_and(|id| id.ends_with("/v2/all")), "{}", told[0]["id"]);
        assert_eq!(told[0]["_preavis"]["level"], "breaking");
        assert_eq!(told[0]["_preavis"]["fingerprints"], Value::Array(Vec::new()));
        let page = &site[below(&site, folder, "index.html")];
        assert!(page.contains("very many operations at once: 100 breaking changes"), "{page}");
        assert!(page.contains("diff/many/v1..v2.html\">"), "{page}");
    }
    // Whoever follows the API reads each of them.
    for path in ["feed.json", "breaking/feed.json", "api/many/feed.json"] {
        let told = entries(&site, path);
        // The newest 50 as JSON, all in the Atom feed and its archives.
        assert_eq!(told.len(), 50, "{path}");
        let stem = path.strip_suffix(".json").expect("a feed");
        let all = site.iter().filter(|(path, _)| path.starts_with(stem) && path.rsplit('.').next() == Some("xml"));
        assert_eq!(all.map(|(_, text)| text.matches("<entry>").count()).sum::<usize>(), 100, "{path}");
        assert!(told.iter().all(|entry| entry["_preavis"]["fingerprints"].as_array().is_some_and(|it| it.len() == 1)));
    }
}

#[test]
fn a_release_of_thousands_of_changes_is_one_entry_of_every_feed() {
    let operations = [get("{$ref: '#/components/schemas/S'}")];
    let [old, new] = ["string", "integer"].map(|kind| document(&operations, &object(2_100, kind)));
    let (site, _) = published(old, new);
    let own = below(&site, "api/many/op/", "feed.json");
    for path in ["feed.json", "breaking/feed.json", "api/many/feed.json", own] {
        let told = entries(&site, path);
        assert_eq!(told.len(), 1, "{path}: {}", told.len());
        assert!(told[0]["title"].as_str().is_some_and(|title| title.contains("2,100 breaking changes")), "{}", told[0]);
    }
    let facts: Value = serde_json::from_str(&site["diff/many/v1..v2.json"]).expect("JSON");
    assert_eq!(facts["summary"]["breaking"], 2_100, "the report has all");
}

#[test]
fn operations_beyond_what_anybody_reads_have_no_page_and_are_counted() {
    let operations = vec!["{$ref: '#/components/pathItems/I'}".to_owned(); 1_300];
    let item = |kind: &str| format!("pathItems: {{I: {}}}", get(&format!("{{type: {kind}}}")));
    let [old, new] = ["string", "integer"].map(|kind| document(&operations, &item(kind)).replace("3.0.3", "3.1.0"));
    let wanted = 1_000 + new.len() / 1_000;
    let (site, feeds) = published(old, new);
    let folders: BTreeSet<&str> =
        site.keys().filter_map(|path| path.strip_prefix("api/many/op/")?.split('/').next()).collect();
    assert_eq!((folders.len(), feeds), (wanted, wanted));
    assert!(!site.keys().any(|path| path.starts_with("api/many/tag/")), "no page is left for topics");
    let page = &site["api/many/index.html"];
    assert!(page.contains(&format!("and {} more", 1_300 - wanted)), "{page}");
}

#[test]
fn an_entry_for_hundreds_of_changes_names_the_first_and_counts_all() {
    let operations = |kind| vec![get(&format!("{{type: object, properties: {{a: {{type: {kind}}}}}}}")); 250];
    let [old, new] = ["string", "integer"].map(|kind| document(&operations(kind), ""));
    let (site, _) = published(old, new);
    let told = entries(&site, "feed.json");
    assert_eq!(told.len(), 1, "{told:#?}");
    let facts = &told[0]["_preavis"];
    assert_eq!(facts["fingerprints"].as_array().map(Vec::len), Some(20));
    assert_eq!((&facts["fingerprints_total"], &facts["operations_total"]), (&250.into(), &250.into()));
}
