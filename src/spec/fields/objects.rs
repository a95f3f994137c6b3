//! The fields of each object, by version: OpenAPI 2.0, 3.0.4, 3.1.1 and 3.2.0, "Fixed Fields".

use super::super::key::Key;
use super::row::Holds::{
    Any, Both, Bound, Count, Dialect, Flag, List, Map, Number, One, Prose, Text, Texts, Types, Values, Words,
};
use super::row::{Object, Row, Versions, field};

const ALL: Versions = Versions::ALL;
const V20: Versions = Versions::V20;
const V32: Versions = Versions::V32;
const FROM_30: Versions = Versions::FROM_30;
const FROM_31: Versions = Versions::FROM_31;

pub(super) const ROOT: &[Row] = &[
    field(Key::SWAGGER, V20, Any),
    field(Key::OPENAPI, FROM_30, Any),
    field(Key::SELF, V32, Text),
    field(Key::INFO, ALL, One(Object::Info)),
    field(Key::JSON_SCHEMA_DIALECT, FROM_31, Dialect),
    field(Key::HOST, V20, Text),
    field(Key::BASE_PATH, V20, Text),
    field(Key::SCHEMES, V20, Texts),
    field(Key::CONSUMES, V20, Texts),
    field(Key::PRODUCES, V20, Texts),
    field(Key::SERVERS, FROM_30, List(Object::Server)),
    field(Key::PATHS, ALL, Map(Object::PathItem)),
    field(Key::WEBHOOKS, FROM_30, Map(Object::PathItem)),
    field(Key::X_WEBHOOKS, Versions::V30, Map(Object::PathItem)),
    field(Key::COMPONENTS, FROM_30, One(Object::Components)),
    field(Key::DEFINITIONS, V20, Map(Object::Schema)),
    field(Key::PARAMETERS, V20, Map(Object::Parameter)),
    field(Key::RESPONSES, V20, Map(Object::Response)),
    field(Key::SECURITY_DEFINITIONS, V20, Map(Object::Scheme)),
    field(Key::SECURITY, ALL, Any),
    field(Key::TAGS, ALL, List(Object::Tag)),
    field(Key::EXTERNAL_DOCS, ALL, One(Object::Docs)),
];

pub(super) const INFO: &[Row] = &[
    field(Key::TITLE, ALL, Prose),
    field(Key::SUMMARY, FROM_31, Prose),
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::TERMS_OF_SERVICE, ALL, Prose),
    field(Key::CONTACT, ALL, One(Object::Contact)),
    field(Key::LICENSE, ALL, One(Object::License)),
    field(Key::VERSION, ALL, Prose),
];

pub(super) const CONTACT: &[Row] =
    &[field(Key::NAME, ALL, Prose), field(Key::URL, ALL, Prose), field(Key::EMAIL, ALL, Prose)];

pub(super) const LICENSE: &[Row] =
    &[field(Key::NAME, ALL, Prose), field(Key::URL, ALL, Prose), field(Key::IDENTIFIER, FROM_31, Prose)];

pub(super) const DOCS: &[Row] = &[field(Key::URL, ALL, Prose), field(Key::DESCRIPTION, ALL, Prose)];

pub(super) const TAG: &[Row] = &[
    field(Key::NAME, ALL, Text),
    field(Key::SUMMARY, V32, Prose),
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::EXTERNAL_DOCS, ALL, One(Object::Docs)),
    field(Key::PARENT, V32, Text),
    field(Key::KIND, V32, Text),
];

pub(super) const SERVER: &[Row] = &[
    field(Key::URL, FROM_30, Text),
    field(Key::NAME, V32, Prose),
    field(Key::DESCRIPTION, FROM_30, Prose),
    field(Key::VARIABLES, FROM_30, Map(Object::Variable)),
];

pub(super) const VARIABLE: &[Row] =
    &[field(Key::ENUM, FROM_30, Values), field(Key::DEFAULT, FROM_30, Text), field(Key::DESCRIPTION, FROM_30, Prose)];

pub(super) const COMPONENTS: &[Row] = &[
    field(Key::SCHEMAS, FROM_30, Map(Object::Schema)),
    field(Key::RESPONSES, FROM_30, Map(Object::Response)),
    field(Key::PARAMETERS, FROM_30, Map(Object::Parameter)),
    field(Key::EXAMPLES, FROM_30, Map(Object::Example)),
    field(Key::REQUEST_BODIES, FROM_30, Map(Object::Body)),
    field(Key::HEADERS, FROM_30, Map(Object::Header)),
    field(Key::SECURITY_SCHEMES, FROM_30, Map(Object::Scheme)),
    field(Key::LINKS, FROM_30, Map(Object::Link)),
    field(Key::CALLBACKS, FROM_30, Map(Object::Callback)),
    field(Key::PATH_ITEMS, FROM_30, Map(Object::PathItem)),
    field(Key::MEDIA_TYPES, FROM_30, Map(Object::Media)),
];

