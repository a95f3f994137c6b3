//! A schema of `OpenAPI` as JSON Schema 2020-12, written from the table of semantics.md 2.2 without a line of the crate:
//! null, exclusive flags, references with siblings, what flows one way only; `oneOf` is read as `anyOf` unless asked.

use indexmap::{IndexMap, IndexSet};
use preavis::contract::Side;
use serde_json::{Map, Value, json};

use crate::laws::Version;

/// What a schema becomes on one side.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Who sends: what flows the other way only is neither sent nor required.
    Sub(Side),
    /// Who reads. A name that flows the other way only anywhere in the document is not asked for, so that a missing
    /// member never counts against the engine by an `allOf` this translation does not see through.
    Sup(Side),
}

/// The schema at a pointer with all it refers to.
pub(crate) fn lower(document: &Value, at: &str, role: Role) -> Value {
    lowered(document, at, role, false)
}

/// The same with `oneOf` as it is.
pub(crate) fn lower_exactly(document: &Value, at: &str, role: Role) -> Value {
    lowered(document, at, role, true)
}

fn lowered(document: &Value, at: &str, role: Role, exact: bool) -> Value {
    let mut one_way = IndexSet::new();
    if let Role::Sup(side) = role {
        names_one_way(document, document, flag(side), &mut one_way);
    }
    let version = Version::of(document);
    let mut lowering = Lowering { document, version, role, exact, one_way, names: IndexMap::new() };
    let root = lowering.reference(at);
    let mut definitions = Map::new();
    while let Some((at, name)) =
        lowering.names.get_index(definitions.len()).map(|(at, name)| (at.clone(), name.clone()))
    {
        let lowered = document.pointer(&at).map_or(json!(true), |schema| lowering.schema(schema));
        definitions.insert(name, lowered);
    }
    json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": root, "$defs": definitions})
}

fn flag(side: Side) -> &'static str {
    if side == Side::Request { "readOnly" } else { "writeOnly" }
}

/// True of a schema with a flag, seen through references, an `allOf` or a union of one.
fn has_flag(document: &Value, schema: &Value, flag: &str, depth: usize) -> bool {
    let target = schema["$ref"].as_str().and_then(|text| document.pointer(text.trim_start_matches('#')));
    let alone = ["anyOf", "oneOf"].into_iter().filter_map(|key| schema[key].as_array().filter(|list| list.len() == 1));
    let parts = schema["allOf"].as_array().into_iter().chain(alone).flatten().chain(target);
    schema[flag] == true || depth < 6 && parts.into_iter().any(|part| has_flag(document, part, flag, depth + 1))
}

