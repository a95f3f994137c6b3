//! What one comparison knows of both documents: their schema nodes, the states made of them, what is the same, and the
//! languages of their patterns.
//!
//! A state is a set of nodes and means their conjunction, so the meet of two states is the union of their lists, across
//! documents too. The number of states is finite, which is the whole recursion argument.

use std::rc::Rc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::branch::BranchId;
use super::expand::Expansion;
use crate::contract::{Contract, Lists, SchemaAt};
use crate::schema::node::{Align, Nodes, Patterns, SchemaId, Share, Which};
use crate::spec::Key;

/// A set of nodes: their conjunction. State 0 is empty and admits everything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(in crate::schema) struct StateId(pub u32);

impl StateId {
    /// The empty conjunction.
    pub(in crate::schema) const ANY: Self = Self(0);
}

/// How a value travels, as far as it changes what is compared.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact about the way")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Lens {
    /// Members that are `readOnly` are neither sent nor required (requests).
    pub drop_read_only: bool,
    /// Members that are `writeOnly` are neither sent nor required (responses).
    pub drop_write_only: bool,
    /// The value is text on the wire (parameters, headers, form fields): `1` and `"1"` are the same.
    pub text: bool,
    /// The text is a parameter or a header: below the value itself only scalars travel, and nothing empty does.
    pub flat: bool,
    /// Members that no contract mentions may be sent too, where nothing shuts them out.
    pub open: bool,
    /// How lists are written as text, where both versions write them alike.
    pub lists: Option<Lists>,
}

/// The ids of one comparison, and what is known of both documents.
pub(in crate::schema) struct Space<'c> {
    /// Schema nodes.
    pub nodes: Nodes<'c>,
    /// What is the same in both documents.
    pub align: Align<'c>,
    /// Languages of patterns.
    pub patterns: Patterns,
    states: IndexSet<Box<[SchemaId]>, FxBuildHasher>,
    /// By schema, the state of it alone: what is asked for most.
    alone: Vec<Option<StateId>>,
    pub(in crate::schema) expansions: FxHashMap<StateId, Rc<Expansion<'c>>>,
    /// States that surely have a value, or are not seen to.
    pub(super) sure: FxHashMap<StateId, bool>,
    /// By branch, the other members of the `oneOf` lists it took a member of.
    pub(super) sisters: FxHashMap<BranchId, Rc<[SchemaId]>>,
    /// By branch, those of them that may take its values too.
    pub(super) rivals: FxHashMap<BranchId, Rc<[SchemaId]>>,
    /// So many branches stand in expansions.
    branches: u32,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl<'c> Space<'c> {
    /// A space over base and head.
    pub(in crate::schema) fn new(base: &'c Contract, head: &'c Contract, share: Share) -> Self {
        let mut states: IndexSet<Box<[SchemaId]>, FxBuildHasher> = IndexSet::default();
        states.insert(Box::from([]));
        Self {
            nodes: Nodes::new(base, head, share),
            align: Align::new(base, head),
            patterns: Patterns::default(),
            states,
            alone: Vec::new(),
            expansions: FxHashMap::default(),
            sure: FxHashMap::default(),
            sisters: FxHashMap::default(),
            rivals: FxHashMap::default(),
            branches: 0,
        }
    }

    /// The state of a set of schemas.
    pub(in crate::schema) fn state(&mut self, ids: Vec<SchemaId>) -> StateId {
        let &[only] = ids.as_slice() else { return self.state_of_set(ids) };
        let at = only.0 as usize;
        if let Some(&Some(known)) = self.alone.get(at) {
            return known;
        }
        let state = self.state_of_set(ids);
        if self.alone.len() <= at {
            self.alone.resize(at + 1, None);
        }
        self.alone[at] = Some(state);
        state
    }
    fn state_of_set(&mut self, mut ids: Vec<SchemaId>) -> StateId {
        if ids.is_empty() {
            return StateId::ANY;
        }
        ids.retain(|&id| self.nodes.place(id).1 != SchemaAt::Any || self.nodes.meaning_of(id).is_some());
        ids.sort_unstable();
        ids.dedup();
        if let Some(ix) = self.states.get_index_of(ids.as_slice()) {
            return StateId(small(ix));
        }
        StateId(small(self.states.insert_full(ids.into_boxed_slice()).0))
    }
    /// The id of one more branch that stands in an expansion.
    pub(super) fn next_branch(&mut self) -> BranchId {
        self.branches += 1;
        BranchId(self.branches)
    }
    /// The nodes of a state.
    pub(in crate::schema) fn ids(&self, state: StateId) -> &[SchemaId] {
        self.states.get_index(state.0 as usize).map_or(&[], |ids| ids)
    }
    /// The one node of a state that has one.
    pub(in crate::schema) fn single(&self, state: StateId) -> Option<SchemaId> {
        match self.ids(state) {
            [id] => Some(*id),
            _ => None,
        }
    }

    /// True if alignment calls two schemas of the two documents the same.
    pub(in crate::schema) fn same_schema(&self, a: SchemaId, b: SchemaId) -> bool {
        match (self.nodes.meaning_of(a), self.nodes.meaning_of(b)) {
            (None, None) => {}
            (Some((a, of, at)), Some((b, other, place))) => {
                let comparable = !matches!(of, Key::CONST | Key::DISCRIMINATOR);
                return comparable && of == other && at == place && self.same_schema(a, b);
            }
            _ => return false,
        }
        match (self.nodes.place(a), self.nodes.place(b)) {
            ((Which::Base, SchemaAt::Node(a)), (Which::Head, SchemaAt::Node(b)))
            | ((Which::Head, SchemaAt::Node(b)), (Which::Base, SchemaAt::Node(a))) => self.align.same(a, b),
            ((Which::Base, SchemaAt::Hole(a)), (Which::Head, SchemaAt::Hole(b)))
            | ((Which::Head, SchemaAt::Hole(b)), (Which::Base, SchemaAt::Hole(a))) => {
                self.align.same_lost(a as usize, b as usize)
            }
            _ => false,
        }
    }

    /// True if an opaque keyword of two nodes has the same meaning in both.
    pub(in crate::schema) fn same_atom(&self, key: Key, a: SchemaId, b: SchemaId) -> bool {
        match (self.nodes.place(a), self.nodes.place(b)) {
            ((Which::Base, SchemaAt::Node(a)), (Which::Head, SchemaAt::Node(b)))
            | ((Which::Head, SchemaAt::Node(b)), (Which::Base, SchemaAt::Node(a))) => self.align.same_atom(key, a, b),
            (a, b) => a == b,
        }
    }
}
