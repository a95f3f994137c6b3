//! Base and head walked in lockstep: which schema nodes are the same in both documents.
//!
//! Sameness is the greatest fixpoint over pairs of *units* (targets of references and roots of questions); inside a
//! unit nodes are compared in place. It needs no hash and no names, and sees through renamed, moved and inlined
//! components. Whatever is not called the same here is left to the engine, so a "no" costs time and never truth.

use std::cell::RefCell;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::reference::follow;
use crate::contract::{Contract, Home, SchemaAt};
use crate::spec::{Document, Key, Loc};
use beside::{Beside, told_beside};
use walk::{At, Walk};

mod beside;
mod members;
mod walk;

/// A pair of aligned units.
#[derive(Debug)]
struct Unit {
    same: bool,
    parents: Vec<u32>,
    /// Where the one schema stands for the other.
    asked: Vec<Asked>,
}

/// A unit in which two schemas stand for one another, and where base refers to the one there, if anything does.
pub(crate) type Asked = (u32, Option<Loc>);

/// Two aligned nodes whose annotations differ, and the unit they stand in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Note {
    /// The unit.
    pub unit: u32,
    /// The annotation.
    pub key: Key,
    /// What it is about, in base.
    pub site: Loc,
    /// The node in base.
    pub base: Loc,
    /// The node in head.
    pub head: Loc,
}

impl Note {
    /// True of an annotation that decides what is taken: it is compared of any two schemas that are compared.
    pub fn decides(&self) -> bool {
        DECIDING.contains(&self.key)
    }
}

#[derive(Default)]
struct Inner {
    units: IndexMap<(Loc, Loc), Unit, FxBuildHasher>,
    notes: Vec<Note>,
    /// Notes of what stands beside a reference or wraps one, which are never muted.
    beside: Vec<Note>,
    /// Annotations of two nodes that are said of the places that refer to one of them.
    muted: FxHashSet<(Loc, Loc, Key)>,
    pending: Vec<u32>,
    /// So many guesses were made.
    guesses: usize,
    /// So many nodes and references were walked over.
    walked: usize,
}

/// Guesses a comparison may make; after them, members of unions are taken in the order of the documents.
const GUESSES: usize = 500_000;
/// Nodes and references that all walks may pass; after them, whatever is not the same text is left to the engine.
const WALKED: usize = 1_000_000;

/// The alignment of two contracts; explored as it is asked.
pub(crate) struct Align<'c> {
    base: &'c Contract,
    head: &'c Contract,
    /// The field that [`Key::X_STABILITY`] stands for; none where no version has it.
    stability: Option<&'c str>,
    inner: RefCell<Inner>,
}

/// Annotations that are compared; prose, defaults and what only tools read.
const NOTED: &[Key] = &[
    Key::DESCRIPTION,
    Key::TITLE,
    Key::DEFAULT,
    Key::DEPRECATED,
    Key::X_SUNSET,
    Key::EXAMPLE,
    Key::EXAMPLES,
    Key::DISCRIMINATOR,
    Key::X_EXTENSIBLE_ENUM,
    Key::XML,
    Key::EXTERNAL_DOCS,
    Key::CONTENT_SCHEMA,
    Key::X_STABILITY,
];

/// Annotations that decide what is taken: they are compared of any two schemas that are compared.
const DECIDING: &[Key] = &[Key::DISCRIMINATOR, Key::CONTENT_SCHEMA];

impl<'c> Align<'c> {
    pub(in crate::schema) fn new(base: &'c Contract, head: &'c Contract) -> Self {
        Self { base, head, stability: None, inner: RefCell::new(Inner::default()) }
    }

    /// Notes words of a field that say how stable something is, where any version has it.
    pub(in crate::schema) fn note_stability(&mut self, field: &'c str) {
        let is_said = self.base.document.mentions(field) || self.head.document.mentions(field);
        self.stability = is_said.then_some(field);
    }

    /// Whether any version says a stability.
    pub(crate) fn has_stability(&self) -> bool {
        self.stability.is_some()
    }

    /// An annotation of a node.
    fn annotation(&self, document: &Document, at: Loc, key: Key) -> Option<Loc> {
        if key == Key::X_STABILITY { document.member(at, self.stability?) } else { document.get(at, key) }
    }

    /// True if two schema nodes have the same meaning in both documents.
    pub(crate) fn same(&self, base: Loc, head: Loc) -> bool {
        match self.unit(base, head) {
            Some(unit) => self.inner.borrow().units[unit as usize].same,
            None => false,
        }
    }

    /// True if two lost references name one unreadable thing: then nothing shows that it changed.
    pub(in crate::schema) fn same_lost(&self, base: usize, head: usize) -> bool {
        let sign = self.base.document.sign(base);
        sign.is_some() && sign == self.head.document.sign(head)
    }

    /// The unit of two schemas, explored; `None` where one is unreadable.
    pub(crate) fn unit(&self, base: Loc, head: Loc) -> Option<u32> {
        let (SchemaAt::Node(base), SchemaAt::Node(head)) = (follow(self.base, base), follow(self.head, head)) else {
            return None;
        };
        let known = self.inner.borrow().units.get_index_of(&(base, head));
        let ix = match known {
            Some(ix) => u32::try_from(ix).unwrap_or(u32::MAX),
            None => self.explore(base, head),
        };
        Some(ix)
    }

    /// The unit of two schemas if some question has reached it.
    fn known(&self, base: Loc, head: Loc) -> Option<u32> {
        let ix = self.inner.borrow().units.get_index_of(&(base, head))?;
        u32::try_from(ix).ok()
    }

