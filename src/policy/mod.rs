//! What a team decides about its API: configuration now; acceptances and notice periods later.
//!
//! Pure values: whoever reads the file hands over its text.

mod config;
mod fault;
mod voice;

pub use config::{ApiConfig, Config, Levels, config_schema};
pub use fault::ConfigError;
pub use voice::{Mail, Site};
