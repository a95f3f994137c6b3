//! Parsed documents: JSON and YAML into arenas with positions, `$ref` resolved across files, the version detected.
//!
//! Knows the syntax and the reference rules, not what a contract means; does no input or output of its own
//! ([`crate::source::Files`] hands it the bytes).

mod address;
pub mod arena;
mod asked;
mod builder;
mod bundle;
mod cache;
mod conclude;
mod dialects;
pub mod document;
mod error;
mod fields;
mod json;
pub mod key;
mod limits;
mod load;
mod other;
pub mod problem;
mod read;
mod resolve;
mod sites;
mod types;
mod version;
mod yaml;

#[cfg(test)]
mod tests;

pub use arena::{File, Kind, NodeIx};
pub(crate) use bundle::bundle;
pub use cache::ParseCache;
pub use document::{Document, Dynamic, FileIx, Loc, SpecVersion, Target};
pub use error::SpecError;
pub use key::Key;
pub use limits::Limits;
pub use load::load;
pub use problem::{Problem, Weight};
pub use types::type_names;
