//! Why a node that a reference leads to cannot be what its place asks for.
//!
//! Only what is surely something else is refused: an object with one field of the kind that is asked for is that kind.

use super::arena::{File, Kind, NodeIx};
use super::asked::{Asked, METHODS, SHARED};
use super::document::SpecVersion;
use super::key::Key;
use super::sites::Reading;

/// What a reference leads to where that is surely not what its place asks for: `a list`, `null`, `a response`.
pub(super) fn refusal(
    file: &File,
    node: NodeIx,
    (reading, asked): (Reading, Asked),
    version: SpecVersion,
) -> Option<String> {
    let found = match (file.kind(node), reading, asked) {
        (_, Reading::Fields, Asked::Any) => return None,
        (Kind::True | Kind::False, Reading::Fields, Asked::Schema) => return None,
        // Parameters stand in a list or, as components, in a map.
        (Kind::Array, Reading::Names, Asked::Parameter | Asked::Any) => return None,
        (Kind::Object, Reading::Names, _) => whole_map(file, node)?,
        (Kind::Object, Reading::Fields, asked) => other(file, node, asked, version)?,
        (kind, ..) => kind_name(file, node, kind).to_owned(),
    };
    let wanted = if reading == Reading::Fields { asked.name() } else { "a map" };
    Some(format!("{found}, not to {wanted}"))
}

/// What stands in a place that asks for a schema, if it is none.
pub(super) fn no_schema(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Null => Some("null"),
        Kind::Number => Some("a number"),
        Kind::String => Some("a text"),
        Kind::Array => Some("a list"),
        Kind::True | Kind::False | Kind::Object => None,
    }
}

fn kind_name(file: &File, node: NodeIx, kind: Kind) -> &'static str {
    match kind {
        Kind::Null if node == NodeIx::ROOT && file.source().trim().is_empty() => "an empty file",
        Kind::True | Kind::False => "a boolean",
        Kind::Object => "an object",
        Kind::Null | Kind::Number | Kind::String | Kind::Array => no_schema(kind).unwrap_or_default(),
    }
}

/// A file that stands for a map holds objects; an answer such as `404: Not Found` does not.
fn whole_map(file: &File, node: NodeIx) -> Option<String> {
    let mut entries = file.children(node).peekable();
    entries.peek()?;
    let value = |kind| matches!(kind, Kind::Object | Kind::True | Kind::False | Kind::Array);
    let other = node == NodeIx::ROOT && !entries.any(|entry| value(file.kind(entry)));
    other.then(|| "a file of something else".to_owned())
}

/// What an object is, if not what is asked for.
fn other(file: &File, node: NodeIx, asked: Asked, version: SpecVersion) -> Option<String> {
    if file.get(node, Key::OPENAPI).is_some() || file.get(node, Key::SWAGGER).is_some() {
        return Some("an OpenAPI document".to_owned());
    }
    // `{}` is a schema, and an empty object of any kind says nothing.
    file.children(node).next()?;
    if file.children(node).any(|member| asked.is_told_by(file, member, version)) {
        return None;
    }
    if let Some(section) = section(file, node) {
        return (section != asked).then(|| section.name().to_owned());
    }
    if node == NodeIx::ROOT {
        let known = |member: NodeIx| {
            let key = file.key(member);
            SHARED.contains(&key) || file.key_text(key).starts_with("x-") || key == Key::REF
        };
        if !file.children(node).all(known) {
            return Some(seems(file, node, version).unwrap_or("a file of something else").to_owned());
        }
    }
    seems(file, node, version).map(str::to_owned)
}

/// The kind of the entry of a component section.
fn section(file: &File, node: NodeIx) -> Option<Asked> {
    let lineage = file.lineage(NodeIx::ROOT, node);
    let key = match lineage[..] {
        [(components, _), (section, _), _] if file.key(components) == Key::COMPONENTS => file.key(section),
        [(section, _), _] => file.key(section),
        _ => return None,
    };
    let asked = Asked::Any.member(key);
    let component = key == Key::PATH_ITEMS || !matches!(asked, Asked::Any | Asked::Operation | Asked::PathItem);
    component.then_some(asked)
}

/// The kind whose required fields an object has.
fn seems(file: &File, node: NodeIx, version: SpecVersion) -> Option<&'static str> {
    let holds = |key, kind| file.get(node, key).is_some_and(|member| file.kind(member) == kind);
    let calls = |member: NodeIx| METHODS.contains(&file.key(member)) && file.get(member, Key::RESPONSES).is_some();
    if holds(Key::IN, Kind::String) && holds(Key::NAME, Kind::String) {
        Some("a parameter")
    } else if holds(Key::RESPONSES, Kind::Object) {
        Some("an operation")
    } else if file.children(node).any(calls) {
        Some("a path item")
    } else if holds(Key::CONTENT, Kind::Object) {
        Some(if file.get(node, Key::DESCRIPTION).is_some() { "a response" } else { "a request body" })
    } else if holds(Key::SCHEMA, Kind::Object) {
        Some("a media type")
    } else if file.children(node).any(|member| Asked::Scheme.is_told_by(file, member, version)) {
        Some("a security scheme")
    } else if file.children(node).any(|member| Asked::Schema.is_told_by(file, member, version)) {
        Some("a schema")
    } else {
        None
    }
}
