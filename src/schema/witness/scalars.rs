//! Values without parts: real ones that the documents show, and made ones at the edges of what a branch says.

use serde_json::Value;

use super::maker::REAL;
use super::text;
use crate::schema::inclusion::Engine;
use crate::schema::node::{Answer, Decimal, Instance, SchemaId, Types, format};
use crate::schema::states::Branch;
use crate::spec::{Key, Kind};

/// The longest text that is made.
const LONG: u64 = 100_000;
/// A real value longer than this is no small example.
const SHORT: usize = 80;
/// So many of a list of examples are tried.
const EXAMPLES: usize = 8;

/// Real values of some nodes: `example`, the first few of `examples`, `default`; scalars only.
pub(super) fn real(engine: &Engine<'_>, nodes: &[SchemaId]) -> Vec<Value> {
    let mut out = Vec::new();
    for (which, at) in nodes.iter().filter_map(|&id| engine.space.nodes.loc(id)) {
        let document = &engine.space.nodes.contract(which).document;
        for (key, value) in REAL.iter().filter_map(|&key| Some((key, document.get(at, key)?))) {
            let listed = key == Key::EXAMPLES && document.kind(value) == Kind::Array;
            let values: Vec<_> = if listed { document.children(value).take(EXAMPLES).collect() } else { vec![value] };
            for value in values {
                match document.kind(value) {
                    Kind::Object | Kind::Array | Kind::Null => {}
                    _ if document.text(value).len() > SHORT => {}
                    Kind::String | Kind::Number | Kind::True | Kind::False => {
                        out.push(document.file(value.file).value(value.node));
                    }
                }
            }
        }
    }
    out
}

/// The enumerated values of a class, in the order of the document.
pub(super) fn literals(branch: &Branch<'_>, class: Types) -> Vec<Value> {
    let Some((values, _)) = &branch.literals else { return Vec::new() };
    values
        .iter()
        .filter(|(_, value)| value.types.meets(class))
        .filter_map(|(canonical, _)| Instance::parse(canonical)?.json())
        .take(16)
        .collect()
}

/// The numbers nearest to what a branch takes that it refuses, in steps of another branch: whole ones first.
pub(super) fn beyond(branch: &Branch<'_>, other: &Branch<'_>) -> Vec<Value> {
    let one = Decimal::whole(1);
    let step = other.multiples.first().map_or(one, |(unit, _)| *unit);
    let mut out = Vec::new();
    for (limit, up) in [(branch.maximum, true), (branch.minimum, false)] {
        let Some((limit, _)) = limit else { continue };
        out.extend(limit.exclusive.then_some(limit.value));
        let next = limit.value.to_multiple(step, up);
        out.extend(next);
        out.extend(next.and_then(|next| next.shifted(step, up)));
    }
    for (unit, _) in &branch.multiples {
        out.extend([true, false].into_iter().filter_map(|up| unit.shifted(step, up)));
        // Of a unit below one each whole number may be a multiple: one more digit is none.
        let text = unit.to_string();
        out.extend(Decimal::parse(&if text.contains('.') { format!("{text}5") } else { format!("{text}.5") }));
    }
    out.into_iter().filter_map(text::number).collect()
}

/// Numbers at and beside the edges of a branch, plain ones first.
pub(super) fn numbers(branch: &Branch<'_>) -> Vec<Value> {
    let one = Decimal::whole(1);
    let unit = branch.multiples.first().map_or(one, |(unit, _)| *unit);
    let mut out = vec![one, Decimal::whole(0)];
    for limit in branch.minimum.iter().chain(&branch.maximum).map(|(limit, _)| limit.value) {
        let around = [true, false].into_iter().flat_map(|up| [limit.to_multiple(unit, up), limit.shifted(unit, up)]);
        out.push(limit);
        out.extend(around.flatten());
        out.extend([limit.shifted(one, true), limit.shifted(one, false)].into_iter().flatten());
        for half in ["0.5", "0.000001"] {
            let half = Decimal::parse(half);
            out.extend(half.and_then(|half| limit.shifted(half, true)));
            out.extend(half.and_then(|half| limit.shifted(half, false)));
        }
    }
    for (low, high) in branch.formats.iter().filter_map(|(name, _)| format::window(name)) {
        for (edge, up) in [(&low, false), (&high, true)] {
            let edge = Decimal::parse(&edge.to_string());
            out.extend(edge);
            out.extend(edge.and_then(|edge| edge.shifted(one, up)));
        }
    }
    out.extend(branch.multiples.iter().map(|(unit, _)| *unit));
    if let [(a, _), (b, _)] = branch.multiples.as_slice() {
        // A common multiple, found by counting: units are small.
        let mut next = Some(*a);
        for _ in 0..64 {
            next = next.and_then(|n| n.shifted(*a, true));
            out.extend(next.filter(|n| n.is_multiple_of(*b) == Answer::Yes));
        }
    }
    out.extend(
        ["-1", "0.5", "2147483648", "-2147483649", "9007199254740993", "1e39"].iter().filter_map(|n| Decimal::parse(n)),
    );
    let mut values: Vec<Value> = Vec::new();
    for value in out.into_iter().filter_map(text::number) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Texts of a branch.
pub(super) fn strings(engine: &Engine<'_>, branch: &Branch<'_>) -> Vec<Value> {
    let low = branch.min_length.map_or(0, |(n, _)| n);
    let high = branch.max_length.map(|(n, _)| n);
    if low > LONG {
        return Vec::new();
    }
    let mut out: Vec<String> =
        branch.formats.iter().filter_map(|(name, _)| format::sample(name)).map(str::to_owned).collect();
    if branch.patterns.is_empty() {
        out.extend(of_length(low.max(4).min(high.unwrap_or(u64::MAX))));
        out.extend(of_length(low));
    } else {
        let patterns: Vec<&str> = branch.patterns.iter().map(|(pattern, _)| *pattern).collect();
        let window = (low, high.filter(|&high| high < 512));
        out.extend(engine.space.patterns.examples(&patterns, None, window));
    }
    out.into_iter().map(Value::String).collect()
}

/// A plain text of a length in characters; `None` where it would be too long to make.
pub(super) fn of_length(length: u64) -> Option<String> {
    match usize::try_from(length).ok().filter(|_| length <= LONG)? {
        4 => Some("text".to_owned()),
        length => Some("a".repeat(length)),
    }
}

/// Values like another one and unlike it.
pub(super) fn variants(value: &Value, number: usize) -> Vec<Value> {
    match value {
        Value::String(text) => {
            let chars: Vec<char> = text.chars().collect();
            let letter = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
            let swapped = chars.split_last().map(|(_, rest)| rest.iter().chain([&letter]).collect::<String>());
            [Some(format!("{text}{number}")), swapped].into_iter().flatten().map(Value::String).collect()
        }
        Value::Number(n) => {
            let base = Decimal::parse(&n.to_string());
            let step = Decimal::whole(i128::try_from(number).unwrap_or(0) + 1);
            let moved = [true, false].into_iter().filter_map(|up| base?.shifted(step, up));
            moved.filter_map(text::number).collect()
        }
        Value::Bool(b) => vec![(!b).into()],
        Value::Null | Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}
