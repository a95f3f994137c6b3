//! Exit codes: 0 clear, 1 `--fail-on` was hit, 2 could not tell.

use super::place::{BOOKS, Place, extended, untitled};

#[test]
fn a_diff_is_clear_unless_told_to_fail() {
    let place = Place::two_commits(&untitled());
    let run = place.run("diff v1 v2");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.contains("`title` is no longer sent in `book`"), "{run:?}");
}

#[test]
fn a_threshold_is_hit_by_its_level_and_what_is_worse() {
    let breaking = Place::two_commits(&untitled());
    let additive = Place::two_commits(&extended());
    for (fail_on, of_breaking, of_additive) in
        [("breaking", 1, 0), ("risky", 1, 0), ("additive", 1, 1), ("docs", 1, 1), ("never", 0, 0)]
    {
        let code = |place: &Place| place.run(&format!("diff v1 v2 --fail-on {fail_on}")).code;
        assert_eq!((code(&breaking), code(&additive)), (of_breaking, of_additive), "{fail_on}");
    }
}

#[test]
fn what_is_unproven_can_close_too() {
    let lost = BOOKS.replace("schema: {$ref: \"#/components/schemas/book\"}", "schema: {$ref: \"#/nowhere\"}");
    let place = Place::two_commits(&lost);
    let run = place.run("diff v1 v2 --keep-going --fail-on unproven");
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(Place::two_commits(&extended()).run("diff v1 v2 --fail-on unproven").code, 0);
}

#[test]
fn a_closed_gate_still_shows_why() {
    let place = Place::two_commits(&untitled());
    let run = place.run("diff v1 v2 --fail-on breaking");
    assert!(run.code == 1 && run.out.starts_with("breaking") && run.err.is_empty(), "{run:?}");
    let run = place.run("diff v1 v2 --fail-on breaking --quiet");
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (1, "", ""));
}

#[test]
fn wrong_usage_could_not_tell() {
    let place = Place::new();
    for args in ["", "dif", "diff --format yaml", "diff --today tomorrow", "diff a b c", "diff --level all"] {
        let run = place.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args}: {run:?}");
        assert!(!run.err.is_empty(), "{args}");
    }
}

#[test]
fn help_is_a_result() {
    for args in ["--help", "diff --help", "--version"] {
        let run = Place::new().run(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args}");
        assert!(run.out.contains("preavis"), "{args}: {run:?}");
    }
}

/// A reader that has seen enough is no error, and says nothing about the contract.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::Stdio;
    let place = Place::two_commits(&untitled());
    for (args, code) in [("rules", 0), ("diff v1 v2", 0), ("diff v1 v2 --fail-on breaking", 1)] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = place.command(args).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(code), &b""[..]), "{args}");
    }
}
