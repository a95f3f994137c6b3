//! Parsed documents: JSON and YAML into arenas with positions, `$ref` resolved across files, the version detected.
//!
//! Knows the syntax and the reference rules, not what a contract means; does no input or output of its own
//! ([`crate::source::Files`] hands it the bytes).

pub mod arena;
pub mod document;
pub mod key;
pub mod problem;

pub use arena::{File, Kind, NodeIx};
pub use document::{Document, FileIx, Loc, SpecVersion, Target};
pub use key::Key;
pub use problem::{Problem, Weight};
