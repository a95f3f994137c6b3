//! Other ways to write one schema: each takes a node and says whether it had something to rewrite.

use serde_json::{Map, Value, json};

use super::Version;
use super::pattern::other_pattern;

/// Rewrites a schema in place; false where the form does not apply.
pub(super) type Form = fn(&mut Value, Version) -> bool;

pub(super) const FORMS: &[(&str, Form)] = &[
    ("required in another order", |schema, _| reversed(schema, "required")),
    ("enum in another order, a value twice", |schema, _| {
        let twice = schema["enum"].as_array().and_then(|values| values.first().cloned());
        let list = schema.get_mut("enum").and_then(Value::as_array_mut);
        list.zip(twice).map(|(list, value)| (list.reverse(), list.push(value))).is_some()
    }),
    ("anyOf in another order", |schema, _| reversed(schema, "anyOf")),
    ("oneOf in another order", |schema, _| reversed(schema, "oneOf")),
    ("anyOf with a branch twice", |schema, _| {
        let list = schema.get_mut("anyOf").and_then(Value::as_array_mut);
        list.filter(|list| !list.is_empty()).map(|list| list.push(list[0].clone())).is_some()
    }),
    ("wrapped in allOf", |schema, _| wrapped(schema, "allOf")),
    ("wrapped in anyOf", |schema, _| wrapped(schema, "anyOf")),
    ("wrapped in oneOf", |schema, _| wrapped(schema, "oneOf")),
    ("properties split over allOf", split),
    ("required in an allOf member of its own", required_apart),
    ("allOf flattened", flattened),
    ("const as enum, enum as const", |schema, version| {
        if let Some(only) = taken(schema, "const") {
            schema["enum"] = json!([only]);
            return true;
        }
        let one = schema["enum"].as_array().filter(|values| values.len() == 1).map(|values| values[0].clone());
        let Some(one) = one.filter(|_| version == Version::V31) else { return false };
        taken(schema, "enum");
        schema["const"] = one;
        true
    }),
    ("type as a list", |schema, version| {
        let Some(name) = schema["type"].as_str().filter(|_| version == Version::V31) else { return false };
        schema["type"] = json!([name]);
        true
    }),
    ("type list as anyOf", |schema, _| {
        if schema.get("anyOf").is_some() || schema["type"].as_array().is_none_or(Vec::is_empty) {
            return false;
        }
        let types = taken(schema, "type").expect("a list");
        let each = |name: &Value| json!({ "type": name });
        schema["anyOf"] = types.as_array().expect("a list").iter().map(each).collect();
        true
    }),
    ("null as a union", null_as_union),
    ("enum as anyOf of constants", |schema, version| {
        if schema.get("anyOf").is_some() || schema["nullable"] == true || schema["x-nullable"] == true {
            return false;
        }
        let Some(values) = taken(schema, "enum").filter(|values| values.as_array().is_some_and(|v| !v.is_empty()))
        else {
            return false;
        };
        let each =
            |value: &Value| if version == Version::V31 { json!({ "const": value }) } else { json!({"enum": [value]}) };
        schema["anyOf"] = values.as_array().expect("a list").iter().map(each).collect();
        true
    }),
    ("additionalProperties: true", |schema, _| additional(schema, json!(true))),
    ("additionalProperties: {}", |schema, _| additional(schema, json!({}))),
    ("bounds of nothing", |schema, _| {
        let bounds: &[(&str, Value)] = match schema["type"].as_str() {
            Some("string") => &[("minLength", json!(0))],
            Some("array") => &[("minItems", json!(0)), ("uniqueItems", json!(false))],
            Some("object") => &[("minProperties", json!(0))],
            _ => &[],
        };
        let members = schema.as_object_mut().filter(|members| !members.contains_key("$ref"));
        members.is_some_and(|members| {
            for (key, value) in bounds {
                members.entry(*key).or_insert(value.clone());
            }
            !bounds.is_empty()
        })
    }),
    ("an integer's minimum as an exclusive one", |schema, version| {
        let least = schema["minimum"].as_i64().filter(|_| schema["type"] == "integer");
        let open = |least: &i64| *least > i64::MIN && schema.get("exclusiveMinimum").is_none();
        let Some(least) = least.filter(open) else { return false };
        if version == Version::V31 {
            taken(schema, "minimum");
            schema["exclusiveMinimum"] = json!(least - 1);
        } else {
            schema["minimum"] = json!(least - 1);
            schema["exclusiveMinimum"] = json!(true);
        }
        true
    }),
    ("equal patterns", |schema, _| {
        let Some(pattern) = schema["pattern"].as_str() else { return false };
        schema["pattern"] = json!(other_pattern(pattern));
        true
    }),
    ("numbers with a decimal point", |schema, _| {
        let mut found = false;
        for (key, value) in schema.as_object_mut().into_iter().flatten() {
            let bound = key.starts_with('m') || key.starts_with("exclusive");
            let number = value.as_i64().filter(|_| bound).and_then(|number| i32::try_from(number).ok());
            if let Some(number) = number {
                *value = json!(f64::from(number));
                found = true;
            }
        }
        found
    }),
    ("other words", |schema, version| {
        if schema.get("$ref").is_some() && version != Version::V31 {
            return false;
        }
        let Some(members) = schema.as_object_mut() else { return false };
        let words = json!({"title": "Another", "description": "In other words", "example": "x", "x-team": "blue", "deprecated": true});
        members.extend(words.as_object().expect("words").clone());
        true
    }),
];

