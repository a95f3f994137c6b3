//! An acceptance, `preavis/accepted/*.toml`: people let one change through, say why, and until when.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::notice::Day;
use crate::text::InputError;

/// Where acceptances are, from the root of a repository.
pub const FOLDER: &str = "preavis/accepted";
/// Characters that a reason has at least.
const REASON: usize = 20;

/// Why a change is let through.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Those it touches agreed.
    Agreed,
    /// The server did otherwise than the document said, to nobody's use.
    BugFix,
    /// The document was wrong; the server does what it did.
    DocFix,
    /// Nobody uses it.
    Unused,
    /// A hole is closed; without notice.
    Security,
    /// Something is broken and must be mended; without notice.
    Incident,
}

impl Why {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Agreed, Self::BugFix, Self::DocFix, Self::Unused, Self::Security, Self::Incident];

    /// Its name in files and options; also the key of its word among the texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::BugFix => "bug-fix",
            Self::DocFix => "doc-fix",
            Self::Unused => "unused",
            Self::Security => "security",
            Self::Incident => "incident",
        }
    }

    /// Whether it goes without the notice that partners are owed.
    pub fn is_override(self) -> bool {
        matches!(self, Self::Security | Self::Incident)
    }
}

/// What the file says.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "preavis/accepted/*.toml", description = "Changes that people let through the gate of preavis.")]
pub struct Acceptance {
    /// The id of the API.
    pub api: String,
    /// The fingerprints of the changes.
    pub covers: Vec<String>,
    /// Why.
    pub kind: Why,
    /// Why, in words; at least 20 characters.
    #[schemars(length(min = 20))]
    pub reason: String,
    /// Who accepts.
    #[serde(default)]
    pub by: Option<String>,
    /// The day it was written.
    pub on: Day,
    /// The last day on which it answers.
    pub expires: Day,
    /// Where the incident is described; `security` and `incident` need it.
    #[serde(default)]
    pub incident: Option<String>,
    /// The file, from the root of the repository.
    #[serde(skip)]
    pub path: String,
}

impl Acceptance {
    /// Reads a file.
    ///
    /// # Errors
    /// Says where it is wrong.
    pub fn parse(path: &str, text: &str) -> Result<Self, InputError> {
        let read: Self = toml::from_str(text)
            .map_err(|error| InputError::new(path, text, error.span(), error.message().replace('\n', ", ")))?;
        match read.fault() {
            None => Ok(Self { path: path.to_owned(), ..read }),
            Some((key, message)) => {
                let at = text.lines().scan(0, |start, line| {
                    let at = *start;
                    *start += line.len() + 1;
                    Some((at, line))
                });
                let at = at.into_iter().find(|(_, line)| line.trim_start().starts_with(key));
                Err(InputError::new(path, text, at.map(|(at, line)| at..at + line.len()), message))
            }
        }
    }

    /// What of it is wrong: the key, and a message.
    pub fn fault(&self) -> Option<(&'static str, String)> {
        if self.covers.is_empty() {
            return Some(("covers", "an acceptance covers at least one fingerprint".to_owned()));
        }
        if let Some(odd) = self.covers.iter().find(|id| !id.starts_with("pv1-")) {
            return Some(("covers", format!("`{odd}` is no fingerprint; `preavis check` shows them")));
        }
        if self.reason.trim().chars().count() < REASON {
            return Some(("reason", format!("a reason has at least {REASON} characters")));
        }
        if self.expires < self.on {
            return Some(("expires", format!("runs out on {}, before {}", self.expires, self.on)));
        }
        let url = self.incident.as_deref().unwrap_or_default();
        if self.kind.is_override() && !["https://", "http://"].iter().any(|start| url.starts_with(start)) {
            let message = format!("`{}` needs the address of the incident", self.kind.as_str());
            return Some((if self.incident.is_some() { "incident" } else { "kind" }, message));
        }
        None
    }

    /// Whether it has run out on a day.
    pub fn has_run_out(&self, today: Date) -> bool {
        self.expires.0 < today
    }

    /// The file as it is written.
    pub fn text(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let covers: Vec<String> = self.covers.iter().map(|id| quoted(id)).collect();
        let mut out = format!("api = {}\ncovers = [{}]\n", quoted(&self.api), covers.join(", "));
        out.push_str(&format!("kind = \"{}\"\nreason = {}\n", self.kind.as_str(), quoted(&self.reason)));
        if let Some(by) = &self.by {
            out.push_str(&format!("by = {}\n", quoted(by)));
        }
        out.push_str(&format!("on = {}\nexpires = {}\n", self.on, self.expires));
        if let Some(incident) = &self.incident {
            out.push_str(&format!("incident = {}\n", quoted(incident)));
        }
        out
    }
}

/// The JSON Schema of [`Acceptance`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn acceptance_schema() -> String {
    crate::json_schema::of_input::<Acceptance>()
}
