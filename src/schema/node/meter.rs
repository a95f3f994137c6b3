//! What a comparison may cost: work that is counted, never time, so that every machine gives the same answer.
//!
//! Whoever walks over something that a document made large pays for it here. Once all is spent, whatever is asked for the
//! first time is undecided; what is known stays known.

use std::cell::Cell;

/// Steps all questions of a comparison may cost; a step is about what it takes to copy a word.
const WORK: usize = 80_000_000;
/// Words that answers may hold in memory.
const ROOM: usize = 12_000_000;

/// What is left of the steps and of the room of one comparison.
pub(in crate::schema) struct Meter {
    work: Cell<usize>,
    room: Cell<usize>,
}

impl Default for Meter {
    fn default() -> Self {
        Self { work: Cell::new(WORK), room: Cell::new(ROOM) }
    }
}

impl Meter {
    /// Pays for steps; false where they are more than what is left.
    pub(in crate::schema) fn work(&self, steps: usize) -> bool {
        pay(&self.work, steps)
    }

    /// Pays for words that are kept; false where they are more than what is left.
    pub(in crate::schema) fn keep(&self, words: usize) -> bool {
        pay(&self.room, words)
    }

    /// True if nothing is left of the one or the other.
    pub(in crate::schema) fn is_spent(&self) -> bool {
        self.work.get() == 0 || self.room.get() == 0
    }
}

fn pay(left: &Cell<usize>, amount: usize) -> bool {
    let rest = left.get().checked_sub(amount);
    left.set(rest.unwrap_or(0));
    rest.is_some()
}
