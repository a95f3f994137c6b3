//! Which kind of object a place of a document asks for, and which fields tell it.

use super::arena::{File, Kind, NodeIx};
use super::document::SpecVersion;
use super::key::Key;

/// The object that a place asks for; of a map and of a list, the object that each entry is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Asked {
    /// Nothing is known of the place.
    Any,
    Schema,
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Media,
    Header,
    Callback,
    Link,
    Scheme,
}

pub(super) const METHODS: &[Key] =
    &[Key::GET, Key::PUT, Key::POST, Key::DELETE, Key::OPTIONS, Key::HEAD, Key::PATCH, Key::TRACE, Key::QUERY];

/// Keywords of JSON Schema that no other object of `OpenAPI` has.
const OF_SCHEMAS: &[Key] = &[
    Key::PROPERTIES,
    Key::PATTERN_PROPERTIES,
    Key::ADDITIONAL_PROPERTIES,
    Key::PROPERTY_NAMES,
    Key::MIN_PROPERTIES,
    Key::MAX_PROPERTIES,
    Key::ITEMS,
    Key::PREFIX_ITEMS,
    Key::ADDITIONAL_ITEMS,
    Key::MIN_ITEMS,
    Key::MAX_ITEMS,
    Key::UNIQUE_ITEMS,
    Key::CONTAINS,
    Key::MINIMUM,
    Key::MAXIMUM,
    Key::EXCLUSIVE_MINIMUM,
    Key::EXCLUSIVE_MAXIMUM,
    Key::MULTIPLE_OF,
    Key::MIN_LENGTH,
    Key::MAX_LENGTH,
    Key::PATTERN,
    Key::FORMAT,
    Key::ENUM,
    Key::CONST,
    Key::NULLABLE,
    Key::X_NULLABLE,
    Key::READ_ONLY,
    Key::WRITE_ONLY,
    Key::DISCRIMINATOR,
    Key::XML,
    Key::ALL_OF,
    Key::ANY_OF,
    Key::ONE_OF,
    Key::NOT,
    Key::IF,
    Key::DEPENDENT_SCHEMAS,
    Key::DEPENDENT_REQUIRED,
    Key::DEPENDENCIES,
    Key::UNEVALUATED_PROPERTIES,
    Key::UNEVALUATED_ITEMS,
    Key::CONTENT_ENCODING,
    Key::CONTENT_MEDIA_TYPE,
    Key::CONTENT_SCHEMA,
    Key::DEFS,
    Key::DEFINITIONS,
    Key::ID,
    Key::ANCHOR,
    Key::DYNAMIC_REF,
    Key::DYNAMIC_ANCHOR,
    Key::SCHEMA_URI,
];

/// Fields that objects of several kinds have.
pub(super) const SHARED: &[Key] = &[
    Key::DESCRIPTION,
    Key::SUMMARY,
    Key::TITLE,
    Key::TYPE,
    Key::REQUIRED,
    Key::DEFAULT,
    Key::EXAMPLE,
    Key::EXAMPLES,
    Key::DEPRECATED,
    Key::EXTERNAL_DOCS,
    Key::COMMENT,
];

const SCHEMA_TYPES: [&str; 8] = ["object", "array", "string", "number", "integer", "boolean", "null", "file"];
const SCHEME_TYPES: [&str; 6] = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS", "basic"];

impl Asked {
    /// How many kinds there are.
    pub(super) const COUNT: usize = 12;

