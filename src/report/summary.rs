//! How many changes a report has: its entries, and the single changes they speak for.

use serde::{Deserialize, Serialize};

use super::{ApiReport, Proof, Verdict};
use crate::rules::Level;

/// Counts of the entries of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Summary {
    /// Something that worked is refused, or decodes no more.
    pub breaking: u64,
    /// May harm a strict reader or an inattentive caller; or is not decided.
    pub risky: u64,
    /// New possibilities; nothing that worked changes.
    pub additive: u64,
    /// Nothing on the wire.
    pub docs: u64,
    /// How many of the breaking and risky changes are unproven; what nobody tried to prove is not among them.
    pub unproven: u64,
    /// The same counts of single changes, each as bad as it is by itself; only where an entry speaks for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurrences: Option<Occurrences>,
}

/// Counts of single changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Occurrences {
    /// As in the counts of entries.
    pub breaking: u64,
    /// As in the counts of entries.
    pub risky: u64,
    /// As in the counts of entries.
    pub additive: u64,
    /// As in the counts of entries.
    pub docs: u64,
    /// As in the counts of entries.
    pub unproven: u64,
}

impl Summary {
    /// The number of changes of a level.
    pub fn of(&self, level: Level) -> u64 {
        match level {
            Level::Breaking => self.breaking,
            Level::Risky => self.risky,
            Level::Additive => self.additive,
            Level::Docs => self.docs,
        }
    }
    /// The number of changes of all levels.
    pub fn count(&self) -> u64 {
        Level::ALL.into_iter().map(|level| self.of(level)).sum()
    }
    /// Counts of one API.
    pub fn of_api(api: &ApiReport) -> Self {
        let (mut entries, mut single) = (Occurrences::default(), Occurrences::default());
        for change in &api.changes {
            entries.add(change.level, change.proof);
            if change.parts.is_empty() {
                single.add(change.level, change.proof);
            }
            change.parts.iter().for_each(|part| single.add(part.level, part.proof.unwrap_or(change.proof)));
        }
        let several = api.changes.iter().any(|change| !change.parts.is_empty());
        Self { occurrences: several.then_some(single), ..entries.into() }
    }
    /// The highest level counted.
    pub fn verdict(&self) -> Verdict {
        Level::ALL.into_iter().find(|&level| self.of(level) > 0).map_or(Verdict::None, Verdict::from)
    }
    pub(super) fn minus(self, other: Self) -> Self {
        Occurrences::from(self).with(other.into(), u64::saturating_sub).into()
    }
    pub(crate) fn plus(self, other: Self) -> Self {
        let single = |counts: Self| counts.occurrences.unwrap_or(counts.into());
        let several = self.occurrences.is_some() || other.occurrences.is_some();
        Self {
            occurrences: several.then(|| single(self).with(single(other), u64::saturating_add)),
            ..Occurrences::from(self).with(other.into(), u64::saturating_add).into()
        }
    }
}

impl Occurrences {
    fn add(&mut self, level: Level, proof: Proof) {
        match level {
            Level::Breaking => self.breaking += 1,
            Level::Risky => self.risky += 1,
            Level::Additive => self.additive += 1,
            Level::Docs => self.docs += 1,
        }
        self.unproven += u64::from(level <= Level::Risky && proof == Proof::Unproven);
    }
    fn with(self, other: Self, of: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            breaking: of(self.breaking, other.breaking),
            risky: of(self.risky, other.risky),
            additive: of(self.additive, other.additive),
            docs: of(self.docs, other.docs),
            unproven: of(self.unproven, other.unproven),
        }
    }
}

/// The counts of the entries.
impl From<Summary> for Occurrences {
    fn from(Summary { breaking, risky, additive, docs, unproven, .. }: Summary) -> Self {
        Self { breaking, risky, additive, docs, unproven }
    }
}

impl From<Occurrences> for Summary {
    fn from(Occurrences { breaking, risky, additive, docs, unproven }: Occurrences) -> Self {
        Self { breaking, risky, additive, docs, unproven, occurrences: None }
    }
}
