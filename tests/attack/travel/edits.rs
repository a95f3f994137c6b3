//! Edits of random parameters.

use serde_json::{Value, json};

use super::grammar::{Grammar, NAMES, is_scalar};
use super::parameter::{Parameter, Version};
use super::table::Place;

impl Grammar<'_> {
    /// Changes something about a list of parameters.
    pub(super) fn edit(&mut self, list: &mut Vec<Parameter>) {
        let at = self.rng.below(list.len());
        let place = list[at].place;
        match self.rng.below(12) {
            0 if place != Place::Path && (self.version, place) != (Version::V20, Place::Answer) => {
                list[at].required = !list[at].required;
            }
            1 | 2 => self.restyle(&mut list[at]),
            3 => list[at].schema = self.schema(),
            4 => {
                let schema = list[at].schema.take();
                let list_of = json!({"type": "array", "items": schema});
                list[at].schema = if is_scalar(&schema) { list_of } else { schema };
            }
            5 if list[at].schema["items"].is_object() => list[at].schema = list[at].schema["items"].take(),
            6 => unfold(list, at),
            7 if place == Place::Path => "f".clone_into(&mut list[at].name),
            _ => {
                let schema = list[at].schema.take();
                list[at].schema = self.edited(schema);
            }
        }
        list.iter_mut().filter(|parameter| !is_scalar(&parameter.schema)).for_each(|parameter| {
            parameter.media = parameter.media.filter(|media| *media != "text/plain");
        });
    }

    /// A schema with something changed in it.
    fn edited(&mut self, mut schema: Value) -> Value {
        let list = ["anyOf", "oneOf"].into_iter().find(|key| schema[*key].is_array());
        if let Some(key) = list {
            let members = schema[key].as_array_mut().expect("a list");
            let at = self.rng.below(members.len());
            let member = members[at].take();
            members[at] = self.edited(member);
            return schema;
        }
        if schema["items"].is_object() && self.rng.chance(70) {
            let items = schema["items"].take();
            schema["items"] = self.edited(items);
            return schema;
        }
        if schema["type"] == "object" {
            return self.edited_object(schema);
        }
        if let Some(values) = schema["enum"].as_array_mut().filter(|values| values.len() > 1) {
            values.pop();
            return schema;
        }
        let kind = schema["type"].as_str().unwrap_or("").to_owned();
        if let Some(members) = schema.as_object_mut().filter(|_| !kind.is_empty()) {
            if members.len() > 1 && kind != "array" {
                members.retain(|key, _| key == "type");
            } else if kind == "array" {
                members.insert(self.rng.pick(&["minItems", "maxItems"]).to_owned(), (1 + self.rng.below(2)).into());
            } else {
                self.bound(&kind, members);
            }
            return schema;
        }
        self.scalar()
    }

    fn edited_object(&mut self, mut schema: Value) -> Value {
        let name = self.rng.pick(&NAMES);
        match self.rng.below(6) {
            0 => schema["properties"][name] = self.member(),
            1 if schema["properties"][name].is_object() => {
                let member = schema["properties"][name].take();
                schema["properties"][name] = self.edited(member);
            }
            2 if schema["properties"][name].is_object() => {
                schema["properties"].as_object_mut().expect("members").shift_remove(name);
                if let Some(required) = schema["required"].as_array_mut() {
                    required.retain(|known| known != name);
                }
            }
            3 if schema["properties"][name].is_object() && schema.get("required").is_none() => {
                schema["required"] = json!([name]);
            }
            4 => drop(schema.as_object_mut().expect("an object").shift_remove("required")),
            _ => schema["additionalProperties"] = if self.rng.chance(50) { false.into() } else { self.scalar() },
        }
        schema
    }
}

/// An exploded object becomes the keys that it is sent as.
fn unfold(list: &mut Vec<Parameter>, at: usize) {
    let owner = list[at].clone();
    let brackets = owner.style == "deepObject";
    let keyed = matches!(owner.place, Place::Query | Place::Cookie) && owner.explode && owner.media.is_none();
    let Some(members) = owner.schema["properties"].as_object().filter(|members| keyed && !members.is_empty()) else {
        return;
    };
    let key = |name: &str| if brackets { format!("{}[{name}]", owner.name) } else { name.to_owned() };
    if members.keys().any(|name| list.iter().any(|known| known.name == key(name))) {
        return;
    }
    let required = owner.schema["required"].as_array().cloned().unwrap_or_default();
    list.remove(at);
    list.extend(members.iter().map(|(name, schema)| Parameter {
        name: key(name),
        style: "form",
        required: owner.required && required.iter().any(|known| known == name),
        schema: schema.clone(),
        ..owner.clone()
    }));
}
