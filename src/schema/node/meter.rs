//! What a comparison may cost: work that is counted, never time, so that every machine gives the same answer.
//!
//! Whoever walks over something that a document made large pays for it here. Once all is spent, whatever is asked for the
//! first time is undecided; what is known stays known.

use std::cell::Cell;

use super::Share;

/// Steps all questions of a comparison may cost; a step is about what it takes to copy a word.
const WORK: usize = 80_000_000;
/// Words that answers may hold in memory.
const ROOM: usize = 12_000_000;

/// What is left of the steps and of the room of one comparison.
pub(in crate::schema) struct Meter {
    work: Cell<usize>,
    room: Cell<usize>,
    share: Share,
    /// The largest part of another limit that was used.
    elsewhere: Cell<Share>,
}

impl Meter {
    /// The limits, or a part of them.
    pub(in crate::schema) fn new(share: Share) -> Self {
        let [work, room] = [WORK, ROOM].map(|limit| Cell::new(share.of(limit)));
        Self { work, room, share, elsewhere: Cell::new(Share::NOTHING) }
    }

    /// The part of every limit that may be used.
    pub(in crate::schema) fn share(&self) -> Share {
        self.share
    }

    /// Notes how much of another limit was used.
    pub(in crate::schema) fn note(&self, used: Share) {
        self.elsewhere.set(self.elsewhere.get().max(used));
    }

    /// The part of the limits that was used: of the one of which it was most.
    pub(in crate::schema) fn spent(&self) -> Share {
        Share::part(self.share.of(WORK) - self.work.get(), WORK).max(self.elsewhere.get())
    }

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
