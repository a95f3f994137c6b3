//! Whether a branch or a state has a value at all, as far as that is seen without a search.
//!
//! [`Space::surely_has_value`] never errs on the side of "yes": a loss of such a branch is a loss for good. What it does
//! not see, the exact search decides (`exact`, asked for a state with nothing to escape from).
//! The cheapest look comes before both:
//! an expansion has no branch whose bounds contradict each other.

use super::branch::Branch;
use super::expand::expand;
use super::space::Space;
use crate::schema::node::{Additional, Decimal, Reading, SchemaId, Types};

/// True of a branch without a constraint beside those that are compared one by one.
pub(in crate::schema) fn is_modest(branch: &Branch<'_>) -> bool {
    branch.opaque.is_empty()
        && branch.holes.is_empty()
        && branch.excluded.is_empty()
        && branch.names.is_empty()
        && branch.contains.is_empty()
        && branch.denied.is_empty()
        && branch.patterns.len() + branch.formats.len() <= 1
        && branch.multiples.len() <= 1
}

/// No tuple, and items are said once.
pub(in crate::schema) fn is_uniform(branch: &Branch<'_>) -> bool {
    branch.arrays.len() <= 1 && branch.arrays.iter().all(|layer| layer.prefix.is_empty())
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

/// The schemas that `properties` has for a member, layer by layer.
fn declared(branch: &Branch<'_>, name: &str) -> Vec<SchemaId> {
    branch.objects.iter().filter_map(|layer| layer.properties.get(name).copied()).collect()
}

/// True if a layer takes no member but those it declares, and this is none of them; patterns aside.
fn is_closed_to(layer: &Reading<'_>, name: &str) -> bool {
    layer.additional() == Additional::Closed && !layer.properties.contains_key(name)
}

impl<'c> Space<'c> {
    /// True if a branch surely has a value of a class.
    pub(in crate::schema) fn surely_has_value(&mut self, branch: &Branch<'c>, class: Types) -> bool {
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
                    || !sized && branch.patterns.iter().all(|(pattern, _)| self.patterns.sample(pattern).is_some())
            }
            _ => true,
        }
    }

    /// True if every part that a value of a branch may have can be there.
    pub(in crate::schema) fn surely_has_parts(&mut self, branch: &Branch<'c>, class: Types) -> bool {
        let parts: Vec<Vec<SchemaId>> = match class {
            Types::OBJECT => {
                let names = branch.objects.iter().flat_map(|layer| layer.properties.keys().copied());
                let written = branch.objects.iter().filter_map(|layer| match layer.additional() {
                    Additional::Written(id) => Some(vec![id]),
                    Additional::Absent | Additional::Closed | Additional::Presumed => None,
                });
                names.map(|name| declared(branch, name)).chain(written).collect()
            }
            Types::ARRAY => branch.arrays.iter().filter_map(|layer| layer.items).map(|id| vec![id]).collect(),
            _ => Vec::new(),
        };
        is_uniform(branch) && parts.into_iter().all(|ids| self.is_sure(ids))
    }

    fn has_members(&mut self, branch: &Branch<'c>) -> bool {
        branch.required.keys().all(|name| {
            let closed = branch.objects.iter().any(|layer| is_closed_to(layer, name));
            let patterned = branch.objects.iter().any(|layer| !layer.patterns.is_empty());
            !closed && !patterned && self.is_sure(declared(branch, name))
        })
    }

    /// True if a branch shuts a member out by its name: its schema is `false`.
    pub(in crate::schema) fn is_shut(&self, branch: &Branch<'_>, name: &str) -> bool {
        branch.objects.iter().filter_map(|layer| layer.properties.get(name)).any(|&member| self.nodes.is_never(member))
    }

    /// True if a schema surely admits a value.
    pub(in crate::schema) fn surely_admits(&mut self, schema: SchemaId) -> bool {
        self.is_sure(vec![schema])
    }

    /// True if a conjunction surely has a value; one that is being looked at counts as unsure.
    fn is_sure(&mut self, ids: Vec<SchemaId>) -> bool {
        let state = self.state(ids);
        if let Some(&known) = self.sure.get(&state) {
            return known;
        }
        self.sure.insert(state, false);
        let expansion = expand(self, state);
        let answer = !expansion.overflow
            && expansion.branches.iter().any(|branch| {
                let listed =
                    branch.literals.as_ref().is_some_and(|(values, _)| values.values().any(|value| !value.meant))
                        && is_modest(branch);
                let plain = branch.minimum.is_none() && branch.max_length.is_none() && branch.min_length.is_none();
                let classes = Types::CLASSES.into_iter().filter(|&class| branch.types.meets(class));
                listed && plain && branch.patterns.is_empty()
                    || classes.into_iter().any(|class| self.surely_has_value(branch, class))
            });
        self.sure.insert(state, answer);
        answer
    }
}
