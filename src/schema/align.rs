//! Base and head walked in lockstep: which schema nodes are the same in both documents.
//!
//! Sameness is the greatest fixpoint over pairs of *units* (targets of references and roots of questions); inside a
//! unit nodes are compared in place. It needs no hash and no names, and sees through renamed, moved and inlined
//! components. Whatever is not called the same here is left to the engine, so a "no" costs time and never truth.

use std::cell::RefCell;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::keyword::{self, Role};
use super::literal;
use super::space::follow;
use crate::contract::{Contract, SchemaAt};
use crate::spec::{Document, Key, Kind, Loc, Target};

/// A pair of aligned units.
#[derive(Debug)]
struct Unit {
    same: bool,
    parents: Vec<u32>,
}

/// Two aligned nodes whose annotations differ, and the unit they stand in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Note {
    /// The unit.
    pub unit: u32,
    /// The annotation.
    pub key: Key,
    /// The node in base.
    pub base: Loc,
    /// The node in head.
    pub head: Loc,
}

#[derive(Default)]
struct Inner {
    units: IndexMap<(Loc, Loc), Unit, FxBuildHasher>,
    notes: Vec<Note>,
    pending: Vec<u32>,
}

/// The alignment of two contracts; explored as it is asked.
pub struct Align<'c> {
    base: &'c Contract,
    head: &'c Contract,
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
];

impl<'c> Align<'c> {
    pub(super) fn new(base: &'c Contract, head: &'c Contract) -> Self {
        Self { base, head, inner: RefCell::new(Inner::default()) }
    }

    /// True if two schema nodes have the same meaning in both documents.
    pub fn same(&self, base: Loc, head: Loc) -> bool {
        match self.unit(base, head) {
            Some(unit) => self.inner.borrow().units[unit as usize].same,
            None => false,
        }
    }

    /// The unit of two schemas, explored; `None` where one is unreadable.
    pub fn unit(&self, base: Loc, head: Loc) -> Option<u32> {
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
    pub fn known(&self, base: Loc, head: Loc) -> Option<u32> {
        let ix = self.inner.borrow().units.get_index_of(&(base, head))?;
        u32::try_from(ix).ok()
    }

    /// The notes of all units explored so far.
    pub fn notes(&self) -> Vec<Note> {
        self.inner.borrow().notes.clone()
    }

    /// The units that ask about each unit.
    pub fn parents(&self) -> Vec<Vec<u32>> {
        self.inner.borrow().units.values().map(|unit| unit.parents.clone()).collect()
    }

    /// True if an opaque keyword means the same in two nodes. `unevaluated*` depends on everything beside it.
    pub(super) fn same_atom(&self, key: Key, base: Loc, head: Loc) -> bool {
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
            (Some(a), Some(b)) => Walk { align: self, at: At::Settled }.keyword(key, a, b),
            _ => false,
        })
    }

    /// Explores a pair and everything it reaches, then settles what is the same.
    fn explore(&self, base: Loc, head: Loc) -> u32 {
        let root = self.add(base, head);
        let mut different = Vec::new();
        loop {
            let Some(next) = self.inner.borrow_mut().pending.pop() else { break };
            let pair = self.inner.borrow().units.get_index(next as usize).map(|(pair, _)| *pair);
            let Some((a, b)) = pair else { break };
            if !(Walk { align: self, at: At::Unit(next) }).nodes(a, b) {
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
        let ix = inner.units.insert_full((base, head), Unit { same: true, parents: Vec::new() }).0;
        let ix = u32::try_from(ix).unwrap_or(u32::MAX);
        inner.pending.push(ix);
        ix
    }

    /// A reference on either side: the pair of targets, taken to be the same until shown otherwise.
    fn ask(&self, base: Loc, head: Loc, asking: u32) -> bool {
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
        unit.same
    }
}

/// What a walk does at a reference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Asks the pair of targets on behalf of a unit.
    Unit(u32),
    /// Relies on settled units only.
    Settled,
    /// Guesses from what is known and from names; for orders, never for answers.
    Guess,
}

/// One walk within a unit, or a question without one.
struct Walk<'a, 'c> {
    align: &'a Align<'c>,
    at: At,
}

