//! One release as templates see it: the groups of Keep a Changelog, an entry a cause.

use indexmap::IndexMap;
use serde::Serialize;

use super::Style;
use super::docs::{Docs, docs};
use super::entry::{Line, join, label};
use super::listed::lines;
use super::marker::note_id;
use super::voice;
use crate::compare::history::{Release, Skipped};
use crate::report::Change;
use crate::text;

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

impl Section {
    /// The section of a release; of its facts only those that `wanted` takes.
    pub(super) fn new(release: &Release, style: Style<'_>, wanted: &dyn Fn(&str) -> bool) -> Self {
        let mut groups: IndexMap<&str, (IndexMap<String, Line>, Vec<Docs>)> =
            GROUPS.iter().map(|&key| (key, Default::default())).collect();
        for api in &release.report.apis {
            let spoken =
                |change: &Change| voice::notice(&change.fingerprint, release, style).map(|it| it.front.id.as_str());
            let lines = lines(api, style, &spoken).into_iter().filter(|(_, line)| line.ids.iter().any(|id| wanted(id)));
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

fn note(skipped: &Skipped, style: Style<'_>) -> Note {
    let what = if style.several { format!("{}: {}", skipped.api, skipped.message) } else { skipped.message.clone() };
    let key = if skipped.partly { "partly-unreadable" } else { "unreadable" };
    let text = text::put(&text::ui(style.lang, key), &[("what", &what)]);
    Note { id: note_id(&skipped.api, &skipped.release, &skipped.message), text }
}
