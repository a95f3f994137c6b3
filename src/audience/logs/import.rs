//! Adds requests up. What is kept is an operation, names of parameters, a partner, a day and counts; of paths and names
//! that no contract knows only the words that discretion allows (`discretion.rs`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::Request;
use super::discretion::{Caller, Use};
use super::hosts::Hosts;
use super::names::{At, Names};
use super::outside::{Calls, Outside, Step};
use crate::audience::segment::parts;
use crate::audience::usage::{Covered, Row, Usage};
use crate::audience::{Registry, Route, Routes, Target, Visitor, Who};
use crate::contract::Contract;
use crate::text::InputError;

/// The most rows held at once.
const ROWS: usize = 1_000_000;
/// A path outside the contract is listed if it was called so often.
const RECURRENT: u64 = 3;
/// The most operations that are said to be taken equally well.
const AMBIGUITIES: usize = 100;
/// The methods of requests outside the contract; any other text may be anything.
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"];

/// How files end that pages are made of.
const STATIC: [&str; 21] = [
    "avif",
    "bmp",
    "css",
    "eot",
    "gif",
    "html",
    "ico",
    "jpeg",
    "jpg",
    "js",
    "map",
    "mjs",
    "otf",
    "png",
    "svg",
    "ttf",
    "wasm",
    "webmanifest",
    "webp",
    "woff",
    "woff2",
];

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
    /// Those outside the contract at a host that no server of it names.
    pub elsewhere: u64,
    /// `OPTIONS`, and what is no path.
    pub ignored: u64,
    /// Those outside the contract that are not listed: rare, failed calls of nobody known, or static files.
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

/// Day, operation by the indices of its API and of itself, partner by index.
type Key = (Date, At, Option<usize>);

/// The calls of an operation of the contract.
#[derive(Default)]
struct Sum {
    calls: Calls,
    /// Calls that may have been these, or others.
    ambiguous: u64,
    params: BTreeMap<String, u64>,
    unknown: BTreeMap<String, u64>,
}

/// Adds requests up.
pub struct Importer<'a> {
    registry: &'a Registry,
    apis: Vec<Api<'a>>,
    hosts: Hosts,
    /// Everything is this partner's.
    partner: Option<usize>,
    rows: BTreeMap<Key, Sum>,
    names: Names,
    outside: Outside,
    days: BTreeMap<Date, u64>,
    tally: Tally,
}

impl<'a> Importer<'a> {
    /// An importer for some APIs, as pairs of id and contract; `partner` owns all requests where it is given.
    pub fn new(registry: &'a Registry, apis: &[(&'a str, &'a Contract)], partner: Option<&str>) -> Self {
        let hosts = Hosts::of(&apis.iter().map(|&(_, contract)| contract).collect::<Vec<_>>());
        let apis = apis.iter().map(|&(id, contract)| Api { id, contract, routes: Routes::new(contract) }).collect();
        let partner = registry.partners().iter().position(|known| Some(known.slug()) == partner);
        let (rows, days) = (BTreeMap::new(), BTreeMap::new());
        let (names, outside, tally) = (Names::default(), Outside::default(), Tally::default());
        Self { registry, apis, hosts, partner, rows, names, outside, days, tally }
    }

