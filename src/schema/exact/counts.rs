//! Arrays that must hold some number of items of a kind (`contains`).

use super::Search;
use super::cell::{Cell, Cuts};
use crate::schema::node::{Answer, Contains, SchemaId};
use crate::schema::states::StateId;

impl<'c> Search<'_, 'c> {
    /// The cells of the arrays that hold too few or too many of a kind.
    pub(super) fn count_cuts(&mut self, cell: &Cell<'c>, counted: Contains, id: SchemaId, out: &mut Cuts<'c>) {
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

    /// True if more of one kind are asked for than of another that holds them all.
    pub(super) fn contradicts(&mut self, cell: &Cell<'c>) -> bool {
        let counts: Vec<Contains> = cell.branch.contains.iter().map(|(counted, _)| *counted).collect();
        counts.iter().any(|many| {
            counts.iter().any(|few| {
                let (one, other) = (self.state(vec![many.schema]), self.state(vec![few.schema]));
                few.most.is_some_and(|most| many.least > most) && self.ask(one, vec![other]) == Answer::No
            })
        })
    }

    /// Whether places can be chosen for the items that are counted.
    pub(super) fn counts_hold(&mut self, cell: &Cell<'c>, low: u64, high: u64) -> Answer {
        let mut length = low;
        let mut also: Vec<Vec<SchemaId>> = Vec::new();
        let mut never: Vec<(usize, StateId)> = Vec::new();
        let mut own: Vec<Vec<usize>> = Vec::new();
        for (counted, _) in &cell.branch.contains {
            if counted.least > high.min(64) {
                return if counted.least > high { Answer::No } else { Answer::Costly };
            }
            let (mut found, mut place, mut possible) = (0, 0, false);
            let mut chosen = Vec::new();
            let end = cell.tuple.max(usize::try_from(length).unwrap_or(0).min(80)) + 64 + 1;
            while found < counted.least && place < end && (place as u64) < high {
                also.resize(also.len().max(place + 1), Vec::new());
                let mut ids = cell.branch.items_at(place);
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
            own.push(chosen);
        }
        // As many places as a count allows may hold what is counted: first those chosen for it, then those for others.
        let counts: Vec<Contains> = cell.branch.contains.iter().map(|(counted, _)| *counted).collect();
        let places = usize::try_from(length).unwrap_or(usize::MAX).min(cell.tuple + 160);
        for (counted, chosen) in counts.iter().zip(own) {
            let Some(most) = counted.most else { continue };
            let others = (0..places)
                .filter(|place| !chosen.contains(place) && also.get(*place).is_some_and(|list| !list.is_empty()));
            let spare = usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(chosen.len());
            let free: Vec<usize> = chosen.iter().copied().chain(others.take(spare)).collect();
            let state = self.state(vec![counted.schema]);
            never.extend((0..places).filter(|place| !free.contains(place)).map(|place| (place, state)));
        }
        // The places not chosen must not raise a count that has an upper bound.
        let mut answer = Answer::Yes;
        for place in 0..usize::try_from(length).unwrap_or(usize::MAX).min(cell.tuple + 160) {
            let mut ids = cell.branch.items_at(place);
            ids.extend(also.get(place).into_iter().flatten());
            let mut outside = self.outside(cell, place);
            outside.extend(never.iter().filter(|(known, _)| *known == place).map(|(_, state)| *state));
            let state = self.state(ids);
            answer = answer.and(match self.ask(state, outside) {
                Answer::No => Answer::Open,
                held @ (Answer::Costly | Answer::Open | Answer::Yes) => held,
            });
        }
        answer
    }
}
