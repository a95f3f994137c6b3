//! JSON values as the texts and types that the engine compares: numbers by value, members sorted.

use serde_json::Value;

use super::super::decimal::Decimal;
use super::super::types::Types;

/// The type of a value; whole numbers are integers, `1.0` included.
pub(super) fn types(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) if Decimal::parse(&number.to_string()).is_none_or(Decimal::is_whole) => Types::INTEGER,
        Value::Number(_) => Types::FRACTION,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}

/// A string's content, else the canonical text.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| canonical(value), str::to_owned)
}

/// The text by which equal values are equal, as [`super::super::literal::canonical`] writes it of a document.
pub(super) fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null | Value::Bool(_) => out.push_str(&value.to_string()),
        Value::Number(number) => {
            let text = number.to_string();
            match Decimal::parse(&text) {
                Some(number) => out.push_str(&number.to_string()),
                None => out.push_str(&text),
            }
        }
        Value::String(text) => {
            out.push('"');
            out.push_str(&text.replace('\\', "\\\\").replace('"', "\\\""));
            out.push('"');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by_key(|(name, _)| name.as_str());
            out.push('{');
            for (name, member) in sorted {
                out.push('"');
                out.push_str(&name.replace('"', "\\\""));
                out.push_str("\":");
                write(member, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

/// A number as JSON; `None` where it does not fit.
pub(super) fn number(value: Decimal) -> Option<Value> {
    serde_json::from_str(&value.to_string()).ok()
}
