//! The door: what another program may name, and the programs of `examples/`, which use nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

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
        if let Item::Mod(it) = item {
            if matches!(it.vis, Visibility::Public(_)) && !is_inside(&it.attrs) {
                out.insert(it.ident.to_string());
            }
        } else if let Item::Use(it) = item {
            if matches!(it.vis, Visibility::Public(_)) && !is_inside(&it.attrs) {
                imported(&it.tree, &mut out);
            }
        } else {
            panic!("lib.rs declares something itself; it only names what others declare");
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

/// The folder of the built programs of `examples/`. A whole `cargo test` has built them; one with a filter has not.
static EXAMPLES: LazyLock<PathBuf> = LazyLock::new(|| {
    let tests = std::env::current_exe().expect("the test binary");
    let built = tests.parent().and_then(Path::parent).expect("a folder of cargo's");
    let target = built.parent().expect("the target folder");
    let profile = built.file_name().and_then(|name| name.to_str()).expect("the name of a profile");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--examples", "--profile", if profile == "debug" { "dev" } else { profile }])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(status.expect("cargo").success());
    built.join("examples")
});

fn example(name: &str, arguments: &[&str]) -> Output {
    let program = EXAMPLES.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    Command::new(program).args(arguments).output().expect("it runs")
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn two_files_are_compared_wherever_they_lie() {
    let place = Place::new();
    place.write("old/api.yaml", BOOKS).write("new/api.yaml", &untitled());
    let [old, new] = ["old/api.yaml", "new/api.yaml"].map(|path| place.path().join(path).display().to_string());
    let (code, out, err) = said(&example("compare", &[&old, &new, "2030-01-31"]));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("`title`") || out.contains("title"), "{out}");
    assert!(!out.contains(&format!("{old}:")), "a document is named from the folder it lies in: {out}");
    for (path, text, told) in [("gone.yaml", None, "gone.yaml"), ("note.yaml", Some("hello: world\n"), "help: ")] {
        text.map(|text| place.write(path, text));
        let path = place.path().join(path).display().to_string();
        let (code, out, err) = said(&example("compare", &[&old, &path, "2030-01-31"]));
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(err.contains(told), "{err}");
    }
}

#[test]
fn a_gate_of_ones_own_is_closed_by_what_breaks() {
    let place = Place::two_commits(&untitled());
    let root = place.path().display().to_string();
    let (code, out, _) = said(&example("gate", &[&root, "v1", "v2", "2030-01-31"]));
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("GET /books"), "{out}");
    assert_eq!(said(&example("gate", &[&root, "v1", "v1", "2030-01-31"])).0, Some(0));
    assert_eq!(said(&example("gate", &[&root, "v1", "v9", "2030-01-31"])).0, Some(2));
    place.write("api.yaml", &BOOKS.replace("/books:", "/internal/books:"));
    place.release("v3");
    place.write("api.yaml", &untitled().replace("/books:", "/internal/books:"));
    place.release("v4");
    assert_eq!(said(&example("gate", &[&root, "v3", "v4", "2030-01-31"])).0, Some(0));
}

#[test]
fn a_notice_is_drafted_once() {
    let place = Place::two_commits(&untitled());
    let root = place.path().display().to_string();
    let (code, out, err) = said(&example("draft_notice", &[&root, "v1", "v2", "2030-01-31"]));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let stem = out.lines().next().and_then(|line| line.split_once(".md: 1 changes")).expect("where it belongs").0;
    assert!(place.read(&format!("{stem}.md")).starts_with("+++\nid = \"N2030-001\"\n"), "{out}");
    assert!(place.read(&format!("{stem}.json")).ends_with("}\n"));
    // It is covered now, so that nothing is left to draft.
    assert_eq!(
        said(&example("draft_notice", &[&root, "v1", "v2", "2030-01-31"])),
        (Some(0), String::new(), String::new())
    );
}
