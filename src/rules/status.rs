//! What became of a rule: it stands, it is about to go, or it went and another took its place. Ids are for ever, so one
//! that went still gets an answer.

use std::fmt;

use super::{Rule, find, nearest};

/// The version of the first catalogue; a row that says no other came with it.
pub(super) const FIRST: &str = "0.1.0";

/// A state of the catalogue, by which a team may pin its gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Catalogue {
    /// Its name: the year and the month.
    pub name: &'static str,
    /// The version of preavis that brought it.
    pub version: &'static str,
}

/// The states of the catalogue, oldest first. Whoever gives a rule a later `since` adds a row.
pub const CATALOGUES: &[Catalogue] = &[Catalogue { name: "2026.11", version: FIRST }];

impl Catalogue {
    /// Whether it has a rule that came in a version.
    pub fn has(&self, since: &str) -> bool {
        let numbers =
            |version: &str| version.split('.').map(|part| part.parse::<u64>().unwrap_or(0)).collect::<Vec<_>>();
        numbers(since) <= numbers(self.version)
    }
}

/// Whether a rule of the catalogue is to stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It stays.
    Stable,
    #[cfg_attr(not(feature = "internals"), expect(dead_code, reason = "no rule of today is about to go"))]
    /// It still judges, and goes in a later version. The reason stands in the texts, as `deprecated` of the rule.
    Deprecated {
        /// The version that said so first.
        since: &'static str,
    },
}

/// An id that the catalogue had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retired {
    /// The id, which no rule may take again.
    pub id: &'static str,
    /// The version from which on no change carries it.
    pub since: &'static str,
    /// The ids that say the same today; none where there is nothing to say any more.
    pub replaced_by: &'static [&'static str],
}

impl fmt::Display for Retired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rule `{}` was retired in {}, ", self.id, self.since)?;
        let instead: Vec<String> = self.replaced_by.iter().map(|id| format!("`{id}`")).collect();
        if instead.is_empty() {
            f.write_str("without a successor")
        } else {
            write!(f, "use {} instead", instead.join(" and "))
        }
    }
}

/// The ids that the catalogue had and has no more.
pub const RETIRED: &[Retired] = &[];

/// What an id stands for.
#[derive(Clone, Debug)]
pub enum Named {
    /// A rule of the catalogue.
    Rule(&'static Rule),
    /// A rule that was.
    Retired(Retired),
    /// None; the ids that look like it, best first.
    Unknown(Vec<&'static str>),
}

/// Looks an id up in the catalogue and among those that went, which are [`RETIRED`] outside of tests.
pub fn named(id: &str, retired: &[Retired]) -> Named {
    if let Some(rule) = find(id) {
        return Named::Rule(rule);
    }
    match retired.iter().find(|gone| gone.id == id) {
        Some(gone) => Named::Retired(*gone),
        None => Named::Unknown(nearest(id)),
    }
}
