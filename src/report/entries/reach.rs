//! The operations that entries reach: the union of what their changes reach, a set once.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::report::{ApiReport, Change, Operation};

/// The sets of a report that its entries use, and those that joining made.
pub(super) struct Reaches<'a> {
    api: &'a ApiReport,
    unions: FxHashMap<Vec<&'a str>, String>,
    out: IndexMap<String, Vec<Operation>>,
}

impl<'a> Reaches<'a> {
    pub(super) fn of(api: &'a ApiReport) -> Self {
        Self { api, unions: FxHashMap::default(), out: IndexMap::new() }
    }

    /// The key of all that some changes reach, and the set itself.
    pub(super) fn union(&mut self, changes: &[&'a Change]) -> (String, &[Operation]) {
        let keys: IndexSet<&'a str, FxBuildHasher> = changes.iter().map(|change| &*change.reach).collect();
        let key = self.unions.entry(keys.iter().copied().collect()).or_insert_with(|| {
            let key = format!("r{}", self.out.len() + 1);
            let sets = keys.iter().filter_map(|key| self.api.reaches.get(*key));
            let all: IndexSet<&Operation, FxBuildHasher> = sets.flatten().collect();
            self.out.insert(key.clone(), all.into_iter().cloned().collect());
            key
        });
        (key.clone(), self.out.get(key).map_or(&[], Vec::as_slice))
    }

    /// The sets by key.
    pub(super) fn used(self) -> IndexMap<String, Vec<Operation>> {
        self.out
    }
}