impl<'c> Walk<'_, 'c> {
    fn documents(&self) -> (&'c Document, &'c Document) {
        (&self.align.base.document, &self.align.head.document)
    }

    /// A schema below a node: references ask their targets, the rest is compared in place.
    fn child(&self, base: Loc, head: Loc) -> bool {
        let (a, b) = (follow(self.align.base, base), follow(self.align.head, head));
        if (a, b) == (SchemaAt::Node(base), SchemaAt::Node(head)) { self.nodes(base, head) } else { self.pair(a, b) }
    }

    /// Two nodes in place. Everything common is walked even after a difference, for the sake of notes and edges.
    fn nodes(&self, a: Loc, b: Loc) -> bool {
        let (base, head) = self.documents();
        match (base.kind(a), head.kind(b)) {
            (Kind::Object, Kind::Object) => {}
            (x, y) => return x == y,
        }
        if let Some(same) = self.shared_text(a, b) {
            return same;
        }
        self.note(a, b);
        self.note_unions(a, b);
        let dialects = self.align.base.dialect == self.align.head.dialect;
        let mut same = true;
        let mut count = 0;
        for x in base.children(a) {
            let key = base.file(x.file).key(x.node);
            if keyword::is_annotation(key) || key == Key::REQUIRED && base.kind(x) != Kind::Array {
                continue;
            }
            count += 1;
            match head.get(b, key) {
                Some(_) if key == Key::REF => same &= dialects & self.targets(a, b),
                Some(y) => same &= (dialects || !self.ambiguous(key, x, y)) & self.keyword(key, x, y),
                None => same = false,
            }
        }
        let others = head.children(b).filter(|y| {
            let key = head.file(y.file).key(y.node);
            !(keyword::is_annotation(key) || key == Key::REQUIRED && head.kind(*y) != Kind::Array)
        });
        same && others.count() == count
    }

    /// The same node of the same parsed file: only its references may lead elsewhere.
    fn shared_text(&self, a: Loc, b: Loc) -> Option<bool> {
        let (base, head) = self.documents();
        let (old, new) = (base.file(a.file), head.file(b.file));
        if !std::ptr::eq(old, new) || a.node != b.node || self.align.base.dialect != self.align.head.dialect {
            return None;
        }
        let end = old.end(a.node);
        let refs = old.refs();
        let from = refs.partition_point(|&node| node < a.node);
        let inside = refs[from..].iter().take_while(|&&node| node < end);
        Some(inside.fold(true, |same, &node| {
            let (x, y) = (Loc { node, ..a }, Loc { node, ..b });
            let pair = match (base.target(x), head.target(y)) {
                (None, None) => true,
                (Some(Target::At(_)), Some(Target::At(_))) => self.targets(x, y),
                _ => false,
            };
            same && pair
        }))
    }

    /// Across dialects, a keyword that both may read differently; a type named alone reads the same everywhere.
    fn ambiguous(&self, key: Key, x: Loc, y: Loc) -> bool {
        let (base, head) = self.documents();
        let plain = match key {
            Key::TYPE => base.kind(x) == Kind::String && head.kind(y) == Kind::String,
            Key::ITEMS => base.kind(x) == Kind::Object && head.kind(y) == Kind::Object,
            _ => false,
        };
        keyword::depends_on_dialect(key) && !plain
    }

    fn keyword(&self, key: Key, x: Loc, y: Loc) -> bool {
        let (base, head) = self.documents();
        match (keyword::role(key), base.kind(x), head.kind(y)) {
            (Role::Set, Kind::Array, Kind::Array) => {
                let (mut left, mut right) = (literal::Literals::default(), literal::Literals::default());
                base.children(x).for_each(|value| literal::add(base, value, &mut left));
                head.children(y).for_each(|value| literal::add(head, value, &mut right));
                left.len() == right.len() && left.keys().all(|text| right.contains_key(text))
            }
            (Role::Schema, ..) | (Role::Mixed, Kind::Object, Kind::Object) if key != Key::DEPENDENCIES => {
                self.child(x, y)
            }
            (Role::Schemas, ..) | (Role::Mixed, Kind::Array, Kind::Array) => {
                let (left, right): (Vec<Loc>, Vec<Loc>) = (base.children(x).collect(), head.children(y).collect());
                // A union that only wraps the other is not compared with the first of its members.
                let wraps = |contract: &Contract, list: &[Loc]| match list {
                    [only] => {
                        matches!(follow(contract, *only), SchemaAt::Node(inner) if contract.document.get(inner, key).is_some())
                    }
                    _ => false,
                };
                if wraps(self.align.base, &left) != wraps(self.align.head, &right) {
                    return false;
                }
                let union = matches!(key, Key::ANY_OF | Key::ONE_OF);
                let right = if union { self.in_order_of(&left, right) } else { right };
                let pairs = left.iter().zip(&right).fold(true, |same, (&a, &b)| self.child(a, b) && same);
                pairs && left.len() == right.len()
            }
            (Role::Map, ..) => {
                // Nobody may refer to a map of schemas, and some do.
                let (Ok(x), Ok(y)) = (base.follow(x), head.follow(y)) else { return false };
                let mut same = base.children(x).count() == head.children(y).count();
                for (name, a) in base.members(x) {
                    same &= head.member(y, name).is_some_and(|b| self.child(a, b));
                }
                same
            }
            (Role::Annotation | Role::Value | Role::Set | Role::Mixed | Role::Schema, ..) => {
                let (mut left, mut right) = (String::new(), String::new());
                literal::canonical(base, x, &mut left);
                literal::canonical(head, y, &mut right);
                left == right
            }
        }
    }

    /// The members of head's union, each at the place of the member of base that is the same: order says nothing there.
    fn in_order_of(&self, left: &[Loc], right: Vec<Loc>) -> Vec<Loc> {
        let asked = Walk { align: self.align, at: At::Guess };
        if left.len() != right.len() || left.len() > 32 || left.iter().zip(&right).all(|(&a, &b)| asked.child(a, b)) {
            return right;
        }
        let mut open: Vec<Option<Loc>> = right.into_iter().map(Some).collect();
        let mut out: Vec<Option<Loc>> = Vec::new();
        for &a in left {
            let found = open.iter_mut().find(|slot| slot.is_some_and(|b| asked.child(a, b)));
            out.push(found.and_then(Option::take));
        }
        let mut rest = open.into_iter().flatten();
        out.into_iter().filter_map(|slot| slot.or_else(|| rest.next())).collect()
    }

    /// References that have siblings: their targets.
    fn targets(&self, a: Loc, b: Loc) -> bool {
        let (base, head) = self.documents();
        match (base.target(a), head.target(b)) {
            (Some(Target::At(a)), Some(Target::At(b))) => {
                self.pair(follow(self.align.base, a), follow(self.align.head, b))
            }
            _ => false,
        }
    }

    /// Two units.
    fn pair(&self, a: SchemaAt, b: SchemaAt) -> bool {
        let (SchemaAt::Node(a), SchemaAt::Node(b)) = (a, b) else { return false };
        match self.at {
            At::Unit(unit) => self.align.ask(a, b, unit),
            At::Settled => self.align.same(a, b),
            At::Guess => {
                let known = self.align.known(a, b).map(|ix| self.align.inner.borrow().units[ix as usize].same);
                known.unwrap_or_else(|| self.align.base.document.name(a) == self.align.head.document.name(b))
            }
        }
    }

    /// Notes a `oneOf` that came, went, or has another number of members.
    fn note_unions(&self, a: Loc, b: Loc) {
        let At::Unit(unit) = self.at else { return };
        let (base, head) = self.documents();
        let count =
            |document: &Document, at: Loc| document.get(at, Key::ONE_OF).map(|list| document.children(list).count());
        if count(base, a) != count(head, b) {
            self.align.inner.borrow_mut().notes.push(Note { unit, key: Key::ONE_OF, base: a, head: b });
        }
    }

    /// Notes annotations that differ; only walks that explore a unit do.
    fn note(&self, a: Loc, b: Loc) {
        let At::Unit(unit) = self.at else { return };
        let (base, head) = self.documents();
        for &key in NOTED {
            let through = matches!(key, Key::DEFAULT | Key::DISCRIMINATOR);
            let (a, b) =
                if through { (carrier(self.align.base, a, key), carrier(self.align.head, b, key)) } else { (a, b) };
            let (x, y) = (base.get(a, key), head.get(b, key));
            let same = match (x, y) {
                (None, None) => true,
                (Some(x), Some(y)) => {
                    let (mut left, mut right) = (String::new(), String::new());
                    literal::canonical(base, x, &mut left);
                    literal::canonical(head, y, &mut right);
                    left == right
                }
                _ => false,
            };
            if !same {
                self.align.inner.borrow_mut().notes.push(Note { unit, key, base: a, head: b });
            }
        }
    }
}

/// The node that carries an annotation with a meaning: the schema itself, or the one it only wraps.
fn carrier(contract: &Contract, at: Loc, key: Key) -> Loc {
    let document = &contract.document;
    let mut inner = at;
    for _ in 0..4 {
        if document.get(inner, key).is_some() {
            return inner;
        }
        let lists = [Key::ALL_OF, Key::ANY_OF, Key::ONE_OF].into_iter().filter_map(|key| document.get(inner, key));
        let members: Vec<Loc> = lists.flat_map(|list| document.children(list)).take(2).collect();
        let [only] = members[..] else { break };
        let SchemaAt::Node(next) = follow(contract, only) else { break };
        inner = next;
    }
    at
}
