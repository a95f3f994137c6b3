//! Numbers: windows, units, holes.

use std::rc::Rc;

use super::Search;
use super::cell::{Cell, Cuts};
use crate::schema::node::{
    Answer, Decimal, Instance, Limit, Literals, Relation, SchemaId, Types, format, lower, raise, round,
};
use crate::schema::states::{Branch, Owned, has_format};

/// Numbers of a window that are tried one by one.
const TRIED: usize = 600;

/// The cells of the numbers that a branch refuses, one for each of its constraints.
pub(super) fn cuts<'c>(cell: &Cell<'c>, bar: &Branch<'c>) -> Cuts<'c> {
    let mut out = Cuts::default();
    for types in [Types::INTEGER, Types::FRACTION] {
        if cell.branch.types.meets(types) && !bar.types.meets(types) {
            out.add(cell, |cut| cut.branch.types = types);
        }
    }
    values(cell, bar, &mut out);
    let mut below = |limit: Limit, id: SchemaId| {
        out.add(cell, |cut| bound(&mut cut.branch.maximum, limit, id, lower));
    };
    if let Some((limit, id)) = bar.minimum {
        below(limit, id);
    }
    let windows: Vec<_> = bar.formats.iter().filter_map(|(name, id)| Some((format::integers(name)?, *id))).collect();
    for &((low, _), id) in &windows {
        below(Limit { value: low, exclusive: false }, id);
    }
    let mut above = |limit: Limit, id: SchemaId| {
        out.add(cell, |cut| bound(&mut cut.branch.minimum, limit, id, raise));
    };
    if let Some((limit, id)) = bar.maximum {
        above(limit, id);
    }
    for &((_, high), id) in &windows {
        above(Limit { value: high, exclusive: false }, id);
    }
    for &(unit, _) in &bar.multiples {
        out.add(cell, |cut| cut.not_multiples.push(unit));
    }
    for &(name, _) in bar.formats.iter().filter(|(name, _)| matches!(*name, "float" | "double")) {
        if !cell.branch.formats.iter().any(|(known, _)| format::relate(known, name) == Relation::Within) {
            out.add(cell, |cut| cut.not_formats.push(name));
        }
    }
    out
}

/// What lies beyond a limit.
fn bound(
    known: &mut Option<Owned<Limit>>,
    limit: Limit,
    id: SchemaId,
    keep: fn(&mut Option<Limit>, Option<Decimal>, bool),
) {
    let mut after = known.map(|(limit, _)| limit);
    keep(&mut after, Some(limit.value), !limit.exclusive);
    *known = after.map(|limit| (limit, id));
}

/// Enumerated values of a branch: to be outside is to be none of them; to be outside a denial is to be one.
pub(super) fn values<'c>(cell: &Cell<'c>, bar: &Branch<'c>, out: &mut Cuts<'c>) {
    if let Some(known) = &bar.literals {
        out.add(cell, |cut| cut.branch.denied.push(known.clone()));
    }
    for (denied, id) in &bar.denied {
        let of_class: Literals = denied
            .iter()
            .filter(|(_, value)| value.types.meets(cell.class))
            .map(|(text, value)| (text.clone(), value.clone()))
            .collect();
        if !of_class.is_empty() {
            out.add(cell, |cut| {
                let both = match &cut.branch.literals {
                    Some((known, _)) => of_class.into_iter().filter(|(text, _)| known.contains_key(text)).collect(),
                    None => of_class,
                };
                cut.branch.literals = Some((Rc::new(both), *id));
            });
        }
    }
}

