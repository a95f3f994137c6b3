//! Inclusion of states, graded: the fixpoint over pairs of states, the comparison of two branches, its cache.

mod arrays;
mod barren;
mod by_pattern;
mod cache;
mod cover;
mod difference;
mod engine;
mod exclusive;
mod intervals;
mod local;
mod objects;
mod plain;
mod values;
mod wire;

pub(super) use cover::covers_class;
pub use difference::Step;
pub(super) use difference::{Child, Local, Loss, What};
pub use engine::Engine;
pub(super) use local::local;
pub(super) use objects::declares;
