//! Sets of nodes: a state is a conjunction of schemas, and expands into branches, each one way to satisfy it. Whether a
//! branch takes a value, and whether it has one, is told here.

mod branch;
mod conjoin;
mod expand;
mod inhabited;
mod membership;
mod opaque;
mod presumed;
mod rivals;
mod space;
pub(super) mod texts;
mod unevaluated;

pub(super) use branch::{Branch, BranchId, Owned};
pub(crate) use expand::Expansion;
pub(super) use expand::expand;
pub(super) use inhabited::{is_modest, is_uniform};
pub(super) use membership::{Parts, admits, has_format, is_free_text, takes};
pub(super) use opaque::{has_atom, speaks_of};
pub use space::Lens;
pub(super) use space::{Space, StateId};
