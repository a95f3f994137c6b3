//! A temporary folder with documents in it, a repository once asked for, and the program run there.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Books with an id and a title.
pub(crate) const BOOKS: &str = r##"openapi: 3.0.3
info: {title: Books, version: "1"}
paths:
  /books:
    get:
      responses:
        "200":
          description: All books
          content:
            application/json:
              schema: {$ref: "#/components/schemas/book"}
components:
  schemas:
    book:
      type: object
      required: [id, title]
      properties:
        id: {type: integer}
        title: {type: string}
"##;

/// Variables that CI or a user may have set, and that would change what is tested.
const UNWANTED: &[&str] = &[
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "SYSTEM_PULLREQUEST_TARGETBRANCH",
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
    "CHANGE_TARGET",
    "CI",
    "CI_MERGE_REQUEST_DIFF_BASE_SHA",
    "GITHUB_ACTIONS",
    "GITHUB_EVENT_NAME",
    "GITHUB_EVENT_PATH",
    "GITHUB_OUTPUT",
    "GITHUB_STEP_SUMMARY",
    "GITLAB_CI",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "FORGEJO_ACTIONS",
    "GITEA_ACTIONS",
    "GITHUB_ACTIONS",
    "GITLAB_CI",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
];

/// The books without their title: a breaking change.
pub(crate) fn untitled() -> String {
    BOOKS.replace(", title]", "]").replace("        title: {type: string}\n", "")
}

/// The books with one more property: an addition.
pub(crate) fn extended() -> String {
    format!("{BOOKS}        pages: {{type: integer}}\n")
}

/// A folder, and the program run in it.
pub(crate) struct Place {
    folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The report on standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Fails unless the run could not tell, wrote nothing to standard output, and said exactly this.
    #[track_caller]
    pub(crate) fn could_not_tell(&self, said: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{self:?}");
        assert_eq!(self.err, said);
    }

    /// The same, where this is among what was said.
    #[track_caller]
    pub(crate) fn could_not_tell_of(&self, said: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{self:?}");
        assert!(self.err.contains(said), "{self:?}");
    }
}

impl Place {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// An empty repository on branch `main`.
    pub(crate) fn repository() -> Self {
        let place = Self::new();
        place.git(&["init", "--quiet", "--initial-branch=main"]);
        place
    }

    /// `v1` has the books as `api.yaml`, `v2`, on `main`, another text.
    pub(crate) fn two_commits(head: &str) -> Self {
        let place = Self::repository();
        place.write("api.yaml", BOOKS);
        place.release("v1");
        place.write("api.yaml", head);
        place.release("v2");
        place
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub(crate) fn write(&self, path: &str, content: &str) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Commits everything and tags it; `v1` is of 1 May 2024, `v2` of the second.
    pub(crate) fn release(&self, tag: &str) {
        let day = tag.trim_start_matches(|c: char| !c.is_ascii_digit());
        self.git_at(day, &["add", "--all"]);
        self.git_at(day, &["commit", "--quiet", "--allow-empty", "--message", tag]);
        self.git_at(day, &["tag", tag]);
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        self.git_at("1", args)
    }

    fn git_at(&self, day: &str, args: &[&str]) -> String {
        self.git_on(&format!("2024-05-0{day}T12:00:00+0000"), args)
    }

    /// Runs git at a moment, such as `2024-05-01T12:00:00+0000`.
    pub(crate) fn git_on(&self, moment: &str, args: &[&str]) -> String {
        let mut command = Command::new("git");
        for name in UNWANTED {
            command.env_remove(name);
        }
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ada").env(format!("GIT_{role}_EMAIL"), "ada@example.org");
            command.env(format!("GIT_{role}_DATE"), moment);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.current_dir(self.path()).args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs the program with arguments split at spaces.
    pub(crate) fn run(&self, args: &str) -> Run {
        self.run_with(args, &[], "")
    }

    /// Runs the program with variables and a text on standard input.
    pub(crate) fn run_with(&self, args: &str, env: &[(&str, &str)], stdin: &str) -> Run {
        let mut command = self.command(args);
        command.envs(env.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A run that fails early has not read it.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The program in this folder, in surroundings that say nothing.
    pub(crate) fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_preavis"));
        for name in UNWANTED {
            command.env_remove(name);
        }
        command.current_dir(self.path()).args(args.split_whitespace());
        command
    }
}
