//! Which commits of a repository are releases: its tags or its days, within a range or in all of HEAD's history.

use std::rc::Rc;

use jiff::civil::Date;

use super::changelog::ByArg;
use super::error::CliError;
use crate::publish::changelog::{Stop, Tagged, UNRELEASED, last_of_days, tagged};
use crate::source::git::{Commit, HistoryEntry, Repo};
use crate::source::{RangeArg, SourceError, Version};

/// A release and its commit.
pub(super) struct Release {
    name: String,
    pub(super) date: Date,
    pub(super) commit: Commit,
}

impl Release {
    /// The version that it is.
    pub(super) fn version(&self, repo: &Repo) -> Version {
        let files = Rc::new(repo.snapshot(&self.commit));
        Version { label: self.name.clone(), commit: Some(self.commit.clone()), document: None, files }
    }

    /// The release with its files.
    pub(super) fn stop(&self, repo: &Repo) -> Stop {
        let files = Rc::new(repo.snapshot(&self.commit));
        Stop { name: self.name.clone(), date: self.date, commit: self.commit.id.to_string(), files }
    }
}

/// The releases of a history, oldest first. What a range begins with stands first: it is what is compared with.
pub(super) fn releases(
    repo: &Repo,
    range: Option<&str>,
    glob: Option<&str>,
    by: Option<ByArg>,
) -> anyhow::Result<Vec<Release>> {
    let (from, to) = ends(repo, range)?;
    let mut found = between(repo, (from.as_ref(), &to), range.unwrap_or("HEAD"), glob, by)?;
    if let Some(from) = from {
        let name = range.and_then(RangeArg::parse).map_or_else(String::new, |range| range.base);
        found.insert(0, Release { name, date: from.date, commit: from });
    }
    Ok(found)
}

/// The releases on the way to a commit, oldest first; `version` is its name in messages.
pub(super) fn between(
    repo: &Repo,
    (from, to): (Option<&Commit>, &Commit),
    version: &str,
    glob: Option<&str>,
    by: Option<ByArg>,
) -> anyhow::Result<Vec<Release>> {
    let mut found = Vec::new();
    if by != Some(ByArg::Day) {
        found = by_tag(repo, from, to, glob)?;
        if found.is_empty() && (glob.is_some() || by.is_some()) {
            let glob = glob.unwrap_or("*").to_owned();
            return Err(CliError::NoTag { glob, version: version.to_owned() }.into());
        }
    }
    if found.is_empty() {
        let line = repo.history(from, to, true, &[])?;
        let dates: Vec<Date> = line.iter().map(|entry| entry.commit.date).collect();
        found = picked(&line, last_of_days(&dates));
    }
    Ok(found)
}

/// The releases that have shipped, oldest first. What follows the last tag has shipped too, day by day, where it is
/// `known` that this ref runs there; else nobody knows, and it is left out.
pub(super) fn shipped(
    repo: &Repo,
    (name, known): (&str, bool),
    glob: Option<&str>,
    by: Option<ByArg>,
) -> anyhow::Result<Vec<Release>> {
    let to = repo.resolve(name)?;
    let mut found = if by == Some(ByArg::Day) { Vec::new() } else { by_tag(repo, None, &to, glob)? };
    if found.is_empty() && (glob.is_some() || by == Some(ByArg::Tag)) {
        return Err(CliError::NoTag { glob: glob.unwrap_or("*").to_owned(), version: name.to_owned() }.into());
    }
    let open = found.pop_if(|last| last.name == UNRELEASED).is_some();
    if found.is_empty() || open && known {
        let from = found.last().map(|last| last.commit.clone());
        let line = repo.history(from.as_ref(), &to, true, &[])?;
        let dates: Vec<Date> = line.iter().map(|entry| entry.commit.date).collect();
        for mut day in picked(&line, last_of_days(&dates)) {
            // A tag may be named by the day, and the day go on after it.
            while found.iter().any(|known| known.name == day.name) {
                day.name.push_str(".2");
            }
            found.push(day);
        }
    }
    Ok(found)
}

fn ends(repo: &Repo, range: Option<&str>) -> anyhow::Result<(Option<Commit>, Commit)> {
    let Some(text) = range else { return Ok((None, repo.resolve("HEAD")?)) };
    let Some(range) = RangeArg::parse(text) else { return Err(CliError::NotARange { text: text.to_owned() }.into()) };
    let (base, head) = (repo.resolve(&range.base)?, repo.resolve(&range.head)?);
    let base = if range.from_merge_base { repo.merge_base(&base, &head)? } else { base };
    Ok((Some(base), head))
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
