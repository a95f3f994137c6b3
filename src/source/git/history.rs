//! Histories and tags.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use gix::ObjectId;
use globset::Glob;
use rustc_hash::{FxHashMap, FxHashSet};

use super::objects::Link;
use super::{Commit, Repo};
use crate::source::SourceError;
use crate::source::advice::DEEPEN;

/// A commit of a history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryEntry {
    /// The commit.
    pub commit: Commit,
    /// The names of the tags on it, sorted.
    pub tags: Vec<String>,
    /// When it came, in seconds since 1970: its time, but never before that of what stands before it, whatever the
    /// committer's clock said.
    pub came: i64,
}

/// A tag on a commit, lightweight or annotated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    /// Without `refs/tags/`.
    pub name: String,
    /// The commit behind it.
    pub commit: Commit,
}

impl Repo {
    /// The commits that `to` has and `from` has not, oldest first, parents always before children.
    ///
    /// With `first_parent`, only the commits of the branch itself, not those merged into it. With `under`, only commits
    /// that differ at or below one of these paths from each of their parents. Fails where a shallow clone cuts the history off.
    pub fn history(
        &self,
        from: Option<&Commit>,
        to: &Commit,
        first_parent: bool,
        under: &[&str],
    ) -> Result<Vec<HistoryEntry>, SourceError> {
        let mut links = self.0.objects.ancestors(to.oid, from.map(|from| from.oid))?;
        if let Some((cut, _)) = links.iter().find(|(id, _)| self.0.shallow.contains(id)) {
            return Err(SourceError::ShallowBoundary { commit: cut.to_string(), fix: DEEPEN });
        }
        if first_parent {
            links = main_line(&links, to.oid);
        }
        let mut commits = FxHashMap::default();
        for (id, parents) in &links {
            for id in std::iter::once(id).chain(parents.iter().filter(|_| !under.is_empty())) {
                if !commits.contains_key(id) {
                    commits.insert(*id, self.commit(*id)?);
                }
            }
        }
        let mut tags = self.tags_by_commit()?;
        let (mut entries, mut came) = (Vec::new(), i64::MIN);
        for (id, parents) in oldest_first(links, &commits) {
            let Some(commit) = commits.get(&id) else { continue };
            came = came.max(commit.seconds);
            let parents: Vec<&Commit> = parents.iter().filter_map(|parent| commits.get(parent)).collect();
            if under.is_empty() || self.touches(commit, &parents, under)? {
                let tags = tags.remove(&id).unwrap_or_default();
                entries.push(HistoryEntry { commit: commit.clone(), tags, came });
            }
        }
        Ok(entries)
    }

    /// The tags on commits whose names match a pattern such as `v*`, by the date of the commit, then by name.
    pub fn tags(&self, glob: &str) -> Result<Vec<Tag>, SourceError> {
        let bad = |cause: globset::Error| SourceError::BadGlob { glob: glob.to_owned(), cause: cause.into() };
        let matcher = Glob::new(glob).map_err(bad)?.compile_matcher();
        let mut tags = Vec::new();
        for (name, oid) in self.0.objects.tags()? {
            // A tag may stand on a tree or a file, and a shallow clone may lack its commit.
            if matcher.is_match(&name)
                && let Ok(commit) = self.commit(oid)
            {
                tags.push(Tag { name, commit });
            }
        }
        tags.sort_by(|one, two| (one.commit.seconds, &one.name).cmp(&(two.commit.seconds, &two.name)));
        Ok(tags)
    }

    fn tags_by_commit(&self) -> Result<FxHashMap<ObjectId, Vec<String>>, SourceError> {
        let mut by_commit: FxHashMap<ObjectId, Vec<String>> = FxHashMap::default();
        let mut tags = self.0.objects.tags()?;
        tags.sort_unstable();
        for (name, oid) in tags {
            by_commit.entry(oid).or_default().push(name);
        }
        Ok(by_commit)
    }

    fn touches(&self, commit: &Commit, parents: &[&Commit], under: &[&str]) -> Result<bool, SourceError> {
        let exists = |path: &&str| self.entry_at(commit.tree, path).map(|entry| entry.is_some());
        if parents.is_empty() {
            return any(under, exists);
        }
        for parent in parents {
            if !any(under, |path| self.same_under(commit, parent, path).map(|same| !same))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn any<T>(items: &[T], test: impl Fn(&T) -> Result<bool, SourceError>) -> Result<bool, SourceError> {
    for item in items {
        if test(item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The chain of first parents. What follows is compared with the first parent alone.
fn main_line(links: &[Link], to: ObjectId) -> Vec<Link> {
    let by_id: FxHashMap<ObjectId, &Vec<ObjectId>> = links.iter().map(|(id, parents)| (*id, parents)).collect();
    let mut line = Vec::new();
    let mut next = Some(to);
    while let Some(id) = next
        && let Some(parents) = by_id.get(&id)
    {
        next = parents.first().copied();
        line.push((id, next.into_iter().collect()));
    }
    line
}

/// Parents before children, else by time; clocks of committers differ, so time alone would not do.
fn oldest_first(links: Vec<Link>, commits: &FxHashMap<ObjectId, Commit>) -> Vec<Link> {
    let known: FxHashSet<ObjectId> = links.iter().map(|(id, _)| *id).collect();
    let seconds = |id: &ObjectId| commits.get(id).map_or(0, |commit| commit.seconds);
    let mut children: FxHashMap<ObjectId, Vec<usize>> = FxHashMap::default();
    let mut waiting: Vec<usize> = Vec::with_capacity(links.len());
    let mut ready = BinaryHeap::new();
    for (index, (id, parents)) in links.iter().enumerate() {
        let inside = parents.iter().filter(|parent| known.contains(*parent));
        waiting.push(inside.clone().count());
        if waiting[index] == 0 {
            ready.push(Reverse((seconds(id), Reverse(index))));
        }
        for parent in inside {
            children.entry(*parent).or_default().push(index);
        }
    }
    let mut links: Vec<Option<Link>> = links.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(links.len());
    while let Some(Reverse((_, Reverse(index)))) = ready.pop() {
        let Some(link) = links[index].take() else { continue };
        for &child in children.get(&link.0).into_iter().flatten() {
            waiting[child] -= 1;
            if let (0, Some((id, _))) = (waiting[child], &links[child]) {
                ready.push(Reverse((seconds(id), Reverse(child))));
            }
        }
        ordered.push(link);
    }
    ordered
}
