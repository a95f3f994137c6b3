//! The one cache: each distinct content is parsed once, however many documents and commits name it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::error::SpecError;
use super::limits::Limits;
use super::read::{self, Parsed};
use crate::source::{BlobId, Files};

/// Parsed files by their content; passed to [`super::load()`] by whoever reads many documents.
#[derive(Debug, Default)]
pub struct ParseCache {
    files: FxHashMap<BlobId, Held>,
    loads: u64,
}

#[derive(Debug)]
struct Held {
    parsed: Arc<Parsed>,
    /// The last load that named the file.
    named: u64,
}

impl ParseCache {
    /// The number of files held.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }
    /// Drops every file that none of the last so many loads named; a history calls it with the number of documents
    /// it compares, so that what base and head share stays.
    pub fn keep_last(&mut self, loads: u64) {
        let oldest = self.loads.saturating_sub(loads);
        self.files.retain(|_, held| held.named > oldest);
    }
    /// How many documents were loaded.
    pub fn loads(&self) -> u64 {
        self.loads
    }
    /// Drops every file that no document has any more.
    pub fn keep_used(&mut self) {
        self.files.retain(|_, held| Arc::strong_count(&held.parsed.file) > 1);
    }
    pub(super) fn begin(&mut self) {
        self.loads += 1;
    }
    /// The file at a path whose content is known by its id.
    pub(super) fn take(
        &mut self,
        files: &dyn Files,
        path: &str,
        id: &BlobId,
        limits: &Limits,
    ) -> Result<Arc<Parsed>, SpecError> {
        if let Some(held) = self.files.get_mut(id) {
            held.named = self.loads;
            return Ok(Arc::clone(&held.parsed));
        }
        let bytes = files.read(path, id)?;
        if bytes.len() > limits.bytes() {
            let (file, limit) = (path.to_owned(), limits.bytes());
            return Err(SpecError::TooLarge { file, what: "bytes", limit });
        }
        let parsed = Arc::new(read::read(path, bytes, limits)?);
        self.files.insert(id.clone(), Held { parsed: Arc::clone(&parsed), named: self.loads });
        Ok(parsed)
    }
}
