//! Where team files are read: in the work tree, or in a commit, to the same rules.

use crate::project::{Author, ProjectError, TeamFiles};
use crate::source::Files as _;
use crate::source::confined::ConfinedError;
use crate::source::git::Snapshot;

/// The team files of one version.
pub(super) enum Shelf<'a> {
    /// As they are on disk.
    Tree(&'a TeamFiles),
    /// As a commit has them.
    Commit(Snapshot),
    /// There are none.
    Nowhere,
}

impl Shelf<'_> {
    /// The text of a file; `None` where there is none.
    pub(super) fn read(&self, path: &str, author: Author) -> Result<Option<String>, ProjectError> {
        let snapshot = match self {
            Self::Nowhere => return Ok(None),
            Self::Tree(files) => return Ok(files.read(path, author)?),
            Self::Commit(snapshot) => snapshot,
        };
        let Some(id) = snapshot.find_plain(path)? else { return Ok(None) };
        let bytes = snapshot.read(path, &id)?;
        if bytes.len() as u64 > author.limit() {
            return Err(ConfinedError::TooLarge { path: path.to_owned(), limit: author.limit() }.into());
        }
        String::from_utf8(bytes).map(Some).map_err(|_| ConfinedError::NotText { path: path.to_owned() }.into())
    }

    /// The files of a folder that have an ending, hidden ones aside, as `(path, text)` sorted by path. A name that starts
    /// with one of `aside` is passed over too.
    pub(super) fn read_all(
        &self,
        folder: &str,
        ending: &str,
        aside: &[char],
    ) -> Result<Vec<(String, String)>, ProjectError> {
        let snapshot = match self {
            Self::Nowhere => return Ok(Vec::new()),
            Self::Tree(files) => return Ok(files.read_all(folder, ending, aside)?.unwrap_or_default()),
            Self::Commit(snapshot) => snapshot,
        };
        let mut out = Vec::new();
        for path in listed(snapshot, folder, ending, aside)? {
            if let Some(text) = self.read(&path, Author::People)? {
                out.push((path, text));
            }
        }
        Ok(out)
    }
}

/// The paths of the team files of a folder in a commit, hidden ones aside.
pub(super) fn listed(
    snapshot: &Snapshot,
    folder: &str,
    ending: &str,
    aside: &[char],
) -> Result<Vec<String>, ProjectError> {
    let mut out = Vec::new();
    for name in snapshot.names(folder)?.unwrap_or_default() {
        let fits = name.rsplit_once('.').is_some_and(|(stem, end)| end == ending && !stem.is_empty());
        if !fits || name.starts_with('.') || name.starts_with(aside) {
            continue;
        }
        let path = format!("{folder}/{name}");
        if name.contains(char::is_control) {
            return Err(ConfinedError::NotAName { path: path.escape_debug().to_string() }.into());
        }
        out.push(path);
    }
    Ok(out)
}
