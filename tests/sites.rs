//! Where the schemas of a document stand, as JSON pointers.

use serde_json::Value;

/// A name as a step of a pointer (RFC 6901).
pub(crate) fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The schemas at and below a schema, parents first.
pub(crate) fn below(schema: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    for (key, value) in schema.as_object().into_iter().flatten() {
        match key.as_str() {
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                let list = value.as_array().into_iter().flatten().enumerate();
                list.for_each(|(ix, part)| below(part, &format!("{at}/{key}/{ix}"), out));
            }
            "properties" | "patternProperties" => {
                let map = value.as_object().into_iter().flatten();
                map.for_each(|(name, part)| below(part, &format!("{at}/{key}/{}", step(name)), out));
            }
            "items" | "additionalProperties" if value.is_object() => below(value, &format!("{at}/{key}"), out),
            _ => {}
        }
    }
}

/// All schemas of a document, parents first.
pub(crate) fn schemas(document: &Value) -> Vec<String> {
    fn visit(value: &Value, at: &str, out: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (key, part) in members {
                    let here = format!("{at}/{}", step(key));
                    match key.as_str() {
                        "example" | "examples" | "default" | "enum" => {}
                        "schema" => below(part, &here, out),
                        "schemas" | "definitions" if here == "/components/schemas" || here == "/definitions" => {
                            let named = part.as_object().into_iter().flatten();
                            named.for_each(|(name, schema)| below(schema, &format!("{here}/{}", step(name)), out));
                        }
                        _ => visit(part, &here, out),
                    }
                }
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(ix, part)| visit(part, &format!("{at}/{ix}"), out));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut out = Vec::new();
    visit(document, "", &mut out);
    out
}
