//! What a row of the tables of fields says.

use super::super::document::SpecVersion;
use super::super::key::Key;

/// An object whose fields a version lists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Object {
    Root,
    Info,
    Contact,
    License,
    Server,
    Variable,
    Components,
    PathItem,
    Operation,
    Docs,
    Parameter,
    /// A parameter of 2.0 that is the body.
    BodyParameter,
    Body,
    Media,
    Encoding,
    Response,
    /// A map from expressions to path items.
    Callback,
    Example,
    Link,
    Header,
    /// The items of a parameter or header of 2.0.
    Items,
    Tag,
    Scheme,
    Flows,
    Flow,
    Schema,
    Discriminator,
    Xml,
}

/// What belongs under a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holds {
    /// What only people read, however it is written.
    Prose,
    /// Any value; or one whose kind is told of where it is read.
    Any,
    Text,
    /// The name of a dialect of JSON Schema.
    Dialect,
    Flag,
    Number,
    /// A number or, in older dialects, a flag beside another bound.
    Bound,
    /// A number of things.
    Count,
    Texts,
    /// A list of whatever.
    Values,
    /// A type of JSON Schema, or a list of them.
    Types,
    /// The list of required members; at a member Draft 3 wrote a flag.
    Required,
    One(Object),
    List(Object),
    /// One, or a list of them.
    Both(Object),
    Map(Object),
    /// A map of texts.
    Words,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) key: Key,
    /// The versions in which it says something: those that have it, and those in which it is read as if they had.
    pub(super) versions: Versions,
    pub(super) holds: Holds,
}

/// A set of versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Versions(u8);

impl Versions {
    pub(super) const V20: Self = Self(1);
    pub(super) const V30: Self = Self(2);
    pub(super) const TO_30: Self = Self(3);
    pub(super) const V32: Self = Self(8);
    pub(super) const FROM_30: Self = Self(14);
    pub(super) const FROM_31: Self = Self(12);
    pub(super) const ALL: Self = Self(15);

    pub(super) fn has(self, version: SpecVersion) -> bool {
        let bit = match version {
            SpecVersion::V20 => 1,
            SpecVersion::V30 => 2,
            SpecVersion::V31 => 4,
            SpecVersion::V32 => 8,
        };
        self.0 & bit != 0
    }
}

pub(super) const fn field(key: Key, versions: Versions, holds: Holds) -> Row {
    Row { key, versions, holds }
}

impl Object {
    /// Each once, in the order of their numbers.
    pub(super) const ALL: &[Self] = &[
        Self::Root,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::Variable,
        Self::Components,
        Self::PathItem,
        Self::Operation,
        Self::Docs,
        Self::Parameter,
        Self::BodyParameter,
        Self::Body,
        Self::Media,
        Self::Encoding,
        Self::Response,
        Self::Callback,
        Self::Example,
        Self::Link,
        Self::Header,
        Self::Items,
        Self::Tag,
        Self::Scheme,
        Self::Flows,
        Self::Flow,
        Self::Schema,
        Self::Discriminator,
        Self::Xml,
    ];

    /// How people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Root => "the document",
            Self::Info => "`info`",
            Self::Contact => "`contact`",
            Self::License => "`license`",
            Self::Server => "a server",
            Self::Variable => "a server variable",
            Self::Components => "`components`",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Docs => "`externalDocs`",
            Self::Parameter => "a parameter",
            Self::BodyParameter => "a body parameter",
            Self::Body => "a request body",
            Self::Media => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::Callback => "a callback",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::Header => "a header",
            Self::Items => "the items of a parameter",
            Self::Tag => "a tag",
            Self::Scheme => "a security scheme",
            Self::Flows => "`flows`",
            Self::Flow => "an OAuth flow",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::Xml => "`xml`",
        }
    }

    /// True if a reference may stand in its place.
    pub(super) fn is_referred_to(self) -> bool {
        match self {
            Self::PathItem
            | Self::Operation
            | Self::Parameter
            | Self::BodyParameter
            | Self::Body
            | Self::Media
            | Self::Response
            | Self::Callback
            | Self::Example
            | Self::Link
            | Self::Header
            | Self::Tag
            | Self::Scheme
            | Self::Schema => true,
            Self::Root
            | Self::Info
            | Self::Contact
            | Self::License
            | Self::Server
            | Self::Variable
            | Self::Components
            | Self::Docs
            | Self::Encoding
            | Self::Items
            | Self::Flows
            | Self::Flow
            | Self::Discriminator
            | Self::Xml => false,
        }
    }

    /// True if something else in its place is told of where it is read.
    pub(super) fn is_looked_for(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Operation
                | Self::Parameter
                | Self::BodyParameter
                | Self::Body
                | Self::Media
                | Self::Response
                | Self::Callback
                | Self::Link
                | Self::Header
                | Self::Server
                | Self::Schema
        )
    }
}
