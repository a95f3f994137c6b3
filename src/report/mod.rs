//! The border: the serialisable result of a comparison, owned and readable; nothing right of here knows a document.
//!
//! The JSON form is published as `schemas/report.schema.json` and grows only by additions within version 1.
//! `assemble` is the only place where positions in a document become files, lines and JSON.

use serde::{Deserialize, Serialize};

use crate::rules::Level;
use crate::text::Lang;

#[cfg(feature = "internals")]
pub use assemble::{ApiInput, assemble};
#[cfg(not(feature = "internals"))]
pub(crate) use assemble::{ApiInput, assemble};
pub use change::{At, Change, Effect, Hint, Operation, Place, Proof, Side, Source, Touched, Witness};
pub use entries::Part;
#[cfg(feature = "internals")]
pub use entries::{Said, said};
#[cfg(not(feature = "internals"))]
pub(crate) use entries::{Said, said};
pub(crate) use entries::{summary, values};
pub use summary::{Occurrences, Summary};

mod api;
mod assemble;
mod change;
mod coverage;
mod entries;
mod excerpt;
mod position;
mod problems;
mod shown;
mod summary;

/// The result of a comparison of two versions: one report, any number of APIs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Report {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// What was compared from.
    pub base: Version,
    /// What was compared to.
    pub head: Version,
    /// Counts over all APIs; nothing is left out of them.
    pub summary: Summary,
    /// The highest level present.
    pub verdict: Verdict,
    /// What these changes are of all there are; only where some were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filtered: Option<Filtered>,
    /// One entry an API.
    pub apis: Vec<ApiReport>,
}

/// Which changes were asked for, and what that leaves out: only those that reach an operation at one of the paths that has
/// one of the tags, or that name no operation. Counts, verdict and list are of what is left.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Filtered {
    /// Patterns of paths; none: every path.
    pub paths: Vec<String>,
    /// Tags; none: every operation.
    pub tags: Vec<String>,
    /// Counts of what is left out.
    pub left_out: Summary,
}

/// One of the two versions compared.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Version {
    /// As it was asked for: a ref, a path, an address.
    pub label: String,
    /// The full id of the commit, null outside git.
    pub commit: Option<String>,
    /// The date of the commit (`2024-05-14`), null outside git.
    pub date: Option<String>,
}

/// The highest level present, or `none`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Something that worked is refused, or decodes no more.
    Breaking,
    /// May harm a strict reader or an inattentive caller; or is not decided.
    Risky,
    /// New possibilities; nothing that worked changes.
    Additive,
    /// Nothing on the wire.
    Docs,
    /// No change at all.
    None,
}

/// One API, compared.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct ApiReport {
    /// The id of the API, from configuration or from its path.
    pub id: String,
    /// The id that it had in this version of a history, where its document moved since: what was published of the version
    /// then is known by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then_id: Option<String>,
    /// The path of its root document.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The format and version it is written in, of head where it exists, e.g. `openapi 3.0.1`.
    pub format: String,
    /// How much of the contract could be compared.
    pub coverage: Coverage,
    /// Odd spots of the documents.
    pub problems: Vec<Problem>,
    /// One entry a cause, ordered by level, operation or component, and path.
    pub changes: Vec<Change>,
    /// The distinct sets of operations that changes reach, by key.
    #[schemars(with = "std::collections::BTreeMap<String, Vec<Operation>>")]
    pub reaches: indexmap::IndexMap<String, Vec<Operation>>,
}

/// How much of the contract could be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Coverage {
    /// Operations of head (of base where the API is gone).
    pub operations: u64,
    /// Success responses that declare no schema: nothing can be said about them.
    pub responses_without_schema: u64,
    /// References that lead nowhere.
    pub unresolved_refs: u64,
}

/// An odd spot of a document.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Problem {
    /// The file, relative to the root of its version.
    pub file: String,
    /// The line, from 1; 0 where none is known.
    pub line: u64,
    /// The column, from 1; 0 where none is known.
    pub column: u64,
    /// What is odd, in English.
    pub message: String,
}

impl From<Level> for Verdict {
    fn from(level: Level) -> Self {
        match level {
            Level::Breaking => Self::Breaking,
            Level::Risky => Self::Risky,
            Level::Additive => Self::Additive,
            Level::Docs => Self::Docs,
        }
    }
}

impl Verdict {
    /// The level, `None` where nothing changed.
    pub fn level(self) -> Option<Level> {
        Level::ALL.into_iter().find(|&level| Self::from(level) == self)
    }
}

impl Report {
    /// The report of some APIs, counted.
    pub fn new(base: Version, head: Version, apis: Vec<ApiReport>) -> Self {
        let (summary, verdict) = Self::summarise(&apis);
        Self { version: 1, base, head, summary, verdict, filtered: None, apis }
    }
    /// The counts over some APIs and the highest level present.
    pub fn summarise(apis: &[ApiReport]) -> (Summary, Verdict) {
        let summary = apis.iter().map(Summary::of_api).fold(Summary::default(), Summary::plus);
        (summary, summary.verdict())
    }
    /// The report of some of its changes; APIs without any are left out.
    #[must_use]
    pub fn only(&self, wanted: &dyn Fn(&Change) -> bool) -> Self {
        let apis = self.apis.iter().map(|api| api.only(wanted)).filter(|api| !api.changes.is_empty());
        Self::new(self.base.clone(), self.head.clone(), apis.collect())
    }
    /// The report of the changes that reach what was asked for, which says so.
    #[must_use]
    pub(crate) fn filtered(&self, paths: Vec<String>, tags: Vec<String>, wanted: &dyn Fn(&Change) -> bool) -> Self {
        let only = self.only(wanted);
        let entries = |report: &Self| report.in_entries(Lang::En).summary;
        let left_out = entries(self).minus(entries(&only));
        Self { filtered: Some(Filtered { paths, tags, left_out }), ..only }
    }
    /// The same report with its sentences in another language; those of rules this version does not know stay.
    #[must_use]
    pub fn say_in(mut self, lang: Lang) -> Self {
        for change in self.apis.iter_mut().flat_map(|api| &mut api.changes) {
            change.summary = summary(lang, change);
        }
        self
    }
}

/// The JSON Schema of [`Report`], as published; ends with a line break.
pub fn report_schema() -> String {
    crate::json_schema::of_output::<Report>()
}
