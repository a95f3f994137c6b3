//! What lies below a folder, and what does not.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

fn folder() -> (TempDir, Confined) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("in/deep")).unwrap();
    fs::write(folder.path().join("in/deep/a.txt"), "abc").unwrap();
    fs::write(folder.path().join("secret"), "secret").unwrap();
    let below = Confined::below(&folder.path().join("in")).unwrap();
    (folder, below)
}

fn read(below: &Confined, path: &str, limit: u64) -> Result<Option<Vec<u8>>, String> {
    below.read(Path::new(path), limit).map_err(|error| error.to_string())
}

#[test]
fn regular_files_are_read_up_to_a_limit() {
    let (_folder, below) = folder();
    assert_eq!(read(&below, "deep/a.txt", 3), Ok(Some(b"abc".to_vec())));
    assert_eq!(read(&below, "./deep/./a.txt", 9), Ok(Some(b"abc".to_vec())));
    assert_eq!(read(&below, "deep/b.txt", 3), Ok(None));
    assert!(read(&below, "deep/a.txt", 2).unwrap_err().starts_with("`deep/a.txt` is larger than"));
    assert_eq!(read(&below, "deep", 3).unwrap_err(), "`deep` is a folder, not a regular file");
    assert_eq!(read(&below, "deep/a.txt/b", 3).unwrap_err(), "`deep/a.txt` is a file, not a folder");
}

#[test]
fn no_path_leads_out() {
    let (folder, below) = folder();
    let absolute = folder.path().join("secret").display().to_string();
    for path in ["../secret", "deep/../../secret", "..", absolute.as_str()] {
        assert_eq!(read(&below, path, 9).unwrap_err(), format!("`{path}` leads out of its folder"));
        assert!(below.replace(Path::new(path), b"x").is_err() && below.remove(Path::new(path)).is_err());
        assert!(below.list(Path::new(path)).is_err() && below.folder(Path::new(path)).is_err());
    }
    assert_eq!(fs::read(folder.path().join("secret")).unwrap(), b"secret");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let (folder, below) = folder();
    symlink(folder.path(), below.root().join("up")).unwrap();
    symlink("deep", below.root().join("near")).unwrap();
    symlink("nowhere", below.root().join("lost")).unwrap();
    for (path, link) in [("up/secret", "up"), ("near/a.txt", "near"), ("lost", "lost"), ("near", "near")] {
        let path = Path::new(path);
        let errors = [
            below.read(path, 9).unwrap_err(),
            below.list(path).unwrap_err(),
            below.replace(path, b"x").unwrap_err(),
            below.create(&[(path, b"x")]).unwrap_err(),
            below.remove(path).unwrap_err(),
            below.folder(path).unwrap_err(),
        ];
        assert!(errors.iter().all(|error| matches!(error, ConfinedError::Link { link: it, .. } if it == link)));
    }
    assert_eq!(fs::read(folder.path().join("secret")).unwrap(), b"secret");
    assert_eq!(fs::read(folder.path().join("in/deep/a.txt")).unwrap(), b"abc");
}

#[test]
fn files_are_created_all_or_none() {
    let (_folder, below) = folder();
    let (new, old) = (Path::new("new/b.txt"), Path::new("deep/a.txt"));
    assert!(matches!(below.create(&[(new, b"b"), (old, b"x")]), Err(ConfinedError::Exists { .. })));
    // The second of two equal names is there by then.
    assert!(below.create(&[(new, b"b"), (new, b"c")]).is_err());
    assert!(!below.root().join(new).exists());
    below.create(&[(new, b"b")]).unwrap();
    assert_eq!(
        (read(&below, "new/b.txt", 9), read(&below, "deep/a.txt", 9)),
        (Ok(Some(b"b".to_vec())), Ok(Some(b"abc".to_vec())))
    );
    assert_eq!(below.list(Path::new("new")).unwrap().unwrap().len(), 1);
}

#[test]
fn a_path_lies_within_by_its_text() {
    let (folder, below) = folder();
    let within = |path: &str| below.within(&folder.path().canonicalize().unwrap().join(path));
    assert_eq!(within("in/deep/../a.txt"), Some("a.txt".into()));
    assert_eq!(within("in"), Some("".into()));
    assert_eq!((within("secret"), within("in/../secret"), within("inner")), (None, None, None));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(below.root(), folder.path().join("way")).unwrap();
        assert_eq!(within("way/deep/a.txt"), Some("deep/a.txt".into()));
    }
}
