//! Contract × contract → ordered changes; a file per object of OpenAPI.

use jiff::civil::Date;

use crate::contract::Contract;

pub use crate::schema::Why;
pub use change::{Arg, Args, Change, Changes, Hint, Proof, Traits, Use};
pub use identity::{cause, fingerprint};

pub mod change;
pub mod identity;

/// What a comparison depends on beside the two contracts.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The day deprecations and sunsets are judged at.
    pub today: Date,
}

/// Compares two contracts. Cannot fail: what is not decided is said so in the change.
pub fn compare(_base: &Contract, _head: &Contract, _options: &Options) -> Changes {
    Changes::default()
}
