//! Formats, files, colours and languages of results.

use std::fs;

use super::place::{BOOKS, Place, untitled};

#[test]
fn formats_say_the_same() {
    let place = Place::two_commits(&untitled());
    let run = |format: &str| place.run(&format!("diff v1 v2 --format {format}"));
    assert_eq!(run("json").json()["summary"]["breaking"], 1);
    assert!(run("text").out.starts_with("breaking · 1 breaking change\n"));
    assert!(run("markdown").out.contains("1 breaking change"));
    assert_eq!(run("md").out, run("markdown").out);
}

#[test]
fn two_runs_give_the_same_bytes() {
    let place = Place::two_commits(&untitled());
    for format in ["text", "json", "markdown"] {
        let run = || place.run(&format!("diff v1 v2 --level docs --format {format}")).out;
        assert_eq!(run(), run());
    }
}

#[test]
fn a_level_hides_entries_and_counts_all() {
    let place = Place::two_commits(&super::place::extended());
    let run = place.run("diff v1 v2 --level breaking");
    assert!(run.out.contains("1 additive change") && !run.out.contains("`pages`"), "{run:?}");
}

#[test]
fn a_file_is_replaced_at_once_or_not_at_all() {
    let place = Place::two_commits(&untitled());
    place.write("out/report.json", "old");
    let run = place.run("diff v1 v2 --format json -o out/report.json");
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(place.read("out/report.json"), place.run("diff v1 v2 --format json").out);
    let run = place.run("diff v1 nope --format json --output out/report.json");
    assert_eq!(run.code, 2);
    assert!(place.read("out/report.json").starts_with('{'));
    assert_eq!(fs::read_dir(place.path().join("out")).unwrap().count(), 1);
    let run = place.run("diff v1 v2 --output nowhere/report.json");
    assert!(run.code == 2 && run.err.starts_with("error: cannot write `nowhere/report.json`: "), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_link_and_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let (place, other) = (Place::two_commits(&untitled()), Place::new());
    for (place, file) in [(&place, "real.md"), (&other, "real.md")] {
        place.write(file, "old");
        fs::set_permissions(place.path().join(file), fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(file, place.path().join("link.md")).unwrap();
    }
    let mode = |place: &Place| fs::metadata(place.path().join("real.md")).unwrap().permissions().mode() & 0o777;
    let link = other.path().join("link.md");
    assert_eq!(place.run(&format!("diff v1 v2 --format md --output {}", link.display())).code, 0);
    assert!(other.read("real.md").contains("`title`") && link.is_symlink());
    assert_eq!(mode(&other), 0o640);
    assert_eq!(place.run("diff v1 v2 --format md --output real.md").code, 0);
    assert!(place.read("real.md").contains("`title`"));
    assert_eq!(mode(&place), 0o640);
    // In the repository a link may be anybody's.
    place.run("diff v1 v2 --output link.md").could_not_tell(
        "error: `link.md` is a link\n\
         help: links are not followed here, wherever they lead: put a file or a folder in its place\n",
    );
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let place = Place::two_commits(&untitled());
    let coloured = |args: &str, env| place.run_with(&format!("diff v1 v2 {args}"), env, "").out.contains('\u{1b}');
    assert!(!coloured("", &[]) && coloured("--color always", &[]) && !coloured("--color never", &[]));
    assert!(coloured("", &[("CLICOLOR_FORCE", "1")]) && !coloured("", &[("NO_COLOR", "1")]));
    assert!(!coloured("--format json --color always", &[]));
}

#[test]
fn languages_are_chosen_by_option_then_configuration_then_environment() {
    let place = Place::two_commits(&untitled());
    let french = |args: &str, env| place.run_with(&format!("diff v1 v2 {args}"), env, "").out.starts_with("rupture");
    assert!(!french("", &[]) && french("--lang fr", &[]) && french("", &[("LANG", "fr_FR.UTF-8")]));
    assert!(!french("", &[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]));
    place.write("preavis.toml", "lang = \"fr\"\n");
    assert!(french("", &[("LANG", "en_GB.UTF-8")]) && !french("--lang en", &[]));
}

#[test]
fn a_second_reader_names_what_it_refuses() {
    let odd = untitled().replace("id: {type: integer}", "id: {type: [integer]}");
    let place = Place::two_commits(&odd);
    let problems = place.run("diff v1 v2 --format json").json()["apis"][0]["problems"].clone();
    assert_eq!((&problems[0]["line"], problems.as_array().unwrap().len()), (&18.into(), 1), "{problems}");
    assert!(problems[0]["message"].as_str().unwrap().starts_with("does not fit OpenAPI 3.0: "), "{problems}");
    let far = BOOKS.replace("info: {", "x-a: 1\ninfo: {").replace("description: All books", "summary: All books");
    let place = Place::two_commits(&far);
    let count = |args: &str| {
        let report = place.run(&format!("diff v1 v2 --format json {args}")).json();
        report["apis"][0]["problems"].as_array().unwrap().len()
    };
    assert_eq!(count("--strict"), 1);
}
