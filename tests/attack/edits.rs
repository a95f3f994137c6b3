//! Small edits of one schema, and what has to hold for the table of operators to be right about them.

use serde_json::{Map, Value, json};

use crate::laws::Version;

/// The members of a schema.
pub(super) type Schema = Map<String, Value>;

/// Keywords that leave a schema plain.
const WORDS: [&str; 7] = ["type", "description", "title", "example", "examples", "deprecated", "x-nullable"];

/// True of a schema of one type with no other keywords than some.
pub(super) fn is_only(schema: &Schema, kind: &str, more: &[&str]) -> bool {
    schema.get("type").is_some_and(|known| known == kind)
        && schema.get("x-nullable").is_none_or(|flag| flag == false)
        && schema.keys().all(|key| WORDS.contains(&key.as_str()) || more.contains(&key.as_str()))
}

pub(super) fn is_text_enum(schema: &Schema) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    is_only(schema, "string", &["enum", "default"])
        && values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string))
}

pub(super) fn is_object(schema: &Schema) -> bool {
    is_only(schema, "object", &["properties", "required", "additionalProperties", "nullable"])
}

pub(super) fn is_open(schema: &Schema) -> bool {
    is_only(schema, "object", &["properties", "required"])
}

pub(super) fn is_closed(schema: &Schema) -> bool {
    is_only(schema, "object", &["properties", "required", "additionalProperties"])
        && schema.get("additionalProperties").is_some_and(|value| value == false)
}

pub(super) fn set(schema: &mut Schema, key: &str, value: Value) -> bool {
    schema.insert(key.to_owned(), value.clone()) != Some(value)
}

pub(super) fn swap(schema: &mut Schema, key: &str, from: &Value, to: Value) -> bool {
    schema.get(key) == Some(from) && set(schema, key, to)
}

pub(super) fn becomes(schema: &mut Schema, value: Value) -> bool {
    if let Value::Object(members) = value {
        *schema = members;
    }
    true
}

/// Moves a whole bound that is above a least one.
pub(super) fn shift(schema: &mut Schema, key: &str, by: i64, above: i64) -> bool {
    let bound = schema.get(key).and_then(Value::as_i64).filter(|bound| *bound >= above && bound.abs() < 1 << 50);
    bound.is_some_and(|bound| set(schema, key, json!(bound + by)))
}

pub(super) fn required(schema: &Schema) -> Vec<String> {
    let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.as_str().map(ToOwned::to_owned)).collect()
}

/// The first member that is or is not required, and is sent both ways for all this schema says.
pub(super) fn first(schema: &Schema, wanted: bool) -> Option<String> {
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

pub(super) fn has_members(schema: &Schema, least: usize) -> bool {
    let members = schema.get("properties").and_then(Value::as_object);
    let both_ways = |member: &&Value| {
        member.get("type").is_some() && member.get("readOnly").is_none() && member.get("writeOnly").is_none()
    };
    members.is_some_and(|members| members.values().filter(both_ways).count() >= least)
}

pub(super) fn require(schema: &mut Schema, name: &str) -> bool {
    let list = schema.entry("required").or_insert(json!([]));
    list.as_array_mut().is_some_and(|list| {
        list.push(name.into());
        true
    })
}

pub(super) fn free(schema: &mut Schema, name: &str) -> bool {
    let Some(list) = schema.get_mut("required").and_then(Value::as_array_mut) else { return false };
    list.retain(|known| known != name);
    if list.is_empty() {
        schema.remove("required");
    }
    true
}

pub(super) fn put_member(schema: &mut Schema, name: &str, member: Value, needed: bool) -> bool {
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return false };
    let new = !members.contains_key(name);
    members.insert(name.to_owned(), member);
    new && (!needed || require(schema, name))
}

pub(super) fn drop_member(schema: &mut Schema, needed: bool) -> bool {
    let Some(name) = first(schema, needed) else { return false };
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return false };
    // The last member leaves an object of which nothing is said.
    members.len() > 1 && members.remove(&name).is_some() && free(schema, &name) | true
}

pub(super) fn rename(schema: &mut Schema, needed: bool) -> bool {
    let Some(name) = first(schema, needed) else { return false };
    let member = schema["properties"][&name].clone();
    drop_member(schema, needed) && put_member(schema, &format!("{name}-renamed"), member, needed)
}

pub(super) fn push(schema: &mut Schema, value: &str) -> bool {
    schema.get_mut("enum").and_then(Value::as_array_mut).map(|list| list.push(value.into())).is_some()
}

pub(super) fn drop_value(schema: &mut Schema) -> bool {
    let Some(list) = schema.get_mut("enum").and_then(Value::as_array_mut) else { return false };
    let last = list.pop();
    !list.is_empty() && last.is_some_and(|last| !list.contains(&last))
}

/// Null allowed or forbidden, as the dialect spells it.
pub(super) fn null(schema: &mut Schema, version: Version, on: bool) -> bool {
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
