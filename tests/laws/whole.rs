//! Other ways to write a whole document.

use serde_json::{Map, Value, json};

use super::Version;
use super::references::{rename, unreferenced};
use crate::sites::schemas;

/// Rewrites a document; false where there is nothing to rewrite.
pub(super) type Rewrite = fn(&mut Value) -> bool;

pub(super) const REWRITES: &[(&str, Rewrite)] = &[
    ("keys in another order", |document| {
        reverse_keys(document);
        true
    }),
    ("components renamed", rename),
    ("an unreferenced component", unreferenced),
    ("path parameters renamed", rename_path_parameters),
    ("path parameters moved to the operations", parameters_to_operations),
    ("parameters in another order", |document| {
        operations(document, &mut |operation| {
            let list = operation.get_mut("parameters").and_then(Value::as_array_mut);
            list.filter(|list| list.len() > 1).map(|list| list.reverse()).is_some()
        })
    }),
    ("server variables inlined", server_variables),
    ("base path moved into the paths", base_path),
    ("tags in another order", |document| {
        let root = document.get_mut("tags").and_then(Value::as_array_mut).map(|list| list.reverse()).is_some();
        let each = operations(document, &mut |operation| {
            operation.get_mut("tags").and_then(Value::as_array_mut).map(|list| list.reverse()).is_some()
        });
        root || each
    }),
    ("header names in another case", header_case),
    ("upgraded to 3.1", upgrade),
];

fn reverse_keys(value: &mut Value) {
    match value {
        Value::Object(members) => {
            *members = std::mem::take(members).into_iter().rev().collect();
            members.values_mut().for_each(reverse_keys);
        }
        Value::Array(items) => items.iter_mut().for_each(reverse_keys),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn path_items(document: &mut Value) -> &mut Map<String, Value> {
    document["paths"].as_object_mut().expect("paths")
}

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Does something to each operation; true if any had something to do.
fn operations(document: &mut Value, act: &mut dyn FnMut(&mut Value) -> bool) -> bool {
    let items = path_items(document).values_mut().filter_map(Value::as_object_mut);
    let all = items.flat_map(|item| item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())));
    all.fold(false, |any, (_, operation)| act(operation) || any)
}

fn rename_path_parameters(document: &mut Value) -> bool {
    fn names(value: &mut Value) {
        match value {
            Value::Object(members) => {
                if members.get("in").is_some_and(|place| place == "path") {
                    let name = format!("{}_key", members["name"].as_str().expect("a name"));
                    members.insert("name".to_owned(), name.into());
                }
                members.values_mut().for_each(names);
            }
            Value::Array(items) => items.iter_mut().for_each(names),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    names(document);
    let items = path_items(document);
    let found = items.keys().any(|path| path.contains('{'));
    *items = std::mem::take(items).into_iter().map(|(path, item)| (path.replace('}', "_key}"), item)).collect();
    found
}

fn parameters_to_operations(document: &mut Value) -> bool {
    let mut found = false;
    for item in path_items(document).values_mut().filter_map(Value::as_object_mut) {
        let Some(shared) = item.remove("parameters") else { continue };
        found = true;
        for (_, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            let operation = operation.as_object_mut().expect("an operation");
            let own = operation.entry("parameters").or_insert(json!([]));
            own.as_array_mut().expect("a list").extend(shared.as_array().expect("a list").clone());
        }
    }
    found
}

fn server_variables(document: &mut Value) -> bool {
    let mut found = false;
    for server in document.get_mut("servers").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(variables) = server.as_object_mut().and_then(|server| server.remove("variables")) else { continue };
        for (name, variable) in variables.as_object().expect("variables") {
            let default = variable["default"].as_str().expect("a default");
            server["url"] = server["url"].as_str().expect("a URL").replace(&format!("{{{name}}}"), default).into();
            found = true;
        }
    }
    found
}

fn base_path(document: &mut Value) -> bool {
    let base = if let Some(base) = document.as_object_mut().and_then(|document| document.remove("basePath")) {
        base.as_str().expect("a path").to_owned()
    } else {
        let mut last = String::new();
        for server in document.get_mut("servers").and_then(Value::as_array_mut).into_iter().flatten() {
            let url = server["url"].as_str().expect("a URL").to_owned();
            let (origin, base) = url.rsplit_once('/').expect("a path");
            last = format!("/{base}");
            server["url"] = origin.into();
        }
        last
    };
    if base.is_empty() {
        return false;
    }
    let items = path_items(document);
    *items = std::mem::take(items).into_iter().map(|(path, item)| (base.clone() + &path, item)).collect();
    true
}

fn header_case(value: &mut Value) -> bool {
    let mut found = false;
    match value {
        Value::Object(members) => {
            if members.get("in").is_some_and(|place| place == "header") && members.contains_key("required") {
                let name = members["name"].as_str().expect("a name").to_lowercase();
                members.insert("name".to_owned(), name.into());
                found = true;
            }
            for (key, part) in members.iter_mut() {
                let in_response =
                    key == "headers" && part.as_object().is_some_and(|h| h.keys().all(|k| k.contains(['-', 'L'])));
                if let Some(headers) = part.as_object_mut().filter(|_| in_response) {
                    *headers = std::mem::take(headers).into_iter().map(|(k, v)| (k.to_lowercase(), v)).collect();
                    found = true;
                } else {
                    found |= header_case(part);
                }
            }
        }
        Value::Array(items) => {
            for part in items {
                found |= header_case(part);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}

/// What a careful upgrade tool does.
fn upgrade(document: &mut Value) -> bool {
    if Version::of(document) != Version::V30 {
        return false;
    }
    document["openapi"] = "3.1.0".into();
    for at in schemas(document).iter().rev() {
        let schema = document.pointer_mut(at).expect("a schema");
        for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if schema[flag] == true {
                schema[flag] = schema[bound].clone();
                schema.as_object_mut().expect("a schema").remove(bound);
            }
        }
        let Some(members) = schema.as_object_mut() else { continue };
        if members.remove("nullable") != Some(json!(true)) {
            continue;
        }
        if let Some(kind) = members.get("type").cloned() {
            members.insert("type".to_owned(), json!([kind, "null"]));
            members
                .get_mut("enum")
                .and_then(Value::as_array_mut)
                .map(|values| values.push(Value::Null))
                .unwrap_or_default();
        } else {
            let inner = schema.take();
            *schema = json!({"anyOf": [inner, {"type": "null"}]});
        }
    }
    true
}
