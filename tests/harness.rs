//! Documents held in memory, compared and judged as the command does it.

use std::sync::Arc;

use jiff::civil::{Date, date};
use preavis::contract::{self, Contract};
use preavis::diff::{self, Change, Changes, Options};
use preavis::rules::{self, Level};
use preavis::source::{BlobId, Files, Listing, SourceError};
use preavis::spec::{Limits, ParseCache, load};

/// Paths and contents; the content is its own id.
pub(crate) struct Memory(pub(crate) Vec<(String, String)>);

impl Listing for Memory {
    fn paths(&self) -> Result<Vec<String>, SourceError> {
        Ok(self.0.iter().map(|(path, _)| path.clone()).collect())
    }
}

impl Files for Memory {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        Ok(self.0.iter().find(|(known, _)| known == path).map(|(_, text)| BlobId(text.as_str().into())))
    }
    fn read(&self, path: &str, _: &BlobId) -> Result<Vec<u8>, SourceError> {
        Ok(self.0.iter().find(|(known, _)| known == path).expect(path).1.as_bytes().to_vec())
    }
}

/// The day all tests judge at.
pub(crate) const TODAY: Date = date(2030, 1, 1);

/// The contract of one document in memory.
#[track_caller]
pub(crate) fn contract(text: &str) -> Contract {
    let files = Memory(vec![("api.yaml".to_owned(), text.to_owned())]);
    match load(&files, "api.yaml", &mut ParseCache::default(), &Limits::default()) {
        Ok(document) => contract::read(Arc::new(document)),
        Err(error) => panic!("{error}\n{text}"),
    }
}

/// The changes between two documents.
#[track_caller]
pub(crate) fn compare(base: &str, head: &str) -> Changes {
    diff::compare(&contract(base), &contract(head), &Options::on(TODAY))
}

/// The same with a witness for everything that has one.
#[track_caller]
pub(crate) fn proved(base: &str, head: &str) -> Changes {
    diff::prove(&contract(base), &contract(head), &Options::on(TODAY), &|_| true)
}

/// Level, rule and change of all changes.
#[track_caller]
pub(crate) fn judged(changes: &Changes) -> Vec<(Level, &'static str, &Change)> {
    changes
        .list
        .iter()
        .map(|change| {
            let (rule, level) = rules::judge(change).unwrap_or_else(|| panic!("no rule for {change:#?}"));
            (level, rule.id, change)
        })
        .collect()
}

/// `level rule place` lines of all changes above `docs`, sorted.
#[track_caller]
pub(crate) fn lines(changes: &Changes) -> Vec<String> {
    lines_from(changes, Level::Additive)
}

/// The same down to a level.
#[track_caller]
pub(crate) fn lines_from(changes: &Changes, least: Level) -> Vec<String> {
    let mut out: Vec<String> = judged(changes)
        .into_iter()
        .filter(|(level, ..)| *level <= least)
        .map(|(level, rule, change)| {
            format!("{} {rule} {}", level.as_str(), place(changes, change)).trim_end().to_owned()
        })
        .collect();
    out.sort();
    out
}

/// `Component/path`, else `METHOD /path` and the rest.
pub(crate) fn place(changes: &Changes, change: &Change) -> String {
    if let Some(component) = &change.component {
        return if change.path.is_empty() { component.clone() } else { format!("{component}/{}", change.path) };
    }
    let first = changes.reaches[change.reach].first();
    let operation = first.map_or_else(String::new, |at| format!("{} {}", at.method, at.path));
    let response = change.address.split_once("#response:").and_then(|(_, rest)| rest.split_once(":header:"));
    match (response, change.path.is_empty()) {
        (_, true) => operation,
        (Some((status, _)), false) => format!("{operation} response {status} {}", change.path),
        (None, false) => format!("{operation} {}", change.path),
    }
}
