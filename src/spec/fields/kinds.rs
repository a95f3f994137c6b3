//! Values of a kind that their field does not take.

use super::super::arena::{File, Kind, NodeIx};
use super::row::Holds;

/// What belongs in a place, and what stands there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Fault {
    pub(super) wanted: &'static str,
    pub(super) found: &'static str,
    /// True of a list whose item is meant.
    pub(super) item: bool,
}

/// The node that is not what its field takes, if any: the value itself, or an item of it.
pub(super) fn fault(file: &File, node: NodeIx, holds: Holds) -> Option<(NodeIx, Fault)> {
    let kind = file.kind(node);
    let found = named(file, node);
    let wrong = |wanted| Some((node, Fault { wanted, found, item: false }));
    match holds {
        Holds::Prose | Holds::Any | Holds::Types => None,
        Holds::Text | Holds::Dialect if kind == Kind::String => None,
        Holds::Text | Holds::Dialect => wrong("a text"),
        Holds::Flag if matches!(kind, Kind::True | Kind::False) => None,
        Holds::Flag => wrong("`true` or `false`"),
        Holds::Number if kind == Kind::Number => None,
        Holds::Number => wrong("a number"),
        Holds::Bound if matches!(kind, Kind::Number | Kind::True | Kind::False) => None,
        Holds::Bound => wrong("a number"),
        Holds::Count if kind == Kind::Number && is_count(file.text(node)) => None,
        Holds::Count => wrong("a whole number from 0 on"),
        Holds::Texts | Holds::Required if kind == Kind::Array => {
            let other = file.children(node).find(|&item| file.kind(item) != Kind::String)?;
            Some((other, Fault { wanted: "a text", found: named(file, other), item: true }))
        }
        Holds::Values if kind == Kind::Array => None,
        Holds::Texts | Holds::Values => wrong("a list"),
        // What else stands there is told as a place that cannot be read.
        Holds::Required if matches!(kind, Kind::True | Kind::False) => {
            wrong("the list of required members, at the object that has them")
        }
        Holds::Required => None,
        Holds::One(object) | Holds::List(object) | Holds::Map(object) | Holds::Both(object)
            if object.is_looked_for() =>
        {
            None
        }
        // Some writers spell an empty map as an empty list.
        Holds::One(_) | Holds::Map(_) | Holds::Words if kind == Kind::Object || is_empty_list(file, node) => None,
        Holds::One(_) | Holds::Map(_) | Holds::Words => wrong("an object"),
        Holds::List(_) if kind == Kind::Array => None,
        Holds::List(_) => wrong("a list"),
        Holds::Both(_) if matches!(kind, Kind::Array | Kind::Object) => None,
        Holds::Both(_) => wrong("an object"),
    }
}

fn is_empty_list(file: &File, node: NodeIx) -> bool {
    file.kind(node) == Kind::Array && file.children(node).next().is_none()
}

/// What stands at a node, in words.
fn named(file: &File, node: NodeIx) -> &'static str {
    match file.kind(node) {
        Kind::Null => "nothing",
        Kind::False | Kind::True => "a boolean",
        Kind::Number if file.text(node).starts_with('-') => "a negative number",
        Kind::Number => "a number",
        Kind::String => "a text",
        Kind::Array => "a list",
        Kind::Object => "an object",
    }
}

/// True of a number that may count something: whole and not negative, however it is spelt.
fn is_count(text: &str) -> bool {
    let exponent = text.contains(['e', 'E']);
    let fraction = text.split_once('.').is_some_and(|(_, digits)| digits.contains(|digit: char| digit != '0'));
    !text.starts_with('-') && (exponent || !fraction)
}
