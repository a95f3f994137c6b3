//! Feeds, read back by other parsers than what wrote them.

use std::collections::BTreeSet;

use preavis::publish::feeds::opml;
use preavis::text::Lang;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::sample::{Given, Shelf, Site, URL};

fn atom(site: &Site, path: &str) -> atom_syndication::Feed {
    atom_syndication::Feed::read_from(site[path].as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site[path]).expect(path)
}

fn ids(feed: &Value) -> Vec<String> {
    let items = feed["items"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn both_forms_say_the_same() {
    let site = Given::library().site();
    for path in site.keys().filter(|path| path.ends_with("feed.xml")) {
        let (one, two) = (atom(&site, path), json(&site, &path.replace(".xml", ".json")));
        assert_eq!(one.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>(), ids(&two), "{path}");
        assert_eq!(two["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(one.links.iter().find(|link| link.rel == "self").unwrap().href, format!("{URL}/{path}"));
        assert_eq!((one.lang.as_deref(), one.title.as_str()), (Some("fr"), two["title"].as_str().unwrap()));
        for (entry, item) in one.entries.iter().zip(two["items"].as_array().unwrap()) {
            assert_eq!(entry.content().unwrap().value(), item["content_html"].as_str(), "{path}");
            assert_eq!(entry.updated.to_rfc3339().replace("+00:00", "Z"), item["date_modified"].as_str().unwrap());
            assert!(entry.updated <= one.updated);
            let page = item["url"].as_str().unwrap().strip_prefix(URL).unwrap();
            assert!(site.contains_key(page[1..].split('#').next().unwrap()), "{page}");
        }
    }
}

#[test]
fn an_entry_names_the_operations_that_it_touches() {
    let feed = json(&Given::library().site(), "feed.json");
    let items = feed["items"].as_array().expect("items");
    let said: Vec<&str> = items.iter().filter_map(|item| item["content_html"].as_str()).collect();
    assert!(said.iter().any(|text| text.contains("Concerne") && text.contains("<code>GET /books</code>")), "{said:?}");
    assert!(!said.iter().any(|text| text.contains(" </code>")), "{said:?}");
}

#[test]
fn ids_are_unique_and_outlive_words() {
    let french = Given::library().site();
    let english = Given { lang: Lang::En, ..Given::library() }.site();
    let all = ids(&json(&french, "feed.json"));
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert_eq!(all, ids(&json(&english, "feed.json")));
    assert_ne!(french["feed.json"], english["feed.json"]);
    assert!(all.iter().all(|id| id.starts_with("tag:contract.example.org,2024:")), "{all:?}");
    // The value that went, came back and went again is told three times.
    let again = all.iter().filter_map(|id| id.rsplit_once('/')).map(|(_, fact)| fact);
    let twice: Vec<&str> =
        again.clone().filter(|fact| again.clone().filter(|other| other == fact).count() == 2).collect();
    assert!(!twice.is_empty(), "{all:?}");
}

#[test]
fn a_notice_speaks_for_what_it_covers() {
    let site = Given::library().site();
    let feed = json(&site, "feed.json");
    let removed = super::sample::title_removed();
    let items = feed["items"].as_array().unwrap();
    let telling =
        |item: &&Value| item["_preavis"]["fingerprints"].as_array().unwrap().contains(&removed.clone().into());
    let telling: Vec<&Value> = items.iter().filter(telling).collect();
    assert_eq!(telling.len(), 1);
    assert!(telling[0]["id"].as_str().unwrap().contains(":notice/"), "{}", telling[0]);
    assert_eq!(telling[0]["date_published"], "2023-11-02T00:00:00Z");
    assert!(telling[0]["tags"].as_array().unwrap().contains(&"op:GET /books".into()), "{}", telling[0]);
    assert!(ids(&json(&site, "breaking/feed.json")).contains(&telling[0]["id"].as_str().unwrap().to_owned()));
    // It reaches the feed of the operation, and no other one.
    let told = |name: &str| {
        let path = site.keys().find(|path| path.contains(name) && path.ends_with("feed.json")).unwrap();
        ids(&json(&site, path)).contains(&telling[0]["id"].as_str().unwrap().to_owned())
    };
    assert_eq!(
        (told("/op/listBooks-"), told("/op/lend-"), told("/tag/Books-"), told("/tag/Loans-")),
        (true, false, true, false)
    );
    // Revised, it is the same entry, updated.
    let mut given = Given::library();
    given.notices[0].revised_on = Some("2023-12-01".parse().unwrap());
    given.notices[0].revision = 2;
    let revised = json(&given.site(), "feed.json");
    let entry = revised["items"].as_array().unwrap().iter().find(|item| item["id"] == telling[0]["id"]).unwrap();
    assert_eq!(
        (&entry["date_published"], &entry["date_modified"]),
        (&telling[0]["date_published"], &"2023-12-01T00:00:00Z".into())
    );
}

#[test]
fn a_drafted_notice_is_not_published() {
    let mut given = Given::library();
    given.notices[0].state = preavis::notice::State::Draft;
    let site = given.site();
    assert!(!site.values().any(|text| text.contains("N2023-001")));
}

#[test]
fn lists_of_feeds_are_well_formed() {
    let site = Given::library().site();
    let mut reader = Reader::from_str(&site["opml/library.opml"]);
    let mut feeds = 0;
    loop {
        match reader.read_event().expect("XML") {
            Event::Empty(tag) => {
                let address = tag.try_get_attribute("xmlUrl").expect("attributes").expect("an address");
                let address = String::from_utf8(address.value.to_vec()).unwrap();
                assert!(site.contains_key(&address[URL.len() + 1..]), "{address}");
                feeds += 1;
            }
            Event::Eof => break,
            Event::Start(_) | Event::End(_) | Event::Text(_) | Event::Decl(_) | Event::GeneralRef(_) => {}
            other @ (Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_)) => panic!("{other:?}"),
        }
    }
    assert_eq!(feeds, site.keys().filter(|path| path.starts_with("api/") && path.ends_with("feed.xml")).count());
    let none = Given { url: None, ..Given::library() }.site();
    assert!(!none.keys().any(|path| path.starts_with("opml")), "addresses of nowhere");
}

#[test]
fn the_list_of_a_partner_is_made_of_public_feeds() {
    let mut shelf = Shelf::default();
    let built = Given::library().publish(&mut shelf);
    let outlines = built.outlines(URL, &|feed| feed.address == "DELETE /books/{}" || feed.name == "GET /books");
    assert_eq!(
        outlines.iter().map(|outline| outline.title.as_str()).collect::<Vec<_>>(),
        ["GET /books", "DELETE /books/{id}"]
    );
    for outline in &outlines {
        assert!(shelf.0.contains_key(&outline.feed[URL.len() + 1..]), "{outline:?}");
    }
    assert_eq!(opml("Mine", &outlines).matches("<outline ").count(), 2);
}
