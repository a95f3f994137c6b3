//! The bytes of a document and of the files it references: at a git ref, in the work tree, from a file, a URL or stdin.
//!
//! The only folder on the left that does input; everything after it works on values. Whoever writes a specification is not
//! trusted: nothing outside the root of a version is read, nothing is fetched unless asked, and every size has a limit.
//! The working directory and what CI says come in as [`VersionResolver`].

use std::sync::Arc;

mod advice;
pub mod confined;
mod deadline;
mod disk;
mod error;
#[cfg(test)]
mod fixture;
pub mod git;
mod lines;
pub mod lock;
mod path;
mod resolver;
mod single;
#[cfg(test)]
mod tests;
mod version;
mod web;

pub use error::SourceError;
pub use lines::Lines;
pub use resolver::{Version, VersionResolver};
pub use single::Single;
pub use version::{RangeArg, VersionArg};

/// The most bytes one file may have.
pub const MAX_BYTES: u64 = 64 << 20;

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
    fn read(&self, path: &str, id: &BlobId) -> Result<Vec<u8>, SourceError>;
}

/// Files that can be listed, so that specifications are found without being named.
pub trait Listing: Files {
    /// The paths ending in `.json`, `.yaml` or `.yml`, sorted; links, submodules and the folders of others
    /// (`node_modules`, `vendor`, `target`, `.git`) are left out. Fails where a folder cannot be read.
    fn paths(&self) -> Result<Vec<String>, SourceError>;
}

/// The identity of bytes that no repository holds.
fn sha256_id(bytes: &[u8]) -> BlobId {
    use sha2::{Digest, Sha256};
    let mut text = String::from("sha256:");
    for byte in Sha256::digest(bytes) {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    BlobId(text.into())
}
