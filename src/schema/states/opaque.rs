//! Keywords that are compared as text: what they speak of, and whether a branch has one with the same meaning.

use super::branch::Branch;
use super::space::Space;
use crate::schema::node::{SchemaId, Types};
use crate::spec::Key;

/// The types that an opaque keyword speaks of.
pub(in crate::schema) fn speaks_of(key: Key) -> Types {
    match key {
        Key::CONTAINS | Key::UNEVALUATED_ITEMS | Key::PREFIX_ITEMS => Types::ARRAY,
        Key::MINIMUM | Key::MAXIMUM | Key::EXCLUSIVE_MINIMUM | Key::EXCLUSIVE_MAXIMUM | Key::MULTIPLE_OF => {
            Types::NUMBER
        }
        Key::PROPERTY_NAMES
        | Key::DEPENDENT_SCHEMAS
        | Key::DEPENDENT_REQUIRED
        | Key::DEPENDENCIES
        | Key::UNEVALUATED_PROPERTIES => Types::OBJECT,
        _ => Types::ALL,
    }
}

/// True if a branch has an opaque keyword with the same meaning.
pub(in crate::schema) fn has_atom<'c>(space: &Space<'c>, branch: &Branch<'c>, key: Key, owner: SchemaId) -> bool {
    branch.opaque.iter().filter(|(other, _)| *other == key).any(|&(_, other)| space.same_atom(key, other, owner))
}
