//! Who uses what: for each partner the operations, how we know, and what the contract does not have of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::evidence::Evidence;
use super::known::{Dossier, Known, Side, WINDOW};
use super::partner::{Partner, Profile};
use super::registry::Registry;
use super::routes::Routes;
use super::usage::{Calls, Usage};
use crate::contract::Contract;

/// Who uses what, as far as it is known.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "preavis usage show --format json")]
pub struct Overview {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// What logs cover.
    pub window: Window,
    /// One entry a partner, by slug.
    pub partners: Vec<PartnerOverview>,
    /// What callers do whom no partner file knows.
    pub unknown: Unknowns,
}

/// What logs cover.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Window {
    /// How many days.
    pub days: usize,
    /// The first.
    #[schemars(with = "Option<String>")]
    pub first: Option<Date>,
    /// The last.
    #[schemars(with = "Option<String>")]
    pub last: Option<Date>,
    /// True if silence in them means something: 35 days or more.
    pub long_enough: bool,
}

/// What is known of a partner.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartnerOverview {
    /// What identifies it.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// How its software reads answers.
    pub profile: Profile,
    /// How many operations the contract has.
    pub matched: usize,
    /// How many it has not.
    pub undocumented: usize,
    /// The operations, those of the contract first.
    pub operations: Vec<Called>,
    /// The components it receives by webhook.
    pub webhooks: Vec<NamedRead>,
}

/// What is known of callers that are no partners.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Unknowns {
    /// The operations, those of the contract first.
    pub operations: Vec<Called>,
}

/// An operation that is called.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Called {
    /// The id of the API; null where no contract has the operation.
    pub api: Option<String>,
    /// The method and the path.
    pub operation: String,
    /// True if the contract has it.
    pub documented: bool,
    /// How we know, surest first.
    pub evidence: Vec<Evidence>,
    /// What logs show.
    pub calls: Calls,
    /// The parameters that are sent.
    pub params: Vec<NamedParameter>,
    /// What is read of the answer.
    pub reads: Vec<NamedRead>,
}

/// A parameter that is sent.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NamedParameter {
    /// Its name; `{}` for all names together that may be somebody's.
    pub name: String,
    /// How many calls in the logs sent it.
    pub count: u64,
    /// False if the contract does not know it.
    pub documented: bool,
}

/// A field that is read.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NamedRead {
    /// Its way from the top.
    pub field: String,
    /// False if the contract does not have it.
    pub documented: bool,
}

/// Gathers who uses what of some APIs, as pairs of id and contract.
pub fn overview(registry: &Registry, usage: &Usage, apis: &[(&str, &Contract)], only: Option<&str>) -> Overview {
    let sides: Vec<(&str, Side<'_>)> =
        apis.iter().map(|&(id, contract)| (id, Side { contract, routes: Routes::new(contract) })).collect();
    let days = usage.days();
    let wanted = |partner: &&Partner| only.is_none_or(|slug| slug == partner.slug());
    Overview {
        version: 1,
        window: Window {
            days: usage.window(),
            first: days.first().copied(),
            last: days.last().copied(),
            long_enough: usage.window() >= WINDOW,
        },
        partners: registry.partners().iter().filter(wanted).map(|partner| of(partner, usage, &sides)).collect(),
        unknown: Unknowns { operations: if only.is_none() { unknown(usage, &sides) } else { Vec::new() } },
    }
}

fn of(partner: &Partner, usage: &Usage, sides: &[(&str, Side<'_>)]) -> PartnerOverview {
    let mut found: BTreeMap<(bool, String), Called> = BTreeMap::new();
    let mut webhooks: Vec<NamedRead> = Vec::new();
    let own: Vec<&(&str, Side<'_>)> = sides.iter().filter(|(api, _)| partner.uses_api(api)).collect();
    for (api, side) in &own {
        let dossier = Dossier::new(partner, usage, api, std::slice::from_ref(side));
        for known in dossier.operations.into_values() {
            let called = called(known, Some(api));
            // What one API does not have, another may.
            let key = (!called.documented, called.operation.clone());
            if called.documented {
                found.remove(&(true, key.1.clone()));
            }
            if called.documented || !found.contains_key(&(false, key.1.clone())) {
                found.insert(key, called);
            }
        }
        for (webhook, reads) in partner.webhooks.iter().zip(&dossier.webhooks) {
            for (read, reach) in &reads.reads {
                let dot = if read.is_empty() { "" } else { "." };
                let field = format!("{}{dot}{read}", webhook.schema());
                match webhooks.iter_mut().find(|known| known.field == field) {
                    Some(known) => known.documented |= reach.documented,
                    None => webhooks.push(NamedRead { field, documented: reach.documented }),
                }
            }
        }
    }
    let operations: Vec<Called> = found.into_values().collect();
    let matched = operations.iter().filter(|called| called.documented).count();
    PartnerOverview {
        slug: partner.slug().to_owned(),
        name: partner.name().to_owned(),
        profile: partner.profile,
        matched,
        undocumented: operations.len() - matched,
        operations,
        webhooks,
    }
}

fn called(known: Known, api: Option<&str>) -> Called {
    let mut params: Vec<NamedParameter> =
        known.sent.into_iter().map(|(name, (count, documented))| NamedParameter { name, count, documented }).collect();
    let declared = known.params.into_iter().flatten();
    for name in declared {
        if !params.iter().any(|param| param.name == name) {
            params.push(NamedParameter { name, count: 0, documented: true });
        }
    }
    let reads = known.reads.into_iter().map(|(field, reach, _)| NamedRead { field, documented: reach.documented });
    Called {
        api: api.filter(|_| known.documented).map(str::to_owned),
        operation: known.name,
        documented: known.documented,
        evidence: known.evidence.into_iter().collect(),
        calls: known.calls,
        params,
        reads: reads.collect(),
    }
}

/// The rows of nobody known.
fn unknown(usage: &Usage, sides: &[(&str, Side<'_>)]) -> Vec<Called> {
    let mut found: BTreeMap<(bool, &str, &str), Called> = BTreeMap::new();
    for row in usage.rows.iter().filter(|row| row.partner.is_none()) {
        let api = sides.iter().find(|(_, side)| side.has(&row.operation)).map(|(api, _)| *api);
        let key = (api.is_none(), api.unwrap_or_default(), row.operation.as_str());
        let called = found.entry(key).or_insert_with(|| Called {
            api: api.map(str::to_owned),
            operation: row.operation.clone(),
            documented: api.is_some(),
            evidence: vec![Evidence::Observed],
            calls: Calls::default(),
            params: Vec::new(),
            reads: Vec::new(),
        });
        called.calls.add(row);
        let names = row.params.iter().map(|(name, count)| (name, count, true));
        for (name, count, documented) in names.chain(row.unknown_params.iter().map(|(name, n)| (name, n, false))) {
            match called.params.iter_mut().find(|param| param.name == *name && param.documented == documented) {
                Some(param) => param.count = param.count.saturating_add(*count),
                None => called.params.push(NamedParameter { name: name.clone(), count: *count, documented }),
            }
        }
    }
    found.into_values().collect()
}

/// The JSON Schema of [`Overview`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn overview_schema() -> String {
    crate::json_schema::of_output::<Overview>()
}
