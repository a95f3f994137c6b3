//! Which entries reach which operations of an API, looked up from both ends.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::directory::Directory;
use crate::report::{ApiReport, Change};

/// A report by fingerprint, and where the operations that its changes reach stand in the directory.
pub(super) struct Lookup<'a> {
    api: &'a ApiReport,
    directory: &'a Directory,
    changes: FxHashMap<&'a str, &'a Change>,
    places: FxHashMap<&'a str, Rc<[usize]>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(api: &'a ApiReport, directory: &'a Directory) -> Self {
        let changes = api.changes.iter().map(|change| (change.fingerprint.as_str(), change)).collect();
        Self { api, directory, changes, places: FxHashMap::default() }
    }

    /// The operations that changes of these fingerprints reach, by their place in the directory, in its order.
    pub(super) fn operations(&mut self, ids: &[String]) -> Rc<[usize]> {
        let changes: Vec<&Change> = ids.iter().filter_map(|id| self.changes.get(id.as_str()).copied()).collect();
        let sets: Vec<Rc<[usize]>> = changes.into_iter().map(|change| self.places(change)).collect();
        match sets.as_slice() {
            [first, rest @ ..] if rest.iter().all(|set| Rc::ptr_eq(set, first)) => Rc::clone(first),
            sets => union(sets.iter().map(|set| &**set)),
        }
    }

    fn places(&mut self, change: &'a Change) -> Rc<[usize]> {
        let found = || sorted(self.api.operations(change).iter().filter_map(|at| self.directory.find(at)).collect());
        if self.api.reaches.contains_key(&change.reach) {
            Rc::clone(self.places.entry(&change.reach).or_insert_with(found))
        } else {
            found()
        }
    }
}

/// All operations of some sets, in order.
pub(super) fn union<'a>(sets: impl Iterator<Item = &'a [usize]>) -> Rc<[usize]> {
    sorted(sets.flatten().copied().collect())
}

fn sorted(mut places: Vec<usize>) -> Rc<[usize]> {
    places.sort_unstable();
    places.dedup();
    places.into()
}

/// Of a list of entries, those that reach each operation.
pub(super) struct Reach(FxHashMap<usize, Vec<usize>>);

impl Reach {
    /// From the operations of each entry.
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a [usize]>) -> Self {
        let mut out: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (ix, operations) in entries.enumerate() {
            for operation in operations {
                out.entry(*operation).or_default().push(ix);
            }
        }
        Self(out)
    }

    /// The entries that reach some of the operations, by their place in the list, in its order.
    pub(super) fn of(&self, operations: &[usize]) -> Vec<usize> {
        let all = operations.iter().filter_map(|operation| self.0.get(operation));
        let mut out: Vec<usize> = all.flatten().copied().collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}
