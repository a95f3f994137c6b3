//! The project that a command works with: from its arguments and what the process stands in.

use super::args::Common;
use super::exit;
use super::progress::Line;
use super::surroundings::Surroundings;
use crate::project::{Project, ProjectError, TeamFiles};
use crate::source::VersionResolver;
use crate::text::Lang;

/// Finds the repository and reads its configuration, as it stands in the work tree.
pub(super) fn open(common: &Common, surroundings: &Surroundings) -> Result<Project, ProjectError> {
    let langs = (common.lang, surroundings.lang);
    let mut project = Project::with(resolver(common, surroundings), common.config.as_deref(), langs)?;
    project.asker.name.clone_from(&surroundings.process);
    project.asker.tell = |waiting| exit::warn([waiting]);
    if surroundings.watched {
        project.progress = Some(Box::new(Line::new(project.lang)));
    }
    Ok(project)
}

/// The team files, where a configuration may be faulty.
pub(super) fn files(common: &Common, surroundings: &Surroundings) -> Result<TeamFiles, ProjectError> {
    Ok(TeamFiles::of(&resolver(common, surroundings))?)
}

/// The language alone, for commands that a faulty configuration must not stop.
pub(super) fn lang(common: &Common, surroundings: &Surroundings) -> Lang {
    let read = || open(common, surroundings).ok().map(|project| project.lang);
    common.lang.or_else(read).or(surroundings.lang).unwrap_or_default()
}

fn resolver(common: &Common, surroundings: &Surroundings) -> VersionResolver {
    let mut resolver = VersionResolver::new(&surroundings.cwd);
    resolver.repo.clone_from(&common.repo);
    resolver.allow_fetch = common.allow_fetch;
    resolver.target_branch.clone_from(&surroundings.target_branch);
    resolver
}
