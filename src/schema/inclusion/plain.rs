//! Where the graded comparison needs no second look: one branch against one, and the sub side surely has values.
//!
//! The exact search ([`crate::schema::exact`]) finds branches that are empty and values that several branches take
//! together. Most pairs of real documents have neither, and it would cost more than all the rest.

use super::engine::Engine;
use crate::schema::node::Types;
use crate::schema::states::{Branch, Expansion, StateId, expand, is_modest, is_uniform};

impl<'c> Engine<'c> {
    /// True if what one branch loses of a class is lost for good: nothing else takes it, and there is something to lose.
    pub(in crate::schema) fn is_plain(&mut self, branch: &Branch<'c>, sups: &Expansion<'c>, class: Types) -> bool {
        let mut others = sups.branches.iter().filter(|sup| sup.types.meets(class));
        let alone = others.next().is_none_or(|sup| is_modest(sup) && sup.literals.is_none() && is_uniform(sup));
        let loose = match class {
            Types::ARRAY => branch.max_items.is_none() && branch.unique.is_none(),
            // A pattern and a length may say the same.
            Types::STRING => {
                let free = branch.min_length.is_none() && branch.max_length.is_none() && branch.patterns.is_empty();
                free || sups.branches.iter().all(|sup| sup.patterns.is_empty())
            }
            _ => true,
        };
        alone
            && others.next().is_none()
            && loose
            && self.space.surely_has_value(branch, class)
            && self.space.surely_has_parts(branch, class)
    }

    /// True if that holds of every branch of a state.
    pub(in crate::schema) fn is_plain_pair(&mut self, sub: StateId, sup: StateId) -> bool {
        let (subs, sups) = (expand(&mut self.space, sub), expand(&mut self.space, sup));
        let whole = !subs.overflow && !sups.overflow;
        whole
            && subs.branches.iter().all(|branch| {
                let classes = Types::CLASSES.into_iter().filter(|&class| branch.types.meets(class));
                classes.into_iter().all(|class| self.is_plain(branch, &sups, class))
            })
    }
}
