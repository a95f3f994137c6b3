//! The words every folder to the right shares: sides, facets and actions of a change, and how bad a loss is.
//!
//! A coordinate is facet and action, written `property-removed`; it is part of a change's identity, so names here
//! are stable for ever.

use serde::{Deserialize, Serialize};

/// What flows: client → server, or server → client. Webhooks and callbacks swap the roles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// What clients emit and the server accepts.
    Request,
    /// What the server emits and clients accept.
    Response,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn flip(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }
}

/// The side of a change as reports name it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Client → server.
    Request,
    /// Server → client.
    Response,
    /// The operation, or the API, as a whole.
    Operation,
}

impl From<Side> for Scope {
    fn from(side: Side) -> Self {
        match side {
            Side::Request => Self::Request,
            Side::Response => Self::Response,
        }
    }
}

/// A directed run: whose values are tried on whose contract.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Run {
    /// Base's values tried on head.
    Forward,
    /// Head's values tried on base.
    Backward,
}

/// How bad a loss is, from least to worst (the rows of the level table).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Grade {
    /// A member is still accepted but no longer declared.
    Unlisted,
    /// Only undeclared names are refused.
    Openness,
    /// The value domain: enum, bounds, length, pattern, format; a declared member refused by `additionalProperties: false`.
    Value,
    /// Neither proved nor refuted.
    Undecided,
    /// Type, null, required, variant, integer → number, or a value domain replaced by a disjoint one.
    Shape,
}

/// How a change moves what is admitted; computed, never declared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Fewer values than before.
    Narrowed,
    /// More values than before.
    Widened,
    /// Some values lost, others gained.
    Replaced,
    /// The same values.
    None,
    /// Not decided.
    Unknown,
}

macro_rules! kebab {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $text:literal)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$doc])* #[doc = concat!(" `", $text, "`")] $variant),+ }
        impl $name {
            /// Every variant, in order.
            #[cfg(feature = "internals")]
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The stable kebab-case name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

kebab! {
    /// What of a contract a change is about.
    Facet {
        Api "api" Operation "operation" Webhook "webhook" Callback "callback" Server "server" ServerVariable "server-variable" PathSlash "path-slash" Security "security"
        Parameter "parameter" Serialization "serialization" AllowReserved "allow-reserved" AllowEmptyValue "allow-empty-value"
        Body "body" MediaType "media-type" Charset "charset" Encoding "encoding" Status "status" Header "header" Link "link"
        Property "property" Type "type" Null "null" Enum "enum" EnumValue "enum-value" OpenEnum "open-enum" OpenEnumValue "open-enum-value"
        Const "const" Format "format"
        Minimum "minimum" Maximum "maximum" MinLength "min-length" MaxLength "max-length" MinItems "min-items" MaxItems "max-items"
        MinProperties "min-properties" MaxProperties "max-properties" MultipleOf "multiple-of" Pattern "pattern"
        UniqueItems "unique-items" Variant "variant" Exclusivity "exclusivity" AdditionalProperties "additional-properties"
        ReadOnly "read-only" WriteOnly "write-only" Discriminator "discriminator" Mapping "mapping" Constraint "constraint"
        Schema "schema" Reference "reference"
        Default "default" Deprecated "deprecated" Sunset "sunset" Stability "stability" Description "description" Example "example"
        OperationId "operation-id" Tag "tag" Name "name"
        Xml "xml" About "about" Extension "extension" Component "component"
    }
}

kebab! {
    /// What happened to a facet.
    Action {
        Added "added" Removed "removed" Raised "raised" Lowered "lowered" Required "required" Optional "optional"
        Narrowed "narrowed" Widened "widened" Replaced "replaced" Moved "moved" Edited "edited" Unknown "unknown"
    }
}

impl Facet {
    /// The placeholders a sentence about this facet may use.
    #[cfg(feature = "internals")]
    pub fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::Api => &["api"],
            Self::Operation | Self::OperationId | Self::Tag | Self::Sunset | Self::Deprecated | Self::Stability => {
                &["operation", "place", "from", "to"]
            }
            Self::Webhook | Self::Callback => &["operation", "name"],
            Self::Server => &["url", "from", "to"],
            Self::ServerVariable => &["name", "url", "from", "to"],
            Self::PathSlash => &["from", "to"],
            Self::Security => &["operation", "credentials", "from", "to"],
            Self::Parameter | Self::Serialization | Self::AllowReserved | Self::AllowEmptyValue | Self::Name => {
                &["parameter", "location", "from", "to"]
            }
            Self::Body => &["operation"],
            Self::MediaType => &["media_type", "place"],
            Self::Charset => &["media_type", "place", "from", "to"],
            Self::Encoding => &["media_type", "property", "place", "from", "to"],
            Self::Status => &["status", "operation", "from", "to"],
            Self::Header => &["header", "place"],
            Self::Link => &["name", "place"],
            Self::About | Self::Extension | Self::Component => &["count", "to"],
            Self::Property | Self::ReadOnly | Self::WriteOnly => &["property", "schema"],
            Self::EnumValue | Self::OpenEnumValue | Self::Mapping => &["value", "place", "from", "to"],
            Self::Variant => &["variant", "value", "place"],
            Self::Constraint => &["keyword", "place", "from", "to"],
            Self::Type
            | Self::Null
            | Self::Enum
            | Self::OpenEnum
            | Self::Const
            | Self::Format
            | Self::Minimum
            | Self::Maximum
            | Self::MinLength
            | Self::MaxLength
            | Self::MinItems
            | Self::MaxItems
            | Self::MinProperties
            | Self::MaxProperties
            | Self::MultipleOf
            | Self::Pattern
            | Self::UniqueItems
            | Self::Exclusivity
            | Self::AdditionalProperties
            | Self::Discriminator
            | Self::Schema
            | Self::Reference
            | Self::Default
            | Self::Xml
            | Self::Description
            | Self::Example => &["place", "from", "to"],
        }
    }
}
