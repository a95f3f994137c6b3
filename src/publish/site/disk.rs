//! A site as a folder: written aside first, then put in its place file by file, the list of files last.
//!
//! Whoever reads sees the old file or the new one. What stays the same is not touched, what an earlier run wrote and this
//! one did not goes, and nothing that this program did not write is ever removed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::book::Sink;

/// The list of the files that an earlier run wrote, a path a line after a first line.
pub const MANIFEST: &str = ".preavis-site";
const FIRST: &str = "preavis site 1";

/// Why a folder cannot take a site.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder has files in it that nobody says are ours.
    #[error("`{path}` is not empty, and no site of preavis")]
    Foreign {
        /// The folder.
        path: String,
    },
    /// The list of files is not one that this version writes.
    #[error("`{path}` is not a list of files that this version knows")]
    Manifest {
        /// The list.
        path: String,
    },
    /// Something of it cannot be read or written.
    #[error("cannot write `{path}`")]
    Write {
        /// What.
        path: String,
        /// Why.
        source: io::Error,
    },
}

impl FolderError {
    /// The way out, as a sentence without a full stop.
    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Foreign { .. } => Some("name an empty or a new folder, or add to this one with `--force`"),
            Self::Manifest { .. } => Some("name another folder, or remove this one first"),
            Self::Write { .. } => None,
        }
    }
}

/// How a run changed a folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// The files of the site.
    pub files: usize,
    /// Those that are new or not as before.
    pub changed: usize,
    /// Those of an earlier run that went.
    pub removed: usize,
}

/// A folder that takes a site.
pub struct Folder {
    root: PathBuf,
    earlier: BTreeSet<String>,
    aside: TempDir,
    /// The files of this run, by path; the number of the file aside where it is new or not as before.
    files: BTreeMap<String, Option<usize>>,
}

impl Folder {
    /// Opens a folder, which is made if it does not exist.
    ///
    /// # Errors
    /// Where it has files of others, unless `force` says that these may stay beside the site and give way to it.
    pub fn open(root: &Path, force: bool) -> Result<Self, FolderError> {
        let failed = |source| FolderError::Write { path: root.display().to_string(), source };
        fs::create_dir_all(root).map_err(failed)?;
        let list = root.join(MANIFEST);
        let earlier = match fs::read_to_string(&list) {
            Ok(text) => manifest(&text).ok_or_else(|| FolderError::Manifest { path: list.display().to_string() })?,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let is_empty = fs::read_dir(root).map_err(failed)?.next().is_none();
                if !is_empty && !force {
                    return Err(FolderError::Foreign { path: root.display().to_string() });
                }
                BTreeSet::new()
            }
            Err(error) => return Err(failed(error)),
        };
        let aside = tempfile::Builder::new().prefix(".preavis-").tempdir_in(root).map_err(failed)?;
        Ok(Self { root: root.to_owned(), earlier, aside, files: BTreeMap::new() })
    }

    /// Puts everything in its place.
    pub fn finish(self) -> Result<Written, FolderError> {
        let mut written = Written { files: self.files.len(), ..Written::default() };
        let failed = |path: &str| {
            let path = path.to_owned();
            move |source| FolderError::Write { path, source }
        };
        // The list names old and new files before either changes, so that a run that is cut short forgets none.
        let all: BTreeSet<&String> = self.files.keys().chain(&self.earlier).collect();
        self.list(all.into_iter()).map_err(failed(MANIFEST))?;
        for (path, number) in &self.files {
            let Some(number) = number else { continue };
            let target = self.root.join(path);
            let folder = target.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder).map_err(failed(path))?;
            fs::rename(self.aside.path().join(number.to_string()), &target).map_err(failed(path))?;
            written.changed += 1;
        }
        for path in self.earlier.iter().filter(|path| !self.files.contains_key(*path)) {
            match fs::remove_file(self.root.join(path)) {
                Ok(()) => written.removed += 1,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(failed(path)(error)),
            }
            self.prune(path);
        }
        self.list(self.files.keys()).map_err(failed(MANIFEST))?;
        Ok(written)
    }

    /// Removes the folders that a file leaves empty.
    fn prune(&self, path: &str) {
        let mut folder = Path::new(path).parent();
        while let Some(inner) = folder.filter(|inner| !inner.as_os_str().is_empty()) {
            // A folder with something in it refuses, and so do those above it.
            if fs::remove_dir(self.root.join(inner)).is_err() {
                return;
            }
            folder = inner.parent();
        }
    }

    /// Writes the list of files, unless it is so already.
    fn list<'a>(&self, paths: impl Iterator<Item = &'a String>) -> io::Result<()> {
        let mut text = format!("{FIRST}\n");
        paths.for_each(|path| text.extend([path.as_str(), "\n"]));
        let list = self.root.join(MANIFEST);
        if fs::read_to_string(&list).is_ok_and(|known| known == text) {
            return Ok(());
        }
        let aside = self.aside.path().join("list");
        fs::write(&aside, text)?;
        fs::rename(aside, list)
    }
}

impl Sink for Folder {
    fn put(&mut self, path: &str, content: &str) -> io::Result<()> {
        if !is_inside(path) {
            return Err(io::Error::new(ErrorKind::InvalidInput, "not a path inside the site"));
        }
        if self.files.contains_key(path) {
            return Err(io::Error::new(ErrorKind::AlreadyExists, "two files of the site have this name"));
        }
        let target = self.root.join(path);
        let known =
            fs::symlink_metadata(&target).is_ok_and(|known| known.is_file() && known.len() == content.len() as u64);
        let same = known && fs::read(&target).is_ok_and(|bytes| bytes == content.as_bytes());
        let number = (!same).then_some(self.files.len());
        if let Some(number) = number {
            fs::write(self.aside.path().join(number.to_string()), content)?;
        }
        self.files.insert(path.to_owned(), number);
        Ok(())
    }
}

/// The paths of a list; `None` where it is not one of ours, or leads out of the folder.
fn manifest(text: &str) -> Option<BTreeSet<String>> {
    let rest = text.strip_prefix(FIRST)?.strip_prefix('\n')?;
    rest.lines().map(|line| is_inside(line).then(|| line.to_owned())).collect()
}

/// Whether a path stays in the folder, and is none of its own files.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']))
}
