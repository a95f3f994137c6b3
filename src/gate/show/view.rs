//! What the templates of a check see: finished values in the order in which they are read; `gather` fills them.
//!
//! As in `render::view`, names and texts of documents stand in it as they are, and a template writes them with a helper.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::render::view::{Entry, ProblemView};

/// How much of a check a view holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    /// The most changes; what is open goes first, then what waits.
    pub(super) changes: usize,
    /// The most findings of each kind, those that close and the others.
    pub(super) findings: usize,
    /// The most APIs of which it is said what could not be checked.
    pub(super) apis: usize,
}

impl Shape {
    /// Everything.
    pub(super) const WHOLE: Self = Self { changes: usize::MAX, findings: usize::MAX, apis: usize::MAX };
}

/// A check as templates see it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct View {
    /// Fixed words by name, with `_` for `-`.
    pub(super) words: BTreeMap<String, String>,
    /// How the decision is painted.
    pub(super) paint: &'static str,
    /// Its mark.
    pub(super) icon: &'static str,
    /// What this is: `API contract gate`.
    pub(super) title: &'static str,
    /// `closed: 1 breaking change is not answered`
    pub(super) decision: String,
    /// What was asked.
    pub(super) question: &'static str,
    /// The day.
    pub(super) today: String,
    /// The way out where it could not be told.
    pub(super) advice: Option<String>,
    /// What was compared; nothing where nothing could be.
    pub(super) compared: Option<String>,
    /// The version that `info.version` should have, where one is told.
    pub(super) versions: Vec<String>,
    /// What is not answered.
    pub(super) open: Vec<Item>,
    /// The commands that answer all of that at once.
    pub(super) commands: Vec<String>,
    /// Findings that close.
    pub(super) closing: Vec<FoundView>,
    /// `and 9 more`, of them.
    pub(super) more_closing: Option<String>,
    /// What waits.
    pub(super) waiting: Vec<Item>,
    /// What is answered.
    pub(super) answered: Vec<Item>,
    /// `and 9 more`, of changes that are open, wait or are answered.
    pub(super) more_changes: Option<String>,
    /// Findings that do not close.
    pub(super) told: Vec<FoundView>,
    /// `and 9 more`, of them.
    pub(super) more_told: Option<String>,
    /// How many changes need no answer.
    pub(super) ungated: Option<String>,
    /// What could not be checked, an API each.
    pub(super) blind: Vec<Blind>,
    /// `and 9 more`, of APIs.
    pub(super) more_blind: Option<String>,
    /// How many changes are unproven.
    pub(super) unproven: Option<String>,
}

/// One change that must be answered.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Item {
    /// As a report of changes shows it.
    pub(super) entry: Entry,
    /// The mark of the level at which it is gated.
    pub(super) icon: &'static str,
    /// The API, where there are several.
    pub(super) api: Option<String>,
    /// Whom it touches.
    pub(super) touches: Option<String>,
    /// The same with its label: `Touches: 2 partners`
    pub(super) touched: Option<String>,
    /// What answers it.
    pub(super) answer: Option<String>,
    /// What of it is left.
    pub(super) partly: Option<String>,
    /// Until when it waits, a phrase a day.
    pub(super) waits: Vec<String>,
    /// What answers it, or ends the wait.
    pub(super) commands: Vec<String>,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct FoundView {
    /// The sentence.
    pub(super) message: String,
    /// The way out.
    pub(super) advice: Option<String>,
    /// Its commands.
    pub(super) commands: Vec<String>,
}

/// What of one API could not be checked.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Blind {
    /// Its title.
    pub(super) title: String,
    /// The path of its document.
    pub(super) path: String,
    /// How much could be compared.
    pub(super) coverage: String,
    /// Odd spots.
    pub(super) problems: Vec<ProblemView>,
    /// `and 9 more`, of odd spots.
    pub(super) more: Option<String>,
}