/// Takes a keyword out.
fn taken(schema: &mut Value, key: &str) -> Option<Value> {
    schema.as_object_mut()?.remove(key)
}

fn reversed(schema: &mut Value, key: &str) -> bool {
    let list = schema.get_mut(key).and_then(Value::as_array_mut);
    list.filter(|list| list.len() > 1).map(|list| list.reverse()).is_some()
}

fn wrapped(schema: &mut Value, key: &str) -> bool {
    let inner = schema.take();
    *schema = json!({ key: [inner] });
    true
}

fn additional(schema: &mut Value, value: Value) -> bool {
    let open = schema["type"] == "object" && schema.get("additionalProperties").is_none();
    if open {
        schema["additionalProperties"] = value;
    }
    open
}

/// Only `type`, `properties`, `required` and words.
fn is_plain_object(schema: &Value) -> bool {
    let known = ["type", "properties", "required", "description"];
    schema["type"] == "object"
        && schema.as_object().is_some_and(|schema| schema.keys().all(|key| known.contains(&key.as_str())))
}

fn split(schema: &mut Value, _: Version) -> bool {
    let Some(properties) = schema["properties"].as_object().filter(|list| list.len() > 1).cloned() else {
        return false;
    };
    if !is_plain_object(schema) {
        return false;
    }
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let half = properties.len() / 2;
    let (mut parts, mut rest) = ([Map::new(), Map::new()], [Vec::new(), Vec::new()]);
    for (ix, (name, property)) in properties.into_iter().enumerate() {
        let part = usize::from(ix >= half);
        rest[part].extend(required.iter().filter(|known| **known == name.as_str()).cloned());
        parts[part].insert(name, property);
    }
    // What is required without being declared stays required.
    rest[0].extend(
        required.into_iter().filter(|name| !parts.iter().any(|part| part.contains_key(name.as_str().expect("a name")))),
    );
    let members = parts.into_iter().zip(rest).map(|(properties, required)| {
        let mut out = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            out["required"] = required.into();
        }
        out
    });
    *schema = json!({ "allOf": members.collect::<Vec<_>>() });
    true
}

fn required_apart(schema: &mut Value, _: Version) -> bool {
    if schema.get("allOf").is_some() {
        return false;
    }
    let Some(required) = taken(schema, "required").filter(Value::is_array) else { return false };
    schema["allOf"] = json!([{ "required": required }]);
    true
}

fn flattened(schema: &mut Value, _: Version) -> bool {
    let alone = schema.as_object().is_some_and(|schema| schema.len() == 1);
    let Some(parts) = schema["allOf"].as_array().filter(|_| alone) else { return false };
    if !parts.iter().all(is_plain_object) {
        return false;
    }
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in parts {
        properties.extend(part["properties"].as_object().cloned().unwrap_or_default());
        required.extend(part["required"].as_array().cloned().unwrap_or_default());
    }
    *schema = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    true
}

fn null_as_union(schema: &mut Value, version: Version) -> bool {
    if version != Version::V31 {
        let key = if version == Version::V20 { "x-nullable" } else { "nullable" };
        let Some(flag) = taken(schema, key) else { return false };
        let inner = schema.take();
        *schema = json!({ "allOf": [inner], key: flag });
        return true;
    }
    let Some(types) = schema["type"].as_array().filter(|list| list.contains(&json!("null"))) else { return false };
    let rest: Vec<Value> = types.iter().filter(|name| **name != "null").cloned().collect();
    // What stands beside the types speaks of null too.
    let beside = ["enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "$ref"];
    if beside.iter().any(|key| schema.get(key).is_some()) {
        return false;
    }
    schema["type"] = if rest.len() == 1 { rest[0].clone() } else { rest.into() };
    let inner = schema.take();
    *schema = json!({"oneOf": [inner, {"type": "null"}]});
    true
}
