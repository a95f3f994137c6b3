//! A version after one that could not be read wholly: what is readable again is compared with the version before.

use std::collections::BTreeSet;

use super::{Change, Changes, Options, Use, compare};
use crate::contract::Contract;

/// What head changes since `broken`, some of whose parts could not be read. There `whole`, the last version in which
/// they could, stands in. Changes that nothing is known of are left out: whoever walks a history says once which parts
/// of a version cannot be read.
pub fn across(whole: &Contract, broken: &Contract, head: &Contract, options: &Options) -> Changes {
    let mut now = compare(broken, head, options);
    let told = compare(whole, broken, options);
    let lost: BTreeSet<&str> = unread(&now).map(|change| change.address.as_str()).collect();
    // What is gone for good has no operation in either of the two, but the version before knows it.
    let earlier = unread(&told).filter(|change| lost.contains(change.address.as_str()));
    let reached: BTreeSet<(&str, &str)> = unread(&now)
        .flat_map(|change| places(&now, change))
        .chain(earlier.flat_map(|change| places(&told, change)))
        .collect();
    let mut again: Vec<(Change, Vec<Use>)> = Vec::new();
    if !lost.is_empty() {
        let since = compare(whole, head, options);
        let said: BTreeSet<_> =
            told.list.iter().chain(&now.list).filter(|change| !change.is_unread()).map(identity).collect();
        for change in since.list.iter().filter(|change| !change.is_unread() && !said.contains(&identity(change))) {
            if places(&since, change).any(|place| reached.contains(&place)) {
                let uses = since.reaches.get(change.reach).cloned().unwrap_or_default();
                again.push((change.clone(), uses));
            }
        }
    }
    now.list.retain(|change| !change.is_unread());
    // Indices of other changes hold no more.
    now.list.iter_mut().for_each(|change| change.hint = None);
    for (change, uses) in again {
        now.list.push(Change { reach: now.reaches.len(), hint: None, ..change });
        now.reaches.push(uses);
    }
    now
}

fn unread(changes: &Changes) -> impl Iterator<Item = &Change> {
    changes.list.iter().filter(|change| change.is_unread())
}

/// The operations that a change reaches.
fn places<'c>(changes: &'c Changes, change: &Change) -> impl Iterator<Item = (&'c str, &'c str)> {
    let uses = changes.reaches.get(change.reach).into_iter().flatten();
    uses.map(|at| (at.method.as_str(), at.path.as_str()))
}

/// What tells a change from others, as fingerprints have it.
fn identity(change: &Change) -> (String, [&str; 4]) {
    let what = format!("{:?} {}", change.scope, change.coordinate());
    (what, [&change.address, &change.subject, &change.from, &change.to])
}
