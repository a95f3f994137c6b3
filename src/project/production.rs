//! What production has seen: its releases, and of a change the day it came and the day it was taken back.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::civil::Date;

use super::renamed::Renamed;
use super::{Project, ProjectError};
use crate::compare::history::{self, History, Stop, Told, commits, shipped, walk};
use crate::compare::{Api, Asked, Options, versions};
use crate::notice::{Notice, NoticeIndex, Shipped, Standing, State};
use crate::report::{self, Report};
use crate::rules;
use crate::source::git::{Commit, Repo};
use crate::source::{SourceError, Version, VersionArg};

/// What differs between two stops, by place.
type Places = Rc<BTreeSet<String>>;

/// The history of the contracts in production.
pub struct Production<'s> {
    project: &'s Project,
    /// The releases, oldest first.
    stops: Vec<Stop>,
    apis: Vec<Api>,
    /// What each release changed.
    history: History,
    renamed: Renamed,
    /// The places between two stops, by their indices.
    between: RefCell<BTreeMap<(usize, usize), Places>>,
}

impl Project {
    /// The ref that production runs: as asked for, as configured, else the default branch, else HEAD.
    ///
    /// # Errors
    /// Where there is no repository, or no such ref.
    pub(crate) fn production_ref(&self, asked: Option<&str>) -> Result<(Commit, String), SourceError> {
        let repo = self.resolver.repository()?;
        let target = self.resolver.target_branch.as_deref();
        match asked.or(self.config.production.as_deref()) {
            Some(name) => Ok((repo.resolve(name)?, name.to_owned())),
            None => match repo.default_branch(target) {
                Ok(found) => Ok(found),
                Err(_) => Ok((repo.resolve("HEAD")?, "HEAD".to_owned())),
            },
        }
    }
}

impl<'s> Production<'s> {
    /// Reads the history of a ref.
    ///
    /// # Errors
    /// Where there is no such ref, and where no version of any document can be read.
    pub fn read(project: &'s Project, asked: Option<&str>) -> Result<Self, ProjectError> {
        let repo: Repo = project.resolver.repository()?;
        let (_, name) = project.production_ref(asked)?;
        let named = asked.is_some() || project.config.production.is_some();
        Self::of(project, shipped(&repo, (&name, named), Told::default())?)
    }

    /// Reads the history of a branch commit by commit: what ran there for some minutes ran there.
    ///
    /// # Errors
    /// As of [`Self::read`].
    pub(crate) fn closely(project: &'s Project, tip: &Commit) -> Result<Self, ProjectError> {
        Self::of(project, commits(&project.resolver.repository()?, tip)?)
    }

    fn of(project: &'s Project, stops: Vec<Stop>) -> Result<Self, ProjectError> {
        let apis = history::apis(&stops, project.everything())?;
        let renamed = Renamed::of_apis(&apis);
        // What is wrong with a notice is told where it is read.
        let named = renamed.clone().named_by(&project.notices().unwrap_or_default());
        let asked = Asked { renamed: Some(&named.apis), ..project.everything() };
        let history = walk(&stops, &apis, asked);
        // An API of today may not be in an older production; where none is, nothing can be said of any notice.
        if let Some(path) = history.unread.first().filter(|_| history.unread.len() == apis.len()) {
            return Err(history.unreadable(path).into());
        }
        let renamed = renamed.with(&history);
        Ok(Self { project, stops, apis, history, renamed, between: RefCell::default() })
    }

    /// The notices of the work tree, with the ids and fingerprints of today.
    ///
    /// # Errors
    /// Where one of them is wrong.
    pub fn notices(&self) -> Result<NoticeIndex, ProjectError> {
        Ok(self.renamed.notices(self.project.notices()?))
    }

    /// The facts beside a notice, likewise; nothing where it has none.
    ///
    /// # Errors
    /// Where they are not what was written.
    pub fn written(&self, notice: &Notice) -> Result<Option<Report>, ProjectError> {
        Ok(self.project.facts(notice)?.map(|facts| self.renamed.report(facts)))
    }

    /// Why it is not known whether what a notice covers has shipped: the newest version of its API, or a part of it, cannot
    /// be read. `None` where it is known.
    pub fn unknown(&self, notice: &Notice, standing: &Standing) -> Option<&str> {
        let waits = matches!(standing.state, State::Announced | State::PartiallyShipped);
        self.history.unknown.get(&notice.front.api).filter(|_| waits).map(String::as_str)
    }

    /// When a change that a notice covers reached production, if the notice speaks for it.
    pub fn shipped(&self, notices: &NoticeIndex, notice: &Notice, fingerprint: &str) -> Option<Shipped> {
        let events = self.events(fingerprint);
        let days: Vec<Date> = events.iter().map(|&(at, _)| self.stops[at].date).collect();
        let owners = notices.owners(fingerprint, &days);
        let mine = owners.iter().rposition(|owner| owner.is_some_and(|one| one.front.id == notice.front.id))?;
        let (at, change) = events[mine];
        let until = events.get(mine + 1).map_or(self.stops.len() - 1, |&(next, _)| next.saturating_sub(1).max(at));
        let reverted = self.taken_back(at, until, change);
        Some(Shipped {
            on: self.stops[at].date,
            release: self.stops[at].name.clone(),
            reverted_on: reverted.map(|until| self.stops[until].date),
        })
    }

