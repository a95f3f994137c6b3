//! Local differences of strings and numbers: windows, patterns, formats, multiples.

use super::difference::{Local, What};
use super::engine::Engine;
use crate::contract::{Facet, Grade};
use crate::schema::node::{Answer, Decimal, Limit, Relation, SchemaId, Types, format, round};
use crate::schema::states::Branch;

pub(in crate::schema) fn strings<'c>(engine: &Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, out: &mut Local<'c>) {
    let known: Vec<&str> = sub.patterns.iter().map(|(pattern, _)| *pattern).collect();
    // A pattern may hold a bound that no keyword states: `^[0-9]{5}$` is five characters long.
    let implied = |window: String| !known.is_empty() && engine.space.patterns.within(&known, &window) == Answer::Yes;
    let sizes: Vec<_> = sub.formats.iter().filter_map(|(name, _)| format::lengths(name)).collect();
    let low = sup.min_length.filter(|(n, _)| !implied(format!("^[\\s\\S]{{{n}}}")));
    let low = low.filter(|(n, _)| !sizes.iter().any(|(least, _)| least >= n));
    let high = sup.max_length.filter(|(n, _)| !implied(format!("^[\\s\\S]{{0,{n}}}$")));
    let high = high.filter(|(n, _)| !sizes.iter().any(|(_, most)| most <= n));
    counts(Facet::MinLength, Facet::MaxLength, [sub.min_length, sub.max_length], [low, high], out);
    formats(sub, sup, false, out);
    let counterpart = sub.patterns.first().map(|(_, id)| *id);
    for &(pattern, owner) in &sup.patterns {
        let grade = match engine.space.patterns.within(if known.is_empty() { &[""] } else { &known }, pattern) {
            Answer::Yes => continue,
            Answer::Costly | Answer::Open => Grade::Undecided,
            Answer::No => {
                let mut all = known.clone();
                all.push(pattern);
                let apart = !known.is_empty() && engine.space.patterns.disjoint(&all) == Answer::Yes;
                if apart { Grade::Shape } else { Grade::Value }
            }
        };
        out.lose(What::Of(Facet::Pattern), grade, counterpart, Some(owner));
    }
}

fn formats<'c>(sub: &Branch<'c>, sup: &Branch<'c>, numeric: bool, out: &mut Local<'c>) {
    let is_numeric = |name: &str| {
        matches!(name, "float" | "double")
            || name.strip_prefix('u').unwrap_or(name).strip_prefix("int").is_some_and(|n| n.parse::<u8>().is_ok())
    };
    let relevant = |name: &str| !format::is_hint(name) && (!numeric || is_numeric(name));
    let known: Vec<_> = sub.formats.iter().filter(|(name, _)| relevant(name)).collect();
    for &(name, owner) in sup.formats.iter().filter(|(name, _)| relevant(name)) {
        if numeric && format::integers(name).is_some_and(|window| is_inside(sub, window)) {
            continue;
        }
        let relations = known.iter().map(|(known, _)| format::relate(known, name));
        let best = relations.min_by_key(|relation| match relation {
            Relation::Within => 0,
            Relation::Overlaps => 1,
            Relation::Unknown => 2,
            Relation::Disjoint => 3,
        });
        let grade = match best {
            Some(Relation::Within) => continue,
            Some(Relation::Disjoint) => Grade::Shape,
            Some(Relation::Overlaps) => Grade::Value,
            Some(Relation::Unknown) => Grade::Undecided,
            None if format::is_known(name) => Grade::Value,
            None => Grade::Undecided,
        };
        out.lose(What::Of(Facet::Format), grade, known.first().map(|(_, id)| *id), Some(owner));
    }
}

/// True of numbers whose own bounds keep them within a window.
fn is_inside(branch: &Branch<'_>, (least, most): (Decimal, Decimal)) -> bool {
    let low = branch.minimum.is_some_and(|(limit, _)| limit.value.compare(least).is_ge());
    let whole = !branch.types.meets(Types::FRACTION);
    low && whole && branch.maximum.is_some_and(|(limit, _)| limit.value.compare(most).is_le())
}

