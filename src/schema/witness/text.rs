//! JSON values as the texts and types that the engine compares: numbers by value, members sorted.

use serde_json::Value;

use crate::schema::node::{Decimal, Instance, Types};

/// How long a value is as JSON, in bytes, about.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
        Value::String(text) => 8 + text.len(),
        Value::Array(items) => 8 + items.iter().map(weight).sum::<usize>(),
        Value::Object(members) => 8 + members.iter().map(|(name, member)| name.len() + weight(member)).sum::<usize>(),
    }
}

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

/// The text by which equal values are equal.
pub(super) fn canonical(value: &Value) -> String {
    Instance::from(value).text()
}

/// A number as JSON; `None` where it does not fit.
pub(super) fn number(value: Decimal) -> Option<Value> {
    serde_json::from_str(&value.to_string()).ok()
}
