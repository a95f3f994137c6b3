//! Random parameters, and the small values that are sent.

use serde_json::{Map, Value, json};

use super::parameter::{Parameter, Version};
use super::table::{Place, collections, styles};
use crate::random::Rng;

pub(super) const NAMES: [&str; 3] = ["a", "b", "d"];
const TEXTS: [&str; 13] = ["", "a", "b", "ab", "1", "2", "12", "true", "a,b", "a b", "a|b", "a.b", "0.5"];
const PLACES: [Place; 7] =
    [Place::Query, Place::Query, Place::Query, Place::Path, Place::Header, Place::Cookie, Place::Answer];

/// Draws parameters of one version.
pub(super) struct Grammar<'r> {
    pub(super) rng: &'r mut Rng,
    pub(super) version: Version,
}

impl Grammar<'_> {
    /// The parameters of one operation: one, sometimes with another beside it.
    pub(super) fn list(&mut self) -> Vec<Parameter> {
        let mut place = self.rng.pick(&PLACES);
        if self.version == Version::V20 && place == Place::Cookie {
            place = Place::Query;
        }
        let mut out = vec![self.parameter(place, "c")];
        if place != Place::Path && self.rng.chance(25) {
            out.push(self.parameter(place, "e"));
        }
        out
    }

    fn parameter(&mut self, place: Place, name: &str) -> Parameter {
        let mut out = Parameter {
            place,
            name: name.to_owned(),
            style: "",
            explode: false,
            required: place == Place::Path || self.rng.chance(50),
            media: None,
            schema: self.schema(),
        };
        if self.version == Version::V20 && place == Place::Answer {
            out.required = false;
        }
        self.restyle(&mut out);
        out
    }

    /// Another style, or a media type.
    pub(super) fn restyle(&mut self, parameter: &mut Parameter) {
        if self.version == Version::V20 {
            parameter.style = self.rng.pick(&collections(parameter.place));
            return;
        }
        (parameter.style, parameter.explode) = self.rng.pick(&styles(parameter.place));
        let media = self.rng.chance(6).then(|| self.rng.pick(&["application/json", "text/plain"]));
        parameter.media = media.filter(|media| *media != "text/plain" || is_scalar(&parameter.schema));
    }

    /// A schema of what can travel: a scalar, a list, an object, or a union of some.
    pub(super) fn schema(&mut self) -> Value {
        let kind = self.rng.below(100);
        match kind {
            0..=39 => self.scalar(),
            40..=64 => self.list_of(),
            _ if self.version == Version::V20 => self.scalar(),
            65..=84 => self.object(),
            85..=89 => json!({"not": self.scalar()}),
            _ => {
                let list: Vec<Value> = (0..2 + self.rng.below(2)).map(|_| self.part()).collect();
                json!({ self.rng.pick(&["anyOf", "oneOf"]): list })
            }
        }
    }

    fn part(&mut self) -> Value {
        match self.rng.below(10) {
            0 if self.version == Version::V31 => json!({"type": "null"}),
            0..=6 => self.scalar(),
            _ => self.list_of(),
        }
    }

    pub(super) fn scalar(&mut self) -> Value {
        let mut out = Map::new();
        let mut kind = self.rng.pick(&["string", "string", "string", "integer", "integer", "number", "boolean"]);
        match self.rng.below(8) {
            0 | 1 => {
                let list: Vec<&str> = (0..=self.rng.below(3)).map(|_| self.rng.pick(&TEXTS[1..])).collect();
                let mut list: Vec<Value> = list.into_iter().map(Value::from).collect();
                list.dedup();
                out.insert("enum".to_owned(), list.into());
                kind = "string";
            }
            2 => {
                let mut list = vec![json!(self.rng.pick(&[-1, 0, 1])), json!(self.rng.pick(&[2, 12]))];
                list.truncate(1 + self.rng.below(2));
                out.insert("enum".to_owned(), list.into());
                kind = "integer";
            }
            3 | 4 => self.bound(kind, &mut out),
            _ => {}
        }
        let types = match self.rng.below(10) {
            0 if self.version != Version::V20 => json!([kind, "null"]),
            1 if self.version == Version::V31 => {
                let other = self.rng.pick(&["string", "integer", "boolean"]);
                if other == kind { json!(kind) } else { json!([kind, other]) }
            }
            _ => json!(kind),
        };
        out.insert("type".to_owned(), types);
        out.into()
    }

    /// A scalar that lists no text in which some style separates parts: nobody can send it within an object.
    pub(super) fn member(&mut self) -> Value {
        loop {
            let out = self.scalar();
            let texts = out["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
            if !texts.into_iter().any(|text| text.contains([',', ' ', '|', '.'])) {
                return out;
            }
        }
    }

    pub(super) fn bound(&mut self, kind: &str, out: &mut Map<String, Value>) {
        let (key, value) = match kind {
            "string" => self.rng.pick(&[
                ("maxLength", 1),
                ("maxLength", 2),
                ("minLength", 1),
                ("minLength", 2),
                ("pattern", 0),
                ("pattern", 1),
                ("pattern", 2),
            ]),
            "integer" | "number" => {
                self.rng.pick(&[("minimum", 0), ("minimum", 1), ("maximum", 1), ("maximum", 2), ("multipleOf", 2)])
            }
            _ => return,
        };
        let value =
            if key == "pattern" { json!(["^[a-z]+$", "^[0-9]+$", "^[a-z]+(,[a-z]+)*$"][value]) } else { value.into() };
        out.insert(key.to_owned(), value);
    }

    fn list_of(&mut self) -> Value {
        let mut out = json!({"type": "array", "items": self.scalar()});
        if self.rng.chance(30) {
            let (key, value) = self.rng.pick(&[("minItems", 1), ("minItems", 2), ("maxItems", 1), ("maxItems", 2)]);
            out[key] = value.into();
        }
        if self.rng.chance(10) {
            out["uniqueItems"] = true.into();
        }
        out
    }

    fn object(&mut self) -> Value {
        let mut members = Map::new();
        for name in NAMES {
            if self.rng.chance(55) {
                let part = if self.rng.chance(15) { self.list_of() } else { self.member() };
                members.insert(name.to_owned(), part);
            }
        }
        let required: Vec<&String> = members.keys().filter(|_| self.rng.chance(35)).collect();
        let mut out = json!({"type": "object"});
        if !required.is_empty() {
            out["required"] = json!(required);
        }
        if !members.is_empty() {
            out["properties"] = members.into();
        }
        match self.rng.below(10) {
            0 | 1 => out["additionalProperties"] = false.into(),
            2 | 3 => out["additionalProperties"] = self.scalar(),
            4 => out["maxProperties"] = 1.into(),
            _ => {}
        }
        out
    }
}

