//! The bytes of a document and of the files it references: at a git ref, in the work tree, from a file, a URL or stdin.
//!
//! The only folder on the left that does input; everything after it works on values.

use std::sync::Arc;

/// The identity of some bytes: git's object id, or `sha256:` and the hash of bytes from elsewhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlobId(pub Arc<str>);

/// The files of one version, read by paths relative to its root, with `/` between segments and no `..`.
///
/// Finding is apart from reading, so that a history reads each distinct blob once.
pub trait Files {
    /// The identity of the file at a path, `None` where there is none.
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError>;
    /// The bytes of a blob that [`Files::find`] named, at most the source's size limit.
    fn read(&self, path: &str, id: &BlobId) -> Result<Arc<[u8]>, SourceError>;
}

/// Why bytes could not be had.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Placeholder until the folder is filled.
    #[error("cannot read {path}")]
    Unreadable {
        /// The path asked for.
        path: String,
    },
}
