//! One way, no way back: each room of `src/` uses only those to its left, and only some touch the world.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

mod reader;
mod snippets;

/// The entries of `src/` from left to right.
const ORDER: &[&str] = &[
    "text",
    "json_schema",
    "source",
    "spec",
    "contract",
    "schema",
    "diff",
    "rules",
    "config",
    "audience",
    "report",
    "compare",
    "render",
    "notice",
    "gate",
    "publish",
    "forge",
    "deliver",
    "project",
    "door",
    "cli",
    "lib",
    "main",
];

/// Those that do not exist yet.
const TO_COME: &[&str] = &["deliver"];

/// What touches the world: what it is called, names that begin so, and the rooms that may.
struct World {
    what: &'static str,
    names: &'static [&'static str],
    rooms: &'static [&'static str],
}

const WORLD: &[World] = &[
    World {
        what: "files, the network or other programs",
        names: &[
            "std::fs",
            "std::net",
            "std::os",
            "std::process",
            "tempfile",
            "reqwest",
            "gix",
            ".exists",
            ".try_exists",
            ".is_file",
            ".is_dir",
            ".is_symlink",
            ".metadata",
            ".symlink_metadata",
            ".canonicalize",
            ".read_dir",
            ".read_link",
        ],
        rooms: &["source", "project", "publish", "forge", "deliver", "cli"],
    },
    World {
        what: "the clock, the environment or the terminal",
        names: &[
            "std::env",
            "std::time::SystemTime",
            "std::time::Instant",
            "std::time::*",
            "std::io::*",
            "std::*",
            "jiff::Timestamp::now",
            "jiff::Zoned::now",
            "jiff::tz::TimeZone::system",
            "gethostname",
            "std::io::stdin",
            "std::io::stdout",
            "std::io::stderr",
            "anstream",
            "indicatif",
            "print!",
            "println!",
            "eprint!",
            "eprintln!",
            "dbg!",
        ],
        rooms: &["cli"],
    },
    World {
        what: "JSON in which what acts or hides is not escaped",
        names: &[
            "serde_json::to_string",
            "serde_json::to_string_pretty",
            "serde_json::to_vec",
            "serde_json::to_writer",
        ],
        rooms: &["text", "json_schema"],
    },
];

/// What a room does all the same, and why.
const GRANTED: &[(&str, &str, &str)] = &[
    ("main", "std::process::ExitCode", "its whole work"),
    ("source", "std::io::stdin", "`-` is a document like any other"),
    ("source", "std::time::Instant", "how long a server may take; no day or time of it is shown"),
    ("forge", "std::time::Instant", "how long a forge may take; no day or time of it is shown"),
    ("schema", ".canonicalize", "the canonical form of a schema, not of a path"),
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of src") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push(path);
        }
    }
    out.sort();
}

/// A file, its room, and what it names; tests may use whatever builds their input.
struct Source {
    file: PathBuf,
    room: String,
    names: BTreeSet<String>,
}

fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    files(&src(), &mut all);
    all.retain(|file| !file.ends_with("tests.rs") && !file.components().any(|part| part.as_os_str() == "tests"));
    let read = |file: PathBuf| {
        let inside = file.strip_prefix(src()).expect("a file of src").with_extension("");
        let mut module: Vec<String> = inside.iter().map(|part| part.to_str().expect("a name").to_owned()).collect();
        let room = module[0].clone();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            module.pop();
        }
        let text = fs::read_to_string(&file).expect("source text");
        let names = reader::names(&text, &module).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Source { file: inside, room, names }
    };
    all.into_iter().map(read).collect()
}

fn rank(room: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == room)
}

