//! One change as a report says it: what, where, before and after, how sure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::entries::Part;
use crate::config::Naming;
use crate::diff::Why;
use crate::rules::Level;
use crate::text::{Args, Reason, Spot};

pub use crate::contract::vocabulary::{Effect, Scope as Side};

/// One difference of meaning: a cause, with everything it reaches.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Change {
    /// The identity; survives rebases, rewording, moved lines and upgrades.
    pub fingerprint: String,
    /// What it was under the ids that the API had before its document moved, by id; what was written of it then holds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub former_fingerprints: BTreeMap<String, String>,
    /// The id of the rule.
    pub rule: String,
    /// How much it matters to partners.
    pub level: Level,
    /// What flows there.
    pub side: Side,
    /// How it moves what is admitted.
    pub effect: Effect,
    /// The sentence, in the language asked for; names stand between backticks.
    pub summary: String,
    /// Where it lies.
    pub at: At,
    /// The first 20 operations it reaches.
    pub operations: Vec<Operation>,
    /// How many entries the full set has.
    pub operations_total: u64,
    /// The key of the full set in `reaches`.
    pub reach: String,
    /// Joins the two sides of one edit, and two APIs that share a schema file.
    pub cause: String,
    /// The placeholders of the sentence, so that it can be said in another language.
    pub args: Args,
    /// The other end of a probable rename; presentation only.
    pub hint: Option<Hint>,
    /// The node in base; long ones are cut, see the member `…`.
    pub before: Option<Value>,
    /// The node in head; long ones are cut, see the member `…`.
    pub after: Option<Value>,
    /// A payload as it was before.
    pub before_payload: Option<Value>,
    /// The same payload as it is now.
    pub after_payload: Option<Value>,
    /// The positions in both documents.
    pub source: Source,
    /// How sure it is.
    pub proof: Proof,
    /// Why there is no proof; only where `proof` is `unproven`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unproven_because: Option<String>,
    /// What proves it; only where `proof` is `proven`.
    pub witness: Option<Witness>,
    /// The changes it speaks for, in the order of the document; none where it speaks for itself alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Whom it touches; only where that was asked for. It is not read back: what was saved of partners goes nowhere.
    #[serde(default, skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub touches: Option<Touched>,
}

/// Whom a change touches.
#[derive(Clone, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Touched {
    /// The slugs of partners; null where the policy does not let them be named.
    pub partners: Option<Vec<String>>,
    /// How many partners; null where the policy does not let that be said.
    pub count: Option<u64>,
    /// Whether it touches people we do not know.
    pub public: bool,
    /// The slugs where they are only counted: what several changes touch is a union. Never written.
    #[serde(skip)]
    pub unnamed: Vec<String>,
}

/// Where a change lies.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct At {
    /// The shared component that owns it: a bare schema name, or `section/Name`; null inline.
    pub component: Option<String>,
    /// The place inside the component or the operation: `items[].id`, `query:page`.
    pub path: String,
    /// The JSON Pointer of the node, in head where it exists, else in base.
    pub pointer: String,
}

/// A spot of an operation.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Operation {
    /// Upper case.
    pub method: String,
    /// With a leading slash and the parameter names of head (of base where removed).
    pub path: String,
    /// The part of the operation, e.g. `response 200 body`; a webhook's or callback's name stands here.
    #[serde(rename = "where")]
    #[schemars(with = "String")]
    pub spot: Spot,
}

/// The other end of a probable rename.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Hint {
    /// On a removal: the name of what was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed_to: Option<String>,
    /// On an addition: the name of what was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed_from: Option<String>,
    /// The fingerprint of the other change.
    pub fingerprint: String,
    /// Whether that is a guess: the place and the shape say so, neither the spelling of the names nor a description.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub perhaps: bool,
}

/// The positions of a change.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Source {
    /// In base; null where nothing stood there.
    pub base: Option<Place>,
    /// In head; null where nothing stands there.
    pub head: Option<Place>,
}

/// A position in a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Place {
    /// The file, relative to the root of its version.
    pub file: String,
    /// From 1.
    pub line: u64,
    /// From 1, in characters.
    pub column: u64,
}

