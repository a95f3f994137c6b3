//! Whole results on each forge: what is written, in which order, and nothing the second time.

use super::*;

const ALL: &[(Kind, &[&str])] = &[
    (Kind::GitHub, &["POST statuses/SHA", "POST 7/labels", "POST 7/comments"]),
    (Kind::GitLab, &["POST statuses/SHA", "PUT merge_requests/7", "POST 7/notes"]),
    (Kind::Forgejo, &["POST statuses/SHA", "POST 7/labels", "POST 7/comments"]),
];

#[test]
fn the_status_is_first_the_comment_last_and_the_second_run_writes_nothing() {
    for (kind, wanted) in ALL {
        let fake = Fake::start(*kind);
        let first = run(&place(&fake, *kind, 1), &posting("# Closed\n\n1 change"));
        assert!(first.failures.is_empty(), "{first:?}");
        let wanted: Vec<String> = wanted.iter().map(|line| line.replace("SHA", &"a".repeat(40))).collect();
        assert_eq!((fake.writes(), first.writes), (wanted, 3));
        let again = run(&place(&fake, *kind, 2), &posting("# Closed\n\n1 change"));
        assert_eq!((fake.writes(), again.writes), (vec![], 0), "{again:?}");
        assert!(again.failures.is_empty() && again.done.iter().any(|line| line.contains("up to date")), "{again:?}");
        let state = fake.state();
        assert_eq!((state.labels.join(","), state.marked().len()), ("bug,API bloquée".to_owned(), 1));
        assert!(state.comments[0].body.ends_with("\n# Closed\n\n1 change"), "{:?}", state.comments);
        drop(state);
        well(&fake);
    }
}

#[test]
fn what_is_cleared_is_written_short_and_never_new() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        let mut clear = posting("No contract change");
        clear.create = false;
        clear.labels = Some(Labels { wanted: vec![], managed: vec!["api BLOQUÉE".to_owned()] });
        clear.status = Some(Status { state: State::Success, description: "open".to_owned(), target_url: None });
        run(&place(&fake, kind, 1), &clear);
        assert!(fake.state().comments.is_empty());
        run(&place(&fake, kind, 2), &posting("closed"));
        let outcome = run(&place(&fake, kind, 3), &clear);
        assert!(outcome.failures.is_empty(), "{outcome:?}");
        let state = fake.state();
        assert!(state.comments.len() == 1 && state.comments[0].body.ends_with("\nNo contract change"));
        assert_eq!(state.labels, ["bug"], "a label of others stays, one of ours in other capitals goes");
        assert_eq!(state.statuses.last().expect("a status").state, "success");
        drop(state);
        well(&fake);
    }
}

#[test]
fn gitlab_never_hears_that_it_waits() {
    let waits = |kind, queue| {
        let fake = Fake::start(kind);
        let mut waiting = posting("x");
        waiting.status =
            Some(Status { state: State::Pending, description: "until Thursday".to_owned(), target_url: None });
        let mut place = place(&fake, kind, 1);
        place.queue = queue;
        for _ in 0..2 {
            let outcome = run(&place, &waiting);
            assert!(outcome.failures.is_empty(), "{outcome:?}");
        }
        well(&fake);
        let state = fake.state();
        assert_eq!(state.statuses.len(), 1, "an equal status is not written again");
        (state.statuses[0].state.clone(), state.comments.len(), state.labels.len())
    };
    assert_eq!(waits(Kind::GitHub, false).0, "pending");
    assert_eq!(waits(Kind::Forgejo, false).0, "pending");
    assert_eq!(waits(Kind::GitLab, false).0, "failed");
    // A queue gets a no, and neither comment nor label.
    assert_eq!(waits(Kind::GitHub, true), ("failure".to_owned(), 0, 1));
}

#[test]
fn without_a_pull_request_there_is_a_status_alone() {
    let fake = Fake::start(Kind::GitHub);
    let place = Place { number: None, ..place(&fake, Kind::GitHub, 1) };
    let outcome = run(&place, &posting("x"));
    assert!(outcome.failures.is_empty() && outcome.writes == 1, "{outcome:?}");
    assert!(fake.log().iter().all(|seen| seen.path.contains("statuses")), "no pull request is looked for");
}

#[test]
fn closed_and_moved_pull_requests_are_left_alone() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        run(&place(&fake, kind, 1), &posting("first"));
        fake.writes();
        fake.state().head = "b".repeat(40);
        let moved = run(&place(&fake, kind, 2), &Posting { status: None, ..posting("second") });
        assert!(fake.writes().is_empty() && moved.failures.is_empty(), "{moved:?}");
        assert!(moved.notes[0].contains("is now at bbbbbbb; this result is for aaaaaaa"), "{moved:?}");
        let mut other = posting("third");
        other.status.as_mut().expect("a status").description = "other".to_owned();
        run(&place(&fake, kind, 3), &other);
        assert_eq!(fake.writes().len(), 1, "the status is bound to its commit");
        fake.state().head = "a".repeat(40);
        fake.state().closed = true;
        run(&place(&fake, kind, 4), &posting("fourth"));
        assert_eq!(fake.writes().len(), 1, "an existing comment is kept right");
        fake.state().merged = true;
        run(&place(&fake, kind, 5), &posting("fifth"));
        assert!(fake.writes().is_empty());
        fake.state().merged = false;
        fake.state().comments.clear();
        let closed = run(&place(&fake, kind, 6), &posting("sixth"));
        assert!(fake.writes().is_empty() && closed.notes[0].contains("is closed"), "{closed:?}");
        well(&fake);
    }
}

#[test]
fn labels_that_do_not_exist_are_created_where_the_forge_drops_them() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        let mut labels = Posting { status: None, comment: None, ..posting("") };
        let wanted = vec!["communication API".to_owned(), "api bloquée".to_owned()];
        labels.labels = Some(Labels { wanted, managed: vec![] });
        let outcome = run(&place(&fake, kind, 1), &labels);
        assert!(outcome.failures.is_empty(), "{outcome:?}");
        let mut there = fake.state().labels.clone();
        there.sort();
        let own = if kind == Kind::GitLab { "api bloquée" } else { "API bloquée" };
        let mut all = vec![own.to_owned(), "bug".to_owned(), "communication API".to_owned()];
        all.sort();
        assert_eq!(there, all, "{kind:?}");
        fake.writes();
        run(&place(&fake, kind, 2), &labels);
        assert!(fake.writes().is_empty());
        well(&fake);
    }
}

#[test]
fn a_token_that_may_not_create_labels_sets_those_that_exist() {
    let fake = Fake::start(Kind::GitHub);
    fake.state().may_create_labels = false;
    let mut labels = posting("x");
    labels.labels = Some(Labels { wanted: vec!["new".to_owned(), "API bloquée".to_owned()], managed: vec![] });
    let outcome = run(&place(&fake, Kind::GitHub, 1), &labels);
    assert_eq!(fake.state().labels, ["bug", "API bloquée"]);
    assert_eq!(outcome.failures.len(), 1);
    assert!(failed(&outcome).contains("\"new\" does not exist") && failed(&outcome).contains("issues: write"));
    assert_eq!(fake.state().marked().len(), 1, "the comment is written all the same");
}
