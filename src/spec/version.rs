//! Which version of `OpenAPI` a root file declares; what declares none is told by what it is instead.

use super::arena::{File, Kind, NodeIx};
use super::document::SpecVersion;
use super::error::SpecError;
use super::key::Key;
use super::problem::Odd;

/// The version, its spelling, and what is odd about the root object.
pub(super) fn detect(path: &str, file: &File) -> Result<(SpecVersion, String, Vec<Odd>), SpecError> {
    let root = NodeIx::ROOT;
    let not = |found: String| SpecError::NotOpenApi { file: path.to_owned(), found };
    if file.kind(root) != Kind::Object {
        return Err(not(instead(file)));
    }
    let fields = [Key::OPENAPI, Key::SWAGGER].map(|key| file.get(root, key));
    let Some(field) = fields[0].or(fields[1]) else {
        return Err(not(instead(file)));
    };
    let mut odd = Vec::new();
    if fields[0].is_some() && fields[1].is_some() {
        odd.push(Odd::new(file.offset(field), "both `openapi` and `swagger` are given; `openapi` counts"));
    }
    let text = file.text(field);
    let Some((version, exact)) = known(file.key(field), text) else {
        let (line, column) = file.line_column(file.offset(field));
        let found = format!("`{}: {}`", file.name(field), shown(file, field));
        return Err(SpecError::UnknownVersion { file: path.to_owned(), line, column, found });
    };
    if file.kind(field) == Kind::Number {
        odd.push(Odd::new(file.offset(field), format!("the version must be a string: `\"{text}\"`")));
    } else if !exact {
        odd.push(Odd::new(file.offset(field), format!("`{text}` is not a full version number")));
    }
    if file.get(root, Key::INFO).is_none() {
        odd.push(Odd::new(file.offset(root), "`info` is missing"));
    }
    let needs_paths = matches!(version, SpecVersion::V20 | SpecVersion::V30);
    if needs_paths && file.get(root, Key::PATHS).is_none() {
        odd.push(Odd::new(file.offset(root), "`paths` is missing"));
    }
    Ok((version, text.to_owned(), odd))
}

/// The version a text means, and whether it is spelled in full.
fn known(key: Key, text: &str) -> Option<(SpecVersion, bool)> {
    if key == Key::SWAGGER {
        return (text == "2.0").then_some((SpecVersion::V20, true));
    }
    let (version, rest) = [("3.0", SpecVersion::V30), ("3.1", SpecVersion::V31), ("3.2", SpecVersion::V32)]
        .into_iter()
        .find_map(|(prefix, version)| Some((version, text.strip_prefix(prefix)?)))?;
    let Some(patch) = rest.strip_prefix('.') else {
        return rest.is_empty().then_some((version, false));
    };
    let digits = patch.len() - patch.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let suffix = &patch[digits..];
    (digits > 0 && (suffix.is_empty() || suffix.starts_with('-'))).then_some((version, suffix.is_empty()))
}

fn shown(file: &File, node: NodeIx) -> String {
    match file.kind(node) {
        Kind::Null => "null".to_owned(),
        Kind::False => "false".to_owned(),
        Kind::True => "true".to_owned(),
        Kind::Number | Kind::String => file.text(node).chars().take(40).collect(),
        Kind::Array => "[…]".to_owned(),
        Kind::Object => "{…}".to_owned(),
    }
}

/// What stands there instead of an `OpenAPI` document.
fn instead(file: &File) -> String {
    match file.kind(NodeIx::ROOT) {
        Kind::Null if file.source().trim().is_empty() => "the file is empty".to_owned(),
        Kind::Object => {
            let names: Vec<String> = file
                .children(NodeIx::ROOT)
                .take(5)
                .map(|member| format!("`{}`", file.name(member).chars().take(40).collect::<String>()))
                .collect();
            if names.is_empty() {
                "an empty object".to_owned()
            } else {
                format!("no `openapi` or `swagger` field, but {}", names.join(", "))
            }
        }
        Kind::Array => "an array".to_owned(),
        Kind::String => format!("only the text `{}`", shown(file, NodeIx::ROOT)),
        Kind::Null | Kind::False | Kind::True | Kind::Number => format!("only `{}`", shown(file, NodeIx::ROOT)),
    }
}
