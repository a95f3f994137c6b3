//! From 3.0 to 3.1, as who upgrades with care does it: what did not count before must not count afterwards.

use serde_json::{Value, json};

use super::Version;
use super::whole::operations;
use crate::sites::schemas;

/// Upgrades a document of 3.0; false for others.
pub(super) fn upgrade(document: &mut Value) -> bool {
    if Version::of(document) != Version::V30 {
        return false;
    }
    document["openapi"] = "3.1.0".into();
    for at in schemas(document).iter().rev() {
        upgrade_schema(document.pointer_mut(at).expect("a schema"));
    }
    // A list beside another scheme than OAuth had no meaning, and would get one.
    let schemes = document["components"]["securitySchemes"].clone();
    let scoped = |name: &str| {
        let kind = &schemes[name]["type"];
        kind == "oauth2" || kind == "openIdConnect" || kind.is_null()
    };
    let forget = |security: Option<&mut Value>| {
        let requirements = security.and_then(Value::as_array_mut).into_iter().flatten();
        for (name, scopes) in requirements.filter_map(Value::as_object_mut).flatten() {
            if !scoped(name) {
                *scopes = json!([]);
            }
        }
    };
    forget(document.get_mut("security"));
    operations(document, &mut |operation| {
        forget(operation.get_mut("security"));
        true
    });
    true
}

fn upgrade_schema(schema: &mut Value) {
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(members) = schema.as_object_mut().filter(|members| members.get(flag).is_some_and(Value::is_boolean))
        else {
            continue;
        };
        if members.remove(flag) == Some(json!(true))
            && let Some(limit) = members.remove(bound)
        {
            members.insert(flag.to_owned(), limit);
        }
    }
    let Some(members) = schema.as_object_mut() else { return };
    let nullable = members.remove("nullable") == Some(json!(true));
    if members.contains_key("$ref") {
        // What stood beside a reference did not count; now it would.
        members.retain(|key, _| matches!(key.as_str(), "$ref" | "description" | "summary"));
    }
    if !nullable {
        return;
    }
    let composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|key| members.contains_key(*key));
    if let Some(kind) = members.get("type").filter(|_| !composed).cloned() {
        members.insert("type".to_owned(), json!([kind, "null"]));
        if let Some(values) = members.get_mut("enum").and_then(Value::as_array_mut)
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    } else {
        let inner = schema.take();
        *schema = json!({"anyOf": [inner, {"type": "null"}]});
    }
}
