//! The command in a real repository, and what a folder goes through.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::cli::place::{BOOKS, Place, extended, untitled};

/// Every file below a folder with its content and the time it was written.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            out.insert(name, (fs::read(&path).unwrap(), time));
        }
    }
    out
}

fn published() -> Place {
    let place = Place::two_commits(&untitled());
    let run = place.run("publish --out site");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.starts_with("site: ") && run.out.ends_with(" written, 0 removed\n"), "{run:?}");
    place
}

#[test]
fn a_second_run_touches_nothing() {
    let place = published();
    let site = place.path().join("site");
    let before = files(&site);
    assert!(before.contains_key("diff/api/v1..v2.html") && before.contains_key("index.html"), "{:?}", before.keys());
    let run = place.run("publish --out site");
    assert!(run.out.contains(" 0 written, 0 removed"), "{run:?}");
    assert_eq!(files(&site), before);
    // Nothing of this machine is in it.
    let here = place.path();
    let here = here.to_str().unwrap();
    assert!(before.values().all(|(bytes, _)| !String::from_utf8_lossy(bytes).contains(here)));
}

#[test]
fn what_an_earlier_run_wrote_goes_and_nothing_else() {
    let place = published();
    place.write("site/CNAME", "contract.example.org").write("site/api/api/notes.txt", "ours");
    let run = place.run("publish --out site --tags v1");
    assert!(run.code == 0 && !run.out.contains(" 0 removed"), "{run:?}");
    let left = files(&place.path().join("site"));
    assert!(!left.keys().any(|path| path.contains("v1..v2")), "{:?}", left.keys());
    assert!(left.contains_key("CNAME") && left.contains_key("api/api/notes.txt"));
    let back = place.run("publish --out site");
    assert_eq!(back.code, 0);
    assert!(place.path().join("site/diff/api/v1..v2.html").is_file());
    assert!(
        !files(&place.path().join("site")).keys().any(|path| path.starts_with(".preavis-") && path != ".preavis-site")
    );
}

#[test]
fn a_folder_of_others_is_refused() {
    let place = Place::two_commits(&untitled());
    place.write("site/index.html", "theirs");
    let at = place.path().join("site").display().to_string();
    place.run("publish --out site").could_not_tell(&format!(
        "error: `{at}` is not empty, and no site of preavis\nhelp: name an empty or a new folder, or add to this one with `--force`\n"
    ));
    assert_eq!((place.read("site/index.html").as_str(), files(&place.path().join("site")).len()), ("theirs", 1));
    assert_eq!(place.run("publish --out site --force").code, 0);
    assert!(place.read("site/index.html").starts_with("<!DOCTYPE html>"));
    assert_eq!(place.run("publish --out site").code, 0);
}

#[test]
fn a_list_that_leads_out_is_refused() {
    let place = published();
    place.write("precious.txt", "keep");
    for list in ["preavis site 1\n../precious.txt\n", "preavis site 1\n/etc/passwd\n", "preavis site 2\n", "junk"] {
        place.write("site/.preavis-site", list);
        let run = place.run("publish --out site");
        assert!(run.code == 2 && run.err.contains("is not a list of files that this version knows"), "{run:?}");
    }
    assert_eq!(place.read("precious.txt"), "keep");
}

#[test]
fn what_cannot_be_told_leaves_the_folder_alone() {
    let place = published();
    let before = files(&place.path().join("site"));
    for args in ["--tags x*", "--production nowhere", "--spec other.yaml", "--config broken.toml"] {
        place.write("broken.toml", "[site]\nurl = \"javascript:alert(1)\"\n");
        let run = place.run(&format!("publish --out site {args}"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args}");
    }
    assert_eq!(files(&place.path().join("site")), before);
}

#[test]
fn only_what_shipped_is_published() {
    let place = Place::two_commits(BOOKS);
    place.write("api.yaml", &extended());
    place.git(&["commit", "--quiet", "--all", "--message", "not tagged"]);
    assert_eq!(place.run("publish --out site").code, 0);
    assert!(!place.read("site/changes/index.html").contains("pages"));
    // Where production is known, what it runs has shipped, tagged or not.
    assert_eq!(place.run("publish --out site --production main").code, 0);
    assert!(place.read("site/changes/index.html").contains("<code>pages</code>"));
    let site = files(&place.path().join("site"));
    assert!(site.contains_key("diff/api/v2..2024-05-01.html"), "{:?}", site.keys());
}
