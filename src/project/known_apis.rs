//! The APIs that partner files and aggregates of logs may name.

use std::collections::{BTreeMap, BTreeSet};

use super::renamed::Renamed;
use super::{Project, ProjectError};
use crate::audience::{Registry, Usage};
use crate::compare::history::{self, Told, shipped};
use crate::compare::{Api, CompareError, FORMER, apis_at};
use crate::notice::NoticeIndex;
use crate::source::Version;

impl Project {
    /// Checks that every API that a partner file names is one of the repository, now or in a release of production, and
    /// renames those whose document moved. `looked_at` are versions that the answer is about, beside the work tree. Where
    /// no id is known at all, nothing is refused.
    ///
    /// # Errors
    /// Shows the first unknown name where it stands, with the ids there are.
    pub(crate) fn settle_apis(
        &self,
        registry: &mut Registry,
        usage: &mut Usage,
        looked_at: &[&Version],
    ) -> Result<(), ProjectError> {
        if registry.partners().is_empty() && usage.apis().is_empty() {
            return Ok(());
        }
        let mut known: BTreeSet<String> = self.config.apis.iter().map(|api| api.id().to_owned()).collect();
        let are_known = |known: &BTreeSet<String>, registry: &Registry, usage: &Usage| {
            registry.check_apis(known).is_ok() && usage.apis().iter().all(|api| known.contains(*api))
        };
        // To look for documents in several versions costs more than all else.
        if !known.is_empty() && are_known(&known, registry, usage) {
            return Ok(());
        }
        let tree = self.resolver.work_tree().ok();
        for version in looked_at.iter().copied().chain(&tree) {
            // A version without a document has no ids, and one that cannot be listed is refused by whoever compares it.
            let apis = apis_at(version, self.everything()).unwrap_or_default();
            known.extend(apis.into_iter().map(|api| api.id));
        }
        if are_known(&known, registry, usage) {
            return Ok(());
        }
        // An API that was removed, or that had another id before its document moved, is still one.
        let ever = self.ever().unwrap_or_default();
        let renamed = Renamed::of_apis(&ever).apis;
        registry.rename_apis(&renamed);
        usage.rename_apis(&renamed);
        known.extend(ever.into_iter().map(|api| api.id));
        Ok(registry.check_apis(&known)?)
    }

    /// The ids that APIs had before their documents moved or the configuration named them, and those of now. Without
    /// notices nobody need read the history for it.
    pub fn renamed_apis(&self, notices: &NoticeIndex) -> BTreeMap<String, String> {
        if notices.notices.is_empty() {
            return BTreeMap::new();
        }
        let renamed = Renamed::of_apis(&self.ever().unwrap_or_default());
        // Of very many only those that somebody wrote under.
        if renamed.apis.len() > FORMER { renamed.named_by(notices).apis } else { renamed.apis }
    }

    /// Of the APIs of a history the ids of before that notices name, and those of now.
    ///
    /// # Errors
    /// Where a notice is wrong.
    pub fn ids_in_notices(&self, apis: &[Api]) -> Result<BTreeMap<String, String>, ProjectError> {
        Ok(Renamed::of_apis(apis).named_by(&self.notices()?).apis)
    }

    /// The APIs that releases of production had.
    fn ever(&self) -> Result<Vec<Api>, CompareError> {
        let repo = self.resolver.repository()?;
        let (_, name) = self.production_ref(None)?;
        history::apis(&shipped(&repo, (&name, true), Told::default())?, self.everything())
    }
}