pub(super) const PATH_ITEM: &[Row] = &[
    field(Key::REF, ALL, Text),
    field(Key::SUMMARY, FROM_30, Prose),
    field(Key::DESCRIPTION, FROM_30, Prose),
    field(Key::GET, ALL, One(Object::Operation)),
    field(Key::PUT, ALL, One(Object::Operation)),
    field(Key::POST, ALL, One(Object::Operation)),
    field(Key::DELETE, ALL, One(Object::Operation)),
    field(Key::OPTIONS, ALL, One(Object::Operation)),
    field(Key::HEAD, ALL, One(Object::Operation)),
    field(Key::PATCH, ALL, One(Object::Operation)),
    field(Key::TRACE, FROM_30, One(Object::Operation)),
    field(Key::QUERY, FROM_30, One(Object::Operation)),
    field(Key::ADDITIONAL_OPERATIONS, FROM_30, Map(Object::Operation)),
    field(Key::SERVERS, FROM_30, List(Object::Server)),
    field(Key::PARAMETERS, ALL, List(Object::Parameter)),
];

pub(super) const OPERATION: &[Row] = &[
    field(Key::TAGS, ALL, Texts),
    field(Key::SUMMARY, ALL, Prose),
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::EXTERNAL_DOCS, ALL, One(Object::Docs)),
    field(Key::OPERATION_ID, ALL, Text),
    field(Key::CONSUMES, V20, Texts),
    field(Key::PRODUCES, V20, Texts),
    field(Key::SCHEMES, V20, Texts),
    field(Key::PARAMETERS, ALL, List(Object::Parameter)),
    field(Key::REQUEST_BODY, FROM_30, One(Object::Body)),
    field(Key::RESPONSES, ALL, Map(Object::Response)),
    field(Key::CALLBACKS, FROM_30, Map(Object::Callback)),
    field(Key::DEPRECATED, ALL, Flag),
    field(Key::SECURITY, ALL, Any),
    field(Key::SERVERS, FROM_30, List(Object::Server)),
];

pub(super) const BODY_PARAMETER: &[Row] = &[
    field(Key::NAME, V20, Text),
    field(Key::IN, V20, Text),
    field(Key::DESCRIPTION, V20, Prose),
    field(Key::REQUIRED, V20, Flag),
    field(Key::SCHEMA, V20, One(Object::Schema)),
];

pub(super) const BODY: &[Row] = &[
    field(Key::DESCRIPTION, FROM_30, Prose),
    field(Key::CONTENT, FROM_30, Map(Object::Media)),
    field(Key::REQUIRED, FROM_30, Flag),
];

pub(super) const MEDIA: &[Row] = &[
    field(Key::SCHEMA, FROM_30, One(Object::Schema)),
    field(Key::ITEM_SCHEMA, FROM_30, One(Object::Schema)),
    field(Key::EXAMPLE, FROM_30, Any),
    field(Key::EXAMPLES, FROM_30, Map(Object::Example)),
    field(Key::ENCODING, FROM_30, Map(Object::Encoding)),
    field(Key::PREFIX_ENCODING, V32, List(Object::Encoding)),
    field(Key::ITEM_ENCODING, V32, One(Object::Encoding)),
];

pub(super) const ENCODING: &[Row] = &[
    field(Key::CONTENT_TYPE, FROM_30, Text),
    field(Key::HEADERS, FROM_30, Map(Object::Header)),
    field(Key::STYLE, FROM_30, Text),
    field(Key::EXPLODE, FROM_30, Flag),
    field(Key::ALLOW_RESERVED, FROM_30, Flag),
    field(Key::ENCODING, V32, Map(Object::Encoding)),
    field(Key::PREFIX_ENCODING, V32, List(Object::Encoding)),
    field(Key::ITEM_ENCODING, V32, One(Object::Encoding)),
];

pub(super) const RESPONSE: &[Row] = &[
    field(Key::SUMMARY, V32, Prose),
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::SCHEMA, V20, One(Object::Schema)),
    field(Key::HEADERS, ALL, Map(Object::Header)),
    field(Key::EXAMPLES, V20, Any),
    field(Key::CONTENT, FROM_30, Map(Object::Media)),
    field(Key::LINKS, FROM_30, Map(Object::Link)),
];

pub(super) const EXAMPLE: &[Row] = &[
    field(Key::SUMMARY, FROM_30, Prose),
    field(Key::DESCRIPTION, FROM_30, Prose),
    field(Key::VALUE, FROM_30, Any),
    field(Key::DATA_VALUE, V32, Any),
    field(Key::SERIALIZED_VALUE, V32, Prose),
    field(Key::EXTERNAL_VALUE, FROM_30, Prose),
];

