//! What was used up: an acceptance or a notice answers a change once. Where the change came, went, and is done again, it needs
//! an answer of its own.

use super::line::{Line, Moment};
use super::memory::{Branch, Memory};
use crate::compare::{Options, Pair, versions};
use crate::gate::{Acceptance, Known as _, Question, Subject};
use crate::notice::{FOLDER, Notice};
use crate::project::ProjectError;
use crate::source::git::Commit;
use crate::source::{Files as _, Version, VersionArg};

impl Memory<'_> {
    /// Whether an acceptance was used up for a change: the target, or production, held it after the file had come there.
    pub(super) fn was_used(&self, acceptance: &Acceptance, subject: Subject<'_>) -> Result<bool, ProjectError> {
        let ids: Vec<&str> = subject.ids().collect();
        let pair = self.touching.pairs.get(subject.at.0).map(std::slice::from_ref).unwrap_or_default();
        let target = self.target.as_ref();
        if self.question == Question::Merge {
            let arrival = self.arrival(acceptance, target)?;
            return arrival.map_or(Ok(false), |arrival| self.was_held_since(&arrival, target, &ids, pair));
        }
        let production = self.running()?;
        if let Some(arrival) = self.arrival(acceptance, production.as_ref())? {
            return self.was_held_since(&arrival, production.as_ref(), &ids, pair);
        }
        let Some(arrival) = self.arrival(acceptance, target)? else { return Ok(false) };
        let came = self.day(&arrival);
        for id in ids {
            if self.shipped(id)?.iter().any(|day| *day > came) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the day of a notice has passed, and the target held the change since it was announced there: it went before
    /// it shipped, and what is done again is not what partners were told.
    pub(super) fn was_undone(&self, notice: &Notice, subject: Subject<'_>) -> Result<bool, ProjectError> {
        let passed = notice.front.effective_on.is_some_and(|day| day.0 < self.today);
        let (Some((tip, _)), true) = (&self.target, passed && self.question == Question::Merge) else {
            return Ok(false);
        };
        let ids: Vec<&str> = subject.ids().collect();
        let line = Line::read(&self.project.resolver.repository()?, tip, &[FOLDER])?;
        let said = line.since(&mut |moment| {
            let then = self.caches.records.notice(&moment.files, &notice.front.id)?;
            Ok(then.is_some_and(|then| ids.iter().any(|id| then.front.covers.iter().any(|known| known == id))))
        })?;
        let pair = self.touching.pairs.get(subject.at.0).map(std::slice::from_ref).unwrap_or_default();
        said.map_or(Ok(false), |arrival| self.was_held_since(arrival, self.target.as_ref(), &ids, pair))
    }

    /// The branch that production runs, where it is one.
    pub(super) fn running(&self) -> Result<Option<Branch>, ProjectError> {
        let Some(name) = self.project.config.production.clone() else { return Ok(None) };
        if self.project.is_document(&name) {
            return Ok(None);
        }
        Ok(Some((self.project.resolver.repository()?.resolve(&name)?, name)))
    }

    /// The moment at which an acceptance came to a branch, to say there what it says now.
    fn arrival(&self, acceptance: &Acceptance, branch: Option<&Branch>) -> Result<Option<Moment>, ProjectError> {
        let Some((tip, _)) = branch else { return Ok(None) };
        let line = Line::read(&self.project.resolver.repository()?, tip, &[&acceptance.path])?;
        let holds = &mut |moment: &Moment| {
            let Some(blob) = moment.files.find_plain(&acceptance.path)? else { return Ok(false) };
            let bytes = moment.files.read(&acceptance.path, &blob)?;
            let text = std::str::from_utf8(&bytes).ok();
            let read = text.and_then(|text| Acceptance::parse(&acceptance.path, text).ok());
            Ok(read.is_some_and(|read| read.covers == acceptance.covers && read.api == acceptance.api))
        };
        let Some(found) = line.since(holds)? else { return Ok(None) };
        let repo = self.project.resolver.repository()?;
        Ok(Some(Moment { commit: found.commit.clone(), seconds: found.seconds, files: repo.snapshot(&found.commit) }))
    }

    /// Whether a branch held a change at some commit since an answer came there, compared with what was before that.
    fn was_held_since(
        &self,
        arrival: &Moment,
        branch: Option<&Branch>,
        ids: &[&str],
        pairs: &[Pair],
    ) -> Result<bool, ProjectError> {
        let (Some((tip, _)), repo) = (branch, self.project.resolver.repository()?) else { return Ok(false) };
        let Some(before) = repo.try_resolve(&format!("{}^", arrival.commit.id))? else { return Ok(false) };
        let mut commits = vec![arrival.commit.clone()];
        let later = repo.history(Some(&arrival.commit), tip, true, &documents(pairs))?;
        commits.extend(later.into_iter().map(|entry| entry.commit));
        let base = self.at(&before)?;
        for commit in &commits {
            if self.has_any(&base, commit, ids)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn at(&self, commit: &Commit) -> Result<Version, ProjectError> {
        Ok(self.project.resolver.open(&VersionArg::parse(&commit.id)?)?)
    }

    /// Whether a commit has one of some changes against a version. What cannot be compared held nothing that anybody could
    /// call.
    pub(super) fn has_any(&self, base: &Version, commit: &Commit, ids: &[&str]) -> Result<bool, ProjectError> {
        let options = Options { keep_going: true, ..Options::new(self.today) };
        let Ok(compared) = versions(base, &self.at(commit)?, self.project.everything(), options) else {
            return Ok(false);
        };
        let mut all = compared.report.apis.iter().flat_map(|api| &api.changes);
        Ok(all.any(|change| change.ids().any(|id| ids.contains(&id))))
    }

    /// Whether an acceptance was used up for all it covers: merged, and in production where it is known what runs there.
    pub(super) fn is_used_up(&self, acceptance: &Acceptance) -> Result<bool, ProjectError> {
        let Some(arrival) = self.arrival(acceptance, self.target.as_ref())? else { return Ok(false) };
        let came = self.day(&arrival);
        for id in &acceptance.covers {
            let shipped = || Ok::<_, ProjectError>(self.shipped(id)?.iter().any(|day| *day >= came));
            let merged = self.was_held_since(&arrival, self.target.as_ref(), &[id], self.touching.pairs)?;
            if !merged || self.project.config.production.is_some() && !shipped()? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The files that contracts are read from.
pub(super) fn documents(pairs: &[Pair]) -> Vec<&str> {
    let contracts = pairs.iter().flatten().flatten();
    let files = contracts.flat_map(|contract| contract.document.files()).map(|(path, _)| path.as_str());
    let mut paths: Vec<&str> = files.collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}
