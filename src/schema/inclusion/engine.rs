//! Inclusion of states as a greatest fixpoint: every pair is taken to be contained until a difference shows, and
//! whoever relied on it is asked again. A pair only ever gets worse, so this ends.
//!
//! Plain recursion with a memo would be exponential on dense cycles or unsound; see ARCHITECTURE.md.

use std::collections::VecDeque;
use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde_json::Value;

use crate::contract::{Contract, Grade, SchemaAt};
use crate::schema::exact::Exact;
use crate::schema::node::{Align, Answer, SchemaId, Share, Types, Which};
use crate::schema::states::{Branch, Expansion, Lens, Space, StateId, expand};

/// Evaluations of pairs a comparison may cost.
const FUEL: usize = 2_000_000;

/// Sub state, sup state, how the value travels.
pub(in crate::schema) type PairKey = (StateId, StateId, Lens);

#[derive(Default)]
struct Pair {
    /// `None` is contained.
    grade: Option<Grade>,
    parents: Vec<u32>,
    queued: bool,
    known: bool,
}

/// The engine of one comparison.
pub struct Engine<'c> {
    /// Nodes and states, and what is the same in both documents.
    pub(in crate::schema) space: Space<'c>,
    pub(in crate::schema) exact: Exact,
    pub(in crate::schema) compared: super::cache::Compared<'c>,
    pairs: IndexMap<PairKey, Pair, FxBuildHasher>,
    queue: VecDeque<u32>,
    fuel: usize,
    /// Schemas that admit nothing, as far as they were asked for.
    pub(super) barren: FxHashMap<(StateId, Lens), bool>,
    /// How badly pairs fail because two members of a `oneOf` take a value.
    pub(super) overlaps: FxHashMap<PairKey, Option<Grade>>,
    /// Values that two members of a `oneOf` take, as far as they were looked for.
    pub(in crate::schema) ambiguous: FxHashMap<PairKey, Option<Value>>,
}

impl<'c> Engine<'c> {
    /// An engine over base and head.
    pub fn new(base: &'c Contract, head: &'c Contract, share: Share) -> Self {
        Self {
            space: Space::new(base, head, share),
            exact: Exact::default(),
            compared: super::cache::Compared::default(),
            pairs: IndexMap::default(),
            queue: VecDeque::new(),
            fuel: share.of(FUEL),
            barren: FxHashMap::default(),
            overlaps: FxHashMap::default(),
            ambiguous: FxHashMap::default(),
        }
    }

    /// The same, which notes where two versions say otherwise how stable something is.
    pub(crate) fn noting(mut self, stability: &'c str) -> Self {
        self.space.align.note_stability(stability);
        self
    }

    /// The part of the limits that was used.
    pub fn spent(&self) -> Share {
        self.space.nodes.meter.spent()
    }

    /// The id of a schema of one document.
    pub fn schema(&mut self, which: Which, at: SchemaAt) -> SchemaId {
        self.space.nodes.schema(which, at)
    }

    /// Where a schema stands.
    pub(crate) fn place(&self, id: SchemaId) -> (Which, SchemaAt) {
        self.space.nodes.place(id)
    }

