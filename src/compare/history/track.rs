//! One API through a history: what its document was when last readable, and what the next stop changes.

use std::rc::Rc;

use jiff::civil::Date;

use super::recall::{self, Answers};
use super::stops::Stop;
use crate::compare::cache::{Kept, Place};
use crate::compare::one::{Called, Proofs, Sides, changes, reported};
use crate::compare::{Api, Asked, Contracts, FORMER, Purse};
use crate::contract::Contract;
use crate::diff::{self, Across, Change, Changes};
use crate::report::ApiReport;
use crate::schema::{self, Share};
use crate::spec::Problem;

/// A release tells at most so many fingerprints that its changes had under other ids.
const FINGERPRINTS: usize = 100_000;

/// One API on its way through a history.
pub(super) struct Track<'a> {
    api: &'a Api,
    asked: Asked<'a>,
    former: Vec<String>,
    /// The path of the document when last looked at.
    path: &'a str,
    /// The id that it had there.
    id: &'a str,
    answers: Answers,
    /// The contract when last readable.
    last: Option<Known>,
    /// The one before parts of it could not be read any more, until they can.
    whole: Option<Rc<Contract>>,
    /// Why the version last looked at, or a part of it, cannot be read.
    broken: Option<String>,
    /// The one before, until it is asked for.
    passed: Option<Known>,
    /// A version without the document was seen, so that the next one with it is new.
    was_absent: bool,
    was_read: bool,
}

/// A contract, and the stops from the first to the last that are known to have it.
pub(super) struct Known {
    pub(super) contract: Rc<Contract>,
    /// What stands for its content.
    pub(super) id: Option<Rc<str>>,
    pub(super) first: usize,
    last: usize,
}

/// What a stop says of one API.
pub(super) enum Step {
    /// Nothing worth a word.
    Nothing,
    /// It changed since the stop of that index; or, with no change in the list, a part of it cannot be read any more. A
    /// version before the last one may speak for what the last one could not say: then it is not of these two alone.
    Changed { since: usize, report: Box<ApiReport>, lost: Option<String>, of_two: bool },
    /// It cannot be read, for this reason.
    Unreadable(String),
}

impl Step {
    /// What differs between the version and the one before, whole.
    pub(super) fn of_the_two(&self) -> Option<&ApiReport> {
        match self {
            Self::Changed { report, of_two: true, .. } => Some(report),
            Self::Changed { .. } | Self::Nothing | Self::Unreadable(_) => None,
        }
    }
}

