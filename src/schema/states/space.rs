//! The ids of one comparison: schema nodes of both documents, and states, which are sets of nodes.
//!
//! A state means the conjunction of its nodes, so the meet of two states is the union of their lists, across
//! documents too. The number of states is finite, which is the whole recursion argument.

use std::rc::Rc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::expand::Expansion;
use super::read;
use super::reading::{Reading, blank};
use crate::contract::{Contract, Dialect, SchemaAt};
use crate::spec::{Key, Kind, Loc};

/// Which document of the comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Which {
    /// The old one.
    Base,
    /// The new one.
    Head,
}

/// A schema node of either document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SchemaId(pub u32);

/// A set of nodes: their conjunction. State 0 is empty and admits everything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StateId(pub u32);

impl StateId {
    /// The empty conjunction.
    pub const ANY: Self = Self(0);
}

/// How a value travels, as far as it changes what is compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Lens {
    /// Members that are `readOnly` are neither sent nor required (requests).
    pub drop_read_only: bool,
    /// Members that are `writeOnly` are neither sent nor required (responses).
    pub drop_write_only: bool,
    /// The value is text on the wire (parameters, headers, form fields): `1` and `"1"` are the same.
    pub text: bool,
}

/// A schema that no node spells, but a keyword of a node means: the node's schema, the keyword, which of its meanings.
pub type Meaning = (SchemaId, Key, u32);

