//! Other ways to write a whole document.

use serde_json::{Map, Value, json};

use super::references::{rename, unreferenced};
use super::upgrade::upgrade;

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
            let distinct = |list: &[Value]| {
                (1..list.len()).all(|ix| !list[..ix].iter().any(|other| identity(other) == identity(&list[ix])))
            };
            list.filter(|list| list.len() > 1 && distinct(list)).map(|list| list.reverse()).is_some()
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
    ("paths escaped otherwise", escaped_paths),
    ("media types written otherwise", media_types),
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

/// True of a parameter object that travels in a place.
fn is_parameter(members: &Map<String, Value>, place: &str) -> bool {
    let described = ["schema", "type", "content"].iter().any(|key| members.contains_key(*key));
    members.get("in").is_some_and(|known| known == place)
        && members.get("name").is_some_and(Value::is_string)
        && described
}

/// What a list of parameters may not hold twice.
fn identity(parameter: &Value) -> [&Value; 3] {
    [&parameter["name"], &parameter["in"], &parameter["$ref"]]
}

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Does something to each operation; true if any had something to do.
pub(super) fn operations(document: &mut Value, act: &mut dyn FnMut(&mut Value) -> bool) -> bool {
    let items = path_items(document).values_mut().filter_map(Value::as_object_mut);
    let all = items.flat_map(|item| item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())));
    all.fold(false, |any, (_, operation)| act(operation) || any)
}

fn rename_path_parameters(document: &mut Value) -> bool {
    fn names(value: &mut Value) {
        match value {
            Value::Object(members) => {
                if is_parameter(members, "path") {
                    let name = format!("{}_key", members["name"].as_str().unwrap_or_default());
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
        let shared = shared.as_array().cloned().unwrap_or_default();
        found = true;
        for (_, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            let Some(operation) = operation.as_object_mut() else { continue };
            let own = operation.entry("parameters").or_insert(json!([]));
            let Some(own) = own.as_array_mut() else { continue };
            // The operation's own parameter replaces the shared one of that name.
            let new = shared.iter().filter(|new| !own.iter().any(|old| identity(old) == identity(new)));
            let new: Vec<Value> = new.cloned().collect();
            own.extend(new);
        }
    }
    found
}

fn server_variables(document: &mut Value) -> bool {
    let mut found = false;
    for server in document.get_mut("servers").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(variables) = server.as_object_mut().and_then(|server| server.remove("variables")) else { continue };
        for (name, variable) in variables.as_object().into_iter().flatten() {
            let (Some(default), Some(url)) = (variable["default"].as_str(), server["url"].as_str()) else {
                return false;
            };
            server["url"] = url.replace(&format!("{{{name}}}"), default).into();
            found = true;
        }
    }
    found
}

/// The origin and the path of a server's URL.
fn parts(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or((url, ""), |at| url.split_at(host + at))
}

fn base_path(document: &mut Value) -> bool {
    // A server of its own has a base path of its own.
    let own = path_items(document).values().any(|item| item.get("servers").is_some());
    if own || operations(document, &mut |operation| operation.get("servers").is_some()) {
        return false;
    }
    let base = if let Some(base) = document.as_object_mut().and_then(|document| document.remove("basePath")) {
        base.as_str().unwrap_or_default().to_owned()
    } else {
        let servers = document.get_mut("servers").and_then(Value::as_array_mut);
        let mut bases: Vec<String> = Vec::new();
        for server in servers.into_iter().flatten() {
            let url = server["url"].as_str().unwrap_or_default().to_owned();
            let (origin, base) = parts(&url);
            bases.push(base.to_owned());
            server["url"] = origin.into();
        }
        bases.dedup();
        if bases.len() == 1 { bases.remove(0) } else { String::new() }
    };
    let base = base.trim_end_matches('/');
    if base.is_empty() {
        return false;
    }
    let items = path_items(document);
    *items = std::mem::take(items).into_iter().map(|(path, item)| (format!("{base}{path}"), item)).collect();
    true
}

/// Unreserved letters of a path may be escaped (RFC 3986, 6.2.2).
fn escaped_paths(document: &mut Value) -> bool {
    let items = path_items(document);
    let escaped = |path: &str| {
        let first = path.char_indices().find(|(at, letter)| *at > 0 && letter.is_ascii_lowercase());
        // The text of a template's braces is a name.
        let plain = first.filter(|(at, _)| !path[..*at].contains('{'));
        plain.map(|(at, letter)| format!("{}%{:2x}{}", &path[..at], u32::from(letter), &path[at + 1..]))
    };
    let found = items.keys().any(|path| escaped(path).is_some());
    *items = std::mem::take(items).into_iter().map(|(path, item)| (escaped(&path).unwrap_or(path), item)).collect();
    found
}

/// Case of media types, and a charset where it says nothing.
fn media_types(document: &mut Value) -> bool {
    let mut found = false;
    operations(document, &mut |operation| {
        let mut holders: Vec<&mut Value> = Vec::new();
        let Some(members) = operation.as_object_mut() else { return false };
        for (key, part) in members.iter_mut() {
            match key.as_str() {
                "requestBody" => holders.push(part),
                "responses" => holders.extend(part.as_object_mut().into_iter().flat_map(|all| all.values_mut())),
                _ => {}
            }
        }
        for content in holders.into_iter().filter_map(|holder| holder.get_mut("content")?.as_object_mut()) {
            let written = |range: String| {
                if range == "application/json" { "Application/JSON; Charset=\"utf-8\"".to_owned() } else { range }
            };
            found |= content.contains_key("application/json");
            *content = std::mem::take(content).into_iter().map(|(range, media)| (written(range), media)).collect();
        }
        true
    });
    found
}

fn header_case(document: &mut Value) -> bool {
    operations(document, &mut |operation| {
        let mut found = false;
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(members) = parameter.as_object_mut().filter(|members| is_parameter(members, "header")) else {
                continue;
            };
            let name = members["name"].as_str().unwrap_or_default().to_lowercase();
            members.insert("name".to_owned(), name.into());
            found = true;
        }
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten();
        for headers in responses.filter_map(|(_, response)| response.get_mut("headers")?.as_object_mut()) {
            found |= !headers.is_empty();
            *headers = std::mem::take(headers).into_iter().map(|(name, it)| (name.to_lowercase(), it)).collect();
        }
        found
    })
}