    /// What is the same in both documents.
    pub(crate) fn align(&self) -> &Align<'c> {
        &self.space.align
    }

    /// Whether all values that satisfy some schemas are values of another: `None` if they are, else how badly that fails.
    pub fn inclusion(&mut self, sub: Vec<SchemaId>, sup: SchemaId, lens: Lens) -> Option<Grade> {
        let (sub, sup) = (self.space.state(sub), self.space.state(vec![sup]));
        self.standing((sub, sup, lens))
    }

    /// A member of a union, and what the discriminator beside the union asks of it.
    pub(crate) fn tagged(&mut self, union: SchemaId, member: SchemaId) -> Vec<SchemaId> {
        let tag = self.space.nodes.tag_of(union, member);
        [member].into_iter().chain(tag).collect()
    }

    /// The standing of a pair: `None` is contained, else how badly it fails.
    pub(in crate::schema) fn standing(&mut self, key: PairKey) -> Option<Grade> {
        let ix = self.pair(key);
        while let Some(next) = self.queue.pop_front() {
            self.pairs[next as usize].queued = false;
            self.evaluate(next);
        }
        self.pairs[ix as usize].grade
    }

    fn pair(&mut self, key: PairKey) -> u32 {
        let (ix, ()) = match self.pairs.get_index_of(&key) {
            Some(ix) => (ix, ()),
            None => (self.pairs.insert_full(key, Pair::default()).0, ()),
        };
        let index = u32::try_from(ix).unwrap_or(u32::MAX);
        let pair = &mut self.pairs[ix];
        if !pair.known {
            pair.known = true;
            pair.queued = true;
            self.queue.push_back(index);
        }
        index
    }

    /// The standing so far, to be asked again should it change.
    pub(super) fn look(&mut self, key: PairKey, asking: u32) -> Option<Grade> {
        let ix = self.pair(key);
        let pair = &mut self.pairs[ix as usize];
        if pair.parents.last() != Some(&asking) && self.space.nodes.meter.keep(1) {
            pair.parents.push(asking);
        }
        pair.grade
    }

    fn evaluate(&mut self, ix: u32) {
        let Some((&key, pair)) = self.pairs.get_index(ix as usize) else { return };
        let before = pair.grade;
        let grade = if self.fuel == 0 { Some(Grade::Undecided) } else { self.judge(key, ix) };
        self.fuel = self.fuel.saturating_sub(1);
        if grade > before {
            self.pairs[ix as usize].grade = grade;
            for parent in self.pairs[ix as usize].parents.clone() {
                let pair = &mut self.pairs[parent as usize];
                if !pair.queued {
                    pair.queued = true;
                    self.queue.push_back(parent);
                }
            }
        }
    }

    fn judge(&mut self, (sub, sup, lens): PairKey, ix: u32) -> Option<Grade> {
        if sub == sup || sup == StateId::ANY || self.same(sub, sup) {
            return None;
        }
        let (subs, sups) = (expand(&mut self.space, sub), expand(&mut self.space, sup));
        if subs.overflow || sups.overflow || self.space.nodes.meter.is_spent() {
            return Some(Grade::Undecided);
        }
        // Only an untyped schema can lose names to `{}`: of a typed one, the type that goes says it all.
        if sups.says_nothing() && subs.types() != Types::ALL {
            return None;
        }
        let mut worst = None;
        for branch in &subs.branches {
            for class in Types::CLASSES {
                if branch.types.meets(class) && !(lens.text && class == Types::NULL) {
                    worst = worst.max(self.cover(branch, (&subs, &sups), class, lens, Some(ix)));
                }
            }
        }
        worst.max(self.overlap((sub, sup, lens), worst.is_some()))
    }

    /// True if the two states are one schema each and alignment calls them the same.
    fn same(&mut self, sub: StateId, sup: StateId) -> bool {
        let (Some(a), Some(b)) = (self.space.single(sub), self.space.single(sup)) else { return false };
        self.space.same_schema(a, b)
    }

    /// Whether a value escapes from a state.
    pub(in crate::schema) fn escapes(&mut self, sub: StateId, sup: StateId, lens: Lens) -> Answer {
        self.exact.escapes(&mut self.space, sub, sup, lens)
    }

    /// Whether a branch takes a value, by its canonical text.
    pub(in crate::schema) fn takes_value(&mut self, branch: &Branch<'c>, text: &str, lens: Lens) -> Answer {
        self.exact.takes_value(&mut self.space, branch, text, lens)
    }

    /// The branches of a schema.
    pub(crate) fn expansion(&mut self, id: SchemaId) -> Rc<Expansion<'c>> {
        let state = self.space.state(vec![id]);
        self.branches(state)
    }

    /// The branches of a state.
    pub(in crate::schema) fn branches(&mut self, state: StateId) -> Rc<Expansion<'c>> {
        expand(&mut self.space, state)
    }
}
