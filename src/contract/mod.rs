//! The version-neutral model of what one version of an API promises.
//!
//! Reading cannot fail: an odd spot is a problem with its line, an unreadable part is a hole that whoever reaches it
//! must treat as unknown. Schemas stay nodes of the document ([`SchemaAt`]); the `schema` folder reads them.

use std::sync::{Arc, OnceLock};

use crate::spec::{Document, Loc, Problem};

pub use crate::text::Location;
pub use deprecated::{Deprecated, deprecated};
pub(crate) use home::SECTIONS;
pub use home::{Home, Homes};
pub use operation::{OpKey, Operation, Origin, Template, shape};
pub use parts::{Body, Encoding, Header, Media, Parameter, Response};
pub use read::read;
pub use second_look::second_look;
pub use security::{Alternative, Credential};
pub(crate) use security::{bounded, listed};
pub use stability::Stability;
pub use tags::{Tag, Tags};
pub(crate) use unread::is_within;
pub use unread::{Hiding, Unread, Veil};
pub use vocabulary::{Action, Effect, Facet, Grade, Run, Scope, Side};
#[cfg(feature = "internals")]
pub use wire::STYLES;
pub use wire::{Lead, Lists, Objects, Place, Row, Style};

mod crowd;
mod deprecated;
mod home;
mod listed_values;
mod odd;
mod operation;
mod parts;
mod read;
mod read_bodies;
mod read_callbacks;
mod read_encodings;
mod read_homes;
mod read_names;
mod read_servers;
mod read_v2;
mod read_v3;
mod second_look;
mod security;
pub(crate) mod spelling;
pub(crate) mod stability;
mod tags;
mod typed;
mod unread;
pub mod vocabulary;
mod wire;

/// How the keywords of a schema are to be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Dialect {
    /// Swagger 2.0: Draft 4 with `x-nullable`; a parameter object is its own schema.
    V20,
    /// OpenAPI 3.0: Draft 5 with `nullable` and boolean exclusive bounds; siblings of `$ref` are ignored.
    V30,
    /// OpenAPI 3.1 and 3.2: JSON Schema 2020-12.
    V31,
}

/// Where a schema stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SchemaAt {
    /// At a node of the document.
    Node(Loc),
    /// Made by reading: the object that Swagger 2.0 form parameters form; an index into [`Contract::made`].
    Made(u32),
    /// No schema is written: everything is admitted.
    Any,
    /// An unreadable place; the index of its problem in [`Contract::problems`].
    Hole(u32),
}

/// An object schema made from parameters: name, schema, required.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// Where its first member stands.
    pub at: Loc,
    /// The members: name, schema, required.
    pub members: Vec<(String, Loc, bool)>,
}

/// A server's address, with variables filled by their defaults.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Server {
    /// The address, variables filled in.
    pub url: String,
    /// The same with variables that take any value left as `{}`.
    pub open: String,
    /// Where it is written.
    pub at: Loc,
}

/// What one version of an API promises.
#[derive(Debug)]
pub struct Contract {
    /// The text it was read from.
    pub document: Arc<Document>,
    /// How its schemas are read.
    pub dialect: Dialect,
    /// `info.title`.
    pub title: String,
    /// Operations, webhooks and callbacks, in document order.
    pub operations: Vec<Operation>,
    /// Unreadable parts behind which further operations may stand.
    pub veils: Vec<Veil>,
    /// Servers of the whole API.
    pub servers: Vec<Server>,
    /// Servers of the whole API that cannot be read.
    pub unread_servers: Option<Unread>,
    /// Schemas made by reading.
    pub made: Vec<Made>,
    /// The document's problems and those found while reading.
    pub problems: Vec<Problem>,
    /// Holes that an operation reaches outside schemas: indices into `problems`.
    pub holes: Vec<usize>,
    /// Which component, operation or path a node belongs to.
    pub homes: Homes,
    /// Which tags select which schemas, once somebody asks.
    discriminators: OnceLock<tags::Discriminators>,
}

impl Contract {
    /// The problems that reading found, beside those of the document.
    pub fn found(&self) -> &[Problem] {
        self.problems.get(self.document.problems.len()..).unwrap_or_default()
    }
    /// The node a chain of pure references ends at, starting from any node; a hole where it leads nowhere.
    pub fn resolve(&self, mut at: Loc) -> SchemaAt {
        for _ in 0..64 {
            match self.document.target(at) {
                None => return SchemaAt::Node(at),
                Some(crate::spec::Target::At(next)) => at = next,
                Some(crate::spec::Target::Missing(problem)) => {
                    return SchemaAt::Hole(u32::try_from(problem).unwrap_or(u32::MAX));
                }
            }
        }
        SchemaAt::Hole(u32::MAX)
    }
}
