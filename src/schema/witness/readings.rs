//! What a payload that travels as text may be read as: each scalar as whatever it spells. Ways are numbered, and each is made
//! when it is asked for, since most payloads are taken as they stand.

use serde_json::{Value, json};

use super::text::plain;
use crate::contract::Lists;
use crate::schema::node::Decimal;
use crate::schema::states::Lens;

/// Ways to read one payload that are tried.
const MOST: usize = 81;
/// What separates parts of a value in some style.
const SEPARATORS: [char; 7] = [',', ' ', '|', '\t', '=', '.', ';'];
/// Members of one object that are read as lists.
const MEMBERS: usize = 16;

/// How many ways there are to read a value.
pub(super) fn ways(value: &Value, lens: Lens) -> usize {
    if lens.text { spread(value, lens.lists).iter().map(count).sum() } else { 1 }
}

/// The value read in one of its [`ways`]; the first one is the value as it stands.
pub(super) fn reading(value: &Value, lens: Lens, mut nth: usize) -> Value {
    if !lens.text {
        return value.clone();
    }
    for form in spread(value, lens.lists) {
        let own = count(&form);
        if nth < own {
            return read(&form, nth);
        }
        nth -= own;
    }
    value.clone()
}

/// The values that are written alike on the wire, the given one first: a scalar and the list of it, a list and the text
/// in which its items are separated.
pub(super) fn spread(value: &Value, lists: Option<Lists>) -> Vec<Value> {
    let mut out = vec![value.clone()];
    match (value, lists) {
        (_, None) => {}
        (Value::Object(members), Some(_)) => {
            for (name, member) in members.iter().filter(|(_, member)| !member.is_object()).take(MEMBERS) {
                for form in spread(member, lists).into_iter().skip(1) {
                    let mut other = members.clone();
                    other.insert(name.clone(), form);
                    out.push(Value::Object(other));
                }
            }
        }
        (Value::Array(items), Some(Lists::Repeated)) => out.extend(items.first().filter(|_| items.len() == 1).cloned()),
        (Value::Array(items), Some(Lists::Joined(separator))) => {
            let text = items.iter().map(plain).collect::<Vec<_>>().join(&separator.to_string());
            out.extend([split(&text, separator), Value::from(text)].into_iter().filter(|form| form != value));
        }
        (_, Some(Lists::Repeated)) => out.push(json!([value])),
        (_, Some(Lists::Joined(separator))) => {
            // Who escapes the separator sends one item.
            out.extend([split(&plain(value), separator), json!([value])]);
        }
    }
    out
}

/// True of a value that leaves nothing to write: an undefined one (RFC 6570, 2.3).
pub fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// True if a parameter or a header carries a value so that it is read as it was meant: what is within it are scalars
/// (of an exploded object also lists, which are repeated) that hold no separator.
pub(super) fn travels(value: &Value, lens: Lens) -> bool {
    if !lens.flat {
        return true;
    }
    let scalar = |part: &Value| !part.is_array() && !part.is_object() && !part.is_null();
    let exploded = lens.lists == Some(Lists::Repeated);
    // Of what separates the parts of an object the lens knows nothing.
    let whole = |part: &Value| {
        let apart: &[char] = match &lens.lists {
            Some(Lists::Repeated) => &[],
            Some(Lists::Joined(separator)) => std::slice::from_ref(separator),
            None => &SEPARATORS,
        };
        scalar(part) && !plain(part).contains(apart)
    };
    match value {
        _ if is_nothing(value) => false,
        // An empty text in place of a list may be a list of none.
        Value::String(text) => !text.is_empty() || !matches!(lens.lists, Some(Lists::Joined(_))),
        Value::Bool(_) | Value::Number(_) | Value::Null => true,
        Value::Array(items) if exploded => items.iter().all(scalar),
        Value::Array(items) => items.iter().all(whole) && *items != [""],
        Value::Object(members) if exploded => {
            let list =
                |part: &Value| part.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(scalar));
            members.values().all(|part| scalar(part) || list(part))
        }
        Value::Object(members) => members.values().all(whole),
    }
}

fn split(text: &str, separator: char) -> Value {
    text.split(separator).map(Value::from).collect()
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
    fn a_list_is_what_is_written_alike() {
        let comma = Some(Lists::Joined(','));
        assert_eq!(spread(&json!("a"), Some(Lists::Repeated)), [json!("a"), json!(["a"])]);
        assert_eq!(spread(&json!(["a", "b"]), Some(Lists::Repeated)), [json!(["a", "b"])]);
        assert_eq!(spread(&json!([1, 2]), comma), [json!([1, 2]), json!(["1", "2"]), json!("1,2")]);
        assert_eq!(spread(&json!("a,b"), comma), [json!("a,b"), json!(["a", "b"]), json!(["a,b"])]);
        assert_eq!(spread(&json!({"p": 1}), Some(Lists::Repeated)), [json!({"p": 1}), json!({"p": [1]})]);
        assert_eq!(ways(&json!("7"), Lens { text: true, lists: comma, ..Lens::default() }), 6);
    }

    #[test]
    fn of_very_many_ways_the_first_are_tried() {
        let digits = json!(vec!["7"; 4_000]);
        assert_eq!((count(&digits), read(&digits, 0)), (MOST, digits.clone()));
        assert_eq!(read(&digits, 80)[3_999 - 6], json!(7));
    }
}
