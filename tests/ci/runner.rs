//! A runner of jobs: what is written in `run:` and `script:`, executed by bash as GitHub, Forgejo and GitLab do, in clones of
//! a server that is a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::cli::place::{BOOKS, Place, Run};

/// Where the programs lie that stand in for others.
fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ci/tools")
}

/// Where preavis is said to come from.
pub(super) const FROM: &str = "https://forge.example/team/preavis.git@v0.1.0";

/// A team's repository, the server it is pushed to, and a runner.
pub(super) struct Team {
    pub(super) place: Place,
    server: Place,
}

impl Team {
    /// A repository without a commit but that of its document, pushed.
    pub(super) fn new() -> Self {
        let (place, server) = (Place::repository(), Place::new());
        let bare = server.path().join("o/r.git");
        let origin = format!("file://{}", bare.display());
        place.git(&["init", "--quiet", "--bare", "--initial-branch=main", bare.to_str().unwrap()]);
        place.git(&["-C", bare.to_str().unwrap(), "config", "uploadpack.allowAnySHA1InWant", "true"]);
        place.git(&["remote", "add", "origin", &origin]);
        place.write("openapi.yaml", BOOKS);
        let team = Self { place, server };
        team.push("main");
        team
    }

    /// What `preavis init` says.
    pub(super) fn init(&self, args: &str) -> String {
        let run = self.place.run(&format!("init {args}"));
        assert_eq!(run.code, 0, "{run:?}");
        run.out
    }

    /// A branch with everything that is there now, pushed, and its commit.
    pub(super) fn push(&self, branch: &str) -> String {
        self.place.git(&["checkout", "--quiet", "-B", branch]);
        self.place.git(&["add", "--all"]);
        self.place.git(&["commit", "--quiet", "--allow-empty", "--message", branch]);
        self.place.git(&["push", "--quiet", "origin", branch]);
        self.place.git(&["rev-parse", "HEAD"])
    }

    /// A job on a machine of its own; `head` is what the forge checks out, merged into `main` where that is GitHub's way.
    pub(super) fn job(&self, variables: &[(&str, &str)]) -> Job {
        let machine = Place::new();
        for folder in ["home", "work", "tried/served"] {
            fs::create_dir_all(machine.path().join(folder)).unwrap();
        }
        let mut job = Job { machine, env: BTreeMap::new() };
        let at = |path: &str| job.machine.path().join(path).display().to_string();
        for (name, value) in [
            ("HOME", at("home")),
            ("TRIED", at("tried")),
            ("TOOLS", tools().display().to_string()),
            ("REAL", env!("CARGO_BIN_EXE_preavis").to_owned()),
            ("GITHUB_SERVER_URL", format!("file://{}", self.server.path().display())),
            ("GITHUB_REPOSITORY", "o/r".to_owned()),
            ("GITHUB_OUTPUT", at("tried/output")),
            ("GITHUB_STEP_SUMMARY", at("tried/summary")),
        ] {
            job.env.insert(name.to_owned(), value);
        }
        job.env.extend(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        job
    }

    /// The address that the server has for the repository.
    pub(super) fn origin(&self) -> String {
        format!("file://{}", self.server.path().join("o/r.git").display())
    }
}

/// A job while it runs.
pub(super) struct Job {
    machine: Place,
    env: BTreeMap<String, String>,
}

impl Job {
    /// What GitHub's checkout does with all of history: the branch merged into `main`, and no credentials left.
    pub(super) fn checkout(&self, team: &Team, branch: &str) {
        let work = self.work();
        let git = |args: &[&str]| self.machine.git(&[&["-C", work.to_str().unwrap()], args].concat());
        git(&["clone", "--quiet", &team.origin(), "."]);
        git(&["checkout", "--quiet", "--detach", "origin/main"]);
        git(&["merge", "--quiet", "--no-ff", "--message", "merged", &format!("origin/{branch}")]);
    }

    pub(super) fn work(&self) -> PathBuf {
        self.machine.path().join("work")
    }

    /// A file among what was tried: `calls`, `output`, `summary`; empty where there is none.
    pub(super) fn tried(&self, name: &str) -> String {
        fs::read_to_string(self.machine.path().join("tried").join(name)).unwrap_or_default()
    }

    /// What a step left under a name for those behind it, in either form that GitHub reads.
    pub(super) fn output(&self, wanted: &str) -> Option<String> {
        let text = self.tried("output");
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let found = match line.split_once("<<") {
                Some((name, end)) => {
                    let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
                    (name, value.join("\n"))
                }
                None => line.split_once('=').map(|(name, value)| (name, value.to_owned()))?,
            };
            if found.0 == wanted {
                return Some(found.1);
            }
        }
        None
    }

    /// Puts a file where the programs find it.
    pub(super) fn give(&self, name: &str, content: &[u8]) {
        fs::write(self.machine.path().join("tried").join(name), content).unwrap();
    }

    /// Runs the `run:` steps of a job one after the other, until one fails: the last one's end. `said` are the values of
    /// expressions; one that is not there is an error.
    pub(super) fn steps(&mut self, job: &Value, said: &[(&str, &str)]) -> Run {
        let mut last = Run { code: 0, out: String::new(), err: String::new() };
        self.set(&job["env"], said);
        for step in job["steps"].as_array().expect("steps") {
            let Some(script) = step["run"].as_str() else { continue };
            assert_eq!(step["shell"], "bash", "{step}");
            let before = self.env.clone();
            self.set(&step["env"], said);
            last = self.bash(script);
            self.env = before;
            if last.code != 0 {
                break;
            }
        }
        last
    }

    /// The variables of a job or a step.
    fn set(&mut self, env: &Value, said: &[(&str, &str)]) {
        for (name, value) in env.as_object().into_iter().flatten() {
            self.env.insert(name.clone(), filled(value.as_str().expect("a text"), said));
        }
    }

    /// Runs a script as a runner of GitHub does for `shell: bash`.
    pub(super) fn bash(&self, script: &str) -> Run {
        let path = [tools_alone(&self.machine).display().to_string(), std::env::var("PATH").expect("a PATH")];
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(self.work());
        command.env_clear().envs(&self.env).env("PATH", path.join(":"));
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The programs on the PATH from the start: all but preavis, which a job has to put there.
fn tools_alone(machine: &Place) -> PathBuf {
    let folder = machine.path().join("tools");
    if !folder.exists() {
        fs::create_dir_all(&folder).unwrap();
        for name in ["cargo", "curl", "gh"] {
            fs::copy(tools().join(name), folder.join(name)).unwrap();
        }
    }
    folder
}

/// A text with its expressions filled in.
fn filled(text: &str, said: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, behind) = after.split_once("}}").expect("the end of an expression");
        let known = said.iter().find(|(name, _)| *name == expression.trim());
        out.push_str(before);
        out.push_str(known.unwrap_or_else(|| panic!("nobody said what `{}` is", expression.trim())).1);
        rest = behind;
    }
    out + rest
}
