//! A small repository in a temporary folder, made with the git command: fixed names and dates, nobody's settings.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::error::CliError;
use crate::source::git::command;

const WHO: &str = "Camille Martin";
const MAIL: &str = "camille.martin@example.org";

/// The repository; its folder goes with it unless kept.
pub(super) struct Scratch {
    folder: TempDir,
}

impl Scratch {
    /// An empty repository on branch `main`.
    pub(super) fn new() -> anyhow::Result<Self> {
        let failed = |source| CliError::Write { path: "a temporary folder".to_owned(), source };
        let folder = tempfile::Builder::new().prefix("preavis-demo-").tempdir().map_err(failed)?;
        let scratch = Self { folder };
        scratch.git("2024-03-05", &["init", "--quiet", "--initial-branch=main", "--template="])?;
        Ok(scratch)
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Leaves the folder where it is.
    pub(super) fn keep(&mut self) {
        self.folder.disable_cleanup(true);
    }

    /// Puts a file into the work tree.
    pub(super) fn write(&self, path: &str, content: &str) -> anyhow::Result<()> {
        let failed = |source| CliError::Write { path: path.to_owned(), source };
        let full = self.path().join(path);
        fs::create_dir_all(full.parent().unwrap_or(self.path())).map_err(failed)?;
        Ok(fs::write(full, content).map_err(failed)?)
    }

    /// Commits one file on a day.
    pub(super) fn commit(&self, day: &str, message: &str, path: &str, content: &str) -> anyhow::Result<()> {
        self.write(path, content)?;
        self.git(day, &["add", "--", path])?;
        self.git(day, &["commit", "--quiet", "--no-verify", "--message", message])?;
        Ok(())
    }

    /// Runs git here, on a day, and returns what it prints.
    pub(super) fn git(&self, day: &str, args: &[&str]) -> Result<String, CliError> {
        let mut command = command(self.path());
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), WHO).env(format!("GIT_{role}_EMAIL"), MAIL);
            command.env(format!("GIT_{role}_DATE"), format!("{day}T10:00:00+0100"));
        }
        // Nobody's aliases, hooks, signatures or line endings.
        command.env("GIT_CONFIG_GLOBAL", null()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.args(["-c", "core.autocrlf=false", "-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false"]);
        let doing = args.first().copied().unwrap_or_default().to_owned();
        let output = command.args(args).output();
        let output = output.map_err(|error| CliError::Git { doing: doing.clone(), said: error.to_string() })?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(CliError::Git { doing, said: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
    }
}

fn null() -> &'static str {
    if cfg!(windows) { "NUL" } else { "/dev/null" }
}
