//! `cargo run -p preavis-tools --bin bombs -- DIR`: the pairs of documents that `benches/hostile` lets loose, at full
//! size, as `NAME.base.json` and `NAME.head.json` (or `.yaml`).
#![allow(clippy::expect_used, clippy::panic, reason = "a program of the tests fails where it cannot go on")]
#![allow(dead_code, reason = "what it shares with the tests is more than it needs")]

use std::fs;
use std::path::Path;

#[path = "bombs/mod.rs"]
mod bombs;

use bombs::{Bomb, Version};

fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).expect("a folder");
    for bomb in bombs::all() {
        for (side, version) in [("base", Version::Base), ("head", Version::Head)] {
            let document = bomb.document(bomb.full, version);
            let name = format!("{}.{side}.{}", bomb.name, Bomb::ending(&document));
            fs::write(folder.join(name), document).expect("written");
        }
    }
}
