//! One way to satisfy a state: a conjunction of constraints, each still knowing the node it came from.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::schema::node::{Contains, Decimal, Limit, Literals, Reading, SchemaId, Types};
use crate::spec::Key;

/// A constraint and the node that carries it.
pub(in crate::schema) type Owned<T> = (T, SchemaId);

/// A branch of an expansion, among all branches of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(in crate::schema) struct BranchId(pub u32);

/// One way to satisfy a state.
#[derive(Clone, Debug)]
pub(in crate::schema) struct Branch<'c> {
    /// Which branch it is once it stands in an expansion. A copy that is changed keeps the id of what it was made of, so
    /// caches are asked with the branches of expansions only.
    pub id: BranchId,
    /// The types it admits.
    pub types: Types,
    /// Some node says something about the value.
    pub constrained: bool,
    /// The nodes it conjoins, in order of absorption.
    pub nodes: Vec<SchemaId>,
    /// Values, intersected.
    pub literals: Option<Owned<Rc<Literals>>>,
    /// Values excluded.
    pub denied: Vec<Owned<Rc<Literals>>>,
    /// Lower bound.
    pub minimum: Option<Owned<Limit>>,
    /// Upper bound.
    pub maximum: Option<Owned<Limit>>,
    /// Units that numbers are multiples of.
    pub multiples: Vec<Owned<Decimal>>,
    /// Characters (Unicode code points) of a string.
    pub min_length: Option<Owned<u64>>,
    /// Characters of a string.
    pub max_length: Option<Owned<u64>>,
    /// Patterns a string matches, all of them.
    pub patterns: Vec<Owned<&'c str>>,
    /// Formats.
    pub formats: Vec<Owned<&'c str>>,
    /// Items of an array.
    pub min_items: Option<Owned<u64>>,
    /// Items of an array.
    pub max_items: Option<Owned<u64>>,
    /// Items are distinct.
    pub unique: Option<SchemaId>,
    /// Readings that speak of items; kept apart.
    pub arrays: Vec<Rc<Reading<'c>>>,
    /// Readings that speak of members; kept apart, as a closed one sees only its own members.
    pub objects: Vec<Rc<Reading<'c>>>,
    /// Members that must be there, and who asks for each.
    pub required: IndexMap<&'c str, SchemaId, FxBuildHasher>,
    /// Members of an object.
    pub min_properties: Option<Owned<u64>>,
    /// Members of an object.
    pub max_properties: Option<Owned<u64>>,
    /// Schemas that no value of the branch satisfies (`not`). They declare no members.
    pub excluded: Vec<Owned<SchemaId>>,
    /// Schemas that each member name of an object satisfies, as a string (`propertyNames`).
    pub names: Vec<Owned<SchemaId>>,
    /// Of the items of an array at least `least` and at most `most` satisfy `schema`, for each of these (`contains`).
    pub contains: Vec<Owned<Contains>>,
    /// Keywords the engine does not model.
    pub opaque: Vec<Owned<Key>>,
    /// For each union passed: the union's node and the member taken.
    pub choices: Vec<(SchemaId, SchemaId)>,
    /// Unreadable parts.
    pub holes: Vec<u32>,
    /// `x-extensible-enum` beside the values.
    pub extensible: bool,
    /// Those of the nodes that no document spells. A member that only they require must be there, but is not mentioned:
    /// a closed producer does not send it.
    pub implied: Vec<SchemaId>,
}

impl Branch<'_> {
    pub(in crate::schema) fn all() -> Self {
        Self {
            id: BranchId(0),
            types: Types::ALL,
            constrained: false,
            nodes: Vec::new(),
            literals: None,
            denied: Vec::new(),
            minimum: None,
            maximum: None,
            multiples: Vec::new(),
            min_length: None,
            max_length: None,
            patterns: Vec::new(),
            formats: Vec::new(),
            min_items: None,
            max_items: None,
            unique: None,
            arrays: Vec::new(),
            objects: Vec::new(),
            required: IndexMap::default(),
            min_properties: None,
            max_properties: None,
            excluded: Vec::new(),
            names: Vec::new(),
            contains: Vec::new(),
            opaque: Vec::new(),
            choices: Vec::new(),
            holes: Vec::new(),
            extensible: false,
            implied: Vec::new(),
        }
    }

    /// How many words it takes, about.
    pub(in crate::schema) fn words(&self) -> usize {
        let own = self.nodes.len() + self.arrays.len() + self.objects.len() + self.choices.len() + self.holes.len();
        let told = self.denied.len() + self.multiples.len() + self.patterns.len() + self.formats.len();
        let asked = self.required.len() + self.excluded.len() + self.names.len() + self.contains.len();
        80 + own + 3 * (told + asked + self.opaque.len())
    }

    /// True of a number beyond a bound: below the lower, above the upper one.
    pub(in crate::schema) fn is_beyond(&self, number: Decimal) -> (bool, bool) {
        let below = self.minimum.is_some_and(|(limit, _)| {
            let order = number.compare(limit.value);
            order.is_lt() || order.is_eq() && limit.exclusive
        });
        let above = self.maximum.is_some_and(|(limit, _)| {
            let order = number.compare(limit.value);
            order.is_gt() || order.is_eq() && limit.exclusive
        });
        (below, above)
    }

    /// True if it has the format of a string of bytes.
    pub(super) fn is_bytes(&self) -> bool {
        self.formats.iter().any(|(name, _)| *name == "binary")
    }

    pub(super) fn takes_any_text(&self) -> bool {
        let free = self.literals.is_none() && self.denied.is_empty() && self.patterns.is_empty();
        let long = self.min_length.is_none_or(|(least, _)| least <= 1) && self.max_length.is_none();
        let plain = self.formats.is_empty() && self.excluded.is_empty() && self.opaque.is_empty();
        self.types.meets(Types::STRING) && free && long && plain
    }

    /// The schemas of the item at a place.
    pub(in crate::schema) fn items_at(&self, place: usize) -> Vec<SchemaId> {
        self.arrays.iter().filter_map(|layer| layer.prefix.get(place).copied().or(layer.items)).collect()
    }
}
