//! The operators of semantics.md 5.2 as edits of a real schema, with the levels of its table. An operator applies only
//! where the table can be trusted: where no other keyword of the schema says the same or forbids it.

use preavis::rules::Level::{self, Additive as A, Breaking as B, Docs as N, Risky as R};
use serde_json::{Value, json};

use super::edits::{
    Schema, becomes, drop_member, drop_value, first, free, has_members, is_closed, is_object, is_only, is_open,
    is_text_enum, null, push, put_member, rename, require, required, set, shift, swap,
};
use crate::laws::Version;

/// Edits a schema, which is then no longer what it was; false where the operator does not apply.
pub(crate) type Edit = fn(&mut Schema, Version) -> bool;

/// Name, edit, worst level in a request, worst level in a response.
pub(crate) const SCHEMAS: &[(&str, Edit, Level, Level)] = &[
    ("add optional", |s, _| is_open(s) && put_member(s, "added", json!({"type": "string"}), false), A, A),
    ("add required", |s, _| is_open(s) && put_member(s, "added", json!({"type": "string"}), true), B, A),
    ("add an untyped property", |s, _| is_open(s) && put_member(s, "added", json!({}), false), A, A),
    ("add to a closed object", |s, _| is_closed(s) && put_member(s, "added", json!({"type": "string"}), false), A, R),
    ("delete optional", |s, _| is_open(s) && drop_member(s, false), R, R),
    ("delete required", |s, _| is_open(s) && drop_member(s, true), R, B),
    ("delete optional, closed", |s, _| is_closed(s) && drop_member(s, false), B, R),
    ("delete required, closed", |s, _| is_closed(s) && drop_member(s, true), B, B),
    ("optional to required", |s, _| first(s, false).is_some_and(|name| require(s, &name)), B, A),
    ("required to optional", |s, _| first(s, true).is_some_and(|name| free(s, &name)), A, B),
    ("rename required", |s, _| is_open(s) && rename(s, true), B, B),
    ("rename optional", |s, _| is_open(s) && rename(s, false), R, R),
    ("close", |s, _| is_open(s) && s.contains_key("properties") && set(s, "additionalProperties", json!(false)), R, A),
    ("true to false", |s, _| is_object(s) && swap(s, "additionalProperties", &json!(true), json!(false)), B, A),
    ("false to true", |s, _| is_object(s) && swap(s, "additionalProperties", &json!(false), json!(true)), A, R),
    (
        "minProperties set",
        |s, _| is_open(s) && required(s).is_empty() && has_members(s, 1) && set(s, "minProperties", json!(1)),
        B,
        A,
    ),
    (
        "maxProperties set",
        |s, _| is_open(s) && required(s).len() < 2 && has_members(s, 2) && set(s, "maxProperties", json!(1)),
        B,
        A,
    ),
    (
        "object to array",
        |s, _| {
            is_only(s, "object", &["properties", "required"])
                && becomes(s, json!({"type": "array", "items": {"type": "string"}}))
        },
        B,
        B,
    ),
    ("string to integer", |s, _| is_only(s, "string", &[]) && set(s, "type", json!("integer")), B, B),
    ("integer to number", |s, _| is_only(s, "integer", &[]) && set(s, "type", json!("number")), A, B),
    ("number to integer", |s, _| is_only(s, "number", &[]) && set(s, "type", json!("integer")), B, A),
    (
        "scalar to array",
        |s, _| is_only(s, "string", &[]) && becomes(s, json!({"type": "array", "items": {"type": "string"}})),
        B,
        B,
    ),
    ("type dropped", |s, _| is_only(s, "string", &[]) && s.remove("type").is_some(), A, B),
    (
        "add a type",
        |s, v| v == Version::V31 && is_only(s, "string", &[]) && set(s, "type", json!(["string", "integer"])),
        A,
        B,
    ),
    ("null on", |s, v| null(s, v, true), A, B),
    ("null off", |s, v| null(s, v, false), B, A),
    ("enum add", |s, _| is_text_enum(s) && push(s, "added-value"), A, R),
    ("enum drop", |s, _| is_text_enum(s) && drop_value(s), B, A),
    ("enum unset", |s, _| is_text_enum(s) && s.remove("enum").is_some(), A, R),
    ("enum replaced", |s, _| is_text_enum(s) && set(s, "enum", json!(["other-value", "another-value"])), B, B),
    ("enum set", |s, _| is_only(s, "string", &[]) && set(s, "enum", json!(["x", "y"])), B, A),
    ("const set", |s, v| v == Version::V31 && is_only(s, "string", &[]) && set(s, "const", json!("x")), B, A),
    ("example change", |s, _| s.contains_key("type") && set(s, "example", json!("another")), N, N),
    ("title change", |s, _| s.contains_key("type") && set(s, "title", json!("Another")), N, N),
    ("maxLength set", |s, _| is_only(s, "string", &[]) && set(s, "maxLength", json!(5)), B, A),
    (
        "maxLength unset",
        |s, _| is_only(s, "string", &["maxLength", "minLength"]) && s.remove("maxLength").is_some(),
        A,
        R,
    ),
    ("maxLength down", |s, _| is_only(s, "string", &["maxLength"]) && shift(s, "maxLength", -1, 1), B, A),
    ("minLength set", |s, _| is_only(s, "string", &[]) && set(s, "minLength", json!(2)), B, A),
    ("minLength up", |s, _| is_only(s, "string", &["minLength"]) && shift(s, "minLength", 1, 0), B, A),
    ("minLength down", |s, _| is_only(s, "string", &["minLength", "maxLength"]) && shift(s, "minLength", -1, 1), A, R),
    ("pattern set", |s, _| is_only(s, "string", &[]) && set(s, "pattern", json!("^a")), B, A),
    ("pattern unset", |s, _| is_only(s, "string", &["pattern"]) && s.remove("pattern").is_some(), A, R),
    ("format uuid set", |s, _| is_only(s, "string", &[]) && set(s, "format", json!("uuid")), R, A),
    (
        "date to date-time",
        |s, _| is_only(s, "string", &["format"]) && swap(s, "format", &json!("date"), json!("date-time")),
        B,
        B,
    ),
    (
        "int64 to int32",
        |s, _| is_only(s, "integer", &["format"]) && swap(s, "format", &json!("int64"), json!("int32")),
        R,
        A,
    ),
    (
        "int32 to int64",
        |s, _| is_only(s, "integer", &["format"]) && swap(s, "format", &json!("int32"), json!("int64")),
        A,
        R,
    ),
    ("maximum set", |s, _| is_only(s, "integer", &[]) && set(s, "maximum", json!(9)), B, A),
    ("maximum down", |s, _| is_only(s, "integer", &["maximum"]) && shift(s, "maximum", -1, i64::MIN), B, A),
    ("minimum set", |s, _| is_only(s, "integer", &[]) && set(s, "minimum", json!(1)), B, A),
    ("minimum up", |s, _| is_only(s, "integer", &["minimum"]) && shift(s, "minimum", 1, i64::MIN), B, A),
    ("minimum unset", |s, _| is_only(s, "integer", &["minimum"]) && s.remove("minimum").is_some(), A, R),
    ("multipleOf set", |s, _| is_only(s, "integer", &[]) && set(s, "multipleOf", json!(2)), B, A),
    ("maxItems set", |s, _| is_only(s, "array", &["items"]) && set(s, "maxItems", json!(3)), B, A),
    ("minItems 0 to 1", |s, _| is_only(s, "array", &["items"]) && set(s, "minItems", json!(1)), B, A),
    ("uniqueItems set", |s, _| is_only(s, "array", &["items"]) && set(s, "uniqueItems", json!(true)), B, A),
    ("array to scalar", |s, _| is_only(s, "array", &["items"]) && becomes(s, json!({"type": "string"})), B, B),
    ("allOf conjunct add", |s, _| is_only(s, "string", &[]) && set(s, "allOf", json!([{"minLength": 3}])), B, A),
    (
        "a redundant conjunct",
        |s, _| {
            is_only(s, "string", &["maxLength"])
                && s.contains_key("maxLength")
                && set(s, "allOf", json!([{"maxLength": 1_000_000}]))
        },
        N,
        N,
    ),
    (
        "anyOf of itself and more",
        |s, _| is_only(s, "string", &[]) && becomes(s, json!({"anyOf": [{"type": "string"}, {"type": "boolean"}]})),
        A,
        B,
    ),
    (
        "anyOf of itself and a part",
        |s, _| {
            is_only(s, "string", &[])
                && becomes(s, json!({"anyOf": [{"type": "string"}, {"type": "string", "maxLength": 3}]}))
        },
        N,
        N,
    ),
];

/// Operators on the members of an object that the table knows by their place: name, edit of a required member or an
/// optional one, and the levels.
pub(crate) const MEMBERS: &[(&str, bool, Edit, Level, Level)] = &[
    (
        "default change",
        false,
        |s, _| {
            s.get("default").is_some_and(Value::is_string)
                && is_only(s, "string", &["default"])
                && set(s, "default", json!("another"))
        },
        R,
        N,
    ),
    ("default add", false, |s, _| is_only(s, "string", &[]) && set(s, "default", json!("another")), R, N),
    ("readOnly on required", true, |s, _| s.contains_key("type") && set(s, "readOnly", json!(true)), R, N),
    ("writeOnly on required", true, |s, _| s.contains_key("type") && set(s, "writeOnly", json!(true)), N, B),
];
