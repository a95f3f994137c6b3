//! The jobs of GitHub, from a repository without any to a gate that opens and closes.

use preavis::forge::Kind;
use serde_json::{Value, json};

use super::runner::{FROM, Job, Team};
use super::yaml;
use crate::cli::place::{extended, untitled};
use crate::forge::fake::Fake;

const BASE: &str = "github.event.merge_group.base_sha || format('origin/{0}', github.base_ref)";
const TOKEN: (&str, &str) = ("github.token", "ghs_token");

fn check(team: &Team) -> Value {
    yaml::read(&team.place.read(".github/workflows/preavis.yml"))["jobs"]["check"].take()
}

fn job(team: &Team, branch: &str) -> Job {
    let job = team.job(&[("GITHUB_ACTIONS", "true")]);
    job.checkout(team, branch);
    job
}

#[test]
fn one_commit_makes_a_gate_that_opens_and_closes() {
    let team = Team::new();
    team.init(&format!("--from {FROM}"));
    team.push("gate");
    let written = check(&team);
    let said = [(BASE, "origin/main"), TOKEN];
    let mut first = job(&team, "gate");
    let run = first.steps(&written, &said);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(first.output("decision").as_deref(), Some("open"));
    assert!(
        first.tried("calls").contains(
            "cargo install --quiet --locked --git https://forge.example/team/preavis.git --rev v0.1.0 --root "
        )
    );
    assert!(first.tried("calls").ends_with("check origin/main --post --report json=preavis-result.json\n"));

    team.place.write("openapi.yaml", &untitled());
    team.push("break");
    let mut second = job(&team, "break");
    let run = second.steps(&written, &said);
    assert!(run.code == 1 && run.out.contains("`title` is no longer sent"), "{run:?}");
    assert_eq!(second.output("decision").as_deref(), Some("closed"));
    assert!(second.work().join("preavis-result.json").is_file());
}

#[test]
fn without_a_word_where_preavis_comes_from_nobody_can_tell() {
    let team = Team::new();
    assert!(team.init("").contains("PREAVIS_FROM"));
    team.push("gate");
    let mut job = job(&team, "gate");
    let run = job.steps(&check(&team), &[("vars.PREAVIS_FROM", ""), (BASE, "origin/main"), TOKEN]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    for told in [run.err, job.tried("summary")] {
        assert!(told.contains("set the variable PREAVIS_FROM of this repository to https://"), "{told}");
    }
    let mut told = self::job(&team, "gate");
    let run = told.steps(&check(&team), &[("vars.PREAVIS_FROM", FROM), (BASE, "origin/main"), TOKEN]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_merge_queue_is_asked_about_its_own_base() {
    let team = Team::new();
    team.init(&format!("--from {FROM}"));
    let base = team.push("main");
    team.place.write("openapi.yaml", &extended());
    team.push("queue");
    let mut job = job(&team, "queue");
    let run = job.steps(&check(&team), &[(BASE, &base), TOKEN]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(job.tried("calls").contains(&format!("check {base} --post")));
}

/// The commit of a fork is judged again from base and head that come as data: no file of it is ever in a work tree.
#[test]
fn for_forks_base_and_head_come_as_data() {
    let team = Team::new();
    team.init(&format!("--from {FROM}"));
    team.push("main");
    let post = yaml::read(&team.place.read(".github/workflows/preavis-post.yml"))["jobs"]["post"].take();
    team.place.write("openapi.yaml", &untitled());
    let head = team.push("fork");
    let event = "github.event.workflow_run.";
    let names = ["head_repository.owner.login", "head_branch", "head_sha"].map(|name| format!("{event}{name}"));
    let said = [(&*names[0], "someone"), (&*names[1], "$(touch hurt); fork"), (&*names[2], &*head), TOKEN];

    let fake = Fake::start(Kind::GitHub);
    fake.state().head.clone_from(&head);
    fake.state().branches.push(("someone:$(touch hurt); fork".to_owned(), 7, head.clone()));
    let run = json!({"workflow_run": {"event": "pull_request", "head_sha": head, "head_branch": "$(touch hurt); fork",
        "head_repository": {"owner": {"login": "someone"}}}});
    let folder = tempfile::tempdir().unwrap();
    let (event, api) = (folder.path().join("event.json"), fake.api());
    std::fs::write(&event, run.to_string()).unwrap();
    let mut job = team.job(&[
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_API_URL", &api),
        ("GITHUB_RUN_ID", "4"),
        ("GITHUB_EVENT_NAME", "workflow_run"),
        ("GITHUB_EVENT_PATH", &event.display().to_string()),
    ]);
    job.give("base", b"main\n");
    std::fs::create_dir(job.work().join("result")).unwrap();
    let result = job.work().join("result/preavis-result.json");
    // The fork says that all is well, of documents of its own.
    team.place.run(&format!("check HEAD --report json={}", result.display()));
    let run = job.steps(&post, &said);
    assert_eq!(run.code, 0, "{run:?}");
    let writes = [&*format!("POST statuses/{head}"), "POST 7/labels", "POST 7/comments"];
    assert_eq!(fake.writes(), writes, "{run:?}");
    assert!(fake.state().comments[0].body.contains("`title` is no longer sent"));
    assert_eq!(fake.state().statuses[0].state, "failure");
    let calls = job.tried("calls");
    assert!(calls.contains(&format!("post ../result/preavis-result.json --judge origin/main {head}\n")), "{calls}");
    assert!(calls.contains("-f head=someone:$(touch hurt); fork --jq"), "{calls}");
    let files: Vec<_> =
        std::fs::read_dir(job.work().join("contract")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, [".git"]);
    // The runner hides the token in the log, in this spelling too, and nothing keeps it.
    assert!(run.out.starts_with("::add-mask::"), "{run:?}");
    assert!(!std::fs::read_to_string(job.work().join("contract/.git/config")).unwrap().contains("AUTHORIZATION"));

    let mut closed = team.job(&[("GITHUB_ACTIONS", "true")]);
    closed.give("base", b"");
    let run = closed.steps(&post, &said);
    assert!(run.code == 0 && run.out.contains("nothing is posted"), "{run:?}");
}
