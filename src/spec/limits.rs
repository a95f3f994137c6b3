//! How much of an untrusted document is read before giving up.

/// Limits of one document; the defaults leave the largest real ones room.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: usize,
    /// Bytes of all files of a document.
    pub total: usize,
    /// Files of a document.
    pub files: usize,
    /// Arrays and objects in one another; at most [`Limits::DEEPEST`] counts.
    pub depth: usize,
    /// Values in one file.
    pub nodes: usize,
    /// Values that YAML aliases and merge keys may add to one file.
    pub aliases: usize,
}

impl Limits {
    /// No deeper nesting is ever read, whatever `depth` says: recursion over a document stays within its stack.
    pub const DEEPEST: usize = 120;

    pub(super) fn depth(&self) -> usize {
        self.depth.min(Self::DEEPEST)
    }
    /// The arena's offsets have 31 bits.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.min(1 << 30)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, total: 256 << 20, files: 20_000, depth: 100, nodes: 5_000_000, aliases: 250_000 }
    }
}