    /// The days at which a change came, oldest first.
    pub fn days(&self, fingerprint: &str) -> Vec<Date> {
        self.events(fingerprint).into_iter().map(|(at, _)| self.stops[at].date).collect()
    }

    /// The notice, of these, whose shipped change is taken back by a change on its way from production to a version: at its place
    /// that version is as it was before.
    ///
    /// # Errors
    /// Where a notice is wrong, or the version cannot be compared with what was.
    pub(crate) fn restored(
        &self,
        change: &report::Change,
        head: &Version,
        notices: &NoticeIndex,
    ) -> Result<Option<String>, ProjectError> {
        let (notices, wanted) = (self.renamed.notices(notices.clone()), place(change));
        for notice in notices.notices.iter().rev() {
            for fingerprint in &notice.front.covers {
                let Some(shipped) = self.shipped(&notices, notice, fingerprint) else { continue };
                let events = self.events(fingerprint);
                let event = events
                    .into_iter()
                    .find(|(at, known)| self.stops[*at].name == shipped.release && place(known) == wanted);
                let Some((at, _)) = event.filter(|_| shipped.reverted_on.is_none()) else { continue };
                let before = &self.stops[at.saturating_sub(1)];
                let before = self.project.resolver.open(&VersionArg::parse(&before.commit)?)?;
                let options = Options { keep_going: true, ..Options::new(shipped.on) };
                let since = versions(&before, head, self.project.everything(), options)?;
                if at > 0 && !changes(&since.report).any(|left| place(left) == wanted) {
                    return Ok(Some(notice.front.id.clone()));
                }
            }
        }
        Ok(None)
    }

    /// Whether an API has an id.
    pub fn knows(&self, api: &str) -> bool {
        self.apis.iter().any(|known| known.is(api))
    }

    /// The stops at which a change came, oldest first.
    fn events(&self, fingerprint: &str) -> Vec<(usize, &report::Change)> {
        let found = self.history.changelog.releases.iter().rev().filter_map(|release| {
            let change = changes(&release.report).find(|change| change.ids().any(|id| id == fingerprint))?;
            let commit = release.report.head.commit.as_deref().unwrap_or_default();
            Some((self.stops.iter().position(|stop| stop.commit == commit)?, change))
        });
        found.collect()
    }

    /// The first stop at which a change that came at a stop is gone again. What vanished with all that was around it was
    /// not taken back: something must have changed at its own place.
    fn taken_back(&self, at: usize, until: usize, change: &report::Change) -> Option<usize> {
        let (before, place) = (at.saturating_sub(1), place(change));
        let gone =
            |stop: usize| !self.between(before, stop).contains(&place) && self.between(at, stop).contains(&place);
        if at == until || !gone(until) {
            return None;
        }
        (at + 1..=until).find(|&stop| gone(stop))
    }

    /// A change as some release of production brought it, the newest one.
    pub fn facts(&self, covers: &[String]) -> Option<Report> {
        let wanted = |change: &report::Change| covers.contains(&change.fingerprint);
        let release = self.history.changelog.releases.iter().find(|release| changes(&release.report).any(wanted))?;
        Some(release.report.only(&wanted))
    }

    /// The day and name of the last release with a change of this kind.
    pub fn last(&self, is: &dyn Fn(&report::Change) -> bool) -> Option<(Date, String)> {
        let release = self.history.changelog.releases.iter().find(|release| changes(&release.report).any(is))?;
        Some((release.day()?, release.name.clone()))
    }

    fn between(&self, from: usize, to: usize) -> Places {
        if let Some(known) = self.between.borrow().get(&(from, to)) {
            return Rc::clone(known);
        }
        let two = [self.stops[from].clone(), self.stops[to].clone()];
        let apis: Vec<Api> = self.apis.iter().map(|api| api.between(from, to)).collect();
        let found = walk(&two, &apis, Asked { progress: None, ..self.project.everything() });
        let reports = found.changelog.releases.iter().map(|release| &release.report);
        let found: BTreeSet<String> = reports.flat_map(changes).map(place).collect();
        let found = Rc::new(found);
        self.between.borrow_mut().insert((from, to), Rc::clone(&found));
        found
    }
}

/// Where a change lies and what of it is concerned, whatever becomes of that: a limit that is lowered twice has one place,
/// two values of a list have two.
fn place(change: &report::Change) -> String {
    let owner = change.at.component.clone().or_else(|| {
        let at = change.operations.first()?;
        Some(format!("{} {} {}", at.method, at.path, at.spot))
    });
    let facet = rules::find(&change.rule).map(|rule| rule.on.0);
    let named: Vec<String> = change
        .args
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "from" | "to"))
        .map(|(_, arg)| format!("{arg:?}"))
        .collect();
    format!("{:?} {} {} {facet:?} {}", change.side, owner.unwrap_or_default(), change.at.path, named.join(" "))
}

fn changes(report: &Report) -> impl Iterator<Item = &report::Change> {
    report.apis.iter().flat_map(|api| &api.changes)
}
