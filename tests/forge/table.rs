//! The table of calls against descriptions of the forges.

use std::collections::BTreeSet;

use preavis::forge::calls::{CALLS, Call};

use super::*;
use crate::forge::described::Description;

/// A path of a row with something in each of its places.
pub(super) fn filled(call: &Call) -> String {
    let parts = call.path.split('/').map(|part| if part.starts_with('{') { "7" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// What is wrong with a row: its path, its answers.
pub(super) fn row_faults(call: &Call, description: &Description) -> Vec<String> {
    let (method, path) = (call.method.name(), filled(call));
    let Some(operation) = description.operation(method, &path) else {
        return vec![format!("{method} {path}: no such operation")];
    };
    let known = description.answers(&operation);
    let good = call.done.iter().filter(|status| **status < 300);
    let mut found: Vec<String> =
        good.filter(|it| !known.contains(it)).map(|it| format!("{method} {path}: never answers {it}")).collect();
    for status in known.iter().filter(|status| (200..300).contains(*status)) {
        // Forgejo's 204 to PATCH says that nothing was changed.
        let unchanged = method == "PATCH" && *status == 204;
        if !unchanged && !call.done.contains(status) {
            found.push(format!("{method} {path}: may answer {status}, which is not taken for done"));
        }
    }
    found
}

#[test]
fn every_row_is_one_of_its_description_and_every_purpose_has_one_row() {
    for kind in Kind::ALL {
        let description = fake::own_description(kind);
        let rows: Vec<&Call> = CALLS.iter().filter(|call| call.forge == kind).collect();
        // GitLab's second answer is that of an update, which its documentation does not tell apart.
        let faults: Vec<String> = rows.iter().flat_map(|call| row_faults(call, &description)).collect();
        let faults: Vec<&String> =
            faults.iter().filter(|fault| !fault.ends_with("statuses/7: never answers 200")).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        let purposes: BTreeSet<_> = rows.iter().map(|call| call.purpose).collect();
        assert_eq!(purposes.len(), rows.len());
    }
    let nonsense = Call { path: "/nowhere", ..CALLS[0] };
    assert_eq!(row_faults(&nonsense, &fake::own_description(Kind::GitHub)).len(), 1);
    let wrong = Call { done: &[204], ..CALLS[0] };
    assert_eq!(row_faults(&wrong, &fake::own_description(Kind::GitHub)).len(), 2);
}
