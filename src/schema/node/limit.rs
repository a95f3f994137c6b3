//! Bounds of numbers: the tighter of two, and the first multiple of a unit inside one.

use super::decimal::Decimal;

/// A numeric bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::schema) struct Limit {
    /// The number.
    pub value: Decimal,
    /// The number itself is excluded.
    pub exclusive: bool,
}

/// Keeps the tighter lower bound; at the same number the exclusive one.
pub(in crate::schema) fn raise(bound: &mut Option<Limit>, value: Option<Decimal>, exclusive: bool) {
    let Some(value) = value else { return };
    let tighter = bound.is_none_or(|known| match value.compare(known.value) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => exclusive,
        std::cmp::Ordering::Less => false,
    });
    if tighter {
        *bound = Some(Limit { value, exclusive });
    }
}

/// Keeps the tighter upper bound; at the same number the exclusive one.
pub(in crate::schema) fn lower(bound: &mut Option<Limit>, value: Option<Decimal>, exclusive: bool) {
    let Some(value) = value else { return };
    let tighter = bound.is_none_or(|known| match value.compare(known.value) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Equal => exclusive,
        std::cmp::Ordering::Greater => false,
    });
    if tighter {
        *bound = Some(Limit { value, exclusive });
    }
}

/// Among multiples of a unit a bound is the first of them inside it.
pub(in crate::schema) fn round(limit: Limit, unit: Option<Decimal>, low: bool) -> Limit {
    let Some(inner) = unit.and_then(|unit| limit.value.to_multiple(unit, low)) else { return limit };
    let excluded = limit.exclusive && inner == limit.value;
    let next = unit.filter(|_| excluded).and_then(|unit| inner.shifted(unit, low));
    match (excluded, next) {
        (true, None) => limit,
        (_, next) => Limit { value: next.unwrap_or(inner), exclusive: false },
    }
}
