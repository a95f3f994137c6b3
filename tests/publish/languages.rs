//! A site in two languages: the first one where it always was, the other one below its code, page by page linked.

use preavis::text::Lang;

use super::html::tags;
use super::pages::target;
use super::sample::{Given, Site, with};

fn both() -> Site {
    Given { languages: &[Lang::Fr, Lang::En], ..Given::library() }.site()
}

/// What has no words, or says them in any language: there is one of it.
fn is_common(path: &str) -> bool {
    let fixed = ["style.css", "filter.js", "preavis.json"];
    let data = path.starts_with("diff/") && path.rsplit('.').next() == Some("json");
    fixed.contains(&path)
        || data
        || path.starts_with("schema/")
        || path.contains("/openapi/")
        || path.ends_with("releases.json")
}

#[test]
fn the_first_language_stays_where_it_was() {
    let (one, two) = (Given::library().site(), both());
    for (path, text) in &one {
        let found = two.get(path).unwrap_or_else(|| panic!("{path} is gone"));
        // Pages gain the way to the other language, `preavis.json` its name; feeds and data stay as they are.
        assert!(path.rsplit('.').next() == Some("html") || path == "preavis.json" || found == text, "{path}");
    }
    for path in one.keys().filter(|path| !is_common(path)) {
        assert!(two.contains_key(&format!("en/{path}")), "no en/{path}");
    }
    let twice: Vec<&String> =
        one.keys().filter(|path| is_common(path) && two.contains_key(&format!("en/{path}"))).collect();
    assert!(twice.is_empty(), "written twice: {twice:?}");
    assert!(two.keys().all(|path| one.contains_key(path.strip_prefix("en/").unwrap_or(path))));
}

#[test]
fn each_page_leads_to_itself_in_the_other_language() {
    let site = both();
    for (page, text) in with(&site, "html") {
        let (lang, other) = if page.starts_with("en/") { ("en", "fr") } else { ("fr", "en") };
        let tags = tags(text);
        assert_eq!(tags[0].get("lang"), Some(lang), "{page}");
        if page.contains("embed/") {
            continue;
        }
        let same = page.strip_prefix("en/").map_or_else(|| format!("en/{page}"), str::to_owned);
        let links: Vec<_> = tags.iter().filter(|tag| tag.get("hreflang") == Some(other)).collect();
        assert_eq!(links.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["link", "a"], "{page}");
        for link in links {
            assert_eq!(target(page, link.get("href").expect("an address")).0, same, "{page}");
        }
    }
    super::pages::check_links(&site);
}

#[test]
fn each_language_has_its_words_and_its_feeds() {
    let site = both();
    assert!(site["n/N2023-001.html"].contains("<h1>Le titre disparaît</h1>"));
    assert!(site["en/n/N2023-001.html"].contains("<h1>The title goes</h1>"));
    // The other language has a page of its own, and is not repeated below.
    assert!(!site["n/N2023-001.html"].contains("The title goes"), "{}", site["n/N2023-001.html"]);
    let english = Given { lang: Lang::En, ..Given::library() }.site();
    let entries = |text: &str| {
        let feed: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let titles = feed["items"].as_array().expect("items").iter();
        titles.map(|item| (item["id"].clone(), item["title"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(entries(&site["en/feed.json"]), entries(&english["feed.json"]));
    let ids = |path: &str| entries(&site[path]).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids("feed.json"), ids("en/feed.json"), "whoever follows both is told once");
    let feed = |path: &str| atom_syndication::Feed::read_from(site[path].as_bytes()).expect("Atom");
    assert_ne!(feed("feed.xml").id, feed("en/feed.xml").id);
    assert!(feed("en/feed.xml").links.iter().any(|link| link.href.ends_with("/en/feed.xml")));
}
