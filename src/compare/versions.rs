//! Two versions of a repository compared: every API that either has.

use std::rc::Rc;

use jiff::civil::Date;

use super::api::{Api, Apis, apis};
use super::asked::Asked;
use super::contracts::Contracts;
use super::error::{CompareError, Unreadable, Unresolved};
use super::find::Finder;
use super::lone;
use super::one::{Called, Proofs, Sides, changes, reported};
use super::purse::Purse;
use crate::contract::{self, Contract};
use crate::diff::Changes;
use crate::report::{self, ApiReport, Report};
use crate::schema;
use crate::source::Version;
use crate::spec::Weight;

/// How two versions are compared.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Options {
    /// The day that deprecations and sunsets are judged at.
    pub today: Date,
    /// Whether what can be read is compared where something cannot.
    pub keep_going: bool,
    /// Whether everything in head that a typed model refuses is a problem, instead of what changed alone.
    pub strict: bool,
}

impl Options {
    /// Everything must be readable, and deprecations and sunsets are judged at a day.
    pub fn new(today: Date) -> Self {
        Self { today, keep_going: false, strict: false }
    }
}

/// A report of two versions, and what stands beside it.
#[derive(Debug)]
pub struct Compared {
    /// What changed.
    pub report: Report,
    /// The documents that could not be read though others could ([`Options::keep_going`]).
    pub unreadable: Vec<CompareError>,
    /// Documents of the configuration that neither version has, though they have others.
    pub absent: Vec<Absent>,
}

/// A document that the configuration names and neither version has.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no file `{path}` in {versions}")]
pub struct Absent {
    /// The document.
    pub path: String,
    /// The names of the versions.
    pub versions: String,
}

/// The contracts of an API in two versions that were compared; `None` where it has no document.
pub type Pair = [Option<Rc<Contract>>; 2];

/// Compares all documents of two versions; changes that hurt get a proof.
///
/// # Errors
/// Where there is nothing to compare, or what is asked for cannot be read.
pub fn versions(base: &Version, head: &Version, asked: Asked<'_>, options: Options) -> Result<Compared, CompareError> {
    versions_seeing(base, head, asked, options, &mut |_| {})
}

/// The same, and hands out the contracts of each API of the report, in its order.
///
/// # Errors
/// Likewise.
pub fn versions_seeing(
    base: &Version,
    head: &Version,
    asked: Asked<'_>,
    options: Options,
    see: &mut dyn FnMut(Pair),
) -> Result<Compared, CompareError> {
    let mut contracts = Contracts::default();
    let apis = paired(base, head, asked, &mut contracts)?;
    let mut comparison = Comparison { base, head, asked, options, contracts, purse: Purse::default() };
    let (mut done, mut unreadable) = (Vec::new(), Vec::new());
    for api in &apis.list {
        match comparison.api(api) {
            Ok((api, pair)) => {
                done.push(api);
                see(pair);
            }
            Err(error) if options.keep_going => unreadable.push(error),
            Err(error) => return Err(error),
        }
    }
    if done.is_empty()
        && let Some(error) = unreadable.pop()
    {
        return Err(error);
    }
    let versions = both(base, head);
    let absent = apis.absent.into_iter().map(|path| Absent { path, versions: versions.clone() }).collect();
    Ok(Compared { report: Report::new(named(base), named(head), done), unreadable, absent })
}

/// The APIs of two versions; at least one.
fn paired(base: &Version, head: &Version, asked: Asked<'_>, contracts: &mut Contracts) -> Result<Apis, CompareError> {
    let mut finder = Finder::of(asked.config);
    if base.document.is_some() || head.document.is_some() {
        let api = lone::paired(base, head, asked, &mut finder)?;
        return Ok(Apis { list: vec![api], absent: Vec::new() });
    }
    let found = apis(&[&*base.files, &*head.files], asked, &mut finder, contracts)?;
    let versions = || both(base, head);
    // The configuration of today may name what two old versions do not have yet.
    let early = asked.specs.is_empty() && !found.list.is_empty();
    match found.absent.first() {
        Some(path) if !early => Err(CompareError::NotInEither { path: path.clone(), versions: versions() }),
        None if found.list.is_empty() => Err(CompareError::NoDocument { versions: versions() }),
        Some(_) | None => Ok(found),
    }
}

fn both(base: &Version, head: &Version) -> String {
    format!("{} and {}", base.label, head.label)
}

/// A version as reports name it.
pub(super) fn named(version: &Version) -> report::Version {
    let commit = version.commit.as_ref();
    report::Version {
        label: version.label.clone(),
        commit: commit.map(|commit| commit.id.to_string()),
        date: commit.map(|commit| commit.date.to_string()),
    }
}

struct Comparison<'a> {
    base: &'a Version,
    head: &'a Version,
    asked: Asked<'a>,
    options: Options,
    contracts: Contracts,
    purse: Purse,
}

impl Comparison<'_> {
    fn api(&mut self, api: &Api) -> Result<(ApiReport, Pair), CompareError> {
        let [old, new] = [0, 1].map(|version| api.place(version).map(|place| place.path.as_str()));
        let base = old.map(|path| self.read(self.base, path)).transpose()?;
        let head = match &base {
            Some(known) if old == new && self.is_unchanged(known) => Some(Rc::clone(known)),
            Some(_) | None => new.map(|path| self.read(self.head, path)).transpose()?,
        };
        let sides = Sides { base: base.as_deref(), head: head.as_deref() };
        let mut changes = match (&base, &head) {
            (Some(base), Some(head)) if Rc::ptr_eq(base, head) => Changes::default(),
            _ => changes(sides, self.asked, (self.options.today, Proofs::Tried), &mut self.purse),
        };
        changes.problems.extend(api.problems());
        if let Some(head) = &head {
            let touched: Vec<_> = changes.list.iter().filter_map(|change| change.head).collect();
            let places = (!self.options.strict).then_some(touched.as_slice());
            changes.problems.extend(contract::second_look(head, places));
        }
        let former = self.asked.former(api);
        let called =
            Called { id: &api.id, then_id: None, former: &former, path: api.path(), title: api.title.as_deref() };
        let reported = reported(sides, &changes, called, self.asked);
        Ok((reported, [base, head]))
    }

    /// A contract whose operations reach nothing unresolved, unless asked to keep going.
    fn read(&mut self, version: &Version, path: &str) -> Result<Rc<Contract>, CompareError> {
        let contract = contract_at(version, path, &mut self.contracts)?;
        let reached = schema::reached_holes(&contract);
        if !reached.is_empty() && !self.options.keep_going {
            let problems = reached.into_iter().filter_map(|index| contract.problems.get(index).cloned()).collect();
            return Err(Unresolved { version: version.label.clone(), problems }.into());
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
}

/// The contract at a path of a version.
///
/// # Errors
/// Names the version that it cannot be read in.
pub(super) fn contract_at(version: &Version, path: &str, contracts: &mut Contracts) -> Result<Contract, CompareError> {
    contracts.read(version.files.as_ref(), path).map_err(|cause| Unreadable::new(&version.label, cause).into())
}
