//! Random unions with a discriminator, and the documents that say the same.

use serde_json::{Map, Value, json};

use crate::random::Rng;

pub(super) const NAMES: [&str; 5] = ["Cat", "Dog", "Fox", "Owl", "cat"];
pub(super) const MEMBERS: [&str; 3] = ["m", "n", "o"];

/// Where the union stands in the body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Root,
    Member,
    Items,
}

/// A member of a variant.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) schema: Value,
    pub(super) required: bool,
}

/// A component that a tag may select.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) members: Vec<Member>,
    pub(super) closed: bool,
}

/// A union, or a parent that its variants extend.
#[derive(Clone, Debug)]
pub(super) struct Union {
    pub(super) version: &'static str,
    pub(super) place: Place,
    /// `oneOf`, `anyOf`, or `allOf` of what extends it.
    pub(super) key: &'static str,
    /// The property of the discriminator, if there is one.
    pub(super) property: Option<String>,
    /// Tag, name of a component.
    pub(super) mapping: Vec<(String, String)>,
    pub(super) variants: Vec<Variant>,
}

impl Union {
    /// A variant without its parent.
    pub(super) fn schema_of(&self, variant: &Variant) -> Value {
        let members = variant.members.iter().map(|member| (member.name.clone(), member.schema.clone()));
        let required: Vec<&str> =
            variant.members.iter().filter(|member| member.required).map(|member| member.name.as_str()).collect();
        let mut out = json!({"type": "object", "properties": members.collect::<Map<_, _>>()});
        if !required.is_empty() {
            out["required"] = json!(required);
        }
        if variant.closed && self.key != "allOf" {
            out["additionalProperties"] = false.into();
        }
        out
    }

    /// The union itself, without its discriminator.
    pub(super) fn root(&self) -> Value {
        if self.key == "allOf" {
            let property = self.property.as_deref().unwrap_or("kind");
            return json!({"type": "object", "required": [property], "properties": {property: {"type": "string"}}});
        }
        let list = self.variants.iter().map(|variant| json!({"$ref": reference(&variant.name)}));
        json!({self.key: list.collect::<Vec<_>>()})
    }

    /// The components of the variants.
    pub(super) fn components(&self) -> Map<String, Value> {
        let schema = |variant: &Variant| match self.key {
            "allOf" => json!({"allOf": [{"$ref": reference("S")}, self.schema_of(variant)]}),
            _ => self.schema_of(variant),
        };
        let mut out: Map<String, Value> =
            self.variants.iter().map(|variant| (variant.name.clone(), schema(variant))).collect();
        let mut root = self.root();
        if let Some(property) = &self.property {
            root["discriminator"] = json!({"propertyName": property});
            if !self.mapping.is_empty() {
                let rows = self.mapping.iter().map(|(tag, name)| (tag.clone(), reference(name).into()));
                root["discriminator"]["mapping"] = Value::Object(rows.collect());
            }
        }
        out.insert("S".to_owned(), root);
        out
    }

    /// A document that takes such a body and answers with one.
    pub(super) fn document(&self) -> Value {
        let union = json!({"$ref": reference("S")});
        let body = match self.place {
            Place::Root => union,
            Place::Member => json!({"type": "object", "required": ["pet"], "properties": {"pet": union}}),
            Place::Items => json!({"type": "array", "items": union}),
        };
        let content = json!({"application/json": {"schema": body}});
        let post = json!({
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "Done", "content": content}},
        });
        json!({
            "openapi": self.version, "info": {"title": "Drawn", "version": "1"},
            "paths": {"/s": {"post": post}}, "components": {"schemas": self.components()},
        })
    }
}

