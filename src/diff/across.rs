//! A version after one that could not be read wholly: what is readable again is compared with the version before.

use std::collections::BTreeSet;

use super::{Change, Changes, Options, compare};
use crate::contract::Contract;

/// What a version changes after one that could not be read wholly.
#[derive(Debug)]
pub struct Across {
    /// What it changes of what could be read: between the two.
    pub now: Changes,
    /// What it changes of the rest: since the last version in which that could be read.
    pub since: Changes,
}

/// What head changes after `broken`, some of whose parts could not be read. There `whole`, the last version in which they
/// could, stands in. Changes that nothing is known of stay in [`Across::now`] alone, as [`Change::is_unread`] tells.
pub fn across(whole: &Contract, broken: &Contract, head: &Contract, options: &Options<'_>) -> Across {
    let now = compare(broken, head, options);
    let lost: BTreeSet<&str> = unread(&now).map(|change| change.address.as_str()).collect();
    if lost.is_empty() {
        return Across { now, since: Changes::default() };
    }
    let told = compare(whole, broken, options);
    // What is gone for good has no operation in either of the two, but the version before knows it.
    let earlier = unread(&told).filter(|change| lost.contains(change.address.as_str()));
    let reached: BTreeSet<(&str, &str)> = unread(&now)
        .flat_map(|change| places(&now, change))
        .chain(earlier.flat_map(|change| places(&told, change)))
        .collect();
    let mut since = compare(whole, head, options);
    let known = told.list.iter().chain(&now.list).filter(|change| !change.is_unread());
    let known: BTreeSet<_> = known.map(identity).collect();
    let is_new = |change: &Change| {
        let reaches = || places(&since, change).any(|place| reached.contains(&place));
        !change.is_unread() && !known.contains(&identity(change)) && reaches()
    };
    let mut kept = since.list.iter().map(is_new).collect::<Vec<_>>().into_iter();
    since.list.retain(|_| kept.next().unwrap_or_default());
    since.spent = since.spent.plus(told.spent);
    // Indices of other changes hold no more.
    since.list.iter_mut().for_each(|change| change.hint = None);
    Across { now, since }
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
