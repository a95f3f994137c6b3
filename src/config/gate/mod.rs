//! `[gate]`: what must be answered before it is merged, and how long partners have before it ships.
//!
//! A key that is not written holds its default. Where a pull request changes these, the stricter of both versions binds
//! ([`crate::gate::Policy`]).

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

pub(crate) use calendar::Calendar;
pub(crate) use rows::{LevelRow, Matched, Tagged};
use stability::Stability;

use crate::rules::{self, Level, Reading};

mod calendar;
mod rows;
mod stability;

/// What `preavis check` decides by.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub(crate) struct Gate {
    /// The levels that must be answered. What cannot be read must be, whatever stands here.
    pub(crate) levels: Vec<Level>,
    /// The branch on which notices become public [default: the target branch; of what goes straight to production, `next`,
    /// else the default branch].
    pub(crate) publishing: Option<String>,
    /// Who calls the API: `public` (people we do not know too) or `known` (only those with a partner file).
    pub(crate) callers: Callers,
    /// What a notice must be for a change to be merged: `draft`, or `announced`.
    pub(crate) answer: Wanted,
    /// How what anyone may read, as logs and comments, speaks of partners.
    pub(crate) partners_in_public: Naming,
    /// Whether a server that goes is breaking: programs call its address.
    servers: bool,
    /// Who reads answers: `tolerant` programs, or `strict` ones, which refuse new values, members and types.
    readers: Readers,
    /// What a format is: a `hint`, or something that servers `assert`, so that values which do not match are refused.
    formats: Formats,
    /// The catalogue of rules by which it is gated, such as `2026.11`: what a later one finds is told only [default: the
    /// newest].
    catalogue: Option<Catalogue>,
    /// The labels of a pull request.
    pub(crate) labels: Labels,
    /// When what is merged is live: with a `release`, or with the `merge`.
    pub(crate) ships_on: ShipsOn,
    /// Days between announcement and production.
    pub(crate) notice: Periods,
    /// Days on which something ships.
    pub(crate) calendar: Calendar,
    /// What logs prove.
    pub(crate) evidence: EvidenceAge,
    /// What a word of stability in the document promises.
    pub(crate) stability: Stability,
    /// What must be answered, of some changes; the first row that fits decides.
    #[serde(rename = "level")]
    pub(crate) rows: Vec<LevelRow>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            levels: vec![Level::Breaking, Level::Risky],
            publishing: None,
            callers: Callers::default(),
            answer: Wanted::default(),
            partners_in_public: Naming::default(),
            servers: false,
            readers: Readers::default(),
            formats: Formats::default(),
            catalogue: None,
            labels: Labels::default(),
            ships_on: ShipsOn::default(),
            notice: Periods::default(),
            calendar: Calendar::default(),
            evidence: EvidenceAge::default(),
            stability: Stability::default(),
            rows: Vec::new(),
        }
    }
}

impl Gate {
    /// What is taken for a promise beside what the standard makes one.
    pub(crate) fn reading(&self) -> Reading {
        Reading {
            servers: self.servers,
            strict_readers: self.readers == Readers::Strict,
            asserted_formats: self.formats == Formats::Assert,
        }
    }

    /// Whether a rule is of the catalogue by which it is gated.
    pub(crate) fn knows(&self, since: &str) -> bool {
        self.catalogue.is_none_or(|Catalogue(catalogue)| catalogue.has(since))
    }
}

/// Who reads answers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Readers {
    /// Programs that ignore what they do not know.
    #[default]
    Tolerant,
    /// Programs that refuse it.
    Strict,
}

/// What a format is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Formats {
    /// A note to readers.
    #[default]
    Hint,
    /// Something that servers check.
    Assert,
}

/// The labels of a pull request.
#[derive(Clone, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub(crate) struct Labels {
    /// Of one with a change that partners are to be told of.
    pub(crate) needs_communication: Option<String>,
    /// Of one that may not be merged yet.
    pub(crate) blocked: Option<String>,
}

/// The name of a catalogue.
#[derive(Clone, Copy, Debug)]
struct Catalogue(&'static rules::Catalogue);

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = rules::CATALOGUES.iter().find(|known| known.name == name);
        let names = || rules::CATALOGUES.iter().map(|known| format!("`{}`", known.name)).collect::<Vec<_>>().join(", ");
        let refused = || serde::de::Error::custom(format!("no catalogue is called `{name}`, there is {}", names()));
        known.map(Self).ok_or_else(refused)
    }
}

impl JsonSchema for Catalogue {
    fn schema_name() -> Cow<'static, str> {
        "Catalogue".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = rules::CATALOGUES.iter().map(|known| known.name).collect();
        json_schema!({"type": "string", "enum": names})
    }
}

/// Who calls the API.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Callers {
    /// Only those who have a partner file.
    Known,
    /// People we do not know too.
    #[default]
    Public,
}

/// What a notice must be for a change to be merged; the later, the stricter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Wanted {
    /// Written.
    #[default]
    Draft,
    /// Announced.
    Announced,
}

/// How partners are spoken of where anyone may read it; the later, the stricter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Naming {
    /// By their slugs.
    Names,
    /// By how many they are.
    #[default]
    Count,
    /// Not at all.
    None,
}

/// When what is merged is live; the later, the stricter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ShipsOn {
    /// With the next release.
    #[default]
    Release,
    /// At once.
    Merge,
}

/// Days between announcement and production.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Periods {
    /// For what breaks programs.
    pub(crate) breaking: u16,
    /// For what may.
    pub(crate) risky: u16,
    /// From the mark that something is deprecated to its sunset.
    pub(crate) deprecation: u16,
}

impl Default for Periods {
    fn default() -> Self {
        Self { breaking: 30, risky: 7, deprecation: 90 }
    }
}

impl Periods {
    /// The days for a change of a level.
    pub(crate) fn of(self, level: Level) -> u16 {
        match level {
            Level::Breaking => self.breaking,
            Level::Risky => self.risky,
            Level::Additive | Level::Docs => 0,
        }
    }
}

/// What logs prove.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct EvidenceAge {
    /// Days after which logs say nothing any more.
    pub(crate) max_age: u16,
}

impl Default for EvidenceAge {
    fn default() -> Self {
        Self { max_age: 30 }
    }
}
