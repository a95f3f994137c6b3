//! Other ways to share schemas: components extracted, inlined, chained, renamed, unrolled.

use serde_json::{Value, json};

/// Rewrites what stands at a pointer of a document; the number makes names unique. False where it does not apply.
pub(super) type Move = fn(&mut Value, &str, usize) -> bool;

pub(super) const MOVES: &[(&str, Move)] = &[
    ("extracted to a component", extract),
    ("a reference inlined", |document, at, _| inline(document, at, false)),
    ("a recursive component unrolled", |document, at, _| inline(document, at, true)),
    ("a reference to a reference", |document, at, number| {
        reference(document, at).is_some() && extract(document, at, number)
    }),
];

/// Where named schemas stand.
pub(super) fn shelf(document: &Value) -> &'static str {
    if document.get("swagger").is_some() { "/definitions" } else { "/components/schemas" }
}

/// The target of a reference that stands alone.
fn reference(document: &Value, at: &str) -> Option<String> {
    let holder = document.pointer(at)?.as_object()?;
    let target = holder.get("$ref")?.as_str()?.strip_prefix('#')?;
    (holder.len() == 1).then(|| target.to_owned())
}

/// True of a reference among the members of a union with a discriminator, which tells them apart by name.
pub(super) fn is_tagged(document: &Value, at: &str) -> bool {
    let holder = document.pointer(at).is_some_and(|schema| schema.get("$ref").is_some());
    holder && under_discriminator(document, at)
}

/// A discriminator names its members by reference: they stay as they are.
fn under_discriminator(document: &Value, at: &str) -> bool {
    let union = at.rsplitn(3, '/').last().and_then(|up| document.pointer(up));
    union.is_some_and(|union| union.get("discriminator").is_some())
}

fn extract(document: &mut Value, at: &str, number: usize) -> bool {
    let shelf = shelf(document);
    let component = at.strip_prefix(shelf).is_some_and(|rest| rest.matches('/').count() == 1);
    // A member of a tagged union that gets a name gets a tag.
    if component || under_discriminator(document, at) {
        return false;
    }
    let name = format!("Extracted{number}");
    let Some(place) = document.pointer_mut(at) else { return false };
    let schema = place.take();
    *place = json!({ "$ref": format!("#{shelf}/{name}") });
    document.pointer_mut(shelf).expect("a shelf")[name] = schema;
    true
}

fn inline(document: &mut Value, at: &str, recursive: bool) -> bool {
    let Some(target) = reference(document, at) else { return false };
    if under_discriminator(document, at) || reaches(document, &target, &target, &mut Vec::new()) != recursive {
        return false;
    }
    let Some(schema) = document.pointer(&target).cloned() else { return false };
    // Who extends a schema with a discriminator does so by its name.
    if schema.get("discriminator").is_some() {
        return false;
    }
    *document.pointer_mut(at).expect("a place") = schema;
    true
}

/// True if a schema refers, through others, to a target.
fn reaches(document: &Value, from: &str, target: &str, seen: &mut Vec<String>) -> bool {
    fn references<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
        match value {
            Value::Object(members) => {
                out.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|part| references(part, out));
            }
            Value::Array(items) => items.iter().for_each(|part| references(part, out)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    if seen.iter().any(|known| known == from) {
        return false;
    }
    seen.push(from.to_owned());
    let mut found = Vec::new();
    document.pointer(from).into_iter().for_each(|schema| references(schema, &mut found));
    let targets: Vec<String> = found.iter().map(|text| text.trim_start_matches('#').to_owned()).collect();
    targets.iter().any(|next| next == target || reaches(document, next, target, seen))
}

/// Renames every named schema, its references and its mappings.
pub(super) fn rename(document: &mut Value) -> bool {
    fn texts(value: &mut Value, prefix: &str) {
        match value {
            Value::String(text) if text.starts_with(prefix) => text.push_str("Renamed"),
            Value::Object(members) => members.values_mut().for_each(|part| texts(part, prefix)),
            Value::Array(items) => items.iter_mut().for_each(|part| texts(part, prefix)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    if !is_mapped(document) {
        return false;
    }
    let shelf = shelf(document);
    texts(document, &format!("#{shelf}/"));
    let named = document.pointer_mut(shelf).and_then(Value::as_object_mut).expect("a shelf");
    *named = std::mem::take(named).into_iter().map(|(name, schema)| (name + "Renamed", schema)).collect();
    true
}

/// True if no schema is told apart by its own name: every discriminator maps all members of its union.
fn is_mapped(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            let mapped = members.get("discriminator").is_none_or(|discriminator| {
                let targets: Vec<&Value> =
                    discriminator["mapping"].as_object().into_iter().flat_map(|mapping| mapping.values()).collect();
                let unions = ["oneOf", "anyOf"].into_iter().filter_map(|key| members.get(key)?.as_array()).flatten();
                !targets.is_empty() && unions.filter_map(|member| member.get("$ref")).all(|to| targets.contains(&to))
            });
            mapped && members.values().all(is_mapped)
        }
        Value::Array(items) => items.iter().all(is_mapped),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Adds a schema that nothing refers to.
pub(super) fn unreferenced(document: &mut Value) -> bool {
    let shelf = shelf(document);
    document.pointer_mut(shelf).expect("a shelf")["Forgotten"] = json!({"type": "object", "required": ["x"]});
    true
}