impl<'a> Track<'a> {
    pub(super) fn new(api: &'a Api, asked: Asked<'a>) -> Self {
        Self {
            api,
            asked,
            former: asked.former(api),
            path: "",
            id: "",
            answers: Answers::default(),
            last: None,
            whole: None,
            broken: None,
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

    /// Why the newest version, or a part of it, cannot be read.
    pub(super) fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// The contract that stands.
    pub(super) fn standing(&self) -> Option<&Known> {
        self.last.as_ref()
    }

    pub(super) fn step(&mut self, index: usize, stop: &Stop, contracts: &mut Contracts, purse: &mut Purse) -> Step {
        let Some(place) = self.api.place(index) else { return self.gone(stop, purse) };
        if self.path == place.path && self.answers.hold_in(&*stop.files) {
            // Of what cannot be read the same again says nothing.
            if let Some(known) = self.last.as_mut().filter(|known| known.last + 1 == index) {
                known.last = index;
            }
            return Step::Nothing;
        }
        let (read, answers) = recall::read(contracts, &*stop.files, &place.path);
        let document: Option<Rc<str>> = answers.id(&place.path).map(Into::into);
        (self.path, self.id, self.answers) = (&place.path, &place.id, answers);
        let head = match read {
            Ok(head) => head,
            Err(error) => {
                self.broken = Some(error.to_string());
                return Step::Unreadable(error.to_string());
            }
        };
        self.was_read = true;
        let before = self.last.take();
        let since = before.as_ref().map_or(index.saturating_sub(1), |known| known.last);
        let documents = [before.as_ref().and_then(|known| known.id.as_deref()), document.as_deref()];
        let base = before.as_ref().map(|known| Rc::clone(&known.contract));
        let said = match base {
            None if !self.was_absent => Step::Nothing,
            None => self.alone(Sides { base: None, head: Some(&head) }, (stop.date, since), purse),
            Some(base) => self.recalled((&base, &head), documents, (stop.date, since), purse),
        };
        self.broken = match &said {
            Step::Changed { lost: Some(lost), .. } => Some(lost.clone()),
            Step::Changed { .. } | Step::Nothing | Step::Unreadable(_) => {
                self.broken.take().filter(|_| self.whole.is_some())
            }
        };
        self.last = Some(Known { contract: Rc::new(head), id: document, first: index, last: index });
        self.passed = before;
        said
    }

    /// A stop without the document.
    fn gone(&mut self, stop: &Stop, purse: &mut Purse) -> Step {
        self.was_absent = true;
        self.answers = Answers::default();
        let Some(known) = self.last.take() else { return Step::Nothing };
        (self.whole, self.broken) = (None, None);
        let said = self.alone(Sides { base: Some(&known.contract), head: None }, (stop.date, known.last), purse);
        self.passed = Some(known);
        said
    }

    /// Two versions, of which an earlier run may have kept what they say. Only where no version before has a say.
    fn recalled(
        &mut self,
        (base, head): (&Rc<Contract>, &Contract),
        documents: [Option<&str>; 2],
        (today, since): (Date, usize),
        purse: &mut Purse,
    ) -> Step {
        let share = purse.share([base, head]);
        let then_id = Some(self.id).filter(|then| *then != self.api.id);
        let (former, title) = (self.former.clone(), self.api.title.as_deref());
        let called = Called { id: &self.api.id, then_id, former: &former, path: self.path, title };
        let place = Place::of(self.asked, documents, called, (today, share)).filter(|_| self.whole.is_none());
        if let Some(Kept { report, spent }) = place.as_ref().and_then(Place::get) {
            purse.pay(spent);
            let step = |report| Step::Changed { since, report: Box::new(report), lost: None, of_two: true };
            return report.map_or(Step::Nothing, step);
        }
        let (said, spent) = self.compared(base, head, (today, since), purse);
        // What cannot be read is told with versions before and after in mind.
        let kept = match &said {
            Step::Nothing => Some(None),
            Step::Changed { report, of_two: true, .. } => Some(Some(report.as_ref().clone())),
            Step::Changed { .. } | Step::Unreadable(_) => None,
        };
        let spent = spent.filter(|_| self.whole.is_none());
        if let (Some(place), Some(report), Some(spent)) = (place, kept, spent) {
            place.put(&Kept { report, spent });
        }
        said
    }

    /// Two versions. What cannot be read in one of them is told as that, and no change: where it can be read again, the
    /// version before speaks for it.
    fn compared(
        &mut self,
        base: &Rc<Contract>,
        head: &Contract,
        (today, since): (Date, usize),
        purse: &mut Purse,
    ) -> (Step, Option<Share>) {
        let sides = |base| Sides { base: Some(base), head: Some(head) };
        let whole = self.whole.clone();
        let Across { mut now, since: again } = if let Some(whole) = &whole {
            let share = purse.share([base, head]);
            let stability = self.asked.config.gate.stability.order();
            let options = diff::Options { today, share, stability: &stability };
            let found = diff::across(whole, base, head, &options);
            purse.pay(found.now.spent.plus(found.since.spent));
            found
        } else {
            let now = changes(sides(base), self.asked, (today, Proofs::NotTried), purse);
            Across { now, since: Changes::default() }
        };
        let unread = now.list.iter().any(Change::is_unread);
        // Where something cannot be read, this is not of these two alone.
        let spent = Some(now.spent).filter(|_| !unread);
        let lost = newly_lost(base, head, unread);
        if unread && lost.is_some() {
            self.whole.get_or_insert_with(|| Rc::clone(base));
        }
        // What no version before could be read of is not known to be the same: that stays to be told.
        if unread && (lost.is_some() || whole.is_some()) {
            now.leave_out(Change::is_unread);
        }
        if self.whole.as_ref().is_some_and(|whole| newly_lost(whole, head, true).is_none()) {
            self.whole = None;
        }
        if now.list.is_empty() && again.list.is_empty() && lost.is_none() {
            return (Step::Nothing, spent);
        }
        let of_two = whole.is_none() && lost.is_none();
        let mut report = self.report(sides(base), &now);
        if !again.list.is_empty() {
            report = report.joined(self.report(sides(whole.as_deref().unwrap_or(base)), &again));
        }
        (Step::Changed { since, report: Box::new(report), lost, of_two }, spent)
    }

    /// A version without one before, or without one after.
    fn alone(&self, sides: Sides<'_>, (today, since): (Date, usize), purse: &mut Purse) -> Step {
        let changes = changes(sides, self.asked, (today, Proofs::NotTried), purse);
        if changes.list.is_empty() {
            return Step::Nothing;
        }
        Step::Changed { since, report: Box::new(self.report(sides, &changes)), lost: None, of_two: false }
    }

    fn report(&self, sides: Sides<'_>, changes: &Changes) -> ApiReport {
        let title = self.api.title.as_deref();
        let then_id = Some(self.id).filter(|then| *then != self.api.id);
        let others = self.former.iter().filter(|id| Some(id.as_str()) != then_id).cloned();
        let most = (FINGERPRINTS / changes.list.len().max(1)).clamp(1, FORMER);
        let former: Vec<String> = then_id.map(str::to_owned).into_iter().chain(others).take(most).collect();
        let called = Called { id: &self.api.id, then_id, former: &former, path: self.path, title };
        reported(sides, changes, called, self.asked)
    }
}

/// The first place that operations need and that cannot be read any more, as `file:line:column: message`; where a value
/// is no such object at all (`unread`), the first such problem.
fn newly_lost(base: &Contract, head: &Contract, unread: bool) -> Option<String> {
    let lost = schema::reached_holes(head);
    let holes = lost.into_iter().filter_map(|ix| head.problems.get(ix));
    let inline = head.found().iter().filter(|_| unread);
    let known =
        |hole: &Problem| base.problems.iter().any(|old| (&old.file, &old.message) == (&hole.file, &hole.message));
    let hole = holes.chain(inline).find(|hole| !known(hole))?;
    Some(format!("{}:{}:{}: {}", hole.file, hole.line, hole.column, hole.message))
}
