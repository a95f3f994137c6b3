//! The history of contracts, release by release: each API followed over moves, each stop compared with the one before.
//!
//! A release is what differs between the documents at two stops, compared tree with tree: what was undone between the two
//! is no change. The stops come in as values; nothing here asks what day it is.

use jiff::civil::Date;
use serde::Serialize;

use crate::compare::{self, Api, Asked, CompareError, Contracts, Finder};
use crate::report::Report;
use crate::source::Listing;

pub(crate) use recall::read;
pub use releases::{Told, commits, releases, shipped};
pub use stops::{By, Stop};
pub use walk::{History, Seen, walk, walk_seeing};

mod recall;
mod releases;
mod stops;
mod track;
mod walk;

/// The name of the release that has none yet: what came after the last tag.
pub const UNRELEASED: &str = "unreleased";

/// The APIs of a history: those asked for, through all its stops.
///
/// # Errors
/// Where the files of a stop cannot be listed, or none of them has a document.
pub fn apis(stops: &[Stop], asked: Asked<'_>) -> Result<Vec<Api>, CompareError> {
    let versions: Vec<&dyn Listing> = stops.iter().map(|stop| &*stop.files).collect();
    let found = compare::apis(&versions, asked, &mut Finder::of(asked.config), &mut Contracts::default())?;
    let versions = || [stops.first(), stops.last()].into_iter().flatten().map(|stop| &*stop.name).collect::<Vec<_>>();
    match found.absent.into_iter().next().filter(|_| !asked.specs.is_empty() || found.list.is_empty()) {
        Some(path) => Err(CompareError::NotInEither { path, versions: "the releases of this history".to_owned() }),
        None if found.list.is_empty() => Err(CompareError::NoDocument { versions: versions().join(" and ") }),
        None => Ok(found.list),
    }
}

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
