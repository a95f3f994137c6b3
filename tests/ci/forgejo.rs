//! The job of Forgejo and Gitea: it fetches by itself, so that its image needs no Node.

use super::runner::{FROM, Team};
use super::yaml;
use crate::cli::place::untitled;

#[test]
fn the_job_fetches_and_opens_and_closes_the_gate() {
    for (folder, runner) in [(".forgejo", "docker"), (".gitea", "ubuntu-latest")] {
        let team = Team::new();
        team.place.write(&format!("{folder}/workflows/build.yml"), "on: push\n");
        team.init(&format!("--from {FROM}"));
        let written = yaml::read(&team.place.read(&format!("{folder}/workflows/preavis.yml")))["jobs"]["check"].take();
        assert_eq!((&written["runs-on"], &written["container"]), (&runner.into(), &"rust:1-bookworm".into()));
        team.push("main");
        let same = team.push("same");
        team.place.write("openapi.yaml", &untitled());
        let hurt = team.push("break");
        for (branch, head, code) in [("same", same, 0), ("break", hurt, 1)] {
            let git = |args: &[&str]| team.place.git(args);
            git(&["push", "--quiet", "origin", &format!("+{head}:refs/pull/7/head")]);
            let mut job = team.job(&[("GITHUB_REF", "refs/pull/7/head"), ("GITHUB_ACTIONS", "true")]);
            let said = [
                ("github.token", "secret"),
                ("github.event.pull_request.head.sha", &*head),
                ("github.base_ref", "main"),
            ];
            let run = job.steps(&written, &said);
            assert_eq!(run.code, code, "{branch}: {run:?}");
            assert!(job.tried("calls").ends_with("check origin/main --post\n"));
            assert!(!std::fs::read_to_string(job.work().join(".git/config")).unwrap().contains("AUTHORIZATION"));
        }
    }
}
