//! A document of a feed as Atom (RFC 4287), archives as RFC 5005 has them.

use std::collections::BTreeMap;

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, FixedDateTime, Link, Person, Text, WriteConfig};
use jiff::civil::Date;

use super::archive::Page;
use super::{Entry, Feed, Place, clean, moment};

/// The namespace of RFC 5005.
const HISTORY: &str = "http://purl.org/syndication/history/1.0";

pub(super) fn document(feed: &Feed, page: &Page<'_>, place: Place<'_>) -> String {
    let updated = page.entries.iter().map(|entry| entry.updated).max().unwrap_or(feed.since);
    let mut links = vec![
        link("self", place.to(&format!("{}.xml", page.path)), "application/atom+xml"),
        link("alternate", place.to(&feed.page), "text/html"),
    ];
    links.extend(
        page.older.iter().map(|older| link("prev-archive", place.to(&format!("{older}.xml")), "application/atom+xml")),
    );
    if page.archived {
        links.push(link("current", place.to(&format!("{}.xml", feed.path)), "application/atom+xml"));
    }
    let mark = Extension { name: "fh:archive".to_owned(), ..Extension::default() };
    let marks = BTreeMap::from([("archive".to_owned(), vec![mark])]);
    let marked = page.archived.then(|| ("fh".to_owned(), marks));
    let out = atom_syndication::Feed {
        title: Text::plain(clean(&feed.title)),
        id: feed.id.clone(),
        updated: date(updated),
        authors: vec![Person { name: clean(&feed.author), ..Person::default() }],
        links,
        entries: page.entries.iter().map(|entry| self::entry(entry, place)).collect(),
        lang: Some(feed.lang.to_owned()),
        namespaces: marked.iter().map(|(name, _)| (name.clone(), HISTORY.to_owned())).collect(),
        extensions: marked.into_iter().collect(),
        ..atom_syndication::Feed::default()
    };
    let config = WriteConfig { write_document_declaration: true, indent_size: Some(1) };
    // Writing into memory does not fail.
    let bytes = out.write_with_config(Vec::new(), config).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default() + "\n"
}

fn entry(entry: &Entry, place: Place<'_>) -> atom_syndication::Entry {
    let category = |term: &String| Category { term: clean(term), ..Category::default() };
    atom_syndication::Entry {
        title: Text::plain(clean(&entry.title)),
        id: entry.id.clone(),
        updated: date(entry.updated),
        published: Some(date(entry.published)),
        links: vec![link("alternate", place.to(&entry.page), "text/html")],
        categories: entry.tags.iter().map(category).collect(),
        content: Some(Content {
            value: Some(clean(&entry.html)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..atom_syndication::Entry::default()
    }
}

fn link(rel: &str, href: String, kind: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(kind.to_owned()), ..Link::default() }
}

fn date(day: Date) -> FixedDateTime {
    moment(day).parse().unwrap_or_default()
}
