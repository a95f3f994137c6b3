//! One API through a history: what its document was when last readable, and what the next stop changes.

use std::sync::Arc;

use jiff::civil::Date;

use super::recall::{Answers, Recall};
use super::stops::Stop;
use super::walk::{Api, Reading};
use crate::contract::{self, Contract};
use crate::diff::{self, Changes};
use crate::report::{self, ApiInput, ApiReport, Coverage};
use crate::schema;
use crate::spec::{self, Problem, Shelf, SpecError};

/// The loads whose files stay on the shelf: what neither the last nor the current version names is dropped.
const KEPT: u64 = 2;

/// One API on its way through a history.
pub(super) struct Track<'a> {
    api: &'a Api,
    shelf: Shelf,
    answers: Answers,
    /// The contract when last readable.
    last: Option<Known>,
    /// The one before, until it is asked for.
    passed: Option<Known>,
    /// A version without the document was seen, so that the next one with it is new.
    was_absent: bool,
    was_read: bool,
}

/// A contract, and the stops from the first to the last that are known to have it.
pub(super) struct Known {
    pub(super) contract: Contract,
    pub(super) first: usize,
    last: usize,
}

/// What a stop says of one API.
pub(super) enum Step {
    /// Nothing worth a word.
    Nothing,
    /// It changed since the stop of that index; or, with no change in the list, a part of it cannot be read any more.
    Changed { since: usize, report: Box<ApiReport>, lost: Option<String> },
    /// It cannot be read, for this reason.
    Unreadable(String),
}

impl<'a> Track<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            shelf: Shelf::default(),
            answers: Answers::default(),
            last: None,
            passed: None,
            was_absent: false,
            was_read: false,
        }
    }

    /// Whether a version was ever read.
    pub(super) fn is_readable(&self) -> bool {
        self.was_read
    }

    /// The contract that the last step put another one, or none, in the place of.
    pub(super) fn passed(&mut self) -> Option<Known> {
        self.passed.take()
    }

    /// The contract that stands.
    pub(super) fn standing(&self) -> Option<&Known> {
        self.last.as_ref()
    }

    pub(super) fn step(&mut self, index: usize, stop: &Stop, reading: &Reading<'_>) -> Step {
        if self.answers.hold_in(&*stop.files) {
            // Of what cannot be read the same again says nothing.
            if let Some(known) = self.last.as_mut().filter(|known| known.last + 1 == index) {
                known.last = index;
            }
            return Step::Nothing;
        }
        let recall = Recall::new(&*stop.files);
        let loaded = spec::load(&recall, &self.api.path, &mut self.shelf, &reading.limits);
        self.answers = recall.into_answers();
        self.shelf.keep_last(KEPT);
        let before = self.last.take();
        let head = match loaded {
            Ok(document) => contract::read(Arc::new(document)),
            Err(SpecError::Missing { .. }) => {
                self.was_absent = true;
                let Some(known) = before else { return Step::Nothing };
                let base = &known.contract;
                let report = Box::new(self.report(Some(base), None, &diff::vanished(base), reading));
                let since = known.last;
                self.passed = Some(known);
                return Step::Changed { since, report, lost: None };
            }
            Err(error) => {
                self.last = before;
                return Step::Unreadable(error.to_string());
            }
        };
        self.was_read = true;
        let said = match &before {
            None if self.was_absent => {
                let report = Box::new(self.report(None, Some(&head), &diff::appeared(&head), reading));
                Step::Changed { since: index.saturating_sub(1), report, lost: None }
            }
            None => Step::Nothing,
            Some(known) => self.compare(&known.contract, &head, known.last, stop.date, reading),
        };
        self.last = Some(Known { contract: head, first: index, last: index });
        self.passed = before;
        said
    }

    fn compare(&self, base: &Contract, head: &Contract, since: usize, today: Date, reading: &Reading<'_>) -> Step {
        let changes = diff::compare(base, head, &diff::Options { today });
        let lost = newly_lost(base, head);
        if changes.list.is_empty() && lost.is_none() {
            return Step::Nothing;
        }
        let report = Box::new(self.report(Some(base), Some(head), &changes, reading));
        Step::Changed { since, report, lost }
    }

    fn report(
        &self,
        base: Option<&Contract>,
        head: Option<&Contract>,
        changes: &Changes,
        reading: &Reading<'_>,
    ) -> ApiReport {
        let newest = head.or(base);
        let title = newest.map_or("", |contract| contract.title.as_str());
        report::assemble(&ApiInput {
            id: &self.api.id,
            path: &self.api.path,
            title: self.api.title.as_deref().unwrap_or(title),
            base: base.map(|contract| &*contract.document),
            head: head.map(|contract| &*contract.document),
            changes,
            levels: reading.levels,
            coverage: newest.map(Coverage::of).unwrap_or_default(),
            lang: reading.lang,
        })
    }
}

/// The first place that operations need and that cannot be read any more, as `file:line:column: message`.
fn newly_lost(base: &Contract, head: &Contract) -> Option<String> {
    let lost = schema::reached_holes(head);
    let holes = lost.into_iter().filter_map(|ix| head.problems.get(ix));
    let known =
        |hole: &Problem| base.problems.iter().any(|old| (&old.file, &old.message) == (&hole.file, &hole.message));
    let hole = holes.into_iter().find(|hole| !known(hole))?;
    Some(format!("{}:{}:{}: {}", hole.file, hole.line, hole.column, hole.message))
}
