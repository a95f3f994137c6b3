//! Random values of a lowered schema as a closed producer sends them: of one branch of each union, with members that
//! some part of it declares or invites. A value may still miss its schema; whoever asks validates it.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::random::Rng;

/// Draws values of the definitions of one lowered document.
pub(crate) struct Values<'s> {
    schema: &'s Value,
    rng: Rng,
    patterns: TestRunner,
}

impl<'s> Values<'s> {
    pub(crate) fn new(schema: &'s Value, seed: u64) -> Self {
        Self { schema, rng: Rng::new(seed), patterns: TestRunner::deterministic() }
    }

    /// One value, if the draw comes to an end.
    pub(crate) fn draw(&mut self) -> Option<Value> {
        self.value(&[self.schema], 0)
    }

    /// The conditions of one branch of a conjunction; `None` where nothing satisfies them or there are too many.
    fn layers(&mut self, schema: &'s Value, out: &mut Vec<&'s Map<String, Value>>) -> Option<()> {
        if out.len() > 64 || schema == false {
            return None;
        }
        let Some(members) = schema.as_object() else { return Some(()) };
        out.push(members);
        if let Some(target) = members.get("$ref").and_then(Value::as_str) {
            self.layers(self.schema.pointer(target.trim_start_matches('#'))?, out)?;
        }
        for part in members.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.layers(part, out)?;
        }
        if let Some(union) = members.get("anyOf").and_then(Value::as_array).filter(|union| !union.is_empty()) {
            let one = &union[self.rng.below(union.len())];
            self.layers(one, out)?;
        }
        Some(())
    }

    fn value(&mut self, schemas: &[&'s Value], depth: usize) -> Option<Value> {
        let mut layers = Vec::new();
        for schema in schemas {
            self.layers(schema, &mut layers)?;
        }
        if let Some(only) = layers.iter().find_map(|layer| layer.get("const")) {
            return Some(only.clone());
        }
        if let Some(values) = layers.iter().find_map(|layer| layer.get("enum")?.as_array()) {
            return (!values.is_empty()).then(|| values[self.rng.below(values.len())].clone());
        }
        let mut types = vec!["object", "array", "string", "integer", "number", "boolean", "null"];
        for layer in &layers {
            let Some(wanted) = layer.get("type") else { continue };
            let list = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
            let has = |kind: &str| list.iter().any(|known| known == kind);
            types.retain(|kind| has(kind) || *kind == "integer" && has("number"));
        }
        let speaks =
            |kind: &str, key: &str| types.contains(&kind) && layers.iter().any(|layer| layer.contains_key(key));
        if types.len() > 4 {
            // Nothing is said of the type: of most interest is what the other keywords speak of.
            let spoken = [("object", "properties"), ("object", "required"), ("array", "items"), ("string", "pattern")];
            if let Some((kind, _)) = spoken.into_iter().find(|(kind, key)| speaks(kind, key)) {
                types = vec![kind];
            }
        }
        if depth > 8 {
            types.retain(|kind| !matches!(*kind, "object" | "array"));
        }
        if types.is_empty() {
            return None;
        }
        match self.rng.pick(&types) {
            "object" => self.object(&layers, depth),
            "array" => self.array(&layers, depth),
            "string" => self.string(&layers),
            "integer" => Some(self.number(&layers, true)),
            "number" => Some(self.number(&layers, false)),
            "boolean" => Some(self.rng.chance(50).into()),
            _ => Some(Value::Null),
        }
    }

    fn object(&mut self, layers: &[&'s Map<String, Value>], depth: usize) -> Option<Value> {
        let mut names: Vec<&str> = Vec::new();
        let mut required: Vec<&str> = Vec::new();
        for layer in layers {
            names.extend(
                layer
                    .get("properties")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flat_map(|map| map.keys())
                    .map(String::as_str),
            );
            required.extend(
                layer.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str),
            );
        }
        let invited = layers.iter().any(|layer| layer.get("additionalProperties").is_some_and(|value| value != false));
        if invited {
            names.extend(["undeclared", "other-name"]);
        }
        names.extend(&required);
        let mut out = Map::new();
        let likely = if depth > 4 { 10 } else { 60 };
        for name in names {
            let needed = required.contains(&name);
            if out.contains_key(name) || !needed && !self.rng.chance(likely) {
                continue;
            }
            let parts: Vec<&Value> = layers.iter().filter_map(|layer| part(layer, name)).collect();
            if parts.iter().any(|part| **part == json!(false)) {
                continue;
            }
            match self.value(&parts, depth + 1) {
                Some(value) => drop(out.insert(name.to_owned(), value)),
                None if needed => return None,
                None => {}
            }
        }
        Some(out.into())
    }

    fn array(&mut self, layers: &[&'s Map<String, Value>], depth: usize) -> Option<Value> {
        let least = counts(layers, "minItems").max().unwrap_or(0);
        let most = counts(layers, "maxItems").min().unwrap_or(usize::MAX);
        let extra = if depth > 4 { 0 } else { self.rng.below(4) };
        let length = (least + extra).min(most).min(40);
        let mut out = Vec::new();
        for ix in 0..length {
            let parts: Vec<&Value> = layers
                .iter()
                .filter_map(|layer| layer.get("prefixItems").and_then(|list| list.get(ix)).or(layer.get("items")))
                .collect();
            match self.value(&parts, depth + 1) {
                Some(value) => out.push(value),
                None if ix < least => return None,
                None => break,
            }
        }
        Some(out.into())
    }

    fn string(&mut self, layers: &[&'s Map<String, Value>]) -> Option<Value> {
        let least = counts(layers, "minLength").max().unwrap_or(0);
        let most = counts(layers, "maxLength").min().unwrap_or(usize::MAX);
        if let Some(pattern) = layers.iter().find_map(|layer| layer.get("pattern")?.as_str()) {
            let bare = pattern.strip_prefix('^').unwrap_or(pattern);
            let bare = bare.strip_suffix('$').unwrap_or(bare);
            let strategy = proptest::string::string_regex(bare).ok()?;
            return Some(strategy.new_tree(&mut self.patterns).ok()?.current().into());
        }
        let format = layers.iter().find_map(|layer| layer.get("format")?.as_str());
        let known = match format.unwrap_or_default() {
            "date" => self.rng.pick(&["2024-02-29", "1999-12-31"]),
            "date-time" => self.rng.pick(&["2024-02-29T12:00:00Z", "1999-12-31T23:59:59.5+01:00"]),
            "uuid" => "123e4567-e89b-12d3-a456-426614174000",
            "email" => "someone@example.org",
            "uri" | "url" => "https://example.org/a?b=c",
            "ipv4" => "192.0.2.7",
            "ipv6" => "2001:db8::7",
            "hostname" => "www.example.org",
            "byte" => "YWJj",
            "time" => "12:00:00Z",
            _ => self.rng.pick(&["", "a", "Zoë", "some words", "0", "https://example.org", "x_1-y", "🙂"]),
        };
        let mut text: String = known.chars().take(most).collect();
        let mut length = text.chars().count();
        while length < least.min(5000) {
            text.push('x');
            length += 1;
        }
        Some(text.into())
    }

    fn number(&mut self, layers: &[&'s Map<String, Value>], integer: bool) -> Value {
        let bound = |key: &str| layers.iter().filter_map(|layer| layer.get(key)?.as_f64()).collect::<Vec<f64>>();
        let (mut low, mut high) = (bound("minimum"), bound("maximum"));
        low.extend(bound("exclusiveMinimum").iter().map(|bound| bound + 1.0));
        high.extend(bound("exclusiveMaximum").iter().map(|bound| bound - 1.0));
        let least = low.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let most = high.into_iter().fold(f64::INFINITY, f64::min);
        let unit = bound("multipleOf").into_iter().reduce(f64::max);
        let small: [f64; 9] = [0.0, 1.0, -1.0, 7.0, 0.5, 1e6, -3.25, 2_147_483_648.0, 1e15];
        let picked = match self.rng.below(4) {
            0 if least.is_finite() => least,
            1 if most.is_finite() => most,
            _ => self.rng.pick(&small).clamp(least, most.max(least)),
        };
        let number = match unit {
            Some(unit) => (picked / unit).round() * unit,
            None if integer => picked.round(),
            None => picked,
        };
        // An integer is written as one: not every reader takes 1.0 for 1.
        #[expect(clippy::cast_possible_truncation, reason = "no larger than what was picked above")]
        if number.fract() == 0.0 && number.abs() < 1e15 { json!(number as i64) } else { json!(number) }
    }
}

/// What the layers say under a keyword that counts.
fn counts(layers: &[&Map<String, Value>], key: &str) -> impl Iterator<Item = usize> {
    layers.iter().filter_map(move |layer| usize::try_from(layer.get(key)?.as_u64()?).ok())
}

/// What one layer says of a member.
fn part<'s>(layer: &'s Map<String, Value>, name: &str) -> Option<&'s Value> {
    let declared = layer.get("properties").and_then(|members| members.get(name));
    declared.or_else(|| layer.get("additionalProperties"))
}
