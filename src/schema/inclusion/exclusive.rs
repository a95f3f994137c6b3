//! What is lost where two members of a `oneOf` take a value.

use super::engine::{Engine, PairKey};
use crate::contract::Grade;
use crate::schema::node::{Answer, Types};
use crate::schema::states::{Lens, StateId, expand};

impl Engine<'_> {
    /// How badly a pair fails by values that two members of a `oneOf` of the sup side take, whatever no member takes. Where
    /// one of them must hold a member that its sender's contract does not mention, nobody sends it by convention: that is
    /// looked for where nothing else is said.
    pub(in crate::schema) fn overlap(&mut self, (sub, sup, lens): PairKey, told: bool) -> Option<Grade> {
        let sure = self.overlap_in((sub, sup, lens));
        if told || sure.is_some() {
            return sure;
        }
        self.overlap_in((sub, sup, Lens { open: true, ..lens })).map(|_| Grade::Openness)
    }

    fn overlap_in(&mut self, key: PairKey) -> Option<Grade> {
        if let Some(&known) = self.overlaps.get(&key) {
            return known;
        }
        let (sub, sup, lens) = key;
        let sups = expand(&mut self.space, sup);
        let rivals = sups.branches.iter().any(|branch| !self.space.rivals(branch).is_empty());
        let mut answer = if rivals { self.exact.overlaps(&mut self.space, sub, sup, lens) } else { Answer::No };
        if rivals && answer == Answer::No && lens.text && self.is_read_otherwise(sub, sups.types()) {
            answer = self.exact.overlaps(&mut self.space, StateId::ANY, sup, lens);
        }
        let found = match answer {
            Answer::No => None,
            // A text may be read otherwise than by the type it was sent as.
            Answer::Yes if lens.text => Some(Grade::Undecided),
            Answer::Yes => Some(Grade::Value),
            Answer::Costly | Answer::Open => Some(Grade::Undecided),
        };
        self.overlaps.insert(key, found);
        found
    }

    /// True of texts that can only be read as a type they were not sent as: all values of that type may come.
    fn is_read_otherwise(&mut self, sub: StateId, read: Types) -> bool {
        !expand(&mut self.space, sub).types().without(Types::NULL).without(read).is_empty()
    }
}