/// The ids of one comparison.
pub struct Space<'c> {
    contracts: [&'c Contract; 2],
    /// Where each schema stands; a meaning stands at the node that means it.
    places: Vec<(Which, SchemaAt)>,
    nodes: FxHashMap<(Which, SchemaAt), SchemaId>,
    meant: FxHashMap<Meaning, SchemaId>,
    meanings: FxHashMap<SchemaId, Meaning>,
    spelled: FxHashMap<Box<str>, SchemaId>,
    readings: Vec<Option<Rc<Reading<'c>>>>,
    states: IndexSet<Box<[SchemaId]>, FxBuildHasher>,
    /// By schema, the state of it alone: what is asked for most.
    alone: Vec<Option<StateId>>,
    pub(super) expansions: FxHashMap<StateId, Rc<Expansion<'c>>>,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl<'c> Space<'c> {
    /// A space over base and head.
    pub fn new(base: &'c Contract, head: &'c Contract) -> Self {
        let mut states: IndexSet<Box<[SchemaId]>, FxBuildHasher> = IndexSet::default();
        states.insert(Box::from([]));
        Self {
            contracts: [base, head],
            places: Vec::new(),
            nodes: FxHashMap::default(),
            meant: FxHashMap::default(),
            meanings: FxHashMap::default(),
            spelled: FxHashMap::default(),
            readings: Vec::new(),
            states,
            alone: Vec::new(),
            expansions: FxHashMap::default(),
        }
    }
    /// One of the two contracts.
    pub fn contract(&self, which: Which) -> &'c Contract {
        self.contracts[usize::from(which == Which::Head)]
    }
    /// The id of a schema; pure references are followed first, so that `$ref` sites add no id.
    pub fn schema(&mut self, which: Which, at: SchemaAt) -> SchemaId {
        let at = match at {
            SchemaAt::Node(at) => self.follow(which, at),
            SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => at,
        };
        if let Some(&known) = self.nodes.get(&(which, at)) {
            return known;
        }
        let id = self.push((which, at), None);
        self.nodes.insert((which, at), id);
        id
    }
    fn push(&mut self, place: (Which, SchemaAt), reading: Option<Rc<Reading<'c>>>) -> SchemaId {
        let id = SchemaId(small(self.places.len()));
        self.places.push(place);
        self.readings.push(reading);
        self.alone.push(None);
        id
    }
    /// The id of what a keyword of a schema means, read as `fill` says when it is first asked for.
    pub(super) fn meaning(&mut self, meaning: Meaning, fill: impl FnOnce(&mut Reading<'c>)) -> SchemaId {
        if let Some(&known) = self.meant.get(&meaning) {
            return known;
        }
        let id = self.push(self.place(meaning.0), None);
        let mut reading = blank(id);
        reading.meant = true;
        fill(&mut reading);
        self.readings[id.0 as usize] = Some(Rc::new(reading));
        self.meant.insert(meaning, id);
        self.meanings.insert(id, meaning);
        id
    }
    /// Where a schema comes from that no node spells.
    pub(super) fn meant_by(&self, id: SchemaId) -> Option<Meaning> {
        self.meanings.get(&id).copied()
    }
    /// The schema of one composite value, by its canonical text.
    pub(super) fn spelled(&self, text: &str) -> Option<SchemaId> {
        self.spelled.get(text).copied()
    }
    /// Keeps the schema of one composite value; it stands where the value's owner stands.
    pub(super) fn spell(&mut self, text: &str, owner: SchemaId, fill: impl FnOnce(&mut Reading<'c>)) -> SchemaId {
        let meaning = (owner, Key::CONST, small(self.spelled.len()));
        let id = self.meaning(meaning, fill);
        self.spelled.insert(text.into(), id);
        id
    }
    /// The id of the schema at a node.
    pub fn node(&mut self, which: Which, at: Loc) -> SchemaId {
        self.schema(which, SchemaAt::Node(at))
    }
    /// The id of what the `$ref` of a node leads to, its siblings left aside.
    pub(super) fn reference(&mut self, which: Which, at: Loc) -> SchemaId {
        let contract = self.contract(which);
        let target = match contract.document.target(at) {
            Some(crate::spec::Target::At(next)) => SchemaAt::Node(next),
            Some(crate::spec::Target::Missing(problem)) => SchemaAt::Hole(small(problem)),
            None => SchemaAt::Any,
        };
        self.schema(which, target)
    }
    fn follow(&self, which: Which, at: Loc) -> SchemaAt {
        follow(self.contract(which), at)
    }
    /// Where a schema stands.
    pub fn place(&self, id: SchemaId) -> (Which, SchemaAt) {
        self.places.get(id.0 as usize).copied().unwrap_or((Which::Base, SchemaAt::Any))
    }
    /// The node of a schema; a made object's first member; `None` for what has no node.
    pub fn loc(&self, id: SchemaId) -> Option<(Which, Loc)> {
        let (which, at) = self.place(id);
        match at {
            SchemaAt::Node(at) => Some((which, at)),
            SchemaAt::Made(made) => Some((which, self.contract(which).made.get(made as usize)?.at)),
            SchemaAt::Any | SchemaAt::Hole(_) => None,
        }
    }
    /// The reading of a schema.
    pub fn reading(&mut self, id: SchemaId) -> Rc<Reading<'c>> {
        if let Some(Some(known)) = self.readings.get(id.0 as usize) {
            return Rc::clone(known);
        }
        let reading = Rc::new(read::read(self, id));
        self.readings[id.0 as usize] = Some(Rc::clone(&reading));
        reading
    }
    /// True of the schema `false`.
    pub(super) fn is_never(&mut self, id: SchemaId) -> bool {
        match self.readings.get(id.0 as usize) {
            Some(Some(known)) => known.never,
            _ => self.reading(id).never,
        }
    }
    /// The state of a set of schemas.
    pub fn state(&mut self, ids: Vec<SchemaId>) -> StateId {
        let &[only] = ids.as_slice() else { return self.state_of_set(ids) };
        if let Some(&Some(known)) = self.alone.get(only.0 as usize) {
            return known;
        }
        let state = self.state_of_set(ids);
        if let Some(slot) = self.alone.get_mut(only.0 as usize) {
            *slot = Some(state);
        }
        state
    }
    fn state_of_set(&mut self, mut ids: Vec<SchemaId>) -> StateId {
        if ids.is_empty() {
            return StateId::ANY;
        }
        ids.retain(|&id| self.place(id).1 != SchemaAt::Any || self.meanings.contains_key(&id));
        ids.sort_unstable();
        ids.dedup();
        if let Some(ix) = self.states.get_index_of(ids.as_slice()) {
            return StateId(small(ix));
        }
        StateId(small(self.states.insert_full(ids.into_boxed_slice()).0))
    }
    /// The nodes of a state.
    pub fn nodes(&self, state: StateId) -> &[SchemaId] {
        self.states.get_index(state.0 as usize).map_or(&[], |ids| ids)
    }
    /// The one node of a state that has one.
    pub fn single(&self, state: StateId) -> Option<SchemaId> {
        match self.nodes(state) {
            [id] => Some(*id),
            _ => None,
        }
    }
    /// True of the schemas `true` and `{}`.
    pub fn admits_all(&self, id: SchemaId) -> bool {
        match self.place(id) {
            _ if self.meanings.contains_key(&id) => false,
            (_, SchemaAt::Any) => true,
            (which, SchemaAt::Node(at)) => says_nothing(self.contract(which), at),
            (_, SchemaAt::Made(_) | SchemaAt::Hole(_)) => false,
        }
    }
    /// `readOnly` and `writeOnly` of a member, seen through a reference, an `allOf` or a union of one.
    pub fn access(&mut self, id: SchemaId) -> (bool, bool) {
        self.access_within(id, 4)
    }
    fn access_within(&mut self, id: SchemaId, depth: u8) -> (bool, bool) {
        let reading = self.reading(id);
        let mut out = (reading.read_only, reading.write_only);
        if depth > 0 {
            let alone = reading.unions.iter().filter(|union| union.len() == 1).flatten();
            for &part in reading.all_of.iter().chain(reading.reference.iter()).chain(alone) {
                let inner = self.access_within(part, depth - 1);
                out = (out.0 || inner.0, out.1 || inner.1);
            }
        }
        out
    }
}

