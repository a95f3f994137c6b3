//! What production has seen: its releases, and of a change the day it came and the day it was taken back.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::civil::Date;

use super::super::changelog::apis;
use super::super::range;
use super::super::session::Session;
use crate::diff::Change;
use crate::notice::{Ledger, Notice, Shipped};
use crate::publish::changelog::{Api, History, Reading, Stop, walk};
use crate::report::{Report, Version};
use crate::source::git::{Commit, Repo};
use crate::spec::Limits;

type Fingerprints = Rc<BTreeSet<String>>;

/// The history of the contracts in production.
pub(in crate::cli) struct Production<'s> {
    session: &'s Session,
    /// The releases, oldest first.
    stops: Vec<Stop>,
    apis: Vec<Api>,
    /// What each release changed.
    pub(in crate::cli) history: History,
    /// The fingerprints between two stops, by their indices.
    between: RefCell<BTreeMap<(usize, usize), Fingerprints>>,
}

/// The ref that production runs: as asked for, as configured, else the default branch, else HEAD.
pub(in crate::cli) fn reference(session: &Session, asked: Option<&str>) -> anyhow::Result<(Commit, String)> {
    let repo = session.workplace.repository()?;
    let target = session.workplace.target_branch.as_deref();
    match asked.or(session.config.production.as_deref()) {
        Some(name) => Ok((repo.resolve(name)?, name.to_owned())),
        None => match repo.default_branch(target) {
            Ok(found) => Ok(found),
            Err(_) => Ok((repo.resolve("HEAD")?, "HEAD".to_owned())),
        },
    }
}

impl<'s> Production<'s> {
    /// Reads the history of a ref.
    pub(in crate::cli) fn read(session: &'s Session, asked: Option<&str>) -> anyhow::Result<Self> {
        let repo: Repo = session.workplace.repository()?;
        let (tip, name) = reference(session, asked)?;
        let releases = range::between(&repo, (None, &tip), &name, None, None)?;
        let ends = [releases.first(), releases.last()].map(|end| end.map(|end| &end.commit));
        let apis = apis(session, &repo, &[], ends.into_iter().flatten())?;
        let stops: Vec<Stop> = releases.into_iter().map(|release| release.stop(&repo)).collect();
        let history = walked(session, &stops, &apis);
        Ok(Self { session, stops, apis, history, between: RefCell::default() })
    }

    /// When a change that a notice covers reached production, if the notice speaks for it.
    pub(in crate::cli) fn shipped(&self, ledger: &Ledger, notice: &Notice, fingerprint: &str) -> Option<Shipped> {
        let speaks =
            |day: Date| ledger.speaking_for(fingerprint, day).is_some_and(|one| one.front.id == notice.front.id);
        // What came back later, and another notice speaks for then, is that notice's from there on.
        let mut last = self.stops.len().checked_sub(1)?;
        let (at, release) = self.history.changelog.releases.iter().find_map(|release| {
            changes(&release.report).find(|change| change.fingerprint == fingerprint)?;
            let at = self.index(&release.report.head)?;
            if speaks(self.stops[at].date) {
                return Some((at, release));
            }
            last = at.saturating_sub(1);
            None
        })?;
        let before = self.index(&release.report.base).unwrap_or(at.saturating_sub(1));
        let gone = |until: usize| !self.between(before, until).contains(fingerprint);
        let reverted = (at < last && gone(last)).then(|| (at + 1..=last).find(|&until| gone(until))).flatten();
        Some(Shipped {
            on: self.stops[at].date,
            release: self.stops[at].name.clone(),
            reverted_on: reverted.map(|until| self.stops[until].date),
        })
    }

    /// A change as some release of production brought it, the newest one.
    pub(in crate::cli) fn facts(&self, covers: &[String]) -> Option<Report> {
        let wanted = |change: &crate::report::Change| covers.contains(&change.fingerprint);
        let release = self.history.changelog.releases.iter().find(|release| changes(&release.report).any(wanted))?;
        Some(release.report.clone().only(&wanted))
    }

    /// The day and name of the last release with a change of this kind.
    pub(super) fn last(&self, is: &dyn Fn(&crate::report::Change) -> bool) -> Option<(Date, String)> {
        let release = self.history.changelog.releases.iter().find(|release| changes(&release.report).any(is))?;
        Some((release.day()?, release.name.clone()))
    }

    /// The place of a version among the stops.
    fn index(&self, version: &Version) -> Option<usize> {
        self.stops.iter().position(|stop| Some(&stop.commit) == version.commit.as_ref())
    }

    fn between(&self, from: usize, to: usize) -> Fingerprints {
        if let Some(known) = self.between.borrow().get(&(from, to)) {
            return Rc::clone(known);
        }
        let two = [self.stops[from].clone(), self.stops[to].clone()];
        let found = walked(self.session, &two, &self.apis);
        let reports = found.changelog.releases.iter().map(|release| &release.report);
        let found: BTreeSet<String> = reports.flat_map(changes).map(|change| change.fingerprint.clone()).collect();
        let found = Rc::new(found);
        self.between.borrow_mut().insert((from, to), Rc::clone(&found));
        found
    }
}

fn changes(report: &Report) -> impl Iterator<Item = &crate::report::Change> {
    report.apis.iter().flat_map(|api| &api.changes)
}

fn walked(session: &Session, stops: &[Stop], apis: &[Api]) -> History {
    let levels = |change: &Change| session.level(change);
    let reading = Reading { lang: session.lang, levels: &levels, limits: Limits::default() };
    walk(stops.iter().cloned(), apis, &reading)
}
