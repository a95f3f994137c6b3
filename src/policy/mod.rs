//! What a team decides about its API: configuration now; acceptances and notice periods later.
//!
//! Pure values: whoever reads the file hands over its text.

mod config;
mod voice;

pub use crate::fault::ConfigError;
pub use config::{ApiConfig, Config, Levels, config_schema};
pub use voice::{Mail, Site};
