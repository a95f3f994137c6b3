//! The one filter: what comes out of it may be written as it stands, escaped.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use url::Url;

/// The most bytes of a source that are read.
const MOST: usize = 64 * 1024;
/// Containers nested deeper than this are opened no more; what they hold stays.
const DEEP: usize = 12;

/// The beginning of a source that is read.
pub(super) fn clip(source: &str) -> &str {
    let end = (0..=source.len().min(MOST)).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(0);
    &source[..end]
}

/// The parser that every form shares.
pub(super) fn parser(source: &str) -> Parser<'_> {
    Parser::new_ext(source, Options::ENABLE_TABLES)
}

/// The address of a link in its normal form, where it is one that may be followed.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other kind of link spells its address")]
pub(super) fn address(kind: LinkType, link: &str) -> Option<String> {
    let url = match kind {
        LinkType::Email => Url::parse(&format!("mailto:{link}")),
        _ => Url::parse(link),
    };
    let url = url.ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.into())
}

/// The events of a source without anything that could do harm.
#[expect(clippy::wildcard_enum_match_arm, reason = "the parser's list of events is long, and the rest is harmless")]
pub(super) fn events(source: &str) -> Vec<Event<'_>> {
    let mut out = Vec::new();
    let mut kept: Vec<bool> = Vec::new();
    let mut images = 0_usize;
    for event in parser(source) {
        match event {
            Event::Start(tag) => {
                images += usize::from(matches!(tag, Tag::Image { .. }));
                let tag = harmless(tag).filter(|_| images == 0 && kept.len() < DEEP);
                kept.push(tag.is_some());
                out.extend(tag.map(Event::Start));
            }
            Event::End(end) => {
                images -= usize::from(matches!(end, TagEnd::Image));
                if kept.pop() == Some(true) {
                    out.push(Event::End(shifted(end)));
                }
            }
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            other => out.push(other),
        }
    }
    out
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is harmless")]
fn harmless(tag: Tag<'_>) -> Option<Tag<'_>> {
    match tag {
        Tag::HtmlBlock => Some(Tag::Paragraph),
        Tag::Image { .. } => None,
        Tag::Link { link_type, dest_url, title, id } => {
            let dest_url = CowStr::from(address(link_type, &dest_url)?);
            Some(Tag::Link { link_type, dest_url, title, id })
        }
        Tag::Heading { level, .. } => {
            Some(Tag::Heading { level: below(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        other => Some(other),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest stays")]
fn shifted(end: TagEnd) -> TagEnd {
    match end {
        TagEnd::HtmlBlock => TagEnd::Paragraph,
        TagEnd::Heading(level) => TagEnd::Heading(below(level)),
        other => other,
    }
}

/// The page has its `h1`, its parts have their `h2`.
fn below(level: HeadingLevel) -> HeadingLevel {
    level.max(HeadingLevel::H3)
}
