//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 of the same entries, and lists of feeds (OPML 2.0).
//!
//! The document that readers poll holds the newest entries; older ones stand in archives of a fixed size, numbered from
//! the oldest, so that an archive once full never changes (RFC 5005, section 4). Pure.

use jiff::civil::Date;
use serde_json::Value;

mod archive;
mod atom;
mod json;
mod opml;

pub use opml::{Outline, opml};

/// A feed.
#[derive(Clone, PartialEq, Debug)]
pub struct Feed {
    /// Where it lies from the root of the site, without extension: `api/rdv/feed`.
    pub path: String,
    /// Its permanent id, a `tag:` URI (RFC 4151).
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// The language of its texts.
    pub lang: &'static str,
    /// The page that shows the same, from the root of the site.
    pub page: String,
    /// The day it began; what an empty feed says it was updated on.
    pub since: Date,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its permanent id, a `tag:` URI.
    pub id: String,
    /// The title, plain text.
    pub title: String,
    /// The content, HTML without relative addresses.
    pub html: String,
    /// The page that shows it, from the root of the site.
    pub page: String,
    /// The day it was published.
    pub published: Date,
    /// The day its facts last changed.
    pub updated: Date,
    /// `breaking`, `api:rdv-v1`, `op:GET /rdvs`.
    pub tags: Vec<String>,
    /// The facts for programs: the member `_preavis` of JSON Feed.
    pub facts: Value,
}

/// The files of a feed, as paths from the root of the site and contents. Addresses are absolute where the site has one
/// (`https://contract.example.org`, without a final slash), else relative to the file.
pub fn files(feed: &Feed, site: Option<&str>) -> Vec<(String, String)> {
    let depth = feed.path.matches('/').count();
    let mut out = vec![(format!("{}.json", feed.path), json::document(feed, Place { site, depth }))];
    for page in archive::pages(feed) {
        out.push((format!("{}.xml", page.path), atom::document(feed, &page, Place { site, depth })));
    }
    out
}

/// From where addresses are seen.
#[derive(Clone, Copy)]
struct Place<'a> {
    site: Option<&'a str>,
    depth: usize,
}

impl Place<'_> {
    fn to(self, path: &str) -> String {
        match self.site {
            Some(site) => format!("{site}/{path}"),
            None => format!("{}{path}", "../".repeat(self.depth)),
        }
    }
}

/// A day as the moment it begins (RFC 3339).
fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// Text without what XML 1.0 (section 2.2) has no place for, nor what reorders it.
fn clean(text: &str) -> String {
    crate::render::safe::block(text).chars().filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}
