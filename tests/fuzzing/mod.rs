//! The short form of fuzzing: the corpus that the long form grew (see CONTRIBUTING.md), and a fixed number of mutations
//! of it, through the same targets. What fuzzing once found stands in the corpus under a name that tells it.

use std::fs;
use std::panic::{self, AssertUnwindSafe};

use crate::random::Rng;
use corpus::{corpus, in_repository, words};
use mutations::Kit;
use targets::Said;

mod corpus;
mod mutations;
pub(crate) mod targets;

/// Mutations of each file of the corpus.
const MUTATIONS: usize = 4;

/// Runs a target on its corpus and on mutations of it; shows the input that it does not stand.
fn run(target: &str, one: fn(&[u8]) -> Said, show: fn(&[u8]) -> String) {
    let corpus = corpus(target);
    assert!(!corpus.is_empty(), "{target} has no corpus");
    let try_one = |name: &str, bytes: &[u8]| {
        let fine = panic::catch_unwind(AssertUnwindSafe(|| one(bytes))).is_ok();
        assert!(fine, "{target} fails for {name}, `{}`:\n{}", bytes.escape_ascii(), show(bytes));
    };
    let (mut rng, words) = (Rng::new(1), words());
    let kit = Kit { words: &words, longest: 8192 };
    for (name, bytes) in &corpus {
        try_one(name, bytes);
        for number in 0..MUTATIONS {
            let (_, other) = &corpus[rng.below(corpus.len())];
            try_one(&format!("mutation {number} of {name}"), &kit.mutated(&mut rng, bytes, other));
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
    let folder = in_repository("fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    for target in ["read", "compare", "schemas"] {
        let path = format!("fuzz_targets/{target}.rs");
        let text = fs::read_to_string(folder.join(&path)).expect("a target");
        assert!(text.contains(&format!("preavis_fuzz::{target}(bytes)")) && text.lines().count() <= 6, "{text}");
        assert!(manifest.contains(&format!("path = \"{path}\"")), "{manifest}");
    }
    assert!(manifest.contains("path = \"../tests/fuzzing/targets/mod.rs\""), "{manifest}");
}
