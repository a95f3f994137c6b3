//! The report of one API: what is asked of it, and parts of it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::{ApiReport, Change, Operation};
use crate::audience::{ChangeView, Reached};

impl ApiReport {
    /// The id under which this version is, or was, published.
    pub fn published_id(&self) -> &str {
        self.then_id.as_deref().unwrap_or(&self.id)
    }

    /// The fingerprints under which what an entry speaks for is, or was, published.
    pub fn published<'a>(&'a self, change: &'a Change) -> impl Iterator<Item = &'a str> {
        change.identities().map(|(now, former)| {
            let then = self.then_id.as_ref().and_then(|id| former.get(id));
            then.map_or(now, String::as_str)
        })
    }

    /// Every operation that a change reaches.
    pub fn operations<'a>(&'a self, change: &'a Change) -> &'a [Operation] {
        self.reaches.get(&change.reach).unwrap_or(&change.operations)
    }

    /// A change as `Audience::concerned` asks for it.
    #[doc(hidden)]
    pub fn view<'a>(&'a self, change: &'a Change) -> ChangeView<'a> {
        let operations = self.operations(change);
        let reached = |at: &'a Operation| Reached { method: &at.method, path: &at.path, spot: &at.spot };
        ChangeView {
            rule: &change.rule,
            level: change.level,
            side: change.side,
            component: change.at.component.as_deref(),
            path: &change.at.path,
            operations: operations.iter().map(reached).collect(),
        }
    }

    pub(crate) fn only(&self, wanted: &dyn Fn(&Change) -> bool) -> Self {
        let changes: Vec<Change> = self.changes.iter().filter(|change| wanted(change)).cloned().collect();
        let used: FxHashSet<&String> = changes.iter().map(|change| &change.reach).collect();
        let reaches = self.reaches.iter().filter(|(key, _)| used.contains(key));
        let reaches = reaches.map(|(key, set)| (key.clone(), set.clone())).collect();
        Self { reaches, ..self.with(changes) }
    }

    /// The same API with other changes, whose reaches are to come.
    pub(super) fn with(&self, changes: Vec<Change>) -> Self {
        Self {
            id: self.id.clone(),
            then_id: self.then_id.clone(),
            path: self.path.clone(),
            title: self.title.clone(),
            format: self.format.clone(),
            coverage: self.coverage,
            problems: self.problems.clone(),
            reaches: IndexMap::new(),
            changes,
        }
    }

    /// The changes of both in one order: the same API, compared with two versions of before.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        let mut renamed = BTreeMap::new();
        for (key, set) in other.reaches {
            let free = format!("r{}", self.reaches.len() + 1);
            self.reaches.insert(free.clone(), set);
            renamed.insert(key, free);
        }
        self.changes.extend(other.changes.into_iter().map(|change| {
            let reach = renamed.get(&change.reach).cloned().unwrap_or_default();
            Change { reach, ..change }
        }));
        self.changes.sort_by(|one, two| one.rank().cmp(&two.rank()));
        self
    }
}
