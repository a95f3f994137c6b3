//! What a schema admits: states, branches, inclusion. Three-valued, never a guess.

mod exact;
mod findings;
mod inclusion;
mod node;
mod states;
mod witness;

pub use findings::{Ask, Finding, Findings, Why, findings};
pub use inclusion::{Engine, Step};
pub(crate) use node::canonical;
pub use node::{Note, SchemaId, Types, Which, reached_holes};
pub(crate) use states::Expansion;
pub use states::Lens;
pub use witness::{Aim, Exhibit, Prover, arbitrate, whole};
