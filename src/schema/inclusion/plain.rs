//! Where the graded comparison needs no second look: one branch against one, and the sub side surely has values.
//!
//! The exact search ([`crate::schema::exact`]) finds branches that are empty and values that several branches take
//! together. Most pairs of real documents have neither, and it would cost more than all the rest.

use rustc_hash::FxHashMap;

use super::engine::Engine;
use crate::schema::node::{Additional, Decimal, SchemaId, Types};
use crate::schema::states::{Branch, Expansion, StateId, expand};

/// States that surely admit a value; one that is being looked at counts as unsure.
pub(super) type Sure = FxHashMap<StateId, bool>;

/// No constraint beside those that are compared one by one.
fn is_modest(branch: &Branch<'_>) -> bool {
    branch.opaque.is_empty()
        && branch.holes.is_empty()
        && branch.excluded.is_empty()
        && branch.names.is_empty()
        && branch.contains.is_empty()
        && branch.denied.is_empty()
        && branch.patterns.len() + branch.formats.len() <= 1
        && branch.multiples.len() <= 1
}

/// True if a whole number lies strictly between the bounds, or there are not two.
fn has_room(branch: &Branch<'_>) -> bool {
    match (branch.minimum, branch.maximum) {
        (Some((low, _)), Some((high, _))) => {
            low.value.shifted(Decimal::whole(2), true).is_some_and(|next| next.compare(high.value).is_le())
        }
        _ => true,
    }
}

/// No tuple, and items are said once.
fn is_uniform(branch: &Branch<'_>) -> bool {
    branch.arrays.len() <= 1 && branch.arrays.iter().all(|layer| layer.prefix.is_empty())
}

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
        alone && others.next().is_none() && loose && self.has_value(branch, class) && self.has_parts(branch, class)
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

    fn has_value(&mut self, branch: &Branch<'c>, class: Types) -> bool {
        if !is_modest(branch) || branch.literals.is_some() {
            return false;
        }
        match class {
            Types::OBJECT => {
                branch.min_properties.is_none() && branch.max_properties.is_none() && self.has_members(branch)
            }
            Types::ARRAY => branch.min_items.is_none(),
            Types::NUMBER => branch.multiples.is_empty() && has_room(branch),
            Types::STRING => {
                let sized = branch.min_length.is_some() || branch.max_length.is_some();
                let told = branch.patterns.len() + branch.formats.len();
                told == 0
                    || !sized
                        && branch.patterns.iter().all(|(pattern, _)| self.space.patterns.sample(pattern).is_some())
            }
            _ => true,
        }
    }

    /// True if every part that a branch may have can be there.
    fn has_parts(&mut self, branch: &Branch<'c>, class: Types) -> bool {
        let parts: Vec<Vec<SchemaId>> = match class {
            Types::OBJECT => {
                let names = branch.objects.iter().flat_map(|layer| layer.properties.keys().copied());
                let all = names.map(|name| {
                    branch.objects.iter().filter_map(|layer| layer.properties.get(name).copied()).collect()
                });
                let written = branch.objects.iter().filter_map(|layer| match layer.additional() {
                    Additional::Written(id) => Some(vec![id]),
                    Additional::Absent | Additional::Closed => None,
                });
                all.chain(written).collect()
            }
            Types::ARRAY => branch.arrays.iter().filter_map(|layer| layer.items).map(|id| vec![id]).collect(),
            _ => Vec::new(),
        };
        is_uniform(branch) && parts.into_iter().all(|ids| self.is_sure(ids))
    }

    fn has_members(&mut self, branch: &Branch<'c>) -> bool {
        let names: Vec<&'c str> = branch.required.iter().map(|(name, _)| *name).collect();
        names.into_iter().all(|name| {
            let closed = branch
                .objects
                .iter()
                .any(|layer| layer.additional() == Additional::Closed && !layer.properties.contains_key(name));
            let patterned = branch.objects.iter().any(|layer| !layer.patterns.is_empty());
            let ids: Vec<SchemaId> =
                branch.objects.iter().filter_map(|layer| layer.properties.get(name).copied()).collect();
            !closed && !patterned && self.is_sure(ids)
        })
    }

    fn is_sure(&mut self, ids: Vec<SchemaId>) -> bool {
        let state = self.space.state(ids);
        if let Some(&known) = self.sure.get(&state) {
            return known;
        }
        self.sure.insert(state, false);
        let expansion = expand(&mut self.space, state);
        let answer = !expansion.overflow
            && expansion.branches.iter().any(|branch| {
                let listed =
                    branch.literals.as_ref().is_some_and(|(values, _)| !values.is_empty()) && is_modest(branch);
                let plain = branch.minimum.is_none() && branch.max_length.is_none() && branch.min_length.is_none();
                let classes = Types::CLASSES.into_iter().filter(|&class| branch.types.meets(class));
                listed && plain && branch.patterns.is_empty()
                    || classes.into_iter().any(|class| self.has_value(branch, class))
            });
        self.sure.insert(state, answer);
        answer
    }
}
