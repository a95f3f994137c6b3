//! The one comment: whose it is, which it is, and what a forge would make of its text.

use preavis::forge::{Marker, hash};

use super::*;
use crate::forge::fake::{Fault, What};

fn marked(text: &str, run: u64) -> String {
    let marker = Marker::of("preavis", &"a".repeat(40), Run { id: run, attempt: 1 }, text);
    format!("{marker}\n{text}")
}

#[test]
fn a_comment_behind_many_others_is_found() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        for number in 0..130 {
            fake.state().comment("anna", &format!("comment {number}"));
        }
        let login = fake.state().login.clone();
        let own = fake.state().comment(&login, &marked("old", 1));
        let outcome = run(&place(&fake, kind, 2), &comment_only("new"));
        assert!(outcome.failures.is_empty() && outcome.writes == 1, "{outcome:?}");
        assert_eq!(fake.state().marked().len(), 1);
        assert!(fake.state().comments.iter().any(|it| it.id == own && it.body.ends_with("\nnew")));
        well(&fake);
    }
}

#[test]
fn a_comment_is_ours_by_author_and_first_line() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        let login = fake.state().login.clone();
        let foreign = fake.state().comment("mallory", &marked("mine now", 9));
        let quoted = fake.state().comment(&login, &format!("> {}", marked("quoted", 1)));
        let other = fake.state().comment(&login, &marked("another name", 1).replace("key=preavis", "key=billing"));
        let outcome = run(&place(&fake, kind, 2), &comment_only("ours"));
        assert!(outcome.failures.is_empty() && outcome.writes == 1, "{outcome:?}");
        assert!(outcome.notes[0].contains(&format!("comment {foreign} carries our marker, but mallory wrote it")));
        let state = fake.state();
        for (id, end) in [(foreign, "mine now"), (quoted, "quoted"), (other, "another name")] {
            assert!(state.comments.iter().any(|it| it.id == id && it.body.ends_with(end)));
        }
    }
}

#[test]
fn what_a_person_edited_is_written_again() {
    let fake = Fake::start(Kind::GitHub);
    run(&place(&fake, Kind::GitHub, 1), &comment_only("closed"));
    let edited = fake.state().comments[0].body.replace("closed", "open");
    fake.state().comments[0].body = edited;
    run(&place(&fake, Kind::GitHub, 2), &comment_only("closed"));
    assert!(fake.state().comments[0].body.ends_with("\nclosed"));
}

#[test]
fn of_several_the_first_stays_with_the_text_of_the_newest_run() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        let login = fake.state().login.clone();
        let first = fake.state().comment(&login, &marked("old", 1));
        fake.state().comment(&login, &marked("newest", 9));
        fake.state().comment(&login, &marked("newer", 4));
        let outcome = run(&place(&fake, kind, 5), &comment_only("mine"));
        assert!(outcome.failures.is_empty(), "{outcome:?}");
        assert!(outcome.done.iter().any(|line| line.contains("another run wrote comment")), "{outcome:?}");
        let state = fake.state();
        assert_eq!((state.comments.len(), state.comments[0].id), (1, first));
        assert!(state.comments[0].body.ends_with("\nnewest"));
        drop(state);
        well(&fake);
    }
}

#[test]
fn a_comment_that_was_deleted_meanwhile_is_posted_again_once() {
    for (kind, method) in [(Kind::GitHub, "PATCH"), (Kind::GitLab, "PUT"), (Kind::Forgejo, "PATCH")] {
        let fake = Fake::start(kind);
        run(&place(&fake, kind, 1), &comment_only("first"));
        fake.fault(method, "/", What::Before(|state| state.comments.clear()));
        let outcome = run(&place(&fake, kind, 2), &comment_only("second"));
        assert!(outcome.failures.is_empty(), "{outcome:?}");
        assert!(outcome.done.iter().any(|line| line.contains("the one before was deleted")), "{outcome:?}");
        assert!(fake.state().comments.len() == 1 && fake.state().comments[0].body.ends_with("\nsecond"));
    }
}

#[test]
fn a_head_that_moves_before_the_write_stops_it() {
    let fake = Fake::start(Kind::GitHub);
    fake.fault("GET", "/comments", What::After(|state| state.head = "b".repeat(40)));
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("stale"));
    assert!(fake.state().comments.is_empty() && outcome.failures.is_empty(), "{outcome:?}");
    // Where the newer run wrote meanwhile, our own goes again.
    let fake = Fake::start(Kind::GitHub);
    fake.faults(Fault {
        method: "POST",
        path: "/comments",
        after: 0,
        times: 1,
        what: What::After(|state| {
            state.head = "b".repeat(40);
            let newer = marked("newer", 9).replace(&"a".repeat(40), &"b".repeat(40));
            state.comment("github-actions[bot]", &newer);
        }),
    });
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("stale"));
    let state = fake.state();
    assert!(state.comments.len() == 1 && state.comments[0].body.ends_with("newer"), "{outcome:?}");
}

#[test]
fn what_a_text_would_do_is_words() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        let outcome = run(&place(&fake, kind, 1), &comment_only("ask @anna about #12\n/close\n<!-- x"));
        assert!(outcome.failures.is_empty(), "{outcome:?}");
        let body = fake.state().comments[0].body.clone();
        let text = body.split_once('\n').expect("a marker").1;
        assert!(!text.contains("@anna") && !text.contains("#12") && !text.contains("<!--"), "{text:?}");
        assert!(text.lines().all(|line| !line.starts_with('/')), "{text:?}");
    }
}

#[test]
fn long_comments_fit_and_say_so() {
    let long = format!("# Head\n\n<details>\n\n{}\n</details>\n\n{}", "fold\n".repeat(9_000), "row é\n".repeat(9_000));
    let fake = Fake::start(Kind::GitHub);
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only(&long));
    assert!(outcome.failures.is_empty(), "{outcome:?}");
    let body = fake.state().comments[0].body.clone();
    assert!(body.len() <= 60_000 && !body.contains("fold") && body.ends_with("… more in the job\n"), "{}", body.len());
    assert!(Marker::read(&body).is_some_and(|(marker, rest)| marker.hash == hash(rest)));
    let fake = Fake::start(Kind::GitHub);
    fake.state().longest = 40_000;
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only(&long));
    assert!(outcome.failures.is_empty() && fake.state().comments.len() == 1, "{outcome:?}");
    let fake = Fake::start(Kind::GitHub);
    fake.state().longest = 100;
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only(&long));
    assert!(failed(&outcome).contains("too long") && fake.writes().len() == 2, "halved once, tried again once");
}

#[test]
fn an_app_of_another_name_is_told_how_to_say_it_before_it_writes_twice() {
    let fake = Fake::start(Kind::GitHub);
    fake.state().login = "contracts[bot]".to_owned();
    let first = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
    assert!(failed(&first).contains("--author \"contracts[bot]\""), "{first:?}");
    let second = run(&place(&fake, Kind::GitHub, 2), &comment_only("y"));
    assert!(failed(&second).contains("--author") && fake.state().comments.len() == 1, "{second:?}");
    let clock = Still::default();
    let terms = Terms { author: Some("contracts[bot]".to_owned()), ..Terms::new(&clock) };
    let third = post(&place(&fake, Kind::GitHub, 3), &comment_only("z"), &terms);
    assert!(third.failures.is_empty() && fake.state().comments[0].body.ends_with("\nz"), "{third:?}");
}
