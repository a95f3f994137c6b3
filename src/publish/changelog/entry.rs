//! One entry as templates see it, with the facts it names. It takes in what belongs to it: the other end of a rename, the
//! other side of the same edit. Nothing is judged here.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::Style;
use super::voice::Voice;
use crate::render::view::Entry;
use crate::report::{ApiReport, Change};
use crate::rules::{self, Level};
use crate::text;

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(in crate::publish) struct Line {
    /// The fingerprints it speaks of, as they are, or were, published.
    pub(in crate::publish) ids: Vec<String>,
    /// The same of today.
    #[serde(skip)]
    pub(in crate::publish) now: Vec<String>,
    /// The title of the API, where there are several.
    pub(super) api: Option<String>,
    /// `Breaking:`
    pub(super) mark: Option<String>,
    pub(in crate::publish) entry: Entry,
    /// The operations it reaches; none where the sentence names the only one.
    #[serde(skip)]
    pub(super) reached: Reached,
    /// The first of them.
    pub(super) operations: Vec<String>,
    /// `and 9 more`
    pub(super) more: Option<String>,
    /// Whether before and after are short enough to be shown.
    pub(in crate::publish) values: bool,
    /// The same edit on the other side; all changes where a notice speaks for them.
    pub(in crate::publish) also: Vec<String>,
    /// The notice that speaks for it.
    pub(super) voice: Option<Voice>,
}

/// The operations an entry reaches: sets that entries of the same causes share.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Reached(Vec<Rc<[String]>>);

impl Reached {
    /// The operations of one change.
    pub(super) fn of(set: Rc<[String]>) -> Self {
        Self(vec![set])
    }

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
pub(super) fn label(style: Style<'_>, word: &str) -> String {
    text::labelled(style.lang, word, "")
}

/// Adds an entry, or lets one that differs in nothing but the operations speak for it.
pub(super) fn join(entries: &mut IndexMap<String, Line>, line: Line) {
    match entries.entry(line.words()) {
        indexmap::map::Entry::Occupied(mut known) => known.get_mut().take(line),
        indexmap::map::Entry::Vacant(free) => drop(free.insert(line)),
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
