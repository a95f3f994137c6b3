//! A repository: two of its versions compared, and notices of what changed.

use std::path::Path;

use jiff::civil::Date;

use super::{Comparison, Error};
use crate::compare::{Options, versions};
use crate::project::{DraftRequest, NoticeDraft, Project};
use crate::rules::Level;
use crate::source::{SourceError, VersionResolver};

impl Project {
    /// The repository that a folder lies in, with its `preavis.toml` where it has one; outside of repositories the folder
    /// itself.
    ///
    /// # Errors
    /// Where the configuration is wrong.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let folder = folder.as_ref();
        let failed = |cause| SourceError::Read { path: folder.display().to_string(), cause };
        let whole = std::path::absolute(folder).map_err(failed)?;
        Ok(Self::with(VersionResolver::new(whole), None, (None, None))?)
    }

    /// Compares every API that two versions have, as `preavis diff BASE HEAD` does.
    ///
    /// The day is the one asked for; the command takes that of head's commit.
    ///
    /// # Errors
    /// Where there is no such version, nothing to compare, or what is there cannot be read.
    pub fn compare(&self, base: &str, head: &str, options: &Options) -> Result<Comparison, Error> {
        let (base, head) = self.resolver.compare(Some(base), Some(head))?;
        Ok(versions(&base, &head, self.everything(), *options)?.into())
    }

    /// Drafts a notice an API of what changed between two versions, is at least so bad, and is in no notice yet, as
    /// `preavis notice new` does; nothing is written. They are in the languages of the configuration and of the partners.
    ///
    /// # Errors
    /// Where versions cannot be compared, and where a team file is wrong.
    pub fn draft_notices(&self, base: &str, head: &str, level: Level, today: Date) -> Result<Vec<NoticeDraft>, Error> {
        let (base, head) = self.resolver.compare(Some(base), Some(head))?;
        let compared = self.changes_to_announce((&base, &head), &[], today)?;
        Ok(self.drafts(&compared.report, (&base, &head), &DraftRequest::of_level(level, today))?)
    }

    /// Writes drafts into the work tree, each notice with its facts: all of them, or none.
    ///
    /// # Errors
    /// Where one is there already, another notice has got its id since, or the folder cannot be written.
    pub fn write_notices(&self, drafts: &[NoticeDraft]) -> Result<(), Error> {
        Ok(self.create_notices(drafts, &self.lock_notices()?)?)
    }
}
