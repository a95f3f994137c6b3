//! Numbers covered by several branches together: `0..=4` and `5..=10` are all whole numbers of `0..=10`.

use std::cmp::Ordering;

use super::values::unit;
use crate::schema::node::{Limit, Types, round};
use crate::schema::states::{Branch, Expansion};

type Bound = Option<Limit>;

/// True if the intervals of the sup side cover the interval of a sub branch without a gap.
pub(in crate::schema) fn cover(branch: &Branch<'_>, sups: &Expansion<'_>) -> bool {
    let whole = !branch.types.meets(Types::FRACTION);
    let unit = unit(branch, whole);
    let interval = |branch: &Branch<'_>| -> (Bound, Bound) {
        let low = branch.minimum.map(|(limit, _)| round(limit, unit, true));
        (low, branch.maximum.map(|(limit, _)| round(limit, unit, false)))
    };
    let plain = |sup: &&Branch<'_>| {
        sup.types.meets(Types::INTEGER)
            && (whole || sup.types.meets(Types::FRACTION))
            && sup.literals.is_none()
            && sup.denied.is_empty()
            && sup.multiples.is_empty()
            && sup.formats.is_empty()
            && sup.opaque.is_empty()
            && sup.excluded.is_empty()
            && sup.holes.is_empty()
    };
    let mut open: Vec<(Bound, Bound)> = sups.branches.iter().filter(plain).map(interval).collect();
    let (mut reached, goal) = interval(branch);
    // `reached` is where the uncovered rest begins: a lower bound like any other.
    loop {
        let Some(next) = open.iter().position(|(low, _)| begins_by(*low, reached)) else { return false };
        let (_, high) = open.swap_remove(next);
        let Some(high) = high else { return true };
        if goal.is_some_and(|goal| ends_by(goal, high)) {
            return true;
        }
        let next = unit.filter(|_| !high.exclusive).and_then(|unit| high.value.shifted(unit, true));
        let rest = match next {
            Some(value) => Limit { value, exclusive: false },
            None => Limit { value: high.value, exclusive: !high.exclusive },
        };
        if reached.is_none_or(|known| later(rest, known)) {
            reached = Some(rest);
        }
    }
}

fn later(a: Limit, b: Limit) -> bool {
    match a.value.compare(b.value) {
        Ordering::Greater => true,
        Ordering::Equal => a.exclusive && !b.exclusive,
        Ordering::Less => false,
    }
}

/// True if an interval with this lower bound contains what begins at the other.
fn begins_by(low: Bound, start: Bound) -> bool {
    match (low, start) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(low), Some(start)) => match low.value.compare(start.value) {
            Ordering::Less => true,
            Ordering::Equal => start.exclusive || !low.exclusive,
            Ordering::Greater => false,
        },
    }
}

/// True if what ends at `goal` is over by `high`.
fn ends_by(goal: Limit, high: Limit) -> bool {
    match goal.value.compare(high.value) {
        Ordering::Less => true,
        Ordering::Equal => goal.exclusive || !high.exclusive,
        Ordering::Greater => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::node::Decimal;

    #[test]
    fn a_bound_begins_by_another() {
        let at = |n, exclusive| Some(Limit { value: Decimal::whole(n), exclusive });
        assert!(begins_by(None, at(0, false)));
        assert!(begins_by(at(0, false), at(0, true)));
        assert!(!begins_by(at(0, true), at(0, false)));
        assert!(!begins_by(at(0, false), None));
    }
}
