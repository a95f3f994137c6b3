//! Where the schemas of a document are sent, and whether a schema alone says what may stand at its place there: then
//! the level of a change of it can be told from a table.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::sites::step;

/// What is known of a place, one bit each.
pub(crate) type Marks = u8;

/// Sent in requests.
pub(crate) const REQUEST: Marks = 1;
/// Sent in responses.
pub(crate) const RESPONSE: Marks = 2;
/// Reached as text, by a callback, or through a union, an `allOf` or another keyword that adds a word.
pub(crate) const MIXED: Marks = 4;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// The marks of every schema that an operation reaches, by pointer.
pub(crate) fn reach(document: &Value) -> IndexMap<String, Marks> {
    let mut walk = Walk { document, marks: IndexMap::new() };
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let here = format!("/paths/{}", step(path));
        for (key, part) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&key.as_str()) {
                walk.operation(&format!("{here}/{key}"), part);
            } else {
                walk.rest(&format!("{here}/{key}"), part);
            }
        }
    }
    walk.rest("/webhooks", &document["webhooks"]);
    walk.marks
}

struct Walk<'d> {
    document: &'d Value,
    marks: IndexMap<String, Marks>,
}

impl Walk<'_> {
    fn operation(&mut self, at: &str, operation: &Value) {
        for (key, part) in operation.as_object().into_iter().flatten() {
            let here = format!("{at}/{key}");
            match key.as_str() {
                "requestBody" => self.content(&format!("{here}/content"), &part["content"], REQUEST),
                "responses" => {
                    for (status, response) in part.as_object().into_iter().flatten() {
                        let here = format!("{here}/{status}");
                        self.content(&format!("{here}/content"), &response["content"], RESPONSE);
                        self.rest(&format!("{here}/headers"), &response["headers"]);
                        if response.get("schema").is_some() {
                            self.schema(&format!("{here}/schema"), RESPONSE);
                        }
                    }
                }
                "parameters" => {
                    for (ix, parameter) in part.as_array().into_iter().flatten().enumerate() {
                        let body = parameter["in"] == "body";
                        let place = format!("{here}/{ix}/schema");
                        if parameter.get("schema").is_some() {
                            self.schema(&place, if body { REQUEST } else { MIXED });
                        }
                    }
                }
                _ => self.rest(&here, part),
            }
        }
    }

    fn content(&mut self, at: &str, content: &Value, side: Marks) {
        for (range, media) in content.as_object().into_iter().flatten() {
            let json = range.split(';').next().is_some_and(|range| range.ends_with("json"));
            for key in ["schema", "itemSchema"].into_iter().filter(|key| media.get(key).is_some()) {
                self.schema(&format!("{at}/{}/{key}", step(range)), if json { side } else { MIXED });
            }
        }
    }

    /// Whatever else holds schemas.
    fn rest(&mut self, at: &str, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, part) in members {
                    let here = format!("{at}/{}", step(key));
                    if key == "schema" { self.schema(&here, MIXED) } else { self.rest(&here, part) }
                }
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(ix, part)| self.rest(&format!("{at}/{ix}"), part));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn schema(&mut self, at: &str, marks: Marks) {
        let Some(schema) = self.document.pointer(at).and_then(Value::as_object) else { return };
        let known = self.marks.entry(at.to_owned()).or_default();
        if *known & marks == marks {
            return;
        }
        *known |= marks;
        let below = if is_plain(schema) { marks } else { marks | MIXED };
        for (key, part) in schema {
            match key.as_str() {
                "$ref" => {
                    let target = part.as_str().unwrap_or_default().trim_start_matches('#').to_owned();
                    self.schema(&target, below);
                }
                "properties" => {
                    for (name, member) in part.as_object().into_iter().flatten() {
                        let mixed = if has_access(self.document, member, 0) { MIXED } else { 0 };
                        self.schema(&format!("{at}/properties/{}", step(name)), below | mixed);
                    }
                }
                "items" | "additionalProperties" => self.schema(&format!("{at}/{key}"), below),
                "not" | "propertyNames" | "contains" | "if" | "then" | "else" => {
                    self.schema(&format!("{at}/{key}"), marks | MIXED);
                }
                "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                    for ix in 0..part.as_array().map_or(0, Vec::len) {
                        self.schema(&format!("{at}/{key}/{ix}"), marks | MIXED);
                    }
                }
                "patternProperties" => {
                    for name in part.as_object().into_iter().flat_map(Map::keys) {
                        self.schema(&format!("{at}/{key}/{}", step(name)), marks | MIXED);
                    }
                }
                _ => {}
            }
        }
    }
}

/// True if nothing beside its parts speaks of their places.
fn is_plain(schema: &Map<String, Value>) -> bool {
    let adding = [
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "enum",
        "const",
        "patternProperties",
        "prefixItems",
        "discriminator",
        "maxItems",
        "maxProperties",
    ];
    let has = |key: &str| schema.contains_key(key);
    let kind = schema.get("type").and_then(Value::as_str);
    let typed = kind.is_none_or(|kind| {
        (kind == "object" || !(has("properties") || has("additionalProperties"))) && (kind == "array" || !has("items"))
    });
    typed && !adding.iter().any(|key| has(key)) && (!has("$ref") || schema.len() == 1)
}

/// True of a member that is only sent one way.
fn has_access(document: &Value, member: &Value, depth: usize) -> bool {
    let flagged = member["readOnly"] == true || member["writeOnly"] == true;
    let target = member["$ref"].as_str().and_then(|text| document.pointer(text.trim_start_matches('#')));
    let wrapped = member["allOf"].as_array().into_iter().flatten().chain(target);
    flagged || depth < 6 && wrapped.into_iter().any(|part| has_access(document, part, depth + 1))
}
