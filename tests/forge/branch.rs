//! A pull request whose number nobody said, as for a run that a fork's pull request started.

use super::*;

fn from_fork(fake: &Fake) -> Place {
    Place { number: None, branch: Some("someone:fix/a b".to_owned()), ..place(fake, Kind::GitHub, 1) }
}

#[test]
fn it_is_found_by_its_branch_and_its_head() {
    let fake = Fake::start(Kind::GitHub);
    for (branch, number, head) in
        [("someone:fix/a b", 9, "b"), ("someone:fix/a b", 8, "c"), ("someone:fix/a b", 7, "a")]
    {
        fake.state().branches.push((branch.to_owned(), number, head.repeat(40)));
    }
    let outcome = run(&from_fork(&fake), &posting("hurt"));
    assert!(outcome.failures.is_empty() && outcome.writes == 3, "{outcome:?}");
    assert_eq!(fake.state().marked().len(), 1);
    well(&fake);
}

#[test]
fn a_branch_that_has_moved_on_or_is_somebody_else_s_gets_nothing() {
    let fake = Fake::start(Kind::GitHub);
    fake.state().branches.push(("someone:fix/a b".to_owned(), 9, "b".repeat(40)));
    fake.state().branches.push(("other:fix/a b".to_owned(), 7, "a".repeat(40)));
    let outcome = run(&from_fork(&fake), &posting("hurt"));
    assert!(fake.writes().is_empty() && outcome.failures.is_empty(), "{outcome:?}");
    assert_eq!(outcome.notes, ["no open pull request of someone:fix/a b has aaaaaaa as its head: nothing is posted"]);
    fake.fault("GET", "/pulls", fake::What::Reply(404, vec![], "{}"));
    let outcome = run(&from_fork(&fake), &posting("hurt"));
    assert!(fake.writes().is_empty() && outcome.failures.len() == 1, "{outcome:?}");
}
