//! YAML text → events, from two parsers: granit for what is YAML, libyaml for what has always been taken as YAML.

use std::borrow::Cow;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use libyaml_safer::{EventData, ScalarStyle as Style};
use rustc_hash::FxHashMap;

use super::super::limits::Limits;
use super::super::read::{Cause, Fault};
use super::scalar::Tag;

/// One event; `at` is its byte offset.
pub(super) struct Event<'t> {
    pub(super) at: usize,
    pub(super) what: What<'t>,
}

pub(super) enum What<'t> {
    Document,
    Scalar { text: Cow<'t, str>, plain: bool, tag: Tag, anchor: Option<usize> },
    Array { anchor: Option<usize> },
    Object { anchor: Option<usize> },
    End,
    Alias { anchor: usize },
}

/// Takes events until one is a fault.
pub(super) type Sink<'s, 't> = &'s mut dyn FnMut(Event<'t>) -> Result<(), Fault>;

/// Why the events ended early.
pub(super) enum Stop {
    /// The parser takes the text for no YAML: another may take it.
    Parser(Fault),
    /// The text is YAML that must not be read.
    Sink(Fault),
}

/// The events of a text according to granit; `start` is where the text begins, behind a byte order mark.
pub(super) fn granit<'t>(text: &'t str, start: usize, limits: &Limits, sink: Sink<'_, 't>) -> Result<(), Stop> {
    use granit_parser::{ErrorKind, Event as Granit, Parser, ScalarStyle};
    let levels = limits.depth() + 1;
    let options =
        granit_parser::options! { emit_comments: false, flow_nesting_limit: levels, block_nesting_limit: levels };
    for next in Parser::new_from_str_with_options(&text[start..], options) {
        let (event, span) = next.map_err(|error| {
            let at = start + error.marker().byte_offset().unwrap_or(0);
            if *error.kind() == ErrorKind::RecursionLimitExceeded {
                Stop::Sink(Fault { at, cause: Cause::TooDeep })
            } else {
                Stop::Parser(Fault::syntax(at, error.info()))
            }
        })?;
        let some = |anchor: usize| (anchor != 0).then_some(anchor);
        #[expect(clippy::wildcard_enum_match_arm, reason = "the parser's list of events is open")]
        let what = match event {
            Granit::DocumentStart(..) => What::Document,
            Granit::Scalar(text, style, anchor, tag) => {
                let tag = tag.and_then(|tag| tag.core_suffix().map(Tag::core)).unwrap_or(Tag::None);
                What::Scalar { text, plain: style == ScalarStyle::Plain, tag, anchor: some(anchor) }
            }
            Granit::SequenceStart(_, anchor, _) => What::Array { anchor: some(anchor) },
            Granit::MappingStart(_, anchor, _) => What::Object { anchor: some(anchor) },
            Granit::SequenceEnd | Granit::MappingEnd => What::End,
            Granit::Alias(anchor) => What::Alias { anchor },
            // The ends, and what the options leave out.
            _ => continue,
        };
        let at = start + span.start.byte_offset().unwrap_or(0);
        sink(Event { at, what }).map_err(Stop::Sink)?;
    }
    Ok(())
}

/// The events of a text according to libyaml, which forgives indentation that YAML 1.2 does not.
pub(super) fn libyaml<'t>(text: &'t str, start: usize, sink: Sink<'_, 't>) -> Result<(), Stop> {
    // It panics on a block scalar that the end of the text cuts off.
    let complete = format!("{}\n", &text[start..]);
    let run = AssertUnwindSafe(|| libyaml_events(text, &complete, start, sink));
    quietly(|| panic::catch_unwind(run)).unwrap_or_else(|_| Err(Stop::Parser(Fault::syntax(start, "not YAML"))))
}

fn libyaml_events<'t>(text: &'t str, complete: &str, start: usize, sink: Sink<'_, 't>) -> Result<(), Stop> {
    let mut bytes = complete.as_bytes();
    let mut parser = libyaml_safer::Parser::new();
    parser.set_input_string(&mut bytes);
    let mut anchors = Anchors::default();
    let offset = |mark: libyaml_safer::Mark| start + usize::try_from(mark.index).unwrap_or(0);
    loop {
        let event = parser.parse().map_err(|error| {
            Stop::Parser(Fault::syntax(error.problem_mark().map_or(start, offset), error.problem()))
        })?;
        let (at, end) = (offset(event.start_mark), offset(event.end_mark));
        let what = match event.data {
            EventData::StreamEnd => return Ok(()),
            EventData::StreamStart { .. } | EventData::DocumentEnd { .. } => continue,
            EventData::DocumentStart { .. } => What::Document,
            EventData::Alias { anchor } => match anchors.ids.get(&anchor) {
                Some(&anchor) => What::Alias { anchor },
                None => return Err(Stop::Sink(Fault::syntax(at, format!("unknown anchor `{anchor}`")))),
            },
            EventData::Scalar { anchor, tag, value, style, .. } => {
                let anchor = anchors.id(anchor);
                let tag =
                    tag.as_deref().and_then(|tag| tag.strip_prefix("tag:yaml.org,2002:")).map_or(Tag::None, Tag::core);
                let source = text.get(at..end).filter(|source| *source == value);
                let text = source.map_or(Cow::Owned(value), Cow::Borrowed);
                What::Scalar { text, plain: style == Style::Plain, tag, anchor }
            }
            EventData::SequenceStart { anchor, .. } => What::Array { anchor: anchors.id(anchor) },
            EventData::MappingStart { anchor, .. } => What::Object { anchor: anchors.id(anchor) },
            EventData::SequenceEnd | EventData::MappingEnd => What::End,
        };
        sink(Event { at, what }).map_err(Stop::Sink)?;
    }
}

/// Anchor names as numbers; a name used again is a new anchor.
#[derive(Default)]
struct Anchors {
    ids: FxHashMap<String, usize>,
    count: usize,
}

impl Anchors {
    fn id(&mut self, name: Option<String>) -> Option<usize> {
        self.count += 1;
        name.map(|name| *self.ids.entry(name).insert_entry(self.count).get())
    }
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs a parser whose panics are caught: their message must not reach the terminal, all others must.
fn quietly<T>(run: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    QUIET.set(true);
    let result = run();
    QUIET.set(false);
    result
}
