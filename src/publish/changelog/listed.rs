//! The entries of a report: which changes are listed, and which of them one entry speaks for.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Style;
use super::entry::{Line, Reached, join, label, sentence, title};
use super::grouping::{coordinate, group, is_listed};
use crate::contract::vocabulary::Action;
use crate::render::entry::{self, entry};
use crate::report::{ApiReport, Change};
use crate::rules::Level;
use crate::text;

/// The most characters of a value for before and after to be shown.
const SHORT: usize = 60;

/// The entries of an API in the order of the report, worst first; those that differ only in their operations are one.
pub(in crate::publish) fn entries(api: &ApiReport, style: Style) -> Vec<Line> {
    let mut out = IndexMap::new();
    for (_, line) in lines(api, style) {
        join(&mut out, line);
    }
    out.into_values().collect()
}

/// The entries of an API with their groups, in the order of the report.
pub(super) fn lines(api: &ApiReport, style: Style<'_>) -> Vec<(&'static str, Line)> {
    let mut taken: FxHashSet<&str> = FxHashSet::default();
    let listed = || api.changes.iter().filter(|it| is_listed(it, style));
    // A removal speaks for the addition it looks like a rename to.
    let by_id: FxHashMap<&str, &Change> = api.changes.iter().map(|it| (it.fingerprint.as_str(), it)).collect();
    let renamed = |change: &Change| {
        let hint = change.hint.as_ref().filter(|hint| hint.renamed_to.is_some())?;
        by_id.get(hint.fingerprint.as_str()).copied()
    };
    taken.extend(listed().filter_map(renamed).map(|it| &*it.fingerprint));
    let mut by_cause: FxHashMap<&str, Vec<&Change>> = FxHashMap::default();
    listed().for_each(|change| by_cause.entry(&change.cause).or_default().push(change));
    let mut uses = Uses::default();
    let mut out = Vec::new();
    for change in listed() {
        if taken.contains(change.fingerprint.as_str()) {
            continue;
        }
        // The first of an edit that was not taken speaks for all of it.
        let all = by_cause.remove(change.cause.as_str()).unwrap_or_default();
        let free: Vec<&Change> = all.into_iter().filter(|it| taken.insert(&it.fingerprint)).collect();
        let Some((_, twins)) = free.split_first() else { continue };
        let named = free.iter().flat_map(|it| [Some(*it), renamed(it)]).flatten().collect::<Vec<_>>();
        out.push((group(change), line(api, style, (change, twins), &named, &mut uses)));
    }
    out
}

/// The names of the operations that changes reach, by the key of the set.
#[derive(Default)]
struct Uses<'a>(FxHashMap<&'a str, Rc<[String]>>);

impl<'a> Uses<'a> {
    fn of(&mut self, api: &'a ApiReport, change: &'a Change) -> Rc<[String]> {
        let names = || {
            let mut seen = FxHashSet::default();
            let once = api.operations(change).iter().filter(|at| seen.insert((&at.method, &at.path)));
            once.map(|at| format!("{} {}", at.method, at.path)).collect()
        };
        if api.reaches.contains_key(&change.reach) {
            Rc::clone(self.0.entry(&change.reach).or_insert_with(names))
        } else {
            names()
        }
    }
}

fn line<'a>(
    api: &'a ApiReport,
    style: Style<'_>,
    (change, twins): (&'a Change, &[&Change]),
    named: &[&Change],
    uses: &mut Uses<'a>,
) -> Line {
    let look = entry::Style { lang: style.lang, width: 0, blocks: false };
    let said = entry(&look, api, 0, change);
    let marked = matches!(change.level, Level::Breaking | Level::Risky);
    let word = text::word(style.lang, "levels", change.level.as_str());
    let short = |value: &Option<String>| value.as_ref().is_some_and(|text| text.chars().count() <= SHORT);
    // A sentence with both values in it needs no second telling, nor does what came or went.
    let told = ["from", "to"].iter().all(|name| change.args.contains_key(*name))
        || matches!(coordinate(change), Some((_, Action::Added | Action::Removed)));
    let also = twins.iter().filter(|twin| twin.rule != change.rule || twin.args != change.args);
    Line {
        ids: named.iter().map(|it| api.published(it).to_owned()).collect(),
        now: named.iter().map(|it| it.fingerprint.clone()).collect(),
        reached: if said.operations.is_empty() { Reached::default() } else { Reached::of(uses.of(api, change)) },
        operations: Vec::new(),
        more: None,
        api: style.several.then(|| title(api)),
        mark: marked.then(|| label(style, &text::capitalised(word))),
        values: said.shown && short(&said.before) && short(&said.after) && !told,
        also: also.map(|twin| sentence(style, twin)).collect(),
        voice: None,
        entry: said,
    }
}
