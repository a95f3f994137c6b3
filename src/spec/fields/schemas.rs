//! The keywords of a schema, by version: 2.0 (Draft 4), 3.0 (Draft 5), 3.1 and 3.2 (2020-12), "Schema Object".

use super::super::key::Key;
use super::row::Holds::{
    Any, Both, Bound, Count, Dialect, Flag, List, Map, Number, One, Prose, Required, Text, Types, Words,
};
use super::row::{Object, Row, Versions, field};

const ALL: Versions = Versions::ALL;
const V30: Versions = Versions::V30;
const V20: Versions = Versions::V20;
const V32: Versions = Versions::V32;
const FROM_30: Versions = Versions::FROM_30;
const FROM_31: Versions = Versions::FROM_31;

pub(super) const SCHEMA: &[Row] = &[
    field(Key::REF, ALL, Any),
    field(Key::TYPE, ALL, Types),
    field(Key::FORMAT, ALL, Text),
    field(Key::TITLE, ALL, Prose),
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::DEFAULT, ALL, Any),
    field(Key::ENUM, ALL, Any),
    field(Key::MULTIPLE_OF, ALL, Number),
    field(Key::MAXIMUM, ALL, Number),
    field(Key::EXCLUSIVE_MAXIMUM, ALL, Bound),
    field(Key::MINIMUM, ALL, Number),
    field(Key::EXCLUSIVE_MINIMUM, ALL, Bound),
    field(Key::MAX_LENGTH, ALL, Count),
    field(Key::MIN_LENGTH, ALL, Count),
    field(Key::PATTERN, ALL, Text),
    field(Key::MAX_ITEMS, ALL, Count),
    field(Key::MIN_ITEMS, ALL, Count),
    field(Key::UNIQUE_ITEMS, ALL, Flag),
    field(Key::MAX_PROPERTIES, ALL, Count),
    field(Key::MIN_PROPERTIES, ALL, Count),
    field(Key::REQUIRED, ALL, Required),
    field(Key::ITEMS, ALL, Both(Object::Schema)),
    field(Key::PROPERTIES, ALL, Map(Object::Schema)),
    field(Key::ADDITIONAL_PROPERTIES, ALL, One(Object::Schema)),
    field(Key::ALL_OF, ALL, List(Object::Schema)),
    field(Key::ANY_OF, ALL, List(Object::Schema)),
    field(Key::ONE_OF, ALL, List(Object::Schema)),
    field(Key::NOT, ALL, One(Object::Schema)),
    field(Key::NULLABLE, V30, Flag),
    field(Key::DISCRIMINATOR, V20, Text),
    field(Key::DISCRIMINATOR, FROM_30, One(Object::Discriminator)),
    field(Key::READ_ONLY, ALL, Flag),
    field(Key::WRITE_ONLY, ALL, Flag),
    field(Key::XML, ALL, One(Object::Xml)),
    field(Key::EXTERNAL_DOCS, ALL, One(Object::Docs)),
    field(Key::EXAMPLE, ALL, Any),
    field(Key::DEPRECATED, ALL, Flag),
    // Older versions have none of these, but for `const` they are read in all.
    field(Key::EXAMPLES, ALL, Any),
    field(Key::CONST, FROM_31, Any),
    field(Key::PATTERN_PROPERTIES, ALL, Map(Object::Schema)),
    field(Key::PROPERTY_NAMES, ALL, One(Object::Schema)),
    field(Key::PREFIX_ITEMS, ALL, List(Object::Schema)),
    field(Key::CONTAINS, ALL, One(Object::Schema)),
    field(Key::MIN_CONTAINS, ALL, Count),
    field(Key::MAX_CONTAINS, ALL, Count),
    field(Key::IF, ALL, One(Object::Schema)),
    field(Key::THEN, ALL, One(Object::Schema)),
    field(Key::ELSE, ALL, One(Object::Schema)),
    field(Key::DEPENDENT_SCHEMAS, ALL, Map(Object::Schema)),
    field(Key::DEPENDENT_REQUIRED, ALL, Any),
    field(Key::DEPENDENCIES, ALL, Any),
    field(Key::UNEVALUATED_PROPERTIES, ALL, One(Object::Schema)),
    field(Key::UNEVALUATED_ITEMS, ALL, One(Object::Schema)),
    field(Key::CONTENT_ENCODING, ALL, Text),
    field(Key::CONTENT_MEDIA_TYPE, ALL, Text),
    field(Key::CONTENT_SCHEMA, FROM_31, One(Object::Schema)),
    // What only names or holds schemas counts where a reference leads to it.
    field(Key::DEFS, ALL, Map(Object::Schema)),
    field(Key::DEFINITIONS, ALL, Map(Object::Schema)),
    field(Key::ID, ALL, Text),
    field(Key::ANCHOR, ALL, Text),
    field(Key::DYNAMIC_REF, ALL, Text),
    field(Key::DYNAMIC_ANCHOR, ALL, Text),
    field(Key::SCHEMA_URI, V20, Any),
    field(Key::SCHEMA_URI, V30, Any),
    field(Key::SCHEMA_URI, FROM_31, Dialect),
    field(Key::VOCABULARY, ALL, Any),
    field(Key::COMMENT, ALL, Prose),
    // Tuples of older drafts; without a list of `items` it says nothing.
    field(Key::ADDITIONAL_ITEMS, ALL, One(Object::Schema)),
];

pub(super) const DISCRIMINATOR: &[Row] = &[
    field(Key::PROPERTY_NAME, FROM_30, Text),
    field(Key::MAPPING, FROM_30, Words),
    field(Key::DEFAULT_MAPPING, V32, Text),
];

pub(super) const XML: &[Row] = &[
    field(Key::NAME, ALL, Prose),
    field(Key::NAMESPACE, ALL, Prose),
    field(Key::PREFIX, ALL, Prose),
    field(Key::ATTRIBUTE, ALL, Flag),
    field(Key::WRAPPED, ALL, Flag),
    field(Key::NODE_TYPE, V32, Text),
];

/// Words that say something elsewhere, or in older drafts, and nothing in a schema of 2020-12, which takes any keyword.
pub(super) const STRAY: &[&str] = &[
    "schema",
    "content",
    "optional",
    "divisibleBy",
    "disallow",
    "extends",
    "collectionFormat",
    "allowEmptyValue",
    "ref",
];
