//! Files on the way to their place, and what is left of them where their run was killed.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::{Kind, open};

/// How the names of our own temporary files and folders start.
const PREFIX: &str = ".preavis-";
/// So many letters and digits follow.
const LETTERS: usize = 6;
/// How often a file is made anew that another run took for a remnant before it was locked.
const ATTEMPTS: usize = 100;

/// A whole file beside the place where it is to be, locked while this run lives.
pub(super) fn staged(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sweep(folder);
    let mut file = locked(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// An empty temporary file that nobody sweeps. Where the system has no locks, nothing is swept at all.
fn locked(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = temporary();
    #[cfg(unix)]
    builder.permissions(usual());
    for _ in 0..ATTEMPTS {
        let file = builder.tempfile_in(folder)?;
        let taken = matches!(file.as_file().try_lock(), Err(fs::TryLockError::WouldBlock));
        if !taken && fs::symlink_metadata(file.path()).is_ok() {
            return Ok(file);
        }
    }
    Err(io::Error::other("a temporary file is removed as soon as it is made"))
}

/// Removes from a folder the files that runs staged which were killed. One that cannot be removed is in nobody's way.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_staged(&entry.file_name())) {
        let Ok(file) = open(&entry.path()) else { continue };
        let is_file = file.metadata().is_ok_and(|known| Kind::of(&known) == Kind::File);
        // Its name is never used again, so that what is removed is what was locked.
        if is_file && file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes temporary files and folders whose names [`is_staged`] knows: the first of the six is a digit.
pub fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".preavis-0").rand_bytes(LETTERS - 1);
    builder
}

/// Whether a name is that of a temporary file or folder of ours. Six small letters may be a word of somebody's.
pub fn is_staged(name: &OsStr) -> bool {
    let random = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
    random.is_some_and(|random| {
        random.len() == LETTERS
            && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !random.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// What a new file may be, before the user's mask takes its part away.
#[cfg(unix)]
fn usual() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_known_and_the_words_of_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..500 {
            let file = temporary().tempfile_in(folder.path()).unwrap();
            assert!(is_staged(file.path().file_name().unwrap()), "{file:?}");
        }
        for name in
            [".preavis-backup", ".preavis-site", ".preavis-lock", ".preavis-Ab3dE", ".preavis-Ab3dE9.md", "Ab3dE9"]
        {
            assert!(!is_staged(OsStr::new(name)), "{name}");
        }
        assert!(is_staged(OsStr::new(".preavis-Ab3dEf")));
    }
}
