//! What stands in an existing changelog: its releases by heading, the text of ours in it, and where each begins and ends.
//!
//! Read as Markdown, so that a heading in a code fence or a quote is none; only offsets come out, the text stays as it is.

use std::ops::Range;

use jiff::civil::Date;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::marker::{self, Marker};
use crate::compare::history::UNRELEASED;
use crate::text;
use crate::text::Lang;

/// How people head what has no release yet, whatever the language of reports, in small letters.
const COMING: &[&str] = &[
    "unreleased",
    "upcoming",
    "next release",
    "next version",
    "à venir",
    "a venir",
    "prochaine version",
    "non publié",
];

/// A changelog, read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Outline {
    /// The releases, in the order of the file.
    pub(super) sections: Vec<Section>,
    /// The generated texts, in the order of the file.
    pub(super) blocks: Vec<Block>,
    /// The lines of markers without their other half.
    pub(super) stray: Vec<usize>,
    /// Link definitions.
    definitions: Vec<Range<usize>>,
}

/// A release: a heading of the second level and what stands below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Section {
    /// Without brackets: `2024-05-14`, `v1.2.0`, `unreleased`.
    pub(super) label: String,
    /// A day in the heading.
    pub(super) date: Option<Date>,
    pub(super) heading: Range<usize>,
    /// From the heading to the next one.
    pub(super) range: Range<usize>,
}

/// Text of ours, with its markers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Block {
    /// The name of the release.
    pub(super) name: String,
    /// Whether people changed it.
    pub(super) edited: bool,
    /// The short forms of the facts it named when it was generated.
    pub(super) facts: Vec<String>,
    pub(super) range: Range<usize>,
    pub(super) body: Range<usize>,
}

impl Outline {
    /// Reads a changelog. Whatever the text is, there is an outline.
    pub(super) fn read(text: &str) -> Self {
        let mut events = Parser::new_ext(text, Options::empty()).into_offset_iter();
        let mut out = Self { sections: Vec::new(), blocks: Vec::new(), stray: Vec::new(), definitions: Vec::new() };
        let mut markers = Vec::new();
        let mut depth = 0_usize;
        for (event, range) in events.by_ref() {
            match event {
                Event::Start(tag) => {
                    if let (0, Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }) = (depth, &tag) {
                        out.heading(text, range, matches!(tag, Tag::Heading { level: HeadingLevel::H2, .. }));
                    }
                    depth += 1;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Html(html) => markers.extend(Marker::parse(&html).map(|marker| (marker, lines(text, range)))),
                Event::Text(_)
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::Rule
                | Event::TaskListMarker(_) => {}
            }
        }
        out.definitions = events.reference_definitions().iter().map(|(_, found)| found.span.clone()).collect();
        out.definitions.sort_by_key(|span| span.start);
        out.pair(text, markers);
        out
    }

    /// A heading of the first level ends a release and begins none.
    fn heading(&mut self, text: &str, range: Range<usize>, is_release: bool) {
        let heading = lines(text, range);
        if let Some(last) = self.sections.last_mut() {
            last.range.end = last.range.end.min(heading.start);
        }
        if is_release {
            let source = &text[heading.clone()];
            let (label, date) =
                (label(source), source.split(|c: char| !(c.is_ascii_digit() || c == '-')).find_map(day));
            self.sections.push(Section { label, date, range: heading.start..text.len(), heading });
        }
    }

    fn pair(&mut self, text: &str, markers: Vec<(Marker, Range<usize>)>) {
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let mut open = None;
        for (marker, range) in markers {
            match (marker, open.take()) {
                (Marker::Begin(begin), unclosed) => {
                    self.stray.extend(unclosed.map(|(_, range): (_, Range<usize>)| line(range.start)));
                    open = Some((begin, range));
                }
                (Marker::End(_), None) => self.stray.push(line(range.start)),
                (Marker::End(facts), Some((begin, first))) => {
                    let body = first.end..range.start;
                    let edited = marker::hash(&text[body.clone()]) != begin.hash;
                    self.blocks.push(Block { name: begin.name, edited, facts, range: first.start..range.end, body });
                }
            }
        }
        self.stray.extend(open.map(|(_, range)| line(range.start)));
    }

    /// The end of the last line before an offset that is neither blank nor a link definition.
    pub(super) fn end_of_text(&self, text: &str, before: usize) -> usize {
        let mut end = text[..before].trim_end().len();
        while let Some(span) = self.definitions.iter().rev().find(|span| span.start < end && end <= span.end) {
            end = text[..span.start].trim_end().len();
        }
        text[end..before].find('\n').map_or(before, |line| end + line + 1)
    }

    /// The release that an offset lies in.
    pub(super) fn section_at(&self, offset: usize) -> Option<&Section> {
        self.sections.iter().find(|section| section.range.contains(&offset))
    }
}

impl Section {
    /// Whether it is the release of a name: `1.2.0` is `v1.2.0`.
    pub(super) fn is(&self, name: &str) -> bool {
        bare(&self.label) == bare(name)
    }
}

fn bare(name: &str) -> &str {
    name.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(name)
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// The whole lines around a range.
fn lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |line| line + 1);
    let end = if text[..range.end].ends_with('\n') {
        range.end
    } else {
        text[range.end..].find('\n').map_or(text.len(), |line| range.end + line + 1)
    };
    start..end
}

/// The name of a release in the source of its heading.
fn label(source: &str) -> String {
    let text = source.trim_start().trim_start_matches('#').trim();
    let text = text.lines().next().unwrap_or_default();
    let name = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => text.split_whitespace().next(),
    };
    let name = name.unwrap_or_default().replace('\\', "");
    let lower = |text: &str| text.to_lowercase();
    let own = Lang::ALL.map(|lang| lower(text::word(lang, "actions", "unreleased")));
    let (name_of, whole) = (lower(&name), lower(text.trim_start_matches('[')));
    let unreleased = own.iter().map(String::as_str).chain(COMING.iter().copied()).any(|word| {
        // `Unreleased (2.7)` too, and not `Upcoming events`.
        let rest = whole.strip_prefix(word);
        let first = name_of == word && (text.starts_with('[') || own.iter().any(|known| known == word));
        first || rest.is_some_and(|rest| !rest.trim_start().starts_with(char::is_alphabetic))
    });
    if unreleased { UNRELEASED.to_owned() } else { name }
}
