//! What a schema admits, and how two of them lie to each other. Three-valued, never a guess.
//!
//! Whoever compares contracts asks ([`Ask`] of an [`Engine`]), takes the [`findings()`], has what is undecided settled
//! ([`arbitrate`]) and findings proved ([`Prover`]). Behind this door stand six rooms; each uses only those before it:
//!
//! * `node`: one schema node, read; which nodes of the two documents are the same; the three-valued answer;
//! * `states`: sets of nodes and their branches; whether a branch takes a value, and whether it has one;
//! * `exact`: whether a value of one side escapes from the other, by cutting branches;
//! * `inclusion`: how badly one state fails to lie within another, as a fixpoint; it asks `exact` where no single branch
//!   answers;
//! * `findings`: what differs, where, whose fault it is and how severe;
//! * `witness`: the payload that shows a finding, and the validator that confirms it.

mod exact;
mod findings;
mod inclusion;
mod node;
mod states;
mod witness;

pub use findings::{Ask, Called, Finding, Findings, Why, findings};
pub use inclusion::{Engine, Step};
pub use node::{Note, SchemaId, Share, Types, Which, reached_holes};
pub(crate) use node::{canonical, equal};
pub(crate) use states::Expansion;
pub use states::Lens;
#[cfg(feature = "internals")]
pub use witness::whole;
pub use witness::{Aim, Exhibit, Prover, arbitrate, is_nothing};
