//! What a team decides about its API: the configuration.
//!
//! Pure values: whoever reads the file hands over its text.

mod authority;
mod documents;
mod file;
mod gate;
mod levels;
mod pattern;
mod sender;
mod site;
mod strict;

pub use authority::Authority;
pub(crate) use documents::Documents;
pub(crate) use file::Versioning;
#[cfg(feature = "internals")]
pub use file::config_schema;
pub use file::{ApiConfig, Config};
pub use gate::Naming;
pub(crate) use gate::{Callers, Gate, Labels, LevelRow, Matched, ShipsOn, Tagged, Wanted};
pub(crate) use pattern::Pattern;
pub use sender::Mail;
pub use site::Site;