#[test]
fn every_entry_of_src_stands_in_the_order_and_the_other_way_round() {
    let entries = fs::read_dir(src()).expect("src");
    let there: BTreeSet<String> = entries
        .map(|entry| entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    let told: BTreeSet<String> =
        ORDER.iter().filter(|room| !TO_COME.contains(room)).map(|room| (*room).to_owned()).collect();
    assert_eq!(there, told);
    assert_eq!(ORDER.iter().collect::<BTreeSet<_>>().len(), ORDER.len());
    assert!(TO_COME.iter().all(|room| rank(room).is_some()));
}

/// What is wrong with a name in a room.
fn fault(room: &str, name: &str) -> Option<String> {
    let rest = name.strip_prefix("crate").filter(|rest| rest.is_empty() || rest.starts_with("::"))?;
    let other = rest.trim_start_matches("::").split("::").next().unwrap_or("").trim_end_matches('!');
    // The program enters where the library lets it, and knows nothing else.
    if (room, other) == ("main", "command_line") {
        return None;
    }
    match (rank(other), rank(room)) {
        (Some(other), Some(own)) if other <= own => None,
        (Some(_), _) => Some(format!("uses {other}, which stands to its right")),
        (None, _) if other == "*" || other.is_empty() => Some("uses the whole crate at once".to_owned()),
        (None, _) => Some(format!("uses {other}, which is no room")),
    }
}

#[test]
fn rooms_use_only_those_to_their_left() {
    let mut found = BTreeSet::new();
    for source in sources() {
        for fault in source.names.iter().filter_map(|name| fault(&source.room, name)) {
            found.insert(format!("{} {fault}", source.file.display()));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(fault("audience", "crate::audience::logs"), None);
    assert_eq!(fault("audience", "crate::text::Lang"), None);
    assert!(fault("audience", "crate::cli::run").is_some() && fault("audience", "crate::*").is_some());
    assert!(fault("audience", "crate").is_some() && fault("audience", "crate::Report").is_some());
    assert_eq!(fault("audience", "crates::cli"), None);
    assert!(fault("main", "crate::command_line").is_none() && fault("cli", "crate::command_line").is_some());
}

#[test]
fn only_the_edge_touches_the_world() {
    let begins = |name: &str, start: &str| {
        name.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    let (mut found, mut used) = (BTreeSet::new(), BTreeSet::new());
    for source in sources() {
        for world in WORLD.iter().filter(|world| !world.rooms.contains(&source.room.as_str())) {
            for name in source.names.iter().filter(|name| world.names.iter().any(|start| begins(name, start))) {
                let granted = GRANTED.iter().find(|(room, start, _)| *room == source.room && begins(name, start));
                match granted {
                    Some(granted) => used.insert(granted),
                    None => found.insert(format!("{} uses {name}: {}", source.file.display(), world.what)),
                };
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(used, GRANTED.iter().collect(), "what is granted and not used");
}

/// The rooms of `src/schema` from left to right; the files beside them belong to all.
const SCHEMA: &[&str] = &["node", "states", "exact", "inclusion", "findings", "witness"];

#[test]
fn rooms_of_the_schema_engine_use_only_those_to_their_left() {
    let rank = |room: &str| SCHEMA.iter().position(|known| *known == room);
    let mut found = BTreeSet::new();
    for source in sources().into_iter().filter(|source| source.room == "schema") {
        let parts: Vec<_> = source.file.iter().map(|part| part.to_string_lossy()).collect();
        let [_, room, _, ..] = parts.as_slice() else { continue };
        let Some(own) = rank(room) else { panic!("{} stands in no room that is known", source.file.display()) };
        let named = source.names.iter().filter_map(|name| name.strip_prefix("crate::schema::")?.split("::").next());
        let right = named.filter(|other| *other == "*" || rank(other).is_some_and(|other| other > own));
        found.extend(right.map(|other| format!("{} uses {other}", source.file.display())));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// True of a name that gives an address of memory; the question whether two references are one is none.
fn is_address(name: &str) -> bool {
    (name.contains("ptr::") && !name.ends_with("ptr::eq"))
        || name.ends_with("::as_ptr")
        || [".as_ptr", ".addr", ".expose_provenance"].contains(&name)
}

#[test]
fn the_schema_engine_keys_by_ids_and_never_by_addresses() {
    let schema = sources().into_iter().filter(|source| source.room == "schema");
    let found: BTreeSet<String> = schema
        .flat_map(|source| {
            let names = source.names.iter().filter(|name| is_address(name));
            names.map(|name| format!("{} uses {name}", source.file.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    assert!(["std::ptr::from_ref", "std::rc::Rc::as_ptr", ".as_ptr"].into_iter().all(is_address));
    assert!(!is_address("std::ptr::eq"));
}
