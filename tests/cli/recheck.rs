//! `preavis check --recheck`: pull requests that wait turn green on their day.

use preavis::forge::Kind;

use super::place::{BOOKS, Place, Run, untitled};
use crate::forge::fake::Fake;
use crate::forge::fake::state::Status;

/// A pull request whose break is announced for 1 February 2030, where merging is shipping.
fn team() -> (Place, String) {
    let place = Place::repository();
    place
        .write("api.yaml", BOOKS)
        .write("preavis.toml", "[gate]\nships_on = \"merge\"\n[gate.notice]\nbreaking = 10\n");
    place.release("v1");
    place.git(&["checkout", "--quiet", "-b", "feature"]);
    place.write("api.yaml", &untitled());
    assert_eq!(place.run("notice new --announce --effective 2030-02-01 --today 2024-05-01").code, 0);
    place.release("v2");
    let head = place.git(&["rev-parse", "HEAD"]);
    place.git(&["checkout", "--quiet", "main"]);
    place.git(&["checkout", "--quiet", "feature", "--", "preavis"]);
    place.release("v3");
    (place, head)
}

fn recheck(place: &Place, fake: &Fake, day: &str) -> Run {
    let api = fake.api();
    let env = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_API_URL", &*api),
        ("GITHUB_REPOSITORY", "o/r"),
        ("GITHUB_RUN_ID", "4"),
        ("GITHUB_SHA", "0123456789012345678901234567890123456789"),
        ("GITHUB_EVENT_NAME", "schedule"),
        ("GITHUB_TOKEN", "s3cr3t"),
    ];
    place.run_with(&format!("check --recheck --today {day}"), &env, "")
}

#[test]
fn what_waits_turns_green_on_its_day_and_nothing_else_is_touched() {
    let (place, head) = team();
    let fake = Fake::start(Kind::GitHub);
    fake.state().head.clone_from(&head);
    let run = recheck(&place, &fake, "2030-02-01");
    assert_eq!((run.code, run.out.as_str()), (0, "no pull request waits for its day\n"), "{run:?}");
    assert!(fake.writes().is_empty());

    let (name, state, description) = ("preavis".to_owned(), "pending".to_owned(), "waits".to_owned());
    let author = fake.state().login.clone();
    fake.state().statuses.push(Status { id: 1, sha: head.clone(), name, state, description, target_url: None, author });
    let run = recheck(&place, &fake, "2030-01-31");
    assert!(run.code == 0 && run.out.starts_with("o/r#7: "), "{run:?}");
    assert_eq!(fake.state().statuses.last().unwrap().state, "pending");
    let run = recheck(&place, &fake, "2030-02-01");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(fake.state().statuses.last().unwrap().state, "success");
    assert_eq!(fake.wrong(), Vec::<String>::new());
    fake.writes();
    let run = recheck(&place, &fake, "2030-02-02");
    assert_eq!((run.out.as_str(), fake.writes().len()), ("no pull request waits for its day\n", 0));
}

#[test]
fn a_head_that_was_not_fetched_is_no_green_one() {
    let (place, _) = team();
    let fake = Fake::start(Kind::GitHub);
    let head = fake.state().head.clone();
    let (name, state, description) = ("preavis".to_owned(), "pending".to_owned(), "waits".to_owned());
    let author = fake.state().login.clone();
    fake.state().statuses.push(Status { id: 1, sha: head, name, state, description, target_url: None, author });
    let run = recheck(&place, &fake, "2030-02-01");
    assert!(run.code == 2 && run.err.contains("aaaaaaaa"), "{run:?}");
    assert_ne!(fake.state().statuses.last().unwrap().state, "success");
}
