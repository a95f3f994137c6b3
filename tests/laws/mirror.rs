//! A comparison read backwards is its mirror: what was added is removed, raised lowered, narrowed widened, required
//! optional, at the same place and with the runs swapped.

use preavis::contract::{Action, Run};
use preavis::diff::{Change, Changes};

use crate::harness::compare;
use crate::mutations::document;
use crate::mutations::rows::ROWS;

fn mirrored(action: Action) -> Action {
    match action {
        Action::Added => Action::Removed,
        Action::Removed => Action::Added,
        Action::Raised => Action::Lowered,
        Action::Lowered => Action::Raised,
        Action::Required => Action::Optional,
        Action::Optional => Action::Required,
        Action::Narrowed => Action::Widened,
        Action::Widened => Action::Narrowed,
        Action::Replaced => Action::Replaced,
        Action::Moved => Action::Moved,
        Action::Edited => Action::Edited,
        Action::Unknown => Action::Unknown,
    }
}

/// Coordinate, side, place, subject, and losses with forward and backward told apart.
fn sheet(changes: &Changes, mirror: bool) -> Vec<String> {
    let line = |change: &Change| {
        let action = if mirror { mirrored(change.action) } else { change.action };
        let mut losses: Vec<String> = change
            .losses
            .iter()
            .map(|(run, grade)| {
                format!("{} {grade:?}", if (*run == Run::Forward) == mirror { "back" } else { "forth" })
            })
            .collect();
        losses.sort();
        let component = change.component.as_deref().unwrap_or_default();
        let coordinate = format!("{}-{}", change.facet.as_str(), action.as_str());
        format!("{coordinate} {:?} {component}/{} {} {losses:?}", change.scope, change.path, change.subject)
    };
    let mut out: Vec<String> = changes.list.iter().map(line).collect();
    out.sort();
    out
}

#[test]
fn a_comparison_backwards_is_the_mirror() {
    let mut failures = Vec::new();
    for (name, base, head, ..) in ROWS {
        for inline in [false, true] {
            let put = |schema: &str| document(&format!("{{type: object, properties: {{p: {schema}}}}}"), inline);
            let (there, back) = (compare(&put(base), &put(head)), compare(&put(head), &put(base)));
            let (there, back) = (sheet(&there, true), sheet(&back, false));
            if there != back {
                failures.push(format!("{name} (inline {inline})\n    mirrored  {there:?}\n    backwards {back:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} are no mirrors:\n{}", failures.len(), failures.join("\n"));
}
