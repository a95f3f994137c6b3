//! What a payload that travels as text may be read as: each scalar as whatever it spells. Ways are numbered, and each is made
//! when it is asked for, since most payloads are taken as they stand.

use serde_json::Value;

use crate::schema::node::Decimal;
use crate::schema::states::Lens;

/// Ways to read one payload that are tried.
const MOST: usize = 81;

/// How many ways there are to read a value.
pub(super) fn ways(value: &Value, lens: Lens) -> usize {
    if lens.text { count(value) } else { 1 }
}

/// The value read in one of its [`ways`]; the first one is the value as it stands.
pub(super) fn reading(value: &Value, lens: Lens, nth: usize) -> Value {
    if lens.text { read(value, nth) } else { value.clone() }
}

fn count(value: &Value) -> usize {
    let product = |all: usize, part: &Value| (all * count(part)).min(MOST);
    match value {
        Value::Array(items) => items.iter().fold(1, product),
        Value::Object(members) => members.values().fold(1, product),
        Value::String(text) => spellings(text).len(),
        Value::Number(_) | Value::Bool(_) => 2,
        Value::Null => 1,
    }
}

/// The last part changes first, as the last digit of a number does.
fn read(value: &Value, nth: usize) -> Value {
    match value {
        Value::Array(items) => Value::Array(parts(items.iter(), nth)),
        Value::Object(members) => members.keys().cloned().zip(parts(members.values(), nth)).collect(),
        Value::String(text) => spellings(text).into_iter().nth(nth).unwrap_or_else(|| value.clone()),
        Value::Number(_) | Value::Bool(_) if nth == 1 => Value::String(value.to_string()),
        Value::Number(_) | Value::Bool(_) | Value::Null => value.clone(),
    }
}

fn parts<'a>(values: impl DoubleEndedIterator<Item = &'a Value>, mut nth: usize) -> Vec<Value> {
    let read_last = |value: &Value| {
        let ways = count(value);
        let part = read(value, nth % ways);
        nth /= ways;
        part
    };
    let mut out: Vec<Value> = values.rev().map(read_last).collect();
    out.reverse();
    out
}

/// A text as it stands, then as the number or the word of JSON that it spells.
fn spellings(text: &str) -> Vec<Value> {
    let number = Decimal::parse(text).and_then(|_| serde_json::from_str(text).ok());
    let word = matches!(text, "true" | "false").then(|| Value::Bool(text == "true"));
    [Some(Value::String(text.to_owned())), number, word].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn all(value: &Value) -> Vec<Value> {
        (0..count(value)).map(|nth| read(value, nth)).collect()
    }

    #[test]
    fn each_scalar_is_read_as_whatever_it_spells() {
        assert_eq!(
            all(&json!({"a": "1", "b": [true, "x"]})),
            [
                json!({"a": "1", "b": [true, "x"]}),
                json!({"a": "1", "b": ["true", "x"]}),
                json!({"a": 1, "b": [true, "x"]}),
                json!({"a": 1, "b": ["true", "x"]}),
            ]
        );
        assert_eq!(all(&json!("false")), [json!("false"), json!(false)]);
        assert_eq!(all(&json!({})), [json!({})]);
    }

    #[test]
    fn of_very_many_ways_the_first_are_tried() {
        let digits = json!(vec!["7"; 4_000]);
        assert_eq!((count(&digits), read(&digits, 0)), (MOST, digits.clone()));
        assert_eq!(read(&digits, 80)[3_999 - 6], json!(7));
    }
}
