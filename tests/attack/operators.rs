//! The operators of semantics.md 5.2 as edits of a real schema, with the levels of its table. An operator applies only
//! where the table can be trusted: where no other keyword of the schema says the same or forbids it.

use preavis::rules::Level::{self, Additive as A, Breaking as B, Docs as N, Risky as R};
use serde_json::{Map, Value, json};

use crate::laws::Version;

type Schema = Map<String, Value>;

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

const WORDS: [&str; 7] = ["type", "description", "title", "example", "examples", "deprecated", "x-nullable"];

/// True of a schema of one type with no other keywords than some.
fn is_only(schema: &Schema, kind: &str, more: &[&str]) -> bool {
    schema.get("type").is_some_and(|known| known == kind)
        && schema.get("x-nullable").is_none_or(|flag| flag == false)
        && schema.keys().all(|key| WORDS.contains(&key.as_str()) || more.contains(&key.as_str()))
}

fn is_text_enum(schema: &Schema) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    is_only(schema, "string", &["enum", "default"])
        && values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string))
}

fn is_object(schema: &Schema) -> bool {
    is_only(schema, "object", &["properties", "required", "additionalProperties", "nullable"])
}

fn is_open(schema: &Schema) -> bool {
    is_only(schema, "object", &["properties", "required"])
}

fn is_closed(schema: &Schema) -> bool {
    is_only(schema, "object", &["properties", "required", "additionalProperties"])
        && schema.get("additionalProperties").is_some_and(|value| value == false)
}

fn set(schema: &mut Schema, key: &str, value: Value) -> bool {
    schema.insert(key.to_owned(), value.clone()) != Some(value)
}

fn swap(schema: &mut Schema, key: &str, from: &Value, to: Value) -> bool {
    schema.get(key) == Some(from) && set(schema, key, to)
}

fn becomes(schema: &mut Schema, value: Value) -> bool {
    if let Value::Object(members) = value {
        *schema = members;
    }
    true
}

/// Moves a whole bound that is above a least one.
fn shift(schema: &mut Schema, key: &str, by: i64, above: i64) -> bool {
    let bound = schema.get(key).and_then(Value::as_i64).filter(|bound| *bound >= above && bound.abs() < 1 << 50);
    bound.is_some_and(|bound| set(schema, key, json!(bound + by)))
}

fn required(schema: &Schema) -> Vec<String> {
    let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.as_str().map(ToOwned::to_owned)).collect()
}

/// The first member that is or is not required, and is sent both ways for all this schema says.
fn first(schema: &Schema, wanted: bool) -> Option<String> {
    let required = required(schema);
    let members = schema.get("properties")?.as_object()?;
    let plain = |member: &Value| {
        member.get("type").is_some() && member.get("readOnly").is_none() && member.get("writeOnly").is_none()
    };
    members
        .iter()
        .find(|(name, member)| plain(member) && required.contains(name) == wanted)
        .map(|(name, _)| name.clone())
}

fn has_members(schema: &Schema, least: usize) -> bool {
    let members = schema.get("properties").and_then(Value::as_object);
    let both_ways = |member: &&Value| {
        member.get("type").is_some() && member.get("readOnly").is_none() && member.get("writeOnly").is_none()
    };
    members.is_some_and(|members| members.values().filter(both_ways).count() >= least)
}

fn require(schema: &mut Schema, name: &str) -> bool {
    let list = schema.entry("required").or_insert(json!([]));
    list.as_array_mut().is_some_and(|list| {
        list.push(name.into());
        true
    })
}

fn free(schema: &mut Schema, name: &str) -> bool {
    let Some(list) = schema.get_mut("required").and_then(Value::as_array_mut) else { return false };
    list.retain(|known| known != name);
    if list.is_empty() {
        schema.remove("required");
    }
    true
}

fn put_member(schema: &mut Schema, name: &str, member: Value, needed: bool) -> bool {
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return false };
    let new = !members.contains_key(name);
    members.insert(name.to_owned(), member);
    new && (!needed || require(schema, name))
}

fn drop_member(schema: &mut Schema, needed: bool) -> bool {
    let Some(name) = first(schema, needed) else { return false };
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return false };
    // The last member leaves an object of which nothing is said.
    members.len() > 1 && members.remove(&name).is_some() && free(schema, &name) | true
}

fn rename(schema: &mut Schema, needed: bool) -> bool {
    let Some(name) = first(schema, needed) else { return false };
    let member = schema["properties"][&name].clone();
    drop_member(schema, needed) && put_member(schema, &format!("{name}-renamed"), member, needed)
}

fn push(schema: &mut Schema, value: &str) -> bool {
    schema.get_mut("enum").and_then(Value::as_array_mut).map(|list| list.push(value.into())).is_some()
}

fn drop_value(schema: &mut Schema) -> bool {
    let Some(list) = schema.get_mut("enum").and_then(Value::as_array_mut) else { return false };
    let last = list.pop();
    !list.is_empty() && last.is_some_and(|last| !list.contains(&last))
}

/// Null allowed or forbidden, as the dialect spells it.
fn null(schema: &mut Schema, version: Version, on: bool) -> bool {
    let key = match version {
        Version::V31 => {
            let lists = [json!("string"), json!(["string", "null"])];
            let [from, to] = if on { [&lists[0], &lists[1]] } else { [&lists[1], &lists[0]] };
            let alone = schema.keys().all(|key| WORDS.contains(&key.as_str()));
            return alone && swap(schema, "type", from, to.clone());
        }
        Version::V30 => "nullable",
        Version::V20 => "x-nullable",
    };
    let kinds = ["string", "integer", "boolean", "number", "array"];
    let kind = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    let plain = kinds.contains(&kind)
        && schema
            .keys()
            .all(|key| WORDS.contains(&key.as_str()) || ["nullable", "items", "format"].contains(&key.as_str()));
    let was = schema.get(key).is_some_and(|flag| flag == true);
    plain && was != on && set(schema, key, json!(on))
}
