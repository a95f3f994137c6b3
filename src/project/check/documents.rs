//! What the documents themselves give to say: dates of deprecation, versions, documents that nobody named, sources that
//! changed without their document.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::memory::Memory;
use super::sides::Sides;
use crate::compare::{Contracts, Pair, contracts_of};
use crate::config::{ApiConfig, Versioning};
use crate::contract::{Contract, Deprecated, Operation, deprecated};
use crate::gate::{Finding, Kind, Question, next_version, reaches};
use crate::project::{CONFIG, Project, ProjectError};
use crate::report::{self, ApiReport, Report, Summary};
use crate::source::{Version, VersionArg};

/// What the findings are drawn from.
pub(super) struct Papers<'a, 'm> {
    pub(super) project: &'a Project,
    pub(super) sides: &'a Sides,
    pub(super) report: &'a Report,
    pub(super) pairs: &'a [Pair],
    pub(super) memory: &'a Memory<'m>,
}

impl Papers<'_, '_> {
    /// All of them.
    pub(super) fn findings(&self) -> Result<Vec<Finding>, ProjectError> {
        let mut out = Vec::new();
        for (api, pair) in self.report.apis.iter().zip(self.pairs) {
            out.extend(self.dates(api, pair)?);
        }
        out.extend(self.moved());
        out.extend(self.unnamed()?);
        out.extend(self.sources()?);
        Ok(out)
    }

    /// The versions that APIs should have, by their place in the report, and those that did not move as far.
    pub(super) fn versions(&self) -> (BTreeMap<usize, String>, Vec<Finding>) {
        let (mut next, mut small) = (BTreeMap::new(), Vec::new());
        for (ix, (api, pair)) in self.report.apis.iter().zip(self.pairs).enumerate() {
            let [Some(base), Some(head)] = pair.each_ref().map(|side| side.as_deref().and_then(version)) else {
                continue;
            };
            let released = self.released(api).unwrap_or_else(|| base.clone());
            let Some(wanted) = next_version(&released, &Summary::of_api(api)) else { continue };
            // What was merged before may have moved it further already.
            let wanted = if reaches(&base, &wanted) { base.clone() } else { wanted };
            let config = self.project.config.apis.iter().find(|known| known.id() == api.id);
            if config.and_then(|config| config.version) == Some(Versioning::Semver) && !reaches(&head, &wanted) {
                let args = [("from", released), ("to", head), ("wanted", wanted.clone())];
                small.push(Finding::new(Kind::VersionTooSmall, &api.id, args).in_file(&api.path));
            }
            next.insert(ix, wanted);
        }
        (next, small)
    }

    /// The version of the document that production runs, where it is known what that is.
    fn released(&self, api: &ApiReport) -> Option<String> {
        let production = self.project.config.production.as_deref()?;
        let at = self.project.resolver.open(&VersionArg::parse(production).ok()?).ok()?;
        let contracts = contracts_of(&at, self.project.everything()).ok()?;
        let (_, contract) = contracts.into_iter().find(|(known, _)| known.is(&api.id))?;
        version(&contract)
    }

    /// Days of an end that are none, or too soon; what went before its day; what may go.
    fn dates(&self, api: &ApiReport, pair: &Pair) -> Result<Vec<Finding>, ProjectError> {
        // The walk through a large document costs more than all else that is asked here.
        let files = pair.iter().flatten().flat_map(|contract| contract.document.files());
        if !files.into_iter().any(|(_, file)| file.source().contains("x-sunset")) {
            return Ok(Vec::new());
        }
        let marks = |side: Option<&Contract>| side.map(deprecated).unwrap_or_default();
        let [base, head] = pair.each_ref().map(|side| marks(side.as_deref()));
        let today = self.memory.today;
        let mut out = Vec::new();
        for mark in head.iter().filter(|mark| mark.sunset.is_some()) {
            let before = base.iter().find(|known| known.what == mark.what);
            out.extend(self.date(mark, before, &api.path)?);
        }
        let gone = |mark: &&Deprecated| !head.iter().any(|known| known.what == mark.what);
        for (mark, date) in base.iter().filter(gone).filter_map(|mark| Some((mark, day(mark)?))) {
            let removed = api.changes.iter().any(|change| {
                let at = change.operations.first();
                change.rule.starts_with("operation-removed")
                    && at.is_some_and(|at| mark.what == format!("{} {}", at.method, at.path))
            });
            if removed && date > today {
                let args = [("date", date.to_string())];
                out.push(Finding::new(Kind::RemovedBeforeSunset, &mark.what, args));
            }
        }
        for (mark, date) in head.iter().filter_map(|mark| Some((mark, day(mark)?))) {
            if date < today && self.memory.touching.is_silent(&api.id, &mark.what) {
                let args = [("date", date.to_string())];
                out.push(Finding::new(Kind::Overdue, &mark.what, args).in_file(&mark.file));
            }
        }
        Ok(out)
    }

