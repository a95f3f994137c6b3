//! Extensions without a meaning that preavis knows: which of them changed where both versions have the object.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::Differ;
use crate::schema::{Which, canonical};
use crate::spec::arena::Step;
use crate::spec::{Document, File, FileIx, Key, Loc, NodeIx};

/// Extensions that are compared elsewhere.
const KNOWN: &[&str] = &["x-sunset", "x-extensible-enum", "x-nullable", "x-webhooks"];
/// Fields whose members have names of their own.
const NAMES: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "mapping",
    "mediaTypes",
    "parameters",
    "pathItems",
    "patternProperties",
    "properties",
    "requestBodies",
    "schemas",
    "scopes",
    "securityDefinitions",
    "securitySchemes",
    "variables",
    "webhooks",
];
/// Fields that hold data.
const DATA: &[&str] = &["const", "default", "enum", "example", "examples", "value"];
/// Extensions of one file that are looked at.
const MOST: usize = 20_000;

/// The names of the extensions that changed, each once, in files that both versions have.
pub(super) fn changed(differ: &Differ<'_>) -> Vec<String> {
    let told = |which: Which, ix: usize, node: NodeIx| {
        let file = FileIx(u32::try_from(ix).unwrap_or(u32::MAX));
        differ.words.borrow().contains(&(which, Loc { file, node }))
    };
    let (base, head) = (differ.base, differ.head);
    let (base, head) = (&base.document, &head.document);
    let mut out: Vec<String> = Vec::new();
    for ix in 0..base.files().len() {
        // The first file is the document, wherever it lies.
        let path = &base.files()[ix].0;
        let is = |(known, _): &(String, _)| ix > 0 && known == path;
        let counterpart = head.files().iter().skip(1).position(is).map(|other| other + 1);
        let Some(other) = counterpart.or((ix == 0).then_some(0)) else { continue };
        let (old, new) = (&*base.files()[ix].1, &*head.files()[other].1);
        if !std::ptr::eq(old, new) {
            let (mut was, mut is) = (extensions(base, ix), extensions(head, other));
            was.retain(|_, (node, _)| !told(Which::Base, ix, *node));
            is.retain(|_, (node, _)| !told(Which::Head, other, *node));
            only((&was, old), (&is, new), &mut out);
            only((&is, new), (&was, old), &mut out);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The extensions of one version that the other has not, or otherwise, though it has the object.
fn only((own, file): (&Extensions<'_>, &File), (other, others): (&Extensions<'_>, &File), out: &mut Vec<String>) {
    for (path, (node, text)) in own {
        let known = other.get(path).map(|(_, text)| text);
        if known != Some(text) && (known.is_some() || has_object(others, path)) {
            out.push(file.name(*node).to_owned());
        }
    }
}

/// True if another file has the object around the end of a path.
fn has_object(others: &File, path: &[Step<'_>]) -> bool {
    let around = path.split_last().map_or(&[] as &[Step<'_>], |(_, around)| around);
    let step = |at: Option<NodeIx>, step: &Step<'_>| match step {
        Step::Name(name) => others.member(at?, name),
        Step::Index(ix) => others.item(at?, *ix),
    };
    around.iter().fold(Some(NodeIx::ROOT), step).is_some()
}

/// Extensions by their paths, each with its node and its value.
type Extensions<'d> = IndexMap<Vec<Step<'d>>, (NodeIx, String), FxBuildHasher>;

fn extensions(document: &Document, ix: usize) -> Extensions<'_> {
    let at = FileIx(u32::try_from(ix).unwrap_or(u32::MAX));
    let file = document.file(at);
    let mut out = Extensions::default();
    let mut node = NodeIx::ROOT;
    while (node.0 as usize) < file.len() && out.len() < MOST {
        if !is_extension(file, node) {
            node = NodeIx(node.0 + 1);
            continue;
        }
        let path = file.path(node);
        if is_field(&path) {
            let mut text = String::new();
            canonical(document, Loc { file: at, node }, &mut text);
            out.insert(path, (node, text));
        }
        node = file.end(node);
    }
    out
}

fn is_extension(file: &File, node: NodeIx) -> bool {
    let key = file.key(node);
    // Among the fixed keys, only a few near the end begin with `x-`.
    if key == Key::NONE || key < Key::X_SUNSET {
        return false;
    }
    let name = file.key_text(key);
    name.starts_with("x-") && !KNOWN.contains(&name)
}

/// True of a member of an object of OpenAPI whose names are fields, outside of data.
pub(super) fn is_field(path: &[Step<'_>]) -> bool {
    let mut free = false;
    for step in path.split_last().map_or(&[] as &[Step<'_>], |(_, around)| around) {
        let Step::Name(name) = step else {
            free = false;
            continue;
        };
        if !free && (DATA.contains(name) || name.starts_with("x-")) {
            return false;
        }
        free = !free && NAMES.contains(name);
    }
    !free
}
