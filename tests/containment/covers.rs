//! Random pairs against another engine: the canonical forms of `jsonschema`, which answer yes, no or nothing.
//!
//! Every object says what undeclared members are and every array what its items are, so that closed producers and open
//! ones send the same values. `PREAVIS_COVERS_PAIRS` sets the number of pairs (300), `PREAVIS_COVERS_SEED` the seed.

use jsonschema::canonical::Containment;
use serde_json::{Map, Value, json};

use super::{Answer, ask};
use crate::random::Rng;

const PATTERNS: [&str; 6] = ["^a", "b$", "^[a-c]+$", "^[0-9]{2,4}$", "x", "^(ab|cd)*$"];

struct Grammar<'r>(&'r mut Rng);

impl Grammar<'_> {
    fn schema(&mut self, depth: usize) -> Value {
        if depth > 0 && self.0.chance(35) {
            return self.composed(depth - 1);
        }
        self.typed(depth)
    }

    fn composed(&mut self, depth: usize) -> Value {
        let many = |grammar: &mut Self, count| -> Vec<Value> { (0..count).map(|_| grammar.schema(depth)).collect() };
        match self.0.below(6) {
            0..=2 => {
                let count = 1 + self.0.below(3);
                json!({ "anyOf": many(self, count) })
            }
            3 => json!({ "allOf": many(self, 2) }),
            4 => {
                let mut out = self.typed(depth);
                out["not"] = self.schema(depth);
                out
            }
            _ => {
                let mut out = self.typed(depth);
                for key in ["if", "then", "else"] {
                    if key == "if" || self.0.chance(70) {
                        out[key] = self.typed(depth);
                    }
                }
                out
            }
        }
    }

    fn typed(&mut self, depth: usize) -> Value {
        let kind =
            self.0.pick(&["null", "boolean", "integer", "number", "string", "string", "array", "object", "object"]);
        if self.0.chance(20) {
            let list = [json!(0), json!(1), json!(2.5), json!("a"), json!("ab"), json!(true), json!(null), json!(7)];
            let some: Vec<&Value> = list.iter().filter(|_| self.0.chance(35)).collect();
            return if some.is_empty() { json!({"const": 1}) } else { json!({ "enum": some }) };
        }
        let mut out = Map::new();
        out.insert("type".to_owned(), kind.into());
        for _ in 0..self.0.below(3) {
            self.keyword(kind, depth, &mut out);
        }
        if kind == "array" && !out.contains_key("items") {
            out.insert("items".to_owned(), self.typed(depth.saturating_sub(1)));
        }
        if kind == "object" && !out.contains_key("additionalProperties") {
            let rest = if self.0.chance(60) || depth == 0 { json!(false) } else { self.typed(depth - 1) };
            out.insert("additionalProperties".to_owned(), rest);
        }
        Value::Object(out)
    }

    fn keyword(&mut self, kind: &str, depth: usize, out: &mut Map<String, Value>) {
        let below = depth.saturating_sub(1);
        let few = self.0.below(4);
        let name = self.0.pick(&["a", "b", "ab"]);
        let (key, value) = match kind {
            "integer" | "number" => {
                let bound = self.0.pick(&[-3.0, 0.0, 0.5, 1.0, 2.0, 4.0, 7.0, 10.0]);
                let bound = if f64::fract(bound) == 0.0 {
                    json!(format!("{bound}").parse::<i64>().expect("whole"))
                } else {
                    json!(bound)
                };
                match self.0.below(6) {
                    0 | 1 => ("minimum", bound),
                    2 | 3 => ("maximum", bound),
                    4 => (self.0.pick(&["exclusiveMinimum", "exclusiveMaximum"]), bound),
                    _ => ("multipleOf", self.0.pick(&[&json!(2), &json!(3), &json!(0.5), &json!(4)]).clone()),
                }
            }
            "string" => match self.0.below(3) {
                0 => ("minLength", json!(few)),
                1 => ("maxLength", json!(few)),
                _ => ("pattern", self.0.pick(&PATTERNS).into()),
            },
            "array" => match self.0.below(8) {
                0 => ("minItems", json!(few)),
                1 => ("maxItems", json!(few)),
                2 => ("uniqueItems", json!(true)),
                3 => ("prefixItems", json!([self.typed(below)])),
                4 => ("contains", self.typed(below)),
                5 => (self.0.pick(&["minContains", "maxContains"]), json!(few)),
                _ => ("items", self.typed(below)),
            },
            "object" => match self.0.below(9) {
                0..=3 => {
                    ("properties", json!({ name: self.schema(below), self.0.pick(&["a", "c"]): self.typed(below) }))
                }
                4 => ("required", json!([name])),
                5 => (self.0.pick(&["minProperties", "maxProperties"]), json!(few)),
                6 => ("propertyNames", json!({ "maxLength": few })),
                7 => ("dependentRequired", json!({ name: [self.0.pick(&["a", "b"])] })),
                _ => ("patternProperties", json!({ self.0.pick(&PATTERNS): self.typed(below) })),
            },
            _ => return,
        };
        out.insert(key.to_owned(), value);
    }

    /// The same schema with one part drawn anew.
    fn edited(&mut self, schema: &Value) -> Value {
        let mut out = schema.clone();
        match &mut out {
            Value::Object(members) if !members.is_empty() && self.0.chance(75) => {
                let keys: Vec<String> = members.keys().cloned().collect();
                let key = &keys[self.0.below(keys.len())];
                let deep = matches!(key.as_str(), "properties" | "patternProperties");
                let part = members[key].clone();
                let next = match part.clone() {
                    Value::Object(parts) if deep => {
                        let names: Vec<String> = parts.keys().cloned().collect();
                        let name = &names[self.0.below(names.len())];
                        let mut parts = parts;
                        parts.insert(name.clone(), self.edited(&parts[name]));
                        Value::Object(parts)
                    }
                    Value::Object(_) if key != "dependentRequired" => self.edited(&part),
                    Value::Array(parts) if ["anyOf", "allOf"].contains(&key.as_str()) => {
                        let mut parts = parts.clone();
                        let ix = self.0.below(parts.len());
                        parts[ix] = self.edited(&parts[ix]);
                        Value::Array(parts)
                    }
                    Value::Number(_) => json!(self.0.below(5) + 1),
                    Value::Object(_) | Value::Array(_) | Value::Null | Value::Bool(_) | Value::String(_) => part,
                };
                members.insert(key.clone(), next);
            }
            Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return self.schema(1);
            }
        }
        out
    }
}

