//! The project that a command works with: from its arguments and what the process stands in.

use std::path::{Path, PathBuf};

use super::args::Common;
use super::surroundings::Surroundings;
pub(super) use crate::project::Project as Session;
use crate::project::ProjectError;
use crate::source::Workplace;
use crate::text::Lang;

/// Finds the repository and reads its configuration, as it stands in the work tree.
pub(super) fn open(common: &Common, surroundings: &Surroundings) -> Result<Session, ProjectError> {
    let langs = (common.lang, surroundings.lang);
    Session::open(workplace(common, surroundings), common.config.as_deref(), langs)
}

/// The language alone, for commands that a faulty configuration must not stop.
pub(super) fn lang(common: &Common, surroundings: &Surroundings) -> Lang {
    let read = || open(common, surroundings).ok().map(|session| session.lang);
    common.lang.or_else(read).or(surroundings.lang).unwrap_or_default()
}

fn workplace(common: &Common, surroundings: &Surroundings) -> Workplace {
    let mut workplace = Workplace::new(&surroundings.cwd);
    workplace.repo.clone_from(&common.repo);
    workplace.target_branch.clone_from(&surroundings.target_branch);
    workplace
}

/// The top of the work tree; outside repositories the working directory.
pub(super) fn root(workplace: &Workplace) -> PathBuf {
    let top = workplace.repository().ok().and_then(|repo| repo.work_dir().map(Path::to_owned));
    top.unwrap_or_else(|| workplace.cwd.clone())
}
