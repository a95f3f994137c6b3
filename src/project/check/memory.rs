//! What git remembers: what shipped, what was made public and when, which acceptance was used up.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::Date;

use super::documents::is_marked;
use super::line::{Line, Moment};
use super::records::{Records, partner_file};
use super::shelf::Shelf;
use super::spent::documents;
use crate::audience::Usage;
use crate::config::ShipsOn;
use crate::gate::{Acceptance, Known, Policy, Publication, Question, Subject, Touched};
use crate::notice::{FOLDER, Notice, NoticeIndex};
use crate::project::touch::{Circle, Touching};
use crate::project::{Author, PARTNERS, Production, Project, ProjectError, facts_path};
use crate::report::Report;
use crate::source::git::Commit;
use crate::source::{Version, VersionArg};

/// A branch: its tip, and its name.
pub(super) type Branch = (Commit, String);

/// So many commits are looked at for a change that went.
const LOOKED_AT: usize = 500;

/// What is known of a question, looked up when it is asked for.
pub(super) struct Memory<'a> {
    pub(super) project: &'a Project,
    pub(super) policy: &'a Policy<'a>,
    pub(super) question: Question,
    pub(super) today: Date,
    /// What it is compared from.
    pub(super) base: &'a Version,
    /// What is to be merged, or to ship.
    pub(super) head: &'a Version,
    /// The branch that it is for.
    pub(super) target: Option<Branch>,
    /// The branch on which notices become public.
    pub(super) publishing: Option<Branch>,
    /// Where the facts of notices are looked for, in this order.
    pub(super) shelves: &'a [Shelf<'a>],
    pub(super) touching: Touching<'a>,
    pub(super) caches: Caches<'a>,
}

/// What was looked up.
#[derive(Default)]
pub(super) struct Caches<'a> {
    production: OnceCell<Production<'a>>,
    notices: OnceCell<Line>,
    partners: OnceCell<Line>,
    pub(super) records: Records,
    facts: RefCell<BTreeMap<String, Option<Rc<Report>>>>,
}

impl<'a> Memory<'a> {
    /// The history of production; without one named, of the branch that pull requests go to. Nothing where it is a document:
    /// what was there before nobody knows.
    pub(super) fn production(&self) -> Result<Option<&Production<'a>>, ProjectError> {
        if let Some(known) = self.caches.production.get() {
            return Ok(Some(known));
        }
        let branch = match self.project.config.production {
            Some(_) => self.running()?,
            None => self.target.clone(),
        };
        let Some((tip, _)) = branch else { return Ok(None) };
        let read = Production::closely(self.project, &tip)?;
        Ok(Some(self.caches.production.get_or_init(|| read)))
    }

    /// The line of a branch below a folder; nothing without a branch.
    pub(super) fn line<'c>(
        &self,
        cell: &'c OnceCell<Line>,
        branch: Option<&Branch>,
        folder: &str,
    ) -> Result<Option<&'c Line>, ProjectError> {
        let Some((tip, _)) = branch else { return Ok(None) };
        if let Some(known) = cell.get() {
            return Ok(Some(known));
        }
        let line = Line::read(&self.project.resolver.repository()?, tip, &[folder])?;
        Ok(Some(cell.get_or_init(|| line)))
    }

    /// Since when the target marks something in a document as deprecated.
    pub(super) fn deprecated_since(&self, document: &str, what: &str) -> Result<Option<Date>, ProjectError> {
        let Some((tip, _)) = &self.target else { return Ok(None) };
        let line = Line::read(&self.project.resolver.repository()?, tip, &[document])?;
        let since = line.since(&mut |moment| {
            let version = self.project.resolver.open(&VersionArg::parse(&moment.commit.id)?)?;
            Ok(is_marked(&version, document, what))
        })?;
        Ok(since.map(|moment| self.day(moment)))
    }

    pub(super) fn day(&self, moment: &Moment) -> Date {
        self.policy.day_at(moment.seconds)
    }
}