/// Counted windows: lengths, items, members. A window that no longer meets the old one was replaced.
pub(in crate::schema) fn counts(
    low: Facet,
    high: Facet,
    sub: [Option<(u64, SchemaId)>; 2],
    sup: [Option<(u64, SchemaId)>; 2],
    out: &mut Local<'_>,
) {
    let least = sub[0].map_or(0, |(n, _)| n);
    let most = sub[1].map(|(n, _)| n);
    if let Some((n, owner)) = sup[0]
        && n > least
    {
        let apart = most.is_some_and(|most| n > most);
        out.lose(What::Of(low), if apart { Grade::Shape } else { Grade::Value }, sub[0].map(|(_, id)| id), Some(owner));
    }
    if let Some((n, owner)) = sup[1]
        && most.is_none_or(|most| n < most)
    {
        let apart = n < least;
        out.lose(
            What::Of(high),
            if apart { Grade::Shape } else { Grade::Value },
            sub[1].map(|(_, id)| id),
            Some(owner),
        );
    }
}

pub(in crate::schema) fn numbers<'c>(sub: &Branch<'c>, sup: &Branch<'c>, out: &mut Local<'c>) {
    let whole = !sub.types.meets(Types::FRACTION) || sub.multiples.iter().any(|(unit, _)| unit.is_whole());
    let wholes = sub.types.meets(Types::INTEGER) && !sup.types.meets(Types::INTEGER);
    if wholes || !whole && !sup.types.meets(Types::FRACTION) {
        out.lose(What::Of(Facet::Type), Grade::Shape, None, None);
    }
    formats(sub, sup, true, out);
    let unit = unit(sub, whole);
    let low = |branch: &Branch<'c>| branch.minimum.map(|(limit, id)| (round(limit, unit, true), id));
    let high = |branch: &Branch<'c>| branch.maximum.map(|(limit, id)| (round(limit, unit, false), id));
    let apart = |low: Option<(Limit, SchemaId)>, high: Option<(Limit, SchemaId)>| {
        low.zip(high).is_some_and(|((low, _), (high, _))| {
            let order = low.value.compare(high.value);
            order.is_gt() || order.is_eq() && (low.exclusive || high.exclusive)
        })
    };
    // A format may hold a bound that no keyword states: int32 ends where it ends.
    let windows: Vec<_> = sub.formats.iter().filter_map(|(name, _)| format::integers(name)).collect();
    let above = |limit: Limit| {
        windows.iter().any(|(least, _)| {
            let order = least.compare(limit.value);
            order.is_gt() || order.is_eq() && !limit.exclusive
        })
    };
    let below = |limit: Limit| {
        windows.iter().any(|(_, most)| {
            let order = most.compare(limit.value);
            order.is_lt() || order.is_eq() && !limit.exclusive
        })
    };
    if let Some((limit, owner)) = low(sup).filter(|(limit, _)| !above(*limit)) {
        let held = low(sub).is_some_and(|(known, _)| {
            let order = known.value.compare(limit.value);
            order.is_gt() || order.is_eq() && (known.exclusive || !limit.exclusive)
        });
        if !held {
            let grade = if apart(low(sup), high(sub)) { Grade::Shape } else { Grade::Value };
            out.lose(What::Of(Facet::Minimum), grade, sub.minimum.map(|(_, id)| id), Some(owner));
        }
    }
    if let Some((limit, owner)) = high(sup).filter(|(limit, _)| !below(*limit)) {
        let held = high(sub).is_some_and(|(known, _)| {
            let order = known.value.compare(limit.value);
            order.is_lt() || order.is_eq() && (known.exclusive || !limit.exclusive)
        });
        if !held {
            let grade = if apart(low(sub), high(sup)) { Grade::Shape } else { Grade::Value };
            out.lose(What::Of(Facet::Maximum), grade, sub.maximum.map(|(_, id)| id), Some(owner));
        }
    }
    for &(unit, owner) in &sup.multiples {
        let one = Decimal::whole(1);
        // Nothing is a multiple of 0, yet the same 0 on both sides is no difference.
        let held = sub.multiples.iter().any(|(known, _)| *known == unit || known.is_multiple_of(unit) == Answer::Yes)
            || whole && one.is_multiple_of(unit) == Answer::Yes;
        if !held {
            let counterpart = sub.multiples.first().map(|(_, id)| *id);
            out.lose(What::Of(Facet::MultipleOf), Grade::Value, counterpart, Some(owner));
        }
    }
}

/// What all numbers of a branch are multiples of.
pub(in crate::schema) fn unit(branch: &Branch<'_>, whole: bool) -> Option<Decimal> {
    match branch.multiples.as_slice() {
        [(unit, _)] if !whole || unit.is_whole() => Some(*unit),
        _ => whole.then(|| Decimal::whole(1)),
    }
}
