//! Small edits of random contracts, and the shrinking of those that make trouble.

use serde_json::{Value, json};

use super::grammar::Grammar;
use crate::sites::below;

/// The pointers of all schemas of `components/schemas`.
fn sites(components: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for (name, schema) in components.as_object().expect("components") {
        below(schema, &format!("/{name}"), &mut out);
    }
    out
}

/// One edit somewhere.
pub(super) fn edit(grammar: &mut Grammar<'_>, components: &mut Value) {
    let sites = sites(components);
    let site = &sites[grammar.rng.below(sites.len())];
    let schema = components.pointer_mut(site).expect("a site");
    let fresh = grammar.schema(1);
    let Some(members) = schema.as_object_mut() else {
        *schema = fresh;
        return;
    };
    let unions: Vec<&str> = ["anyOf", "oneOf", "allOf"].into_iter().filter(|key| members.contains_key(*key)).collect();
    match grammar.rng.below(12) {
        0 | 1 => *schema = fresh,
        2 | 3 if !members.is_empty() => {
            let keys: Vec<String> = members.keys().cloned().collect();
            members.remove(&keys[grammar.rng.below(keys.len())]);
        }
        4 | 5 => {
            let named = members.get("type").and_then(|t| t.as_str().or_else(|| t[0].as_str()));
            let kind = named.unwrap_or("object").to_owned();
            grammar.keyword(&kind, 1, members);
        }
        6 => {
            let key = grammar.rng.pick(&["allOf", "anyOf", "oneOf"]);
            let old = schema.take();
            *schema = json!({ key: [old] });
        }
        7 => {
            let key = grammar.rng.pick(&["allOf", "anyOf", "oneOf"]);
            let old = schema.take();
            *schema = if grammar.rng.chance(50) { json!({ key: [old, fresh] }) } else { json!({ key: [fresh, old] }) };
        }
        8 | 9 if !unions.is_empty() => {
            let key = grammar.rng.pick(&unions);
            let list = members[key].as_array_mut().expect("a list");
            if grammar.rng.chance(50) || list.len() < 2 {
                list.push(fresh);
            } else {
                list.remove(grammar.rng.below(list.len()));
            }
        }
        10 if !unions.is_empty() => {
            let value = members.remove(grammar.rng.pick(&unions)).expect("a union");
            members.insert(grammar.rng.pick(&["anyOf", "oneOf", "allOf"]).to_owned(), value);
        }
        _ => {
            let value = grammar.rng.pick(&["false", "true", "{\"type\":\"string\"}", "{\"type\":\"integer\"}"]);
            members.insert("additionalProperties".to_owned(), serde_json::from_str(value).expect("JSON"));
        }
    }
}

/// Smaller documents: one member or item less, or a schema replaced by a part of it.
fn smaller(document: &Value) -> Vec<Value> {
    fn cuts(value: &Value, at: &str, out: &mut Vec<(String, Option<Value>)>) {
        match value {
            Value::Object(members) => {
                for (name, part) in members {
                    out.push((format!("{at}/{name}"), None));
                    cuts(part, &format!("{at}/{name}"), out);
                }
            }
            Value::Array(items) => {
                for (ix, part) in items.iter().enumerate() {
                    out.push((format!("{at}/{ix}"), None));
                    out.push((at.rsplit_once('/').map_or("", |(up, _)| up).to_owned(), Some(part.clone())));
                    cuts(part, &format!("{at}/{ix}"), out);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut list = Vec::new();
    cuts(&document["components"]["schemas"], "/components/schemas", &mut list);
    let apply = |(at, part): (String, Option<Value>)| {
        let mut out = document.clone();
        match part {
            Some(part) if part.is_object() || part.is_boolean() => *out.pointer_mut(&at)? = part,
            Some(_) => return None,
            None => {
                let (parent, key) = at.rsplit_once('/')?;
                match out.pointer_mut(parent)? {
                    Value::Object(members) => drop(members.remove(key)?),
                    Value::Array(items) => drop(items.remove(key.parse().ok()?)),
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
                }
            }
        }
        is_legal(&out["components"]["schemas"]).then_some(out)
    };
    list.into_iter().filter_map(apply).collect()
}

/// False where a list is empty that has to hold something.
fn is_legal(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().all(|(key, part)| {
            let list = ["type", "enum", "allOf", "anyOf", "oneOf", "prefixItems"].contains(&key.as_str());
            !(list && part.as_array().is_some_and(Vec::is_empty)) && is_legal(part)
        }),
        Value::Array(items) => items.iter().all(is_legal),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Cuts both documents down as long as they stay in trouble.
pub(super) fn shrink(mut pair: (Value, Value), trouble: &dyn Fn(&Value, &Value) -> bool) -> (Value, Value) {
    loop {
        let (base, head) = &pair;
        let both = smaller(base)
            .into_iter()
            .flat_map(|b| smaller(head).into_iter().filter_map(move |h| (b == h).then(|| (b.clone(), h))));
        let left = smaller(base).into_iter().map(|base| (base, head.clone()));
        let right = smaller(head).into_iter().map(|head| (base.clone(), head));
        let Some(next) = left.chain(right).chain(both).find(|(base, head)| trouble(base, head)) else { return pair };
        pair = next;
    }
}