/// The other engine's answer.
fn covers(sub: &Value, sup: &Value) -> Option<bool> {
    let (sub, sup) = (jsonschema::canonicalize(sub).ok()?, jsonschema::canonicalize(sup).ok()?);
    match sup.covers(&sub).ok()? {
        Containment::Yes => Some(true),
        Containment::No => Some(false),
        Containment::Unknown => None,
    }
}

#[test]
fn another_engine_never_disagrees() {
    let setting = |name: &str, default| std::env::var(name).ok().map_or(default, |text| text.parse().expect(name));
    let mut rng = Rng::new(setting("PREAVIS_COVERS_SEED", 1_usize) as u64);
    let (mut both, mut ours, mut open, mut wrong) = (0, 0, 0, Vec::new());
    for _ in 0..setting("PREAVIS_COVERS_PAIRS", 300) {
        let mut grammar = Grammar(&mut rng);
        let one = grammar.schema(2);
        let two = if grammar.0.chance(80) { grammar.edited(&one) } else { grammar.schema(2) };
        for (sub, sup) in [(&one, &two), (&two, &one)] {
            let answer = ask("3.1.0", &sub.to_string(), &sup.to_string());
            match (answer, covers(sub, sup)) {
                (Answer::Open, _) => {
                    open += 1;
                    if std::env::var("PREAVIS_COVERS_SHOW").is_ok() {
                        eprintln!("open: {sub}\n      {sup}");
                    }
                }
                (_, None) => ours += 1,
                (answer, Some(truth)) if (answer == Answer::Within) == truth => both += 1,
                (_, Some(truth)) => wrong.push(format!("{sub}\n  within {sup}: {truth}")),
            }
        }
    }
    eprintln!("{both} agree, {ours} answered here only, {open} open, {} disagree", wrong.len());
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
}
