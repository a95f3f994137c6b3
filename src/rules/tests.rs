//! The form of the catalogue, and rows made for the test.

use std::collections::BTreeSet;

use super::*;

rules! {
    const MADE
    "made-at-first": Body Added Request => Read;
    "made-later" / "made-later-sent": Body Removed Request / Response => Is(Docs), since "0.2.0";
    "made-to-go": Body Added Request if required => Is(Risky), since "0.2.0", deprecated "0.3.0";
}

#[test]
fn a_row_serves_both_sides() {
    let rows: Vec<&Rule> = MADE.iter().copied().flatten().collect();
    let of = |rule: &Rule| (rule.id, rule.on.2, rule.since, rule.status, rule.guarded);
    assert_eq!(
        rows.iter().map(|rule| of(rule)).collect::<Vec<_>>(),
        [
            ("made-at-first", Scope::Request, "0.1.0", Status::Stable, false),
            ("made-later", Scope::Request, "0.2.0", Status::Stable, false),
            ("made-later-sent", Scope::Response, "0.2.0", Status::Stable, false),
            ("made-to-go", Scope::Request, "0.2.0", Status::Deprecated { since: "0.3.0" }, true),
        ]
    );
    assert_eq!((rows[2].on.0, rows[2].on.1, rows[2].weigh), (Facet::Body, Action::Removed, Weigh::Is(Level::Docs)));
    let required = Traits { required: true, ..Traits::default() };
    assert!((rows[3].when)(&required) && !(rows[3].when)(&Traits::default()) && (rows[0].when)(&required));
}

#[test]
fn ids_are_unique_and_are_not_taken_again() {
    let mut seen = BTreeSet::new();
    let ids = catalogue().map(|rule| rule.id).chain(RETIRED.iter().map(|gone| gone.id));
    assert_eq!(ids.filter(|id| !seen.insert(*id)).collect::<Vec<_>>(), [""; 0]);
    let successors = RETIRED.iter().flat_map(|gone| gone.replaced_by);
    assert!(successors.into_iter().all(|id| find(id).is_some()), "a retired rule names one that is none");
}

#[test]
fn guarded_rows_stand_before_the_bare_row() {
    for (at, rule) in catalogue().enumerate() {
        let hidden = catalogue().take(at).find(|other| other.on == rule.on && !other.guarded);
        assert!(hidden.is_none(), "{} is never reached", rule.id);
    }
}

#[test]
fn ids_that_went_are_answered() {
    let gone = [Retired { id: "body-gone", since: "0.3.0", replaced_by: &["body-removed"] }];
    assert!(matches!(named("body-removed", &gone), Named::Rule(rule) if rule.id == "body-removed"));
    assert!(matches!(named("body-gone", &gone), Named::Retired(found) if found == gone[0]));
    assert!(matches!(named("body-gone", RETIRED), Named::Unknown(_)));
    assert!(matches!(named("body-remove", &gone), Named::Unknown(near) if near.contains(&"body-removed")));
}
