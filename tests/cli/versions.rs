//! What a version may be, and what is compared when nobody says.

use super::place::{BOOKS, Place, Run, extended, untitled};

/// The labels of both versions.
#[track_caller]
fn labels(run: &Run) -> [String; 2] {
    assert_eq!(run.code, 0, "{run:?}");
    let report = run.json();
    ["base", "head"].map(|side| report[side]["label"].as_str().unwrap().to_owned())
}

fn verdict(run: &Run) -> String {
    run.json()["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn refs_carry_their_commit_and_its_date() {
    let place = Place::two_commits(&untitled());
    let report = place.run("diff v1 v2 --format json").json();
    assert_eq!(report["base"]["commit"], place.git(&["rev-parse", "v1"]));
    assert_eq!((&report["base"]["date"], &report["head"]["date"]), (&"2024-05-01".into(), &"2024-05-02".into()));
}

#[test]
fn the_work_tree_is_compared_with_the_merge_base() {
    let place = Place::two_commits(BOOKS);
    place.git(&["checkout", "--quiet", "-b", "topic"]);
    place.write("api.yaml", &untitled());
    let run = place.run("diff --format json");
    assert_eq!(labels(&run), ["merge base with main", "work tree"]);
    assert_eq!(verdict(&run), "breaking");
    assert_eq!(run.json()["head"]["commit"], serde_json::Value::Null);
    assert_eq!(labels(&place.run("diff v1 . --format json")), ["v1", "work tree"]);
    assert_eq!(labels(&place.run("diff v1 --format json")), ["v1", "work tree"]);
}

#[test]
fn ci_names_the_target_branch() {
    let place = Place::two_commits(BOOKS);
    place.git(&["branch", "production", "v1"]);
    for name in ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] {
        let run = place.run_with("diff --format json", &[(name, "production")], "");
        assert_eq!(labels(&run), ["merge base with production", "work tree"]);
    }
    let run = place.run_with("diff --format json", &[("GITHUB_BASE_REF", "")], "");
    assert_eq!(labels(&run), ["merge base with main", "work tree"]);
}

#[test]
fn three_dots_start_at_the_merge_base() {
    let place = Place::two_commits(BOOKS);
    place.git(&["checkout", "--quiet", "-b", "topic", "v1"]);
    place.write("api.yaml", &extended());
    place.release("t3");
    place.git(&["checkout", "--quiet", "main"]);
    place.write("api.yaml", &untitled());
    place.release("v4");
    assert_eq!(verdict(&place.run("diff main...topic --format json")), "additive");
    assert_eq!(verdict(&place.run("diff topic...main --format json")), "breaking");
    assert_eq!(labels(&place.run("diff topic...main --format json")), ["merge base of topic and main", "main"]);
    assert_eq!(labels(&place.run("diff v1..v4 --format json")), ["v1", "v4"]);
}

#[test]
fn files_are_compared_outside_repositories() {
    let place = Place::new();
    place.write("old.yaml", BOOKS).write("new/api.yaml", &untitled());
    let run = place.run("diff old.yaml new/api.yaml --format json");
    assert_eq!(labels(&run), ["old.yaml", "new/api.yaml"]);
    let report = run.json();
    assert_eq!(report["apis"].as_array().unwrap().len(), 1);
    assert_eq!((&report["apis"][0]["id"], &report["verdict"]), (&"new-api".into(), &"breaking".into()));
    assert_eq!(report["apis"][0]["problems"], serde_json::json!([]));
}

#[test]
fn standard_input_is_a_version() {
    let place = Place::new();
    place.write("old.yaml", BOOKS);
    let run = place.run_with("diff old.yaml - --format json", &[], &untitled());
    assert_eq!(labels(&run), ["old.yaml", "standard input"]);
    assert_eq!(verdict(&run), "breaking");
    let run = place.run_with("diff - -", &[], BOOKS);
    run.could_not_tell("error: both versions are standard input\nhelp: save one of them to a file\n");
}

#[test]
fn a_document_at_a_ref_has_its_counterpart() {
    let place = Place::two_commits(&untitled());
    place.write("draft.yaml", &extended());
    assert_eq!(verdict(&place.run("diff v1:api.yaml v2 --format json")), "breaking");
    assert_eq!(verdict(&place.run("diff v1 v2:api.yaml --format json")), "breaking");
    assert_eq!(verdict(&place.run("diff v1:api.yaml draft.yaml --format json")), "additive");
    assert_eq!(verdict(&place.run("diff v1 draft.yaml --format json")), "additive");
    assert_eq!(place.run("diff v1:api.yaml v2:api.yaml --spec api.yaml").code, 2);
}

#[test]
fn a_repository_may_be_elsewhere() {
    let place = Place::two_commits(&untitled());
    let elsewhere = Place::new();
    let run = elsewhere.run(&format!("diff v1 v2 --format json --repo {}", place.path().display()));
    assert_eq!(verdict(&run), "breaking");
}

#[test]
fn a_sunset_is_judged_at_the_day_of_head() {
    let ended =
        |text: &str| text.replace("    get:\n", "    get:\n      deprecated: true\n      x-sunset: \"2024-05-02\"\n");
    let place = Place::repository();
    place.write(
        "api.yaml",
        &ended(&format!("{BOOKS}x-a: 1\n")).replace("  /books:\n", "  /books:\n    put: {responses: {}}\n"),
    );
    place.release("v1");
    let at = place.read("api.yaml").find("    get:").unwrap();
    let end = place.read("api.yaml").find("components:").unwrap();
    let text = place.read("api.yaml");
    place.write("api.yaml", &format!("{}{}", &text[..at], &text[end..]));
    place.release("v2");
    assert_eq!(verdict(&place.run("diff v1 v2 --format json")), "risky");
    assert_eq!(verdict(&place.run("diff v1 v2 --format json --today 2024-05-01")), "breaking");
}
