//! The operators of semantics.md 5.2 on real operations, with the levels of its table.

use preavis::rules::Level::{self, Additive as A, Breaking as B, Risky as R};
use serde_json::{Value, json};

/// Edits the operation at a pointer; false where the operator does not apply, and the document is then of no use.
pub(crate) type Edit = fn(&mut Value, &str) -> bool;

/// Name, edit, worst level.
pub(crate) const OPERATIONS: &[(&str, Edit, Level)] = &[
    ("required query parameter", |d, at| add_parameter(d, at, true), B),
    ("optional parameter", |d, at| add_parameter(d, at, false), A),
    ("parameter drop", drop_parameter, R),
    ("parameter becomes required", require_parameter, B),
    (
        "body required",
        |d, at| {
            let body = d.pointer_mut(&format!("{at}/requestBody"));
            body.filter(|body| body["required"] != true && body.get("content").is_some())
                .map(|body| body["required"] = json!(true))
                .is_some()
        },
        B,
    ),
    ("request media type drop", |d, at| drop_last(d, &format!("{at}/requestBody/content")), B),
    (
        "response media type drop",
        |d, at| {
            let status = successes(d, at).first().cloned();
            status.is_some_and(|status| drop_last(d, &format!("{at}/responses/{status}/content")))
        },
        B,
    ),
    (
        "success replaced by another",
        |d, at| {
            let (successes, all) = (successes(d, at), statuses(d, at));
            // A redirect is no failure either.
            let other = |status: &String| status == "default" || status == "299" || status.starts_with('3');
            let alone = successes.len() == 1 && !all.iter().any(other);
            let Some(responses) = d.pointer_mut(&format!("{at}/responses")).and_then(Value::as_object_mut) else {
                return false;
            };
            let taken = successes.first().filter(|_| alone).and_then(|status| responses.remove(status));
            taken.map(|response| responses.insert("299".to_owned(), response)).is_some()
        },
        B,
    ),
    (
        "error status added",
        |d, at| {
            let covered = statuses(d, at).iter().any(|status| status == "default" || status.starts_with('4'));
            let responses = d.pointer_mut(&format!("{at}/responses")).filter(|_| !covered);
            responses.map(|responses| responses["418"] = json!({"description": "Refused"})).is_some()
        },
        A,
    ),
    (
        "operation drop",
        |d, at| {
            let (item, method) = at.rsplit_once('/').unwrap_or_default();
            d.pointer_mut(item).and_then(Value::as_object_mut).and_then(|item| item.remove(method)).is_some()
        },
        B,
    ),
];

fn parameters<'d>(document: &'d mut Value, at: &str) -> Option<&'d mut Vec<Value>> {
    let operation = document.pointer_mut(at)?.as_object_mut()?;
    operation.entry("parameters").or_insert(json!([])).as_array_mut()
}

fn add_parameter(document: &mut Value, at: &str, required: bool) -> bool {
    let swagger = document.get("swagger").is_some();
    let mut new = json!({"name": "added-parameter", "in": "query", "required": required});
    if swagger {
        new["type"] = json!("string");
    } else {
        new["schema"] = json!({"type": "string"});
    }
    parameters(document, at).map(|list| list.push(new)).is_some()
}

/// An optional query parameter.
fn optional(parameter: &Value) -> bool {
    parameter["in"] == "query" && parameter["required"] != true
}

fn drop_parameter(document: &mut Value, at: &str) -> bool {
    let Some(list) = parameters(document, at) else { return false };
    list.iter().position(optional).map(|ix| list.remove(ix)).is_some()
}

fn require_parameter(document: &mut Value, at: &str) -> bool {
    let Some(list) = parameters(document, at) else { return false };
    list.iter_mut().find(|parameter| optional(parameter)).map(|found| found["required"] = json!(true)).is_some()
}

fn statuses(document: &Value, at: &str) -> Vec<String> {
    let responses = document.pointer(&format!("{at}/responses")).and_then(Value::as_object);
    responses.into_iter().flat_map(|list| list.keys().cloned()).collect()
}

fn successes(document: &Value, at: &str) -> Vec<String> {
    statuses(document, at).into_iter().filter(|status| status.starts_with('2')).collect()
}

/// Takes the last of several media types away, unless another covers it.
fn drop_last(document: &mut Value, content: &str) -> bool {
    let Some(content) = document.pointer_mut(content).and_then(Value::as_object_mut) else { return false };
    let several = content.len() > 1 && !content.keys().any(|range| range.contains('*'));
    let last = content.keys().next_back().cloned().filter(|_| several);
    last.and_then(|last| content.remove(&last)).is_some()
}
