//! A list of feeds for a feed reader (OPML 2.0): those of an API, or those of the operations that one partner uses.
//!
//! The feeds themselves are public and say nothing of who reads them; only the list of a partner does, which is why
//! nothing here writes one into a site.

use std::sync::OnceLock;

use serde::Serialize;

use super::clean;
use crate::render::template::Templates;

/// One feed of a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outline {
    /// Its title.
    pub title: String,
    /// The address of the feed.
    pub feed: String,
    /// The address of the page that shows the same.
    pub page: String,
}

impl Outline {
    /// The feed that lies in a folder of a site.
    pub(crate) fn of(site: &str, title: &str, folder: &str) -> Self {
        let address = |file: &str| format!("{site}/{folder}/{file}");
        Self { title: title.to_owned(), feed: address("feed.xml"), page: address("index.html") }
    }
}

/// The list as a document.
pub fn opml(title: &str, outlines: &[Outline]) -> String {
    #[derive(Serialize)]
    struct View<'a> {
        title: &'a str,
        outlines: &'a [Outline],
    }
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    let file = [("opml", include_str!("../../../templates/site/opml.hbs"))];
    let templates = TEMPLATES.get_or_init(|| Templates::new(&file, escape));
    templates.fill("opml", &View { title, outlines }).unwrap_or_else(|error| error)
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_text() {
        let outline = Outline { title: "a\"><b>&\u{1}".into(), feed: "https://x/f.xml".into(), page: String::new() };
        let said = opml("T", &[outline]);
        assert!(said.contains("text=\"a&quot;&gt;&lt;b&gt;&amp;\""), "{said}");
    }
}
