//! A repository as its team has it: configuration, partners, usage, notices, templates. The only reader and writer of team
//! files ([`TeamFiles`]); whoever asks gets values, and what is odd but stops nothing as [`Warning`]s.

use std::path::Path;

use self::cache::ReportCache;
use crate::compare::{Asked, Progress};
use crate::config::Config;
use crate::rules::Reading;
use crate::source::VersionResolver;
use crate::source::lock::Asker;
use crate::text::Lang;

mod accept;
mod acks;
mod cache;
mod check;
mod differences;
mod digest;
mod drafts;
mod error;
mod files;
mod known_apis;
mod mailing;
mod messages;
mod notices;
mod partners;
mod paths;
mod production;
mod published;
mod reader;
mod renamed;
mod since;
mod templates;
mod touch;
mod usage;
mod warning;

pub use accept::AcceptRequest;
pub use check::{CheckRequest, CiBase};
pub(crate) use differences::{DiffRequest, Selection};
pub use drafts::{DraftRequest, NoticeDraft};
pub use error::ProjectError;
pub use files::{Author, TeamFiles};
pub use mailing::LIST;
pub use messages::{Messages, Said, Wanted};
pub use notices::{covered, facts_path};
pub use partners::{PARTNERS, named_partner};
pub use production::Production;
pub use reader::Reader;
pub use warning::Warning;

/// The name of the configuration at the root of a repository.
pub const CONFIG: &str = "preavis.toml";

/// A repository as its team has it: its versions, its configuration, its partners and notices.
///
/// Versions are named as on the command line: a tag, a branch, a commit, `REF:path`, a file (`./api.yaml`), or `.` for the
/// files on disk, committed or not.
pub struct Project {
    /// Where versions are looked up.
    pub(crate) resolver: VersionResolver,
    /// The team files.
    pub(crate) files: TeamFiles,
    /// The configuration, as it stands in the work tree.
    pub(crate) config: Config,
    /// The language of reports.
    pub(crate) lang: Lang,
    /// Who works with it, as others are told while it holds a lock.
    pub(crate) asker: Asker,
    /// What earlier runs found of its history, where that is wanted.
    cache: Option<ReportCache>,
    /// Who is told how far long work is.
    pub(crate) progress: Option<Box<dyn Progress>>,
}

impl Project {
    /// Reads the configuration of a repository: `given`, seen from the working directory, else [`CONFIG`] where there is
    /// one. The language is `asked` for, else that of the configuration, else `usual`.
    ///
    /// # Errors
    /// Where the configuration cannot be read, and where one that was given is not there.
    pub(crate) fn with(
        resolver: VersionResolver,
        given: Option<&Path>,
        (asked, usual): (Option<Lang>, Option<Lang>),
    ) -> Result<Self, ProjectError> {
        let files = TeamFiles::of(&resolver)?;
        let config = match given {
            Some(given) => {
                let name = given.display().to_string();
                let text = files.read_named(given, Author::People)?;
                Config::parse(&name, &text.ok_or_else(|| ProjectError::NoConfig { name: name.clone() })?)?
            }
            None => match files.read(CONFIG, Author::People)? {
                Some(text) => Config::parse(CONFIG, &text)?,
                None => Config::default(),
            },
        };
        let lang = asked.or(config.lang).or(usual).unwrap_or_default();
        Ok(Self { resolver, files, config, lang, asker: Asker::default(), cache: None, progress: None })
    }

    /// What is asked of a comparison; `specs` are paths from the root of the repository ([`Self::paths`]).
    pub(crate) fn asked<'a>(&'a self, specs: &'a [String]) -> Asked<'a> {
        Asked {
            config: &self.config,
            specs,
            lang: self.lang,
            reading: Reading::default(),
            renamed: None,
            cache: self.cache.as_ref().map(|cache| cache as &dyn crate::compare::Cache),
            progress: self.progress.as_deref(),
        }
    }

    /// The same where nobody named a document.
    pub(crate) fn everything(&self) -> Asked<'_> {
        self.asked(&[])
    }

    /// The documents of `--spec` from the root of the repository, each once.
    ///
    /// # Errors
    /// Where one lies outside.
    pub(crate) fn paths(&self, specs: &[String]) -> Result<Vec<String>, ProjectError> {
        let mut paths = Vec::new();
        for spec in specs {
            let path = paths::in_repository(&self.resolver.cwd, self.files.root(), spec)?;
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        Ok(paths)
    }
}
