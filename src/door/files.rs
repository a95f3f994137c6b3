//! Two documents by themselves, outside of any history.

use std::path::Path;

use super::{Comparison, Error};
use crate::compare::{Asked, Options, versions};
use crate::config::Config;
use crate::rules::Reading;
use crate::source::{SourceError, Version, VersionArg, VersionResolver};

/// Compares two files, each an OpenAPI document of any version from 2.0 to 3.2, in JSON or YAML.
///
/// References may lead to files in the folder of their document, or in the repository that holds it. The configuration
/// decides levels and the language of sentences; [`Config::default`] has the catalogue's, in English.
///
/// # Errors
/// Where a file is none, is no OpenAPI document, or operations need what its references do not lead to.
pub fn compare(
    old: impl AsRef<Path>,
    new: impl AsRef<Path>,
    config: &Config,
    options: &Options,
) -> Result<Comparison, Error> {
    let (base, head) = (open(old.as_ref())?, open(new.as_ref())?);
    let asked = Asked {
        config,
        specs: &[],
        lang: config.lang.unwrap_or_default(),
        reading: Reading::default(),
        renamed: None,
        cache: None,
        progress: None,
    };
    Ok(versions(&base, &head, asked, *options)?.into())
}

/// A file as a version, called as it was given.
fn open(given: &Path) -> Result<Version, SourceError> {
    let label = given.display().to_string();
    let whole = std::path::absolute(given).map_err(|cause| SourceError::Read { path: label.clone(), cause })?;
    let path = whole.to_str().ok_or_else(|| SourceError::Utf8Path { path: given.to_owned() })?;
    // What a document may refer to hangs on where it lies, not on where the process stands.
    let resolver = VersionResolver::new(whole.parent().unwrap_or(&whole));
    Ok(Version { label, ..resolver.open(&VersionArg::File(path.to_owned()))? })
}
