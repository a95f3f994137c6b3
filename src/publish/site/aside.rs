//! What a run writes before the site changes: a folder of its own within that of the site, gone when the run ends.
//!
//! A run that was killed leaves its folder. Whoever holds the lock of the site is the only one at work there, and sweeps
//! what earlier runs left; of a folder that has our kind of name and holds anything else, nothing is touched.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::source::confined::{Confined, ConfinedError, Kind, is_staged, sweep, temporary};

/// The new list of files.
const LIST: &str = "list";
/// The lock of the site.
pub(super) const LOCK: &str = ".preavis-lock";

/// The files of a run that are not in their place yet.
pub(super) struct Aside(TempDir);

impl Aside {
    pub(super) fn new(below: &Confined) -> io::Result<Self> {
        temporary().tempdir_in(below.root()).map(Self)
    }

    /// Keeps a file that is known by its number from here on.
    pub(super) fn put(&self, number: usize, content: &str) -> io::Result<()> {
        fs::write(self.0.path().join(number.to_string()), content)
    }

    /// Puts a file in its place.
    pub(super) fn place(&self, number: usize, target: &Path) -> io::Result<()> {
        fs::rename(self.0.path().join(number.to_string()), target)
    }

    /// Puts a list of files in its place.
    pub(super) fn place_list(&self, text: &str, target: &Path) -> io::Result<()> {
        let list = self.0.path().join(LIST);
        fs::write(&list, text)?;
        fs::rename(list, target)
    }
}

/// Removes what runs left that were killed.
pub(super) fn sweep_all(below: &Confined) -> Result<(), ConfinedError> {
    sweep(below.root());
    for name in below.list(Path::new(""))?.unwrap_or_default() {
        let path = Path::new(&name);
        if is_staged(&name) && below.look(path).is_ok_and(|kind| kind == Some(Kind::Folder)) {
            sweep_folder(below, path)?;
        }
    }
    Ok(())
}

fn sweep_folder(below: &Confined, folder: &Path) -> Result<(), ConfinedError> {
    let names = below.list(folder)?.unwrap_or_default();
    let is_ours = |name: &OsStr| {
        let is_number = name.to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        let is_file = below.look(&folder.join(name)).is_ok_and(|kind| kind == Some(Kind::File));
        (is_number || name == LIST) && is_file
    };
    if names.iter().all(|name| is_ours(name)) {
        for name in &names {
            below.remove(&folder.join(name))?;
        }
        // One that cannot be removed is in nobody's way.
        let _ = fs::remove_dir(below.root().join(folder));
    }
    Ok(())
}
