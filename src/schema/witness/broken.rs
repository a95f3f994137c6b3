//! Which keywords of a branch a value breaks: a witness for one of them should break that one, and best no other.

use serde_json::Value;

use super::text;
use crate::contract::Facet;
use crate::schema::inclusion::Engine;
use crate::schema::node::{Answer, Decimal, format};
use crate::schema::states::Branch;

/// Facets that speak of the value itself, not of its parts.
pub(super) fn is_own(facet: Facet) -> bool {
    matches!(
        facet,
        Facet::Minimum
            | Facet::Maximum
            | Facet::MultipleOf
            | Facet::MinLength
            | Facet::MaxLength
            | Facet::Pattern
            | Facet::Format
            | Facet::MinItems
            | Facet::MaxItems
            | Facet::UniqueItems
            | Facet::MinProperties
            | Facet::MaxProperties
            | Facet::Enum
    )
}

/// The facets of a branch that a value breaks.
pub(super) fn broken(engine: &Engine<'_>, branch: &Branch<'_>, value: &Value) -> Vec<Facet> {
    let mut out = Vec::new();
    let mut note = |facet: Facet, breaks: bool| out.extend(breaks.then_some(facet));
    if let Some((values, _)) = &branch.literals {
        note(Facet::Enum, !values.contains_key(text::canonical(value).as_str()));
    }
    match value {
        Value::Number(number) => {
            let Some(number) = Decimal::parse(&number.to_string()) else { return out };
            let (below, above) = branch.is_beyond(number);
            note(Facet::Minimum, below);
            note(Facet::Maximum, above);
            note(
                Facet::MultipleOf,
                branch.multiples.iter().any(|(unit, _)| number.is_multiple_of(*unit) == Answer::No),
            );
            let outside =
                |name: &str| format::window(name).is_some_and(|window| !super::accepts::is_within(&window, value));
            note(Facet::Format, branch.formats.iter().any(|(name, _)| outside(name)));
        }
        Value::String(text) => {
            count(
                text.chars().count(),
                branch.min_length,
                branch.max_length,
                (Facet::MinLength, Facet::MaxLength),
                &mut note,
            );
            let misses = |pattern: &str| engine.space.patterns.matches(pattern, text) == Answer::No;
            note(Facet::Pattern, branch.patterns.iter().any(|(pattern, _)| misses(pattern)));
            note(Facet::Format, branch.formats.iter().any(|(name, _)| format::admits(name, text) == Answer::No));
        }
        Value::Array(items) => {
            count(items.len(), branch.min_items, branch.max_items, (Facet::MinItems, Facet::MaxItems), &mut note);
            let twice = |ix: usize| items[..ix].contains(&items[ix]);
            note(Facet::UniqueItems, branch.unique.is_some() && (1..items.len()).any(twice));
        }
        Value::Object(members) => {
            let facets = (Facet::MinProperties, Facet::MaxProperties);
            count(members.len(), branch.min_properties, branch.max_properties, facets, &mut note);
        }
        Value::Null | Value::Bool(_) => {}
    }
    out
}

fn count<T>(
    count: usize,
    low: Option<(u64, T)>,
    high: Option<(u64, T)>,
    (least, most): (Facet, Facet),
    note: &mut impl FnMut(Facet, bool),
) {
    let count = count as u64;
    note(least, low.is_some_and(|(low, _)| count < low));
    note(most, high.is_some_and(|(high, _)| count > high));
}