fn reference(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

/// A random union.
pub(super) fn union(rng: &mut Rng) -> Union {
    let key = rng.pick(&["oneOf", "oneOf", "oneOf", "anyOf", "allOf"]);
    let mut out = Union {
        version: rng.pick(&["3.0.3", "3.1.0"]),
        place: rng.pick(&[Place::Root, Place::Root, Place::Member, Place::Items]),
        key,
        property: Some("kind".to_owned()),
        mapping: Vec::new(),
        variants: Vec::new(),
    };
    // A child of a parent is asked about by itself, whatever stands around its parent.
    if key == "allOf" {
        out.place = Place::Root;
    }
    let mut names = NAMES[..4].to_vec();
    rng.shuffle(&mut names);
    for name in names.into_iter().take(2 + rng.below(2)) {
        let new = variant(rng, name, &out);
        out.variants.push(new);
    }
    if rng.chance(60) {
        let tags = out.variants.iter().map(|variant| (variant.name.to_lowercase(), variant.name.clone()));
        out.mapping = tags.collect();
        if rng.chance(20) {
            out.mapping.pop();
        }
    }
    for at in 0..out.variants.len() {
        if rng.chance(25) {
            pin(rng, &mut out, at);
        }
    }
    out
}

pub(super) fn variant(rng: &mut Rng, name: &str, owner: &Union) -> Variant {
    let mut members = Vec::new();
    let property = owner.property.clone().unwrap_or_else(|| "kind".to_owned());
    if owner.key != "allOf" {
        members.push(Member { name: property, schema: json!({"type": "string"}), required: rng.chance(85) });
    }
    for name in MEMBERS {
        if rng.chance(50) {
            members.push(Member { name: name.to_owned(), schema: scalar(rng), required: rng.chance(30) });
        }
    }
    Variant { name: name.to_owned(), members, closed: rng.chance(20) }
}

pub(super) fn scalar(rng: &mut Rng) -> Value {
    let schemas = [
        json!({"type": "string"}),
        json!({"type": "integer"}),
        json!({"type": "boolean"}),
        json!({"type": "string", "enum": ["a"]}),
        json!({"type": "string", "maxLength": 1}),
        json!({"type": "integer", "minimum": 1}),
    ];
    schemas[rng.below(schemas.len())].clone()
}

/// Lists the tags of a variant in its own schema.
pub(super) fn pin(rng: &mut Rng, union: &mut Union, at: usize) {
    let name = union.variants[at].name.clone();
    let mut tags: Vec<String> =
        union.mapping.iter().filter(|(_, target)| *target == name).map(|(tag, _)| tag.clone()).collect();
    if tags.is_empty() || rng.chance(10) {
        tags.push(name);
    }
    let property = union.property.clone();
    let own = union.variants[at].members.iter_mut().find(|member| Some(&member.name) == property.as_ref());
    if let Some(member) = own {
        member.schema = json!({"type": "string", "enum": tags});
    }
}

/// Small values with tags.
pub(super) fn values(tags: &[&String], place: Place) -> Vec<Value> {
    let mut out = Vec::new();
    let parts: [Option<Value>; 5] = [None, Some(json!("a")), Some(json!("ab")), Some(json!(1)), Some(json!(true))];
    for property in ["kind", "type"] {
        for tag in tags.iter().map(|tag| Some(tag.as_str())).chain([Some("none"), None]) {
            for one in &parts {
                for other in &parts {
                    let last = [None, other.as_ref(), Some(&parts[3]).and_then(Option::as_ref)][out.len() % 3];
                    let members = [("m", one.as_ref()), ("n", other.as_ref()), ("o", last)];
                    let members =
                        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.clone())));
                    let tag = tag.map(|tag| (property.to_owned(), json!(tag)));
                    out.push(Value::Object(tag.into_iter().chain(members).collect()));
                }
            }
        }
    }
    out.into_iter().map(|value| wrapped(value, place)).collect()
}

fn wrapped(value: Value, place: Place) -> Value {
    match place {
        Place::Root => value,
        Place::Member => json!({ "pet": value }),
        Place::Items => json!([value]),
    }
}

/// The value that the union is about.
pub(super) fn inner(payload: &Value, place: Place) -> &Value {
    match place {
        Place::Root => payload,
        Place::Member => &payload["pet"],
        Place::Items => &payload[0],
    }
}
