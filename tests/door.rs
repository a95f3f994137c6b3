//! The door: what another program may name, and the programs of `examples/`, which use nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use syn::{Attribute, Item, UseTree, Visibility};

use crate::cli::place::{BOOKS, Place, untitled};

/// The names that `src/lib.rs` gives to everybody. One more is a promise for years: it is made on purpose or not at all.
const NAMES: &[&str] = &[
    "Comparison",
    "CompareOptions",
    "Config",
    "Date",
    "Error",
    "Format",
    "Level",
    "Lang",
    "NoticeDraft",
    "Project",
    "RenderOptions",
    "Report",
    "compare",
    "render",
    "report",
];

/// Whether something is for the tests and programs of this repository, or for the command line alone.
fn is_inside(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| {
        let list = it.meta.require_list().map(|list| list.tokens.to_string()).unwrap_or_default();
        it.path().is_ident("doc") && list == "hidden" || it.path().is_ident("cfg") && list == "feature = \"internals\""
    })
}

fn imported(tree: &UseTree, out: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, out),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, out)),
        UseTree::Name(name) => drop(out.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(out.insert(name.rename.to_string())),
        UseTree::Glob(_) => drop(out.insert("*".to_owned())),
    }
}

/// The names that a file makes public; of what is neither a module nor an import, its text.
fn public(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for item in syn::parse_file(text).expect("source text").items {
        match item {
            Item::Mod(it) if matches!(it.vis, Visibility::Public(_)) && !is_inside(&it.attrs) => {
                out.insert(it.ident.to_string());
            }
            Item::Use(it) if matches!(it.vis, Visibility::Public(_)) && !is_inside(&it.attrs) => {
                imported(&it.tree, &mut out);
            }
            Item::Mod(_) | Item::Use(_) => {}
            other => panic!("{other:?} is declared in lib.rs, which only names what others declare"),
        }
    }
    out
}

#[test]
fn the_door_is_as_wide_as_it_is_told() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = std::fs::read_to_string(file).expect("lib.rs");
    assert_eq!(public(&text), NAMES.iter().map(|name| (*name).to_owned()).collect());
    let wider = format!("{text}\n#[doc(hidden)] pub use rules::Rule; pub use {{rules::judge as verdict, spec::*}};");
    let added: Vec<String> = public(&wider).difference(&public(&text)).cloned().collect();
    assert_eq!(added, ["*", "verdict"]);
}

/// A program of `examples/`, which cargo builds beside the tests.
fn example(name: &str, arguments: &[&str]) -> Output {
    let tests = std::env::current_exe().expect("the test binary");
    let built = tests.parent().and_then(Path::parent).expect("a folder of cargo's").join("examples");
    let program: PathBuf = built.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{name} is not built: run `cargo test`, or `cargo build --examples` before");
    Command::new(program).args(arguments).output().expect("it runs")
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}
