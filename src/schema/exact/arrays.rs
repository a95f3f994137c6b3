//! Arrays: how long they may be, and what their items may be.

use std::collections::BTreeSet;

use super::Search;
use super::cell::{Cell, Cuts};
use crate::schema::node::Answer;
use crate::schema::states::Branch;

/// Places of a tuple that are told apart.
const PLACES: usize = 24;

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
            let asked = bar.items_at(place);
            if asked.is_empty() {
                continue;
            }
            let (state, other) = (self.state(cell.branch.items_at(place)), self.state(asked));
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
            let counts = self.counts_hold(cell, low, high);
            // Whether items are equal is not followed into what is counted.
            let asked: u64 = branch.contains.iter().map(|(counted, _)| counted.least).fold(0, u64::saturating_add);
            let several = cell.repeats || branch.unique.is_some() && low.max(asked) > 1;
            return answer.and(if several { counts.unsure() } else { counts });
        }
        if cell.repeats {
            return self.repeat_holds(cell, high);
        }
        if branch.unique.is_some() && low > 1 { answer.and(self.distinct(cell, low)) } else { answer }
    }

    /// The states that do not take the item at a place; of what is counted to 0 there is none anywhere.
    pub(super) fn outside(&mut self, cell: &Cell<'c>, place: usize) -> Vec<crate::schema::states::StateId> {
        let none = cell.branch.contains.iter().filter(|(counted, _)| counted.most == Some(0));
        let none: Vec<crate::schema::states::StateId> =
            none.map(|(counted, _)| self.state(vec![counted.schema])).collect();
        cell.items.get(&place).into_iter().flatten().chain(&cell.every).copied().chain(none).collect()
    }

    fn item_holds(&mut self, cell: &Cell<'c>, place: usize) -> Answer {
        let state = self.state(cell.branch.items_at(place));
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
                let both = cell.branch.items_at(one).into_iter().chain(cell.branch.items_at(two)).collect();
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
}