    /// What is wrong with the day of an end; what stood there before is judged by nobody again.
    fn date(
        &self,
        mark: &Deprecated,
        before: Option<&Deprecated>,
        document: &str,
    ) -> Result<Option<Finding>, ProjectError> {
        let written = mark.sunset.clone().unwrap_or_default();
        if before.and_then(|before| before.sunset.as_ref()) == Some(&written)
            || self.memory.question == Question::Release
        {
            return Ok(None);
        }
        let Some(date) = day(mark) else {
            let args = [("field", "x-sunset".to_owned()), ("value", written)];
            return Ok(Some(Finding::new(Kind::DateUnreadable, &mark.what, args).in_file(&mark.file)));
        };
        let days = self.memory.policy.deprecation();
        let earliest = |since: Date| since.checked_add(i64::from(days).days()).unwrap_or(Date::MAX);
        let today = self.memory.today;
        if date >= earliest(today) {
            return Ok(None);
        }
        let since = match before.filter(|before| before.marked) {
            Some(_) => self.memory.deprecated_since(document, &mark.what)?.unwrap_or(today),
            None => today,
        };
        let args = [("date", date.to_string()), ("earliest", earliest(since).to_string()), ("days", days.to_string())];
        Ok((date < earliest(since)).then(|| Finding::new(Kind::SunsetTooSoon, &mark.what, args).in_file(&mark.file)))
    }

    /// Operations that went from one document and came to another.
    fn moved(&self) -> Vec<Finding> {
        let has = |side: &Option<Rc<Contract>>, at: &report::Operation| {
            let is = |known: &Operation| known.key.method == at.method && known.key.template.is(&at.path);
            side.as_deref().is_some_and(|contract| contract.operations.iter().any(is))
        };
        let mut out = Vec::new();
        for api in &self.report.apis {
            let removed = api.changes.iter().filter(|change| change.rule.starts_with("operation-removed"));
            for at in removed.filter_map(|change| change.operations.first()) {
                let came = |(_, pair): &(&ApiReport, &Pair)| !has(&pair[0], at) && has(&pair[1], at);
                if let Some((to, _)) = self.report.apis.iter().zip(self.pairs).find(came) {
                    let args = [("from", api.id.clone()), ("to", to.id.clone())];
                    let subject = format!("{} {}", at.method, at.path);
                    out.push(Finding::new(Kind::OperationMoved, &subject, args).in_file(&to.path));
                }
            }
        }
        out
    }

    /// Documents that came, and that no `[[api]]` names where others are named.
    fn unnamed(&self) -> Result<Vec<Finding>, ProjectError> {
        let apis = &self.project.config.apis;
        let [base, head] = [&self.sides.base, &self.sides.head];
        if apis.is_empty() || base.document.is_some() || head.document.is_some() {
            return Ok(Vec::new());
        }
        let before: BTreeSet<String> = base.files.paths()?.into_iter().collect();
        let named = |path: &str| apis.iter().any(|api| api.places().any(|place| place == path));
        let new = |path: &str| !before.contains(path) && !named(path);
        let found = crate::compare::documents_where(&*head.files, &self.project.config, &new)?;
        // What a document refers to is part of it.
        let files = self.pairs.iter().flatten().flatten().flat_map(|contract| contract.document.files());
        let part: BTreeSet<&str> = files.map(|(path, _)| path.as_str()).collect();
        let told = |path: &String| Finding::new(Kind::DocumentUnnamed, path, []).in_file(path);
        Ok(found.iter().filter(|path| !part.contains(path.as_str())).map(told).collect())
    }

    /// APIs whose sources changed while their document did not.
    fn sources(&self) -> Result<Vec<Finding>, ProjectError> {
        let watched: Vec<&ApiConfig> = self.project.config.apis.iter().filter(|api| !api.watch.is_empty()).collect();
        let Some(base) = self.sides.base.commit.as_ref().filter(|_| !watched.is_empty()) else { return Ok(Vec::new()) };
        let repo = self.project.resolver.repository()?;
        let changed = repo.changed(base, self.sides.head.commit.as_ref())?;
        let mut out = Vec::new();
        for config in watched {
            let source = changed.iter().find(|path| config.watch.iter().any(|watch| watch.fit(path)));
            let contracts = self.report.apis.iter().zip(self.pairs).filter(|(api, _)| api.id == config.id());
            let mut files =
                contracts.flat_map(|(_, pair)| pair).flatten().flat_map(|contract| contract.document.files());
            if let Some(source) = source.filter(|_| !files.any(|(path, _)| changed.contains(path))) {
                let args = [("path", source.clone()), ("document", config.path().to_owned())];
                out.push(Finding::new(Kind::SourceWithoutDocument, config.id(), args).in_file(config.path()));
            }
        }
        Ok(out)
    }
}

/// The day of an end.
fn day(mark: &Deprecated) -> Option<Date> {
    mark.sunset.as_deref()?.get(..10)?.parse().ok()
}

/// `info.version`.
fn version(contract: &Contract) -> Option<String> {
    let document = &contract.document;
    let version = document.member(document.member(document.root(), "info")?, "version")?;
    Some(document.text(version).to_owned()).filter(|version| !version.is_empty())
}

/// Whether a document of a version marks something as deprecated.
pub(super) fn is_marked(version: &Version, document: &str, what: &str) -> bool {
    let contract = Contracts::default().read(&*version.files, document);
    contract.is_ok_and(|contract| deprecated(&contract).iter().any(|mark| mark.marked && mark.what == what))
}

/// That the configuration differs between the version that a pull request branched off and its own.
pub(super) fn policy_changed(before: Option<&str>, head: Option<&str>) -> Option<Finding> {
    let before = before?;
    (head != Some(before)).then(|| Finding::new(Kind::PolicyChanged, CONFIG, []).in_file(CONFIG))
}
