//! Adds requests up. What is kept is an operation, names of parameters, a partner, a day and counts; of paths that no
//! contract knows only plain words that recur, since the rest may be values.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::Request;
use super::clusters::{Key, Sum, folded};
use crate::audience::path::{cluster, stem};
use crate::audience::reads::members;
use crate::audience::usage::{Covered, Row, Usage};
use crate::audience::{Registry, Route, Routes, Target, Visitor, Who, is_name};
use crate::contract::{Contract, Location};

/// The most rows held at once.
const ROWS: usize = 1_000_000;
/// The most different paths outside the contract.
const CLUSTERS: usize = 5_000;
/// A path outside the contract is listed if it was called so often.
const RECURRENT: u64 = 3;
/// The most names of unknown parameters in a row.
const NAMES: usize = 100;
/// What frameworks put among the parameters.
const FRAMEWORK: [&str; 3] = ["controller", "action", "format"];

/// What became of the lines.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Tally {
    /// Requests read.
    pub requests: u64,
    /// Those of one operation of the contract.
    pub matched: u64,
    /// Those of paths outside it.
    pub undocumented: u64,
    /// Those that several operations take equally well.
    pub ambiguous: u64,
    /// `OPTIONS`, and what is no path.
    pub ignored: u64,
    /// Those outside the contract that are not listed: rare, or failed calls of nobody known.
    pub unlisted: u64,
    /// Those of one partner.
    pub of_partners: u64,
    /// Those that several partners may have sent.
    pub of_several: u64,
    /// Those of operations of the contract for which there was no room: the rest proves nothing.
    pub dropped: u64,
    /// The operations that are taken equally well.
    pub ambiguities: BTreeSet<String>,
}

struct Api<'a> {
    id: &'a str,
    contract: &'a Contract,
    routes: Routes,
}

/// Adds requests up.
pub struct Importer<'a> {
    registry: &'a Registry,
    apis: Vec<Api<'a>>,
    /// Everything is this partner's.
    partner: Option<usize>,
    /// By day, API (or their number, for none), partner and operation.
    rows: BTreeMap<Key, Sum>,
    names: BTreeMap<(usize, usize), Vec<(String, bool)>>,
    clusters: usize,
    days: BTreeMap<Date, u64>,
    tally: Tally,
}

impl<'a> Importer<'a> {
    /// An importer for some APIs, as pairs of id and contract; `partner` owns all requests where it is given.
    pub fn new(registry: &'a Registry, apis: &[(&'a str, &'a Contract)], partner: Option<&str>) -> Self {
        let apis = apis.iter().map(|&(id, contract)| Api { id, contract, routes: Routes::new(contract) }).collect();
        let partner = registry.partners().iter().position(|known| Some(known.slug()) == partner);
        let (rows, names) = (BTreeMap::new(), BTreeMap::new());
        Self { registry, apis, partner, rows, names, clusters: 0, days: BTreeMap::new(), tally: Tally::default() }
    }

    /// Adds a request.
    pub fn add(&mut self, request: &Request) {
        self.tally.requests += 1;
        *self.days.entry(request.day).or_default() += 1;
        let Some(mut target) = Target::parse(&request.target).filter(|_| request.method != "OPTIONS") else {
            self.tally.ignored += 1;
            return;
        };
        request.names.iter().for_each(|name| target.name(name));
        let (partner, perhaps) = self.who(request);
        self.tally.of_partners += u64::from(partner.is_some());
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (ix, api) in self.apis.iter().enumerate() {
            match api.routes.find(&request.method, &target) {
                Route::One(operation) => found.push((ix, operation)),
                Route::Several(list) => found.extend(list.into_iter().map(|operation| (ix, operation))),
                Route::None => {}
            }
        }
        match found[..] {
            [] => self.outside(request, &target, partner),
            [at] => {
                self.inside(request, &target, partner, at);
                for partner in perhaps {
                    self.doubt(request.day, at, Some(partner));
                }
            }
            [..] => {
                self.tally.ambiguous += 1;
                let who: Vec<Option<usize>> =
                    if perhaps.is_empty() { vec![partner] } else { perhaps.into_iter().map(Some).collect() };
                for &at in &found {
                    for &partner in &who {
                        self.doubt(request.day, at, partner);
                    }
                }
                let names: Vec<String> = found.iter().map(|&(api, operation)| self.name(api, operation)).collect();
                if self.tally.ambiguities.len() < NAMES {
                    self.tally.ambiguities.insert(names.join(" | "));
                }
            }
        }
    }

    /// Whose a request is; else all whose it may be.
    fn who(&mut self, request: &Request) -> (Option<usize>, Vec<usize>) {
        if self.partner.is_some() {
            return (self.partner, Vec::new());
        }
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let visitor =
            Visitor { client: request.client.as_deref(), user_agent: request.user_agent.as_deref(), headers: &headers };
        match self.registry.who(&visitor) {
            Who::Partner(ix) => (Some(ix), Vec::new()),
            Who::Several(list) => {
                self.tally.of_several += 1;
                (None, list)
            }
            Who::Nobody => (None, Vec::new()),
        }
    }

    /// A call that may have been of this operation and partner: nobody may say that there was none.
    fn doubt(&mut self, day: Date, at: (usize, usize), partner: Option<usize>) {
        let key = (day, at.0, partner, self.name(at.0, at.1));
        if let Some(row) = self.row(key) {
            row.ambiguous += 1;
        }
    }

