//! One API through a history: what its document was when last readable, and what the next stop changes.

use super::recall::{Answers, Recall};
use super::stops::Stop;
use crate::compare::one::{Called, Proofs, Sides, changes, reported};
use crate::compare::{Api, Asked, Contracts};
use crate::contract::Contract;
use crate::report::ApiReport;
use crate::schema;
use crate::spec::Problem;

/// The loads whose files stay on the shelf: what neither the last nor the current version names is dropped.
const KEPT: u64 = 2;

/// One API on its way through a history.
pub(super) struct Track<'a> {
    api: &'a Api,
    asked: Asked<'a>,
    former: Vec<String>,
    contracts: Contracts,
    /// The path of the document when last looked at.
    path: &'a str,
    /// The id that it had there.
    id: &'a str,
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
    pub(super) fn new(api: &'a Api, asked: Asked<'a>) -> Self {
        Self {
            api,
            asked,
            former: api.former(),
            contracts: Contracts::default(),
            path: "",
            id: "",
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

    pub(super) fn step(&mut self, index: usize, stop: &Stop) -> Step {
        let Some(place) = self.api.place(index) else { return self.gone(stop) };
        if self.path == place.path && self.answers.hold_in(&*stop.files) {
            // Of what cannot be read the same again says nothing.
            if let Some(known) = self.last.as_mut().filter(|known| known.last + 1 == index) {
                known.last = index;
            }
            return Step::Nothing;
        }
        let recall = Recall::new(&*stop.files);
        let read = self.contracts.read(&recall, &place.path);
        (self.path, self.id, self.answers) = (&place.path, &place.id, recall.into_answers());
        self.contracts.keep_last(KEPT);
        let head = match read {
            Ok(head) => head,
            Err(error) => return Step::Unreadable(error.to_string()),
        };
        self.was_read = true;
        let before = self.last.take();
        let since = before.as_ref().map_or(index.saturating_sub(1), |known| known.last);
        let base = before.as_ref().map(|known| &known.contract);
        let said = if base.is_none() && !self.was_absent {
            Step::Nothing
        } else {
            self.said(Sides { base, head: Some(&head) }, stop, since)
        };
        self.last = Some(Known { contract: head, first: index, last: index });
        self.passed = before;
        said
    }

    /// A stop without the document.
    fn gone(&mut self, stop: &Stop) -> Step {
        self.was_absent = true;
        self.answers = Answers::default();
        let Some(known) = self.last.take() else { return Step::Nothing };
        let said = self.said(Sides { base: Some(&known.contract), head: None }, stop, known.last);
        self.passed = Some(known);
        said
    }

    fn said(&self, sides: Sides<'_>, stop: &Stop, since: usize) -> Step {
        let changes = changes(sides, self.asked, stop.date, Proofs::NotTried);
        let lost = sides.base.zip(sides.head).and_then(|(base, head)| newly_lost(base, head));
        if changes.list.is_empty() && lost.is_none() {
            return Step::Nothing;
        }
        let title = self.api.title.as_deref();
        let then_id = Some(self.id).filter(|then| *then != self.api.id);
        let called = Called { id: &self.api.id, then_id, former: &self.former, path: self.path, title };
        Step::Changed { since, report: Box::new(reported(sides, &changes, called, self.asked)), lost }
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
