//! Paths inside a version: `/` between segments, no `..`, relative to the root.

/// Folders whose files belong to others or to tools.
pub(super) const SKIPPED: [&str; 4] = [".git", "node_modules", "target", "vendor"];
/// The longest path looked up, in bytes; longer ones exist nowhere.
pub(super) const MAX_LENGTH: usize = 4096;
/// The most entries a listing visits: a tree of repeated trees can name billions of files in a few objects.
pub(super) const MAX_LISTED: usize = 2_000_000;

/// Whether a name may be a specification's.
pub(super) fn is_listed(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["json", "yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a path is listed: its name may be a specification's, and no folder on the way belongs to others.
pub(super) fn is_path_listed(path: &str) -> bool {
    is_listed(path) && !path.split('/').any(|segment| SKIPPED.contains(&segment))
}

/// The folder and the name of a path; the folder of a name alone is empty.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A path under a folder, which may be the root.
pub(super) fn under(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Where a relative path leads from a folder; `None` where it leaves the root or is absolute.
pub(super) fn join(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') {
        return None;
    }
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()?),
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}