    fn name(&self, api: usize, operation: usize) -> String {
        let operation = self.apis.get(api).and_then(|api| api.contract.operations.get(operation));
        operation
            .map_or_else(String::new, |operation| format!("{} {}", operation.key.method, operation.key.template.text))
    }

    fn inside(&mut self, request: &Request, target: &Target, partner: Option<usize>, at: (usize, usize)) {
        self.tally.matched += 1;
        let names = self.names.entry(at).or_insert_with(|| known_names(self.apis[at.0].contract, at.1));
        let mut sent: BTreeSet<(String, bool)> = BTreeSet::new();
        let bare = target.bare.iter().filter(|text| names.iter().any(|(known, _)| known == *text));
        for name in target.names.iter().chain(bare) {
            let same = names.iter().find(|(known, _)| known == name);
            let like = || names.iter().find(|(known, _)| stem(known) == stem(name));
            match same.or_else(like) {
                Some((_, true)) => {}
                Some((known, false)) => drop(sent.insert((known.clone(), true))),
                None if is_name(stem(name)) && !FRAMEWORK.contains(&stem(name)) => {
                    sent.insert((stem(name).to_owned(), false));
                }
                None => {}
            }
        }
        let key = (request.day, at.0, partner, self.name(at.0, at.1));
        if let Some(row) = self.row(key) {
            row.add(is_attempt(request.status));
            for (name, known) in sent {
                let names = if known { &mut row.params } else { &mut row.unknown };
                if names.len() < NAMES || names.contains_key(&name) {
                    *names.entry(name).or_default() += 1;
                }
            }
        }
    }

    fn outside(&mut self, request: &Request, target: &Target, partner: Option<usize>) {
        self.tally.undocumented += 1;
        let is_attempt = is_attempt(request.status);
        let known = |word: &str| self.apis.iter().any(|api| api.routes.knows(word));
        let path = cluster(&target.segments, known);
        // Who is unknown and finds nothing is mostly a scanner.
        if partner.is_none() && is_attempt {
            self.tally.unlisted += 1;
            return;
        }
        let method = if request.method == "HEAD" { "GET" } else { &request.method };
        let key = (request.day, self.apis.len(), partner, format!("{method} {path}"));
        if !self.rows.contains_key(&key) {
            if self.clusters >= CLUSTERS {
                self.fold();
            }
            if self.clusters >= CLUSTERS || self.rows.len() >= ROWS {
                self.tally.unlisted += 1;
                return;
            }
            self.clusters += 1;
        }
        self.rows.entry(key).or_default().add(is_attempt);
    }

    /// The row of an operation of the contract.
    fn row(&mut self, key: Key) -> Option<&mut Sum> {
        if self.rows.len() >= ROWS && !self.rows.contains_key(&key) {
            self.tally.dropped += 1;
            return None;
        }
        Some(self.rows.entry(key).or_default())
    }

    fn fold(&mut self) {
        let none = self.apis.len();
        let (inside, outside) = std::mem::take(&mut self.rows).into_iter().partition(|((_, api, ..), _)| *api != none);
        let outside = folded(outside, |word| self.apis.iter().any(|api| api.routes.knows(word)));
        self.clusters = outside.len();
        self.rows = inside;
        self.rows.extend(outside);
    }

    /// The aggregates under the name of a source, and what became of the lines.
    pub fn finish(mut self, source: &str) -> (Usage, Tally) {
        self.fold();
        let none = self.apis.len();
        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, api, _, path), row) in &self.rows {
            if *api == none {
                *totals.entry(path).or_default() += row.total();
            }
        }
        let rare: BTreeSet<String> =
            totals.into_iter().filter(|&(_, total)| total < RECURRENT).map(|(path, _)| path.to_owned()).collect();
        let mut usage = Usage::default();
        for ((day, api, partner, operation), row) in self.rows {
            if api == none && rare.contains(&operation) {
                self.tally.unlisted += row.total();
                continue;
            }
            usage.rows.push(Row {
                day,
                source: source.to_owned(),
                api: self.apis.get(api).map(|api| api.id.to_owned()),
                operation,
                partner: partner.and_then(|ix| Some(self.registry.partners().get(ix)?.slug().to_owned())),
                count: row.calls,
                attempts: row.attempts,
                ambiguous: row.ambiguous,
                params: row.params,
                unknown_params: row.unknown,
            });
        }
        usage.rows.sort();
        let covered = self.days.into_iter();
        usage.covered = covered.map(|(day, requests)| Covered { day, source: source.to_owned(), requests }).collect();
        (usage, self.tally)
    }
}

/// 404 and 405 found nothing, 401 was not let in; everything else shows that the operation is used.
fn is_attempt(status: Option<u16>) -> bool {
    matches!(status, Some(401 | 404 | 405))
}

/// The names that an operation knows, and whether each is in the path: a framework lists those too.
fn known_names(contract: &Contract, operation: usize) -> Vec<(String, bool)> {
    let Some(operation) = contract.operations.get(operation) else { return Vec::new() };
    let parameters = operation.parameters.iter().map(|it| (it.name.clone(), it.location == Location::Path));
    let media = operation.body.iter().flat_map(|body| &body.media).filter_map(|media| media.schema);
    let body = media.flat_map(|schema| members(contract, schema)).map(|name| (name, false));
    parameters.chain(body).collect()
}
