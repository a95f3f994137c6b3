//! Versions that are documents themselves: `REF:path`, a file, an address, standard input.

use super::api::Api;
use super::asked::Asked;
use super::error::CompareError;
use super::find::Finder;
use crate::source::{Listing, Version};

/// The API of two versions of which one at least is a document.
///
/// # Errors
/// Where the other version has no such document, or several that could be meant.
pub(super) fn paired(
    base: &Version,
    head: &Version,
    asked: Asked<'_>,
    finder: &mut Finder,
) -> Result<Api, CompareError> {
    let places = match (&base.document, &head.document) {
        (Some(_), Some(_)) if !asked.specs.is_empty() => return Err(CompareError::SpecTwice),
        (Some(old), None) => [Some(old.clone()), other(old, (base, head), asked, finder)?],
        (None, Some(new)) => [other(new, (head, base), asked, finder)?, Some(new.clone())],
        (old, new) => [old.clone(), new.clone()],
    };
    // Files side by side are no tree of documents: which others lie there is no matter of theirs.
    let trees = [base, head].map(|version| version.commit.is_some().then_some(&*version.files as &dyn Listing));
    let api = Api::of_two(&places, trees, asked, finder)?;
    // Whoever names both documents knows that they stand at different places.
    let both = base.document.is_some() && head.document.is_some();
    Ok(if both { api.known_to_stand_apart() } else { api })
}

/// The document of the version that names none.
fn other(
    path: &str,
    (named, other): (&Version, &Version),
    asked: Asked<'_>,
    finder: &mut Finder,
) -> Result<Option<String>, CompareError> {
    let wanted = asked.specs.first().map_or(path, String::as_str);
    if other.files.find(wanted).is_ok_and(|found| found.is_some()) {
        return Ok(Some(wanted.to_owned()));
    }
    let mut found = finder.found(other.files.as_ref())?;
    match found.len() {
        1 if asked.specs.is_empty() => Ok(found.pop()),
        // A document of the same history may really be gone, or new.
        0 if asked.specs.is_empty() && named.commit.is_some() => Ok(None),
        0 => Err(CompareError::NoDocument { versions: other.label.clone() }),
        _ => {
            let (version, path) = (other.label.clone(), wanted.to_owned());
            Err(CompareError::SeveralDocuments { version, path, found: listed(&found) })
        }
    }
}

fn listed(paths: &[String]) -> String {
    let mut names: Vec<String> = paths.iter().take(5).map(|path| format!("`{path}`")).collect();
    if paths.len() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}
