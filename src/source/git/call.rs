//! How the git command is called: so that no program runs which the configuration of a repository names, nothing is
//! fetched, nobody is asked, and no call lasts for ever.
//!
//! What `-c` sets comes after all files of configuration, so it wins over the repository's own. Settings that a version of
//! git does not know are ignored by it.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::objects::git_error;
use crate::source::SourceError;
use crate::source::deadline::within;

/// How long git may read: a listing of the largest work trees, from a cold disk, is done by then.
const LIMIT: Duration = Duration::from_secs(120);

/// Settings that would run a program, and the value at which they run none.
const SETTINGS: &[&str] = &[
    // Run by `ls-files`. Empty is off for every git; before 2.36, `false` was the name of a program.
    "core.fsmonitor=",
    // Hooks, which the repository brings along or points to.
    "core.hooksPath=/dev/null",
    // Run by `fetch` where there are alternates; this one prints nothing.
    "core.alternateRefsCommand=true",
    // Run by `fetch`. `GIT_SSH_COMMAND` of the caller, which goes before it, is the user's own.
    "core.sshCommand=ssh",
    // Run where a server asks for a password. An empty one clears all that were listed, those of single URLs too.
    "credential.helper=",
    "core.askPass=",
    // `vcs = file` and `url = file::x` make git run `git remote-file`, which an alias would answer.
    "alias.remote-file=",
    "alias.remote-https=",
    "alias.remote-ssh=",
    "alias.remote-file.command=",
    "alias.remote-https.command=",
    "alias.remote-ssh.command=",
    // Upkeep would go on in the background after a `fetch`.
    "gc.auto=0",
    "maintenance.auto=false",
];

/// Variables, and why.
const VARIABLES: &[(&str, &str)] = &[
    // What a partial clone left out is not fetched (git 2.44); an older git tries, and no protocol is allowed.
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    // Nobody is asked, by a terminal or by a window.
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_ASKPASS", ""),
    ("SSH_ASKPASS_REQUIRE", "never"),
    // Nothing is opened to be read or edited.
    ("GIT_PAGER", "cat"),
    ("GIT_EDITOR", ":"),
    // Reading does not write the index, which would run a hook.
    ("GIT_OPTIONAL_LOCKS", "0"),
    // Messages are quoted in English.
    ("LC_ALL", "C"),
];

/// What `git rev-parse --local-env-vars` lists, and the variables that would move or widen the search: the repository is
/// the one named.
const CLEARED: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_WORK_TREE",
];

/// The git command in a folder, to which a subcommand is to be added. All of preavis calls git through this.
pub fn command(dir: &Path) -> Command {
    let mut command = Command::new("git");
    for name in CLEARED {
        command.env_remove(name);
    }
    command.envs(VARIABLES.iter().copied()).arg("-C").arg(dir).arg("--no-pager");
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command
}

/// How a call ended.
pub(super) struct Ended {
    /// The exit code, where the process was not killed.
    pub(super) code: Option<i32>,
    pub(super) out: Vec<u8>,
    err: Vec<u8>,
}

impl Ended {
    /// The output of a call that succeeded.
    pub(super) fn bytes(self) -> Result<Vec<u8>, SourceError> {
        if self.code == Some(0) {
            return Ok(self.out);
        }
        let said = String::from_utf8_lossy(&self.err).into_owned();
        // These are the words of a server.
        let own = said.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("remote:"));
        Err(git_error("running git")(own.collect::<Vec<_>>().join("; ")))
    }

    /// The same as text.
    pub(super) fn text(self) -> Result<String, SourceError> {
        String::from_utf8(self.bytes()?).map_err(git_error("running git"))
    }
}

/// Runs a subcommand that reads.
pub(super) fn run(dir: &Path, args: &[&str]) -> Result<Ended, SourceError> {
    let mut command = command(dir);
    command.args(args);
    finish(command, LIMIT)
}

/// Runs a command to its end, and ends it where that takes longer than `limit`.
pub(super) fn finish(mut command: Command, limit: Duration) -> Result<Ended, SourceError> {
    let failed = git_error("running git");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(&failed)?;
    let Some((out, err)) = within(limit, reader(&mut child)) else {
        // Nothing is left to do for a child that cannot be ended.
        let _ = child.kill();
        let _ = child.wait();
        return Err(SourceError::GitTooSlow { seconds: limit.as_secs() });
    };
    let code = child.wait().map_err(&failed)?.code();
    Ok(Ended { code, out, err })
}

/// Reads both outputs of a child to their ends.
fn reader(child: &mut Child) -> impl FnOnce() -> (Vec<u8>, Vec<u8>) + Send + 'static {
    let (out, err) = (child.stdout.take(), child.stderr.take());
    move || {
        let err = thread::spawn(move || drain(err));
        (drain(out), err.join().unwrap_or_default())
    }
}

fn drain(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before a failure is shown; the exit code tells that it is not all.
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    bytes
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::source::fixture::Fixture;

    #[test]
    fn a_call_that_waits_for_ever_is_ended() {
        let fixture = Fixture::repository(&[]);
        let made = Command::new("mkfifo").arg(fixture.path().join(".gitignore")).status().unwrap();
        assert!(made.success());
        let mut listing = command(&fixture.path());
        listing.args(["ls-files", "--others", "--exclude-standard"]);
        let ended = finish(listing, Duration::from_millis(300)).err().unwrap();
        assert_eq!(ended.to_string(), "git did not end within 0 seconds");
    }
}
