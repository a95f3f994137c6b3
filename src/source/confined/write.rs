//! Writing below a folder: a file is there as a whole or not at all, and nothing is written or removed through a link.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::staged::staged;
use super::{Confined, ConfinedError, Kind, shown};

impl Confined {
    /// Puts a file in its place at once: whoever reads it sees the old content or the new one.
    ///
    /// # Errors
    /// As [`Confined::look`], where something else than a regular file is there, and where it cannot be written.
    pub fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), ConfinedError> {
        match self.look(path)? {
            None | Some(Kind::File) => {}
            Some(kind) => return Err(ConfinedError::NotAFile { path: shown(path), kind }),
        }
        replace(&self.root().join(path), bytes).map_err(|source| ConfinedError::Write { path: shown(path), source })
    }

    /// Writes files of which none may be there yet, with the folders that they need; all of them or none.
    ///
    /// # Errors
    /// As [`Confined::look`], where one is there already, and where one cannot be written.
    pub fn create(&self, files: &[(&Path, &[u8])]) -> Result<(), ConfinedError> {
        for (path, _) in files {
            if self.look(path)?.is_some() {
                return Err(ConfinedError::Exists { path: shown(path) });
            }
        }
        for (index, (path, bytes)) in files.iter().enumerate() {
            let written = self.folder(path.parent().unwrap_or(Path::new(""))).and_then(|()| {
                let placed = staged(&self.root().join(path), bytes)
                    .and_then(|file| Ok(file.persist_noclobber(self.root().join(path))?));
                placed.map(drop).map_err(|source| ConfinedError::Write { path: shown(path), source })
            });
            if let Err(error) = written {
                // They were made a moment ago, by this run; what cannot be removed is whole at least.
                files[..index].iter().for_each(|(path, _)| drop(self.remove(path)));
                return Err(error);
            }
        }
        Ok(())
    }

    /// Makes a folder, and those on the way to it.
    ///
    /// # Errors
    /// As [`Confined::look`], where something else is there, and where it cannot be made.
    pub fn folder(&self, path: &Path) -> Result<(), ConfinedError> {
        match self.look(path)? {
            Some(Kind::Folder) => return Ok(()),
            Some(kind) => return Err(ConfinedError::NotAFolder { path: shown(path), kind }),
            None => {}
        }
        fs::create_dir_all(self.root().join(path)).map_err(|source| ConfinedError::Write { path: shown(path), source })
    }

    /// Removes a file; false where there is none.
    ///
    /// # Errors
    /// As [`Confined::look`], where it is no regular file, and where it cannot be removed.
    pub fn remove(&self, path: &Path) -> Result<bool, ConfinedError> {
        match self.look(path)? {
            None => return Ok(false),
            Some(Kind::File) => {}
            Some(kind) => return Err(ConfinedError::NotAFile { path: shown(path), kind }),
        }
        fs::remove_file(self.root().join(path)).map_err(|source| ConfinedError::Write { path: shown(path), source })?;
        Ok(true)
    }

    /// Where a path that somebody named lies below this folder, the folder itself included; `None` where it lies outside.
    ///
    /// The text decides, not the links below the folder: they are what is refused later. Links above the folder are the
    /// user's own, so that `/link/to/folder/file` is found as well.
    pub fn within(&self, path: &Path) -> Option<PathBuf> {
        let path = plain(path);
        let mut ways: Vec<&Path> = path.ancestors().collect();
        ways.reverse();
        ways.into_iter().find_map(|way| {
            let real = way.canonicalize().ok()?;
            let start = real.strip_prefix(self.root()).ok()?;
            Some(start.join(path.strip_prefix(way).ok()?))
        })
    }
}

/// A path without `.` and `..`, by its text alone.
pub fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => out.push(part),
        }
    }
    out
}

/// Replaces the file at a path at once, with the permissions of the one before. A link there is replaced, not followed.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = staged(path, bytes)?;
    match fs::symlink_metadata(path) {
        Ok(known) if known.is_file() => file.as_file().set_permissions(known.permissions())?,
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.persist(path)?;
    Ok(())
}
