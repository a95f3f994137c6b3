//! What is known beside the report: of the contracts and partners, and what git remembers.

use std::rc::Rc;

use jiff::civil::Date;

use super::Acceptance;
use crate::notice::{Ack, Notice, NoticeIndex};
use crate::report::{ApiReport, Change, Report};

/// A change of a report.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'r> {
    /// Its API and itself, by their places in the report.
    pub at: (usize, usize),
    /// Its API.
    pub api: &'r ApiReport,
    /// The change.
    pub change: &'r Change,
}

impl Subject<'_> {
    /// Its fingerprint, then those it had under other ids of its API.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.change.ids()
    }

    /// Whether an id is that of its API, or was.
    pub fn is_of(&self, api: &str) -> bool {
        self.api.id == api || self.change.former_fingerprints.contains_key(api)
    }
}

/// A promise as partners could read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Publication {
    /// The first day from which on the notice, announced, promised the change for no earlier day than it does now.
    pub since: Date,
    /// Who has agreed, by what stands where notices become public.
    pub acks: Vec<Ack>,
}

/// Whom a change touches.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Touched {
    /// The slugs of the partners, sorted.
    pub partners: Vec<String>,
    /// Whether logs show that nobody at all calls what it reaches.
    pub unseen: bool,
}

/// What is known beside the report. Each answer may cost a walk through a history, and is asked for only where the decision
/// hangs on it.
pub trait Known<E> {
    /// The operations that a change reaches, as `GET /users/{id}`, each with its tags.
    fn operations(&self, subject: Subject<'_>) -> Vec<(String, Vec<String>)>;
    /// The words of stability at its place: that of the thing itself, else those of all operations it reaches.
    fn stability(&self, subject: Subject<'_>) -> Vec<String>;
    /// Whom it touches.
    fn touched(&self, subject: Subject<'_>) -> Touched;
    /// The days on which a change reached production, oldest first; without production, those on which it reached the
    /// branch that pull requests go to.
    fn shipped(&self, fingerprint: &str) -> Result<Vec<Date>, E>;
    /// Whether a change is in production, as far as it is known what runs there.
    fn has_shipped(&self, fingerprint: &str) -> Result<bool, E>;
    /// Whether, on the way from production, there was a version with one of some changes.
    fn was_there(&self, fingerprints: &[String]) -> Result<bool, E>;
    /// Whether an acceptance was used up for a change: what is asked about held the change after the file had come.
    fn is_spent(&self, acceptance: &Acceptance, subject: Subject<'_>) -> Result<bool, E>;
    /// Whether a notice speaks for a change no more: it was undone on the way, and the announced day has passed.
    fn is_over(&self, notice: &Notice, subject: Subject<'_>) -> Result<bool, E>;
    /// What was made public of a notice for a change; `None` where nothing was.
    fn published(&self, notice: &Notice, subject: Subject<'_>) -> Result<Option<Publication>, E>;
    /// The first day from which on the file of a partner said that the change touches it; `None` where that is not public
    /// yet.
    fn joined(&self, partner: &str, subject: Subject<'_>) -> Result<Option<Date>, E>;
    /// The facts beside a notice.
    fn facts(&self, notice: &Notice) -> Result<Option<Rc<Report>>, E>;
    /// The notice, of these, whose shipped change this one takes back.
    fn restores(&self, subject: Subject<'_>, notices: &NoticeIndex) -> Result<Option<String>, E>;
}