    /// The pairs of schemas that questions have reached, the units in turn, from one of them on.
    pub(crate) fn pairs(&self, from: usize) -> Vec<(Loc, Loc)> {
        self.inner.borrow().units.keys().skip(from).copied().collect()
    }

    /// True if not everything was walked over: questions may reach further pairs.
    pub(crate) fn is_spent(&self) -> bool {
        self.inner.borrow().walked > WALKED
    }

    /// The notes of all units explored so far.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let inner = self.inner.borrow();
        let muted = |note: &&Note| inner.muted.contains(&(note.base, note.head, note.key));
        inner.notes.iter().filter(|note| !muted(note)).chain(&inner.beside).copied().collect()
    }

    /// The annotations of two places that differ, where one of them stands beside a reference. They are not said again of a
    /// schema written in place and the component that the other version refers to.
    pub(crate) fn beside(&self, base: Loc, head: Loc) -> Vec<Beside> {
        self.mute(base, head);
        beside::beside(self, (base, head))
    }

    fn mute(&self, base: Loc, head: Loc) {
        let keys = told_beside((self, self.base), base).chain(told_beside((self, self.head), head));
        let (a, b) = (self.base.document.follow(base), self.head.document.follow(head));
        let refers = [self.base.document.target(base), self.head.document.target(head)].map(|target| target.is_some());
        if let ([true, false] | [false, true], Ok(a), Ok(b)) = (refers, a, b) {
            self.inner.borrow_mut().muted.extend(keys.map(|key| (a, b, key)));
        }
    }

    /// The units that ask about each unit.
    pub(crate) fn parents(&self) -> Vec<Vec<u32>> {
        self.inner.borrow().units.values().map(|unit| unit.parents.clone()).collect()
    }

    /// For each unit, the units in which its schemas stand for one another, and where base refers to the one there.
    pub(crate) fn asked(&self) -> Vec<Vec<Asked>> {
        self.inner.borrow().units.values().map(|unit| unit.asked.clone()).collect()
    }

    /// True of a unit whose schema in base is part of a component, and the one in head no part of the component of that name:
    /// the component did not change, and whoever refers did.
    pub(crate) fn floats(&self, (base, head): (Loc, Loc)) -> bool {
        let old = self.base.homes.home(base).map(|(_, home)| home);
        old.is_some_and(Home::is_schema) && old != self.head.homes.home(head).map(|(_, home)| home)
    }

    /// True if an opaque keyword means the same in two nodes. `unevaluated*` depends on everything beside it.
    pub(in crate::schema) fn same_atom(&self, key: Key, base: Loc, head: Loc) -> bool {
        if matches!(key, Key::UNEVALUATED_PROPERTIES | Key::UNEVALUATED_ITEMS | Key::DYNAMIC_REF) {
            return self.same(base, head);
        }
        let keys: &[Key] = match key {
            Key::IF => &[Key::IF, Key::THEN, Key::ELSE],
            Key::CONTAINS => &[Key::CONTAINS, Key::MIN_CONTAINS, Key::MAX_CONTAINS],
            _ => &[key],
        };
        keys.iter().all(|&key| match (self.base.document.get(base, key), self.head.document.get(head, key)) {
            (None, None) => true,
            (Some(a), Some(b)) => Walk { align: self, at: At::Settled, crosswise: false }.keyword(key, a, b),
            _ => false,
        })
    }

    /// Pays for a guess; false where no more is made.
    fn guess(&self) -> bool {
        let mut inner = self.inner.borrow_mut();
        inner.guesses += 1;
        inner.guesses <= GUESSES
    }

    /// Pays for a step of a walk; false where no more is made.
    fn walk(&self) -> bool {
        let mut inner = self.inner.borrow_mut();
        inner.walked += 1;
        inner.walked <= WALKED
    }

    /// Explores a pair and everything it reaches, then settles what is the same.
    fn explore(&self, base: Loc, head: Loc) -> u32 {
        let root = self.add(base, head);
        let mut different = Vec::new();
        loop {
            let Some(next) = self.inner.borrow_mut().pending.pop() else { break };
            let pair = self.inner.borrow().units.get_index(next as usize).map(|(pair, _)| *pair);
            let Some((a, b)) = pair else { break };
            if !(Walk { align: self, at: At::Unit(next), crosswise: false }).nodes(a, b) {
                different.push(next);
            }
        }
        let mut inner = self.inner.borrow_mut();
        while let Some(ix) = different.pop() {
            let unit = &mut inner.units[ix as usize];
            if unit.same {
                unit.same = false;
                different.extend(unit.parents.iter().copied());
            }
        }
        root
    }

    fn add(&self, base: Loc, head: Loc) -> u32 {
        let mut inner = self.inner.borrow_mut();
        let ix = inner.units.insert_full((base, head), Unit { same: true, parents: Vec::new(), asked: Vec::new() }).0;
        let ix = u32::try_from(ix).unwrap_or(u32::MAX);
        inner.pending.push(ix);
        ix
    }

    /// A reference on either side: the pair of targets, taken to be the same until shown otherwise. `counterparts` is
    /// given where the two stand for one another.
    fn ask(&self, base: Loc, head: Loc, asking: u32, counterparts: Option<Asked>) -> bool {
        if !self.walk() {
            return false;
        }
        let known = self.inner.borrow().units.get_index_of(&(base, head));
        let ix = match known {
            Some(ix) => ix,
            None => self.add(base, head) as usize,
        };
        let mut inner = self.inner.borrow_mut();
        let unit = &mut inner.units[ix];
        if unit.parents.last() != Some(&asking) {
            unit.parents.push(asking);
        }
        unit.asked.extend(counterparts);
        unit.same
    }
}
