//! What a team keeps about its API, as one version has it.

use std::collections::BTreeMap;

use super::shelf::Shelf;
use crate::audience::{Registry, Usage};
use crate::config::Config;
use crate::gate::{ACCEPTED, Acceptance, Ledger};
use crate::notice::{FOLDER, Notice};
use crate::project::{Author, CONFIG, PARTNERS, Project, ProjectError, notices, usage};

/// The team files of one version, read.
#[derive(Default)]
pub(super) struct Team {
    /// The configuration, where there is one.
    pub(super) config: Option<Config>,
    /// Its text.
    pub(super) config_text: Option<String>,
    /// Notices and acceptances.
    pub(super) ledger: Ledger,
    /// The partners.
    pub(super) registry: Registry,
    /// The aggregates of logs.
    pub(super) usage: Usage,
}

impl Team {
    /// Reads them all; what is wrong is an error with its place.
    pub(super) fn read(shelf: &Shelf<'_>) -> Result<Self, ProjectError> {
        let config_text = shelf.read(CONFIG, Author::People)?;
        let config = config_text.as_ref().map(|text| Config::parse(CONFIG, text)).transpose()?;
        Ok(Self { config, config_text, ledger: ledger(shelf)?, registry: registry(shelf)?, usage: logs(shelf)? })
    }

    /// Reads of an older version what can be read: what was wrong there promised nobody anything, and may be what is mended
    /// now.
    pub(super) fn remembered(shelf: &Shelf<'_>) -> Self {
        let config = shelf.read(CONFIG, Author::People).ok().flatten();
        let files = |folder, ending, aside| shelf.read_all(folder, ending, aside).unwrap_or_default();
        let mut ledger = Ledger::default();
        for (path, text) in files(FOLDER, "md", notices::ASIDE) {
            if let Ok(notice) = Notice::parse(&path, &text) {
                ledger.notices.entry(notice.front.id.clone()).or_insert(notice);
            }
        }
        for (path, text) in files(ACCEPTED, "toml", &[]) {
            if let Ok(acceptance) = Acceptance::parse(&path, &text) {
                ledger.acceptances.insert(path, acceptance);
            }
        }
        let partners = files(PARTNERS, "toml", &[]);
        let readable = partners.iter().filter(|(name, text)| Registry::parse([(name.as_str(), text.as_str())]).is_ok());
        let registry = Registry::parse(readable.map(|(name, text)| (name.as_str(), text.as_str())));
        Self {
            config: config.as_ref().and_then(|text| Config::parse(CONFIG, text).ok()),
            config_text: config,
            ledger,
            registry: registry.unwrap_or_default(),
            usage: logs(shelf).unwrap_or_default(),
        }
    }
}

impl Project {
    /// The acceptances of the work tree, by file.
    pub(in crate::project) fn accepted(&self) -> Result<BTreeMap<String, Acceptance>, ProjectError> {
        Ok(ledger(&Shelf::Tree(&self.files))?.acceptances)
    }
}

fn ledger(shelf: &Shelf<'_>) -> Result<Ledger, ProjectError> {
    let files = shelf.read_all(FOLDER, "md", notices::ASIDE)?;
    let mut ledger = Ledger::default();
    for (path, text) in files {
        let notice = Notice::parse(&path, &text)?;
        if ledger.notices.contains_key(&notice.front.id) {
            ledger.twice.insert(path, notice.front.id);
        } else {
            ledger.notices.insert(notice.front.id.clone(), notice);
        }
    }
    for (path, text) in shelf.read_all(ACCEPTED, "toml", &[])? {
        let acceptance = Acceptance::parse(&path, &text)?;
        ledger.acceptances.insert(path, acceptance);
    }
    Ok(ledger)
}

fn registry(shelf: &Shelf<'_>) -> Result<Registry, ProjectError> {
    let files = shelf.read_all(PARTNERS, "toml", &[])?;
    Ok(Registry::parse(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?)
}

fn logs(shelf: &Shelf<'_>) -> Result<Usage, ProjectError> {
    let text = shelf.read(usage::USAGE, Author::Preavis)?;
    Ok(text.map_or_else(|| Ok(Usage::default()), |text| Usage::parse(usage::USAGE, &text))?)
}
