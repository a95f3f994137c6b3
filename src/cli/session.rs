//! What a command works with: the workplace, the configuration, the language.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::Common;
use super::error::CliError;
use super::surroundings::Surroundings;
use crate::compare::Asked;
use crate::config::Config;
use crate::source::Workplace;
use crate::text::Lang;

/// The name of the configuration at the root of a repository.
pub(super) const CONFIG: &str = "preavis.toml";

/// What a command works with.
pub(super) struct Session {
    pub(super) workplace: Workplace,
    pub(super) config: Config,
    pub(super) lang: Lang,
}

impl Session {
    /// Finds the repository and reads its configuration, as it stands in the work tree.
    pub(super) fn open(common: &Common, surroundings: &Surroundings) -> anyhow::Result<Self> {
        let workplace = workplace(common, surroundings);
        let config = config(common, &workplace)?;
        let lang = common.lang.or(config.lang).or(surroundings.lang).unwrap_or_default();
        Ok(Self { workplace, config, lang })
    }

    /// What is asked of a comparison; `specs` are paths from the root of the repository ([`Self::paths`]).
    pub(super) fn asked<'a>(&'a self, specs: &'a [String]) -> Asked<'a> {
        Asked { config: &self.config, specs, lang: self.lang }
    }

    /// The documents of `--spec` from the root of the repository, each once.
    pub(super) fn paths(&self, specs: &[String]) -> Result<Vec<String>, CliError> {
        let mut paths = Vec::new();
        for spec in specs {
            let path = in_repository(&self.workplace, spec)?;
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        Ok(paths)
    }
}

/// A path from the root of the repository; one that starts with a dot is seen from the working directory, as git has it.
fn in_repository(workplace: &Workplace, spec: &str) -> Result<String, CliError> {
    let outside = || CliError::Outside { path: spec.to_owned() };
    let mut segments: Vec<String> = Vec::new();
    if spec.starts_with("./") || spec.starts_with("../") {
        let real = |path: &Path| path.canonicalize().map_err(|_| outside());
        let (cwd, top) = (real(&workplace.cwd)?, real(&root(workplace))?);
        let below = cwd.strip_prefix(&top).map_err(|_| outside())?;
        segments.extend(below.iter().map(|segment| segment.to_string_lossy().into_owned()));
    }
    for segment in spec.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop().ok_or_else(outside)?),
            name => segments.push(name.to_owned()),
        }
    }
    if segments.is_empty() { Err(outside()) } else { Ok(segments.join("/")) }
}

/// The language alone, for commands that a faulty configuration must not stop.
pub(super) fn lang(common: &Common, surroundings: &Surroundings) -> Lang {
    let configured = || config(common, &workplace(common, surroundings)).ok()?.lang;
    common.lang.or_else(configured).or(surroundings.lang).unwrap_or_default()
}

fn workplace(common: &Common, surroundings: &Surroundings) -> Workplace {
    let mut workplace = Workplace::new(&surroundings.cwd);
    workplace.repo.clone_from(&common.repo);
    workplace.target_branch.clone_from(&surroundings.target_branch);
    workplace
}

fn config(common: &Common, workplace: &Workplace) -> anyhow::Result<Config> {
    let (path, name) = match &common.config {
        Some(given) => (workplace.cwd.join(given), given.display().to_string()),
        None => (root(workplace).join(CONFIG), CONFIG.to_owned()),
    };
    if common.config.is_none() && !path.is_file() {
        return Ok(Config::default());
    }
    read(&path, &name)
}

fn read(path: &Path, name: &str) -> anyhow::Result<Config> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the configuration `{name}`"))?;
    Ok(Config::parse(name, &text)?)
}

/// The top of the work tree; outside repositories the working directory.
pub(super) fn root(workplace: &Workplace) -> PathBuf {
    let top = workplace.repository().ok().and_then(|repo| repo.work_dir().map(Path::to_owned));
    top.unwrap_or_else(|| workplace.cwd.clone())
}
