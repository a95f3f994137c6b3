//! Arrays: how long they may be, and what their items may be.

use std::collections::BTreeSet;

use super::super::expand::Branch;
use super::super::reading::Contains;
use super::super::space::SchemaId;
use super::super::types::Types;
use super::cell::{Cell, Cuts};
use super::{Answer, Search};

/// Places of a tuple that are told apart.
const PLACES: usize = 24;

/// The schemas of the item at a place.
fn at(branch: &Branch<'_>, place: usize) -> Vec<SchemaId> {
    branch.arrays.iter().filter_map(|layer| layer.prefix.get(place).copied().or(layer.items)).collect()
}

impl<'c> Search<'_, 'c> {
    /// The number of places from which on all are alike.
    pub(super) fn tuple(&mut self, branch: &Branch<'c>, bars: &[Branch<'c>]) -> usize {
        let of = |branch: &Branch<'c>| branch.arrays.iter().map(|layer| layer.prefix.len()).max().unwrap_or(0);
        let mut out = of(branch);
        for bar in bars {
            out = out.max(of(bar));
            for &(schema, _) in &bar.excluded {
                let state = self.state(vec![schema]);
                out = out.max(self.expand(state).branches.iter().map(of).max().unwrap_or(0));
            }
        }
        out.min(PLACES)
    }

    /// The cells of the arrays that a branch refuses, one for each of its constraints.
    pub(super) fn array_cuts(&mut self, cell: &Cell<'c>, bar: &Branch<'c>, left: usize) -> Cuts<'c> {
        let mut out = Cuts { unsure: cell.tuple >= PLACES, ..Cuts::default() };
        if let Some((n, id)) = bar.min_items.filter(|(n, _)| *n > 0) {
            out.add(cell, |cut| {
                let most = cut.branch.max_items.map_or(n - 1, |(most, _)| most.min(n - 1));
                cut.branch.max_items = Some((most, id));
            });
        }
        if let Some((n, id)) = bar.max_items {
            out.add(cell, |cut| {
                let least = cut.branch.min_items.map_or(n + 1, |(least, _)| least.max(n + 1));
                cut.branch.min_items = Some((least, id));
            });
        }
        if bar.unique.is_some() && cell.branch.unique.is_none() {
            out.add(cell, |cut| cut.repeats = true);
        }
        let most = cell.branch.max_items.map_or(u64::MAX, |(n, _)| n);
        // Beyond the tuple places are alike: those in use, and the next one.
        let used = cell.items.keys().next_back().map_or(cell.tuple, |last| (last + 1).max(cell.tuple));
        for place in 0..=used.min(cell.tuple + left + cell.items.len()) {
            if place as u64 >= most {
                break;
            }
            let asked = at(bar, place);
            if asked.is_empty() {
                continue;
            }
            let (state, other) = (self.state(at(&cell.branch, place)), self.state(asked));
            let mut outside = cell.items.get(&place).cloned().unwrap_or_default();
            outside.extend(&cell.every);
            outside.push(other);
            if self.ask(state, outside) != Answer::No {
                out.add(cell, |cut| cut.items.entry(place).or_default().push(other));
            }
        }
        for &(counted, id) in &bar.contains {
            self.count_cuts(cell, counted, id, &mut out);
        }
        out
    }

    fn count_cuts(&mut self, cell: &Cell<'c>, counted: Contains, id: SchemaId, out: &mut Cuts<'c>) {
        let state = self.state(vec![counted.schema]);
        if counted.least == 1 {
            out.add(cell, |cut| cut.every.push(state));
        } else if counted.least > 1 {
            let few = Contains { most: Some(counted.least - 1), least: 0, ..counted };
            out.add(cell, |cut| cut.branch.contains.push((few, id)));
        }
        if let Some(most) = counted.most {
            let many = Contains { least: most + 1, most: None, ..counted };
            out.add(cell, |cut| {
                cut.branch.contains.push((many, id));
                cut.foreign = true;
            });
        }
    }

    /// Whether a cell of arrays holds any.
    pub(super) fn holds_array(&mut self, cell: &Cell<'c>) -> Answer {
        let branch = &cell.branch;
        let last = cell.items.keys().next_back().map_or(0, |last| *last as u64 + 1);
        let low = branch.min_items.map_or(0, |(n, _)| n).max(last).max(if cell.repeats { 2 } else { 0 });
        let high = branch.max_items.map_or(u64::MAX, |(n, _)| n);
        if low > high || cell.repeats && branch.unique.is_some() {
            return Answer::No;
        }
        let answer = self.items_hold(cell, low);
        if answer == Answer::No {
            return answer;
        }
        if cell.branch.contains.iter().any(|(counted, _)| counted.least > 0 || counted.most.is_some()) {
            if self.contradicts(cell) {
                return Answer::No;
            }
            if cell.repeats || branch.unique.is_some() && low > 1 {
                return answer.and(Answer::Open);
            }
            return answer.and(self.counts_hold(cell, low, high));
        }
        if cell.repeats {
            return self.repeat_holds(cell, high);
        }
        if branch.unique.is_some() && low > 1 { answer.and(self.distinct(cell, low)) } else { answer }
    }

    /// The states that do not take the item at a place; of what is counted to 0 there is none anywhere.
    fn outside(&mut self, cell: &Cell<'c>, place: usize) -> Vec<super::StateId> {
        let none = cell.branch.contains.iter().filter(|(counted, _)| counted.most == Some(0));
        let none: Vec<super::StateId> = none.map(|(counted, _)| self.state(vec![counted.schema])).collect();
        cell.items.get(&place).into_iter().flatten().chain(&cell.every).copied().chain(none).collect()
    }

    fn item_holds(&mut self, cell: &Cell<'c>, place: usize) -> Answer {
        let state = self.state(at(&cell.branch, place));
        let outside = self.outside(cell, place);
        self.ask(state, outside)
    }

    /// Whether all the first places can be filled; those beyond the tuple are alike.
    fn items_hold(&mut self, cell: &Cell<'c>, low: u64) -> Answer {
        let mut places: BTreeSet<usize> = (0..=cell.tuple).collect();
        places.extend(cell.items.keys());
        places.extend(cell.items.keys().map(|place| place + 1));
        let mut answer = Answer::Yes;
        for place in places.into_iter().filter(|place| (*place as u64) < low) {
            answer = answer.and(self.item_holds(cell, place));
        }
        answer
    }

    /// Whether two places can hold the same value, and those before the later one any.
    fn repeat_holds(&mut self, cell: &Cell<'c>, high: u64) -> Answer {
        let last = cell.items.keys().next_back().map_or(0, |last| last + 1).max(cell.tuple) + 2;
        let mut answer = Answer::No;
        for two in 1..last {
            if two as u64 >= high {
                break;
            }
            for one in 0..two {
                let both = at(&cell.branch, one).into_iter().chain(at(&cell.branch, two)).collect();
                let both = self.state(both);
                let mut outside = self.outside(cell, one);
                let more = self.outside(cell, two);
                outside.extend(more);
                let low = cell.branch.min_items.map_or(0, |(n, _)| n).max(two as u64 + 1);
                let mut pair = self.ask(both, outside);
                if pair != Answer::No {
                    pair = pair.and(self.items_hold(cell, low));
                }
                answer = answer.or(pair);
                if answer == Answer::Yes {
                    return answer;
                }
            }
        }
        answer
    }

    /// Whether so many places can hold distinct values.
    fn distinct(&mut self, cell: &Cell<'c>, low: u64) -> Answer {
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
        Answer::of(Some(matched))
    }

    /// The values that a place can hold, if they are few.
    fn few(&mut self, cell: &Cell<'c>, place: usize) -> Few {
        let state = self.state(at(&cell.branch, place));
        if state == super::StateId::ANY {
            return if self.outside(cell, place).is_empty() { Few::Endless } else { Few::Unknown };
        }
        let expansion = self.expand(state);
        let mut values: Vec<String> = Vec::new();
        for branch in &expansion.branches {
            if let Some((list, _)) = &branch.literals {
                values.extend(list.keys().map(ToString::to_string));
                continue;
            }
            let bare = branch.excluded.is_empty() && self.outside(cell, place).is_empty() && branch.holes.is_empty();
            let words = branch.types.meets(Types::STRING)
                && branch.patterns.is_empty()
                && branch.formats.is_empty()
                && branch.max_length.is_none_or(|(n, _)| n > 0);
            let reals = branch.types.meets(Types::FRACTION)
                && branch.multiples.is_empty()
                && (branch.minimum.is_none() || branch.maximum.is_none());
            let wholes = branch.types.meets(Types::INTEGER)
                && branch.multiples.is_empty()
                && (branch.minimum.is_none() || branch.maximum.is_none());
            if bare && branch.opaque.is_empty() && (words || reals || wholes) {
                return Few::Endless;
            }
            if branch.types.meets(Types::BOOLEAN) {
                values.extend(["true".to_owned(), "false".to_owned()]);
            }
            if branch.types.meets(Types::NULL) {
                values.push("null".to_owned());
            }
            if branch.types.meets(Types::INTEGER)
                && !branch.types.meets(Types::FRACTION)
                && let Some((low, high)) = branch.minimum.zip(branch.maximum)
            {
                let mut next = Some(low.0.value);
                while let Some(number) = next.filter(|n| values.len() < 64 && n.compare(high.0.value).is_le()) {
                    values.push(number.to_string());
                    next = number.shifted(super::super::decimal::Decimal::whole(1), true);
                }
            } else if branch.types.meets(Types::NUMBER) {
                return Few::Unknown;
            }
            if branch.types.meets(Types::STRING.or(super::takes::COMPOSITE)) {
                return Few::Unknown;
            }
        }
        values.sort();
        values.dedup();
        if expansion.overflow || values.len() >= 64 {
            return Few::Unknown;
        }
        let mut out = Vec::new();
        for text in values {
            let Some(value) = super::Instance::parse(&text) else { return Few::Unknown };
            let mut taken = self.state_takes(state, &value);
            for other in self.outside(cell, place) {
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

    /// True if more of one kind are asked for than of another that holds them all.
    fn contradicts(&mut self, cell: &Cell<'c>) -> bool {
        let counts: Vec<Contains> = cell.branch.contains.iter().map(|(counted, _)| *counted).collect();
        counts.iter().any(|many| {
            counts.iter().any(|few| {
                let (one, other) = (self.state(vec![many.schema]), self.state(vec![few.schema]));
                few.most.is_some_and(|most| many.least > most) && self.ask(one, vec![other]) == Answer::No
            })
        })
    }

    /// Whether places can be chosen for the items that are counted.
    fn counts_hold(&mut self, cell: &Cell<'c>, low: u64, high: u64) -> Answer {
        let mut length = low;
        let mut also: Vec<Vec<SchemaId>> = Vec::new();
        let mut never: Vec<(usize, super::StateId)> = Vec::new();
        for (counted, _) in &cell.branch.contains {
            if counted.least > high.min(64) {
                return if counted.least > high { Answer::No } else { Answer::Costly };
            }
            let (mut found, mut place, mut possible) = (0, 0, false);
            let mut chosen = Vec::new();
            let end = cell.tuple.max(usize::try_from(length).unwrap_or(0).min(80)) + 64 + 1;
            while found < counted.least && place < end && (place as u64) < high {
                also.resize(also.len().max(place + 1), Vec::new());
                let mut ids = at(&cell.branch, place);
                ids.extend(&also[place]);
                ids.push(counted.schema);
                let state = self.state(ids);
                let outside = self.outside(cell, place);
                let held = self.ask(state, outside);
                possible |= held != Answer::No;
                if held == Answer::Yes {
                    also[place].push(counted.schema);
                    chosen.push(place);
                    found += 1;
                    length = length.max(place as u64 + 1);
                }
                place += 1;
            }
            if found < counted.least {
                return if possible || cell.branch.contains.len() > 1 { Answer::Open } else { Answer::No };
            }
            if counted.most.is_some() {
                let state = self.state(vec![counted.schema]);
                let places = usize::try_from(length).unwrap_or(usize::MAX).min(cell.tuple + 160);
                never.extend((0..places).filter(|place| !chosen.contains(place)).map(|place| (place, state)));
            }
        }
        // The places not chosen must not raise a count that has an upper bound.
        let mut answer = Answer::Yes;
        for place in 0..usize::try_from(length).unwrap_or(usize::MAX).min(cell.tuple + 160) {
            let mut ids = at(&cell.branch, place);
            ids.extend(also.get(place).into_iter().flatten());
            let mut outside = self.outside(cell, place);
            outside.extend(never.iter().filter(|(known, _)| *known == place).map(|(_, state)| *state));
            let state = self.state(ids);
            answer = answer.and(match self.ask(state, outside) {
                Answer::No => Answer::Open,
                other => other,
            });
        }
        answer
    }
}

/// The values of a place.
enum Few {
    These(Vec<String>),
    Endless,
    Unknown,
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
