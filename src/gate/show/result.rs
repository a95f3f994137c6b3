//! The result of a check as everybody reads it, `schemas/check.schema.json`: the report of version 1 with what the gate
//! says of it. Every output is made of it, so that a file which one job wrote can be rendered by another.
//!
//! Partners stand in it only as the policy allows: what one job writes, anyone may read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::gate::{Decision, Kind, Question, Why};
pub use crate::report::Touched;
use crate::report::{ApiReport, Change, Coverage, Operation, Problem, Report, Summary, Verdict, Version};
use crate::rules::Level;

/// The result of `preavis check`. It is also a report of version 1.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Result of preavis check", description = "What the gate says; also a report of version 1.")]
pub struct CheckReport {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// Whether it may.
    pub decision: Decision,
    /// What was asked.
    pub question: Question,
    /// Whether it was (also) asked what may ship.
    pub ships: bool,
    /// The day of the judgement.
    #[schemars(with = "String")]
    pub today: Date,
    /// The first day it may ship; null where that was not asked, or something is not answered.
    #[schemars(with = "Option<String>")]
    pub first_day: Option<Date>,
    /// The version that `info.version` should have at least, where that is said of one API only.
    pub next_version: Option<String>,
    /// Why it could not be told, in English; null where it could.
    pub message: Option<String>,
    /// The way out of that.
    pub advice: Option<String>,
    /// The two versions as they are written on a command line; none for what commands take by default.
    pub versions: Vec<String>,
    /// The commands that answer everything that is open at once; none where fewer than two changes are.
    pub commands: Vec<String>,
    /// What else there is to say; what closes the gate stands first.
    pub findings: Vec<Found>,
    /// What was compared from.
    pub base: Version,
    /// What was compared to.
    pub head: Version,
    /// Counts over all APIs.
    pub summary: Summary,
    /// The highest level present.
    pub verdict: Verdict,
    /// One entry an API.
    pub apis: Vec<CheckedApi>,
}

/// One API, judged.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CheckedApi {
    /// The id of the API.
    pub id: String,
    /// The id that it had in this version of a history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then_id: Option<String>,
    /// The path of its root document.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The format and version it is written in.
    pub format: String,
    /// How much of the contract could be compared.
    pub coverage: Coverage,
    /// Odd spots of the documents.
    pub problems: Vec<Problem>,
    /// The version that `info.version` should have at least; null where it does not count as MAJOR.MINOR.PATCH.
    pub next_version: Option<String>,
    /// One entry a cause.
    pub changes: Vec<CheckedChange>,
    /// The distinct sets of operations that changes reach, by key.
    #[schemars(with = "BTreeMap<String, Vec<Operation>>")]
    pub reaches: indexmap::IndexMap<String, Vec<Operation>>,
}

/// One change, judged.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CheckedChange {
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
    /// The level at which it must be answered; null where it need not be.
    pub gated: Option<Level>,
    /// What answers it.
    pub answer: Option<Answered>,
    /// What else answers changes that the entry speaks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_answers: Vec<Answered>,
    /// The fingerprints of the changes it speaks for that are not answered, where others are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_parts: Vec<String>,
    /// Whom it waits for, the soonest first; only where it is asked what may ship.
    pub waits: Vec<Waiting>,
    /// Whom it touches; null where it need not be answered.
    pub touches: Option<Touched>,
    /// The commands that answer it, the better one first; none where nothing is open.
    pub commands: Vec<String>,
}

/// How a change is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// A notice announces it; `id` is that of the notice, `until` the planned day.
    Notice,
    /// People let it through; `id` is the file, `until` the last day on which that holds.
    Acceptance,
    /// It touches nobody; `by` says how that is known, `declared` or `observed`.
    Untouched,
    /// Its stability promises nothing; `id` is the word in the document.
    Exempt,
    /// It takes back what a notice had announced; `id` is that of the notice.
    Restored,
}

/// What answers a change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Answered {
    /// How it is answered.
    pub kind: AnswerKind,
    /// By what, as `kind` says.
    pub id: Option<String>,
    /// Who accepts, or how it is known that nobody is touched.
    pub by: Option<String>,
    /// The day that `kind` speaks of.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Why it was accepted.
    pub why: Option<Why>,
    /// Whether the notice was announced; false is a draft.
    pub announced: Option<bool>,
    /// The operations that a notice does not speak of: as long as there are some, the change is open.
    pub open_operations: Vec<String>,
}

