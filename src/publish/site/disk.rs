//! A site as a folder: written aside first, then put in its place file by file, the list of files last.
//!
//! Whoever reads sees the old file or the new one. What stays the same is not touched, what an earlier run wrote and this
//! one did not goes. The list may be anybody's, and so may links in the folder: before anything is touched every place is
//! looked at, nothing is written or removed behind one, and whatever a list claims, only files in the folder of kinds that
//! a site has are ever removed. One run at a time works in a folder; what one left that was killed, the next one sweeps.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::aside::{Aside, LOCK, sweep_all};
use super::book::Sink;
use crate::source::MAX_BYTES;
use crate::source::confined::{Confined, ConfinedError, Kind, is_staged};
use crate::source::lock::{Asker, Lock};

/// The list of the files that an earlier run wrote, a path a line after a first line.
pub(super) const MANIFEST: &str = ".preavis-site";
const FIRST: &str = "preavis site 1";
/// The kinds of files that a site has.
const KINDS: &[&str] = &["css", "html", "ics", "js", "json", "md", "opml", "xml"];

/// The one image that it has.
const LOGO: &str = "logo.svg";

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
    /// A link, a pipe or the like lies where a file of the site is to be, or was.
    #[error(transparent)]
    Odd(ConfinedError),
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
            Self::Odd(error) => error.advice(),
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
    /// As it was given.
    name: String,
    below: Confined,
    earlier: BTreeSet<String>,
    aside: Aside,
    /// The files of this run, by path; the number of the file aside where it is new or not as before.
    files: BTreeMap<String, Option<usize>>,
    /// Goes last.
    _held: Lock,
}

impl Folder {
    /// Opens a folder, which is made if it does not exist; waits while another run works in it.
    ///
    /// # Errors
    /// Where it has files of others, unless `force` says that these may stay beside the site and give way to it.
    pub fn open(root: &Path, force: bool, asker: &Asker) -> Result<Self, FolderError> {
        let name = root.display().to_string();
        let failed = |source| FolderError::Write { path: name.clone(), source };
        let odd = |error: ConfinedError| FolderError::Odd(error.under(&name));
        fs::create_dir_all(root).map_err(failed)?;
        let below = Confined::below(root).map_err(failed)?;
        let held = Lock::take(&below, Path::new(LOCK), asker).map_err(FolderError::Odd)?;
        let earlier = if let Some(bytes) = below.read(Path::new(MANIFEST), MAX_BYTES).map_err(odd)? {
            let list = std::str::from_utf8(&bytes).ok().and_then(manifest);
            list.ok_or_else(|| FolderError::Manifest { path: root.join(MANIFEST).display().to_string() })?
        } else {
            let names = below.list(Path::new("")).map_err(odd)?.unwrap_or_default();
            if !force && !names.iter().all(|name| name == LOCK || is_staged(name)) {
                return Err(FolderError::Foreign { path: name });
            }
            BTreeSet::new()
        };
        sweep_all(&below).map_err(odd)?;
        let aside = Aside::new(&below).map_err(failed)?;
        Ok(Self { name, below, earlier, aside, files: BTreeMap::new(), _held: held })
    }

    /// Puts everything in its place.
    ///
    /// # Errors
    /// Where something else than a file lies in one of the places, or a link on the way to it: then nothing has changed.
    pub fn finish(mut self) -> Result<Written, FolderError> {
        let mut written = Written { files: self.files.len(), ..Written::default() };
        let failed = |path: &str| {
            let path = path.to_owned();
            move |source| FolderError::Write { path, source }
        };
        self.files.keys().try_for_each(|path| self.check(path))?;
        self.disown()?;
        // The list names old and new files before either changes, so that a run that is cut short forgets none.
        let all: BTreeSet<&String> = self.files.keys().chain(&self.earlier).collect();
        self.list(all.into_iter()).map_err(failed(MANIFEST))?;
        for (path, number) in &self.files {
            let Some(number) = number else { continue };
            let target = Path::new(path);
            self.below.folder(target.parent().unwrap_or(Path::new(""))).map_err(|error| self.odd(error))?;
            self.aside.place(*number, &self.below.root().join(target)).map_err(failed(path))?;
            written.changed += 1;
        }
        for path in self.earlier.iter().filter(|path| !self.files.contains_key(*path)) {
            let removed = self.below.remove(Path::new(path)).map_err(|error| self.odd(error))?;
            written.removed += usize::from(removed);
            self.prune(path);
        }
        self.list(self.files.keys()).map_err(failed(MANIFEST))?;
        Ok(written)
    }

