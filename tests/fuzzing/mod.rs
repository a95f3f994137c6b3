//! The short form of fuzzing: the corpus that the long form grew (see CONTRIBUTING.md), and a fixed number of mutations
//! of it, through the same targets. What fuzzing once found stands in the corpus under a name that tells it.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use crate::random::Rng;

pub(crate) mod targets;

/// Mutations of each file of the corpus.
const MUTATIONS: usize = 4;

/// The files of a target's corpus, by name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().expect("a file").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("an input"))).collect()
}

/// One to four edits: a byte set, a piece taken out or doubled, the rest cut off, or a piece of another input put in.
fn mutated(rng: &mut Rng, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=rng.below(4) {
        let at = rng.below(out.len() + 1);
        let end = (at + rng.below(16)).min(out.len());
        match rng.below(5) {
            0 if at < out.len() => out[at] = u8::try_from(rng.below(256)).expect("a byte"),
            1 => drop(out.drain(at..end)),
            2 => {
                let piece = out[at..end].to_vec();
                out.splice(at..at, piece);
            }
            3 if rng.chance(20) => out.truncate(at),
            _ => {
                let from = rng.below(other.len() + 1);
                let to = (from + rng.below(32)).min(other.len());
                out.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
    out
}

/// Runs a target on its corpus and on mutations of it; shows the input that it does not stand.
fn run(target: &str, one: fn(&[u8]), show: fn(&[u8]) -> String) {
    let corpus = corpus(target);
    assert!(!corpus.is_empty(), "{target} has no corpus");
    let try_one = |name: &str, bytes: &[u8]| {
        let fine = panic::catch_unwind(AssertUnwindSafe(|| one(bytes))).is_ok();
        assert!(fine, "{target} fails for {name}, `{}`:\n{}", bytes.escape_ascii(), show(bytes));
    };
    let mut rng = Rng::new(1);
    for (name, bytes) in &corpus {
        try_one(name, bytes);
        for number in 0..MUTATIONS {
            let (_, other) = &corpus[rng.below(corpus.len())];
            try_one(&format!("mutation {number} of {name}"), &mutated(&mut rng, bytes, other));
        }
    }
}

fn as_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn any_bytes_are_read() {
    run("read", targets::read, as_text);
}

#[test]
fn any_two_documents_are_compared() {
    run("compare", targets::compare, as_text);
}

#[test]
fn any_two_schemas_are_compared() {
    run("schemas", targets::schemas, targets::spelled);
}

/// The crate of the long form is not built here: its files must stay so small that there is nothing to rot.
#[test]
fn the_long_form_runs_the_same_targets() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    for target in ["read", "compare", "schemas"] {
        let path = format!("fuzz_targets/{target}.rs");
        let text = fs::read_to_string(folder.join(&path)).expect("a target");
        assert!(text.contains(&format!("preavis_fuzz::{target}(bytes)")) && text.lines().count() <= 6, "{text}");
        assert!(manifest.contains(&format!("path = \"{path}\"")), "{manifest}");
    }
    assert!(manifest.contains("path = \"../tests/fuzzing/targets/mod.rs\""), "{manifest}");
}
