//! The smallest arrays: as many items as are asked for, distinct where they must be.

use serde_json::Value;

use super::accepts::{OneOf, accepts};
use super::maker::{LARGE, Maker, ORDER, WIDTH};
use super::scalars;
use super::text::weight;
use crate::schema::inclusion::Engine;
use crate::schema::node::{Answer, SchemaId};
use crate::schema::states::{Branch, Lens, expand};

impl Maker {
    /// The smallest array of a branch that keeps to another one as far as it can, with a given item at a place.
    pub(super) fn array(
        &mut self,
        engine: &mut Engine<'_>,
        (branch, other): (&Branch<'_>, Option<&Branch<'_>>),
        (lens, depth): (Lens, u8),
        given: Option<(usize, &Value)>,
    ) -> Option<Value> {
        let least = |branch: &Branch<'_>| {
            let contained = branch.contains.iter().map(|(asked, _)| asked.least).max();
            branch.min_items.map_or(0, |(n, _)| n).max(contained.unwrap_or(0))
        };
        let most = branch.max_items.map_or(u64::MAX, |(n, _)| n);
        let count = least(branch).max(other.map_or(0, least).min(most));
        let sent = u64::from(lens.flat || lens.lists.is_some());
        let count = count.max(given.map_or(sent, |(place, _)| place as u64 + 1));
        self.items(engine, (branch, other), (lens, depth), count, given)
    }

    /// An array of a count of items.
    pub(super) fn items(
        &mut self,
        engine: &mut Engine<'_>,
        (branch, other): (&Branch<'_>, Option<&Branch<'_>>),
        (lens, depth): (Lens, u8),
        count: u64,
        given: Option<(usize, &Value)>,
    ) -> Option<Value> {
        if count > WIDTH {
            return None;
        }
        let unique = branch.unique.or(other.and_then(|other| other.unique)).is_some();
        let mut out: Vec<Value> = Vec::new();
        let mut room = LARGE;
        for place in 0..usize::try_from(count).ok()? {
            if let Some((_, item)) = given.filter(|(at, _)| *at == place) {
                out.push(item.clone());
                continue;
            }
            let own = held(branch, place);
            let both: Vec<SchemaId> =
                own.iter().copied().chain(other.into_iter().flat_map(|other| held(other, place))).collect();
            let found = [both, own].into_iter().find_map(|ids| {
                if unique {
                    self.other(engine, ids, (lens, depth), &out, given.map(|(_, item)| item))
                } else {
                    self.part(engine, ids, lens, depth)
                }
            });
            let item = found?;
            room = room.checked_sub(weight(&item))?;
            out.push(item);
        }
        Some(Value::Array(out))
    }

    /// An item unlike those that are there.
    fn other(
        &mut self,
        engine: &mut Engine<'_>,
        ids: Vec<SchemaId>,
        (lens, depth): (Lens, u8),
        known: &[Value],
        given: Option<&Value>,
    ) -> Option<Value> {
        self.fuel = self.fuel.saturating_sub(known.len() / 16);
        let is_new = |value: &Value| !known.contains(value) && given != Some(value);
        let plain = self.part(engine, ids.clone(), lens, depth)?;
        if is_new(&plain) {
            return Some(plain);
        }
        let state = engine.space.state(ids);
        let expansion = expand(&mut engine.space, state);
        for branch in &expansion.branches {
            for class in ORDER.into_iter().filter(|&class| branch.types.meets(class)) {
                let mut values = self.of_class(engine, branch, class, lens, depth.saturating_sub(1));
                values.extend(values.clone().iter().flat_map(|value| scalars::variants(value, known.len())));
                for value in values {
                    if is_new(&value) && accepts(engine, state, &value, lens, OneOf::Exactly) != Answer::No {
                        return Some(value);
                    }
                }
            }
        }
        None
    }
}

/// The schemas of the item at a place; the first items are also what the array must contain.
fn held(branch: &Branch<'_>, place: usize) -> Vec<SchemaId> {
    let contained =
        branch.contains.iter().filter(|(asked, _)| (place as u64) < asked.least).map(|(asked, _)| asked.schema);
    branch.items_at(place).into_iter().chain(contained).collect()
}