pub(super) const LINK: &[Row] = &[
    field(Key::OPERATION_REF, FROM_30, Text),
    field(Key::OPERATION_ID, FROM_30, Text),
    field(Key::PARAMETERS, FROM_30, Any),
    field(Key::REQUEST_BODY, FROM_30, Any),
    field(Key::DESCRIPTION, FROM_30, Prose),
    field(Key::SERVER, FROM_30, One(Object::Server)),
];

/// Of 3.x; a parameter of 2.0 has the fields of [`PLAIN`] besides those common to all.
pub(super) const PARAMETER: &[Row] = &[
    field(Key::NAME, ALL, Text),
    field(Key::IN, ALL, Text),
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::REQUIRED, ALL, Flag),
    field(Key::ALLOW_EMPTY_VALUE, ALL, Flag),
    field(Key::DEPRECATED, ALL, Flag),
    field(Key::STYLE, FROM_30, Text),
    field(Key::EXPLODE, FROM_30, Flag),
    field(Key::ALLOW_RESERVED, FROM_30, Flag),
    field(Key::SCHEMA, FROM_30, One(Object::Schema)),
    field(Key::EXAMPLE, ALL, Any),
    field(Key::EXAMPLES, FROM_30, Map(Object::Example)),
    field(Key::CONTENT, FROM_30, Map(Object::Media)),
];

pub(super) const HEADER: &[Row] = &[
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::REQUIRED, FROM_30, Flag),
    field(Key::DEPRECATED, ALL, Flag),
    field(Key::STYLE, FROM_30, Text),
    field(Key::EXPLODE, FROM_30, Flag),
    field(Key::SCHEMA, FROM_30, One(Object::Schema)),
    field(Key::EXAMPLE, ALL, Any),
    field(Key::EXAMPLES, FROM_30, Map(Object::Example)),
    field(Key::CONTENT, FROM_30, Map(Object::Media)),
];

/// What describes a value that is no body in 2.0: a parameter, a header, the items of either.
pub(super) const PLAIN: &[Row] = &[
    field(Key::TYPE, V20, Types),
    field(Key::FORMAT, V20, Text),
    field(Key::ITEMS, V20, Both(Object::Items)),
    field(Key::COLLECTION_FORMAT, V20, Text),
    field(Key::DEFAULT, V20, Any),
    field(Key::MAXIMUM, V20, Number),
    field(Key::EXCLUSIVE_MAXIMUM, V20, Bound),
    field(Key::MINIMUM, V20, Number),
    field(Key::EXCLUSIVE_MINIMUM, V20, Bound),
    field(Key::MAX_LENGTH, V20, Count),
    field(Key::MIN_LENGTH, V20, Count),
    field(Key::PATTERN, V20, Text),
    field(Key::MAX_ITEMS, V20, Count),
    field(Key::MIN_ITEMS, V20, Count),
    field(Key::UNIQUE_ITEMS, V20, Flag),
    field(Key::ENUM, V20, Any),
    field(Key::MULTIPLE_OF, V20, Number),
];

pub(super) const SCHEME: &[Row] = &[
    field(Key::TYPE, ALL, Text),
    field(Key::DESCRIPTION, ALL, Prose),
    field(Key::NAME, ALL, Text),
    field(Key::IN, ALL, Text),
    field(Key::FLOW, V20, Text),
    field(Key::AUTHORIZATION_URL, V20, Text),
    field(Key::TOKEN_URL, V20, Text),
    field(Key::SCOPES, V20, Words),
    field(Key::SCHEME, FROM_30, Text),
    field(Key::BEARER_FORMAT, FROM_30, Prose),
    field(Key::FLOWS, FROM_30, One(Object::Flows)),
    field(Key::OPEN_ID_CONNECT_URL, FROM_30, Text),
    field(Key::OAUTH2_METADATA_URL, V32, Text),
    field(Key::DEPRECATED, V32, Flag),
];

pub(super) const FLOWS: &[Row] = &[
    field(Key::IMPLICIT, FROM_30, One(Object::Flow)),
    field(Key::PASSWORD, FROM_30, One(Object::Flow)),
    field(Key::CLIENT_CREDENTIALS, FROM_30, One(Object::Flow)),
    field(Key::AUTHORIZATION_CODE, FROM_30, One(Object::Flow)),
    field(Key::DEVICE_AUTHORIZATION, V32, One(Object::Flow)),
];

pub(super) const FLOW: &[Row] = &[
    field(Key::AUTHORIZATION_URL, FROM_30, Text),
    field(Key::DEVICE_AUTHORIZATION_URL, V32, Text),
    field(Key::TOKEN_URL, FROM_30, Text),
    field(Key::REFRESH_URL, FROM_30, Text),
    field(Key::SCOPES, FROM_30, Words),
];
