//! The schema nodes of both documents, each known by an id, read once.
//!
//! A schema that no node spells, because a keyword means it, has an id too.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Share;
use super::meter::Meter;
use super::read;
use super::reading::{Reading, blank};
use super::reference::{follow, says_nothing};
use crate::contract::{Contract, SchemaAt};
use crate::spec::{Key, Kind, Loc, Target};

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

/// A schema that no node spells, but a keyword of a node means: the node's schema, the keyword, which of its meanings.
pub(super) type Meaning = (SchemaId, Key, u32);

/// The schemas of one comparison.
pub(in crate::schema) struct Nodes<'c> {
    contracts: [&'c Contract; 2],
    /// Where each schema stands; a meaning stands at the node that means it.
    places: Vec<(Which, SchemaAt)>,
    ids: FxHashMap<(Which, SchemaAt), SchemaId>,
    implied: FxHashMap<Meaning, SchemaId>,
    meanings: FxHashMap<SchemaId, Meaning>,
    spelled: FxHashMap<Box<str>, SchemaId>,
    readings: Vec<Option<Rc<Reading<'c>>>>,
    access: FxHashMap<(SchemaId, u8), (bool, bool)>,
    /// What the comparison may still cost.
    pub(in crate::schema) meter: Meter,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl<'c> Nodes<'c> {
    /// The nodes of base and head, none of them known yet.
    pub(in crate::schema) fn new(base: &'c Contract, head: &'c Contract, share: Share) -> Self {
        Self {
            contracts: [base, head],
            places: Vec::new(),
            ids: FxHashMap::default(),
            implied: FxHashMap::default(),
            meanings: FxHashMap::default(),
            spelled: FxHashMap::default(),
            readings: Vec::new(),
            access: FxHashMap::default(),
            meter: Meter::new(share),
        }
    }
    /// One of the two contracts.
    pub(in crate::schema) fn contract(&self, which: Which) -> &'c Contract {
        self.contracts[usize::from(which == Which::Head)]
    }
    /// The id of a schema; pure references are followed first, so that `$ref` sites add no id.
    pub(in crate::schema) fn schema(&mut self, which: Which, at: SchemaAt) -> SchemaId {
        let at = match at {
            SchemaAt::Node(at) => self.follow(which, at),
            SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => at,
        };
        if let Some(&known) = self.ids.get(&(which, at)) {
            return known;
        }
        let id = self.push((which, at), None);
        self.ids.insert((which, at), id);
        id
    }
    fn push(&mut self, place: (Which, SchemaAt), reading: Option<Rc<Reading<'c>>>) -> SchemaId {
        let id = SchemaId(small(self.places.len()));
        self.places.push(place);
        self.readings.push(reading);
        id
    }
    /// The id of what a keyword of a schema means, read as `fill` says when it is first asked for.
    pub(in crate::schema) fn meaning(&mut self, meaning: Meaning, fill: impl FnOnce(&mut Reading<'c>)) -> SchemaId {
        if let Some(&known) = self.implied.get(&meaning) {
            return known;
        }
        let id = self.push(self.place(meaning.0), None);
        let mut reading = blank(id);
        reading.implied = true;
        fill(&mut reading);
        self.readings[id.0 as usize] = Some(Rc::new(reading));
        self.implied.insert(meaning, id);
        self.meanings.insert(id, meaning);
        id
    }
    /// Where a schema comes from that no node spells.
    pub(in crate::schema) fn meaning_of(&self, id: SchemaId) -> Option<Meaning> {
        self.meanings.get(&id).copied()
    }
    /// The schema of one composite value, by its canonical text.
    pub(in crate::schema) fn spelled(&self, text: &str) -> Option<SchemaId> {
        self.spelled.get(text).copied()
    }
    /// Keeps the schema of one composite value; it stands where the value's owner stands.
    pub(in crate::schema) fn spell(
        &mut self,
        text: &str,
        owner: SchemaId,
        fill: impl FnOnce(&mut Reading<'c>),
    ) -> SchemaId {
        let meaning = (owner, Key::CONST, small(self.spelled.len()));
        let id = self.meaning(meaning, fill);
        self.spelled.insert(text.into(), id);
        id
    }
    /// The id of the schema at a node.
    pub(in crate::schema) fn node(&mut self, which: Which, at: Loc) -> SchemaId {
        self.schema(which, SchemaAt::Node(at))
    }
    /// The id of what the `$ref` of a node leads to, its siblings left aside.
    pub(in crate::schema) fn reference(&mut self, which: Which, at: Loc) -> SchemaId {
        let contract = self.contract(which);
        let target = match contract.document.target(at) {
            Some(Target::At(next)) => SchemaAt::Node(next),
            Some(Target::Missing(problem)) => SchemaAt::Hole(small(problem)),
            None => SchemaAt::Any,
        };
        self.schema(which, target)
    }
    fn follow(&self, which: Which, at: Loc) -> SchemaAt {
        follow(self.contract(which), at)
    }
    /// Where a schema stands.
    pub(in crate::schema) fn place(&self, id: SchemaId) -> (Which, SchemaAt) {
        self.places.get(id.0 as usize).copied().unwrap_or((Which::Base, SchemaAt::Any))
    }
    /// The node of a schema; a made object's first member; `None` for what has no node.
    pub(in crate::schema) fn loc(&self, id: SchemaId) -> Option<(Which, Loc)> {
        let (which, at) = self.place(id);
        match at {
            SchemaAt::Node(at) => Some((which, at)),
            SchemaAt::Made(made) => Some((which, self.contract(which).made.get(made as usize)?.at)),
            SchemaAt::Any | SchemaAt::Hole(_) => None,
        }
    }
    /// The name of the component that a schema is.
    pub(in crate::schema) fn component(&self, id: SchemaId) -> Option<String> {
        let (which, at) = self.loc(id)?;
        self.contract(which).homes.at(at)?.component()
    }
    /// The reading of a schema.
    pub(in crate::schema) fn reading(&mut self, id: SchemaId) -> Rc<Reading<'c>> {
        if let Some(Some(known)) = self.readings.get(id.0 as usize) {
            return Rc::clone(known);
        }
        let reading = Rc::new(read::read(self, id));
        self.readings[id.0 as usize] = Some(Rc::clone(&reading));
        reading
    }
    /// The reading of a schema that was read.
    pub(in crate::schema) fn known(&self, id: SchemaId) -> Option<&Reading<'c>> {
        self.readings.get(id.0 as usize)?.as_deref()
    }
    /// True of the schema `false`.
    pub(in crate::schema) fn is_never(&self, id: SchemaId) -> bool {
        match (self.readings.get(id.0 as usize), self.place(id)) {
            (Some(Some(known)), _) => known.never,
            (_, (which, SchemaAt::Node(at))) => self.contract(which).document.kind(at) == Kind::False,
            _ => false,
        }
    }
    /// True of the schemas `true` and `{}`.
    pub(in crate::schema) fn admits_all(&self, id: SchemaId) -> bool {
        match self.place(id) {
            _ if self.meanings.contains_key(&id) => false,
            (_, SchemaAt::Any) => true,
            (which, SchemaAt::Node(at)) => says_nothing(self.contract(which), at),
            (_, SchemaAt::Made(_) | SchemaAt::Hole(_)) => false,
        }
    }
    /// `readOnly` and `writeOnly` of a member, seen through a reference, an `allOf` or a union of one.
    pub(in crate::schema) fn access(&mut self, id: SchemaId) -> (bool, bool) {
        self.access_within(id, 4)
    }
    fn access_within(&mut self, id: SchemaId, depth: u8) -> (bool, bool) {
        if let Some(&known) = self.access.get(&(id, depth)) {
            return known;
        }
        let reading = self.reading(id);
        let mut out = (reading.read_only, reading.write_only);
        if depth > 0 {
            let alone =
                reading.unions.iter().map(|union| &union.members).filter(|members| members.len() == 1).flatten();
            for &part in reading.all_of.iter().chain(reading.reference.iter()).chain(alone) {
                let inner = self.access_within(part, depth - 1);
                out = (out.0 || inner.0, out.1 || inner.1);
            }
        }
        self.access.insert((id, depth), out);
        out
    }
}
