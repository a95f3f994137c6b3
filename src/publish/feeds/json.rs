//! A document of a feed as JSON Feed 1.1.

use serde::Serialize;
use serde_json::Value;

use super::archive::NEWEST;
use super::{Entry, Feed, Place, clean, moment};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: String,
    /// JSON Feed asks for addresses that work anywhere: without a known site there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    language: &'static str,
    authors: [Author; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: String,
    content_html: &'a str,
    date_published: String,
    date_modified: String,
    tags: &'a [String],
    #[serde(rename = "_preavis")]
    facts: &'a Value,
}

/// Its newest entries: older ones stand in the archives of the Atom feed, once.
pub(super) fn document(feed: &Feed, place: Place<'_>) -> String {
    let absolute = |path: &str| place.site.map(|_| place.to(path));
    let item = |entry: &'_ Entry| absolute(&entry.page);
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: clean(&feed.title),
        home_page_url: absolute(&feed.page),
        feed_url: absolute(&format!("{}.json", feed.path)),
        language: feed.lang,
        authors: [Author { name: clean(&feed.author) }],
        items: feed
            .entries
            .iter()
            .take(NEWEST)
            .map(|entry| Item {
                id: &entry.id,
                url: item(entry),
                title: clean(&entry.title),
                content_html: &entry.html,
                date_published: moment(entry.published),
                date_modified: moment(entry.updated),
                tags: &entry.tags,
                facts: &entry.facts,
            })
            .collect(),
    };
    // Every key is a string: serialising does not fail.
    crate::text::json::compact(&document) + "\n"
}
