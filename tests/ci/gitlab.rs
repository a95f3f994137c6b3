//! The job of GitLab: its script in a merge request of the project and in one of a fork.

use serde_json::Value;

use super::runner::{FROM, Job, Team};
use super::yaml;
use crate::cli::place::untitled;

fn job(team: &Team) -> Value {
    yaml::read(&team.place.read(".gitlab/preavis.yml"))["preavis"].take()
}

/// The script in one shell, as GitLab's runner has it.
fn run(job: &Job, written: &Value) -> crate::cli::place::Run {
    let parts: Vec<&str> = written["script"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect();
    job.bash(&parts.join("\n"))
}

/// A clone as the runner makes it: the commit, and no branch of the server.
fn clone(team: &Team, job: &Job, branch: &str) {
    let work = job.work();
    let git = |args: &[&str]| team.place.git(&[&["-C", work.to_str().unwrap()], args].concat());
    git(&["init", "--quiet", "."]);
    git(&["remote", "add", "origin", &team.origin()]);
    git(&["fetch", "--quiet", "origin", branch]);
    git(&["checkout", "--quiet", "--detach", "FETCH_HEAD"]);
}

fn variables<'a>(project: &'a str, url: &'a str, home: &'a str, base: &'a str) -> [(&'a str, &'a str); 8] {
    [
        ("CI_PROJECT_ID", project),
        ("CI_MERGE_REQUEST_PROJECT_ID", "5"),
        ("CI_MERGE_REQUEST_PROJECT_URL", url),
        ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base),
        ("PREAVIS_FROM", FROM),
        ("PREAVIS_HOME", home),
        ("GITLAB_CI", "true"),
    ]
}

#[test]
fn the_script_opens_and_closes_the_gate() {
    let team = Team::new();
    let said = team.init(&format!("--ci gitlab --from {FROM}"));
    assert!(said.contains("wrote .gitlab/preavis.yml\nwrote .gitlab-ci.yml\n"), "{said}");
    assert_eq!(yaml::read(&team.place.read(".gitlab-ci.yml"))["include"][0]["local"], ".gitlab/preavis.yml");
    let written = job(&team);
    assert_eq!(written["variables"]["PREAVIS_FROM"], FROM);
    let base = team.push("main");
    team.push("same");
    team.place.write("openapi.yaml", &untitled());
    team.push("break");
    // A fork whose target branch cannot be had is compared with the merge base that GitLab names.
    for (branch, project, url, code, compared) in [
        ("same", "5", "unused", 0, "origin/main"),
        ("break", "5", "unused", 1, "origin/main"),
        ("break", "8", team.origin().trim_end_matches(".git"), 1, "origin/main"),
        ("break", "8", "file:///nowhere", 1, &base),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("kept").display().to_string();
        let job = team.job(&variables(project, url, &home, &base));
        clone(&team, &job, branch);
        let run = run(&job, &written);
        assert_eq!(run.code, code, "{branch} {url}: {run:?}");
        let call = format!(
            "check {compared} --post --report codequality=gl-code-quality-report.json --report junit=preavis-junit.xml\n"
        );
        assert!(job.tried("calls").ends_with(&call), "{}", job.tried("calls"));
        assert!(job.work().join("gl-code-quality-report.json").is_file());
    }
}

#[test]
fn a_project_that_has_a_pipeline_is_told_the_line_to_add() {
    let team = Team::new();
    team.place.write(".gitlab-ci.yml", "stages: [lint, deploy]\nlint: {stage: lint, script: [make]}\n");
    let said = team.init("");
    let include =
        "- Add to .gitlab-ci.yml, beside what it includes already:\n    include:\n      - local: .gitlab/preavis.yml\n";
    assert!(said.starts_with("wrote preavis.toml\nwrote .gitlab/preavis.yml\nkept  .gitlab-ci.yml\n"), "{said}");
    assert!(said.contains(include) && said.contains("`GITLAB_TOKEN`"), "{said}");
    assert_eq!(job(&team)["stage"], "lint");
    team.place.write(".gitlab-ci.yml", "include:\n  - local: .gitlab/preavis.yml\n");
    assert!(!team.init("").contains("- Add to"));
}
