//! The entries of a report: which changes are listed, as one line an entry.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Style;
use super::entry::{Line, Reached, join, label, title};
use super::grouping::{coordinate, group, is_listed};
use crate::contract::vocabulary::Action;
use crate::render::entry::{self, entry};
use crate::report::{self, ApiReport, Change, Said};
use crate::rules::Level;
use crate::text;

/// The most characters of a value for before and after to be shown.
const SHORT: usize = 60;

/// The entries of an API in the order of the report, worst first.
pub(in crate::publish) fn entries(api: &ApiReport, style: Style) -> Vec<Line> {
    let mut out = IndexMap::new();
    for (_, line) in lines(api, style, &|_| None) {
        join(&mut out, line);
    }
    out.into_values().collect()
}

/// The entries of an API with their groups, in the order of the report. What different notices speak for stays apart.
pub(super) fn lines<'n>(
    api: &ApiReport,
    style: Style<'_>,
    spoken: &dyn Fn(&Change) -> Option<&'n str>,
) -> Vec<(&'static str, Line)> {
    let listed = api.only(&|change| is_listed(change, style)).in_entries(style.lang, spoken);
    let mut uses = Uses::default();
    listed.changes.iter().map(|change| (group(change), line(&listed, style, change, &mut uses))).collect()
}

/// The names of the operations that entries reach, by the key of the set.
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

fn line<'a>(api: &'a ApiReport, style: Style<'_>, change: &'a Change, uses: &mut Uses<'a>) -> Line {
    let look = entry::Style { lang: style.lang, width: 0, blocks: style.blocks };
    let said = entry(&look, api, 0, change);
    let short = |value: &Option<String>| value.as_ref().is_some_and(|text| text.chars().count() <= SHORT);
    // A sentence with both values in it needs no second telling, nor does what came or went.
    let told = ["from", "to"].iter().all(|name| change.args.contains_key(*name))
        || matches!(coordinate(change), Some((_, Action::Added | Action::Removed)));
    Line {
        ids: api.published(change).map(str::to_owned).collect(),
        now: change.fingerprints().map(str::to_owned).collect(),
        reached: if said.operations.is_empty() { Reached::default() } else { Reached::of(uses.of(api, change)) },
        operations: Vec::new(),
        more: None,
        api: style.several.then(|| title(api)),
        mark: mark(style, change.level),
        values: said.shown && short(&said.before) && short(&said.after) && !told,
        also: report::said(style.lang, change).into_iter().skip(1).map(|said| marked(style, said)).collect(),
        voice: None,
        entry: said,
    }
}

/// `Breaking:`, of what may hurt.
fn mark(style: Style<'_>, level: Level) -> Option<String> {
    let word = text::word(style.lang, "levels", level.as_str());
    (level <= Level::Risky).then(|| label(style, &text::capitalised(word)))
}

fn marked(style: Style<'_>, said: Said) -> String {
    match mark(style, said.level) {
        Some(mark) => format!("{mark} {}", said.sentence),
        None => said.sentence,
    }
}
