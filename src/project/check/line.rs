//! The first-parent line of a branch, as far as something differs on it: since when a state holds.

use crate::project::ProjectError;
use crate::source::git::{Commit, HistoryEntry, Repo, Snapshot};

/// A commit of the branch itself, not of what was merged into it.
pub(super) struct Moment {
    /// The commit.
    pub(super) commit: Commit,
    /// When it came, in seconds since 1970; never before what it stands on, whatever the committer's clock said.
    pub(super) seconds: i64,
    /// Its files.
    pub(super) files: Snapshot,
}

/// The moments at which what lies below some paths differs from before, oldest first.
pub(super) struct Line {
    moments: Vec<Moment>,
}

impl Line {
    /// Reads them.
    pub(super) fn read(repo: &Repo, tip: &Commit, under: &[&str]) -> Result<Self, ProjectError> {
        let entries = repo.history(None, tip, true, under)?;
        let moment = |entry: HistoryEntry| {
            let files = repo.snapshot(&entry.commit);
            Moment { seconds: entry.came, commit: entry.commit, files }
        };
        Ok(Self { moments: entries.into_iter().map(moment).collect() })
    }

    /// The moment from which on something holds without a break until now; `None` where it does not hold now.
    pub(super) fn since(
        &self,
        holds: &mut dyn FnMut(&Moment) -> Result<bool, ProjectError>,
    ) -> Result<Option<&Moment>, ProjectError> {
        let mut found = None;
        for moment in self.moments.iter().rev() {
            if !holds(moment)? {
                break;
            }
            found = Some(moment);
        }
        Ok(found)
    }

    /// The newest moment.
    pub(super) fn last(&self) -> Option<&Moment> {
        self.moments.last()
    }
}
