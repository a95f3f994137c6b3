//! Contract × contract → ordered changes; a file per object of OpenAPI.

pub mod change;
pub mod identity;

pub use change::{Arg, Args, Change, Changes, Hint, Proof, Traits, Use, Why};
pub use identity::{cause, fingerprint};
