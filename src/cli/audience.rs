//! What commands about partners work with: the contracts of one version, and the ids that partner files may name.

use std::collections::BTreeSet;

use super::compare::Reader;
use super::error::CliError;
use super::notice::production::reference;
use super::pairs::{slug, unique, wanted};
use super::range;
use super::session::Session;
use super::specs::Sniffer;
use crate::audience::Registry;
use crate::contract::Contract;
use crate::source::{Version, VersionArg};

/// Fails where a partner file names an API that the repository does not have, nor ever had in production. `looked_at` are
/// versions that the answer is about, beside the work tree. Where no id is known at all, nothing is refused.
pub(super) fn check_apis(session: &Session, registry: &Registry, looked_at: &[&Version]) -> anyhow::Result<()> {
    let mut sniffer = Sniffer::default();
    let mut known: BTreeSet<String> = session.config.apis.iter().map(|api| api.id().to_owned()).collect();
    let tree = session.workplace.work_tree().ok();
    for version in looked_at.iter().copied().chain(&tree) {
        known.extend(ids(session, &sniffer.found(version)?));
    }
    if registry.check_apis(&known).is_ok() {
        return Ok(());
    }
    // An API that was removed is still one: who uses it is told of it.
    known.extend(once_found(session, &mut sniffer));
    Ok(registry.check_apis(&known)?)
}

/// The ids of the documents that releases of production had; none where its history cannot be read.
fn once_found(session: &Session, sniffer: &mut Sniffer) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    let Ok(repo) = session.workplace.repository() else { return known };
    let Ok((_, name)) = reference(session, None) else { return known };
    for release in range::shipped(&repo, (&name, true), None, None).unwrap_or_default() {
        let found = sniffer.found(&release.version(&repo)).unwrap_or_default();
        known.extend(ids(session, &found));
    }
    known
}

/// The ids of the documents of one version.
fn ids(session: &Session, paths: &[String]) -> Vec<String> {
    let configured = &session.config.apis;
    let mut known: Vec<String> = configured.iter().map(|api| api.id().to_owned()).collect();
    for path in paths.iter().filter(|path| configured.iter().all(|api| api.path() != path.as_str())) {
        known.push(unique(&slug(path), &known));
    }
    known
}

/// The contracts of a version that the command line names, with the ids of their APIs.
pub(super) fn contracts(session: &Session, at: &str, specs: &[String]) -> anyhow::Result<Vec<(String, Contract)>> {
    contracts_of(session, &session.workplace.open(&VersionArg::parse(at)?)?, specs)
}

/// The contracts of a version with the ids of their APIs.
pub(super) fn contracts_of(
    session: &Session,
    version: &Version,
    specs: &[String],
) -> anyhow::Result<Vec<(String, Contract)>> {
    let configured = &session.config.apis;
    let mut paths = match &version.document {
        Some(_) if !specs.is_empty() => return Err(CliError::SpecTwice.into()),
        Some(path) => vec![path.clone()],
        None => wanted(session, specs)?,
    };
    if paths.is_empty() {
        paths = Sniffer::default().found(version)?;
    }
    if paths.is_empty() {
        return Err(CliError::NoDocument { versions: version.label.clone() }.into());
    }
    let mut reader = Reader::default();
    let mut known: Vec<String> = configured.iter().map(|api| api.id().to_owned()).collect();
    let mut out = Vec::new();
    for path in paths {
        let id = configured.iter().find(|api| api.path() == path).map_or_else(
            || {
                let id = unique(&slug(&path), &known);
                known.push(id.clone());
                id
            },
            |api| api.id().to_owned(),
        );
        out.push((id, reader.contract(version, &path)?));
    }
    Ok(out)
}
