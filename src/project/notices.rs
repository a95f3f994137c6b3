//! The notices of a repository, and the facts beside each.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::renamed::Renamed;
use super::{Author, NoticeDraft, Project, ProjectError};
use crate::compare::Api;
use crate::compare::history::History;
use crate::notice::{FOLDER, Notice, NoticeIndex};
use crate::report::Report;
use crate::source::confined::ConfinedError;
use crate::source::lock::Lock;

/// Names that start so are no notices: a team's notes beside them.
pub(super) const ASIDE: &[char] = &['_'];

impl Project {
    /// The notices of the work tree.
    pub(crate) fn notices(&self) -> Result<NoticeIndex, ProjectError> {
        let files = self.files.read_all(FOLDER, "md", ASIDE)?.unwrap_or_default();
        Ok(NoticeIndex::parse(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))?)
    }

    /// The same over a history, which they speak for: with the ids and fingerprints of today, and the days of shipping.
    pub(crate) fn notices_of(&self, apis: &[Api], history: &History) -> Result<NoticeIndex, ProjectError> {
        let notices = Renamed::of_apis(apis).with(history).notices(self.notices()?);
        Ok(NoticeIndex { shipments: shipments(history), ..notices })
    }

    /// The report of the changes a notice covers and of what came beside them, as it was when the notice was drafted;
    /// nothing where it has none.
    pub(crate) fn facts(&self, notice: &Notice) -> Result<Option<Report>, ProjectError> {
        let path = facts_path(notice);
        let Some(text) = self.files.read(&path, Author::Preavis)? else { return Ok(None) };
        serde_json::from_str(&text).map(Some).map_err(|source| ProjectError::Facts { path, source })
    }

    /// Held from when notices are read until drafts are written.
    pub(crate) fn lock_notices(&self) -> Result<Lock, ConfinedError> {
        self.files.lock(FOLDER, &self.asker)
    }

    /// Writes drafts, each with its facts, of which none may be there yet: all of them, or none. A run that was killed may
    /// have left facts without their notice; those give way.
    pub(crate) fn create_notices(&self, drafts: &[NoticeDraft], _held: &Lock) -> Result<(), ProjectError> {
        let files = self.files_of(drafts)?;
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        Ok(self.files.create(&files)?)
    }

    /// The files of drafts, for which there is room.
    pub(super) fn files_of<'d>(&self, drafts: &'d [NoticeDraft]) -> Result<Vec<(String, &'d str)>, ProjectError> {
        let there = self.notices()?;
        if let Some(taken) = drafts.iter().find(|draft| there.find(&draft.id).is_some()) {
            return Err(ProjectError::TakenId { id: taken.id.clone() });
        }
        let mut files: Vec<(String, &str)> = Vec::new();
        for draft in drafts {
            self.make_room(&draft.stem)?;
            // The facts first: a notice without them would be read from the history.
            files.push((format!("{}.json", draft.stem), &draft.facts));
            files.push((format!("{}.md", draft.stem), &draft.text));
        }
        Ok(files)
    }

    /// Fails where a notice is there already, or what is no report lies where its facts belong.
    fn make_room(&self, stem: &str) -> Result<(), ProjectError> {
        let (notice, facts) = (format!("{stem}.md"), format!("{stem}.json"));
        if self.files.has(&notice)? {
            return Err(ConfinedError::Exists { path: notice }.into());
        }
        let Some(text) = self.files.read(&facts, Author::Preavis)? else { return Ok(()) };
        match serde_json::from_str::<Report>(&text) {
            Ok(_) => Ok(self.files.remove(&facts)?),
            Err(_) => Err(ConfinedError::Exists { path: facts }.into()),
        }
    }
}

/// The days changes shipped, oldest first, by fingerprint.
fn shipments(history: &History) -> BTreeMap<String, Vec<Date>> {
    let mut out: BTreeMap<String, Vec<Date>> = BTreeMap::new();
    for release in history.changelog.releases.iter().rev().filter(|release| !release.is_unreleased()) {
        let Some(day) = release.day() else { continue };
        for change in release.report.apis.iter().flat_map(|api| &api.changes) {
            out.entry(change.fingerprint.clone()).or_default().push(day);
        }
    }
    out
}

/// Of a report the changes that a notice covers.
#[must_use]
pub fn covered(notice: &Notice, report: &Report) -> Report {
    report.only(&|change| notice.front.covers.contains(&change.fingerprint))
}

/// Where the facts of a notice are.
pub fn facts_path(notice: &Notice) -> String {
    format!("{FOLDER}/{}.json", notice.stem())
}
