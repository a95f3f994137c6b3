//! What all comparisons of one run may cost together: documents that share files bring their work, not their bytes.

use rustc_hash::FxHashSet;

use crate::contract::Contract;
use crate::diff::Changes;
use crate::schema::Share;

/// Bytes of files that bring as much as one comparison may cost.
const BYTES: usize = 1 << 20;

/// What is left for the comparisons of two versions: as much as one may cost, and as much again for each megabyte of files.
pub struct Purse {
    left: Share,
    /// Path and length of each file that was counted.
    known: FxHashSet<(String, usize)>,
}

impl Default for Purse {
    fn default() -> Self {
        Self { left: Share::WHOLE, known: FxHashSet::default() }
    }
}

impl Purse {
    /// What two contracts may cost.
    pub(super) fn share(&mut self, sides: [&Contract; 2]) -> Share {
        for (path, file) in sides.into_iter().flat_map(|contract| contract.document.files()) {
            let bytes = file.source().len();
            if self.known.insert((path.clone(), bytes)) {
                self.left = self.left.plus(Share::part(bytes, BYTES));
            }
        }
        self.left
    }

    /// Takes what they did cost.
    pub(super) fn pay(&mut self, changes: &Changes) {
        self.left = self.left.minus(changes.spent.unwrap_or(Share::NOTHING));
    }
}
