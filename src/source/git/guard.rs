//! What is looked at before a repository is trusted with a question: that opening it waits for nobody, and that its work
//! tree is a folder that holds it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::SourceError;
use crate::source::path::MAX_LISTED;
use crate::source::single::read_limited;

/// What gix and git open by name.
const OPENED: &[&str] = &[
    "HEAD",
    "commondir",
    "config",
    "config.worktree",
    "gitdir",
    "index",
    "info/exclude",
    "info/grafts",
    "objects/info/alternates",
    "packed-refs",
    "shallow",
];

/// The file `.git` of a linked work tree or submodule holds one path.
const MAX_LINK: u64 = 1 << 16;

/// The nearest folder around `dir`, itself included, that seems to hold a repository or to be a bare one.
pub(super) fn around(dir: &Path) -> Option<&Path> {
    dir.ancestors().find(|dir| {
        let own = dir.join(".git");
        own.join("HEAD").exists() || (own.exists() && !own.is_dir()) || is_git_dir(dir)
    })
}

/// Fails where a file of the repository at a folder is a pipe or a device: whoever opens it waits for ever. Objects are not
/// looked at.
pub(super) fn check_files(found: &Path) -> Result<(), SourceError> {
    let git_dir = git_dir(found)?;
    for dir in [&git_dir, &common_dir(&git_dir)] {
        for name in OPENED {
            check_file(&dir.join(name))?;
        }
        check_refs(&dir.join("refs"))?;
    }
    Ok(())
}

/// Fails where the work tree does not hold the repository, as `core.worktree` may have it: files would be read, and written,
/// where nobody asked for it. A submodule and a linked work tree have a file that points back.
pub(super) fn check_work_tree(work_dir: Option<&Path>, common: &Path) -> Result<(), SourceError> {
    let Some(work_dir) = work_dir else { return Ok(()) };
    let real = |path: &Path| path.canonicalize().ok();
    if work_dir.join(".git").exists() && real(&common_dir(&git_dir(work_dir)?)) == real(common) {
        return Ok(());
    }
    Err(SourceError::WorkTreeElsewhere { dir: common.to_owned(), work_tree: work_dir.to_owned() })
}

fn is_git_dir(dir: &Path) -> bool {
    dir.join("HEAD").exists() && dir.join("objects").is_dir()
}

fn git_dir(found: &Path) -> Result<PathBuf, SourceError> {
    let own = found.join(".git");
    if own.is_dir() {
        return Ok(own);
    }
    if !own.exists() {
        return Ok(found.to_owned());
    }
    check_file(&own)?;
    Ok(linked(found, &own, "gitdir:").unwrap_or(own))
}

/// The folder that a repository shares with its linked work trees.
fn common_dir(git_dir: &Path) -> PathBuf {
    linked(git_dir, &git_dir.join("commondir"), "").unwrap_or_else(|| git_dir.to_owned())
}

/// The folder that a file names after a word, seen from another folder; `None` where it names none.
fn linked(from: &Path, file: &Path, word: &str) -> Option<PathBuf> {
    check_file(file).ok()?;
    let bytes = read_limited("", fs::File::open(file).ok()?, MAX_LINK).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    Some(from.join(text.strip_prefix(word)?.trim()))
}

fn check_file(path: &Path) -> Result<(), SourceError> {
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() && !meta.is_dir() => {
            Err(SourceError::PipeInRepository { path: path.display().to_string() })
        }
        // What is absent, or closed to us, is told by whoever needs it.
        Ok(_) | Err(_) => Ok(()),
    }
}

fn check_refs(refs: &Path) -> Result<(), SourceError> {
    let mut open = vec![refs.to_owned()];
    let mut seen = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            seen += 1;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(kind) if kind.is_file() => {}
                // A link, a pipe, a device.
                Ok(_) | Err(_) => check_file(&entry.path())?,
            }
            if seen > MAX_LISTED {
                return Ok(());
            }
        }
    }
    Ok(())
}
