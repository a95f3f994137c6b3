//! The result of the gate: everything that is printed, posted or written is made of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Finding};
use crate::config::Naming;
use crate::report::Report;
use crate::rules::Level;

/// What the gate says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It may.
    Open,
    /// It may not, yet.
    Closed,
    /// It could not be told.
    Unknown,
}

impl Decision {
    /// Its name in reports; also the key of its word among the texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

/// What the gate is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// May this be merged?
    Merge,
    /// May this ship today?
    Release,
}

/// A partner that a change waits for, and until when.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Wait {
    /// The day from which it may ship, as far as this goes.
    pub until: Date,
    /// The slug of the partner; `None` for everyone else, and where it only waits for the day that was announced.
    pub partner: Option<String>,
}

/// A change that must be answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judged {
    /// The API and the change, by their place in the report.
    pub at: (usize, usize),
    /// The level at which it is gated.
    pub level: Level,
    /// What answers it.
    pub answer: Option<Answer>,
    /// Whom it waits for where it is asked what may ship; later than today, each partner once.
    pub waits: Vec<Wait>,
    /// The slugs of the partners it touches, sorted.
    pub partners: Vec<String>,
    /// Whether it touches people we do not know.
    pub public: bool,
}

impl Judged {
    /// Whether something is left to be answered.
    pub fn is_open(&self) -> bool {
        !self.answer.as_ref().is_some_and(Answer::is_whole)
    }
}

/// The decision, and all that led to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    /// What was asked.
    pub question: Question,
    /// Whether it is (also) asked what may ship: a release, or a merge that is live at once.
    pub ships: bool,
    /// The two versions as they are written on a command line; none for what a command takes by default.
    pub versions: Vec<String>,
    /// The day of the judgement.
    pub today: Date,
    /// The first day it may ship; only where `ships`, and nothing is unanswered.
    pub first_day: Option<Date>,
    /// What changed.
    pub report: Report,
    /// The changes that must be answered, in the order of the report.
    pub judged: Vec<Judged>,
    /// What else there is to say; what closes stands first.
    pub findings: Vec<Finding>,
    /// The version that `info.version` should have at least, by the place of the API in the report; only of an API that
    /// changed and whose version counts as MAJOR.MINOR.PATCH.
    pub next_versions: BTreeMap<usize, String>,
    /// How what anyone may read speaks of partners.
    pub naming: Naming,
}

impl Check {
    /// The decision.
    pub fn decision(&self) -> Decision {
        let waits = self.ships && self.first_day.is_none_or(|day| day > self.today);
        let closed = self.judged.iter().any(Judged::is_open)
            || !self.judged.is_empty() && waits
            || self.findings.iter().any(|finding| finding.closes);
        if closed { Decision::Closed } else { Decision::Open }
    }
}
