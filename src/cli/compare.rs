//! Reads both sides of every pair, compares them, and assembles the report.

use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;

use super::error::{CliError, Unreadable, Unresolved};
use super::pairs::{Pair, pairs};
use super::session::Session;
use crate::contract::{self, Contract};
use crate::diff::{self, Change, Changes};
use crate::report::{ApiInput, ApiReport, Coverage, Report, assemble};
use crate::rules::Level;
use crate::source::Version;
use crate::spec::{self, Limits, Problem, Shelf, Weight};
use crate::{report, schema};

/// Reads contracts; each distinct content is parsed once.
#[derive(Default)]
pub(super) struct Reader {
    shelf: Shelf,
    limits: Limits,
}

impl Reader {
    /// The contract at a path of a version.
    pub(super) fn contract(&mut self, version: &Version, path: &str) -> Result<Contract, Unreadable> {
        let document = spec::load(version.files.as_ref(), path, &mut self.shelf, &self.limits)
            .map_err(|cause| Unreadable::new(&version.label, cause))?;
        Ok(contract::read(Arc::new(document)))
    }
}

/// How a comparison is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) specs: &'a [String],
    pub(super) today: Date,
    pub(super) keep_going: bool,
    pub(super) strict: bool,
}

/// A report, and the documents that could not be read though others could (`--keep-going`).
pub(super) struct Compared {
    pub(super) report: Report,
    pub(super) unreadable: Vec<anyhow::Error>,
}

/// Compares all documents of two versions.
pub(super) fn compare(session: &Session, base: &Version, head: &Version, asked: Asked<'_>) -> anyhow::Result<Compared> {
    let mut reader = Reader::default();
    let pairs = pairs(session, asked.specs, (base, head), &mut reader)?;
    let mut comparison = Comparison { session, base, head, asked, reader };
    let (mut apis, mut unreadable) = (Vec::new(), Vec::new());
    for pair in &pairs {
        match comparison.api(pair) {
            Ok(api) => apis.push(api),
            Err(error) if asked.keep_going => unreadable.push(error),
            Err(error) => return Err(error),
        }
    }
    if apis.is_empty()
        && let Some(error) = unreadable.pop()
    {
        return Err(error);
    }
    Ok(Compared { report: Report::new(named(base), named(head), apis), unreadable })
}

fn named(version: &Version) -> report::Version {
    let commit = version.commit.as_ref();
    report::Version {
        label: version.label.clone(),
        commit: commit.map(|commit| commit.id.to_string()),
        date: commit.map(|commit| commit.date.to_string()),
    }
}

struct Comparison<'a> {
    session: &'a Session,
    base: &'a Version,
    head: &'a Version,
    asked: Asked<'a>,
    reader: Reader,
}

impl Comparison<'_> {
    fn api(&mut self, pair: &Pair) -> anyhow::Result<ApiReport> {
        let base = pair.base.as_ref().map(|path| self.read(self.base, path)).transpose()?;
        let head = match &base {
            Some(known) if pair.base == pair.head && self.is_unchanged(known) => Some(Rc::clone(known)),
            _ => pair.head.as_ref().map(|path| self.read(self.head, path)).transpose()?,
        };
        let mut changes = match (&base, &head) {
            (Some(base), Some(head)) if Rc::ptr_eq(base, head) => Changes::default(),
            (Some(base), Some(head)) => {
                let hurts = |change: &Change| self.session.level(change).1 <= Level::Risky;
                diff::prove(base, head, &diff::Options { today: self.asked.today }, &hurts)
            }
            (Some(base), None) => diff::vanished(base),
            (None, Some(head)) => diff::appeared(head),
            (None, None) => Changes::default(),
        };
        if let (true, Some(old), Some(new)) = (pair.moved, &pair.base, &pair.head) {
            changes.problems.push(moved(old, new));
        }
        if let Some(head) = &head {
            let seconds = if self.asked.strict {
                contract::second_look(head, None)
            } else {
                let touched: Vec<_> = changes.list.iter().filter_map(|change| change.head).collect();
                contract::second_look(head, Some(&touched))
            };
            changes.problems.extend(seconds);
        }
        Ok(self.assembled(pair, base.as_deref(), head.as_deref(), &changes))
    }

    /// A contract whose operations reach nothing unresolved, unless asked to keep going.
    fn read(&mut self, version: &Version, path: &str) -> anyhow::Result<Rc<Contract>> {
        let contract = self.reader.contract(version, path)?;
        let reached = schema::reached_holes(&contract);
        if !reached.is_empty() && !self.asked.keep_going {
            let problems = reached.into_iter().filter_map(|index| contract.problems.get(index).cloned()).collect();
            return Err(CliError::Unresolved(Unresolved { version: version.label.clone(), problems }).into());
        }
        Ok(Rc::new(contract))
    }

    /// True if head has the same files as base: then there is nothing to read twice, and nothing to compare.
    fn is_unchanged(&self, base: &Contract) -> bool {
        let same = |path: &str| matches!((self.base.files.find(path), self.head.files.find(path)), (Ok(Some(one)), Ok(Some(two))) if one == two);
        // A reference that led nowhere in base may lead somewhere in head.
        let whole = base.document.problems.iter().all(|problem| problem.weight == Weight::Odd);
        whole && base.document.files().iter().all(|(path, _)| same(path))
    }

    fn assembled(&self, pair: &Pair, base: Option<&Contract>, head: Option<&Contract>, changes: &Changes) -> ApiReport {
        let newest = head.or(base);
        let title = newest.map_or("", |contract| contract.title.as_str());
        let levels = |change: &Change| self.session.level(change);
        assemble(&ApiInput {
            id: &pair.id,
            path: pair.head.as_ref().or(pair.base.as_ref()).map_or("", String::as_str),
            title: pair.title.as_deref().unwrap_or(title),
            base: base.map(|contract| contract.document.as_ref()),
            head: head.map(|contract| contract.document.as_ref()),
            changes,
            levels: &levels,
            coverage: newest.map(Coverage::of).unwrap_or_default(),
            lang: self.session.lang,
        })
    }
}

fn moved(old: &str, new: &str) -> Problem {
    Problem {
        file: new.to_owned(),
        offset: None,
        line: 1,
        column: 1,
        message: format!("compared with `{old}`, which is gone: the document seems to have moved"),
        weight: Weight::Odd,
    }
}
