//! Parsed trees, one per distinct tree of the repository, shared by all its commits.

use std::rc::Rc;

use gix::ObjectId;
use gix::objs::TreeRefIter;
use gix::objs::tree::EntryKind;
use rustc_hash::FxHashMap;

use super::Repo;
use super::objects::git_error;
use crate::source::{BlobId, SourceError};

/// What a name in a folder stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum EntryType {
    Folder,
    File,
    Link,
    Submodule,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub(super) kind: EntryType,
    pub(super) oid: ObjectId,
}

/// A folder. Names that are not UTF-8 cannot be referenced and are left out.
pub(super) struct Tree {
    entries: FxHashMap<Box<str>, Entry>,
}

impl Tree {
    pub(super) fn get(&self, name: &str) -> Option<Entry> {
        self.entries.get(name).copied()
    }

    /// The entries in no useful order.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.entries.iter().map(|(name, entry)| (&**name, *entry))
    }
}

impl Repo {
    pub(super) fn tree(&self, oid: ObjectId) -> Result<Rc<Tree>, SourceError> {
        if let Some(tree) = self.0.trees.borrow().get(&oid) {
            return Ok(Rc::clone(tree));
        }
        let hash = self.0.objects.hash();
        // git keeps no object for the empty tree.
        let bytes = if oid == ObjectId::empty_tree(hash) { Vec::new() } else { self.object(oid)? };
        let mut entries = FxHashMap::default();
        for entry in TreeRefIter::from_bytes(&bytes, hash) {
            let entry = entry.map_err(git_error("reading a tree"))?;
            let Ok(name) = std::str::from_utf8(entry.filename) else { continue };
            let kind = match entry.mode.kind() {
                EntryKind::Tree => EntryType::Folder,
                EntryKind::Blob | EntryKind::BlobExecutable => EntryType::File,
                EntryKind::Link => EntryType::Link,
                EntryKind::Commit => EntryType::Submodule,
            };
            entries.insert(name.into(), Entry { kind, oid: entry.oid.to_owned() });
        }
        let tree = Rc::new(Tree { entries });
        self.0.trees.borrow_mut().insert(oid, Rc::clone(&tree));
        Ok(tree)
    }

    /// The entry at a path below a tree, links not followed; the tree itself at the empty path.
    pub(super) fn entry_at(&self, root: ObjectId, path: &str) -> Result<Option<Entry>, SourceError> {
        let mut entry = Entry { kind: EntryType::Folder, oid: root };
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if entry.kind != EntryType::Folder {
                return Ok(None);
            }
            match self.tree(entry.oid)?.get(name) {
                Some(found) => entry = found,
                None => return Ok(None),
            }
        }
        Ok(Some(entry))
    }

    /// The text form of an id, made once.
    pub(super) fn blob_id(&self, oid: ObjectId) -> BlobId {
        self.0.ids.borrow_mut().entry(oid).or_insert_with(|| BlobId(oid.to_string().into())).clone()
    }
}
