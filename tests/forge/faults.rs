//! What goes wrong on the way: limits, refusals, silence, answers of others. The rest is written, and each has its way out.

use super::*;
use crate::forge::fake::{Fault, What};

fn reply(status: u16, headers: &[(&'static str, &str)], text: &'static str) -> What {
    What::Reply(status, headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(), text)
}

const DATE: (&str, &str) = ("date", "Thu, 25 May 2023 14:00:00 GMT");

#[test]
fn limits_are_waited_for_as_told() {
    for (what, wait) in [
        (reply(429, &[("retry-after", "7")], "{}"), 7),
        (reply(429, &[DATE, ("retry-after", "Thu, 25 May 2023 14:00:09 GMT")], "{}"), 9),
        (reply(403, &[DATE, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1685023230")], "{}"), 30),
        (reply(403, &[("retry-after", "3")], r#"{"message": "You have exceeded a secondary rate limit"}"#), 3),
    ] {
        let (fake, clock) = (Fake::start(Kind::GitHub), Still::default());
        fake.fault("POST", "/comments", what);
        let outcome = run_at(&place(&fake, Kind::GitHub, 1), &comment_only("x"), &clock);
        assert!(outcome.failures.is_empty() && fake.state().comments.len() == 1, "{outcome:?}");
        assert_eq!(*clock.waits.borrow(), [wait]);
        assert!(outcome.done[0].contains(&format!("waited {wait} s")), "{outcome:?}");
    }
}

#[test]
fn limits_that_last_longer_than_the_budget_end_all() {
    for (what, told) in [
        (reply(429, &[DATE, ("retry-after", "300")], "{}"), "until 14:05 UTC"),
        (reply(403, &[], r#"{"message": "API rate limit exceeded"}"#), "until 60 s from now"),
    ] {
        let (fake, clock) = (Fake::start(Kind::GitHub), Still::default());
        fake.fault("POST", "/statuses", what);
        let outcome = run_at(&place(&fake, Kind::GitHub, 1), &posting("x"), &clock);
        assert!(failed(&outcome).contains(told) && outcome.failures.len() == 1, "{outcome:?}");
        assert_eq!((fake.writes().len(), clock.waits.borrow().len()), (1, 0), "nothing more is sent");
    }
}

#[test]
fn a_comment_whose_answer_is_lost_is_looked_for_before_it_is_sent_again() {
    for what in [What::DoneAnd(502), What::DoneAnd(500)] {
        let fake = Fake::start(Kind::GitHub);
        fake.fault("POST", "/comments", what);
        let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
        assert!(outcome.failures.is_empty() && fake.state().comments.len() == 1, "{outcome:?}");
        assert_eq!(fake.writes().len(), 1);
    }
    for what in [What::Drop, What::Hang, reply(503, &[("retry-after", "2")], "")] {
        let fake = Fake::start(Kind::GitHub);
        fake.fault("POST", "/comments", what);
        let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
        assert!(outcome.failures.is_empty() && fake.state().comments.len() == 1, "{outcome:?}");
        assert_eq!(fake.writes().len(), 2);
    }
}

#[test]
fn silence_is_asked_four_times_and_no_more() {
    for what in [What::Drop, reply(503, &[], "<h1>down</h1>")] {
        let (fake, clock) = (Fake::start(Kind::Forgejo), Still::default());
        fake.faults(Fault { method: "GET", path: "/pulls", after: 0, times: 99, what });
        let outcome = run_at(&place(&fake, Kind::Forgejo, 1), &posting("x"), &clock);
        assert_eq!((fake.log().len(), clock.waits.borrow().as_slice()), (4, [1, 2, 4].as_slice()), "{outcome:?}");
        assert!(failed(&outcome).contains("could not be reached (4 tries)"), "{outcome:?}");
    }
    let fake = Fake::start(Kind::GitHub);
    fake.faults(Fault { method: "POST", path: "/comments", after: 0, times: 99, what: What::Drop });
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
    assert!(fake.writes().len() == 4 && failed(&outcome).contains("is not known"), "{outcome:?}");
}

#[test]
fn a_budget_that_is_spent_is_spent() {
    let (fake, clock) = (Fake::start(Kind::GitHub), Still::default());
    fake.faults(Fault { method: "GET", path: "/", after: 0, times: 99, what: reply(503, &[("retry-after", "4")], "") });
    let terms = Terms { budget: Duration::from_secs(6), ..Terms::new(&clock) };
    let outcome = post(&place(&fake, Kind::GitHub, 1), &posting("x"), &terms);
    assert_eq!((fake.log().len(), clock.waits.borrow().as_slice()), (2, [4].as_slice()), "{outcome:?}");
}

#[test]
fn refusals_name_the_permission_and_the_rest_is_written() {
    let refused = r#"{"message": "Resource not accessible by integration"}"#;
    for (kind, path, advice) in [
        (Kind::GitHub, "/comments", "pull-requests: write"),
        (Kind::GitLab, "/notes", "CI_JOB_TOKEN cannot write"),
        (Kind::Forgejo, "/comments", "let the token write"),
        (Kind::GitHub, "/statuses", "statuses: write"),
        (Kind::GitHub, "/labels", "pull-requests: write"),
    ] {
        let fake = Fake::start(kind);
        fake.fault("POST", path, reply(403, &[], refused));
        let outcome = run(&place(&fake, kind, 1), &posting("x"));
        assert!(failed(&outcome).contains(advice) && outcome.failures.len() == 1, "{outcome:?}");
        assert_eq!(fake.writes().len(), 3, "no second try, and the others are written");
        assert_eq!(outcome.writes, 2);
    }
}

#[test]
fn a_fork_that_may_not_write_is_no_failure() {
    for (status, kind) in [(403, Kind::GitHub), (401, Kind::GitLab), (403, Kind::Forgejo)] {
        let fake = Fake::start(kind);
        fake.fault("POST", "/statuses", reply(status, &[], r#"{"message": "no"}"#));
        let place = Place { fork: true, ..place(&fake, kind, 1) };
        let outcome = run(&place, &posting("x"));
        assert!(outcome.failures.is_empty() && outcome.notes[0].contains("read-only token"), "{outcome:?}");
        assert_eq!(fake.writes().len(), 1, "nothing is sent behind the first refusal");
        let outcome = run(&Place { token: None, ..place }, &posting("x"));
        assert!(outcome.failures.is_empty() && fake.log().is_empty(), "{outcome:?}");
    }
    let fake = Fake::start(Kind::GitLab);
    let outcome = run(&Place { token: None, ..place(&fake, Kind::GitLab, 1) }, &posting("x"));
    assert!(failed(&outcome).contains("PREAVIS_TOKEN, GITLAB_TOKEN"), "{outcome:?}");
}

#[test]
fn each_answer_has_its_way_out() {
    for (kind, method, path, what, told, writes) in [
        (Kind::GitHub, "GET", "/pulls", reply(401, &[], r#"{"message": "Bad credentials"}"#), "GITHUB_TOKEN", 0),
        (Kind::GitHub, "GET", "/pulls", reply(404, &[], r#"{"message": "Not Found"}"#), "no pull request o/r#7", 1),
        (Kind::GitLab, "GET", "/merge_requests", reply(404, &[], "{}"), "CI_MERGE_REQUEST_PROJECT_ID", 1),
        (
            Kind::GitHub,
            "GET",
            "/pulls",
            reply(410, &[], r#"{"message": "This version is no more"}"#),
            "upgrade preavis",
            1,
        ),
        (Kind::GitHub, "GET", "/pulls", reply(200, &[], "<html>Sign in</html>"), "text/html", 0),
        (Kind::GitHub, "GET", "/pulls", reply(200, &[], "{}"), "answered without", 0),
        (Kind::GitHub, "GET", "/comments", reply(200, &[], "{}"), "a list was asked for", 2),
        (
            Kind::GitHub,
            "POST",
            "/comments",
            reply(403, &[], r#"{"message": "Unable to create comment because issue is locked."}"#),
            "is locked",
            3,
        ),
        (Kind::Forgejo, "POST", "/comments", reply(423, &[], "{}"), "locked or archived", 3),
        (
            Kind::GitLab,
            "POST",
            "/notes",
            reply(201, &[], r#"{"id": 1, "body": "", "author": {"username": "x"}}"#),
            "another text",
            3,
        ),
    ] {
        let fake = Fake::start(kind);
        fake.fault(method, path, what);
        let outcome = run(&place(&fake, kind, 1), &posting("x"));
        assert!(failed(&outcome).contains(told), "{told}: {outcome:?}");
        assert_eq!(fake.writes().len(), writes, "{told}: {outcome:?}");
    }
}

#[test]
fn a_commit_that_the_forge_does_not_know_is_named() {
    for (kind, tries) in [(Kind::GitHub, 1), (Kind::GitLab, 1), (Kind::Forgejo, 4)] {
        let fake = Fake::start(kind);
        let place = Place { sha: format!("dead{}", "0".repeat(36)), number: None, ..place(&fake, kind, 1) };
        let outcome = run(&place, &posting("x"));
        assert!(failed(&outcome).contains("commit dead000"), "{outcome:?}");
        assert_eq!(fake.writes().len(), tries);
    }
}

#[test]
fn a_transition_that_gitlab_refuses_is_looked_at() {
    let what = || reply(400, &[], r#"{"message": "Cannot transition status via :drop from :failed"}"#);
    let fake = Fake::start(Kind::GitLab);
    fake.fault("POST", "/statuses", what());
    let outcome = run(&place(&fake, Kind::GitLab, 1), &posting("x"));
    assert!(outcome.failures.is_empty() && fake.state().statuses.len() == 1, "once more: {outcome:?}");
    let fake = Fake::start(Kind::GitLab);
    fake.fault("POST", "/statuses", What::DoneAnd(409));
    let outcome = run(&place(&fake, Kind::GitLab, 1), &posting("x"));
    assert!(outcome.failures.is_empty(), "an update at the same time is waited for: {outcome:?}");
}

#[test]
fn a_repository_that_moved_is_followed_with_the_same_request() {
    for status in [301, 302, 307, 308] {
        let fake = Fake::start(Kind::GitHub);
        let to = format!("{}/repos/o/r/issues/7/comments?", fake.api());
        fake.fault("POST", "/comments", reply(status, &[("location", &to)], ""));
        let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
        assert!(outcome.failures.is_empty() && fake.state().comments.len() == 1, "{outcome:?}");
        assert_eq!(fake.writes(), ["POST 7/comments", "POST 7/comments"]);
        assert!(outcome.notes[0].contains("o/r moved"), "{outcome:?}");
    }
}

#[test]
fn versions_that_end_are_told_once() {
    let fake = Fake::start(Kind::GitHub);
    let text = r#"{"state": "open", "head": {"sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, "labels": []}"#;
    let what = reply(200, &[("sunset", "Fri, 10 Mar 2028 00:00:00 GMT")], text);
    fake.faults(Fault { method: "GET", path: "/pulls", after: 0, times: 9, what });
    let outcome = run(&place(&fake, Kind::GitHub, 1), &posting("x"));
    let told = outcome.notes.iter().filter(|note| note.contains("upgrade preavis")).count();
    assert!(told == 1 && outcome.failures.is_empty(), "{outcome:?}");
}