/// True of a schema of one scalar type.
pub(super) fn is_scalar(schema: &Value) -> bool {
    let kind = schema["type"].as_str();
    kind.is_some_and(|kind| kind != "array" && kind != "object")
}

/// Small values: scalars, short lists and objects of them.
pub(super) fn values() -> Vec<Value> {
    let mut scalars: Vec<Value> = TEXTS.iter().map(|text| json!(text)).collect();
    scalars.extend([json!(-1), json!(0), json!(1), json!(2), json!(12), json!(0.5), json!(true), json!(false)]);
    let few = [json!("a"), json!("ab"), json!("1"), json!(1), json!(2), json!(0), json!(true)];
    let mut out = scalars.clone();
    out.extend(scalars.iter().map(|one| json!([one])));
    for one in &few {
        out.extend(few.iter().map(|other| json!([one, other])));
        out.push(json!([one, "b", one]));
    }
    out.push(json!([1, 2, 12]));
    for name in NAMES {
        out.extend(scalars.iter().map(|one| json!({ name: one })));
        out.extend(few.iter().map(|one| json!({ name: [one] })));
        out.extend([json!({name: ["a", "b"]}), json!({name: [1, 2]})]);
    }
    for one in &few {
        for other in &few {
            out.extend([json!({"a": one, "b": other}), json!({"b": one, "d": other}), json!({"a": one, "d": other})]);
            out.push(json!({"a": one, "b": other, "d": one}));
            out.push(json!({"a": one, "b": one, "d": other}));
        }
    }
    out
}
