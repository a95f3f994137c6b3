//! A folder that is there with all its files, or not at all.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::staged::temporary;
use super::{ConfinedError, shown};

/// Makes a folder of files, `(name, text)`, which may not be there yet, or be empty. It is put in its place as a whole.
///
/// # Errors
/// [`ConfinedError::NotEmpty`] where something is in it; where it cannot be written: then nothing of it is there.
pub fn whole_folder(path: &Path, files: &[(String, String)]) -> Result<(), ConfinedError> {
    let failed = |source| ConfinedError::Write { path: shown(path), source };
    if !is_free(path).map_err(failed)? {
        return Err(ConfinedError::NotEmpty { path: shown(path) });
    }
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(above).map_err(failed)?;
    let aside = temporary().tempdir_in(above).map_err(failed)?;
    // Within, so that it has the permissions that any new folder has.
    let made = aside.path().join("made");
    fs::create_dir(&made).map_err(failed)?;
    for (name, text) in files {
        fs::write(made.join(name), text).map_err(failed)?;
    }
    #[cfg(windows)]
    if path.is_dir() {
        fs::remove_dir(path).map_err(failed)?;
    }
    // Over a folder that somebody has filled meanwhile the system refuses.
    fs::rename(&made, path).map_err(failed)
}

/// Whether nothing is at a path, or an empty folder.
fn is_free(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
        Ok(known) if known.is_dir() => Ok(fs::read_dir(path)?.next().is_none()),
        Ok(_) => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_whole_or_not_there() {
        let root = tempfile::tempdir().unwrap();
        let at = root.path().join("above/out");
        let files = [("a.md".to_owned(), "A".to_owned()), ("b.md".to_owned(), "B".to_owned())];
        whole_folder(&at, &files).unwrap();
        assert_eq!(fs::read_to_string(at.join("b.md")).unwrap(), "B");
        assert!(matches!(whole_folder(&at, &files), Err(ConfinedError::NotEmpty { .. })));
        let empty = root.path().join("empty");
        fs::create_dir(&empty).unwrap();
        whole_folder(&empty, &files[..1]).unwrap();
        assert_eq!(fs::read_dir(&empty).unwrap().count(), 1);
        let broken = root.path().join("broken");
        let bad = [files[0].clone(), ("none/b.md".to_owned(), String::new())];
        assert!(matches!(whole_folder(&broken, &bad), Err(ConfinedError::Write { .. })));
        assert!(!broken.exists());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "nothing is left aside");
    }
}
