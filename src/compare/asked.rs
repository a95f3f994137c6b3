//! What is asked of a comparison: which documents, and how changes are judged and said.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::api::Api;
use super::cache::Cache;
use super::progress::Progress;
use crate::config::{ApiConfig, Config};
use crate::diff::Change;
use crate::rules::{self, Level, Reading};
use crate::text::Lang;

/// Of so many other ids of an API what was written under them is still known: each change has a fingerprint for each.
pub const FORMER: usize = 20;

/// Which documents are compared, how changes are judged, and the language of their sentences.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The APIs that the team names, and the levels it decided otherwise.
    pub config: &'a Config,
    /// Paths of documents from the root of the repository; none: those of the configuration, else all that are found.
    pub specs: &'a [String],
    /// What is taken for a promise beside what the standard makes one.
    pub reading: Reading,
    /// The language.
    pub lang: Lang,
    /// Ids that APIs had in versions that are not compared, and those they have now, where that matters to the caller.
    pub renamed: Option<&'a BTreeMap<String, String>>,
    /// What earlier runs found.
    pub cache: Option<&'a dyn Cache>,
    /// Who is told how far a walk through a history is.
    pub progress: Option<&'a dyn Progress>,
}

/// An API that somebody named: where its document is, then where it was earlier.
pub(super) struct Named<'a> {
    pub(super) config: Option<&'a ApiConfig>,
    pub(super) places: Vec<&'a str>,
    /// Whether it is to be compared; the others are known all the same, so that nobody takes their documents for another's.
    pub(super) wanted: bool,
}

impl<'a> Asked<'a> {
    /// The id of the rule of a change and its level: the configuration's, else the catalogue's.
    pub fn level(&self, change: &Change) -> (&'static str, Level) {
        let Some((rule, level)) = rules::judge(change) else { return ("unknown-change", Level::Risky) };
        let level = self.reading.level(rule.id, change.effect, level);
        (rule.id, self.config.levels.level(rule.id, level))
    }

    /// The ids that an API had in other versions, at most [`FORMER`]: of those of versions that are not compared, then those
    /// of versions that are, newest first.
    pub fn former(&self, api: &Api) -> Vec<String> {
        let all = || self.renamed.into_iter().flatten();
        let now = all().find(|(then, now)| **then == api.id || **now == api.id).map(|(_, now)| now);
        let others = now.into_iter().chain(all().filter(|(_, other)| Some(*other) == now).map(|(then, _)| then));
        let ids: IndexSet<String> = others.cloned().chain(api.former()).filter(|id| *id != api.id).collect();
        ids.into_iter().take(FORMER).collect()
    }

    /// The APIs of the configuration, and the paths asked for that it does not name.
    pub(super) fn named(&self) -> Vec<Named<'a>> {
        let configured = self.config.apis.iter().map(|api| {
            let places: Vec<&str> = api.places().collect();
            let wanted = self.specs.is_empty() || self.specs.iter().any(|spec| places.contains(&spec.as_str()));
            Named { config: Some(api), places, wanted }
        });
        let mut out: Vec<Named<'_>> = configured.collect();
        for spec in self.specs {
            if !out.iter().any(|named| named.places.contains(&spec.as_str())) {
                out.push(Named { config: None, places: vec![spec], wanted: true });
            }
        }
        // Options come in the order in which they were given.
        let rank = |named: &Named<'_>| self.specs.iter().position(|spec| named.places.contains(&spec.as_str()));
        out.sort_by_key(rank);
        out
    }
}
