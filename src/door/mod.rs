//! What another program is given: the use cases of comparing and drafting, in values of its own. Nothing here reads the
//! clock or the environment; what can go wrong is one [`Error`].

pub use error::Error;
pub use files::compare;

mod error;
mod files;
mod project;

use crate::compare::Compared;
use crate::config::Config;
use crate::report::Report;

/// What a comparison found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// What changed, judged: each change with its rule, its level, its place and, where it hurts, a proof.
    pub report: Report,
    /// Why documents could not be read though others could; always empty unless `keep_going` was asked for.
    pub unreadable: Vec<Error>,
    /// Documents that the configuration names and neither version has, though they have others.
    pub absent: Vec<String>,
}

impl From<Compared> for Comparison {
    fn from(compared: Compared) -> Self {
        Self {
            report: compared.report,
            unreadable: compared.unreadable.into_iter().map(Error::from).collect(),
            absent: compared.absent.into_iter().map(|absent| absent.path).collect(),
        }
    }
}

impl Config {
    /// Reads the text of a configuration, in the form of `preavis.toml`.
    ///
    /// # Errors
    /// Shows what is wrong where it stands: a key, a rule or a path that does not exist changes nothing silently.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        Ok(Self::parse(crate::project::CONFIG, text)?)
    }
}
