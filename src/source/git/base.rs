//! Merge bases, and what a change is compared with when nobody says.

use super::{Commit, Repo};
use crate::source::SourceError;
use crate::source::advice::DEEPEN;

impl Repo {
    /// The best common ancestor. Fails where there is none, or where a shallow clone may hide it.
    pub fn merge_base(&self, one: &Commit, two: &Commit) -> Result<Commit, SourceError> {
        if let Some(base) = self.0.objects.merge_base(one.oid, two.oid)? {
            return self.commit(base);
        }
        if let Some(cut) = self.0.shallow.first() {
            return Err(SourceError::ShallowBoundary { commit: cut.to_string(), fix: DEEPEN });
        }
        let name = |commit: &Commit| commit.short_id().to_owned();
        Err(SourceError::NoMergeBase { one: name(one), two: name(two) })
    }

    /// The merge base of `head` with the branch that changes go to ([`Self::default_branch`]), and the name of that ref.
    /// Fails where none exists.
    pub fn default_base(&self, head: &Commit, target: Option<&str>) -> Result<(Commit, String), SourceError> {
        let (tip, name) = self.default_branch(target)?;
        Ok((self.merge_base(head, &tip)?, name))
    }

    /// The branch that changes go to: the one that CI names, else `origin/HEAD`, else `main` or `master`.
    ///
    /// # Errors
    /// Names what was tried where none of them exists.
    pub fn default_branch(&self, target: Option<&str>) -> Result<(Commit, String), SourceError> {
        let names = match target.map(|name| name.strip_prefix("refs/heads/").unwrap_or(name)) {
            // A target that CI names and nobody fetched is no reason to compare with something else; what CI fetched is
            // fresher than a local branch of the same name.
            Some(branch) => vec![format!("origin/{branch}"), branch.to_owned()],
            None => ["origin/HEAD", "main", "master", "origin/main", "origin/master"].map(str::to_owned).to_vec(),
        };
        for name in &names {
            if let Some(tip) = self.try_resolve(name)? {
                return Ok((tip, name.clone()));
            }
        }
        let tried = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        Err(SourceError::NoDefaultBase { tried, shallow: self.is_shallow() })
    }
}
