//! The contracts of one version, with the APIs they are of.

use super::api::{Api, apis};
use super::asked::Asked;
use super::contracts::Contracts;
use super::error::CompareError;
use super::find::Finder;
use super::versions::contract_at;
use crate::config::Config;
use crate::contract::Contract;
use crate::source::{Listing, SourceError, Version};

/// The APIs of a version that are asked for; at least one.
///
/// # Errors
/// Where there is none, or one asked for is missing.
pub fn apis_at(version: &Version, asked: Asked<'_>) -> Result<Vec<Api>, CompareError> {
    let mut finder = Finder::of(asked.config);
    if let Some(path) = &version.document {
        if !asked.specs.is_empty() {
            return Err(CompareError::SpecTwice);
        }
        let tree = version.commit.is_some().then_some(&*version.files as &dyn Listing);
        return Ok(vec![Api::of_two(&[None, Some(path.clone())], [None, tree], asked, &mut finder)?]);
    }
    let found = apis(&[&*version.files], asked, &mut finder, &mut Contracts::default())?;
    let versions = version.label.clone();
    match found.absent.first().filter(|_| !asked.specs.is_empty()) {
        Some(path) => Err(CompareError::NotInEither { path: path.clone(), versions }),
        None if found.list.is_empty() => Err(CompareError::NoDocument { versions }),
        None => Ok(found.list),
    }
}

/// The documents among some files whose paths fit.
///
/// # Errors
/// Where the files cannot be listed.
pub(crate) fn documents_where(
    files: &dyn Listing,
    config: &Config,
    fits: &dyn Fn(&str) -> bool,
) -> Result<Vec<String>, SourceError> {
    Finder::of(config).found_where(files, fits)
}

/// Their contracts.
///
/// # Errors
/// As of [`apis_at`], and where one cannot be read.
pub fn contracts_of(version: &Version, asked: Asked<'_>) -> Result<Vec<(Api, Contract)>, CompareError> {
    let mut contracts = Contracts::default();
    let apis = apis_at(version, asked)?;
    let read = |api: Api| {
        let contract = contract_at(version, api.path(), &mut contracts)?;
        Ok((api, contract))
    };
    apis.into_iter().map(read).collect()
}
