//! A document that came alone, such as standard input: its references to other files cannot be followed.

use std::io::Read;
use std::sync::Arc;

use super::{BlobId, Files, Listing, MAX_BYTES, SourceError, sha256_id};

/// One document in memory.
pub struct Single {
    name: String,
    id: BlobId,
    bytes: Arc<[u8]>,
}

impl Single {
    /// A document under a name that messages will show.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { name: name.into(), id: sha256_id(&bytes), bytes }
    }

    /// Reads a document to its end. Fails over [`MAX_BYTES`] and where the reader does.
    pub fn read_from(name: &str, reader: impl Read) -> Result<Self, SourceError> {
        let bytes = read_limited(name, reader, MAX_BYTES)?;
        Ok(Self::new(name, bytes))
    }
}

impl Files for Single {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        if path == self.name {
            return Ok(Some(self.id.clone()));
        }
        Err(SourceError::NoNeighbours { path: path.to_owned(), origin: self.name.clone() })
    }

    fn read(&self, _path: &str, _id: &BlobId) -> Result<Vec<u8>, SourceError> {
        Ok(self.bytes.to_vec())
    }
}

impl Listing for Single {
    fn paths(&self) -> Result<Vec<String>, SourceError> {
        Ok(vec![self.name.clone()])
    }
}

/// All bytes of a reader, at most `limit`; one more is asked for, so that a cut is never taken for the end.
pub(super) fn read_limited(what: &str, reader: impl Read, limit: u64) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| SourceError::Read { path: what.to_owned(), cause })?;
    if bytes.len() as u64 > limit {
        return Err(SourceError::TooLarge { what: what.to_owned(), limit });
    }
    Ok(bytes)
}
