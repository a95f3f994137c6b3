//! What is known of one partner's use of one API: declared, inferred and observed, by operation.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Evidence;
use super::partner::{Partner, Use};
use super::reads::{Reach, answers};
use super::routes::{Route, Routes};
use super::usage::{Calls, Row, Usage};
use crate::contract::{Contract, Operation, Template};

/// The days that logs must cover before silence means something: a monthly job must have had its turn.
pub(super) const WINDOW: usize = 35;

/// A contract with its routes.
pub(super) struct Side<'c> {
    pub(super) contract: &'c Contract,
    pub(super) routes: Routes,
}

/// An operation of a contract.
struct Meant<'c> {
    side: &'c Contract,
    operation: &'c Operation,
}

impl Side<'_> {
    /// The operations that a template means.
    fn meant(&self, method: &str, path: &str) -> impl Iterator<Item = Meant<'_>> {
        let found = match self.routes.declared(method, path) {
            Route::One(ix) => vec![ix],
            Route::Several(list) => list,
            Route::None => Vec::new(),
        };
        let at = |ix: usize| Some(Meant { side: self.contract, operation: self.contract.operations.get(ix)? });
        found.into_iter().filter_map(at)
    }

    /// True if the contract has an operation.
    pub(super) fn has(&self, operation: &str) -> bool {
        let (method, path) = operation.split_once(' ').unwrap_or_default();
        self.meant(method, path).next().is_some()
    }
}

/// The operations that a template means, each once: key, name, and whether a contract has it.
fn named(method: &str, path: &str, sides: &[Side<'_>]) -> Vec<(String, String, bool)> {
    let mut out: Vec<(String, String, bool)> = Vec::new();
    for Meant { operation, .. } in sides.iter().flat_map(|side| side.meant(method, path)) {
        let (key, template) = (operation.key.matching(), &operation.key.template.text);
        out.retain(|(known, ..)| *known != key);
        out.push((key, format!("{} {template}", operation.key.method), true));
    }
    if out.is_empty() {
        out.push((key(method, path), format!("{method} {}", Template::new(path).text), false));
    }
    out
}

/// What is known of one operation.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// As it is written in the contract, else as it was declared or seen.
    pub(super) name: String,
    /// True if a contract has it.
    pub(super) documented: bool,
    pub(super) evidence: BTreeSet<Evidence>,
    pub(super) calls: Calls,
    /// The parameters that the partner declared; `None` where it did not.
    pub(super) params: Option<BTreeSet<String>>,
    /// The parameters that logs show, with how many calls sent them and whether the contract knows them.
    pub(super) sent: BTreeMap<String, (u64, bool)>,
    /// What the partner reads, with its places and how we know.
    pub(super) reads: Vec<(String, Reach, Evidence)>,
    /// True if some calls may have been of this operation and partner, or of others.
    pub(super) doubtful: bool,
    /// True if the partner declared all that it reads: then nothing else is read.
    pub(super) reads_are_all: bool,
}

/// What a webhook sends.
#[derive(Debug, Default)]
pub(super) struct Hook {
    /// What the partner reads of it; everything, under an empty name, where that is not known.
    pub(super) reads: Vec<(String, Reach)>,
    /// All of it.
    pub(super) whole: Reach,
}

/// What is known of a partner.
#[derive(Debug, Default)]
pub(super) struct Dossier {
    /// By method and shape of the path.
    pub(super) operations: BTreeMap<String, Known>,
    /// The declared webhooks, in the order of the partner file.
    pub(super) webhooks: Vec<Hook>,
    /// True if the partner was seen in logs.
    pub(super) seen: bool,
    /// True if logs show names of parameters it sends.
    pub(super) names_logged: bool,
}

/// The key of an operation: the method and the shape of the path.
pub(super) fn key(method: &str, path: &str) -> String {
    format!("{method} {}", Template::new(path).shape)
}

