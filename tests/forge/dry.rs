//! What a dry run shows, and what it sends: nothing, or what reads.

use preavis::forge::DryRun;

use super::*;

fn dry(place: &Place, dry_run: DryRun) -> Outcome {
    let clock = Still::default();
    post(place, &posting("ask @anna"), &Terms { dry_run, ..Terms::new(&clock) })
}

#[test]
fn a_dry_run_shows_each_write_and_sends_none() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        let outcome = dry(&Place { token: None, ..place(&fake, kind, 1) }, DryRun::All);
        assert!(fake.log().is_empty() && outcome.failures.is_empty() && outcome.writes == 0, "{outcome:?}");
        let method = if kind == Kind::GitLab { "PUT" } else { "POST" };
        let starts = ["POST", method, "POST"].map(|method| format!("{method} {}/", fake.api()));
        assert_eq!(outcome.done.len(), 3, "{outcome:?}");
        for (line, start) in outcome.done.iter().zip(&starts) {
            assert!(line.starts_with(start) && line.contains("\nAuthorization: <redacted>\n{"), "{line}");
        }
        assert!(outcome.done[2].contains("ask @\\u200banna"), "{}", outcome.done[2]);
    }
}

#[test]
fn a_dry_run_that_reads_knows_what_is_there() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        run(&place(&fake, kind, 1), &posting("ask @anna"));
        fake.writes();
        let equal = dry(&place(&fake, kind, 2), DryRun::Read);
        assert!(fake.writes().is_empty() && equal.failures.is_empty(), "{equal:?}");
        assert!(equal.done.iter().all(|line| !line.contains("Authorization")), "{equal:?}");
        fake.state().comments[0].body = "gone".to_owned();
        fake.state().labels.clear();
        let other = dry(&place(&fake, kind, 2), DryRun::Read);
        let shown = other.done.iter().filter(|line| line.contains("Authorization")).count();
        assert!(fake.writes().is_empty() && shown == 2 && other.writes == 0, "{other:?}");
    }
}
