//! Names of parameters that requests sent: those of the contract, those that discretion allows, and `{}` for all others
//! together.

use std::collections::{BTreeMap, BTreeSet};

use super::discretion::{Place, Use};
use super::looks::{Look, look};
use crate::audience::Target;
use crate::audience::path::stem;
use crate::audience::reads::members;
use crate::audience::usage::HOLE;
use crate::contract::{Contract, Location};

/// What frameworks put among the parameters.
const FRAMEWORK: [&str; 3] = ["controller", "action", "format"];

/// An operation by the indices of its API and of itself.
pub(super) type At = (usize, usize);

/// The names that operations know, and what else they were sent.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// With whether each is in the path: a framework lists those too.
    known: BTreeMap<At, Vec<(String, bool)>>,
    /// The names of all operations, once they are asked for.
    all: Option<BTreeSet<String>>,
    others: BTreeMap<At, Place>,
}

impl Names {
    /// The names that a request sent, and whether its operation knows each; of the others those that may turn out to be
    /// words.
    pub(super) fn of(&mut self, contracts: &[&Contract], at: At, target: &Target, by: Use) -> BTreeSet<(String, bool)> {
        let names = self.known.entry(at).or_insert_with(|| known(contracts[at.0], at.1));
        let mut sent: BTreeSet<(String, bool)> = BTreeSet::new();
        let mut others: BTreeSet<&str> = BTreeSet::new();
        let bare = target.bare.iter().filter(|text| names.iter().any(|(known, _)| known == *text));
        for name in target.names.iter().chain(bare) {
            let same = names.iter().find(|(known, _)| known == name);
            let like = || names.iter().find(|(known, _)| stem(known) == stem(name));
            match same.or_else(like) {
                Some((_, true)) => {}
                Some((known, false)) => drop(sent.insert((known.clone(), true))),
                None => drop(others.insert(stem(name))),
            }
        }
        for name in others.into_iter().filter(|name| !FRAMEWORK.contains(name)) {
            let name = if self.may_keep(contracts, at, name, by) { name } else { HOLE };
            sent.insert((name.to_owned(), false));
        }
        sent
    }

    fn may_keep(&mut self, contracts: &[&Contract], at: At, name: &str, by: Use) -> bool {
        if self.all(contracts).contains(name) {
            return true;
        }
        let place = self.others.entry(at).or_default();
        let may = look(name) == Look::Word && place.note(name, by);
        if place.is_full() {
            place.close();
        }
        may
    }

    /// Takes out of the counts of names those that are surely not to be kept.
    pub(super) fn withhold(&mut self, contracts: &[&Contract], counts: &mut BTreeMap<String, u64>) {
        for (name, count) in std::mem::take(counts) {
            let is_kept = look(&name) == Look::Word || self.all(contracts).contains(&name);
            let known = counts.entry(if is_kept { name } else { HOLE.to_owned() }).or_default();
            *known = count.max(*known);
        }
    }

    fn all(&mut self, contracts: &[&Contract]) -> &BTreeSet<String> {
        self.all.get_or_insert_with(|| {
            let of = |contract: &Contract| -> Vec<String> {
                let operations = 0..contract.operations.len();
                operations.flat_map(|ix| known(contract, ix)).map(|(name, _)| stem(&name).to_owned()).collect()
            };
            contracts.iter().flat_map(|contract| of(contract)).collect()
        })
    }

    /// What may be kept, once all is read.
    pub(super) fn finish(self) -> Kept {
        let others = self.others.into_iter().map(|(at, place)| (at, place.kept())).collect();
        Kept { all: self.all.unwrap_or_default(), others }
    }
}

/// The names that may be kept.
#[derive(Debug)]
pub(super) struct Kept {
    all: BTreeSet<String>,
    others: BTreeMap<At, BTreeSet<String>>,
}

impl Kept {
    /// The counts of names that an operation does not know, with `{}` for those that may not be kept. A call may have sent
    /// several of these: the largest count is a lower bound.
    pub(super) fn allowed(&self, at: At, counts: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
        let mut out: BTreeMap<String, u64> = BTreeMap::new();
        for (name, count) in counts {
            let is_kept = self.all.contains(&name) || self.others.get(&at).is_some_and(|others| others.contains(&name));
            let known = out.entry(if is_kept { name } else { HOLE.to_owned() }).or_default();
            *known = count.max(*known);
        }
        out
    }
}

/// The names that an operation knows, and whether each is in the path.
fn known(contract: &Contract, operation: usize) -> Vec<(String, bool)> {
    let Some(operation) = contract.operations.get(operation) else { return Vec::new() };
    let parameters = operation.parameters.iter().map(|it| (it.name.clone(), it.location == Location::Path));
    let media = operation.body.iter().flat_map(|body| &body.media).filter_map(|media| media.schema);
    let body = media.flat_map(|schema| members(contract, schema)).map(|name| (name, false));
    parameters.chain(body).collect()
}
