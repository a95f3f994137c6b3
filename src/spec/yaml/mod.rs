//! YAML text → [`super::File`]: the events of a YAML parser written into the arena, so that equal documents in JSON
//! and YAML give equal arenas.
//!
//! Keys are always strings; `<<` is applied; aliases are copied under a budget; tags other than the core ones are
//! ignored; what has no meaning in JSON (complex keys, several documents) is an error with its place.

mod events;
mod scalar;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::events::{Event, Stop, What};
use self::scalar::{Meaning, Tag};
use super::arena::{Builder, Kind, NodeIx, Text};
use super::key::Key;
use super::limits::Limits;
use super::problem::Odd;
use super::read::{Cause, Fault, Parsed};

const BOM: &str = "\u{feff}";

/// Reads a text as YAML 1.2, or else as libyaml has always read it.
pub(super) fn read(text: &str, limits: &Limits) -> Result<Parsed, Fault> {
    let fault = match strict(text, limits) {
        Ok(parsed) => return Ok(parsed),
        Err(Stop::Sink(fault)) => return Err(fault),
        Err(Stop::Parser(fault)) => fault,
    };
    let mut loader = Loader::new(text, limits);
    if let Err(Stop::Parser(second) | Stop::Sink(second)) =
        events::libyaml(text, start(text), &mut |event| loader.take(event))
    {
        // The parser that came further met what is really wrong.
        return Err(if second.at > fault.at { second } else { fault });
    }
    let why = match &fault.cause {
        Cause::Syntax(message) => message.as_str(),
        Cause::TooDeep | Cause::Aliases | Cause::Nodes => "",
    };
    loader.odd.push(Odd::new(fault.at, format!("not strict YAML 1.2: {why}")));
    Ok(loader.finish())
}

/// Reads a text as YAML 1.2 and nothing else.
pub(super) fn read_strict(text: &str, limits: &Limits) -> Result<Parsed, Fault> {
    strict(text, limits).map_err(|stop| match stop {
        Stop::Parser(fault) | Stop::Sink(fault) => fault,
    })
}

fn strict(text: &str, limits: &Limits) -> Result<Parsed, Stop> {
    let mut loader = Loader::new(text, limits);
    events::granit(text, start(text), limits, &mut |event| loader.take(event))?;
    Ok(loader.finish())
}

fn start(text: &str) -> usize {
    if text.starts_with(BOM) { BOM.len() } else { 0 }
}

/// An array or object being read.
struct Frame {
    object: bool,
    /// The key whose value comes next, with its offset; `None` where an object expects a key.
    key: Option<(Key, usize)>,
    /// True when that key is a plain `<<`.
    merging: bool,
    merges: Vec<NodeIx>,
}

/// What an anchor names.
enum Anchored<'t> {
    Node(NodeIx),
    /// A key, which is no node of the arena: its text, and whether it was plain.
    Key(Cow<'t, str>, bool),
}

struct Loader<'t> {
    text: &'t str,
    limits: &'t Limits,
    builder: Builder,
    frames: Vec<Frame>,
    anchors: FxHashMap<usize, Anchored<'t>>,
    /// Nodes that aliases and merges may still add.
    budget: usize,
    documents: usize,
    odd: Vec<Odd>,
}

