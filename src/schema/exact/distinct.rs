//! Arrays whose items differ (`uniqueItems`): whether there are values enough for all places.

use super::Search;
use super::cell::Cell;
use crate::schema::node::{Answer, Decimal, Instance, Types, round};
use crate::schema::states::{Branch, StateId};

/// Values of a place that are told one by one.
const MOST: usize = 64;

/// The values of a place.
enum Few {
    These(Vec<String>),
    Endless,
    Unknown,
}

impl<'c> Search<'_, 'c> {
    /// Whether so many places can hold distinct values.
    pub(super) fn distinct(&mut self, cell: &Cell<'c>, low: u64) -> Answer {
        let mut choices: Vec<Vec<String>> = Vec::new();
        for place in 0..low.min(66) {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            match self.few(cell, place) {
                // Of an endless supply there is always another.
                Few::Endless => {}
                Few::Unknown => return Answer::Open,
                Few::These(values) => choices.push(values),
            }
        }
        // Each place takes a value that no other takes.
        let mut taken: Vec<(String, usize)> = Vec::new();
        let matched = (0..choices.len()).all(|place| augment(place, &choices, &mut taken, &mut Vec::new()));
        Answer::from(matched)
    }

    /// True if a branch surely takes arrays of any length, which differ from each other.
    fn any_length(&mut self, branch: &Branch<'c>) -> bool {
        let bare = branch.excluded.is_empty() && branch.holes.is_empty() && branch.opaque.is_empty();
        let free = branch.max_items.is_none() && branch.unique.is_none() && branch.contains.is_empty();
        let places = branch.arrays.iter().map(|layer| layer.prefix.len()).max().unwrap_or(0);
        bare && free
            && branch.types.meets(Types::ARRAY)
            && (0..=places).all(|place| {
                let state = self.state(branch.items_at(place));
                self.ask(state, Vec::new()) == Answer::Yes
            })
    }

    /// The values that a place can hold, if they are few.
    fn few(&mut self, cell: &Cell<'c>, place: usize) -> Few {
        let state = self.state(cell.branch.items_at(place));
        let outside = self.outside(cell, place);
        if state == StateId::ANY {
            return if outside.is_empty() { Few::Endless } else { Few::Unknown };
        }
        let expansion = self.expand(state);
        let mut values: Vec<String> = Vec::new();
        for branch in &expansion.branches {
            match listed(branch) {
                Few::These(list) => values.extend(list),
                Few::Endless if outside.is_empty() => return Few::Endless,
                Few::Unknown if outside.is_empty() && self.any_length(branch) => return Few::Endless,
                Few::Endless | Few::Unknown => return Few::Unknown,
            }
        }
        values.sort();
        values.dedup();
        if expansion.overflow || values.len() >= MOST {
            return Few::Unknown;
        }
        let mut out = Vec::new();
        for text in values {
            let Some(value) = Instance::parse(&text) else { return Few::Unknown };
            let mut taken = self.state_takes(state, &value);
            for &other in &outside {
                taken = taken.and(self.state_takes(other, &value).not());
            }
            match taken {
                Answer::Yes => out.push(text),
                Answer::No => {}
                Answer::Open | Answer::Costly => return Few::Unknown,
            }
        }
        Few::These(out)
    }
}

/// The values of a branch, as far as its own keywords tell.
fn listed(branch: &Branch<'_>) -> Few {
    if let Some((list, _)) = &branch.literals {
        return Few::These(list.keys().map(ToString::to_string).collect());
    }
    let open = branch.minimum.is_none() || branch.maximum.is_none();
    let words = branch.types.meets(Types::STRING)
        && branch.patterns.is_empty()
        && branch.formats.is_empty()
        && branch.max_length.is_none_or(|(n, _)| n > 0);
    let numbers = branch.types.meets(Types::NUMBER) && branch.multiples.is_empty() && open;
    let bare = branch.excluded.is_empty() && branch.holes.is_empty() && branch.opaque.is_empty();
    if bare && (words || numbers) {
        return Few::Endless;
    }
    if branch.types.meets(Types::STRING.or(Types::FRACTION).or(Types::COMPOSITE)) {
        return Few::Unknown;
    }
    let mut out: Vec<String> = Vec::new();
    if branch.types.meets(Types::BOOLEAN) {
        out.extend(["true".to_owned(), "false".to_owned()]);
    }
    if branch.types.meets(Types::NULL) {
        out.push("null".to_owned());
    }
    if branch.types.meets(Types::INTEGER) {
        let Some((low, high)) = branch.minimum.zip(branch.maximum) else { return Few::Unknown };
        let (low, high) = (round(low.0, Some(Decimal::whole(1)), true), round(high.0, Some(Decimal::whole(1)), false));
        let mut next = Some(low.value);
        while let Some(number) = next.filter(|n| out.len() < MOST && n.compare(high.value).is_le()) {
            out.push(number.to_string());
            next = number.shifted(Decimal::whole(1), true);
        }
    }
    Few::These(out)
}

/// Finds a value for a place, moving others aside.
fn augment(place: usize, choices: &[Vec<String>], taken: &mut Vec<(String, usize)>, seen: &mut Vec<String>) -> bool {
    for value in &choices[place] {
        if seen.contains(value) {
            continue;
        }
        seen.push(value.clone());
        let holder = taken.iter().position(|(known, _)| known == value);
        let free = match holder {
            None => {
                taken.push((value.clone(), place));
                return true;
            }
            Some(ix) => taken[ix].1,
        };
        if augment(free, choices, taken, seen) {
            if let Some(entry) = taken.iter_mut().find(|(known, _)| known == value) {
                entry.1 = place;
            }
            return true;
        }
    }
    false
}
