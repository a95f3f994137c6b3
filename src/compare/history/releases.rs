//! Which commits of a repository are releases: its tags or its days, within a range or in all of HEAD's history.

use std::rc::Rc;

use jiff::civil::Date;

use super::UNRELEASED;
use super::stops::{By, Stop, Tagged, last_of_days, tagged};
use crate::compare::CompareError;
use crate::source::git::{Commit, HistoryEntry, Repo};
use crate::source::{RangeArg, SourceError};

/// How releases are told apart.
#[derive(Clone, Copy, Default, Debug)]
pub struct Told<'a> {
    /// Only tags that match count; nothing: all that are dates or versions, else all.
    pub tags: Option<&'a str>,
    /// Tags or days; nothing: tags where there are any, else days.
    pub by: Option<By>,
}

/// A release and its commit.
struct Release {
    name: String,
    date: Date,
    commit: Commit,
}

impl Release {
    /// The release with its files.
    fn stop(&self, repo: &Repo) -> Stop {
        let files = Rc::new(repo.snapshot(&self.commit));
        Stop { name: self.name.clone(), date: self.date, commit: self.commit.id.to_string(), files }
    }
}

/// The releases of a history, oldest first: those of a range, else all that led to HEAD. What a range begins with stands
/// first: it is what is compared with.
///
/// # Errors
/// Where the text is no range, names no commits, or no tag matches.
pub fn releases(repo: &Repo, range: Option<&str>, told: Told<'_>) -> Result<Vec<Stop>, CompareError> {
    let (from, to) = ends(repo, range)?;
    let mut found = Vec::new();
    if told.by != Some(By::Day) {
        found = by_tag(repo, from.as_ref(), &to, told.tags)?;
        if found.is_empty() && (told.tags.is_some() || told.by.is_some()) {
            return Err(no_tag(told, range.unwrap_or("HEAD")));
        }
    }
    if found.is_empty() {
        found = by_day(repo, from.as_ref(), &to)?;
    }
    if let Some(from) = from {
        let name = range.and_then(RangeArg::parse).map_or_else(String::new, |range| range.base);
        found.insert(0, Release { name, date: from.date, commit: from });
    }
    Ok(found.iter().map(|release| release.stop(repo)).collect())
}

/// The releases that have shipped, oldest first. What follows the last tag has shipped too, day by day, where it is
/// `known` that this ref runs there; else nobody knows, and it is left out.
///
/// # Errors
/// Where there is no such ref, or no tag matches.
pub fn shipped(repo: &Repo, (name, known): (&str, bool), told: Told<'_>) -> Result<Vec<Stop>, CompareError> {
    let to = repo.resolve(name)?;
    let mut found = if told.by == Some(By::Day) { Vec::new() } else { by_tag(repo, None, &to, told.tags)? };
    if found.is_empty() && (told.tags.is_some() || told.by == Some(By::Tag)) {
        return Err(no_tag(told, name));
    }
    let open = found.pop_if(|last| last.name == UNRELEASED).is_some();
    if found.is_empty() || open && known {
        let from = found.last().map(|last| last.commit.clone());
        for mut day in by_day(repo, from.as_ref(), &to)? {
            // A tag may be named by the day, and the day go on after it.
            while found.iter().any(|known| known.name == day.name) {
                day.name.push_str(".2");
            }
            found.push(day);
        }
    }
    Ok(found.iter().map(|release| release.stop(repo)).collect())
}

/// Every commit of the main line that leads to one, oldest first: all that ran there, however shortly.
///
/// # Errors
/// Where the history is cut off.
pub fn commits(repo: &Repo, tip: &Commit) -> Result<Vec<Stop>, CompareError> {
    let line = repo.history(None, tip, true, &[])?;
    let stop = |HistoryEntry { commit, .. }: HistoryEntry| {
        Release { name: commit.short_id().to_owned(), date: commit.date, commit }.stop(repo)
    };
    Ok(line.into_iter().map(stop).collect())
}

fn no_tag(told: Told<'_>, version: &str) -> CompareError {
    CompareError::NoTag { glob: told.tags.unwrap_or("*").to_owned(), version: version.to_owned() }
}

fn ends(repo: &Repo, range: Option<&str>) -> Result<(Option<Commit>, Commit), CompareError> {
    let Some(text) = range else { return Ok((None, repo.resolve("HEAD")?)) };
    let range = RangeArg::parse(text).ok_or_else(|| CompareError::NotARange { text: text.to_owned() })?;
    let (base, head) = (repo.resolve(&range.base)?, repo.resolve(&range.head)?);
    let base = if range.from_merge_base { repo.merge_base(&base, &head)? } else { base };
    Ok((Some(base), head))
}

/// The days of the main line, each by its last commit.
fn by_day(repo: &Repo, from: Option<&Commit>, to: &Commit) -> Result<Vec<Release>, SourceError> {
    let line = repo.history(from, to, true, &[])?;
    let dates: Vec<Date> = line.iter().map(|entry| entry.commit.date).collect();
    Ok(picked(&line, last_of_days(&dates)))
}

/// The tags on the way, those merged in too; what follows the last one is unreleased.
fn by_tag(repo: &Repo, from: Option<&Commit>, to: &Commit, glob: Option<&str>) -> Result<Vec<Release>, SourceError> {
    let mut all = repo.history(from, to, false, &[])?;
    if let Some(glob) = glob {
        let matching = repo.tags(glob)?;
        for entry in &mut all {
            entry.tags.retain(|name| matching.iter().any(|tag| tag.name == *name));
        }
    }
    let tags: Vec<Vec<String>> = all.iter().map(|entry| entry.tags.clone()).collect();
    Ok(picked(&all, tagged(&tags)))
}

fn picked(all: &[HistoryEntry], chosen: Vec<Tagged>) -> Vec<Release> {
    let release = |tagged: Tagged| {
        let commit = all.get(tagged.index)?.commit.clone();
        Some(Release { name: tagged.name, date: tagged.date.unwrap_or(commit.date), commit })
    };
    chosen.into_iter().filter_map(release).collect()
}