    /// Adds a request.
    ///
    /// # Errors
    /// Where what tells a partner from others cannot be compiled.
    pub fn add(&mut self, request: &Request) -> Result<(), InputError> {
        self.tally.requests += 1;
        *self.days.entry(request.day).or_default() += 1;
        let Some(mut target) = Target::parse(&request.target).filter(|_| request.method != "OPTIONS") else {
            self.tally.ignored += 1;
            return Ok(());
        };
        request.names.iter().for_each(|name| target.name(name));
        let (partner, perhaps) = self.who(request)?;
        self.tally.of_partners += u64::from(partner.is_some());
        let mut found: Vec<At> = Vec::new();
        for (ix, api) in self.apis.iter().enumerate() {
            match api.routes.find(&request.method, &target) {
                Route::One(operation) => found.push((ix, operation)),
                Route::Several(list) => found.extend(list.into_iter().map(|operation| (ix, operation))),
                Route::None => {}
            }
        }
        match found[..] {
            [] if self.hosts.is_elsewhere(request) => self.tally.elsewhere += 1,
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
                let names: Vec<String> = found.iter().map(|&at| self.name(at)).collect();
                if self.tally.ambiguities.len() < AMBIGUITIES {
                    self.tally.ambiguities.insert(names.join(" | "));
                }
            }
        }
        Ok(())
    }

    /// Whose a request is; else all whose it may be.
    fn who(&mut self, request: &Request) -> Result<(Option<usize>, Vec<usize>), InputError> {
        if self.partner.is_some() {
            return Ok((self.partner, Vec::new()));
        }
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let visitor =
            Visitor { client: request.client.as_deref(), user_agent: request.user_agent.as_deref(), headers: &headers };
        Ok(match self.registry.who(&visitor)? {
            Who::Partner(ix) => (Some(ix), Vec::new()),
            Who::Several(list) => {
                self.tally.of_several += 1;
                (None, list)
            }
            Who::Nobody => (None, Vec::new()),
        })
    }

    /// A call that may have been of this operation and partner: nobody may say that there was none.
    fn doubt(&mut self, day: Date, at: At, partner: Option<usize>) {
        let key = (day, at, partner);
        if let Some(row) = self.row(key) {
            row.ambiguous += 1;
        }
    }

    fn name(&self, at: At) -> String {
        let operation = self.apis.get(at.0).and_then(|api| api.contract.operations.get(at.1));
        operation
            .map_or_else(String::new, |operation| format!("{} {}", operation.key.method, operation.key.template.text))
    }

    fn inside(&mut self, request: &Request, target: &Target, partner: Option<usize>, at: At) {
        self.tally.matched += 1;
        let contracts: Vec<&Contract> = self.apis.iter().map(|api| api.contract).collect();
        let sent = self.names.of(&contracts, at, target, by(request, partner));
        let key = (request.day, at, partner);
        if let Some(row) = self.row(key) {
            row.calls.add(calls(request));
            for (name, known) in sent {
                let names = if known { &mut row.params } else { &mut row.unknown };
                *names.entry(name).or_default() += 1;
            }
        }
    }

    fn outside(&mut self, request: &Request, target: &Target, partner: Option<usize>) {
        self.tally.undocumented += 1;
        let method = if request.method == "HEAD" { "GET" } else { &request.method };
        let is_method = METHODS.contains(&method) || self.apis.iter().any(|api| api.routes.has_method(method));
        // Who is unknown and finds nothing is mostly a scanner.
        let is_noise = partner.is_none() && is_attempt(request.status);
        if !is_method || is_noise || is_static(&target.segments) {
            self.tally.unlisted += 1;
            return;
        }
        let path = steps(&self.apis, &target.segments);
        let cell = (request.day, partner, method.to_owned());
        if !self.outside.add(&path, cell, by(request, partner), calls(request)) {
            self.tally.unlisted += 1;
        }
    }

    /// The row of an operation of the contract.
    fn row(&mut self, key: Key) -> Option<&mut Sum> {
        if self.rows.len() >= ROWS && !self.rows.contains_key(&key) {
            self.tally.dropped += 1;
            return None;
        }
        Some(self.rows.entry(key).or_default())
    }

    /// Takes out of aggregates what is surely not to be kept: another version may have written them.
    pub fn withhold(&mut self, usage: &mut Usage) {
        let contracts: Vec<&Contract> = self.apis.iter().map(|api| api.contract).collect();
        for row in &mut usage.rows {
            self.names.withhold(&contracts, &mut row.unknown_params);
            if let (None, Some((method, path))) = (&row.api, row.operation.split_once(' ')) {
                let segments: Vec<String> = parts(path);
                let kept: Vec<&str> = steps(&self.apis, &segments).into_iter().map(Step::kept).collect();
                row.operation = format!("{method} /{}", kept.join("/"));
            }
        }
        usage.add_up();
    }

    /// The aggregates under the name of a source, and what became of the lines.
    pub fn finish(mut self, source: &str) -> (Usage, Tally) {
        let mut usage = Usage::default();
        let slug = |partner: Option<usize>| Some(self.registry.partners().get(partner?)?.slug().to_owned());
        let kept = std::mem::take(&mut self.names).finish();
        for ((day, at, partner), row) in std::mem::take(&mut self.rows) {
            usage.rows.push(Row {
                day,
                source: source.to_owned(),
                api: self.apis.get(at.0).map(|api| api.id.to_owned()),
                operation: self.name(at),
                partner: slug(partner),
                count: row.calls.count,
                attempts: row.calls.attempts,
                ambiguous: row.ambiguous,
                params: row.params,
                unknown_params: kept.allowed(at, row.unknown),
            });
        }
        let outside = self.outside.finish().into_iter();
        let outside: Vec<_> = outside
            .map(|(path, (day, partner, method), calls)| (format!("{method} {path}"), day, partner, calls))
            .collect();
        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        for (operation, .., calls) in &outside {
            *totals.entry(operation).or_default() += calls.count + calls.attempts;
        }
        for (operation, day, partner, Calls { count, attempts }) in &outside {
            if totals.get(operation.as_str()).is_none_or(|&total| total < RECURRENT) {
                self.tally.unlisted += count + attempts;
                continue;
            }
            let (source, operation, partner) = (source.to_owned(), operation.clone(), slug(*partner));
            let (day, count, attempts) = (*day, *count, *attempts);
            usage.rows.push(Row { day, source, operation, partner, count, attempts, ..Row::default() });
        }
        usage.rows.sort();
        let covered = self.days.into_iter();
        usage.covered = covered.map(|(day, requests)| Covered { day, source: source.to_owned(), requests }).collect();
        (usage, self.tally)
    }
}

/// The segments of a path outside the contract, with what the contract says of them.
fn steps<'t>(apis: &[Api<'_>], segments: &'t [String]) -> Vec<Step<'t>> {
    let parameters: Vec<Vec<bool>> = apis.iter().map(|api| api.routes.parameters(segments)).collect();
    let is_parameter = |ix: usize| parameters.iter().any(|list| list.get(ix) == Some(&true));
    let is_known = |word: &str| apis.iter().any(|api| api.routes.knows(word));
    segments.iter().enumerate().map(|(ix, text)| Step::of(text, is_parameter(ix), is_known)).collect()
}

/// Whose use of its words a request is.
fn by(request: &Request, partner: Option<usize>) -> Use {
    Use { caller: Caller::of(partner, request.user_agent.as_deref()), day: request.day }
}

fn calls(request: &Request) -> Calls {
    let attempts = u64::from(is_attempt(request.status));
    Calls { count: 1 - attempts, attempts }
}

/// Whether a path outside the contract is that of a file that pages are made of, which belongs to no API.
fn is_static(segments: &[String]) -> bool {
    let ending = segments.last().and_then(|last| last.rsplit_once('.'));
    ending.is_some_and(|(name, ending)| !name.is_empty() && STATIC.contains(&&*ending.to_ascii_lowercase()))
        || segments.last().is_some_and(|last| last == "robots.txt")
}

/// 404 and 405 found nothing, 401 was not let in; everything else shows that the operation is used.
fn is_attempt(status: Option<u16>) -> bool {
    matches!(status, Some(401 | 404 | 405))
}
