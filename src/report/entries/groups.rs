//! The changes of an API in groups, one an entry.

use std::hash::Hash;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::say;
use crate::contract::vocabulary::{Action, Facet};
use crate::report::{ApiReport, Change};
use crate::rules;
use crate::text::Args;

/// The changes of each entry, by their places in the report: the worst first, as the report has them. Those for which
/// `apart` says different things are in different entries.
pub(super) fn of<K: Copy + Eq + Hash>(api: &ApiReport, apart: &dyn Fn(&Change) -> K) -> Vec<Vec<usize>> {
    let kept: Vec<K> = api.changes.iter().map(apart).collect();
    let known: FxHashMap<&str, usize> =
        api.changes.iter().enumerate().map(|(ix, change)| (change.fingerprint.as_str(), ix)).collect();
    let mut sets = Sets::new(api.changes.len());
    let mut edits: FxHashMap<(K, Edit<'_>), usize> = FxHashMap::default();
    let mut lists: FxHashMap<(K, List<'_>), usize> = FxHashMap::default();
    for (ix, change) in api.changes.iter().enumerate() {
        let hint = change
            .hint
            .as_ref()
            .filter(|hint| !hint.perhaps)
            .and_then(|hint| known.get(hint.fingerprint.as_str()).copied());
        hint.filter(|&other| kept[other] == kept[ix]).into_iter().for_each(|other| sets.unite(ix, other));
        sets.unite(*edits.entry((kept[ix], edit(change))).or_insert(ix), ix);
        if let Some(list) = List::of(change) {
            sets.unite(*lists.entry((kept[ix], list)).or_insert(ix), ix);
        }
    }
    let mut entries: IndexMap<(K, Vec<Sentence<'_>>), Vec<usize>, FxBuildHasher> = IndexMap::default();
    for group in sets.into_groups() {
        let mut words: Vec<Sentence<'_>> = group.iter().map(|&ix| Sentence::of(&api.changes[ix])).collect();
        words.sort();
        let Some(&first) = group.first() else { continue };
        entries.entry((kept[first], words)).or_default().extend(group);
    }
    entries.into_values().map(sorted).collect()
}

/// One edit, whichever sides it has: its cause, at its place.
type Edit<'a> = (&'a str, Option<&'a str>, &'a str);

fn edit(change: &Change) -> Edit<'_> {
    (&change.cause, change.at.component.as_deref(), &change.at.path)
}

fn sorted(mut group: Vec<usize>) -> Vec<usize> {
    group.sort_unstable();
    group
}

/// A list of values at its place: of a component, else where it is written for the operations that it reaches.
#[derive(PartialEq, Eq, Hash)]
struct List<'a> {
    facet: Facet,
    component: Option<&'a str>,
    path: &'a str,
    inline: Option<(&'a str, &'a str)>,
}

impl<'a> List<'a> {
    fn of(change: &'a Change) -> Option<Self> {
        let rule = rules::find(&change.rule).filter(|rule| say::is_listed(rule.id))?;
        let component = change.at.component.as_deref();
        let inline = component.is_none().then_some((change.reach.as_str(), change.at.pointer.as_str()));
        Some(Self { facet: rule.on.0, component, path: &change.at.path, inline })
    }
}

/// What is said of a change but for its place: changes that say the same are one entry with all their places.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Sentence<'a> {
    level: u8,
    rule: &'a str,
    args: &'a Args,
    renamed: Option<&'a str>,
    /// Before and after, where the sentence does not say what changed.
    shown: Option<String>,
}

impl<'a> Sentence<'a> {
    fn of(change: &'a Change) -> Self {
        let hint = change.hint.as_ref();
        Self {
            level: change.level as u8,
            rule: &change.rule,
            args: &change.args,
            renamed: hint.and_then(|hint| hint.renamed_to.as_deref().or(hint.renamed_from.as_deref())),
            shown: (!is_told(change)).then(|| format!("{:?}", (&change.before, &change.after))),
        }
    }
}

/// Whether the sentence says all that changed: both values are in it, or something came or went, or is asked for or no more.
fn is_told(change: &Change) -> bool {
    let came_or_went =
        |rule: &rules::Rule| matches!(rule.on.1, Action::Added | Action::Removed | Action::Required | Action::Optional);
    ["from", "to"].iter().all(|name| change.args.contains_key(*name))
        || rules::find(&change.rule).is_some_and(came_or_went)
}

/// Sets of changes that grow together.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    fn root(&mut self, mut ix: usize) -> usize {
        while self.parent[ix] != ix {
            self.parent[ix] = self.parent[self.parent[ix]];
            ix = self.parent[ix];
        }
        ix
    }

    /// The first of both stands for the set, so that groups keep the order of the report.
    fn unite(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        self.parent[one.max(two)] = one.min(two);
    }

    fn into_groups(mut self) -> Vec<Vec<usize>> {
        let mut out: IndexMap<usize, Vec<usize>, FxBuildHasher> = IndexMap::default();
        for ix in 0..self.parent.len() {
            let root = self.root(ix);
            out.entry(root).or_default().push(ix);
        }
        out.into_values().collect()
    }
}