/// An operation as it is told apart: `GET /users/{id}` is `GET /users/{}`.
pub fn key_of(operation: &str) -> String {
    operation.split_once(' ').map_or_else(|| operation.to_owned(), |(method, path)| key(method, path))
}

impl Dossier {
    /// Gathers what is known of a partner of an API.
    pub(super) fn new(partner: &Partner, usage: &Usage, api: &str, sides: &[Side<'_>]) -> Self {
        let mut dossier = Self::default();
        for one in &partner.uses {
            dossier.declare(one, sides);
        }
        let rows = usage.rows.iter().filter(|row| row.partner.as_deref() == Some(partner.slug()));
        for row in rows.filter(|row| row.api.as_deref().is_none_or(|known| known == api)) {
            dossier.observe(row, sides);
        }
        for webhook in &partner.webhooks {
            let reach = |read: &str| {
                let mut reach = Reach::default();
                for side in sides {
                    let at = side.contract.homes.component("schemas", webhook.schema());
                    reach.join(Reach::of(side.contract, at.as_slice(), read));
                }
                reach
            };
            let reads = webhook.reads.clone().unwrap_or_else(|| vec![String::new()]);
            let reads = reads.into_iter().map(|read| (read.clone(), reach(&read))).collect();
            dossier.webhooks.push(Hook { reads, whole: reach("") });
        }
        dossier
    }

    fn declare(&mut self, one: &Use, sides: &[Side<'_>]) {
        let method = one.method();
        let reads: Vec<&str> = one.reads().into_iter().flatten().collect();
        let mut reaches = vec![Reach::default(); reads.len()];
        for operation in sides.iter().flat_map(|side| side.meant(&method, one.path())) {
            let from = answers(operation.side, operation.operation);
            for (reach, read) in reaches.iter_mut().zip(&reads) {
                reach.join(Reach::of(operation.side, &from, read));
            }
        }
        for (key, name, documented) in named(&method, one.path(), sides) {
            let found =
                reads.iter().zip(&reaches).map(|(read, reach)| ((*read).to_owned(), reach.clone(), one.evidence));
            let known = self.operations.entry(key).or_default();
            known.name = name;
            known.documented |= documented;
            known.reads.extend(found);
            if one.evidence == Evidence::Declared {
                // A second entry without a list takes back that the first one names everything.
                let alone = !known.evidence.contains(&Evidence::Declared);
                known.reads_are_all = one.reads().is_some() && (alone || known.reads_are_all);
                if let Some(params) = &one.params {
                    known.params.get_or_insert_default().extend(params.iter().cloned());
                }
            }
            known.evidence.insert(one.evidence);
        }
    }

    fn observe(&mut self, row: &Row, sides: &[Side<'_>]) {
        self.seen = true;
        self.names_logged |= !row.params.is_empty() || !row.unknown_params.is_empty();
        let (method, path) = row.operation.split_once(' ').unwrap_or_default();
        for (key, name, documented) in named(method, path, sides) {
            let known = self.operations.entry(key).or_default();
            if documented || known.name.is_empty() {
                known.name = name;
            }
            known.documented |= documented;
            if row.ambiguous > 0 {
                known.evidence.insert(Evidence::Assumed);
                known.doubtful = true;
            }
            if row.count > 0 || row.attempts > 0 {
                known.evidence.insert(Evidence::Observed);
            }
            known.calls.add(row);
            let names = row.params.iter().map(|(name, count)| (name, count, true));
            for (name, count, of_contract) in names.chain(row.unknown_params.iter().map(|(name, n)| (name, n, false))) {
                let sent = known.sent.entry(name.clone()).or_insert((0, of_contract));
                sent.0 = sent.0.saturating_add(*count);
                sent.1 |= of_contract;
            }
        }
    }

    /// True if nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.webhooks.is_empty()
    }
}

impl Known {
    /// The surest evidence that the operation is called.
    pub(super) fn best(&self) -> Evidence {
        self.evidence.first().copied().unwrap_or(Evidence::Assumed)
    }
}
