//! Schemas that admit nothing as they are written: lists without a value, bounds that cross.
//!
//! Only what a node says itself is looked at; the engine finds what several say together.

use super::super::arena::{File, Kind, NodeIx};
use super::super::key::Key;
use super::super::types::{self, Name};
use super::kinds::fault;
use super::row::Holds;

/// Why a schema admits nothing, and the keyword by which it does.
pub(super) fn nothing(file: &File, node: NodeIx) -> Option<(NodeIx, &'static str)> {
    let union = [Key::ENUM, Key::ANY_OF, Key::ONE_OF].into_iter().find_map(|key| {
        let list = file.get(node, key)?;
        let empty = file.kind(list) == Kind::Array && file.children(list).next().is_none();
        (empty && !is_nullable(file, node)).then_some((list, "an empty list of alternatives"))
    });
    union.or_else(|| bounds(file, node, types_of(file, node)?.as_slice()))
}

/// The types that a schema names; `None` where it names none, or one that nobody knows.
fn types_of(file: &File, node: NodeIx) -> Option<Vec<&'static str>> {
    let at = file.get(node, Key::TYPE)?;
    let nodes: Vec<NodeIx> = if file.kind(at) == Kind::Array { file.children(at).collect() } else { vec![at] };
    let mut out: Vec<&'static str> = Vec::new();
    for node in nodes {
        let name = match types::name(file, node) {
            Name::Exact("file") | Name::Meant("any") | Name::Unknown => return None,
            Name::Exact(name) | Name::Meant(name) => name,
            Name::Unquoted => "null",
        };
        if !out.contains(&name) {
            out.push(name);
        }
    }
    if is_nullable(file, node) {
        out.push("null");
    }
    Some(out)
}

fn is_nullable(file: &File, node: NodeIx) -> bool {
    [Key::NULLABLE, Key::X_NULLABLE]
        .iter()
        .any(|&key| file.get(node, key).is_some_and(|on| file.kind(on) == Kind::True))
}

/// Pairs of bounds, with the types whose values they bound.
const BOUNDS: [(Key, Key, &[&str]); 4] = [
    (Key::MINIMUM, Key::MAXIMUM, &["number", "integer"]),
    (Key::MIN_LENGTH, Key::MAX_LENGTH, &["string"]),
    (Key::MIN_ITEMS, Key::MAX_ITEMS, &["array"]),
    (Key::MIN_PROPERTIES, Key::MAX_PROPERTIES, &["object"]),
];

/// A lower bound above the upper one, where no other type is left.
fn bounds(file: &File, node: NodeIx, types: &[&str]) -> Option<(NodeIx, &'static str)> {
    let number = |key| {
        let holds = if matches!(key, Key::MINIMUM | Key::MAXIMUM) { Holds::Number } else { Holds::Count };
        let at = file.get(node, key).filter(|&at| fault(file, at, holds).is_none())?;
        Some((at, file.text(at).parse::<f64>().ok().filter(|number| number.is_finite())?))
    };
    BOUNDS.into_iter().find_map(|(low, high, of)| {
        let ((at, low), (_, high)) = (number(low)?, number(high)?);
        let alone = !types.is_empty() && types.iter().all(|name| of.contains(name));
        (alone && low > high).then_some((at, "bounds that cross"))
    })
}
