//! What a sparse checkout leaves out of the work tree: the index still has it, so it is not deleted.

use gix::ObjectId;
use rustc_hash::FxHashMap;

use super::Repo;
use super::tree::{Entry, EntryType};
use crate::source::path::{MAX_LISTED, SKIPPED, is_listed, is_path_listed, under};
use crate::source::{BlobId, SourceError};

/// The entries of the index with the `skip-worktree` bit.
#[derive(Default)]
pub(in crate::source) struct LeftOut {
    files: FxHashMap<String, ObjectId>,
    /// Whole folders, as a sparse index has them, with a slash at the end.
    folders: Vec<(String, ObjectId)>,
}

impl Repo {
    /// What the work tree does not hold though it belongs there.
    pub(in crate::source) fn left_out(&self) -> Result<LeftOut, SourceError> {
        let mut out = LeftOut::default();
        for entry in self.0.objects.tracked()? {
            match entry.left_out {
                Some(id) if entry.path.ends_with('/') => out.folders.push((entry.path, id)),
                Some(id) => drop(out.files.insert(entry.path, id)),
                None => {}
            }
        }
        Ok(out)
    }

    /// The blob of a file that is left out; `None` where none is.
    pub(in crate::source) fn find_left_out(&self, out: &LeftOut, path: &str) -> Result<Option<BlobId>, SourceError> {
        if let Some(&id) = out.files.get(path) {
            return Ok(Some(self.blob_id(id)));
        }
        for (folder, tree) in &out.folders {
            if let Some(rest) = path.strip_prefix(folder.as_str()) {
                let found = self.entry_at(*tree, rest)?;
                return Ok(found.filter(|found| found.kind == EntryType::File).map(|found| self.blob_id(found.oid)));
            }
        }
        Ok(None)
    }

    /// The content of a blob that [`Repo::find_left_out`] named.
    pub(in crate::source) fn read_left_out(&self, path: &str, id: &BlobId) -> Result<Vec<u8>, SourceError> {
        let missing = || SourceError::ObjectMissing { id: id.0.to_string() };
        let oid = ObjectId::from_hex(id.0.as_bytes()).map_err(|_| missing())?;
        match self.object(oid) {
            Err(SourceError::TooLarge { limit, .. }) => Err(SourceError::TooLarge { what: path.to_owned(), limit }),
            read => read,
        }
    }

    /// The paths that [`crate::source::Listing::paths`] would list, were they not left out.
    pub(in crate::source) fn list_left_out(&self, out: &LeftOut) -> Result<Vec<String>, SourceError> {
        let mut found: Vec<String> = out.files.keys().filter(|path| is_path_listed(path)).cloned().collect();
        let named = |folder: &str| !folder.split('/').any(|segment| SKIPPED.contains(&segment));
        let folders = out.folders.iter().filter(|(folder, _)| named(folder));
        let mut open: Vec<(String, ObjectId)> =
            folders.map(|(folder, tree)| (folder.trim_end_matches('/').to_owned(), *tree)).collect();
        let mut visited = 0;
        while let Some((folder, tree)) = open.pop() {
            for (name, Entry { kind, oid }) in self.tree(tree)?.entries() {
                visited += 1;
                match kind {
                    EntryType::Folder if !SKIPPED.contains(&name) => open.push((under(&folder, name), oid)),
                    EntryType::File if is_listed(name) => found.push(under(&folder, name)),
                    EntryType::Folder | EntryType::File | EntryType::Link | EntryType::Submodule => {}
                }
            }
            if visited > MAX_LISTED {
                return Err(SourceError::TooManyFiles { limit: MAX_LISTED });
            }
        }
        Ok(found)
    }
}
