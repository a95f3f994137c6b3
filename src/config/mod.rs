//! What a team decides about its API: configuration now; acceptances and notice periods later.
//!
//! Pure values: whoever reads the file hands over its text.

mod authority;
mod file;
mod sender;

pub use authority::Authority;
#[cfg(feature = "internals")]
pub use file::config_schema;
pub use file::{ApiConfig, Config};
pub use sender::{Mail, Site};
