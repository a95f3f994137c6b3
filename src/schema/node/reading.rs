//! A reading of one schema node: the spellings of 2.0, 3.0 and 3.1 normalised, children named by id.
//!
//! Annotations are not read here; which keywords are annotations is said once, in [`super::keyword`].

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::decimal::Decimal;
use super::limit::Limit;
use super::literal::Literals;
use super::nodes::SchemaId;
use super::types::Types;
use crate::spec::Key;

/// What `additionalProperties` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::schema) enum Additional {
    /// Nothing: undeclared members are tolerated, and no producer sends them.
    Absent,
    /// `false`.
    Closed,
    /// `true` or a schema: producers are invited.
    Written(SchemaId),
    /// Nothing, in an object that names no member at all, or `true` beside members: others may be sent, for all that
    /// constrains them. What names one of them merely describes it.
    Presumed,
}

/// What `contains`, `minContains` and `maxContains` say: of the items of an array at least `least` and at most `most`
/// satisfy the schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::schema) struct Contains {
    /// The schema of the items counted.
    pub schema: SchemaId,
    /// So many at least; 1 where nothing is written.
    pub least: u64,
    /// So many at most.
    pub most: Option<u64>,
}

/// Alternatives of a value: it satisfies one of the schemas at least.
#[derive(Clone, Default, Debug)]
pub(in crate::schema) struct Union {
    /// The schemas.
    pub members: Vec<SchemaId>,
    /// It satisfies no other one (`oneOf`).
    pub exclusive: bool,
}

/// One schema node, read.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each mirrors a boolean keyword")]
pub(in crate::schema) struct Reading<'c> {
    /// The node.
    pub id: SchemaId,
    /// The types it names; `None` where it names none.
    pub types: Option<Types>,
    /// Null is admitted beside all the rest (3.0 `nullable`, 2.0 `x-nullable`).
    pub nullable: bool,
    /// `enum` and `const`.
    pub literals: Option<Rc<Literals>>,
    /// `not: {enum}` and `not: {const}`.
    pub denied: Option<Rc<Literals>>,
    /// Greatest lower bound.
    pub minimum: Option<Limit>,
    /// Least upper bound.
    pub maximum: Option<Limit>,
    /// `multipleOf`
    pub multiple_of: Option<Decimal>,
    /// `minLength`
    pub min_length: Option<u64>,
    /// `maxLength`
    pub max_length: Option<u64>,
    /// `pattern`
    pub pattern: Option<&'c str>,
    /// `format`
    pub format: Option<&'c str>,
    /// `prefixItems`, or `items` as an array.
    pub prefix: Vec<SchemaId>,
    /// The schema of the remaining items.
    pub items: Option<SchemaId>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`, or the number of places of a closed tuple.
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique: bool,
    /// `properties`
    pub properties: IndexMap<&'c str, SchemaId, FxBuildHasher>,
    /// `patternProperties`
    pub patterns: Vec<(&'c str, SchemaId)>,
    /// `additionalProperties`
    pub additional: Option<Additional>,
    /// `additionalProperties` is `true` or `{}`.
    pub anything: bool,
    /// `required`
    pub required: Vec<&'c str>,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// A `$ref` with siblings (3.1), which conjoins.
    pub reference: Option<SchemaId>,
    /// `allOf`
    pub all_of: Vec<SchemaId>,
    /// `anyOf` and `oneOf`; each list forks on its own.
    pub unions: Vec<Union>,
    /// Schemas that a value must not satisfy: `not` of anything but values and types.
    pub excluded: Vec<SchemaId>,
    /// The schema that each member name satisfies, as a string: `propertyNames`.
    pub names: Option<SchemaId>,
    /// `contains`
    pub contains: Option<Contains>,
    /// `unevaluatedProperties`: what members are that nothing in the node and its in-place parts speaks of.
    pub unevaluated_members: Option<Additional>,
    /// `unevaluatedItems`: what items are that nothing in the node and its in-place parts speaks of.
    pub unevaluated_items: Option<SchemaId>,
    /// Keywords the engine does not model.
    pub opaque: Vec<Key>,
    /// The schema `false`.
    pub never: bool,
    /// An unreadable place: the index of its problem.
    pub hole: Option<u32>,
    /// `readOnly: true`
    pub read_only: bool,
    /// `writeOnly: true`
    pub write_only: bool,
    /// `x-extensible-enum`: consumers must tolerate new values.
    pub extensible: bool,
    /// No node spells it: a keyword means it. What it requires is no mention of a member.
    pub implied: bool,
}

impl Reading<'_> {
    /// True if the reading speaks of array items.
    pub(in crate::schema) fn has_items(&self) -> bool {
        self.items.is_some() || !self.prefix.is_empty()
    }
    /// True if the reading speaks of object members.
    pub(in crate::schema) fn has_members(&self) -> bool {
        !self.properties.is_empty() || !self.patterns.is_empty() || self.additional.is_some()
    }
    /// What undeclared members are. `true` beside members is what writers add by habit: it invites as its absence does.
    pub(in crate::schema) fn additional(&self) -> Additional {
        match self.additional {
            Some(Additional::Written(_)) if self.anything && !self.properties.is_empty() => Additional::Presumed,
            Some(said) => said,
            None => Additional::Absent,
        }
    }
}

pub(in crate::schema) fn blank<'c>(id: SchemaId) -> Reading<'c> {
    Reading {
        id,
        types: None,
        nullable: false,
        literals: None,
        denied: None,
        minimum: None,
        maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        format: None,
        prefix: Vec::new(),
        items: None,
        min_items: None,
        max_items: None,
        unique: false,
        properties: IndexMap::default(),
        patterns: Vec::new(),
        additional: None,
        anything: false,
        required: Vec::new(),
        min_properties: None,
        max_properties: None,
        reference: None,
        all_of: Vec::new(),
        unions: Vec::new(),
        excluded: Vec::new(),
        names: None,
        contains: None,
        unevaluated_members: None,
        unevaluated_items: None,
        opaque: Vec::new(),
        never: false,
        hole: None,
        read_only: false,
        write_only: false,
        extensible: false,
        implied: false,
    }
}