impl<'t> Loader<'t> {
    fn new(text: &'t str, limits: &'t Limits) -> Self {
        Self {
            text,
            limits,
            builder: Builder::new(Arc::new(text.to_owned())),
            frames: Vec::new(),
            anchors: FxHashMap::default(),
            budget: limits.aliases,
            documents: 0,
            odd: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'t>) -> Result<(), Fault> {
        let at = event.at;
        if self.builder.len() >= self.limits.nodes {
            return Err(Fault { at, cause: Cause::Nodes });
        }
        match event.what {
            What::Document => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Fault::syntax(at, "a second YAML document begins here; one file holds one document"));
                }
                Ok(())
            }
            What::Scalar { text, plain, tag, anchor } => {
                self.scalar(at, text, plain, tag, anchor);
                Ok(())
            }
            What::Array { anchor } => self.open(at, Kind::Array, anchor),
            What::Object { anchor } => self.open(at, Kind::Object, anchor),
            What::End => self.close(at),
            What::Alias { anchor } => self.alias(at, anchor),
        }
    }

    /// True where an object expects a key.
    fn at_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.object && frame.key.is_none())
    }

    /// The key and offset under which the next node stands.
    fn place(&mut self, at: usize) -> (Key, usize) {
        self.frames.last_mut().and_then(|frame| frame.key.take()).unwrap_or((Key::NONE, at))
    }

    /// Notes a finished value: where an anchor names it, and whether it is to be merged.
    fn placed(&mut self, node: NodeIx, anchor: Option<usize>) {
        if let Some(frame) = self.frames.last_mut()
            && std::mem::take(&mut frame.merging)
        {
            frame.merges.push(node);
        }
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, Anchored::Node(node));
        }
    }

    fn name(&mut self, at: usize, name: &str, merging: bool) {
        let key = self.builder.key(name);
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((key, at));
            frame.merging = merging;
        }
    }

    fn scalar(&mut self, at: usize, text: Cow<'t, str>, plain: bool, tag: Tag, anchor: Option<usize>) {
        if self.at_key() {
            self.name(at, &text, plain && tag == Tag::None && text == "<<");
            if let Some(anchor) = anchor {
                self.anchors.insert(anchor, Anchored::Key(text, plain));
            }
            return;
        }
        let Meaning { kind, text, odd } = scalar::resolve(text, plain, tag);
        self.odd.extend(odd.map(|message| Odd::new(at, message)));
        let (key, start) = self.place(at);
        let text = match &text {
            Cow::Borrowed(content) => {
                self.within(content).map_or(Text::Decoded(content), |at| Text::Source(at, content.len()))
            }
            Cow::Owned(content) => Text::Decoded(content),
        };
        let node = self.builder.scalar(key, start, kind, &text);
        self.placed(node, anchor);
    }

    /// Where a borrowed content lies in the source.
    fn within(&self, content: &str) -> Option<usize> {
        let at = (content.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at + content.len() <= self.text.len()).then_some(at)
    }

    fn open(&mut self, at: usize, kind: Kind, anchor: Option<usize>) -> Result<(), Fault> {
        if self.at_key() {
            return Err(Fault::syntax(at, "a key must be a scalar"));
        }
        if self.frames.len() >= self.limits.depth() {
            return Err(Fault { at, cause: Cause::TooDeep });
        }
        let (key, start) = self.place(at);
        let node = self.builder.open(key, start, kind);
        self.placed(node, anchor);
        self.frames.push(Frame { object: kind == Kind::Object, key: None, merging: false, merges: Vec::new() });
        Ok(())
    }

    fn close(&mut self, at: usize) -> Result<(), Fault> {
        let merges = self.frames.pop().map(|frame| frame.merges).unwrap_or_default();
        if !merges.is_empty() && !self.builder.merge(&merges, &mut self.budget) {
            return Err(Fault { at, cause: Cause::Aliases });
        }
        self.builder.close();
        Ok(())
    }

    fn alias(&mut self, at: usize, anchor: usize) -> Result<(), Fault> {
        let from = match self.anchors.get(&anchor) {
            Some(&Anchored::Node(from)) => from,
            Some(Anchored::Key(text, plain)) => {
                let (text, plain) = (text.clone(), *plain);
                self.scalar(at, text, plain, Tag::None, None);
                return Ok(());
            }
            None => return Err(Fault::syntax(at, "an alias without its anchor")),
        };
        if self.builder.is_open(from) {
            return Err(Fault::syntax(at, "an alias stands inside the value it names"));
        }
        let container = matches!(self.builder.kind(from), Kind::Array | Kind::Object);
        if self.at_key() {
            if container {
                return Err(Fault::syntax(at, "a key must be a scalar"));
            }
            let name = self.builder.text(from).to_owned();
            self.name(at, &name, false);
            return Ok(());
        }
        let Some(left) = self.budget.checked_sub(self.builder.size(from)) else {
            return Err(Fault { at, cause: Cause::Aliases });
        };
        self.budget = left;
        if container && self.frames.len() + self.builder.height(from) > self.limits.depth() {
            return Err(Fault { at, cause: Cause::TooDeep });
        }
        let (key, start) = self.place(at);
        let node = self.builder.copy(key, start, from);
        self.placed(node, None);
        Ok(())
    }

    /// The file; a text without a document is a null, as an empty value is.
    fn finish(mut self) -> Parsed {
        if self.builder.is_empty() {
            self.builder.scalar(Key::NONE, 0, Kind::Null, &Text::Source(0, 0));
        }
        Parsed::new(self.builder, self.odd)
    }
}
