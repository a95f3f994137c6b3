//! What a schema admits and what a closed producer emits, written from JSON Schema 2020-12 and the translation table of
//! `OpenAPI` 3.0, without a line of the crate. `oneOf` is read as `anyOf`.
//!
//! Only the keywords of the test's own grammar are known; patterns are a table of names and hand-written predicates.

use serde_json::{Value, json};

use super::schema::{Node, PATTERNS, Schema, Schemas, Types};

/// The schemas of a document, and its dialect.
pub(super) struct Validator {
    components: Vec<(String, Node)>,
    v30: bool,
    /// Objects that name no member have members all the same.
    maps: bool,
}

impl Validator {
    pub(super) fn new(document: &Value) -> Self {
        let v30 = document["openapi"].as_str().expect("a version").starts_with("3.0");
        let mut schemas = document["components"]["schemas"].clone();
        if v30 {
            or_null(&mut schemas);
        }
        let components: Schemas = serde_json::from_value(schemas).expect("a schema");
        Self { components: components.0, v30, maps: false }
    }

    /// The same, where an object that names no member is a map.
    pub(super) fn with_maps(self) -> Self {
        Self { maps: true, ..self }
    }

    pub(super) fn component(&self, name: &str) -> &Node {
        &self.components.iter().find(|(known, _)| known == name).expect(name).1
    }

    fn target(&self, reference: &str) -> &Node {
        self.component(reference.rsplit('/').next().expect("a name"))
    }

    /// True if the value is valid.
    pub(super) fn valid(&self, value: &Value, node: &Node) -> bool {
        let schema = match node {
            Node::Bool(answer) => return *answer,
            Node::Schema(schema) => schema,
        };
        if let Some(reference) = &schema.reference {
            // Before 3.1 nothing beside a reference counts, except `nullable`, which is taken as it is meant.
            let valid = self.valid(value, self.target(reference)) || self.v30 && schema.nullable && value.is_null();
            if self.v30 || !valid {
                return valid;
            }
        }
        if schema.nullable && self.v30 && value.is_null() {
            return true;
        }
        let some = |union: &Option<Vec<Node>>| {
            union.as_ref().is_none_or(|union| union.iter().any(|member| self.valid(value, member)))
        };
        self.itself(value, schema)
            && self.conditions(value, schema)
            && schema.all_of.iter().all(|part| self.valid(value, part))
            && some(&schema.any_of)
            && schema
                .one_of
                .as_ref()
                .is_none_or(|members| members.iter().filter(|member| self.valid(value, member)).count() == 1)
            && parts(value)
                .iter()
                .all(|(step, part)| applicable(schema, *step).iter().all(|node| self.valid(part, node)))
    }

    /// The keywords that apply a schema to the value itself, if.
    fn conditions(&self, value: &Value, schema: &Schema) -> bool {
        let holds = |node: &Option<Node>| node.as_ref().is_none_or(|node| self.valid(value, node));
        let chosen = match &schema.r#if {
            Some(test) if self.valid(value, test) => holds(&schema.then),
            Some(_) => holds(&schema.r#else),
            None => true,
        };
        let mut dependents = schema.dependent_schemas.0.iter();
        chosen && dependents.all(|(name, node)| value.get(name).is_none() || self.valid(value, node))
    }

    /// The keywords that speak of the value itself.
    fn itself(&self, value: &Value, schema: &Schema) -> bool {
        let typed = match &schema.r#type {
            None => true,
            Some(Types::One(name)) => is_a(value, name),
            Some(Types::Many(names)) => names.iter().any(|name| is_a(value, name)),
        };
        typed
            && schema.r#enum.as_ref().is_none_or(|values| values.contains(value))
            && schema.r#const.as_ref().is_none_or(|only| only == value)
            && schema.not.as_ref().is_none_or(|node| !self.valid(value, node))
            && match value {
                Value::Null | Value::Bool(_) => true,
                Value::Number(number) => number.as_f64().is_some_and(|number| in_window(number, schema)),
                Value::String(text) => {
                    within(text.chars().count(), schema.min_length, schema.max_length)
                        && schema.pattern.as_ref().is_none_or(|pattern| matches(pattern, text))
                }
                Value::Array(items) => {
                    let distinct = || items.iter().enumerate().all(|(ix, item)| !items[..ix].contains(item));
                    let counted = |node: &Node| {
                        let count = items.iter().filter(|item| self.valid(item, node)).count();
                        within(count, schema.min_contains.or(Some(1)), schema.max_contains)
                    };
                    within(items.len(), schema.min_items, schema.max_items)
                        && (!schema.unique_items || distinct())
                        && schema.contains.as_ref().is_none_or(counted)
                }
                Value::Object(members) => {
                    let named = |node: &Node| members.keys().all(|name| self.valid(&Value::from(name.as_str()), node));
                    within(members.len(), schema.min_properties, schema.max_properties)
                        && schema.required.iter().all(|name| members.contains_key(name))
                        && schema.property_names.as_ref().is_none_or(named)
                        && schema.dependent_required.iter().all(|(name, others)| {
                            !members.contains_key(name) || others.iter().all(|other| members.contains_key(other))
                        })
                }
            }
    }

    /// True if a closed producer may emit the value: valid, and every member is declared by the branch it satisfies, in
    /// `properties`, `patternProperties` or `required`, or invited by an `additionalProperties` that is not false.
    pub(super) fn emits(&self, value: &Value, nodes: &[&Node]) -> bool {
        if !value.is_object() && !value.is_array() {
            return nodes.iter().all(|node| self.valid(value, node));
        }
        let mut branches = vec![Way::default()];
        for node in nodes {
            self.expand(node, &mut branches);
        }
        branches.iter().any(|Way { layers, refused, absent }| {
            layers.iter().all(|layer| self.itself(value, layer))
                && !refused.iter().any(|node| self.valid(value, node))
                && !absent.iter().any(|name| value.get(name).is_some())
                && parts(value).iter().all(|(step, part)| {
                    let nodes: Vec<&Node> = layers.iter().flat_map(|layer| applicable(layer, *step)).collect();
                    (declared(layers, *step) || self.maps && is_map(layers)) && self.emits(part, &nodes)
                })
        })
    }

    fn expand<'v>(&'v self, node: &'v Node, branches: &mut Vec<Way<'v>>) {
        let schema = match node {
            Node::Bool(true) => return,
            Node::Bool(false) => return branches.clear(),
            Node::Schema(schema) => schema,
        };
        if let Some(reference) = &schema.reference {
            self.expand(self.target(reference), branches);
            if self.v30 {
                return;
            }
        }
        for branch in branches.iter_mut() {
            branch.layers.push(schema);
        }
        schema.all_of.iter().for_each(|part| self.expand(part, branches));
        for union in [&schema.any_of, &schema.one_of].into_iter().flatten() {
            let before = std::mem::take(branches);
            for member in union {
                let mut forked = before.clone();
                self.expand(member, &mut forked);
                branches.append(&mut forked);
            }
        }
        if let Some(test) = &schema.r#if {
            let mut fails = branches.clone();
            for branch in &mut fails {
                branch.refused.push(test);
            }
            schema.r#else.iter().for_each(|node| self.expand(node, &mut fails));
            std::iter::once(test).chain(&schema.then).for_each(|node| self.expand(node, branches));
            branches.append(&mut fails);
        }
        for (name, node) in &schema.dependent_schemas.0 {
            let mut absent = branches.clone();
            for branch in &mut absent {
                branch.absent.push(name);
            }
            self.expand(node, branches);
            branches.append(&mut absent);
        }
    }
}