/// Of whom a wait speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// A partner.
    Partner,
    /// Everyone else who calls the API.
    Public,
    /// The policy does not let it be said, or it is the announced day alone that it waits for.
    Unsaid,
}

/// Whom a change waits for, and until when.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// The day from which it may ship, as far as this goes.
    #[schemars(with = "String")]
    pub until: Date,
    /// Of whom this speaks.
    pub who: Who,
    /// The slug of the partner, where the policy lets it be named.
    pub partner: Option<String>,
}

/// What the gate says beside the changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Whether the gate is closed by it.
    pub closes: bool,
    /// What it is about: a notice, a file, a place, as the kind says.
    pub subject: String,
    /// A file of head in which it can be shown.
    pub file: Option<String>,
    /// The sentence, in the language asked for; names stand between backticks.
    pub message: String,
    /// The way out, where there is one.
    pub advice: Option<String>,
    /// The commands of the way out.
    pub commands: Vec<String>,
    /// The placeholders of both, so that they can be said in another language.
    pub args: BTreeMap<String, String>,
}

impl Answered {
    /// Whether it answers all of the change.
    pub fn is_whole(&self) -> bool {
        self.kind != AnswerKind::Notice || self.open_operations.is_empty()
    }
}

impl CheckedChange {
    /// Whether something of it is left to be answered.
    pub fn is_open(&self) -> bool {
        self.gated.is_some() && !(self.open_parts.is_empty() && self.answer.as_ref().is_some_and(Answered::is_whole))
    }

    /// Whether it is answered and waits for a day.
    pub fn is_waiting(&self) -> bool {
        self.gated.is_some() && !self.is_open() && !self.waits.is_empty()
    }

    /// Whether it is answered and waits for nothing.
    pub fn is_answered(&self) -> bool {
        self.gated.is_some() && !self.is_open() && self.waits.is_empty()
    }
}

impl CheckedApi {
    /// The API of a plain report, without its changes: what an entry needs to know of it.
    pub(super) fn plain(&self) -> ApiReport {
        ApiReport {
            id: self.id.clone(),
            then_id: self.then_id.clone(),
            path: self.path.clone(),
            title: self.title.clone(),
            format: self.format.clone(),
            coverage: self.coverage,
            problems: Vec::new(),
            changes: Vec::new(),
            reaches: self.reaches.clone(),
        }
    }

    /// The API of a plain report, with some of its changes.
    pub(super) fn with(&self, wanted: fn(&CheckedChange) -> bool) -> ApiReport {
        let changes = self.changes.iter().filter(|change| wanted(change)).map(|it| it.change.clone()).collect();
        ApiReport { changes, ..self.plain() }
    }

    /// Every operation that a change of it reaches.
    pub(super) fn operations<'a>(&'a self, change: &'a Change) -> &'a [Operation] {
        self.reaches.get(&change.reach).unwrap_or(&change.operations)
    }
}

/// A change with its API.
pub(super) type Judged<'a> = (&'a CheckedApi, &'a CheckedChange);

impl CheckReport {
    /// Whether nothing is left to be done but to wait for a day.
    pub fn is_waiting(&self) -> bool {
        let open = self.changes().any(|(_, change)| change.is_open()) || self.findings.iter().any(|found| found.closes);
        self.decision == Decision::Closed && !open
    }

    /// Every change with its API, in the order of the report.
    pub(super) fn changes(&self) -> impl Iterator<Item = Judged<'_>> {
        self.apis.iter().flat_map(|api| api.changes.iter().map(move |change| (api, change)))
    }

    /// The changes that must be answered and are such, the worst first.
    pub(super) fn gated(&self, such: fn(&CheckedChange) -> bool) -> Vec<Judged<'_>> {
        let mut out: Vec<_> = self.changes().filter(|(_, change)| change.gated.is_some() && such(change)).collect();
        out.sort_by_key(|(_, change)| change.gated);
        out
    }

    /// The plain report without its APIs.
    pub(super) fn bare(&self) -> Report {
        let (base, head) = (self.base.clone(), self.head.clone());
        let (summary, verdict) = (self.summary, self.verdict);
        Report { version: self.version, base, head, summary, verdict, filtered: None, apis: Vec::new() }
    }

    /// The findings that close the gate, or those that do not.
    pub(super) fn findings(&self, closes: bool) -> impl Iterator<Item = &Found> {
        self.findings.iter().filter(move |found| found.closes == closes)
    }
}

/// The JSON Schema of [`CheckReport`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn check_schema() -> String {
    crate::json_schema::of_output::<CheckReport>()
}
