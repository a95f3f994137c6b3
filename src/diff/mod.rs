//! Contract × contract → ordered changes; a file per object of OpenAPI.

pub mod change;

pub use crate::schema::Why;
pub use change::{Arg, Args, Change, Changes, Hint, Proof, Traits, Use};
