//! Small repositories for tests, made with the git command, with fixed names and dates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A temporary folder, a repository once asked for.
pub(super) struct Fixture {
    folder: TempDir,
}

impl Fixture {
    /// An empty folder.
    pub(super) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// An empty repository on branch `main`, made with further arguments of `git init`.
    pub(super) fn repository(args: &[&str]) -> Self {
        let fixture = Self::new();
        fixture.git(&[&["init", "--quiet", "--initial-branch=main"], args].concat());
        fixture
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub(super) fn write(&self, path: &str, content: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Runs git here and returns what it prints, trimmed.
    pub(super) fn git(&self, args: &[&str]) -> String {
        self.git_at("2024-05-01T12:00:00+0000", args)
    }

    fn git_at(&self, date: &str, args: &[&str]) -> String {
        git_in(&self.path(), date, args)
    }

    /// Commits everything on a date such as `2024-05-14T23:30:00-0500`, and returns the hash.
    pub(super) fn commit(&self, date: &str, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git_at(date, &["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// `one`, `two`, `three`: three commits of `api.yaml` in May 2024; `v1` is an annotated tag on the first.
    pub(super) fn three_commits(args: &[&str]) -> Self {
        let fixture = Self::repository(args);
        for (day, name) in [(1, "one"), (2, "two"), (3, "three")] {
            fixture.write("api.yaml", &format!("{name}\n"));
            fixture.commit(&format!("2024-05-0{day}T12:00:00+0000"), name);
            if day == 1 {
                fixture.git(&["tag", "--annotate", "--message", "first", "v1"]);
            }
        }
        fixture
    }

    /// A clone beside this repository.
    pub(super) fn clone_with(&self, args: &[&str]) -> Self {
        let clone = Self::new();
        let url = format!("file://{}", self.path().display());
        clone.git(&[&["clone", "--quiet"], args, &[&url, "."]].concat());
        clone
    }
}

fn git_in(dir: &Path, date: &str, args: &[&str]) -> String {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"] {
        command.env_remove(name);
    }
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Ada").env(format!("GIT_{role}_EMAIL"), "ada@example.org");
        command.env(format!("GIT_{role}_DATE"), date);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.current_dir(dir).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
