//! One release as templates see it: the groups of Keep a Changelog, an entry a cause, each with the facts it names.
//!
//! An entry takes in what belongs to it: the other end of a rename, the other side of the same edit. Nothing is judged here.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::Style;
use super::docs::{Docs, docs};
use super::grouping::{coordinate, group, is_listed};
use super::marker::note_id;
use super::voice::{self, Voice};
use crate::compare::history::{Release, Skipped};
use crate::contract::vocabulary::Action;
use crate::render::entry::{self, entry};
use crate::render::view::Entry;
use crate::report::{ApiReport, Change};
use crate::rules::{self, Level};
use crate::text;

/// The most characters of a value for before and after to be shown.
const SHORT: usize = 60;
/// How many operations are named.
const NAMED: usize = 3;
/// The headings, in the order of Keep a Changelog.
const GROUPS: [&str; 6] = ["added", "changed", "deprecated", "removed", "fixed", "security"];

/// The generated part of a release.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Section {
    /// Versions that could not be read.
    pub(super) notes: Vec<Note>,
    /// The groups that have entries.
    pub(super) groups: Vec<Group>,
    /// `Affects:`, `Before:` and `After:`
    affects: String,
    before: String,
    after: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Note {
    pub(super) id: String,
    text: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Group {
    title: String,
    pub(super) entries: Vec<Line>,
    /// The edits of the documentation, counted.
    docs: Vec<Docs>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(in crate::publish) struct Line {
    /// The fingerprints it speaks of, as they are, or were, published.
    pub(in crate::publish) ids: Vec<String>,
    /// The same of today.
    #[serde(skip)]
    pub(in crate::publish) now: Vec<String>,
    /// The title of the API, where there are several.
    api: Option<String>,
    /// `Breaking:`
    mark: Option<String>,
    pub(in crate::publish) entry: Entry,
    /// The operations it reaches; none where the sentence names the only one.
    #[serde(skip)]
    reached: Reached,
    /// The first of them.
    operations: Vec<String>,
    /// `and 9 more`
    more: Option<String>,
    /// Whether before and after are short enough to be shown.
    pub(in crate::publish) values: bool,
    /// The same edit on the other side; all changes where a notice speaks for them.
    pub(in crate::publish) also: Vec<String>,
    /// The notice that speaks for it.
    pub(super) voice: Option<Voice>,
}

/// The operations an entry reaches: sets that entries of the same causes share.
#[derive(Clone, PartialEq, Default, Debug)]
struct Reached(Vec<Rc<[String]>>);

impl Reached {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the operations of another in.
    fn take(&mut self, other: Self) {
        for set in other.0 {
            if !self.0.iter().any(|known| Rc::ptr_eq(known, &set)) {
                self.0.push(set);
            }
        }
    }

    /// The first so many, and how many there are beside them.
    fn first(&self, most: usize) -> (Vec<String>, usize) {
        let mut seen = FxHashSet::default();
        let mut all = self.0.iter().flat_map(|set| set.iter()).filter(|name| seen.insert(name.as_str()));
        let first = all.by_ref().take(most).cloned().collect();
        (first, all.count())
    }
}

impl Section {
    /// The section of a release; of its facts only those that `wanted` takes.
    pub(super) fn new(release: &Release, style: Style<'_>, wanted: &dyn Fn(&str) -> bool) -> Self {
        let mut groups: IndexMap<&str, (IndexMap<String, Line>, Vec<Docs>)> =
            GROUPS.iter().map(|&key| (key, Default::default())).collect();
        for api in &release.report.apis {
            let lines = lines(api, style).into_iter().filter(|(_, line)| line.ids.iter().any(|id| wanted(id)));
            for (key, line) in voice::spoken(lines, release, style) {
                join(&mut groups.entry(key).or_default().0, line);
            }
            if let Some(docs) = docs(api, style) {
                groups.entry("fixed").or_default().1.push(docs);
            }
        }
        let notes = release.skipped.iter().map(|skipped| note(skipped, style)).filter(|note| wanted(&note.id));
        let groups = groups.into_iter().filter(|(_, (entries, docs))| !entries.is_empty() || !docs.is_empty());
        let title = |key| text::word(style.lang, "actions", key).to_owned();
        Self {
            notes: notes.collect(),
            groups: groups
                .map(|(key, (entries, docs))| Group::new(title(key), entries.into_values().collect(), docs, style))
                .collect(),
            affects: label(style, &text::ui(style.lang, "affects")),
            before: label(style, &text::ui(style.lang, "before")),
            after: label(style, &text::ui(style.lang, "after")),
        }
    }

    /// The same without the counts of the documentation.
    pub(super) fn without_docs(mut self) -> Self {
        for group in &mut self.groups {
            group.docs.clear();
        }
        self.groups.retain(|group| !group.entries.is_empty());
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.groups.is_empty()
    }

    /// The ids of everything it names.
    pub(super) fn facts(&self) -> Vec<String> {
        let lines = self.groups.iter().flat_map(|group| &group.entries).flat_map(|line| line.ids.iter().cloned());
        self.notes.iter().map(|note| note.id.clone()).chain(lines).collect()
    }
}

impl Group {
    fn new(title: String, mut entries: Vec<Line>, docs: Vec<Docs>, style: Style<'_>) -> Self {
        for line in &mut entries {
            let left;
            (line.operations, left) = line.operations(NAMED);
            line.more = (left > 0).then(|| text::counted(style.lang, "ui", "and-more", left as u64));
        }
        Self { title, entries, docs }
    }
}

impl Line {
    /// What it says beside its operations, so that one can speak for others; itself where the sentence names the only
    /// one, or a notice speaks.
    fn words(&self) -> String {
        if self.reached.is_empty() || self.voice.is_some() {
            return self.ids.concat();
        }
        let values = self.values.then_some((&self.entry.before, &self.entry.after));
        format!("{:?}", (&self.api, &self.mark, &self.entry.sentence, &self.also, &self.entry.hint, values))
    }

    /// The first so many of the operations it reaches, and how many more there are.
    pub(in crate::publish) fn operations(&self, most: usize) -> (Vec<String>, usize) {
        self.reached.first(most)
    }

    fn take(&mut self, other: Self) {
        self.ids.extend(other.ids);
        self.now.extend(other.now);
        self.reached.take(other.reached);
    }

    /// Its own sentences, the mark of its level before the first.
    pub(super) fn sentences(&self) -> Vec<String> {
        let sentence = &self.entry.sentence;
        let first = self.mark.as_ref().map_or_else(|| sentence.clone(), |mark| format!("{mark} {sentence}"));
        std::iter::once(first).chain(self.also.iter().cloned()).collect()
    }

    /// Lets the notice speak for another entry too.
    pub(super) fn speak_for(&mut self, other: Self) {
        self.also.extend(other.sentences());
        self.take(other);
    }

    /// Takes the mark of its level away.
    pub(super) fn unmark(&mut self) {
        self.mark = None;
    }

    /// Gives the word to a notice.
    pub(super) fn spoken_by(&mut self, voice: Voice) {
        self.also = self.sentences();
        (self.values, self.mark, self.voice) = (false, None, Some(voice));
    }
}

/// `Before:`, in French `Avant :`
fn label(style: Style<'_>, word: &str) -> String {
    text::labelled(style.lang, word, "")
}

fn note(skipped: &Skipped, style: Style<'_>) -> Note {
    let what = if style.several { format!("{}: {}", skipped.api, skipped.message) } else { skipped.message.clone() };
    let key = if skipped.partly { "partly-unreadable" } else { "unreadable" };
    let text = text::put(&text::ui(style.lang, key), &[("what", &what)]);
    Note { id: note_id(&skipped.api, &skipped.release, &skipped.message), text }
}

/// The entries of an API in the order of the report, worst first; those that differ only in their operations are one.
pub(in crate::publish) fn entries(api: &ApiReport, style: Style) -> Vec<Line> {
    let mut out = IndexMap::new();
    lines(api, style).into_iter().for_each(|(_, line)| join(&mut out, line));
    out.into_values().collect()
}

/// Adds an entry, or lets one that differs in nothing but the operations speak for it.
fn join(entries: &mut IndexMap<String, Line>, line: Line) {
    match entries.entry(line.words()) {
        indexmap::map::Entry::Occupied(mut known) => known.get_mut().take(line),
        indexmap::map::Entry::Vacant(free) => drop(free.insert(line)),
    }
}

/// The entries of an API with their groups, in the order of the report.
fn lines(api: &ApiReport, style: Style<'_>) -> Vec<(&'static str, Line)> {
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
        reached: Reached(if said.operations.is_empty() { Vec::new() } else { vec![uses.of(api, change)] }),
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

pub(super) fn sentence(style: Style<'_>, change: &Change) -> String {
    let said = rules::find(&change.rule).map(|rule| text::say(rule.id, style.lang, &change.args));
    let said = said.unwrap_or_else(|| change.summary.clone());
    if change.level > Level::Risky {
        return said;
    }
    let word = text::capitalised(text::word(style.lang, "levels", change.level.as_str()));
    text::labelled(style.lang, &word, &said)
}

pub(super) fn title(api: &ApiReport) -> String {
    if api.title.trim().is_empty() { api.id.clone() } else { api.title.clone() }
}
