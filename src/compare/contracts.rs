//! Contracts of documents; each distinct content is parsed once.

use std::sync::Arc;

use crate::contract::{self, Contract};
use crate::source::Files;
use crate::spec::{self, Limits, ParseCache, SpecError};

/// Reads contracts.
#[derive(Default)]
pub struct Contracts {
    cache: ParseCache,
}

impl Contracts {
    /// The contract of the document at a path.
    ///
    /// # Errors
    /// Where there is no such document, or it cannot be read.
    pub fn read(&mut self, files: &dyn Files, path: &str) -> Result<Contract, SpecError> {
        let document = spec::load(files, path, &mut self.cache, &Limits::default())?;
        Ok(contract::read(Arc::new(document)))
    }

    /// How many documents were read.
    pub(super) fn reads(&self) -> u64 {
        self.cache.loads()
    }

    /// Lets go of every file that none of the last so many reads named.
    pub(super) fn keep_last(&mut self, reads: u64) {
        self.cache.keep_last(reads);
    }

    /// Lets go of every file that no contract has any more.
    pub(super) fn keep_used(&mut self) {
        self.cache.keep_used();
    }
}
