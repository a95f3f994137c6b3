//! The names of types, and what people write for them that is read as it is meant.

use super::arena::{File, Kind, NodeIx};
use super::document::{Document, Loc};
use super::key::Key;

/// The types of JSON Schema, and `file` of 2.0.
const TYPES: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object", "file"];

/// Words of programming languages, of formats and of older drafts, with the type that is meant; `any` stands for all.
const MEANT: &[(&str, &str)] = &[
    ("int", "integer"),
    ("int32", "integer"),
    ("int64", "integer"),
    ("long", "integer"),
    ("short", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("decimal", "number"),
    ("numeric", "number"),
    ("bool", "boolean"),
    ("str", "string"),
    ("text", "string"),
    ("date", "string"),
    ("date-time", "string"),
    ("datetime", "string"),
    ("timestamp", "string"),
    ("time", "string"),
    ("uuid", "string"),
    ("uri", "string"),
    ("url", "string"),
    ("email", "string"),
    ("password", "string"),
    ("byte", "string"),
    ("binary", "string"),
    ("list", "array"),
    ("dict", "object"),
    ("hash", "object"),
    ("map", "object"),
    ("any", "any"),
];

/// Where the value of a key begins, at most.
const NEAR: usize = 80;

/// How one name of a type is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Name {
    /// As it is spelt.
    Exact(&'static str),
    /// As what it surely means.
    Meant(&'static str),
    /// The null of YAML, which was to be a text.
    Unquoted,
    /// Not at all.
    Unknown,
}

/// How the node of a type, or of one in a list of types, is read.
pub(super) fn name(file: &File, node: NodeIx) -> Name {
    match file.kind(node) {
        Kind::String => word(file.text(node)),
        Kind::Null if is_written(file, node) => Name::Unquoted,
        Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::Array | Kind::Object => Name::Unknown,
    }
}

fn word(text: &str) -> Name {
    if let Some(exact) = TYPES.iter().find(|name| **name == text) {
        return Name::Exact(exact);
    }
    let lower = text.trim().to_ascii_lowercase();
    let other = || MEANT.iter().find(|(word, _)| *word == lower).map(|(_, meant)| *meant);
    let meant = TYPES.iter().copied().find(|name| *name == lower).or_else(other);
    meant.map_or(Name::Unknown, Name::Meant)
}

/// True of a null that stands there, not of a value that was left out.
fn is_written(file: &File, node: NodeIx) -> bool {
    let rest = file.source().get(file.offset(node)..).unwrap_or_default();
    // A line may be the whole file.
    let line: String = rest.chars().take(NEAR).take_while(|&letter| letter != '\n').collect();
    let named = file.key(node) != Key::NONE;
    let value = line.split_once(':').filter(|_| named).map_or(line.as_str(), |(_, value)| value);
    let value = value.trim_start().to_ascii_lowercase();
    value.starts_with("null") || value.starts_with('~')
}

/// The types that stand under `type`; empty where every type is meant, `None` where one is unknown or none is named.
pub fn type_names(document: &Document, at: Loc) -> Option<Vec<&'static str>> {
    let file = document.file(at.file);
    let nodes: Vec<NodeIx> =
        if file.kind(at.node) == Kind::Array { file.children(at.node).collect() } else { vec![at.node] };
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match name(file, node) {
            Name::Exact(name) | Name::Meant(name) => out.push(name),
            Name::Unquoted => out.push("null"),
            Name::Unknown => return None,
        }
    }
    if out.contains(&"any") {
        out.clear();
    } else if out.is_empty() {
        return None;
    }
    Some(out)
}
