//! Random small contracts: a component `S` that is asked about, `T` to refer to, `N` to recurse through.

use serde_json::{Map, Value, json};

use super::schema::PATTERNS;
use crate::random::Rng;

const NAMES: [&str; 3] = ["a", "b", "c"];
const TEXTS: [&str; 4] = ["", "a", "b", "ab"];
const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/// A document whose one operation takes an `S`.
pub(super) fn document(version: &str, schemas: &Value) -> Value {
    let body =
        json!({"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}});
    json!({
        "openapi": version, "info": {"title": "Oracle", "version": "1"},
        "paths": {"/s": {"post": {"requestBody": body, "responses": {"204": {"description": "Done"}}}}},
        "components": {"schemas": schemas},
    })
}

/// Draws schemas of one dialect.
pub(super) struct Grammar<'r> {
    pub(super) rng: &'r mut Rng,
    pub(super) v30: bool,
}

impl Grammar<'_> {
    /// The three components, without a reference that leads to itself before any value is entered.
    pub(super) fn components(&mut self) -> Value {
        loop {
            let out = json!({"S": self.schema(2), "T": self.schema(1), "N": self.schema(1)});
            if is_grounded(&out) {
                return out;
            }
        }
    }

    /// A schema with schemas below it to a depth.
    pub(super) fn schema(&mut self, depth: usize) -> Value {
        let kind = self.rng.below(100);
        if kind < 10 {
            return self.reference();
        }
        if kind < 14 {
            let plain = if self.v30 { json!({}) } else { self.rng.pick(&[true, true, false]).into() };
            return self.rng.pick(&[&json!({}), &plain]).clone();
        }
        if kind < 24 {
            return self.values();
        }
        let mut out = Map::new();
        if depth > 0 && kind < 48 {
            if self.rng.chance(40) {
                out = self.typed(depth - 1);
            }
            self.compose(&mut out, depth - 1);
            return Value::Object(out);
        }
        out = self.typed(depth);
        if self.rng.chance(6) {
            out.remove("type");
        }
        Value::Object(out)
    }

    fn reference(&mut self) -> Value {
        let name = self.rng.pick(&["T", "N", "N", "S"]);
        let mut out = json!({ "$ref": format!("#/components/schemas/{name}") });
        if self.rng.chance(15) {
            out["description"] = "Of no matter".into();
        }
        if !self.v30 && self.rng.chance(10) {
            out.as_object_mut().expect("an object").extend(self.typed(0));
        }
        out
    }

    fn values(&mut self) -> Value {
        let mut list: Vec<Value> = Vec::new();
        for _ in 0..=self.rng.below(3) {
            let value = match self.rng.below(8) {
                0..=3 => json!(self.rng.pick(&TEXTS)),
                4 | 5 => json!(self.rng.pick(&[-1, 0, 1, 2])),
                6 => json!(0.5),
                _ => self.rng.pick(&[&json!(null), &json!(true), &json!(false), &json!([]), &json!(["a"])]).clone(),
            };
            if !list.contains(&value) {
                list.push(value);
            }
        }
        if list.len() == 1 && !self.v30 && self.rng.chance(60) {
            return json!({ "const": list[0] });
        }
        json!({ "enum": list })
    }

    fn compose(&mut self, out: &mut Map<String, Value>, depth: usize) {
        let key = self.rng.pick(&["anyOf", "anyOf", "oneOf", "oneOf", "allOf", "allOf", "not", "if"]);
        if key == "if" {
            if !self.v30 {
                for key in ["if", "then", "else"] {
                    if key == "if" || self.rng.chance(70) {
                        let part = self.schema(depth.min(1));
                        out.insert(key.to_owned(), part);
                    }
                }
            }
            return;
        }
        if key == "not" && self.rng.chance(40) {
            let not = self.schema(depth.min(1));
            out.insert(key.to_owned(), not);
            return;
        }
        if key == "not" {
            let kind = self.rng.pick(&TYPES[1..]);
            let not = match self.rng.below(4) {
                0 => json!({ "type": kind }),
                1 => json!({ "required": [self.rng.pick(&NAMES)] }),
                2 => json!({ "maxLength": 1 }),
                _ => json!({ "enum": [self.rng.pick(&TEXTS), 1] }),
            };
            out.insert(key.to_owned(), not);
            return;
        }
        let members: Vec<Value> = (0..=self.rng.below(3)).map(|_| self.schema(depth)).collect();
        out.insert(key.to_owned(), members.into());
    }

    /// A schema that names its types, with keywords of the first.
    fn typed(&mut self, depth: usize) -> Map<String, Value> {
        let mut out = Map::new();
        let start = usize::from(self.v30);
        let kind = self.rng.pick(&[
            "object",
            "object",
            "object",
            "array",
            "array",
            "string",
            "string",
            "integer",
            "number",
            "boolean",
            TYPES[start],
        ]);
        out.insert("type".to_owned(), kind.into());
        if self.rng.chance(20) {
            if self.v30 {
                out.insert("nullable".to_owned(), true.into());
            } else {
                let other = self.rng.pick(&["null", "null", "string", "integer", "object"]);
                out.insert("type".to_owned(), if other == kind { json!([kind]) } else { json!([kind, other]) });
            }
        }
        for _ in 0..self.rng.below(4) {
            self.keyword(kind, depth, &mut out);
        }
        out
    }

    /// Adds a keyword that speaks of a type.
    pub(super) fn keyword(&mut self, kind: &str, depth: usize, out: &mut Map<String, Value>) {
        let rng = &mut *self.rng;
        let (key, value) = match kind {
            "string" => match rng.below(3) {
                0 => ("minLength", json!(rng.below(3))),
                1 => ("maxLength", json!(rng.below(3))),
                _ => ("pattern", json!(PATTERNS[rng.below(PATTERNS.len())].0)),
            },
            "integer" | "number" => {
                let bound = rng.pick(&[&json!(-1), &json!(0), &json!(1), &json!(2), &json!(0.5)]).clone();
                let exclusive = if self.v30 { json!(rng.chance(50)) } else { bound.clone() };
                match rng.below(7) {
                    0 | 1 => ("minimum", bound),
                    2 | 3 => ("maximum", bound),
                    4 => ("exclusiveMinimum", exclusive),
                    5 => ("exclusiveMaximum", exclusive),
                    _ => ("multipleOf", rng.pick(&[&json!(1), &json!(2), &json!(0.5)]).clone()),
                }
            }
            "array" => match rng.below(if self.v30 { 6 } else { 8 }) {
                0 => ("minItems", json!(rng.below(3))),
                1 => ("maxItems", json!(rng.below(3))),
                2 => ("uniqueItems", json!(true)),
                3 if !self.v30 => ("prefixItems", json!([self.schema(depth.saturating_sub(1))])),
                6 => ("contains", self.schema(depth.saturating_sub(1))),
                7 => (rng.pick(&["minContains", "maxContains"]), json!(rng.below(3))),
                _ => ("items", self.schema(depth.saturating_sub(1))),
            },
            "object" => return self.members(depth, out),
            _ => return,
        };
        out.insert(key.to_owned(), value);
    }

    fn members(&mut self, depth: usize, out: &mut Map<String, Value>) {
        let depth = depth.saturating_sub(1);
        let (key, value) = match self.rng.below(if self.v30 { 16 } else { 19 }) {
            0..=6 => {
                let mut properties = Map::new();
                for name in NAMES {
                    if self.rng.chance(50) {
                        properties.insert(name.to_owned(), self.schema(depth));
                    }
                }
                ("properties", Value::Object(properties))
            }
            7..=9 => {
                let names: Vec<&str> = NAMES.into_iter().filter(|_| self.rng.chance(40)).collect();
                ("required", if names.is_empty() { json!(["a"]) } else { json!(names) })
            }
            10 => ("additionalProperties", json!(false)),
            11 => ("additionalProperties", json!(true)),
            12 => ("additionalProperties", self.schema(depth)),
            13 => (self.rng.pick(&["minProperties", "maxProperties"]), json!(self.rng.below(3))),
            14 if !self.v30 => {
                let pattern = PATTERNS[self.rng.below(PATTERNS.len())].0;
                ("patternProperties", json!({ pattern: self.schema(depth) }))
            }
            15 if !self.v30 => {
                let names =
                    [json!({"enum": ["a", "b"]}), json!({"maxLength": 1}), json!({"pattern": "^[bc]"}), json!(false)];
                ("propertyNames", names[self.rng.below(4)].clone())
            }
            16 | 17 => ("dependentRequired", json!({ self.rng.pick(&NAMES): [self.rng.pick(&NAMES)] })),
            18 => ("dependentSchemas", json!({ self.rng.pick(&NAMES): self.schema(depth) })),
            _ => ("required", json!([self.rng.pick(&NAMES)])),
        };
        out.insert(key.to_owned(), value);
    }
}

/// False where a schema refers to itself without entering a value: nobody can say what that admits.
pub(super) fn is_grounded(components: &Value) -> bool {
    fn reaches(components: &Value, schema: &Value, trail: &mut Vec<String>) -> bool {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
            if trail.contains(&name) {
                return true;
            }
            trail.push(name.clone());
            let again = reaches(components, &components[name.as_str()], trail);
            trail.pop();
            if again {
                return true;
            }
        }
        let named = schema["dependentSchemas"].as_object().into_iter().flat_map(|list| list.values());
        let beside = ["not", "if", "then", "else"].into_iter().filter_map(|key| schema.get(key)).chain(named);
        let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
        lists.chain(beside).any(|part| reaches(components, part, trail))
    }
    let names = components.as_object().expect("components");
    names.keys().all(|name| !reaches(components, &components[name.as_str()], &mut vec![name.clone()]))
}