impl Known<ProjectError> for Memory<'_> {
    fn operations(&self, subject: Subject<'_>) -> Vec<(String, Vec<String>)> {
        self.touching.operations(subject)
    }

    fn stability(&self, subject: Subject<'_>) -> Vec<String> {
        self.touching.stability(subject)
    }

    fn touched(&self, subject: Subject<'_>) -> Touched {
        self.touching.touched(subject)
    }

    fn shipped(&self, fingerprint: &str) -> Result<Vec<Date>, ProjectError> {
        Ok(self.production()?.map(|production| production.days(fingerprint)).unwrap_or_default())
    }

    fn has_shipped(&self, fingerprint: &str) -> Result<bool, ProjectError> {
        let is_live = self.project.config.production.is_some() || self.policy.ships_on() == ShipsOn::Merge;
        Ok(is_live && !self.shipped(fingerprint)?.is_empty())
    }

    fn was_there(&self, fingerprints: &[String]) -> Result<bool, ProjectError> {
        let (Some(from), Some(to)) = (&self.base.commit, &self.head.commit) else { return Ok(false) };
        let repo = self.project.resolver.repository()?;
        let parted = repo.merge_base(from, to)?;
        let ids: Vec<&str> = fingerprints.iter().map(String::as_str).collect();
        for entry in
            repo.history(Some(&parted), to, true, &documents(self.touching.pairs))?.iter().rev().take(LOOKED_AT)
        {
            if self.has_any(self.base, &entry.commit, &ids)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_spent(&self, acceptance: &Acceptance, subject: Subject<'_>) -> Result<bool, ProjectError> {
        self.was_used(acceptance, subject)
    }

    fn is_over(&self, notice: &Notice, subject: Subject<'_>) -> Result<bool, ProjectError> {
        self.was_undone(notice, subject)
    }

    fn published(&self, notice: &Notice, subject: Subject<'_>) -> Result<Option<Publication>, ProjectError> {
        let line = self.line(&self.caches.notices, self.publishing.as_ref(), FOLDER)?;
        let (Some(line), front) = (line, &notice.front) else { return Ok(None) };
        let named: Vec<&String> = front.covers.iter().filter(|id| subject.ids().any(|own| own == *id)).collect();
        let wanted = if named.is_empty() { front.covers.iter().collect() } else { named };
        let planned = |day: Option<crate::notice::Day>| day.map(|day| day.0);
        let promises = |then: &Notice| {
            let then = &then.front;
            let no_earlier =
                planned(front.effective_on).is_none_or(|now| planned(then.effective_on).is_none_or(|day| day <= now));
            then.announced_on.is_some()
                && then.withdrawn_on.is_none()
                && no_earlier
                && wanted.iter().all(|id| then.covers.contains(id))
        };
        let since = line.since(&mut |moment| {
            Ok(self.caches.records.notice(&moment.files, &front.id)?.is_some_and(|then| promises(&then)))
        })?;
        let (Some(since), Some(now)) = (since, line.last()) else { return Ok(None) };
        let acks =
            self.caches.records.notice(&now.files, &front.id)?.map(|now| now.front.acks.clone()).unwrap_or_default();
        // An announcement may be written ahead of its day.
        let since = self.day(since).max(planned(front.announced_on).unwrap_or_default());
        Ok(Some(Publication { since, acks }))
    }

    fn joined(&self, partner: &str, subject: Subject<'_>) -> Result<Option<Date>, ProjectError> {
        let Some(line) = self.line(&self.caches.partners, self.publishing.as_ref(), PARTNERS)? else { return Ok(None) };
        let nothing = Usage::default();
        let usage = self.touching.circles.first().map_or(&nothing, |circle| circle.usage);
        let since = line.since(&mut |moment| {
            let found = partner_file(&moment.files, partner)?;
            Ok(found.is_some_and(|registry| {
                self.touching.concerns(Circle { registry: &registry, usage }, partner, subject)
            }))
        })?;
        Ok(since.map(|moment| self.day(moment)))
    }

    fn facts(&self, notice: &Notice) -> Result<Option<Rc<Report>>, ProjectError> {
        if let Some(known) = self.caches.facts.borrow().get(&notice.front.id) {
            return Ok(known.clone());
        }
        let path = facts_path(notice);
        let mut found = None;
        for shelf in self.shelves {
            if let Some(text) = shelf.read(&path, Author::Preavis)? {
                let read = serde_json::from_str::<Report>(&text);
                found = Some(Rc::new(read.map_err(|source| ProjectError::Facts { path: path.clone(), source })?));
                break;
            }
        }
        self.caches.facts.borrow_mut().insert(notice.front.id.clone(), found.clone());
        Ok(found)
    }

    fn restores(&self, subject: Subject<'_>, notices: &NoticeIndex) -> Result<Option<String>, ProjectError> {
        // Without an announced notice there is nothing to restore, and no history need be read for it.
        if !notices.notices.iter().any(|notice| notice.front.announced_on.is_some()) {
            return Ok(None);
        }
        let Some(production) = self.production()? else { return Ok(None) };
        production.restored(subject.change, self.head, notices)
    }
}
