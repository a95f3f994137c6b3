//! What commands about partners work with: the partner files, the aggregates of logs, the contracts of one version.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::session::{Session, root};
use crate::audience::{Partner, Registry, Usage};
use crate::compare::contracts_of;
use crate::contract::Contract;
use crate::source::VersionArg;

/// The folder of the partner files, from the root of the repository.
pub(super) const PARTNERS: &str = "preavis/partners";
/// The aggregates of logs, from the root of the repository.
pub(super) const USAGE: &str = "preavis/usage.json";

/// The partners of the repository, as their files stand in the work tree; none where there is no folder.
pub(super) fn registry(session: &Session) -> anyhow::Result<Registry> {
    let folder = root(&session.workplace).join(PARTNERS);
    let failed = |path: String| move |source| CliError::Read { path, source };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Registry::default()),
        entries => entries.map_err(failed(PARTNERS.to_owned()))?,
    };
    let mut names: Vec<String> = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed(PARTNERS.to_owned()))?.file_name().to_string_lossy().into_owned();
        let is_file = Path::new(&name).extension().is_some_and(|ending| ending == "toml");
        if is_file && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    let mut files: Vec<(String, String)> = Vec::new();
    for name in names {
        let path = format!("{PARTNERS}/{name}");
        let text = fs::read_to_string(folder.join(&name)).map_err(failed(path.clone()))?;
        files.push((path, text));
    }
    Ok(Registry::parse(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?)
}

/// Fails where a partner that was named has no file.
pub(super) fn known(registry: &Registry, slug: Option<&str>) -> Result<(), CliError> {
    match slug.filter(|slug| registry.find(slug).is_none()) {
        None => Ok(()),
        Some(slug) => {
            let known: Vec<&str> = registry.partners().iter().map(Partner::slug).collect();
            let known = if known.is_empty() { format!("no file in {PARTNERS}") } else { known.join(", ") };
            Err(CliError::UnknownPartner { slug: slug.to_owned(), known })
        }
    }
}

/// Where the aggregates are: a file that was named, seen from the working directory, else the usual one.
pub(super) fn usage_path(session: &Session, given: Option<&Path>) -> (PathBuf, String) {
    match given {
        Some(path) => (session.workplace.cwd.join(path), path.display().to_string()),
        None => (root(&session.workplace).join(USAGE), USAGE.to_owned()),
    }
}

/// The aggregates; none where there is no file.
pub(super) fn usage(path: &Path, name: &str) -> anyhow::Result<Usage> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Usage::default()),
        text => Ok(Usage::parse(name, &text.map_err(|source| CliError::Read { path: name.to_owned(), source })?)?),
    }
}

/// The contracts of a version that the command line names, with the ids of their APIs.
pub(super) fn contracts(session: &Session, at: &str, specs: &[String]) -> anyhow::Result<Vec<(String, Contract)>> {
    let version = session.workplace.open(&VersionArg::parse(at)?)?;
    let paths = session.paths(specs)?;
    let found = contracts_of(&version, session.asked(&paths))?;
    Ok(found.into_iter().map(|(api, contract)| (api.id, contract)).collect())
}
