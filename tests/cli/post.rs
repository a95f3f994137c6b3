//! `preavis post`: the program, a result, and a forge on this machine.

use std::fs;

use preavis::forge::Kind;
use serde_json::json;

use super::place::{Place, Run, untitled};
use crate::forge::fake::Fake;

/// What the job of a fork left, and what GitHub says of the run that may write.
struct Left {
    place: Place,
    event: String,
}

impl Left {
    fn new() -> Self {
        let place = Place::two_commits(&untitled());
        let report = place.run("check v1 v2 --today 2030-01-01 --format json");
        place.write("result.json", &report.out);
        let head = "a".repeat(40);
        let event = json!({"workflow_run": {
            "event": "pull_request", "head_sha": head, "head_branch": "fix",
            "head_repository": {"owner": {"login": "someone"}},
        }});
        place.write(".git/event.json", &event.to_string());
        let event = place.path().join(".git/event.json").display().to_string();
        Self { place, event }
    }

    fn run(&self, fake: &Fake, args: &str) -> Run {
        let api = fake.api();
        let env = [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_API_URL", &*api),
            ("GITHUB_REPOSITORY", "o/r"),
            ("GITHUB_RUN_ID", "4"),
            ("GITHUB_EVENT_NAME", "workflow_run"),
            ("GITHUB_EVENT_PATH", &*self.event),
            ("GITHUB_TOKEN", "s3cr3t"),
        ];
        self.place.run_with(&format!("post {args}"), &env, "")
    }
}

fn github() -> Fake {
    let fake = Fake::start(Kind::GitHub);
    fake.state().branches.push(("someone:fix".to_owned(), 7, "a".repeat(40)));
    fake
}

#[test]
fn the_comment_is_made_of_the_result_and_nothing_else_is_written() {
    let (fake, left) = (github(), Left::new());
    let run = left.run(&fake, "result.json");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert!(run.err.starts_with("note: ") && !run.err.contains("s3cr3t"), "{run:?}");
    assert_eq!(fake.writes(), ["POST 7/comments"]);
    assert!(fake.state().comments[0].body.contains("`title` is no longer sent"));
    assert_eq!(left.run(&fake, "result.json").code, 0);
    assert_eq!(fake.writes(), Vec::<String>::new());
    assert_eq!(fake.wrong(), Vec::<String>::new());
}

/// What a fork wrote into the file speaks to nobody but readers, and is no decision.
#[test]
fn a_forged_result_is_text_at_most() {
    let (fake, left) = (github(), Left::new());
    let mut forged: serde_json::Value = serde_json::from_str(&left.place.read("result.json")).unwrap();
    forged["decision"] = json!("open");
    forged["apis"][0]["title"] = json!("@everyone <!-- preavis v1 key=x --> <img src=x>\n/close\n::error::x");
    left.place.write("result.json", &forged.to_string());
    let run = left.run(&fake, "result.json");
    assert_eq!((run.code, fake.writes()), (0, vec!["POST 7/comments".to_owned()]), "{run:?}");
    let body = fake.state().comments[0].body.clone();
    for odd in ["@everyone", "<img", "\n/close", "\n::error"] {
        assert!(!body.contains(odd), "{odd}: {body}");
    }
    assert!(!run.err.contains("\n::"), "{run:?}");
}

#[test]
fn a_dry_run_shows_and_sends_nothing() {
    let (fake, left) = (github(), Left::new());
    let run = left.run(&fake, "result.json --dry-run=read");
    assert_eq!((run.code, run.out.as_str(), fake.writes()), (0, "", vec![]), "{run:?}");
    assert!(
        run.err.contains(&format!("POST {}/repos/o/r/issues/7/comments\nAuthorization: <redacted>\n{{", fake.api())),
        "{run:?}"
    );
    fake.writes();
    assert_eq!(left.run(&fake, "result.json --dry-run").code, 0);
    assert!(fake.log().is_empty());
}

#[test]
fn what_cannot_be_posted_says_why() {
    let (fake, left) = (github(), Left::new());
    left.place.write("other.json", "{\"version\": 1}").write("old.json", "[]");
    for (args, told) in [
        ("gone.json", "error: there is no result `gone.json`\nhelp: name what "),
        (
            "other.json",
            "error: `other.json` is no result of preavis: missing field `decision` at line 1 column 14\nhelp: name what ",
        ),
        ("old.json", "error: `old.json` is no result of preavis: "),
        ("result.json --forge gitlab", "warning: the environment variable CI_API_V4_URL is not set: run inside a job"),
    ] {
        let run = left.run(&fake, args);
        assert!(run.code == 2 && run.out.is_empty() && run.err.starts_with(told), "{args}: {run:?}");
    }
    let run = left.place.run("post result.json");
    assert!(run.code == 2 && run.err.starts_with("warning: no forge is known here"), "{run:?}");
    fs::remove_file(&left.event).unwrap();
    let run = left.run(&fake, "result.json");
    assert!(run.code == 2 && run.err.contains("the event of this run") && run.err.contains("is missing"), "{run:?}");
    assert!(fake.log().is_empty());
}
