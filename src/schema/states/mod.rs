//! Sets of nodes: a state is a conjunction of schemas, and expands into branches, each one way to satisfy it.

mod branch;
mod conjoin;
mod expand;
mod membership;
mod opaque;
mod space;
mod unevaluated;

pub(super) use branch::{Branch, BranchId, Owned};
pub(crate) use expand::Expansion;
pub(super) use expand::expand;
pub(super) use membership::{Parts, admits, has_format, is_free_text, takes};
pub(super) use opaque::{has_atom, speaks_of};
pub use space::Lens;
pub(super) use space::{Space, StateId};
