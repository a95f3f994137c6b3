//! One way, no way back: each folder uses only those to its left.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders from left to right. Those in one group may not use each other either, except `contract`'s vocabulary.
const ORDER: &[&str] = &[
    "text", "source", "spec", "contract", "schema", "diff", "rules", "config", "audience", "report", "compare",
    "notice", "render", "publish", "deliver", "cli",
];

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of src") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push(path);
        }
    }
}

/// The folders that a file names by `crate::`.
fn used(text: &str) -> Vec<&str> {
    text.match_indices("crate::")
        .map(|(at, word)| {
            text[at + word.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
        })
        .filter(|name| ORDER.contains(name))
        .collect()
}

/// The sources of a folder with their texts; its tests may use whatever builds their input.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    let mut list = Vec::new();
    if path.is_dir() {
        files(&path, &mut list);
    }
    list.retain(|file| !file.ends_with("tests.rs") && !file.components().any(|part| part.as_os_str() == "tests"));
    list.into_iter().map(|file| (file.clone(), fs::read_to_string(&file).expect("source text"))).collect()
}

#[test]
fn folders_use_only_those_to_their_left() {
    let mut found = Vec::new();
    for (rank, folder) in ORDER.iter().enumerate() {
        for (file, text) in sources(folder) {
            for name in used(&text) {
                let other = ORDER.iter().position(|known| *known == name).expect("a folder");
                if other > rank {
                    found.push(format!("{} uses {name}", file.display()));
                }
            }
        }
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_edge_does_input_and_output() {
    let mut found = Vec::new();
    for folder in ORDER.iter().filter(|folder| !["source", "publish", "deliver", "cli"].contains(folder)) {
        for (file, text) in sources(folder) {
            let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
            for word in ["std::fs", "std::env", "std::process", "std::net", "SystemTime", "Instant::now"] {
                if text[..tests].contains(word) {
                    found.push(format!("{} uses {word}", file.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Every use of an address of memory in a text but the question whether two references are one (`ptr::eq`).
fn addresses(text: &str) -> Vec<&str> {
    let words = ["ptr::", "as_ptr", "*const ", "addr_of"];
    let hits = words.iter().flat_map(|word| text.match_indices(word).map(|(at, _)| at));
    hits.filter_map(|at| text[at..].lines().next()).filter(|line| !line.starts_with("ptr::eq(")).collect()
}

#[test]
fn the_schema_engine_keys_by_ids_and_never_by_addresses() {
    let mut found = Vec::new();
    for (file, text) in sources("schema") {
        found.extend(addresses(&text).into_iter().map(|line| format!("{}: {line}", file.display())));
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(addresses("ptr::eq(a, b); list.as_ptr()"), ["as_ptr()"]);
    assert_eq!(addresses("std::ptr::from_ref(a) as usize").len(), 1);
    assert_eq!(addresses("let b = a as *const T;").len(), 1);
}

/// The rooms of `src/schema` from left to right.
const SCHEMA: &[&str] = &["node", "states", "exact", "inclusion", "findings", "witness"];

/// The rooms of `src/schema` that a text names, in braces too, and by more `super` than lead to the room of its file.
fn rooms(text: &str, depth: usize) -> Vec<&str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let up = "super::".repeat(depth + 1);
    ["crate::schema::", up.as_str()]
        .iter()
        .flat_map(|path| text.match_indices(*path).map(|(at, path)| &text[at + path.len()..]))
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split(';').next().unwrap_or("").split(|c| !word(c)).collect(),
            None => vec![rest.split(|c| !word(c)).next().unwrap_or("")],
        })
        .filter(|name| SCHEMA.contains(name))
        .collect()
}

#[test]
fn rooms_of_the_schema_engine_use_only_those_to_their_left() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema");
    let mut found = Vec::new();
    for (file, text) in sources("schema") {
        let parts: Vec<_> = file.strip_prefix(&src).expect("a file of the engine").iter().collect();
        let Some(room) = parts.first().filter(|_| parts.len() > 1) else { continue };
        match SCHEMA.iter().position(|known| room == known) {
            None => found.push(format!("{} stands in no room that is known", file.display())),
            Some(rank) => {
                let depth = parts.len() - 1 - usize::from(file.ends_with("mod.rs"));
                let right = rooms(&text, depth).into_iter().filter(|name| SCHEMA[rank + 1..].contains(name));
                found.extend(right.map(|name| format!("{} uses {name}", file.display())));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(rooms("use crate::schema::{Lens, node::{Types},\n states::Space};", 1), ["node", "states"]);
    assert_eq!(rooms("super::super::exact::Exact; super::space", 1), ["exact"]);
}
