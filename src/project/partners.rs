//! The partner files of a repository.

use super::{Project, ProjectError};
use crate::audience::{Partner, Registry};

/// The folder of the partner files, from the root of the repository.
pub const PARTNERS: &str = "preavis/partners";

impl Project {
    /// The partners, as their files stand in the work tree; none where there is no folder.
    pub(crate) fn partners(&self) -> Result<Registry, ProjectError> {
        let files = self.files.read_all(PARTNERS, "toml", &[])?.unwrap_or_default();
        Ok(Registry::parse(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?)
    }
}

/// The partner that was named, if one was.
///
/// # Errors
/// Where it has no file.
pub fn named_partner<'r>(registry: &'r Registry, slug: Option<&str>) -> Result<Option<&'r Partner>, ProjectError> {
    let Some(slug) = slug else { return Ok(None) };
    registry.find(slug).map(Some).ok_or_else(|| {
        let known = registry.partners().iter().map(|partner| partner.slug().to_owned()).collect();
        ProjectError::UnknownPartner { slug: slug.to_owned(), known }
    })
}
