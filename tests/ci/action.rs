//! The action of this repository: its steps, with inputs as a workflow gives them.

use std::fs;
use std::path::Path;

use super::runner::{FROM, Job, Team};
use super::yaml;
use crate::cli::place::{Run, untitled};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const BASE: &str =
    "inputs.base || github.event.merge_group.base_sha || (github.base_ref && format('origin/{0}', github.base_ref))";

fn action() -> serde_json::Value {
    yaml::read(&fs::read_to_string(Path::new(ROOT).join("action.yml")).unwrap())
}

/// The steps that are not switched off; inputs are `from`, `path`, `args`, `comment`.
fn run(job: &mut Job, [from, path, args, comment]: [&str; 4]) -> Run {
    let mut steps = action()["runs"].take();
    if !path.is_empty() {
        steps["steps"].as_array_mut().unwrap().retain(|step| step["if"] != "${{ inputs.path == '' }}");
    }
    let said = [
        ("github.action_path", ROOT),
        ("inputs.from", from),
        ("inputs.path", path),
        ("inputs.args", args),
        ("inputs.comment", comment),
        ("inputs.token", "ghs_token"),
        (BASE, "origin/main"),
    ];
    job.steps(&steps, &said)
}

fn call(job: &Job) -> String {
    job.tried("calls").lines().filter(|line| line.starts_with("check")).collect()
}

#[test]
fn inputs_become_arguments_and_never_commands() {
    let team = Team::new();
    team.place.write("openapi.yaml", &untitled());
    team.push("break");
    let there = format!("{ROOT}/tests/ci/tools/preavis");
    for (inputs, wanted) in [
        ([FROM, "", "", "true"], "check origin/main --post"),
        (["", &there, "", "false"], "check origin/main"),
        (
            [FROM, "", "--report json=a.json\n  --report junit=*.x\n", "false"],
            "check origin/main --report json=a.json --report junit=*.x",
        ),
        (
            ["", &there, "--name $(id>hurt)`id>hurt`;id>hurt", "false"],
            "check origin/main --name $(id>hurt)`id>hurt`;id>hurt",
        ),
    ] {
        let mut job = team.job(&[("GITHUB_ACTIONS", "true")]);
        job.checkout(&team, "break");
        let run = run(&mut job, inputs);
        assert_eq!((run.code, &*call(&job)), (1, wanted), "{run:?}");
        assert!(!job.work().join("hurt").exists());
        assert_eq!(job.output("decision").as_deref(), Some("closed"));
    }
}

#[test]
fn what_is_missing_or_odd_ends_with_2() {
    let team = Team::new();
    let there = format!("{ROOT}/tests/ci/tools/preavis");
    for (inputs, told) in [
        (["", "", "", "true"], "nobody said where preavis comes from"),
        (["", &there, "", "yes"], "the input `comment` is neither true nor false"),
    ] {
        let mut job = team.job(&[]);
        let run = run(&mut job, inputs);
        assert!(run.code == 2 && run.err.contains(told), "{run:?}");
        assert_eq!(call(&job), "");
    }
}

#[test]
fn every_output_is_one_of_the_check() {
    let outputs = action()["outputs"].take();
    let outputs = outputs.as_object().unwrap();
    let wanted = ["decision", "breaking", "risky", "additive", "docs", "open", "waiting", "first_day", "next_version"];
    assert_eq!(outputs.keys().collect::<Vec<_>>(), wanted);
    for (name, output) in outputs {
        assert_eq!(output["value"], format!("${{{{ steps.check.outputs.{name} }}}}"));
    }
}
