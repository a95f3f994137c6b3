//! Whom a change touches, and why: the answer is data, words are found later.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::case::Case;
use super::evidence::Evidence;
use super::known::{Dossier, Side, key_of};
use super::partner::{Partner, Profile};
use super::registry::Registry;
use super::routes::Routes;
use super::usage::Usage;
use crate::contract::{Contract, Scope};
use crate::rules::Level;
use crate::text::Spot;

/// One change, as far as it matters here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeView<'a> {
    /// The id of its rule.
    pub rule: &'a str,
    /// Its level.
    pub level: Level,
    /// What flows there.
    pub side: Scope,
    /// The shared component that owns it; `None` inline.
    pub component: Option<&'a str>,
    /// The place inside the component or the operation: `items[].id`, `query:page`.
    pub path: &'a str,
    /// Every operation it reaches.
    pub operations: Vec<Reached<'a>>,
}

/// A part of an operation that a change reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reached<'a> {
    /// Upper case.
    pub method: &'a str,
    /// The path template.
    pub path: &'a str,
    /// The part.
    pub spot: &'a Spot,
}

/// Whether a change touches a partner, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Concern {
    /// False only where it is shown that the partner need not care.
    pub touched: bool,
    /// How surely: of what touches, the surest; of what shows that nothing does, the least sure. Where what decides is
    /// the change itself ([`Reason::Harmless`]) or the partner file, it is declared.
    pub evidence: Evidence,
    /// Why; sorted, each once.
    pub reasons: Vec<Reason>,
}

/// Why a change touches a partner, or why it does not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Reason {
    /// It reads the field.
    Reads { operation: String, field: String, evidence: Evidence },
    /// It sends the parameter; `count` calls in the logs did.
    Sends { operation: String, param: String, count: u64, evidence: Evidence },
    /// It has declared what it sends, and the parameter that is now asked for is not among it.
    Omits { operation: String, param: String },
    /// It calls the operation; counts are of the logs, which cover `window` days.
    Calls {
        operation: String,
        evidence: Evidence,
        count: u64,
        attempts: u64,
        window: usize,
        #[schemars(with = "Option<String>")]
        last: Option<Date>,
    },
    /// It receives the webhook that sends the component.
    Webhook { model: String, field: Option<String>, evidence: Evidence },
    /// Its software refuses what it does not know.
    Strict { operation: String },
    /// We do not know whether it reads or sends this field.
    FieldUnknown { operation: String, field: String },
    /// Logs do not show that it calls the operation, and do not show that it does not: they cover `window` days, fewer
    /// than 35, or nobody was seen calling it.
    Unseen { operation: String, window: usize },
    /// It receives the webhook, but no version of the contract has the schema that it is said to send.
    Unmatched { model: String, schema: String },
    /// The change is about the API as a whole.
    WholeApi,
    /// Nothing is known of what it uses.
    Assumed,
    /// It uses other APIs.
    OtherApi,
    /// Nothing that worked changes.
    Harmless,
    /// It calls none of the operations; logs cover `window` days.
    NotCalled { evidence: Evidence, window: usize },
    /// It has declared what it reads of the operation, and this is not among it.
    NotRead { operation: String },
    /// It does not send the parameter.
    NotSent { operation: String, param: String, evidence: Evidence },
    /// Beside what shows that it is not touched: the change is in a shared component, and it also calls so many
    /// operations that the contract does not have; of their answers nothing can be said.
    Undocumented { operations: usize },
}

/// The partners of an API and what is known of them, ready to be asked about changes between two versions.
pub struct Audience<'a> {
    members: Vec<(&'a Partner, Option<Dossier>)>,
    /// The operations that anyone was seen calling.
    pub(super) seen: BTreeSet<String>,
    /// How many days the logs cover.
    pub(super) window: usize,
}

impl Registry {
    /// Puts the partners and the aggregates against the versions of an API that are compared; either may be missing.
    pub fn audience<'a>(
        &'a self,
        usage: &Usage,
        api: &str,
        base: Option<&Contract>,
        head: Option<&Contract>,
    ) -> Audience<'a> {
        let sides: Vec<Side<'_>> = [base, head]
            .into_iter()
            .flatten()
            .map(|contract| Side { contract, routes: Routes::new(contract) })
            .collect();
        let member = |partner: &'a Partner| {
            let uses = partner.uses_api(api);
            (partner, uses.then(|| Dossier::new(partner, usage, api, &sides)))
        };
        let rows = usage.rows.iter().filter(|row| row.api.as_deref().is_none_or(|known| known == api));
        Audience {
            members: self.partners().iter().map(member).collect(),
            seen: rows.map(|row| key_of(&row.operation)).collect(),
            window: usage.window(),
        }
    }
}

impl ChangeView<'_> {
    /// True of what takes nothing away from anyone, or from a `strict` reader. Deprecations and ends of service take
    /// something away later.
    pub fn is_harmless(&self, strict: bool) -> bool {
        let announced = ["deprecated-added", "sunset-"].iter().any(|start| self.rule.starts_with(start));
        let additive = self.level >= Level::Additive;
        let noticed = strict && self.side == Scope::Response && self.level == Level::Additive;
        additive && !announced && !noticed
    }
}

impl Concern {
    /// What holds of anyone of whom nothing is known, and of everyone where there are no partner files.
    pub fn assumed() -> Self {
        Self { touched: true, evidence: Evidence::Assumed, reasons: vec![Reason::Assumed] }
    }

    fn spared(evidence: Evidence, reason: Reason) -> Self {
        Self { touched: false, evidence, reasons: vec![reason] }
    }
}

impl<'a> Audience<'a> {
    /// For each partner, by slug, whether a change touches it and why. Without partner files the list is empty, and
    /// everyone must be taken for touched ([`Concern::assumed`]).
    pub fn concerned(&self, change: &ChangeView<'_>) -> Vec<(&'a Partner, Concern)> {
        self.members
            .iter()
            .map(|(partner, dossier)| (*partner, self.concern(partner, dossier.as_ref(), change)))
            .collect()
    }

    fn concern(&self, partner: &Partner, dossier: Option<&Dossier>, change: &ChangeView<'_>) -> Concern {
        let Some(dossier) = dossier else { return Concern::spared(Evidence::Declared, Reason::OtherApi) };
        let strict = partner.profile == Profile::Strict;
        if change.is_harmless(strict) {
            return Concern::spared(Evidence::Declared, Reason::Harmless);
        }
        if dossier.is_empty() {
            return Concern::assumed();
        }
        Case::new(self, partner, dossier, change).decide()
    }
}
