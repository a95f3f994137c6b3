//! How severe a finding is, once the walk has ended: what the whole of a question says decides what its parts may say.
//!
//! Losses count only in runs that fail all the way down from a question ([`standing`]), none is worse than the ways to
//! it allow ([`caps`]), and where a question surely fails, an undecided loss is one ([`standing`] again).

mod caps;
mod standing;

use super::Finding;
use crate::contract::{Facet, Grade, Run};

/// The worst a difference can be, forward and backward; `None` where nothing is lost in that run.
pub(in crate::schema) type Caps = [Option<Grade>; 2];

fn of(run: Run) -> usize {
    usize::from(run == Run::Backward)
}

/// Raises a cap to what another way allows.
pub(in crate::schema) fn raise(caps: &mut Caps, run: Run, grade: Grade) {
    caps[of(run)] = caps[of(run)].max(Some(grade));
}

/// A loss under a cap. A sister branch that takes a value without declaring its members leaves it to open readers.
pub(in crate::schema) fn under(cap: Grade, grade: Grade) -> Grade {
    match (cap, grade) {
        (_, Grade::Unlisted) => grade,
        // Nobody knows whether the domain shrank there.
        (Grade::Undecided, Grade::Value) => cap,
        _ => grade.min(cap.max(Grade::Openness)),
    }
}

/// The undecided loss of a run turned out to be one: no worse than a domain of values that shrank.
pub(in crate::schema) fn decide(finding: &mut Finding<'_>, run: Run) {
    for loss in finding.losses.iter_mut().filter(|loss| **loss == (run, Grade::Undecided)) {
        loss.1 = Grade::Value;
    }
    if finding.losses.iter().all(|(_, grade)| *grade != Grade::Undecided) {
        finding.why = None;
        if finding.facet == Facet::Constraint {
            let of = |run: Run| finding.losses.iter().filter(|(of, _)| *of == run).map(|(_, grade)| *grade).max();
            let runs = (of(Run::Forward), of(Run::Backward));
            finding.action = super::action::of(finding.facet, false, runs, (true, true), (true, true));
        }
    }
}