    /// Fails unless a file of ours may be at a path, which is a file or nothing.
    fn check(&self, path: &str) -> Result<(), FolderError> {
        match self.below.look(Path::new(path)).map_err(|error| self.odd(error))? {
            None | Some(Kind::File) => Ok(()),
            Some(kind) => Err(self.odd(ConfinedError::NotAFile { path: path.to_owned(), kind })),
        }
    }

    /// Takes from the list of an earlier run what is no file any more: nothing of it is ours to remove.
    fn disown(&mut self) -> Result<(), FolderError> {
        let mut ours = BTreeSet::new();
        for path in &self.earlier {
            match self.below.look(Path::new(path)) {
                Ok(None | Some(Kind::File)) => drop(ours.insert(path.clone())),
                Ok(Some(_)) | Err(ConfinedError::NotAFolder { .. } | ConfinedError::Read { .. }) => {}
                Err(error) => return Err(self.odd(error)),
            }
        }
        self.earlier = ours;
        Ok(())
    }

    fn odd(&self, error: ConfinedError) -> FolderError {
        FolderError::Odd(error.under(&self.name))
    }

    /// Removes the folders that a file leaves empty.
    fn prune(&self, path: &str) {
        let mut folder = Path::new(path).parent();
        while let Some(inner) = folder.filter(|inner| !inner.as_os_str().is_empty()) {
            // A folder with something in it refuses, and so do those above it.
            if fs::remove_dir(self.below.root().join(inner)).is_err() {
                return;
            }
            folder = inner.parent();
        }
    }

    /// Writes the list of files, unless it is so already.
    fn list<'a>(&self, paths: impl Iterator<Item = &'a String>) -> io::Result<()> {
        let mut text = format!("{FIRST}\n");
        paths.for_each(|path| text.extend([path.as_str(), "\n"]));
        if self.is_known(MANIFEST, &text) {
            return Ok(());
        }
        self.aside.place_list(&text, &self.below.root().join(MANIFEST))
    }

    /// Whether a file is there with this content.
    fn is_known(&self, path: &str, content: &str) -> bool {
        let known = self.below.read(Path::new(path), content.len() as u64);
        known.is_ok_and(|known| known.is_some_and(|bytes| bytes == content.as_bytes()))
    }
}

impl Sink for Folder {
    fn put(&mut self, path: &str, content: &str) -> io::Result<()> {
        if !is_inside(path) || !is_of_a_site(path) {
            return Err(io::Error::new(ErrorKind::InvalidInput, "no place for a file of a site"));
        }
        if self.files.contains_key(path) {
            return Err(io::Error::new(ErrorKind::AlreadyExists, "two files of the site have this name"));
        }
        let known = self.earlier.contains(path) && self.is_known(path, content);
        let number = (!known).then_some(self.files.len());
        if let Some(number) = number {
            self.aside.put(number, content)?;
        }
        self.files.insert(path.to_owned(), number);
        Ok(())
    }
}

/// The paths of a list that may be of a site; `None` where it is not one of ours, or leads out of the folder.
fn manifest(text: &str) -> Option<BTreeSet<String>> {
    let rest = text.strip_prefix(FIRST)?.strip_prefix('\n')?;
    let paths: Option<BTreeSet<String>> = rest.lines().map(|line| is_inside(line).then(|| line.to_owned())).collect();
    paths.map(|paths| paths.into_iter().filter(|path| is_of_a_site(path)).collect())
}

fn is_of_a_site(path: &str) -> bool {
    let kind = Path::new(path).extension().and_then(|kind| kind.to_str());
    path == LOGO || kind.is_some_and(|kind| KINDS.contains(&kind))
}

/// Whether a path stays in the folder, and is none of its own files.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']))
}
