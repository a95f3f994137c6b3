//! The files of one commit. Links are followed inside the tree and nowhere else.

use std::cell::RefCell;
use std::rc::Rc;

use gix::ObjectId;
use rustc_hash::FxHashMap;

use super::tree::{Entry, EntryType, Tree};
use super::{Commit, Repo};
use crate::source::path::{MAX_LENGTH, MAX_LISTED, SKIPPED, is_listed, join, split, under};
use crate::source::{BlobId, Files, Listing, SourceError};

/// As many links in a row as Linux follows.
const MAX_LINKS: u8 = 40;

/// The files of a commit. A look-up in a folder seen before costs a few hash look-ups.
pub struct Snapshot {
    repo: Repo,
    root: ObjectId,
    label: String,
    folders: RefCell<FxHashMap<Box<str>, Option<Folder>>>,
}

/// A folder, and where it really is, for links are relative to that.
#[derive(Clone)]
struct Folder {
    tree: Rc<Tree>,
    real: Rc<str>,
}

impl Snapshot {
    pub(super) fn new(repo: Repo, commit: &Commit) -> Self {
        Self { repo, root: commit.tree, label: commit.short_id().to_owned(), folders: RefCell::default() }
    }

    /// The id of the file or folder at a path, links not followed; equal ids mean equal content, so commits can be skipped.
    #[cfg(test)]
    pub(super) fn path_id(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        Ok(self.repo.entry_at(self.root, path)?.map(|entry| self.repo.blob_id(entry.oid)))
    }

    /// The regular file at a path, as team files are read: a link there, or on the way, is an error.
    pub fn find_plain(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        for (at, _) in path.match_indices('/') {
            self.repo.entry_at(self.root, &path[..at])?.map_or(Ok(()), |entry| refuse_link(entry, &path[..at]))?;
        }
        let Some(entry) = self.repo.entry_at(self.root, path)? else { return Ok(None) };
        refuse_link(entry, path)?;
        match entry.kind {
            EntryType::File => Ok(Some(self.repo.blob_id(entry.oid))),
            EntryType::Folder | EntryType::Link | EntryType::Submodule => {
                Err(SourceError::NotAFile { path: path.to_owned() })
            }
        }
    }

    /// The names in a folder, sorted; `None` where there is no folder. Links on the way are an error.
    pub fn names(&self, folder: &str) -> Result<Option<Vec<String>>, SourceError> {
        for at in folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]) {
            let path = &folder[..at];
            match self.repo.entry_at(self.root, path)? {
                Some(entry) => refuse_link(entry, path)?,
                None => return Ok(None),
            }
        }
        let Some(Entry { kind: EntryType::Folder, oid }) = self.repo.entry_at(self.root, folder)? else {
            return Ok(None);
        };
        let tree = self.repo.tree(oid)?;
        let mut names: Vec<String> = tree.entries().map(|(name, _)| name.to_owned()).collect();
        names.sort_unstable();
        Ok(Some(names))
    }

    /// The entry at a path, and where it really is.
    fn locate(&self, path: &str, links: u8) -> Result<Option<(Entry, String)>, SourceError> {
        if path.len() > MAX_LENGTH {
            return Ok(None);
        }
        let (folder, name) = split(path);
        let Some(folder) = self.folder(folder, links)? else { return Ok(None) };
        let Some(entry) = folder.tree.get(name) else { return Ok(None) };
        if entry.kind != EntryType::Link {
            return Ok(Some((entry, under(&folder.real, name))));
        }
        let next = links.checked_sub(1).ok_or_else(|| SourceError::LinkLoop { path: path.to_owned() })?;
        let bytes = self.repo.object(entry.oid)?;
        let target = std::str::from_utf8(&bytes).ok().and_then(|target| join(&folder.real, target));
        let target =
            target.ok_or_else(|| SourceError::OutsideRoot { path: path.to_owned(), root: self.label.clone() })?;
        if target.is_empty() {
            return Ok(Some((Entry { kind: EntryType::Folder, oid: self.root }, target)));
        }
        self.locate(&target, next)
    }

    fn folder(&self, path: &str, links: u8) -> Result<Option<Folder>, SourceError> {
        if let Some(known) = self.folders.borrow().get(path) {
            return Ok(known.clone());
        }
        let found = if path.is_empty() {
            Some((Entry { kind: EntryType::Folder, oid: self.root }, String::new()))
        } else {
            self.locate(path, links)?
        };
        let folder = match found {
            Some((Entry { kind: EntryType::Folder, oid }, real)) => {
                Some(Folder { tree: self.repo.tree(oid)?, real: real.into() })
            }
            Some((Entry { kind: EntryType::Submodule, .. }, real)) => {
                return Err(SourceError::Submodule { path: real });
            }
            _ => None,
        };
        self.folders.borrow_mut().insert(path.into(), folder.clone());
        Ok(folder)
    }
}

fn refuse_link(entry: Entry, path: &str) -> Result<(), SourceError> {
    match entry.kind {
        EntryType::Link => Err(SourceError::LinkedTeamFile { path: path.to_owned() }),
        EntryType::File | EntryType::Folder | EntryType::Submodule => Ok(()),
    }
}

impl Files for Snapshot {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        let (folder, name) = split(path);
        // The ordinary file in a folder seen before, without building its real path.
        if let Some(Some(folder)) = self.folders.borrow().get(folder)
            && let Some(Entry { kind: EntryType::File, oid }) = folder.tree.get(name)
        {
            return Ok(Some(self.repo.blob_id(oid)));
        }
        match self.locate(path, MAX_LINKS)? {
            None => Ok(None),
            Some((Entry { kind: EntryType::File, oid }, _)) => Ok(Some(self.repo.blob_id(oid))),
            Some((Entry { kind: EntryType::Submodule, .. }, real)) => Err(SourceError::Submodule { path: real }),
            Some(_) => Err(SourceError::NotAFile { path: path.to_owned() }),
        }
    }

    fn read(&self, path: &str, id: &BlobId) -> Result<Vec<u8>, SourceError> {
        let missing = || SourceError::ObjectMissing { id: id.0.to_string() };
        let oid = ObjectId::from_hex(id.0.as_bytes()).map_err(|_| missing())?;
        match self.repo.object(oid) {
            Ok(bytes) => Ok(bytes),
            Err(SourceError::TooLarge { limit, .. }) => Err(SourceError::TooLarge { what: path.to_owned(), limit }),
            Err(other) => Err(other),
        }
    }
}

impl Listing for Snapshot {
    fn paths(&self) -> Result<Vec<String>, SourceError> {
        let mut found = Vec::new();
        let mut folders = vec![(String::new(), self.root)];
        let mut visited = 0;
        while let Some((folder, oid)) = folders.pop() {
            for (name, entry) in self.repo.tree(oid)?.entries() {
                visited += 1;
                match entry.kind {
                    EntryType::Folder if !SKIPPED.contains(&name) => folders.push((under(&folder, name), entry.oid)),
                    EntryType::File if is_listed(name) => found.push(under(&folder, name)),
                    EntryType::Folder | EntryType::File | EntryType::Link | EntryType::Submodule => {}
                }
            }
            if visited > MAX_LISTED {
                return Err(SourceError::TooManyFiles { limit: MAX_LISTED });
            }
        }
        found.sort_unstable();
        Ok(found)
    }
}
