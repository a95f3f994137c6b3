//! From the stops of a history to its releases: each stop against the one before, each API against its last readable version.

use std::collections::BTreeMap;

use super::stops::Stop;
use super::track::{Step, Track};
use super::{Changelog, Release, Skipped};
use crate::compare::{Api, Asked, CompareError, Contracts, Purse, Steps};
use crate::contract::Contract;
use crate::report::{ApiReport, Report, Version};
use crate::text::Lang;

/// A history, read.
#[derive(Clone, Debug)]
pub struct History {
    /// What changed; empty releases are left out.
    pub changelog: Changelog,
    /// The names of all stops, newest first, and their days: the order of releases.
    pub order: Vec<(String, String)>,
    /// The APIs of which no version at all could be read.
    pub unread: Vec<String>,
    /// What each API of a release was compared with, by (release, API): the release before, unless that was unreadable.
    pub bases: BTreeMap<(String, String), String>,
    /// Why the newest version of an API, or a part of it, cannot be read, by id; only of those of which it cannot.
    pub unknown: BTreeMap<String, String>,
}

impl History {
    /// The same history with the sentences of its changes in another language.
    #[must_use]
    pub fn said_in(&self, lang: Lang) -> Self {
        let said = |release: &Release| Release { report: release.report.clone().say_in(lang), ..release.clone() };
        let releases = self.changelog.releases.iter().map(said).collect();
        Self { changelog: Changelog { releases, ..self.changelog.clone() }, ..self.clone() }
    }

    /// Why nothing can be said of a document of which no version could be read.
    pub fn unreadable(&self, path: &str) -> CompareError {
        let skipped = self.changelog.releases.iter().flat_map(|release| &release.skipped).next();
        match skipped {
            Some(skipped) => CompareError::NothingReadable { path: path.to_owned(), cause: skipped.message.clone() },
            None => {
                CompareError::NotInEither { path: path.to_owned(), versions: "the releases of this history".to_owned() }
            }
        }
    }
}

/// A contract that was read on the way, shown when it is about to be let go.
pub struct Seen<'a> {
    /// The place of the API among those asked for.
    pub api: usize,
    /// The first stop that has it.
    pub version: &'a Version,
    /// The index of the stop at which another one, or none, took its place; the number of stops where none did.
    pub until: usize,
    /// What was read.
    pub contract: &'a Contract,
    /// What stands for its content, where that is known.
    pub document: Option<&'a str>,
    /// What the stop at which another one took its place changed, where the two of them were compared and nothing else.
    pub replaced: Option<&'a ApiReport>,
}

/// Compares each stop with the one before, oldest first. The first stop is what the second is compared with, and no release.
pub fn walk(stops: &[Stop], apis: &[Api], asked: Asked<'_>) -> History {
    walk_seeing(stops, apis, asked, &mut |_| {})
}

/// The same, and shows each contract that is read, oldest first, so that nobody need read it again.
pub fn walk_seeing(stops: &[Stop], apis: &[Api], asked: Asked<'_>, see: &mut dyn FnMut(&Seen<'_>)) -> History {
    let mut tracks: Vec<Track<'_>> = apis.iter().map(|api| Track::new(api, asked)).collect();
    // What the documents of several APIs reference is there once.
    let mut contracts = Contracts::default();
    let mut passed: Vec<Version> = Vec::new();
    let mut order = Vec::new();
    let mut releases = Vec::new();
    let mut bases = BTreeMap::new();
    for (index, stop) in stops.iter().enumerate() {
        if let Some(progress) = asked.progress {
            progress.at(Steps::Releases, index as u64, Some(stops.len() as u64));
        }
        let head = stop.version();
        let mut purse = Purse::default();
        let mut found = Found { since: index.saturating_sub(1), ..Found::default() };
        for (api, track) in tracks.iter_mut().enumerate() {
            let step = track.step(index, stop, &mut contracts, &mut purse);
            if let Some(known) = track.passed() {
                let (version, contract) = (&passed[known.first], &*known.contract);
                let document = known.id.as_deref();
                see(&Seen { api, version, until: index, contract, document, replaced: step.of_the_two() });
            }
            found.take(&apis[api].id, &stop.name, step);
        }
        contracts.keep_used();
        order.push((stop.name.clone(), stop.date.to_string()));
        if !found.is_empty() {
            for (api, since) in found.bases {
                let base = passed.get(since).unwrap_or(&head).label.clone();
                bases.insert((stop.name.clone(), api), base);
            }
            let base = passed.get(found.since).unwrap_or(&head).clone();
            let report = Report::new(base, head.clone(), found.apis);
            releases.push(Release { name: stop.name.clone(), date: head.date.clone(), skipped: found.skipped, report });
        }
        passed.push(head);
    }
    for (api, track) in tracks.iter().enumerate() {
        if let Some(known) = track.standing() {
            let (version, contract) = (&passed[known.first], &*known.contract);
            let document = known.id.as_deref();
            see(&Seen { api, version, until: passed.len(), contract, document, replaced: None });
        }
    }
    if let Some(progress) = asked.progress {
        progress.end();
    }
    releases.reverse();
    order.reverse();
    let unread = apis.iter().zip(&tracks).filter(|(_, track)| !track.is_readable());
    let unread = unread.map(|(api, _)| api.path().to_owned()).collect();
    let unknown = apis.iter().zip(&tracks);
    let unknown = unknown.filter_map(|(api, track)| Some((api.id.clone(), track.broken()?.to_owned()))).collect();
    History { changelog: Changelog { version: 1, releases }, order, unread, bases, unknown }
}

/// What one stop said of all APIs.
#[derive(Default)]
struct Found {
    since: usize,
    bases: Vec<(String, usize)>,
    apis: Vec<ApiReport>,
    skipped: Vec<Skipped>,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.apis.is_empty() && self.skipped.is_empty()
    }

    fn take(&mut self, api: &str, release: &str, step: Step) {
        let mut skip = |message, partly| {
            self.skipped.push(Skipped { api: api.to_owned(), release: release.to_owned(), message, partly });
        };
        match step {
            Step::Nothing => {}
            Step::Unreadable(message) => skip(message, false),
            Step::Changed { since, report, lost, .. } => {
                if let Some(message) = lost {
                    skip(message, true);
                }
                self.since = self.since.min(since);
                self.bases.push((api.to_owned(), since));
                self.apis.push(*report);
            }
        }
    }
}
