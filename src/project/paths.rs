//! Paths of documents as people give them.

use std::path::Path;

use super::ProjectError;

/// A path from the root of the repository; one that starts with a dot is seen from the working directory, as git has it.
pub(super) fn in_repository(cwd: &Path, root: &Path, spec: &str) -> Result<String, ProjectError> {
    let outside = || ProjectError::Outside { path: spec.to_owned() };
    let mut segments: Vec<String> = Vec::new();
    if spec.starts_with("./") || spec.starts_with("../") {
        let real = |path: &Path| path.canonicalize().map_err(|_| outside());
        let cwd = real(cwd)?;
        let below = cwd.strip_prefix(root).map_err(|_| outside())?;
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
