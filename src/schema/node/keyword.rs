//! What each keyword of a schema is, said once: alignment, reading and the annotation walk share this table.

use crate::spec::Key;

/// How a keyword is compared in lockstep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// Not in the set of values: prose, examples, defaults; and keywords nobody knows.
    Annotation,
    /// A value, compared as JSON.
    Value,
    /// A list without order.
    Set,
    /// A schema.
    Schema,
    /// A list of schemas.
    Schemas,
    /// Schemas by name.
    Map,
    /// A schema, or a list of schemas (`items`), or a list of names (`dependencies`).
    Mixed,
}

/// The role of a keyword.
pub(super) fn role(key: Key) -> Role {
    match key {
        Key::TYPE | Key::REQUIRED | Key::ENUM => Role::Set,
        Key::FORMAT
        | Key::CONST
        | Key::NULLABLE
        | Key::X_NULLABLE
        | Key::READ_ONLY
        | Key::WRITE_ONLY
        | Key::MINIMUM
        | Key::MAXIMUM
        | Key::EXCLUSIVE_MINIMUM
        | Key::EXCLUSIVE_MAXIMUM
        | Key::MULTIPLE_OF
        | Key::MIN_LENGTH
        | Key::MAX_LENGTH
        | Key::PATTERN
        | Key::MIN_ITEMS
        | Key::MAX_ITEMS
        | Key::UNIQUE_ITEMS
        | Key::MIN_PROPERTIES
        | Key::MAX_PROPERTIES
        | Key::MIN_CONTAINS
        | Key::MAX_CONTAINS
        | Key::DEPENDENT_REQUIRED
        | Key::CONTENT_ENCODING
        | Key::CONTENT_MEDIA_TYPE
        | Key::DYNAMIC_REF
        | Key::DYNAMIC_ANCHOR => Role::Value,
        Key::ADDITIONAL_PROPERTIES
        | Key::PROPERTY_NAMES
        | Key::ADDITIONAL_ITEMS
        | Key::CONTAINS
        | Key::NOT
        | Key::IF
        | Key::THEN
        | Key::ELSE
        | Key::UNEVALUATED_PROPERTIES
        | Key::UNEVALUATED_ITEMS => Role::Schema,
        Key::ALL_OF | Key::ANY_OF | Key::ONE_OF | Key::PREFIX_ITEMS => Role::Schemas,
        Key::PROPERTIES | Key::PATTERN_PROPERTIES | Key::DEPENDENT_SCHEMAS => Role::Map,
        Key::ITEMS | Key::DEPENDENCIES => Role::Mixed,
        _ => Role::Annotation,
    }
}

/// True of keywords that say nothing about the set of values.
pub(super) fn is_annotation(key: Key) -> bool {
    key != Key::REF && role(key) == Role::Annotation
}

/// Keywords the engine keeps as opaque atoms: equal text is equal meaning, anything else is undecided.
pub(super) fn is_opaque(key: Key) -> bool {
    matches!(
        key,
        Key::IF
            | Key::CONTAINS
            | Key::DEPENDENT_SCHEMAS
            | Key::DEPENDENT_REQUIRED
            | Key::DEPENDENCIES
            | Key::PROPERTY_NAMES
            | Key::UNEVALUATED_PROPERTIES
            | Key::UNEVALUATED_ITEMS
            | Key::DYNAMIC_REF
    )
}

/// Keywords that 3.0 and 3.1 read differently; across dialects they never align.
pub(super) fn depends_on_dialect(key: Key) -> bool {
    matches!(
        key,
        Key::NULLABLE
            | Key::X_NULLABLE
            | Key::EXCLUSIVE_MINIMUM
            | Key::EXCLUSIVE_MAXIMUM
            | Key::CONST
            | Key::ITEMS
            | Key::TYPE
            | Key::REF
    )
}
