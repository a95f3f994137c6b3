//! The parts that the documents are made of.
#![allow(clippy::needless_pass_by_value, reason = "what `json!` makes is put into what is made next")]

use serde_json::{Map, Value, json};

/// A document whose operation answers with the schema `S0`.
pub(super) fn answer(schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Hostile", "version": "1"},
        "paths": {"/x": {"post": {"responses": {"200": {"description": "Ok", "content": content(refer(0))}}}}},
        "components": {"schemas": schemas},
    })
}

/// The same, where the operation takes `S0` too.
pub(super) fn exchange(schemas: Value) -> Value {
    with(answer(schemas), "/paths/~1x/post", "requestBody", json!({"content": content(refer(0))}))
}

/// `S0` alone, answered.
pub(super) fn one(schema: Value) -> Value {
    answer(json!({"S0": schema}))
}

/// `S0` alone, taken and answered.
pub(super) fn both(schema: Value) -> Value {
    exchange(json!({"S0": schema}))
}

/// A document with these paths beside its one operation.
pub(super) fn routes(schemas: Value, count: usize, entry: impl Fn(usize) -> (String, Value)) -> Value {
    let mut document = answer(schemas);
    let paths = document["paths"].as_object_mut().expect("paths");
    paths.extend((0..count).map(entry));
    document
}

/// A document with a member more, in the object at a pointer.
pub(super) fn with(mut document: Value, pointer: &str, name: &str, value: Value) -> Value {
    document.pointer_mut(pointer).expect(pointer)[name] = value;
    document
}

pub(super) fn content(schema: Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

/// An operation that answers with a schema.
pub(super) fn get(schema: Value) -> Value {
    json!({"get": {"responses": {"200": {"description": "Ok", "content": content(schema)}}}})
}

/// An operation that says nothing of its answer.
pub(super) fn plain() -> Value {
    json!({"responses": {"200": {"description": "Ok"}}})
}

/// A reference to the n-th schema.
pub(super) fn refer(n: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{n}")})
}

/// The schemas `S0`, `S1` and so on.
pub(super) fn schemas(count: usize, one: impl Fn(usize) -> Value) -> Value {
    map(count, |n| (format!("S{n}"), one(n)))
}

/// An answer through so many schemas to a last one.
pub(super) fn chain(count: usize, one: impl Fn(usize) -> Value, last: Value) -> Value {
    let mut all = schemas(count, one);
    all[format!("S{count}")] = last;
    answer(all)
}

pub(super) fn map(count: usize, entry: impl Fn(usize) -> (String, Value)) -> Value {
    (0..count).map(entry).collect::<Map<_, _>>().into()
}

pub(super) fn list(count: usize, entry: impl Fn(usize) -> Value) -> Value {
    (0..count).map(entry).collect()
}

/// A number that may have a fraction.
pub(super) fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("a small number"))
}

/// Parameters of a query on the one operation.
pub(super) fn query(parameters: Value) -> Value {
    with(one(json!({})), "/paths/~1x/post", "parameters", parameters)
}

/// An object with these members, none of which it must have.
pub(super) fn object(members: Value) -> Value {
    json!({"type": "object", "properties": members})
}

/// An object with a member of this name, which it must have.
pub(super) fn tagged(name: String, member: Value) -> Value {
    json!({"type": "object", "required": [name], "properties": {name: member}})
}
