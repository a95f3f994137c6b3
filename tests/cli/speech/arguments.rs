//! What was given on the command line, and names of refs and files.

use super::super::announced::announced;
use super::super::place::{BOOKS, Place, untitled};
use super::{HOSTILE, harmless, run};

/// Arguments in which `%` stands for what wants to speak.
const LINES: &[&[&str]] = &[
    &["%"],
    &["diff", "%"],
    &["diff", "v1", "%"],
    &["diff", "%..v2"],
    &["diff", "v1...%"],
    &["diff", "v1:%", "v2"],
    &["diff", "./%", "v2"],
    &["diff", "https://%", "v2"],
    &["diff", "http://%", "v2"],
    &["diff", "x://%", "v2"],
    &["diff", "v1", "v2", "--%"],
    &["diff", "v1", "v2", "--lang", "%"],
    &["diff", "v1", "v2", "--lang=%"],
    &["diff", "v1", "v2", "--format", "%"],
    &["diff", "v1", "v2", "--level", "%"],
    &["diff", "v1", "v2", "--today", "%"],
    &["diff", "v1", "v2", "--path", "/%"],
    &["diff", "v1", "v2", "--path", "%["],
    &["diff", "v1", "v2", "--tag", "%"],
    &["diff", "v1", "v2", "--readers", "%"],
    &["diff", "v1", "v2", "--spec", "%"],
    &["diff", "v1", "v2", "--config", "%"],
    &["diff", "v1", "v2", "--repo", "%"],
    &["diff", "v1", "v2", "--output", "%/a"],
    &["diff", "v1", "v2", "v3", "%"],
    &["changelog", "%"],
    &["changelog", "v1..v2", "--tags", "%"],
    &["changelog", "--tags", "[%"],
    &["changelog", "--write", "%", "--dry-run"],
    &["notice", "new", "v1", "v2", "--only", "%"],
    &["notice", "new", "v1", "v2", "--id", "%"],
    &["notice", "new", "v1", "v2", "--title", "%", "--langs", "en"],
    &["notice", "new", "v1", "v2", "--kind", "%"],
    &["notice", "render", "%"],
    &["notice", "render", "N2024-001", "--partner", "%"],
    &["notice", "render", "N2024-001", "--format", "eml", "--to", "%"],
    &["notice", "render", "N2024-001", "--production", "%"],
    &["notice", "render", "--digest", "%"],
    &["notice", "render", "--since", "%"],
    &["notice", "list", "--production", "%"],
    &["publish", "--out", "out/%"],
    &["publish", "--opml", "%"],
    &["rules", "%"],
    &["usage", "show", "--partner", "%"],
    &["usage", "show", "--at", "%"],
    &["usage", "show", "--usage", "%"],
    &["usage", "import", "%"],
    &["usage", "import", "-", "--log-format", "%"],
    &["usage", "import", "-", "--format", "%"],
    &["usage", "import", "-", "--map", "%"],
    &["usage", "import", "-", "--source", "%"],
    &["usage", "scan", "%", "v1", "v2"],
];

#[test]
fn arguments_say_nothing() {
    let place = announced();
    place.release("v2");
    for (ix, line) in LINES.iter().enumerate() {
        // Each line with a third of them, another third than its neighbours.
        for hostile in HOSTILE.iter().skip(ix % 3).step_by(3) {
            let args: Vec<String> = line.iter().map(|arg| arg.replace('%', hostile)).collect();
            harmless(&run(place.command("").args(&args)), &format!("{args:?}"));
        }
    }
}

#[test]
fn an_argument_that_is_refused_is_still_recognised() {
    let run = run(Place::new().command("diff").arg("--x=\n::error::y"));
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("error: unexpected argument '--x' found\n"), "{run:?}");
    let run = super::run(Place::new().command("").arg("di\n::error::ff"));
    assert!(run.err.starts_with("error: unrecognized subcommand 'di\\u{a}::error::ff'\n"), "{run:?}");
}

#[test]
fn names_of_files_and_tags_say_nothing() {
    for hostile in HOSTILE {
        // No file is named with a slash in it, and git forbids some of what is hidden in names of tags.
        let name = hostile.replace('/', "");
        let place = Place::repository();
        for (text, tag) in [(BOOKS.to_owned(), "v1.0"), (untitled(), "v2.0"), (format!("{BOOKS}\u{1b}"), "v3.0")] {
            place.write(&format!("{name}.yaml"), &text).write(&format!("{name}/deep/b.json"), &text);
            place.git(&["add", "--all"]);
            place.git(&["commit", "--quiet", "--message", &format!("x{hostile}")]);
            let _ = place.git(&["tag", tag]);
        }
        for args in ["diff v1.0 v2.0", "diff v1.0 v2.0 --format md", "diff v1.0 v2.0 --format json", "diff v2.0 v3.0"] {
            harmless(&run(&mut place.command(args)), &format!("{args} with {name:?}"));
        }
        for args in
            ["diff v2.0 v3.0 --keep-going", "changelog", "changelog --write C.md --dry-run", "usage show", "init"]
        {
            harmless(&run(&mut place.command(args)), &format!("{args} with {name:?}"));
        }
        harmless(&run(place.command("publish --out").arg(&name)), "publish");
    }
}

#[test]
fn tags_say_nothing() {
    // What git lets stand in the name of a tag: no blanks, no controls of ASCII, no colon, bracket or tilde.
    for hostile in ["##", "v1.0-\u{202e}x", "v1.0\u{9b}2J\u{85}a", "v1.0\u{2028}error", "v1.0\u{200b}", "---1.0"] {
        let place = Place::repository();
        place.write("api.yaml", BOOKS);
        place.git(&["add", "--all"]);
        place.git(&["commit", "--quiet", "--message", "a"]);
        place.git(&["tag", "v0.9"]);
        place.write("api.yaml", &untitled());
        place.git(&["commit", "--quiet", "--all", "--message", "b"]);
        place.git(&["update-ref", &format!("refs/tags/{hostile}"), "HEAD"]);
        for args in ["changelog", "changelog --format json", "publish --out site"] {
            harmless(&run(&mut place.command(args)), &format!("{args} with {hostile:?}"));
        }
        for format in ["text", "md", "json"] {
            let mut command = place.command("diff v0.9");
            harmless(&run(command.args([hostile, "--format", format])), hostile);
        }
    }
}
