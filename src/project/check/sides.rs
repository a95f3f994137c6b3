//! Which two versions a question of the gate is about, and the branch that it is asked for.

use std::rc::Rc;

use crate::gate::Question;
use crate::project::{Project, ProjectError};
use crate::source::git::{Commit, Repo};
use crate::source::{RangeArg, SourceError, Version, VersionArg};

/// What CI says beside the name of the target branch.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct CiBase {
    /// The commit that a merge queue builds upon: it is the base.
    pub queue: Option<String>,
    /// A commit to compare from where the target branch was not fetched.
    pub fallback: Option<String>,
}

/// The versions of a question.
pub(in crate::project) struct Sides {
    /// What it is compared from.
    pub(in crate::project) base: Version,
    /// What is to be merged, or to ship.
    pub(in crate::project) head: Version,
    /// The branch that it is for: its tip and its name. `None` where two documents are compared outside of any history.
    pub(super) target: Option<(Commit, String)>,
    /// How a command line names both.
    pub(super) written: Vec<String>,
    /// Why it could not be told if nothing differed: the branch that it is for is the very commit that is judged, in a clone
    /// that may lack the branch that is meant.
    pub(super) doubt: Option<SourceError>,
}

/// The versions as asked for.
pub(super) struct Asked<'a> {
    pub(super) base: Option<&'a str>,
    pub(super) head: Option<&'a str>,
    pub(super) question: Question,
    pub(super) ci: &'a CiBase,
}

impl Project {
    /// Finds the versions of a question.
    pub(super) fn sides(&self, asked: &Asked<'_>) -> Result<Sides, ProjectError> {
        match asked.question {
            Question::Merge => self.merging(asked),
            Question::Release => self.releasing(asked),
        }
    }

    fn merging(&self, asked: &Asked<'_>) -> Result<Sides, ProjectError> {
        let (base, head) = match (asked.base.and_then(RangeArg::parse), asked.head) {
            (Some(range), None) => (Some(range.base), Some(range.head)),
            _ => (asked.base.map(str::to_owned), asked.head.map(str::to_owned)),
        };
        if let Some(base) = base.as_deref().filter(|base| self.is_document(base)) {
            return self.literal(base, head.as_deref());
        }
        let head_version = match head.as_deref() {
            Some(head) => self.resolver.open(&VersionArg::parse(head)?)?,
            None => self.resolver.work_tree()?,
        };
        let repo = self.resolver.repository()?;
        let tip = head_version.commit.clone().map_or_else(|| repo.resolve("HEAD"), Ok)?;
        let (target, name, usual) = self.target(&repo, base.as_deref(), asked.ci)?;
        let from = repo.merge_base(&tip, &target)?;
        let doubt = if tip.id == target.id && base.is_none() { repo.cut_off(&tip) } else { None };
        let mut written = Vec::new();
        if !usual || head.is_some() {
            written.push(from.short_id().to_owned());
        }
        written.extend(head);
        let files = Rc::new(repo.snapshot(&from));
        let base = Version { label: format!("merge base with {name}"), commit: Some(from), document: None, files };
        Ok(Sides { base, head: head_version, target: Some((target, name)), written, doubt })
    }

    /// The branch that a change goes to: as named, else as CI says, else as for any comparison; and whether that is what
    /// any comparison takes.
    fn target(&self, repo: &Repo, named: Option<&str>, ci: &CiBase) -> Result<(Commit, String, bool), SourceError> {
        let usual = repo.default_branch(self.resolver.target_branch.as_deref());
        let found = match (named, &ci.queue, self.resolver.target_branch.as_deref()) {
            (Some(name), ..) => (repo.resolve(name.trim_end_matches(':'))?, name.trim_end_matches(':').to_owned()),
            (None, Some(queue), _) => (repo.resolve(queue)?, "the merge queue's base".to_owned()),
            (None, None, Some(branch)) => match (repo.default_branch(Some(branch)), &ci.fallback) {
                (Err(SourceError::NoDefaultBase { .. }), Some(sha)) => (repo.resolve(sha)?, branch.to_owned()),
                (found, _) => found?,
            },
            (None, None, None) => repo.default_branch(None)?,
        };
        let same = usual.is_ok_and(|(commit, _)| commit.id == found.0.id);
        Ok((found.0, found.1, same))
    }

    /// Two documents, or a document and what is meant beside it, taken as they are named.
    fn literal(&self, base: &str, head: Option<&str>) -> Result<Sides, ProjectError> {
        let (old, new) = self.resolver.compare(Some(base), head)?;
        let written = std::iter::once(base).chain(head).map(str::to_owned).collect();
        let target = self.resolver.repository().ok().and_then(|repo| self.target(&repo, None, &CiBase::default()).ok());
        Ok(Sides { base: old, head: new, target: target.map(|(tip, name, _)| (tip, name)), written, doubt: None })
    }

    /// Whether an argument names a document, not a version of a repository.
    pub(super) fn is_document(&self, text: &str) -> bool {
        match VersionArg::parse(text) {
            Ok(VersionArg::File(_) | VersionArg::Url(_) | VersionArg::Stdin) => true,
            Ok(VersionArg::Ref { path, .. }) => path.is_some(),
            Ok(VersionArg::WorkTree) | Err(_) => false,
            Ok(VersionArg::Named(name)) => {
                let is_ref =
                    || self.resolver.repository().is_ok_and(|repo| matches!(repo.try_resolve(&name), Ok(Some(_))));
                self.resolver.cwd.join(&name).is_file() && !is_ref()
            }
        }
    }

    fn releasing(&self, asked: &Asked<'_>) -> Result<Sides, ProjectError> {
        let range = asked.base.filter(|_| asked.head.is_none()).and_then(RangeArg::parse);
        let (from, to) = match range {
            Some(range) => (Some(range.base), Some(range.head)),
            None => (asked.base.map(str::to_owned), asked.head.map(str::to_owned)),
        };
        let from = from.or_else(|| self.config.production.clone()).ok_or(ProjectError::NoProduction)?;
        let target = self.resolver.repository().and_then(|repo| self.target(&repo, None, asked.ci));
        let to = match to.or_else(|| self.config.next.clone()) {
            Some(to) => to,
            None => target.as_ref().map(|(_, name, _)| name.clone()).map_err(|_| ProjectError::NoNext)?,
        };
        let base = self.resolver.open(&VersionArg::parse(&from)?)?;
        let head = self.resolver.open(&VersionArg::parse(&to)?)?;
        let target = target.ok().map(|(tip, name, _)| (tip, name));
        Ok(Sides { base, head, target, written: vec![from, to], doubt: None })
    }
}
