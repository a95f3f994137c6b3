//! Whether a state takes a given value, asked within the budget of a search.

use super::Search;
use crate::schema::node::{Answer, Instance, Patterns, SchemaId};
use crate::schema::states::{Branch, Parts, StateId, takes};

impl Parts for Search<'_, '_> {
    fn patterns(&self) -> &Patterns {
        &self.space.patterns
    }

    fn taken(&mut self, schema: SchemaId, part: &Instance) -> Answer {
        let state = self.state(vec![schema]);
        self.state_takes(state, part)
    }
}

impl<'c> Search<'_, 'c> {
    /// Whether a state takes a value.
    pub(super) fn state_takes(&mut self, state: StateId, value: &Instance) -> Answer {
        self.depth += 1;
        if !self.pay() {
            self.depth -= 1;
            return Answer::Costly;
        }
        let expansion = self.expand(state);
        let mut answer = if expansion.overflow { Answer::Costly } else { Answer::No };
        for branch in &expansion.branches {
            let mut taken = self.takes(branch, value);
            if taken != Answer::No {
                let rivals = self.space.rivals(branch);
                taken = rivals.iter().fold(taken, |taken, &rival| taken.and(self.taken(rival, value).not()));
            }
            answer = answer.or(taken);
            if answer == Answer::Yes {
                break;
            }
        }
        self.depth -= 1;
        answer
    }

    /// Whether a branch takes a value.
    pub(super) fn takes(&mut self, branch: &Branch<'c>, value: &Instance) -> Answer {
        takes(self, branch, value)
    }
}
