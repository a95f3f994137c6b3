//! Which operation of a contract a request or a declared operation means.
//!
//! One tree for each method. A literal segment goes before a parameter that only takes such values, and that before one
//! that takes anything (OpenAPI: concrete paths are matched before templated ones); what two operations take equally
//! well is said to be ambiguous, never guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::path::Target;
use super::segment::{Part, Segment, parts, segment, shape};
use crate::contract::{Contract, Operation, Origin};
use crate::diff::server_path;

/// The most nodes looked at for one path; a contract of many like templates must not cost more.
const VISITS: usize = 4_000;
/// The most base paths of servers.
const BASES: usize = 32;

/// Where a request leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// To the operation at this index of [`Contract::operations`].
    One(usize),
    /// To several operations that take it equally well.
    Several(Vec<usize>),
    /// To none that the contract knows.
    None,
}

/// The operations of a contract by path.
#[derive(Debug, Default)]
pub struct Routes {
    methods: BTreeMap<String, Node>,
    words: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Node {
    literals: BTreeMap<String, Node>,
    parameters: Vec<(Segment, Node)>,
    ends: Vec<usize>,
}

impl Route {
    fn of(ends: Vec<usize>) -> Self {
        match ends[..] {
            [] => Self::None,
            [one] => Self::One(one),
            [..] => Self::Several(ends),
        }
    }
}

impl Routes {
    /// The operations of a contract; webhooks and callbacks are not called by partners.
    pub fn new(contract: &Contract) -> Self {
        let mut routes = Self::default();
        for (ix, operation) in contract.operations.iter().enumerate() {
            if operation.key.origin == Origin::Path {
                routes.insert(contract, ix, operation);
            }
        }
        routes
    }

    fn insert(&mut self, contract: &Contract, ix: usize, operation: &Operation) {
        let segments: Vec<Part> =
            parts(&operation.key.template.text).into_iter().map(|text| segment(contract, operation, &text)).collect();
        let own = if operation.servers.is_empty() { &contract.servers } else { &operation.servers };
        let mut bases: Vec<Vec<String>> = vec![Vec::new()];
        for server in own.iter().take(BASES) {
            let base = parts(server_path(&server.url));
            if !bases.contains(&base) {
                bases.push(base);
            }
        }
        for base in bases {
            let mut node = self.methods.entry(operation.key.method.clone()).or_default();
            for part in base.into_iter().map(Part::Literal).chain(segments.iter().cloned()) {
                node = match part {
                    Part::Literal(text) => {
                        self.words.insert(text.clone());
                        node.literals.entry(text).or_default()
                    }
                    Part::Parameter(takes) => node.parameter(takes),
                };
            }
            if !node.ends.contains(&ix) {
                node.ends.push(ix);
            }
        }
    }

    /// The operation that a request means. `HEAD` is read as `GET` where it is no operation of its own.
    pub fn find(&self, method: &str, target: &Target) -> Route {
        let found = |method: &str| self.methods.get(method).and_then(|root| best(root, &target.segments));
        let fallback = || if method == "HEAD" { found("GET") } else { None };
        found(method).or_else(fallback).map_or(Route::None, |(_, ends)| Route::of(ends))
    }

    /// The operation that a template means: `{name}` stands for a parameter, whatever its name.
    pub fn declared(&self, method: &str, template: &str) -> Route {
        let segments: Vec<String> = parts(template).iter().map(|text| shape(text)).collect();
        let found = self.methods.get(method).and_then(|root| search(root, &segments, true));
        found.map_or(Route::None, |(_, ends)| Route::of(ends))
    }

    /// For each segment of a path, whether an operation has a parameter there, whatever its method.
    pub fn parameters(&self, segments: &[String]) -> Vec<bool> {
        let mut here: Vec<&Node> = self.methods.values().collect();
        let mut out = Vec::new();
        for text in segments {
            out.push(here.iter().any(|node| !node.parameters.is_empty()));
            here = here
                .iter()
                .flat_map(|node| {
                    node.literals.get(text).into_iter().chain(node.parameters.iter().map(|(_, next)| next))
                })
                .take(VISITS)
                .collect();
        }
        out
    }

    /// True if an operation has this method.
    pub fn has_method(&self, method: &str) -> bool {
        self.methods.contains_key(method)
    }

    /// True of a literal segment of the contract.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

impl Node {
    fn parameter(&mut self, segment: Segment) -> &mut Self {
        let ix = self.parameters.iter().position(|(known, _)| *known == segment).unwrap_or(self.parameters.len());
        if ix == self.parameters.len() {
            self.parameters.push((segment, Self::default()));
        }
        &mut self.parameters[ix].1
    }
}

/// How well each segment is taken, and the operations that take all of them so.
type Found = (Vec<u8>, Vec<usize>);

/// The search for a path as it is, and without `.json` at its end, which frameworks take for a format.
fn best(root: &Node, segments: &[String]) -> Option<Found> {
    let plain = search(root, segments, false);
    let (last, rest) = segments.split_last()?;
    let Some(stem) = last.strip_suffix(".json").filter(|stem| !stem.is_empty()) else { return plain };
    let mut segments = rest.to_vec();
    segments.push(stem.to_owned());
    plain.into_iter().chain(search(root, &segments, false)).min_by(|(one, _), (two, _)| one.cmp(two))
}

fn search(root: &Node, segments: &[String], template: bool) -> Option<Found> {
    let mut found = Vec::new();
    let mut visits = VISITS;
    walk(root, segments, template, &mut Vec::new(), &mut found, &mut visits);
    let ranks = found.iter().map(|(ranks, _)| ranks).min().cloned()?;
    let mut ends: Vec<usize> =
        found.into_iter().filter(|(other, _)| *other == ranks).flat_map(|(_, ends)| ends).collect();
    ends.sort_unstable();
    ends.dedup();
    Some((ranks, ends))
}

fn walk(
    node: &Node,
    segments: &[String],
    template: bool,
    ranks: &mut Vec<u8>,
    found: &mut Vec<Found>,
    visits: &mut usize,
) {
    let Some(left) = visits.checked_sub(1) else { return };
    *visits = left;
    let Some((first, rest)) = segments.split_first() else {
        if !node.ends.is_empty() {
            found.push((ranks.clone(), node.ends.clone()));
        }
        return;
    };
    let literal = node.literals.get(first).map(|next| (0, next));
    let others = node.parameters.iter().filter_map(|(segment, next)| Some((segment.rank(first, template)?, next)));
    for (rank, next) in literal.into_iter().chain(others) {
        ranks.push(rank);
        walk(next, rest, template, ranks, found, visits);
        ranks.pop();
    }
}