    /// What a member of an object of this kind asks for; of a map or list under the key, what its entries are.
    pub(super) fn member(self, key: Key) -> Self {
        match (self, key) {
            (Self::Callback, _) => Self::PathItem,
            (Self::Link, _) => Self::Any,
            (
                _,
                Key::PROPERTIES
                | Key::PATTERN_PROPERTIES
                | Key::ADDITIONAL_PROPERTIES
                | Key::UNEVALUATED_PROPERTIES
                | Key::PROPERTY_NAMES
                | Key::ITEMS
                | Key::PREFIX_ITEMS
                | Key::ADDITIONAL_ITEMS
                | Key::UNEVALUATED_ITEMS
                | Key::CONTAINS
                | Key::ALL_OF
                | Key::ANY_OF
                | Key::ONE_OF
                | Key::NOT
                | Key::IF
                | Key::THEN
                | Key::ELSE
                | Key::DEPENDENT_SCHEMAS
                | Key::CONTENT_SCHEMA
                | Key::DEFS
                | Key::DEFINITIONS,
            ) => Self::Schema,
            (Self::Schema, _) => Self::Any,
            (_, Key::SCHEMA | Key::ITEM_SCHEMA | Key::SCHEMAS) => Self::Schema,
            (_, Key::PATHS | Key::WEBHOOKS | Key::X_WEBHOOKS | Key::PATH_ITEMS) => Self::PathItem,
            (_, Key::PARAMETERS) => Self::Parameter,
            (_, Key::REQUEST_BODY | Key::REQUEST_BODIES) => Self::Body,
            (_, Key::RESPONSES) => Self::Response,
            (_, Key::CONTENT | Key::MEDIA_TYPES) => Self::Media,
            (_, Key::HEADERS) => Self::Header,
            (_, Key::CALLBACKS) => Self::Callback,
            (_, Key::LINKS) => Self::Link,
            (_, Key::SECURITY_SCHEMES | Key::SECURITY_DEFINITIONS) => Self::Scheme,
            (_, Key::ADDITIONAL_OPERATIONS) => Self::Operation,
            (_, key) if METHODS.contains(&key) => Self::Operation,
            _ => Self::Any,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "an object",
            Self::Schema => "a schema",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::Body => "a request body",
            Self::Response => "a response",
            Self::Media => "a media type",
            Self::Header => "a header",
            Self::Callback => "a callback",
            Self::Link => "a link",
            Self::Scheme => "a security scheme",
        }
    }

    /// True if the member marks its object as one of this kind.
    pub(super) fn is_told_by(self, file: &File, member: NodeIx, version: SpecVersion) -> bool {
        let key = file.key(member);
        let typed = |types: &[&str]| key == Key::TYPE && types.contains(&file.text(member));
        match self {
            Self::Any => true,
            Self::Schema => {
                let listed = matches!(key, Key::TYPE | Key::REQUIRED) && file.kind(member) == Kind::Array;
                OF_SCHEMAS.contains(&key) || typed(&SCHEMA_TYPES) || listed
            }
            Self::PathItem => {
                METHODS.contains(&key) || matches!(key, Key::PARAMETERS | Key::SERVERS | Key::ADDITIONAL_OPERATIONS)
            }
            Self::Operation => matches!(
                key,
                Key::RESPONSES
                    | Key::REQUEST_BODY
                    | Key::OPERATION_ID
                    | Key::PARAMETERS
                    | Key::CALLBACKS
                    | Key::SECURITY
                    | Key::TAGS
                    | Key::CONSUMES
                    | Key::PRODUCES
            ),
            Self::Parameter => matches!(key, Key::NAME | Key::IN | Key::SCHEMA | Key::CONTENT),
            Self::Body => key == Key::CONTENT,
            Self::Response => matches!(key, Key::CONTENT | Key::HEADERS | Key::LINKS | Key::SCHEMA),
            Self::Media => matches!(key, Key::SCHEMA | Key::ITEM_SCHEMA | Key::ENCODING),
            // A header of 2.0 is its own schema.
            Self::Header => {
                matches!(key, Key::SCHEMA | Key::CONTENT | Key::STYLE | Key::EXPLODE)
                    || version == SpecVersion::V20 && Self::Schema.is_told_by(file, member, version)
            }
            Self::Callback => file.kind(member) == Kind::Object,
            Self::Link => matches!(key, Key::OPERATION_ID | Key::OPERATION_REF | Key::PARAMETERS | Key::REQUEST_BODY),
            Self::Scheme => {
                typed(&SCHEME_TYPES)
                    || matches!(key, Key::SCHEME | Key::FLOWS | Key::FLOW | Key::OPEN_ID_CONNECT_URL | Key::IN)
            }
        }
    }
}
