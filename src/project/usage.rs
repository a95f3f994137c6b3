//! The aggregates of logs.

use std::path::Path;

use super::{Author, Project, ProjectError};
use crate::audience::Usage;
use crate::source::confined::ConfinedError;
use crate::source::lock::Lock;

/// The aggregates of logs, from the root of the repository.
pub(super) const USAGE: &str = "preavis/usage.json";

impl Project {
    /// The aggregates: those of a file that the command line named, else the usual ones. None where there is no file.
    pub(crate) fn usage(&self, given: Option<&Path>) -> Result<Usage, ProjectError> {
        let (text, name) = match given {
            Some(given) => (self.files.read_named(given, Author::Preavis)?, given.display().to_string()),
            None => (self.files.read(USAGE, Author::Preavis)?, USAGE.to_owned()),
        };
        Ok(text.map_or_else(|| Ok(Usage::default()), |text| Usage::parse(&name, &text))?)
    }

    /// Held from when aggregates are read until they are written.
    pub(crate) fn lock_usage(&self, given: Option<&Path>) -> Result<Option<Lock>, ConfinedError> {
        match given {
            Some(given) => {
                self.files.make_room(given)?;
                self.files.lock_named(given, &self.asker)
            }
            None => self.files.lock(USAGE, &self.asker).map(Some),
        }
    }

    /// Writes the aggregates to where [`Self::usage`] reads them, at once.
    pub(crate) fn write_usage(&self, given: Option<&Path>, usage: &Usage) -> Result<(), ConfinedError> {
        match given {
            Some(given) => self.files.write_named(given, &usage.text()),
            None => self.files.write(USAGE, &usage.text()),
        }
    }
}
