//! Files on disk under one root: a work tree, or the folder of a file outside any repository.
//!
//! Links are followed while they stay under the root. What a sparse checkout leaves out is read from the index. Git's own folder is never read: a runner keeps credentials there.

use std::cell::{OnceCell, RefCell};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::git::{LeftOut, Repo};
use super::path::{MAX_LENGTH, MAX_LISTED, SKIPPED, is_listed, under};
use super::single::read_limited;
use super::{BlobId, Files, Listing, MAX_BYTES, SourceError, sha256_id};

type Loaded = (BlobId, Arc<[u8]>);

/// Files under a folder. Each is read once, so that its identity and its bytes belong together.
pub(super) struct Disk {
    root: PathBuf,
    repo: Option<Repo>,
    seen: RefCell<FxHashMap<String, Loaded>>,
    left_out: OnceCell<LeftOut>,
}

impl Disk {
    /// The files under a folder outside repositories. Fails where it does not exist.
    pub(super) fn folder(root: &Path) -> Result<Self, SourceError> {
        Self::under(root, None)
    }

    /// The files of a work tree, committed or not, with the ids that git would give them. Fails in a bare repository.
    pub(super) fn work_tree(repo: &Repo) -> Result<Self, SourceError> {
        Self::under(repo.work_dir().ok_or(SourceError::NoWorkTree)?, Some(repo.clone()))
    }

    fn under(root: &Path, repo: Option<Repo>) -> Result<Self, SourceError> {
        let root = root.canonicalize().map_err(|cause| read_error(&root.to_string_lossy(), cause))?;
        Ok(Self { root, repo, seen: RefCell::default(), left_out: OnceCell::new() })
    }

    /// The folder, without links.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    fn load(&self, path: &str) -> Result<Option<Loaded>, SourceError> {
        if let Some(known) = self.seen.borrow().get(path) {
            return Ok(Some(known.clone()));
        }
        let Some(real) = self.real_path(path)? else { return self.load_left_out(path) };
        let meta = fs::metadata(&real).map_err(|cause| read_error(path, cause))?;
        if !meta.is_file() {
            return Err(SourceError::NotAFile { path: path.to_owned() });
        }
        let file = fs::File::open(&real).map_err(|cause| read_error(path, cause))?;
        let bytes: Arc<[u8]> = read_limited(path, file, MAX_BYTES)?.into();
        let id = self.repo.as_ref().map_or_else(|| Ok(sha256_id(&bytes)), |repo| repo.format().blob_id(&bytes))?;
        let loaded = (id, bytes);
        self.seen.borrow_mut().insert(path.to_owned(), loaded.clone());
        Ok(Some(loaded))
    }

    /// What a sparse checkout leaves out, looked up when the first file is missing.
    fn left_out(&self, repo: &Repo) -> Result<&LeftOut, SourceError> {
        if let Some(known) = self.left_out.get() {
            return Ok(known);
        }
        let found = repo.left_out()?;
        Ok(self.left_out.get_or_init(|| found))
    }

    fn load_left_out(&self, path: &str) -> Result<Option<Loaded>, SourceError> {
        let Some(repo) = &self.repo else { return Ok(None) };
        let Some(id) = repo.find_left_out(self.left_out(repo)?, path)? else { return Ok(None) };
        let loaded: Loaded = (id.clone(), repo.read_left_out(path, &id)?.into());
        self.seen.borrow_mut().insert(path.to_owned(), loaded.clone());
        Ok(Some(loaded))
    }

    /// Where a path really leads; the check comes after all links are followed.
    fn real_path(&self, path: &str) -> Result<Option<PathBuf>, SourceError> {
        let relative = Path::new(path);
        let outside = || SourceError::OutsideRoot { path: path.to_owned(), root: self.root.display().to_string() };
        if path.len() > MAX_LENGTH || path.contains('\0') {
            return Ok(None);
        }
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        let real = match self.root.join(relative).canonicalize() {
            Ok(real) => real,
            Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(cause) => return Err(read_error(path, cause)),
        };
        let inside = real.strip_prefix(&self.root).map_err(|_| outside())?;
        if inside.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git")) {
            return Err(SourceError::GitInternal { path: path.to_owned() });
        }
        Ok(Some(real))
    }

    /// The entries of a folder as name and kind. Names that are not UTF-8 cannot be referenced and are left out; a
    /// folder that is closed to us, as a database's often is, counts as empty.
    fn entries(&self, folder: &str) -> Result<Vec<(String, fs::FileType)>, SourceError> {
        let failed = |cause| read_error(folder, cause);
        let listing = match fs::read_dir(self.root.join(folder)) {
            Err(cause) if cause.kind() == ErrorKind::PermissionDenied => return Ok(Vec::new()),
            listing => listing.map_err(failed)?,
        };
        let mut entries = Vec::new();
        for entry in listing {
            let entry = entry.map_err(failed)?;
            if let Ok(name) = entry.file_name().into_string() {
                entries.push((name, entry.file_type().map_err(failed)?));
            }
        }
        Ok(entries)
    }

    fn walk(&self) -> Result<Vec<String>, SourceError> {
        let mut found = Vec::new();
        let mut folders = vec![String::new()];
        let mut visited = 0;
        while let Some(folder) = folders.pop() {
            let entries = self.entries(&folder)?;
            visited += entries.len();
            if visited > MAX_LISTED {
                return Err(SourceError::TooManyFiles { limit: MAX_LISTED });
            }
            // A folder with its own `.git` is another repository, as a submodule is at a ref.
            if !folder.is_empty() && entries.iter().any(|(name, _)| name == ".git") {
                continue;
            }
            for (name, kind) in entries {
                if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
                    folders.push(under(&folder, &name));
                } else if kind.is_file() && is_listed(&name) {
                    found.push(under(&folder, &name));
                }
            }
        }
        found.sort_unstable();
        Ok(found)
    }
}

impl Files for Disk {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        Ok(self.load(path)?.map(|(id, _)| id))
    }

    fn read(&self, path: &str, _id: &BlobId) -> Result<Vec<u8>, SourceError> {
        let found = self.load(path)?.ok_or_else(|| SourceError::FileNotFound { path: path.to_owned() })?;
        Ok(found.1.to_vec())
    }
}

impl Listing for Disk {
    /// In a work tree the files that exist and are tracked, or new and not ignored: what a build leaves behind is no
    /// specification. Where there are none, and outside repositories, whatever lies there.
    fn paths(&self) -> Result<Vec<String>, SourceError> {
        let Some(repo) = &self.repo else { return self.walk() };
        let mut found = repo.present()?;
        let is_file = |path: &String| fs::symlink_metadata(self.root.join(path)).is_ok_and(|meta| meta.is_file());
        let left_out = repo.list_left_out(self.left_out(repo)?)?;
        if found.is_empty() && left_out.is_empty() {
            return self.walk();
        }
        found.retain(is_file);
        found.extend(left_out);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

fn read_error(path: &str, cause: std::io::Error) -> SourceError {
    let path = path.to_owned();
    if cause.kind() == ErrorKind::NotFound {
        return SourceError::FileNotFound { path };
    }
    SourceError::Read { path, cause }
}
