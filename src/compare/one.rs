//! The one comparison of two contracts of an API, judged and said; whoever shows changes gets them from here.

use jiff::civil::Date;

use super::asked::Asked;
use super::cache::{Kept, Place};
use super::purse::Purse;
use crate::contract::Contract;
use crate::diff::{self, Changes, Options};
use crate::report::{self, ApiInput, ApiReport, Coverage};
use crate::rules::Level;

/// The contracts of an API in two versions; `None` where it has no document.
#[derive(Clone, Copy)]
pub(super) struct Sides<'c> {
    /// The old one.
    pub(super) base: Option<&'c Contract>,
    /// The new one.
    pub(super) head: Option<&'c Contract>,
}

/// What an API is called in a report.
#[derive(Clone, Copy)]
pub struct Called<'a> {
    /// Its id.
    pub id: &'a str,
    /// The id it had in this version of a history, where that was another one.
    pub then_id: Option<&'a str>,
    /// The ids it had in other versions.
    pub former: &'a [String],
    /// The path of its root document.
    pub path: &'a str,
    /// Its title, where it is not to be the document's own.
    pub title: Option<&'a str>,
}

/// Whether changes that hurt are proven.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Proofs {
    /// Breaking and risky ones get a witness, where there is one.
    Tried,
    /// Nobody waits for them.
    NotTried,
}

/// What differs between two contracts, at the day that sunsets are judged by, at a cost that the purse still has.
pub(super) fn changes(
    sides: Sides<'_>,
    asked: Asked<'_>,
    (today, proofs): (Date, Proofs),
    purse: &mut Purse,
) -> Changes {
    match (sides.base, sides.head) {
        (Some(base), Some(head)) => {
            let hurts = |change: &diff::Change| proofs == Proofs::Tried && asked.level(change).1 <= Level::Risky;
            let stability = asked.config.gate.stability.order();
            let options = Options { today, share: purse.share([base, head]), stability: &stability };
            let changes = diff::prove(base, head, &options, &hurts);
            purse.pay(changes.spent);
            changes
        }
        (Some(base), None) => diff::vanished(base),
        (None, Some(head)) => diff::appeared(head),
        (None, None) => Changes::default(),
    }
}

/// The changes as a report has them.
pub(super) fn reported(sides: Sides<'_>, changes: &Changes, called: Called<'_>, asked: Asked<'_>) -> ApiReport {
    let newest = sides.head.or(sides.base);
    let title = newest.map_or("", |contract| contract.title.as_str());
    report::assemble(&ApiInput {
        id: called.id,
        then_id: called.then_id,
        former: called.former,
        path: called.path,
        title: called.title.unwrap_or(title),
        base: sides.base.map(|contract| &*contract.document),
        head: sides.head.map(|contract| &*contract.document),
        changes,
        levels: &|change| asked.level(change),
        coverage: newest.map(Coverage::of).unwrap_or_default(),
        lang: asked.lang,
    })
}

/// What differs between two versions, without proofs: what an earlier run found where it is kept. `documents` stand for
/// the content of both.
pub fn compared(
    [base, head]: [&Contract; 2],
    documents: [Option<&str>; 2],
    (called, asked): (Called<'_>, Asked<'_>),
    (today, purse): (Date, &mut Purse),
) -> ApiReport {
    let place = Place::of(asked, documents, called, (today, purse.share([base, head])));
    if let Some(Kept { report: Some(report), spent }) = place.as_ref().and_then(Place::get) {
        purse.pay(spent);
        return report;
    }
    let sides = Sides { base: Some(base), head: Some(head) };
    let changes = changes(sides, asked, (today, Proofs::NotTried), purse);
    let report = reported(sides, &changes, called, asked);
    if let Some(place) = place {
        place.put(&Kept { report: Some(report.clone()), spent: changes.spent });
    }
    report
}
