//! The source again, as Markdown in which the marks of raw HTML, of images and of other links are text.

use pulldown_cmark::{Event, Tag};

use super::super::safe;
use super::filter::{address, parser};

/// How often a source is read again: text that was HTML may hold marks that were none.
const ROUNDS: usize = 6;

pub(super) fn write(source: &str) -> String {
    let mut text = safe::block(source).trim().to_owned();
    for _ in 0..ROUNDS {
        let marks = marks(&text);
        if marks.is_empty() {
            return text;
        }
        for at in marks.into_iter().rev() {
            let removed = text[at..].starts_with('!');
            text.replace_range(at..at + usize::from(removed), if removed { "" } else { "\\" });
        }
    }
    // Whoever nests that deep does not write to be read.
    safe::markdown(&super::plain(source, None))
}

/// Where marks stand that must become text, in order, each once.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is harmless")]
fn marks(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for (event, range) in parser(text).into_offset_iter() {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                let tags = text[range.clone()].match_indices('<').map(|(at, _)| range.start + at);
                out.extend(tags);
            }
            Event::Start(Tag::Image { .. }) => out.push(range.start),
            Event::Start(Tag::Link { link_type, dest_url, .. }) if address(link_type, &dest_url).is_none() => {
                out.push(range.start);
            }
            _ => {}
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
