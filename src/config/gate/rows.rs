//! `[[gate.level]]`: what must be answered, of the changes that a row fits.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::levels::RuleId;
use crate::config::pattern::Pattern;
use crate::rules::Level;

/// The level at which some changes are gated. A row without a field fits every change.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub(crate) struct LevelRow {
    /// The id of a rule.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    rule: Option<RuleId>,
    /// `request`, `response` or `operation`.
    #[serde(default)]
    side: Option<crate::contract::vocabulary::Scope>,
    /// Operations, `GET /internal/**`; `*` stands for one segment, `**` for any. All that a change reaches must fit.
    #[serde(default)]
    operations: Vec<Pattern>,
    /// Tags; every operation that a change reaches must have one of them.
    #[serde(default)]
    tags: Vec<String>,
    /// The id of an API.
    #[serde(default)]
    api: Option<String>,
    /// The level at which it is gated, or `off`.
    pub(crate) level: Gated,
}

/// The level at which a change is gated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum Gated {
    /// As what breaks programs.
    Breaking,
    /// As what may.
    Risky,
    /// As something new.
    Additive,
    /// As words alone.
    Docs,
    /// Never.
    Off,
}

impl Gated {
    /// The level; nothing for what is never gated.
    pub(crate) fn level(self) -> Option<Level> {
        match self {
            Self::Breaking => Some(Level::Breaking),
            Self::Risky => Some(Level::Risky),
            Self::Additive => Some(Level::Additive),
            Self::Docs => Some(Level::Docs),
            Self::Off => None,
        }
    }
}

/// An operation, `GET /users/{id}`, and its tags.
pub(crate) type Tagged = (String, Vec<String>);

/// A change as rows look at it.
pub(crate) struct Matched<'a> {
    /// The id of its API.
    pub(crate) api: &'a str,
    /// The id of its rule.
    pub(crate) rule: &'a str,
    /// Its side.
    pub(crate) side: crate::contract::vocabulary::Scope,
    /// How it moves what is admitted.
    pub(crate) effect: crate::contract::vocabulary::Effect,
    /// The operations it reaches, as `GET /users/{id}`, each with its tags.
    pub(crate) operations: &'a [Tagged],
}

impl LevelRow {
    /// Whether it looks at the operations that a change reaches.
    pub(crate) fn asks_for_operations(&self) -> bool {
        !self.operations.is_empty() || !self.tags.is_empty()
    }

    /// Whether the row speaks of a change.
    pub(crate) fn fits(&self, change: &Matched<'_>) -> bool {
        let all = |test: &dyn Fn(&Tagged) -> bool| !change.operations.is_empty() && change.operations.iter().all(test);
        self.rule.is_none_or(|rule| rule.0 == change.rule)
            && self.side.is_none_or(|side| side == change.side)
            && self.api.as_deref().is_none_or(|api| api == change.api)
            && (self.operations.is_empty() || all(&|(name, _)| self.operations.iter().any(|one| one.fits(name))))
            && (self.tags.is_empty() || all(&|(_, tags)| tags.iter().any(|tag| self.tags.contains(tag))))
    }
}