fn names_one_way(document: &Value, value: &Value, flag: &str, out: &mut IndexSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if has_flag(document, member, flag, 0) {
                    out.insert(name.clone());
                }
            }
            members.values().for_each(|part| names_one_way(document, part, flag, out));
        }
        Value::Array(items) => items.iter().for_each(|part| names_one_way(document, part, flag, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

struct Lowering<'d> {
    document: &'d Value,
    version: Version,
    role: Role,
    /// Exactly one member of `oneOf` takes a value.
    exact: bool,
    one_way: IndexSet<String>,
    /// The schemas referred to, by pointer.
    names: IndexMap<String, String>,
}

impl Lowering<'_> {
    fn reference(&mut self, at: &str) -> String {
        let next = format!("s{}", self.names.len());
        let name = self.names.entry(at.to_owned()).or_insert(next);
        format!("#/$defs/{name}")
    }

    fn schema(&mut self, schema: &Value) -> Value {
        let Some(members) = schema.as_object() else { return schema.clone() };
        let key = if self.version == Version::V20 { "x-nullable" } else { "nullable" };
        let nullable = self.version != Version::V31 && members.get(key).is_some_and(|flag| flag == true);
        let mut out = Map::new();
        if let Some(target) = members.get("$ref").and_then(Value::as_str) {
            out.insert("$ref".to_owned(), self.reference(target.trim_start_matches('#')).into());
            if self.version != Version::V31 {
                return or_null(out, nullable);
            }
        }
        for (key, value) in members {
            self.keyword(key, value, members, &mut out);
        }
        self.numbers(members, &mut out);
        let composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|key| members.contains_key(*key));
        if let Some(kind) = out.get("type").and_then(Value::as_str).filter(|_| nullable && !composed) {
            let types = json!([kind, "null"]);
            out.insert("type".to_owned(), types);
            if let Some(values) = out.get_mut("enum").and_then(Value::as_array_mut) {
                values.push(Value::Null);
            }
            return out.into();
        }
        or_null(out, nullable)
    }

    fn keyword(&mut self, key: &str, value: &Value, owner: &Map<String, Value>, out: &mut Map<String, Value>) {
        let lowered = match key {
            "type" | "enum" | "const" | "multipleOf" | "minLength" | "maxLength" | "pattern" | "minItems"
            | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" | "dependentRequired" | "minContains"
            | "maxContains" => value.clone(),
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties" => self.schema(value),
            "properties" | "patternProperties" | "dependentSchemas" => {
                let mut out = Map::new();
                for (name, member) in value.as_object().into_iter().flatten() {
                    let lowered = if self.is_held_back(member) { json!(false) } else { self.schema(member) };
                    out.insert(name.clone(), lowered);
                }
                out.into()
            }
            "required" => {
                let names = value.as_array().into_iter().flatten().filter(|name| self.is_asked(name, owner));
                names.cloned().collect::<Vec<_>>().into()
            }
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                let list = value.as_array().map_or(&[][..], Vec::as_slice);
                let union = key != "allOf" && list.len() > 1;
                list.iter().map(|part| self.member(union, part)).collect()
            }
            _ => return,
        };
        if key == "oneOf" && !self.exact {
            // Beside an `anyOf` it becomes a condition of its own.
            let list = out.entry("allOf").or_insert(json!([]));
            list.as_array_mut().expect("a list").push(json!({ "anyOf": lowered }));
        } else if key == "allOf" && out.contains_key("allOf") {
            let list = out.get_mut("allOf").and_then(Value::as_array_mut).expect("a list");
            list.extend(lowered.as_array().cloned().unwrap_or_default());
        } else {
            out.insert(key.to_owned(), lowered);
        }
    }

    /// A member of a list. Before 3.1 one of several of a union that says nothing but `nullable` is null.
    fn member(&mut self, union: bool, part: &Value) -> Value {
        let said = part.as_object().into_iter().flatten().filter(|(key, _)| *key != "description");
        let alone = part["nullable"] == true && union && said.count() == 1 && self.version == Version::V30;
        if self.exact && alone { json!({"type": "null"}) } else { self.schema(part) }
    }

    /// True of a member that this side does not send.
    fn is_held_back(&self, member: &Value) -> bool {
        matches!(self.role, Role::Sub(side) if has_flag(self.document, member, flag(side), 0))
    }

    /// False of a member that flows the other way only.
    fn is_asked(&self, name: &Value, owner: &Map<String, Value>) -> bool {
        let Some(name) = name.as_str() else { return false };
        let (Role::Sub(side) | Role::Sup(side)) = self.role;
        let here = owner.get("properties").and_then(|members| members.get(name));
        let flagged = here.is_some_and(|member| has_flag(self.document, member, flag(side), 0));
        !flagged && !self.one_way.contains(name)
    }

    /// Bounds, by flag or by number, and the formats that are windows.
    fn numbers(&self, members: &Map<String, Value>, out: &mut Map<String, Value>) {
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            let flagged = members.get(exclusive).is_some_and(|flag| *flag == true);
            if let Some(limit) = members.get(bound) {
                let key = if flagged && self.version != Version::V31 { exclusive } else { bound };
                out.insert(key.to_owned(), limit.clone());
            }
            if let Some(limit) = members.get(exclusive).filter(|limit| limit.is_number()) {
                out.insert(exclusive.to_owned(), limit.clone());
            }
        }
        // A sender keeps to the window; a reader is not held to it.
        if matches!(self.role, Role::Sub(_)) && members.get("format").is_some_and(|format| format == "int32") {
            out.entry("minimum").or_insert(json!(i32::MIN));
            out.entry("maximum").or_insert(json!(i32::MAX));
        }
        if let (Role::Sub(_), Some(format)) = (self.role, members.get("format")) {
            out.insert("format".to_owned(), format.clone());
        }
    }
}

fn or_null(schema: Map<String, Value>, nullable: bool) -> Value {
    if nullable { json!({"anyOf": [schema, {"type": "null"}]}) } else { schema.into() }
}