/// One way through the unions and conditions of a schema.
#[derive(Clone, Default)]
struct Way<'v> {
    layers: Vec<&'v Schema>,
    refused: Vec<&'v Node>,
    absent: Vec<&'v str>,
}

#[derive(Clone, Copy)]
enum Step<'v> {
    Item(usize),
    Member(&'v str),
}

fn parts(value: &Value) -> Vec<(Step<'_>, &Value)> {
    match value {
        Value::Array(items) => items.iter().enumerate().map(|(ix, item)| (Step::Item(ix), item)).collect(),
        Value::Object(members) => members.iter().map(|(name, member)| (Step::Member(name), member)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// The schemas that a part must satisfy.
fn applicable<'v>(schema: &'v Schema, step: Step<'_>) -> Vec<&'v Node> {
    match step {
        Step::Item(ix) => schema.prefix_items.get(ix).or(schema.items.as_ref()).into_iter().collect(),
        Step::Member(name) => {
            let mut out: Vec<&Node> = schema.properties.0.iter().filter(|(k, _)| k == name).map(|(_, n)| n).collect();
            out.extend(schema.pattern_properties.0.iter().filter(|(k, _)| matches(k, name)).map(|(_, n)| n));
            if out.is_empty() { schema.additional_properties.iter().collect() } else { out }
        }
    }
}

fn declared(layers: &[&Schema], step: Step<'_>) -> bool {
    let Step::Member(name) = step else { return true };
    layers.iter().any(|layer| {
        let required = layer.required.iter().any(|known| known == name);
        required || applicable(layer, step).iter().any(|node| !matches!(node, Node::Bool(false)))
    })
}

/// True of an object that names no member, which is a map for what constrains it.
fn is_map(layers: &[&Schema]) -> bool {
    layers.iter().all(|layer| {
        layer.properties.0.iter().all(|(_, member)| matches!(member, Node::Bool(false)))
            && layer.required.is_empty()
            && layer.pattern_properties.0.is_empty()
            && layer.additional_properties.is_none()
    })
}

fn matches(pattern: &str, text: &str) -> bool {
    PATTERNS.iter().find(|(known, _)| *known == pattern).expect(pattern).1(text)
}

fn within(count: usize, least: Option<usize>, most: Option<usize>) -> bool {
    least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
}

fn in_window(number: f64, schema: &Schema) -> bool {
    let flag = |bound: &Option<Value>| bound.as_ref().and_then(Value::as_bool) == Some(true);
    let limit = |bound: &Option<Value>| bound.as_ref().and_then(Value::as_f64);
    let (low, high) = (flag(&schema.exclusive_minimum), flag(&schema.exclusive_maximum));
    schema.minimum.is_none_or(|least| if low { number > least } else { number >= least })
        && schema.maximum.is_none_or(|most| if high { number < most } else { number <= most })
        && limit(&schema.exclusive_minimum).is_none_or(|bound| number > bound)
        && limit(&schema.exclusive_maximum).is_none_or(|bound| number < bound)
        && schema.multiple_of.is_none_or(|unit| (number / unit).fract() == 0.0)
}

fn is_a(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            name == "number" || name == "integer" && number.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// A member of a union that says nothing but `nullable` means null; ARCHITECTURE.md says so.
fn or_null(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return schema.as_array_mut().into_iter().flatten().for_each(or_null);
    };
    for (key, part) in members {
        if matches!(key.as_str(), "anyOf" | "oneOf") {
            let list = part.as_array_mut().into_iter().flatten();
            list.filter(|part| **part == json!({"nullable": true})).for_each(|part| *part = json!({"enum": [null]}));
        }
        or_null(part);
    }
}
