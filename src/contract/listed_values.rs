//! Lists of values that are of none of the types beside them: as JSON such a value is never taken.
//!
//! `type: string, enum: [1, 2]` is how YAML reads numbers that somebody forgot to quote. A parameter or header travels as
//! text, where both are the same; anywhere else the list takes less than its writer meant, which is worth a line.

use super::Dialect;
use super::read::Reader;
use crate::spec::{File, FileIx, Key, Kind, Loc, NodeIx};

/// Nodes before a list among which its owner is looked for.
const FAR: usize = 4_096;

/// What the values of a schema at a place are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Travel {
    Json,
    Text,
    /// The place holds values, not schemas.
    Apart,
}

/// Reports the lists with values that nothing fits, in the order of the document.
pub(super) fn report(reader: &mut Reader) {
    let document = reader.doc();
    for (ix, (_, file)) in document.files().iter().enumerate() {
        let file_ix = FileIx(u32::try_from(ix).unwrap_or(u32::MAX));
        for (node, message) in of_file(file, reader.contract.dialect) {
            reader.problem(Loc { file: file_ix, node }, message);
        }
    }
}

fn of_file(file: &File, dialect: Dialect) -> Vec<(NodeIx, String)> {
    let nodes = (0..file.len()).map(|ix| NodeIx(u32::try_from(ix).unwrap_or(u32::MAX)));
    let lists = nodes.filter(|&node| file.key(node) == Key::ENUM && file.kind(node) == Kind::Array);
    let of_list = |list: NodeIx| {
        let owner = owner(file, list)?;
        // Most lists fit, whichever way they travel; of the others the way is looked up.
        lost(file, owner, list, Travel::Json)?;
        lost(file, owner, list, travel(file, list, dialect)).map(|message| (list, message))
    };
    lists.filter_map(of_list).collect()
}

/// The object that a node is a member of: the nearest one before it that ends behind it.
fn owner(file: &File, node: NodeIx) -> Option<NodeIx> {
    let before = (0..node.0).rev().map(NodeIx).take(FAR);
    before.into_iter().find(|&at| file.kind(at) == Kind::Object && file.end(at) > node)
}

/// How the values of a schema travel, by what stands around it.
fn travel(file: &File, node: NodeIx, dialect: Dialect) -> Travel {
    let lineage = file.lineage(NodeIx::ROOT, node);
    let (_, around) = lineage.split_last().unwrap_or((&(node, 0), &[]));
    around.iter().map(|(at, _)| file.key(*at)).fold(Travel::Json, |above, key| match key {
        _ if above == Travel::Apart => above,
        Key::PARAMETERS | Key::HEADERS => Travel::Text,
        // Of a body parameter of 2.0 the schema is JSON.
        Key::SCHEMA if dialect == Dialect::V20 => Travel::Json,
        Key::EXAMPLE | Key::EXAMPLES | Key::DEFAULT | Key::ENUM | Key::CONST => Travel::Apart,
        _ if file.key_text(key).starts_with("x-") => Travel::Apart,
        _ => above,
    })
}

/// What is said of a list with values of another type.
fn lost(file: &File, owner: NodeIx, list: NodeIx, travel: Travel) -> Option<String> {
    if travel == Travel::Apart {
        return None;
    }
    let at = file.get(owner, Key::TYPE)?;
    let types: Vec<&str> = match file.kind(at) {
        Kind::String => vec![file.text(at)],
        Kind::Array => file.children(at).map(|at| file.text(at)).collect(),
        Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::Object => return None,
    };
    let fits = |value: NodeIx| {
        let kind = file.kind(value);
        let as_text = travel == Travel::Text && types.iter().any(|name| is_text_of(file, value, name));
        kind == Kind::Null || types.iter().any(|name| is_of(kind, name)) || as_text
    };
    let outside: Vec<NodeIx> = file.children(list).filter(|&value| !fits(value)).collect();
    let first = *outside.first()?;
    let (shown, types) = (file.value(first), types.join(" | "));
    Some(if outside.len() == file.children(list).count() {
        format!("`enum` lists no value of the type `{types}`, so as JSON nothing fits: `{shown}` is none")
    } else {
        format!("`enum` lists `{shown}`, which is no value of the type `{types}` and as JSON never fits")
    })
}

/// True of a kind of value that a type takes, or of a type that nobody knows.
fn is_of(kind: Kind, name: &str) -> bool {
    match name {
        "string" | "file" => kind == Kind::String,
        "integer" | "number" => kind == Kind::Number,
        "boolean" => matches!(kind, Kind::False | Kind::True),
        "array" => kind == Kind::Array,
        "object" => kind == Kind::Object,
        "null" => kind == Kind::Null,
        _ => true,
    }
}

/// True of a scalar whose text is the text of a value of a type.
fn is_text_of(file: &File, value: NodeIx, name: &str) -> bool {
    let kind = file.kind(value);
    match name {
        "string" => !matches!(kind, Kind::Array | Kind::Object),
        "integer" | "number" => kind == Kind::String && file.text(value).parse::<f64>().is_ok(),
        "boolean" => kind == Kind::String && matches!(file.text(value), "true" | "false"),
        _ => false,
    }
}
