//! A group of changes as one entry: the words of its worst change, the identity of the first in the document.

use std::collections::BTreeSet;

use super::reach::Reaches;
use super::shown::Shown;
use super::{Part, say, subject, text};
use crate::report::{ApiReport, Change, Proof, Touched};
use crate::text::{Args, Lang};

/// How many operations an entry, or a part of one, lists itself.
const LISTED: usize = 20;

/// The entry of some changes, the worst first; a change by itself stays as it is.
pub(super) fn entry<'a>(api: &'a ApiReport, group: &[usize], lang: Lang, reaches: &mut Reaches<'a>) -> Option<Change> {
    let all: Vec<&'a Change> = group.iter().map(|&ix| &api.changes[ix]).collect();
    let (&worst, others) = all.split_first()?;
    let (reach, operations) = reaches.union(&all);
    if others.is_empty() {
        return Some(Change { reach, summary: say::summary(lang, worst), ..worst.clone() });
    }
    let mut written = all.clone();
    written.sort_by_key(|change| place(change));
    let first = written.first().copied().unwrap_or(worst);
    let equally_bad = || all.iter().filter(|change| change.level == worst.level);
    let least_sure = equally_bad().max_by_key(|change| doubt(change.proof)).map_or(worst, |change| change);
    let shown = Shown::of(&all);
    let mut out = Change {
        fingerprint: first.fingerprint.clone(),
        former_fingerprints: first.former_fingerprints.clone(),
        operations: operations.iter().take(LISTED).cloned().collect(),
        operations_total: operations.len() as u64,
        before: shown.before,
        after: shown.after,
        before_payload: shown.before_payload,
        after_payload: shown.after_payload,
        proof: least_sure.proof,
        unproven_because: least_sure.unproven_because.clone(),
        witness: equally_bad().find_map(|change| change.witness.clone()),
        touches: touches(&all),
        parts: written.iter().map(|change| part(worst, least_sure.proof, operations.len(), change)).collect(),
        reach,
        ..worst.clone()
    };
    out.summary = say::summary(lang, &out);
    Some(out)
}

fn part(worst: &Change, proof: Proof, reached: usize, change: &Change) -> Part {
    let args: Args = change
        .args
        .iter()
        .filter(|(name, arg)| worst.args.get(*name) != Some(arg))
        .map(|(name, arg)| (name.clone(), arg.clone()))
        .collect();
    let all = change.operations_total == reached as u64;
    Part {
        fingerprint: change.fingerprint.clone(),
        former_fingerprints: change.former_fingerprints.clone(),
        rule: change.rule.clone(),
        level: change.level,
        subject: subject(&change.args),
        from: text(&change.args, "from").unwrap_or_default(),
        to: text(&change.args, "to").unwrap_or_default(),
        args,
        proof: (change.proof != proof).then_some(change.proof),
        at: (change.at != worst.at).then(|| change.at.clone()),
        operations: if all { Vec::new() } else { change.operations.clone() },
    }
}

/// The place in the document, of head where it stands there.
fn place(change: &Change) -> Option<(&str, u64, u64)> {
    let place = change.source.head.as_ref().or(change.source.base.as_ref())?;
    Some((&place.file, place.line, place.column))
}

/// How much is left to doubt.
fn doubt(proof: Proof) -> u8 {
    match proof {
        Proof::Structural => 0,
        Proof::Proven => 1,
        Proof::NotTried => 2,
        Proof::Unproven => 3,
    }
}

/// Whom any of them touches. Of a report that was read back, where partners are only counted, as many as the change that
/// touches most: nobody can tell whether they are the same.
fn touches(all: &[&Change]) -> Option<Touched> {
    let each: Vec<&Touched> = all.iter().filter_map(|change| change.touches.as_ref()).collect();
    let first = each.first()?;
    let named: BTreeSet<&String> = each.iter().filter_map(|touched| touched.partners.as_ref()).flatten().collect();
    let partners = first.partners.as_ref().map(|_| named.into_iter().cloned().collect::<Vec<_>>());
    let unnamed: BTreeSet<&String> = each.iter().flat_map(|touched| &touched.unnamed).collect();
    let most = || each.iter().filter_map(|it| it.count).max();
    let union = || most().map(|most| most.max(unnamed.len() as u64));
    Some(Touched {
        count: partners.as_ref().map(|named| named.len() as u64).or_else(union),
        unnamed: unnamed.into_iter().cloned().collect(),
        partners,
        public: each.iter().any(|touched| touched.public),
    })
}
