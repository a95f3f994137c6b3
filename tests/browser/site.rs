//! `cargo run -p preavis-tools --bin site -- DIR`: a site with something of each kind on it, for `tests/browser/check.mjs`.
#![allow(clippy::expect_used, clippy::panic, reason = "a program of the tests fails where it cannot go on")]
#![allow(dead_code, reason = "what it shares with the tests is more than it needs")]

use std::path::Path;

use preavis::publish::site::Folder;
use preavis::source::lock::Asker;
use preavis::text::Lang;

#[path = "../harness.rs"]
mod harness;
#[path = "../publish/sample.rs"]
mod sample;

fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    let mut folder = Folder::open(Path::new(&folder), false, &Asker::default()).expect("an empty folder");
    sample::Given { languages: &[Lang::Fr, Lang::En], ..sample::Given::library() }.publish(&mut folder);
    folder.finish().expect("written");
}
