//! Filtered events as plain text: all that is said, in lines a terminal or a mail can show.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::safe;
use crate::text::{self, Lang};

pub(super) fn write(events: &[Event<'_>], lang: Option<Lang>) -> String {
    let mut page = Page::default();
    for event in events {
        match event {
            Event::Start(tag) => page.open(tag),
            Event::End(end) => page.close(*end),
            Event::Code(text) if lang.is_some() && safe::is_quoted(text) => {
                let quote = lang.map_or("{text}", |lang| text::word(lang, "ui", "quote"));
                page.line.push_str(&text::put(quote, &[("text", text)]));
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                page.line.push_str(&safe::block(text));
            }
            Event::SoftBreak => page.line.push(' '),
            Event::HardBreak => page.line.push('\n'),
            Event::Rule => page.line.push_str("---"),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
        if matches!(event, Event::Rule) {
            page.flush();
        }
    }
    page.flush();
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
    /// The block that is being read.
    line: String,
    /// What stands before each line, a piece a container.
    indents: Vec<String>,
    /// What stands before the first line of an item instead of its indent.
    marker: Option<String>,
    /// The next number of each open list.
    lists: Vec<Option<u64>>,
    /// Whether the next block follows without a blank line.
    tight: bool,
    /// Address and beginning of each open link.
    links: Vec<(String, usize)>,
}

impl Page {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no block")]
    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.flush();
                self.tight = !self.lists.is_empty();
                self.lists.push(*first);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    Some(None) | None => "- ".to_owned(),
                };
                self.flush();
                self.indents.push(" ".repeat(marker.len()));
                self.marker = Some(marker);
            }
            Tag::BlockQuote(_) | Tag::CodeBlock(_) => {
                self.flush();
                self.indents.push("    ".to_owned());
            }
            Tag::Link { dest_url, .. } => self.links.push((safe::line(dest_url), self.line.len())),
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no block")]
    fn close(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(),
            TagEnd::TableHead | TagEnd::TableRow => {
                self.flush();
                self.tight = true;
            }
            TagEnd::Table => self.tight = false,
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.tight = !self.lists.is_empty();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::CodeBlock => {
                self.flush();
                self.indents.pop();
                self.marker = None;
            }
            TagEnd::TableCell => self.line.push_str(" | "),
            TagEnd::Link => {
                let Some((address, start)) = self.links.pop() else { return };
                let label = self.line.get(start..).unwrap_or("");
                if address != label && address.trim_end_matches('/') != label && address != format!("mailto:{label}") {
                    self.line.push_str(&format!(" ({address})"));
                }
            }
            _ => {}
        }
    }

    /// Writes the block read so far; blocks are a blank line apart, but for those of a list and of a table.
    fn flush(&mut self) {
        let block = std::mem::take(&mut self.line);
        let block = block.trim_end_matches(['\n', ' ', '|']);
        if block.trim().is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push_str(if self.tight { "\n" } else { "\n\n" });
        }
        self.tight = !self.lists.is_empty();
        for (ix, line) in block.lines().enumerate() {
            let (last, outer) = self.indents.split_last().map_or(("", &[][..]), |(last, outer)| (last.as_str(), outer));
            let marker = if ix == 0 { self.marker.take() } else { None };
            let indent = outer.concat() + marker.as_deref().unwrap_or(last);
            let line = format!("{indent}{line}");
            self.out.push_str(if ix == 0 { "" } else { "\n" });
            self.out.push_str(line.trim_end());
        }
    }
}
