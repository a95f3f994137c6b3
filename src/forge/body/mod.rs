//! The text of a comment: its first line, by which it is known again, and a rest that acts upon nothing.

mod cut;
mod harmless;
mod marker;

pub(super) use cut::{cut, fitting, limit};
pub use harmless::harmless;
pub use marker::Marker;
#[cfg(feature = "internals")]
pub use marker::hash;
