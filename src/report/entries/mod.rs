//! Which changes one entry speaks for: values of one list, equal sentences with their places, the two sides of one edit,
//! what went and what came in its place. One rule for every output. Joining is presentation: what decides (the gate,
//! notices, the history) looks at the changes by themselves, and no fingerprint hangs on it.

use std::collections::BTreeMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::{ApiReport, At, Change, Operation, Proof, Report};
use crate::rules::Level;
use crate::text::{Arg, Args, Lang};

pub use say::{Said, said};
pub(crate) use say::{summary, values};

mod groups;
mod merge;
mod reach;
mod say;
mod shown;

/// One of the changes that an entry speaks for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Part {
    /// The identity of the change.
    pub fingerprint: String,
    /// What it was under the ids that the API had before its document moved, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub former_fingerprints: BTreeMap<String, String>,
    /// The id of its rule.
    pub rule: String,
    /// How much it matters to partners by itself.
    pub level: Level,
    /// What it is about: a value of a list, a member, a parameter; empty where the place says it all.
    pub subject: String,
    /// What stood there before, where the sentence names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// What stands there now, where the sentence names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The placeholders of its sentence that are others than those of the entry.
    #[serde(default, skip_serializing_if = "Args::is_empty")]
    pub args: Args,
    /// How sure it is, where it is otherwise than the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// Where it lies, where that is another place than that of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// The first 20 operations it reaches, where those are not all that the entry reaches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

impl Report {
    /// The same report with one entry a cause; counts are those of the entries, and of the changes they speak for
    /// (`occurrences`). The language is that of its sentences.
    #[must_use]
    pub fn in_entries(&self, lang: Lang) -> Self {
        let apis: Vec<ApiReport> = self.apis.iter().map(|api| api.in_entries(lang, &|_| ())).collect();
        let (summary, verdict) = Self::summarise(&apis);
        Self {
            version: self.version,
            base: self.base.clone(),
            head: self.head.clone(),
            summary,
            verdict,
            filtered: self.filtered.clone(),
            apis,
        }
    }
}

impl ApiReport {
    /// The same API with one entry a cause, in the order of the report: an entry stands where its worst change stands.
    /// Changes for which `apart` says different things are never one entry. What is in entries already stays as it is.
    #[must_use]
    pub(crate) fn in_entries<K: Copy + Eq + Hash>(&self, lang: Lang, apart: &dyn Fn(&Change) -> K) -> Self {
        if self.changes.iter().any(|change| !change.parts.is_empty()) {
            return self.clone();
        }
        let mut reaches = reach::Reaches::of(self);
        let entry = |group: Vec<usize>| merge::entry(self, &group, lang, &mut reaches);
        let changes = groups::of(self, apart).into_iter().filter_map(entry).collect();
        Self { reaches: reaches.used(), ..self.with(changes) }
    }

    /// How many entries speak of the documentation alone.
    pub(crate) fn docs_entries(&self) -> u64 {
        let docs = |ix: &usize| self.changes[*ix].level == Level::Docs;
        if self.changes.iter().any(|change| !change.parts.is_empty()) {
            return (0..self.changes.len()).filter(docs).count() as u64;
        }
        groups::of(self, &|_| ()).iter().filter(|group| group.iter().all(docs)).count() as u64
    }
}

/// What a sentence names, as text: `value`, else the member, else the parameter.
fn subject(args: &Args) -> String {
    ["value", "property", "parameter", "header", "status", "name"]
        .iter()
        .find_map(|name| text(args, name))
        .unwrap_or_default()
}

/// A placeholder as text; `None` where there is none, or where it is no name.
fn text(args: &Args, name: &str) -> Option<String> {
    match args.get(name)? {
        Arg::Code(text) => Some(text.clone()),
        Arg::Count(count) => Some(count.to_string()),
        Arg::Term { term } => Some(term.clone()),
        Arg::Named { name, .. } => Some(name.clone()),
        Arg::Spot { .. } => None,
    }
}
