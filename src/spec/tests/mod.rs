//! What the readers and the resolver promise, on files held in memory.

mod faults;
mod laws;
mod refs;
mod syntax;

use std::fmt::Write as _;
use std::sync::Arc;

use super::arena::{File, Kind, NodeIx};
use super::read::{Parsed, read};
use super::{Document, Limits, Loc, ParseCache, SpecError, Target, Weight, load};
use crate::source::{BlobId, Files, SourceError};

/// Paths and contents; the content is its own id.
struct Memory(Vec<(String, Vec<u8>)>);

impl Files for Memory {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        let found = self.0.iter().find(|(known, _)| known == path);
        Ok(found.map(|(_, bytes)| BlobId(String::from_utf8_lossy(bytes).into())))
    }
    fn read(&self, path: &str, _: &BlobId) -> Result<Vec<u8>, SourceError> {
        let (_, bytes) = self.0.iter().find(|(known, _)| known == path).expect(path);
        Ok(bytes.clone())
    }
}

/// Loads the first of some files.
fn document(files: &[(&str, &str)]) -> Result<Document, SpecError> {
    let memory = Memory(files.iter().map(|&(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect());
    load(&memory, files[0].0, &mut ParseCache::default(), &Limits::default())
}

fn parsed(text: &str) -> Parsed {
    read("x", text.as_bytes().to_vec(), &Limits::default()).expect(text)
}

fn refused(text: &str) -> String {
    read("x", text.as_bytes().to_vec(), &Limits::default()).expect_err(text).to_string()
}

/// A file as a text in which equal arenas are equal: kinds, keys and texts in preorder.
fn shape(file: &File) -> String {
    let mut out = String::new();
    for ix in 0..u32::try_from(file.len()).unwrap() {
        let node = NodeIx(ix);
        writeln!(out, "{:?} {:?} {:?} {}", file.kind(node), file.name(node), file.text(node), file.end(node).0)
            .unwrap();
    }
    out
}

/// Holds what a file says against a value, and each offset against the source.
fn assert_value(file: &File, expected: &serde_json::Value) {
    assert_eq!(&file.value(NodeIx::ROOT), expected, "{}", file.source());
}

/// The node at `path#pointer`.
fn at(document: &Document, path: &str, pointer: &str) -> Loc {
    let file = document.files().iter().position(|(known, _)| known == path).expect(path);
    let file = super::FileIx(u32::try_from(file).unwrap());
    Loc { file, node: document.file(file).at_pointer(pointer).expect(pointer) }
}

/// Where the reference at `path#pointer` leads, as `path#pointer`; or the message of its problem.
fn target(document: &Document, path: &str, pointer: &str) -> String {
    match document.target(at(document, path, pointer)) {
        None => "no reference".to_owned(),
        Some(Target::At(to)) => format!("{}#{}", document.path(to.file), document.file(to.file).pointer(to.node)),
        Some(Target::Missing(problem)) => document.problems[problem].message.clone(),
    }
}

fn holes(document: &Document) -> Vec<&str> {
    document
        .problems
        .iter()
        .filter(|problem| problem.weight == Weight::Hole)
        .map(|problem| problem.message.as_str())
        .collect()
}

fn kinds(file: &File) -> Vec<Kind> {
    file.children(NodeIx::ROOT).map(|node| file.kind(node)).collect()
}
