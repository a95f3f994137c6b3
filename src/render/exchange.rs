//! The exchange that shows a change, folded to a few lines: the first line, the headers that matter, and of the payload
//! what is unlike its control.

use serde_json::{Map, Value};

use super::excerpt::clip;
use super::words;
use crate::report::Witness;
use crate::text::{Lang, json};

/// A payload up to this many characters is shown whole.
const SHORT: usize = 100;
/// Characters of a text that are shown.
const TEXT: usize = 60;
/// Members or items that are shown of what has no counterpart.
const WIDE: usize = 4;
/// Headers that are shown.
const HEADERS: usize = 4;
/// What stands for what was left out, as in excerpts.
const CUT: &str = "…";

/// The lines of an exchange, each at most so many characters (0 for no limit); credentials only where they matter.
pub(crate) fn lines(lang: Lang, witness: &Witness, width: usize, credentials: bool) -> Vec<String> {
    let Some(exchange) = &witness.exchange else { return Vec::new() };
    let (head, body) = exchange.split_once("\n\n").unwrap_or((exchange, ""));
    let secret = |line: &&str| [": $KEY", "$TOKEN", "$CREDENTIALS"].iter().any(|end| line.ends_with(end));
    let told = head.lines().filter(|line| credentials || !secret(line));
    let mut out: Vec<String> = told.take(1 + HEADERS).map(str::to_owned).collect();
    if let Some(first) = out.first_mut()
        && let Some(request) = first.strip_suffix(" HTTP/1.1")
    {
        *first = request.to_owned();
    }
    if !witness.payload.is_null() {
        // A proven payload speaks for itself: its content type and credentials are noise.
        out.truncate(1);
    }
    if !body.is_empty() {
        let whole = witness.payload.is_null() || serde_json::from_str::<Value>(body).is_err();
        out.push(if whole {
            body.replace('\n', " ")
        } else {
            json::compact(&fold(lang, &witness.payload, &witness.control))
        });
    }
    out.iter().map(|line| clip(line, width)).collect()
}

/// A payload without what is the same in another one.
pub(crate) fn fold(lang: Lang, payload: &Value, other: &Value) -> Value {
    let whole = !has_long_text(payload) && payload.to_string().chars().count() <= SHORT;
    if whole { payload.clone() } else { cut(lang, payload, other) }
}

fn has_long_text(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().count() > TEXT,
        Value::Array(items) => items.iter().any(has_long_text),
        Value::Object(members) => members.values().any(has_long_text),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn cut(lang: Lang, value: &Value, other: &Value) -> Value {
    match (value, other) {
        (Value::Object(members), other) => object(lang, members, other.as_object()),
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            let unlike = items.iter().zip(others).filter(|(item, other)| item != other);
            let mut out: Vec<Value> = unlike.map(|(item, other)| cut(lang, item, other)).take(WIDE).collect();
            let left = items.len() - out.len();
            out.extend((left > 0).then(|| Value::String(format!("{CUT} {}", more(lang, left, "items")))));
            Value::Array(out)
        }
        (Value::Array(items), _) => {
            let mut out: Vec<Value> = items.iter().take(WIDE).map(|item| cut(lang, item, &Value::Null)).collect();
            let left = items.len() - out.len();
            out.extend((left > 0).then(|| Value::String(format!("{CUT} {}", more(lang, left, "items")))));
            Value::Array(out)
        }
        (Value::String(text), _) => {
            let left = text.chars().count().saturating_sub(TEXT);
            let shown: String = text.chars().take(TEXT).collect();
            Value::String(if left > 0 { format!("{shown}{CUT} ({})", more(lang, left, "characters")) } else { shown })
        }
        (scalar, _) => scalar.clone(),
    }
}

fn object(lang: Lang, members: &Map<String, Value>, others: Option<&Map<String, Value>>) -> Value {
    let unlike = |(name, value): &(&String, &Value)| others.is_none_or(|others| others.get(*name) != Some(*value));
    let known = |name: &str| others.and_then(|others| others.get(name)).unwrap_or(&Value::Null);
    let wide = if others.is_none() { WIDE } else { usize::MAX };
    let mut out: Map<String, Value> = members
        .iter()
        .filter(unlike)
        .take(wide)
        .map(|(name, value)| (name.clone(), cut(lang, value, known(name))))
        .collect();
    let left = members.len() - out.len();
    if left > 0 {
        out.insert(CUT.to_owned(), Value::String(more(lang, left, "members")));
    }
    Value::Object(out)
}

/// `3 more members`
fn more(lang: Lang, count: usize, noun: &str) -> String {
    words::counted(lang, &format!("more-{noun}"), count as u64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_the_same_is_folded() {
        let others: Map<String, Value> = (0..30).map(|n| (format!("m{n}"), json!(n))).collect();
        let with = |status: Value| {
            let mut item = others.clone();
            item.insert("status".to_owned(), status);
            json!({"meta": {"page": 1}, "rdvs": [item]})
        };
        let folded = fold(Lang::En, &with(json!("waiting")), &with(json!("seen")));
        assert_eq!(folded, json!({"rdvs": [{"status": "waiting", "…": "30 more members"}], "…": "1 more member"}));
        assert_eq!(fold(Lang::En, &json!({"a": 1}), &json!({"a": 2})), json!({"a": 1}));
        let long = fold(Lang::En, &json!("a".repeat(70_001)), &Value::Null);
        assert!(long.as_str().is_some_and(|text| text.ends_with("a… (69,941 more characters)")), "{long}");
    }
}
