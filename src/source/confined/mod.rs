//! The files below one folder: none is reached through a link, and only a regular file is opened.
//!
//! Whoever proposes a change to a repository also chooses what its files are: a link to a secret of the machine, a pipe on
//! which a reader waits for ever, a device without an end. So each part of a path below the folder is looked at before the
//! file is opened. Only the folder itself may be reached through links; they belong to whoever runs the program. Nothing
//! is promised where somebody else exchanges files of the folder during the run.
//!
//! What is written is staged in a file beside its place. Its writer holds it locked, and the system lets go when that
//! ends in any way: so the next one that writes there knows what a killed run left, and sweeps it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

mod error;
mod folder;
mod staged;
#[cfg(test)]
mod tests;
mod write;

pub use error::{ConfinedError, Kind};
pub use folder::whole_folder;
pub use staged::{is_staged, sweep, temporary};
pub use write::{plain, replace};

/// A folder that is not left, and below which no link is followed.
#[derive(Clone, Debug)]
pub struct Confined {
    root: PathBuf,
}

impl Confined {
    /// The files below a folder. Fails where it does not exist.
    pub fn below(root: &Path) -> io::Result<Self> {
        Ok(Self { root: root.canonicalize()? })
    }

    /// The folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What lies at a path below the folder; `None` where there is nothing.
    ///
    /// # Errors
    /// Where the path leads out, and where it or a folder on the way to it is a link.
    pub fn look(&self, path: &Path) -> Result<Option<Kind>, ConfinedError> {
        Ok(self.inspect(path)?.as_ref().map(Kind::of))
    }

    /// The bytes of a regular file; `None` where there is nothing.
    ///
    /// # Errors
    /// As [`Self::look`], and where it is no regular file or has more than `limit` bytes.
    pub fn read(&self, path: &Path, limit: u64) -> Result<Option<Vec<u8>>, ConfinedError> {
        let failed = |source| ConfinedError::Read { path: shown(path), source };
        match self.look(path)? {
            None => return Ok(None),
            Some(Kind::File) => {}
            Some(kind) => return Err(ConfinedError::NotAFile { path: shown(path), kind }),
        }
        let file = open(&self.root.join(path)).map_err(failed)?;
        let kind = Kind::of(&file.metadata().map_err(failed)?);
        if kind != Kind::File {
            return Err(ConfinedError::NotAFile { path: shown(path), kind });
        }
        bounded(file, path, limit).map(Some)
    }

    /// Opens a regular file to read and to write it; an empty one is made where there is none.
    ///
    /// # Errors
    /// As [`Self::look`], where it is no regular file, and where it cannot be opened.
    pub(in crate::source) fn open_or_create(&self, path: &Path) -> Result<File, ConfinedError> {
        let failed = |source| ConfinedError::Write { path: shown(path), source };
        let odd = |kind| ConfinedError::NotAFile { path: shown(path), kind };
        match self.look(path)? {
            None | Some(Kind::File) => {}
            Some(kind) => return Err(odd(kind)),
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = stay(&mut options).open(self.root.join(path)).map_err(failed)?;
        let kind = Kind::of(&file.metadata().map_err(failed)?);
        if kind == Kind::File { Ok(file) } else { Err(odd(kind)) }
    }

    /// The names of what lies in a folder, sorted; `None` where there is no folder.
    ///
    /// # Errors
    /// As [`Self::look`], where it is no folder, and where it cannot be read.
    pub fn list(&self, folder: &Path) -> Result<Option<Vec<std::ffi::OsString>>, ConfinedError> {
        let failed = |source| ConfinedError::Read { path: shown(folder), source };
        match self.look(folder)? {
            None => return Ok(None),
            Some(Kind::Folder) => {}
            Some(kind) => return Err(ConfinedError::NotAFolder { path: shown(folder), kind }),
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(self.root.join(folder)).map_err(failed)? {
            names.push(entry.map_err(failed)?.file_name());
        }
        names.sort();
        Ok(Some(names))
    }

    /// Looks at each part of a path in turn.
    fn inspect(&self, path: &Path) -> Result<Option<Metadata>, ConfinedError> {
        let failed = |source| ConfinedError::Read { path: shown(path), source };
        let mut here = PathBuf::new();
        let mut known = fs::symlink_metadata(&self.root).map_err(failed)?;
        for part in path.components() {
            match part {
                Component::CurDir => continue,
                Component::Normal(name) => here.push(name),
                Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                    return Err(ConfinedError::Outside { path: shown(path) });
                }
            }
            let above = Kind::of(&known);
            if above != Kind::Folder {
                let folder = here.parent().unwrap_or(&here);
                return Err(ConfinedError::NotAFolder { path: shown(folder), kind: above });
            }
            known = match fs::symlink_metadata(self.root.join(&here)) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                found => found.map_err(failed)?,
            };
            if Kind::of(&known) == Kind::Link {
                return Err(ConfinedError::Link { path: shown(path), link: shown(&here) });
            }
        }
        Ok(Some(known))
    }
}

/// The bytes of a file that its user named outside any confinement, and that may be a pipe.
///
/// # Errors
/// Where it is a folder, has more than `limit` bytes, or cannot be read.
pub fn read_named(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, ConfinedError> {
    let failed = |source| ConfinedError::Read { path: shown(path), source };
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(known) if known.is_dir() => {
            return Err(ConfinedError::NotAFile { path: shown(path), kind: Kind::Folder });
        }
        known => known.map_err(failed)?,
    };
    bounded(File::open(path).map_err(failed)?, path, limit).map(Some)
}

/// Reads to the end, whatever the size was said to be. One byte more than the limit is asked for, so that a file that is
/// cut is never taken for a whole one.
fn bounded(file: File, path: &Path, limit: u64) -> Result<Vec<u8>, ConfinedError> {
    let mut bytes = Vec::new();
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|source| ConfinedError::Read { path: shown(path), source })?;
    if bytes.len() as u64 > limit {
        return Err(ConfinedError::TooLarge { path: shown(path), limit });
    }
    Ok(bytes)
}

/// Opens what was a regular file when it was looked at. If it is a link or a pipe by now, this fails and does not wait.
fn open(path: &Path) -> io::Result<File> {
    stay(OpenOptions::new().read(true)).open(path)
}

/// The same way of opening, but through no link, and without waiting for the other end of a pipe.
fn stay(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    options
}

/// A path as messages show it, alike on every system; what a terminal would obey is spelled out.
fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.components().filter(|part| *part != Component::CurDir).collect();
    let below = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    let text = if below {
        let parts: Vec<_> = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    } else {
        path.display().to_string()
    };
    if text.contains(char::is_control) { text.escape_debug().to_string() } else { text }
}
