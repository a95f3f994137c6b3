//! Changelogs: the history of a contract, release by release, in Markdown that people may edit.
//!
//! A release is what differs between the documents at two stops of a history, compared tree with tree: what was undone
//! between the two is no change. Pure: the history comes in as stops, the existing file as text, and text goes out.

use jiff::civil::Date;
use serde::Serialize;

use crate::notice::Ledger;
use crate::report::Report;
use crate::rules::Level;
use crate::text::Lang;

pub use merge::{Merged, Unclosed, merge};
pub use outline::Outline;
pub use stops::{By, Stop, Tagged, last_of_days, tagged};
pub use text::{render, render_section};
pub use walk::{Api, History, Reading, Seen, walk, walk_seeing};

pub(in crate::publish) use entry::{Line, entries};

mod docs;
mod entry;
mod marker;
mod merge;
mod outline;
mod place;
mod recall;
mod stops;
mod text;
mod track;
mod voice;
mod walk;

/// The name of the release that has none yet: what came after the last tag.
pub const UNRELEASED: &str = "unreleased";

/// What one release changed.
#[derive(Clone, PartialEq, Debug, Serialize, schemars::JsonSchema)]
pub struct Release {
    /// A tag, a day, or `unreleased`.
    pub name: String,
    /// The day of the release; of the last commit where it is unreleased.
    pub date: Option<String>,
    /// The versions of documents in it that could not be read.
    pub skipped: Vec<Skipped>,
    /// What changed since the release before.
    pub report: Report,
}

/// A document that could not be read at a release, and was left out of the comparisons.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Skipped {
    /// The id of the API.
    pub api: String,
    /// The release.
    pub release: String,
    /// Why, in English, with file and line.
    pub message: String,
    /// Whether the rest of the document could be read: a reference in it leads nowhere.
    pub partly: bool,
}

/// The releases of a history, newest first, as `--format json` gives them.
#[derive(Clone, PartialEq, Debug, Serialize, schemars::JsonSchema)]
pub struct Changelog {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// The releases in which something changed or could not be read, newest first.
    pub releases: Vec<Release>,
}

/// How a changelog is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style<'a> {
    /// The language of the words.
    pub lang: Lang,
    /// The least level whose entries are listed. What is deprecated is listed from `additive`.
    pub show: Level,
    /// Whether entries name their API.
    pub several: bool,
    /// The notices that speak for changes.
    pub ledger: &'a Ledger,
    /// The address of the site where notices are published.
    pub site: Option<&'a str>,
}

impl Release {
    /// Whether it has no name yet.
    pub fn is_unreleased(&self) -> bool {
        self.name == UNRELEASED
    }
    /// The day.
    pub fn day(&self) -> Option<Date> {
        self.date.as_ref()?.parse().ok()
    }
}