/// How sure a change is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub enum Proof {
    /// A validator confirmed a payload that one contract allows and the other refuses.
    Proven,
    /// Follows from the protocol.
    Structural,
    /// Decided without a confirmed payload, or not decided.
    Unproven,
    /// Decided by the engine; nobody asked for a payload. Readers that do not know the word take it for `unproven`.
    NotTried,
}

/// What shows a change: a payload that one version allows and the other refuses, and the HTTP message it travels in.
/// Of a `proven` change a validator confirmed both payloads against both versions.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Witness {
    /// What one version allows and the other refuses; null where the exchange shows it without a payload.
    pub payload: Value,
    /// The nearest payload that both allow, unlike it only at the place of the change; null where they share none.
    pub control: Value,
    /// `base` or `head`.
    pub allowed_by: String,
    /// `base` or `head`.
    pub refused_by: String,
    /// True where it is refused only by readers that refuse members nothing declares: it is declared no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub declared_only: bool,
    /// What the validator said; empty where none was asked.
    pub error: String,
    /// The same as data, which can be said in any language; nothing where none was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The payload as an HTTP message.
    #[serde(default)]
    pub exchange: Option<String>,
    /// The same as a command, for requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
}

/// Two are the same where they say the same.
impl PartialEq for Touched {
    fn eq(&self, other: &Self) -> bool {
        (&self.partners, self.count, self.public) == (&other.partners, other.count, other.public)
    }
}

impl Touched {
    /// Partners, as far as they may be spoken of.
    pub(crate) fn said(partners: &[String], public: bool, naming: Naming) -> Self {
        Self {
            partners: (naming == Naming::Names).then(|| partners.to_vec()),
            count: (naming != Naming::None).then_some(partners.len() as u64),
            public,
            unnamed: if naming == Naming::Count { partners.to_vec() } else { Vec::new() },
        }
    }
}

impl Change {
    /// Its fingerprint, and those it had under the ids of before; of an entry those of all that it speaks for.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.identities().flat_map(|(now, former)| std::iter::once(now).chain(former.values().map(String::as_str)))
    }

    /// The fingerprints of all that it speaks for.
    pub fn fingerprints(&self) -> impl Iterator<Item = &str> {
        self.identities().map(|(now, _)| now)
    }

    /// The fingerprint of each change that it speaks for, and what that was under the ids of before.
    pub(super) fn identities(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
        let own = self.parts.is_empty().then_some((&*self.fingerprint, &self.former_fingerprints));
        own.into_iter().chain(self.parts.iter().map(|part| (&*part.fingerprint, &part.former_fingerprints)))
    }

    /// Its place in the order of a report: level, operation or component (operations first), path, rule.
    pub(super) fn rank(&self) -> impl Ord + '_ {
        let home = match (&self.at.component, self.operations.first()) {
            (Some(component), _) => (true, component.as_str(), ""),
            (None, Some(first)) => (false, first.path.as_str(), first.method.as_str()),
            (None, None) => (false, "", ""),
        };
        (self.level, home, &self.at.path, &self.rule, &self.fingerprint)
    }

    /// Whether a fingerprint, of now or of before the document moved, is this change's.
    pub fn is(&self, fingerprint: &str) -> bool {
        self.ids().any(|id| id == fingerprint)
    }
}

impl From<&crate::diff::Exhibit> for Witness {
    fn from(exhibit: &crate::diff::Exhibit) -> Self {
        let forward = exhibit.run == crate::contract::Run::Forward;
        let (allowed_by, refused_by) = if forward { ("base", "head") } else { ("head", "base") };
        Self {
            payload: exhibit.payload.clone().unwrap_or_default(),
            control: exhibit.control.clone().unwrap_or_default(),
            allowed_by: allowed_by.to_owned(),
            refused_by: refused_by.to_owned(),
            declared_only: exhibit.declared_only,
            error: exhibit.error.clone(),
            reason: exhibit.reason.clone(),
            exchange: exhibit.exchange.clone(),
            curl: exhibit.curl.clone(),
        }
    }
}

/// The stable name of a reason for which there is no proof.
pub(super) fn because(why: Why) -> &'static str {
    match why {
        Why::Branches => "branches",
        Why::Pairs => "pairs",
        Why::Pattern => "pattern",
        Why::Opaque => "opaque",
        Why::Hole => "hole",
        Why::NoWitness => "no-witness",
        Why::Disagree => "validators-disagree",
    }
}
