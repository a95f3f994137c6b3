//! What a schema admits: states, branches, inclusion. Three-valued, never a guess.
mod action;
pub mod align;
mod blame;
pub mod branch;
mod caps;
mod compared;
mod datum;
pub mod decimal;
mod dialect;
mod differences;
mod escape;
pub mod expand;
pub mod format;
pub mod instance;
mod intervals;
pub mod keyword;
pub mod literal;
pub mod local;
mod matching;
mod meant;
mod members;
pub mod pattern;
mod plain;
pub mod proof;
mod reached;
mod read;
pub mod reading;
pub mod report;
mod settle;
mod site;
pub mod solve;
pub mod space;
pub mod types;
mod values;
mod words;

pub use reached::reached_holes;

/// Why something stays undecided or unproven.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// A union expands to more branches than the budget allows.
    Branches,
    /// The comparison needs more pairs than the budget allows.
    Pairs,
    /// A pattern is not comparable (look-around, back-reference, too many states).
    Pattern,
    /// A keyword the engine does not model differs.
    Opaque,
    /// A part of the document is unreadable (`--keep-going`).
    Hole,
    /// No witness was built.
    NoWitness,
    /// A witness was built, and the validator does not confirm it.
    Disagree,
}