impl<'c> Search<'_, 'c> {
    /// Whether a cell of numbers holds any.
    pub(super) fn holds_number(&mut self, cell: &Cell<'c>) -> Answer {
        let branch = &cell.branch;
        if !cell.not_formats.is_empty() {
            let free = branch.minimum.is_none() && branch.maximum.is_none() && branch.formats.is_empty();
            return if free { Answer::Yes } else { Answer::Costly };
        }
        let mut low = branch.minimum.map(|(limit, _)| limit);
        let mut high = branch.maximum.map(|(limit, _)| limit);
        for (least, most) in branch.formats.iter().filter_map(|(name, _)| format::integers(name)) {
            raise(&mut low, Some(least), false);
            lower(&mut high, Some(most), false);
        }
        let whole = !branch.types.meets(Types::FRACTION);
        if !branch.types.meets(Types::INTEGER) && branch.multiples.iter().any(|(unit, _)| unit.is_whole()) {
            return Answer::No;
        }
        let units = branch.multiples.iter().map(|(unit, _)| *unit).chain(whole.then(|| Decimal::whole(1)));
        let mut unit: Option<Decimal> = None;
        for next in units {
            unit = match unit {
                None => Some(next),
                Some(known) => match known.common_multiple(next) {
                    Some(both) => Some(both),
                    None => return Answer::Costly,
                },
            };
        }
        match unit {
            Some(unit) => self.holds_multiple(cell, low, high, unit),
            None => self.holds_real(cell, low, high),
        }
    }

    /// Any number between two bounds: there are more than units and denials can take away.
    fn holds_real(&mut self, cell: &Cell<'c>, low: Option<Limit>, high: Option<Limit>) -> Answer {
        let (Some(low), Some(high)) = (low, high) else { return Answer::Yes };
        match low.value.compare(high.value) {
            std::cmp::Ordering::Less => Answer::Yes,
            std::cmp::Ordering::Equal if !low.exclusive && !high.exclusive => self.holds_this(cell, low.value),
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => Answer::No,
        }
    }

    /// Multiples of a unit between two bounds, tried one by one from a bound, or from 0 both ways.
    fn holds_multiple(&mut self, cell: &Cell<'c>, low: Option<Limit>, high: Option<Limit>, unit: Decimal) -> Answer {
        let low = low.map(|limit| round(limit, Some(unit), true));
        let high = high.map(|limit| round(limit, Some(unit), false));
        let within = |number: Decimal| {
            low.is_none_or(|low| number.compare(low.value).is_ge())
                && high.is_none_or(|high| number.compare(high.value).is_le())
        };
        let up = low.is_some() || high.is_none();
        let start = low.or(high).map_or(Decimal::whole(0), |limit| limit.value);
        let mut answer = Answer::No;
        let mut next = Some(start);
        for _ in 0..TRIED {
            let Some(number) = next else { return Answer::Costly };
            if !within(number) {
                return answer;
            }
            answer = answer.or(self.holds_this(cell, number));
            if answer == Answer::Yes {
                return answer;
            }
            next = number.shifted(unit, up);
        }
        // What repeats has repeated by now, and denials are few.
        let denied: usize = cell.branch.denied.iter().map(|(values, _)| values.len()).sum();
        let mut period = Some(unit);
        for &hole in &cell.not_multiples {
            period = period.and_then(|period| period.common_multiple(hole));
        }
        let steps = period.and_then(|period| period.count_of(unit));
        let over = steps.is_some_and(|steps| steps.saturating_mul(denied as u128 + 2) <= TRIED as u128);
        if over { answer } else { answer.or(Answer::Costly) }
    }

    fn holds_this(&mut self, cell: &Cell<'c>, number: Decimal) -> Answer {
        self.holds(cell, &Instance::Number(number.to_string()))
    }

    /// Whether a scalar cell holds one given value.
    pub(super) fn holds(&mut self, cell: &Cell<'c>, value: &Instance) -> Answer {
        let mut answer = self.takes(&cell.branch, value);
        match value {
            Instance::Number(text) => {
                for unit in &cell.not_multiples {
                    let number = Decimal::parse(text);
                    answer = answer.and(number.map_or(Answer::Open, |number| number.is_multiple_of(*unit)).not());
                }
                if !cell.not_formats.is_empty() {
                    answer = answer.and(Answer::Costly);
                }
            }
            Instance::Text(text) => {
                for pattern in &cell.not_patterns {
                    answer = answer.and(self.space.patterns.matches(pattern, text).not());
                }
                for name in &cell.not_formats {
                    answer = answer.and(has_format(name, text).not());
                }
            }
            Instance::Null | Instance::Bool(_) | Instance::List(_) | Instance::Map(_) => {}
        }
        answer
    }
}
