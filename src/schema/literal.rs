//! JSON values of a schema (`enum`, `const`) in a canonical text, so that equal values compare equal: members sorted,
//! numbers by value (JSON Schema 2020-12, Core 4.2.2: 1 and 1.0 are the same).

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::decimal::Decimal;
use super::types::Types;
use crate::spec::{Document, Kind, Loc};

/// One value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Literal {
    /// Its type; whole numbers are integers.
    pub types: Types,
    /// A string's content, else the canonical text.
    pub plain: Box<str>,
    /// Where it stands.
    pub at: Loc,
}

/// Values by canonical text, in document order.
pub type Literals = IndexMap<Box<str>, Literal, FxBuildHasher>;

/// Adds a value to a set of values.
pub fn add(document: &Document, at: Loc, out: &mut Literals) {
    let mut text = String::new();
    canonical(document, at, &mut text);
    let types = match document.kind(at) {
        Kind::Null => Types::NULL,
        Kind::False | Kind::True => Types::BOOLEAN,
        Kind::Number if Decimal::parse(document.text(at)).is_none_or(Decimal::is_whole) => Types::INTEGER,
        Kind::Number => Types::FRACTION,
        Kind::String => Types::STRING,
        Kind::Array => Types::ARRAY,
        Kind::Object => Types::OBJECT,
    };
    let plain = if types == Types::STRING { Box::from(document.text(at)) } else { text.clone().into_boxed_str() };
    out.entry(text.into_boxed_str()).or_insert(Literal { types, plain, at });
}

/// A string in a canonical text.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes the canonical text of a value; depth is bounded by the reader's limit on nesting.
pub fn canonical(document: &Document, at: Loc, out: &mut String) {
    match document.kind(at) {
        Kind::Null => out.push_str("null"),
        Kind::False => out.push_str("false"),
        Kind::True => out.push_str("true"),
        Kind::Number => {
            let text = document.text(at);
            match Decimal::parse(text) {
                Some(number) => out.push_str(&number.to_string()),
                None => out.push_str(text),
            }
        }
        Kind::String => {
            out.push_str(&quoted(document.text(at)));
        }
        Kind::Array => {
            out.push('[');
            for child in document.children(at) {
                canonical(document, child, out);
                out.push(',');
            }
            out.push(']');
        }
        Kind::Object => {
            let mut members: Vec<(&str, Loc)> = document.members(at).collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (name, child) in members {
                out.push_str(&quoted(name));
                out.push(':');
                canonical(document, child, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}
