//! Parameters and response headers as the judge knows them, and the documents that say the same.

use serde_json::{Map, Value, json};

use super::table::{Form, Place, of_collection, of_style};

/// The versions of `OpenAPI` that parameters are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Version {
    V20,
    V30,
    V31,
}

/// One parameter, or one header of a response.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) place: Place,
    pub(super) name: String,
    /// The style and `explode`; of 2.0 the `collectionFormat`.
    pub(super) style: &'static str,
    pub(super) explode: bool,
    pub(super) required: bool,
    /// The media type of its `content`, in place of a style.
    pub(super) media: Option<&'static str>,
    /// JSON Schema 2020-12.
    pub(super) schema: Value,
}

impl Parameter {
    pub(super) fn form(&self, version: Version) -> Form {
        if version == Version::V20 { of_collection(self.style) } else { of_style(self.place, self.style, self.explode) }
    }

    /// The parameter in a document of a version.
    fn written(&self, version: Version) -> Value {
        let mut out = Map::new();
        let place = match self.place {
            Place::Query => "query",
            Place::Path => "path",
            Place::Header => "header",
            Place::Cookie => "cookie",
            Place::Answer => "",
        };
        if self.place != Place::Answer {
            out.insert("name".to_owned(), self.name.clone().into());
            out.insert("in".to_owned(), place.into());
        }
        if version != Version::V20 || self.place != Place::Answer {
            out.insert("required".to_owned(), self.required.into());
        }
        let schema = spelled(&self.schema, version);
        match (version, self.media) {
            (Version::V20, _) => {
                if schema["type"] == "array" {
                    out.insert("collectionFormat".to_owned(), self.style.into());
                }
                out.extend(schema.as_object().cloned().unwrap_or_default());
            }
            (_, Some(media)) => drop(out.insert("content".to_owned(), json!({ media: {"schema": schema} }))),
            (_, None) => {
                out.insert("style".to_owned(), self.style.into());
                out.insert("explode".to_owned(), self.explode.into());
                out.insert("schema".to_owned(), schema);
            }
        }
        out.into()
    }
}

/// JSON Schema in the words of a version: before 3.1 one type, `nullable`, and no `const`.
fn spelled(schema: &Value, version: Version) -> Value {
    let Some(members) = schema.as_object().filter(|_| version != Version::V31) else { return schema.clone() };
    let mut out = Map::new();
    for (key, value) in members {
        match (key.as_str(), value) {
            ("type", Value::Array(types)) => {
                out.insert(key.clone(), types.iter().find(|kind| **kind != "null").cloned().unwrap_or_default());
                // Where a list of values leaves null out, `nullable` would let it in (ARCHITECTURE.md, "What silence means").
                let listed =
                    members.get("enum").and_then(Value::as_array).is_none_or(|list| list.contains(&Value::Null));
                out.insert("nullable".to_owned(), (listed && types.contains(&json!("null"))).into());
            }
            ("const", _) => drop(out.insert("enum".to_owned(), json!([value]))),
            ("anyOf" | "oneOf" | "allOf", Value::Array(list)) => {
                let list: Vec<Value> = list.iter().map(|part| spelled(part, version)).collect();
                out.insert(key.clone(), list.into());
            }
            ("properties", Value::Object(list)) => {
                let list = list.iter().map(|(name, part)| (name.clone(), spelled(part, version)));
                out.insert(key.clone(), Value::Object(list.collect()));
            }
            ("items" | "additionalProperties" | "not", _) => drop(out.insert(key.clone(), spelled(value, version))),
            _ => drop(out.insert(key.clone(), value.clone())),
        }
    }
    out.into()
}

/// A document whose one operation has these parameters, or answers with these headers.
pub(super) fn document(version: Version, list: &[Parameter]) -> Value {
    let path = list.iter().find(|parameter| parameter.place == Place::Path);
    let path = path.map_or("/s".to_owned(), |parameter| format!("/s/{{{}}}", parameter.name));
    let (headers, parameters): (Vec<&Parameter>, Vec<&Parameter>) =
        list.iter().partition(|parameter| parameter.place == Place::Answer);
    let mut answer = json!({"description": "Done"});
    if !headers.is_empty() {
        let headers = headers.iter().map(|header| (header.name.clone(), header.written(version)));
        answer["headers"] = Value::Object(headers.collect());
    }
    let parameters: Vec<Value> = parameters.iter().map(|parameter| parameter.written(version)).collect();
    let paths = json!({path: {"get": {"parameters": parameters, "responses": {"200": answer}}}});
    let info = json!({"title": "Drawn", "version": "1"});
    match version {
        Version::V20 => json!({"swagger": "2.0", "info": info, "paths": paths}),
        Version::V30 => json!({"openapi": "3.0.3", "info": info, "paths": paths}),
        Version::V31 => json!({"openapi": "3.1.0", "info": info, "paths": paths}),
    }
}
