//! The front matter of a notice: what a program needs to know of it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::rules::Level;

/// What a notice announces.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something that worked will be refused, or decodes no more.
    Breaking,
    /// May harm a strict reader or an inattentive caller.
    Risky,
    /// New possibilities.
    Additive,
    /// Works still, and will be removed.
    Deprecation,
    /// The document was wrong; the server does what it did.
    DocFix,
}

impl From<Level> for Kind {
    fn from(level: Level) -> Self {
        match level {
            Level::Breaking => Self::Breaking,
            Level::Risky => Self::Risky,
            Level::Additive => Self::Additive,
            Level::Docs => Self::DocFix,
        }
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Breaking, Self::Risky, Self::Additive, Self::Deprecation, Self::DocFix];

    /// Its name in files and options.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Additive => "additive",
            Self::Deprecation => "deprecation",
            Self::DocFix => "doc-fix",
        }
    }

    /// Whether its readers have something to do or to check.
    pub fn asks(self) -> bool {
        self.level() <= Level::Risky
    }

    /// The level that partners read; what is deprecated works still, and is to be looked after.
    pub fn level(self) -> Level {
        match self {
            Self::Breaking => Level::Breaking,
            Self::Risky | Self::Deprecation => Level::Risky,
            Self::Additive => Level::Additive,
            Self::DocFix => Level::Docs,
        }
    }
}

/// Whom a notice is for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Audience {
    /// Those who use what changes.
    #[default]
    Uses,
    /// Everyone.
    All,
    /// These partners, by slug.
    Named(Vec<String>),
}

/// A partner's word that it is ready.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ack {
    /// The slug of the partner.
    pub partner: String,
    /// The day it said so.
    pub on: Day,
    /// Where it said so: an address, the reference of a mail.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// Why a change ships without notice.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// What happened, in the notice's first language; at least 20 characters.
    #[schemars(length(min = 20))]
    pub reason: String,
    /// Where the incident is described.
    #[serde(default)]
    pub incident: Option<String>,
}

/// The facts of a notice.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Notice", description = "The front matter of a notice of preavis, between its two `+++` lines.")]
pub struct Front {
    /// What identifies the notice, for ever: feeds, messages and calendars are known by it.
    #[schemars(regex(pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"))]
    pub id: String,
    /// Raised by one whenever what was sent is no longer right.
    #[serde(default = "first")]
    #[schemars(range(min = 1))]
    pub revision: u32,
    /// What it announces.
    pub kind: Kind,
    /// The id of the API.
    pub api: String,
    /// The day it was announced; absent while it is a draft.
    #[serde(default)]
    pub announced_on: Option<Day>,
    /// The day of its last revision.
    #[serde(default)]
    pub revised_on: Option<Day>,
    /// The day it is planned to ship.
    #[serde(default)]
    pub effective_on: Option<Day>,
    /// The days it was planned to ship before, oldest first.
    #[serde(default)]
    pub postponed_from: Vec<Day>,
    /// Until when old and new both work.
    #[serde(default)]
    pub overlap_until: Option<Day>,
    /// From when it can be tried.
    #[serde(default)]
    pub testable_on: Option<Day>,
    /// Where it can be tried.
    #[serde(default)]
    pub test_url: Option<String>,
    /// The day it was given up.
    #[serde(default)]
    pub withdrawn_on: Option<Day>,
    /// Whom it is for: `uses` (those who use what changes), `all`, or a list of slugs, who are told besides those. The
    /// list is part of a file that others may read.
    #[serde(default)]
    pub audience: Audience,
    /// The fingerprints of the changes it covers.
    pub covers: Vec<String>,
    /// Why it ships without notice, where it does.
    #[serde(default)]
    pub emergency: Option<Emergency>,
    /// The partners that are ready.
    #[serde(default)]
    pub acks: Vec<Ack>,
}

fn first() -> u32 {
    1
}

impl<'de> Deserialize<'de> for Audience {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Word(String),
            Slugs(Vec<String>),
        }
        match Written::deserialize(deserializer)? {
            Written::Slugs(slugs) => Ok(Self::Named(slugs)),
            Written::Word(word) if word == "uses" => Ok(Self::Uses),
            Written::Word(word) if word == "all" => Ok(Self::All),
            Written::Word(word) => Err(serde::de::Error::custom(format!(
                "unknown audience `{word}`, expected `uses`, `all` or a list of slugs"
            ))),
        }
    }
}

impl JsonSchema for Audience {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Audience".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"anyOf": [
            {"enum": ["uses", "all"]},
            {"type": "array", "items": {"type": "string"}},
        ]})
    }
}

impl Serialize for Audience {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Uses => serializer.serialize_str("uses"),
            Self::All => serializer.serialize_str("all"),
            Self::Named(slugs) => slugs.serialize(serializer),
        }
    }
}

/// A day, written as TOML writes local dates or as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(pub Date);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Toml(toml::value::Datetime),
            Text(String),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Toml(day) => day.to_string(),
            Written::Text(text) => text,
        };
        let refused = || serde::de::Error::custom(format!("`{text}` is no day, write it like 2024-05-14"));
        text.parse().map(Self).map_err(|_| refused())
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date"})
    }
}

/// The JSON Schema of [`Front`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn front_schema() -> String {
    crate::json_schema::of_input::<Front>()
}
