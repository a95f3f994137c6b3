//! Two runs at once: one comment, and that of the newer head.

use std::sync::{Arc, Barrier};
use std::thread;

use super::*;
use crate::forge::fake::{Fault, What};

fn path(kind: Kind) -> &'static str {
    if kind == Kind::GitLab { "/notes" } else { "/comments" }
}

/// A fake where both have listed all comments before either writes, with a comment of an earlier run every second time.
fn meeting(round: u64) -> (Fake, Kind) {
    let kind = Kind::ALL[usize::try_from(round % 3).expect("a small number")];
    let fake = Fake::start(kind);
    if round % 2 == 1 {
        run(&place(&fake, kind, 1), &comment_only("before"));
    }
    let what = What::Meet(Arc::new(Barrier::new(2)));
    fake.faults(Fault { method: "GET", path: path(kind), after: 0, times: 2, what });
    (fake, kind)
}

#[test]
fn two_runs_at_once_leave_one_comment() {
    for round in 0..24 {
        let (fake, kind) = meeting(round);
        thread::scope(|scope| {
            for number in [10, 11] {
                let fake = fake.clone();
                scope.spawn(move || {
                    let outcome = run(&place(&fake, kind, number), &comment_only(&format!("run {number}")));
                    assert!(outcome.failures.is_empty(), "{outcome:?}");
                });
            }
        });
        let state = fake.state();
        assert_eq!(state.comments.len(), 1, "round {round}: {:?}", state.comments);
        // Of one head either text may stay: both runs judged the same.
        assert!(state.comments[0].body.contains("\nrun 1"), "round {round}: {:?}", state.comments);
        drop(state);
        well(&fake);
    }
}

#[test]
fn of_two_heads_the_newer_one_stays() {
    for round in 0..24 {
        let (fake, kind) = meeting(round);
        let pull = if kind == Kind::GitLab { "/merge_requests/7" } else { "/pulls/7" };
        // The older run has begun when the head moves.
        fake.faults(Fault {
            method: "GET",
            path: pull,
            after: 0,
            times: 1,
            what: What::After(|state| state.head = "b".repeat(40)),
        });
        thread::scope(|scope| {
            let older = fake.clone();
            scope.spawn(move || run(&place(&older, kind, 10), &comment_only("older")));
            let newer = fake.clone();
            scope.spawn(move || {
                while newer.state().head.starts_with('a') {
                    thread::yield_now();
                }
                let place = Place { sha: "b".repeat(40), ..place(&newer, kind, 11) };
                let outcome = run(&place, &comment_only("newer"));
                assert!(outcome.failures.is_empty(), "{outcome:?}");
            });
        });
        let state = fake.state();
        assert_eq!(state.comments.len(), 1, "round {round}: {:?}", state.comments);
        assert!(state.comments[0].body.ends_with("\nnewer"), "round {round}: {:?}", state.comments);
    }
}
