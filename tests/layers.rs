//! One way, no way back: each folder uses only those to its left.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders from left to right. Those in one group may not use each other either, except `contract`'s vocabulary.
const ORDER: &[&str] = &[
    "text", "source", "spec", "contract", "schema", "diff", "rules", "config", "audience", "report", "notice",
    "render", "publish", "deliver", "project", "cli",
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
    for folder in ORDER.iter().filter(|folder| !["source", "publish", "deliver", "project", "cli"].contains(folder)) {
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
