//! What a command works with: the workplace, the configuration, the language.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::Common;
use super::surroundings::Surroundings;
use crate::config::Config;
use crate::diff::Change;
use crate::rules::{self, Level};
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

    /// The rule of a change and its level: the configuration's, else the catalogue's.
    pub(super) fn level(&self, change: &Change) -> (&'static str, Level) {
        let Some((rule, level)) = rules::judge(change) else { return ("unknown-change", Level::Risky) };
        (rule.id, self.config.levels.of(rule.id).unwrap_or(level))
    }
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
