//! Two runs at once: one comment, that of the newest.

use std::sync::{Arc, Barrier};
use std::thread;

use super::*;
use crate::forge::fake::{Fault, What};

#[test]
fn two_runs_at_once_leave_one_comment_of_the_newest() {
    for round in 0..24_u64 {
        let kind = Kind::ALL[usize::try_from(round % 3).expect("a small number")];
        let fake = Fake::start(kind);
        if round % 2 == 1 {
            run(&place(&fake, kind, 1), &comment_only("before"));
        }
        // Both have listed before either writes.
        let path = if kind == Kind::GitLab { "/notes" } else { "/comments" };
        let what = What::Meet(Arc::new(Barrier::new(2)));
        fake.faults(Fault { method: "GET", path, after: 0, times: 2, what });
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
        assert_eq!(state.marked().len(), 1, "round {round}: {:?}", state.comments);
        assert!(state.comments[0].body.ends_with("\nrun 11"), "round {round}: {:?}", state.comments);
        drop(state);
        well(&fake);
    }
}