/// True of `nullable: true`. Beside a reference 3.0 ignores it, yet whoever writes it there means null, and says so in
/// the upgrade to 3.1 (`oneOf: [$ref, {type: null}]`): read as meant, the upgrade is no change.
fn is_nullable(contract: &Contract, key: Key, at: Loc) -> bool {
    matches!(key, Key::NULLABLE | Key::X_NULLABLE) && contract.document.kind(at) == Kind::True
}

/// Follows references that say nothing beside themselves: siblings are ignored before 3.1 (OpenAPI 3.0, Reference
/// Object), and annotations change no set.
pub fn follow(contract: &Contract, mut at: Loc) -> SchemaAt {
    let document = &contract.document;
    for _ in 0..64 {
        let Some(target) = document.target(at) else { return SchemaAt::Node(at) };
        let bare = document.children(at).all(|child| {
            let key = document.file(child.file).key(child.node);
            match contract.dialect {
                Dialect::V31 => key == Key::REF || super::keyword::is_annotation(key),
                Dialect::V20 | Dialect::V30 => !is_nullable(contract, key, child),
            }
        });
        if !bare {
            return SchemaAt::Node(at);
        }
        match target {
            crate::spec::Target::At(next) => at = next,
            crate::spec::Target::Missing(problem) => return SchemaAt::Hole(small(problem)),
        }
    }
    // A reference cycle without anything else admits nothing that could be said.
    SchemaAt::Hole(u32::MAX)
}

/// True of the schemas `true` and `{}`, which say nothing.
pub fn says_nothing(contract: &Contract, at: Loc) -> bool {
    let document = &contract.document;
    match document.kind(at) {
        Kind::True => true,
        Kind::Object => document.children(at).all(|child| {
            let key = document.file(child.file).key(child.node);
            super::keyword::is_annotation(key)
        }),
        Kind::Null | Kind::False | Kind::Number | Kind::String | Kind::Array => false,
    }
}
