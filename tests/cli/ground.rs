//! A `.git` that someone else wrote: its configuration names programs, its remotes lead elsewhere, its files are pipes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::place::{BOOKS, Place, Run, untitled};

/// Keys under which git runs what they name.
const PROGRAMS: &[&str] = &[
    "core.fsmonitor",
    "core.sshCommand",
    "core.askPass",
    "core.pager",
    "core.editor",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "credential.helper",
    "credential.https://example.org.helper",
    "gpg.program",
    "diff.external",
    "diff.all.textconv",
    "diff.all.command",
    "filter.all.clean",
    "filter.all.smudge",
    "filter.all.process",
    "merge.all.driver",
    "sequence.editor",
    "pager.ls-files",
    "remote.origin.uploadpack",
];

/// What is asked of a repository, each in one that nobody wrote to.
const COMMANDS: &[&str] = &[
    "diff",
    "diff v1 v2",
    "diff v1...v2 --format json",
    "diff v1:api.yaml api.yaml",
    "changelog",
    "changelog v1..v2 --write CHANGELOG.md",
    "notice new v1 v2",
    "notice list",
    "publish --out site",
    "usage show",
    "init",
];

/// A program that leaves a mark, and the mark.
struct Trap {
    folder: Place,
}

impl Trap {
    fn new() -> Self {
        let folder = Place::new();
        let mark = folder.path().join("mark");
        folder.write("program", &format!("#!/bin/sh\necho \"$0 $*\" >> {}\nexit 1\n", mark.display()));
        fs::set_permissions(folder.path().join("program"), fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    fn program(&self) -> String {
        self.folder.path().join("program").display().to_string()
    }

    /// Runs the program of this project, which must not run the other one.
    #[track_caller]
    fn run(&self, place: &Place, args: &str) -> Run {
        let run = place.run(args);
        let mark = fs::read_to_string(self.folder.path().join("mark")).unwrap_or_default();
        assert_eq!(mark, "", "{args}: {run:?}");
        run
    }
}

fn two_releases() -> Place {
    Place::two_commits(&untitled())
}

/// A clone of two releases without their files, and where it came from.
fn partial() -> (Place, Place) {
    let origin = two_releases();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let clone = Place::new();
    let url = format!("file://{}", origin.path().display());
    clone.git(&["clone", "--quiet", "--no-checkout", "--filter=blob:none", &url, "."]);
    (clone, origin)
}

fn mkfifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn no_program_that_a_repository_names_is_run() {
    let trap = Trap::new();
    for command in COMMANDS {
        let place = two_releases();
        let hooks = place.path().join(".git/hooks");
        fs::create_dir_all(&hooks).unwrap();
        for hook in ["post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout"] {
            fs::copy(trap.program(), hooks.join(hook)).unwrap();
        }
        place.write(".git/info/attributes", "* diff=all filter=all merge=all\n");
        for key in PROGRAMS {
            place.git(&["config", key, &trap.program()]);
        }
        let run = trap.run(&place, command);
        assert_eq!(run.code, 0, "{command}: {run:?}");
    }
}

#[test]
fn what_a_partial_clone_left_out_is_not_fetched() {
    let trap = Trap::new();
    for command in ["diff v1 v2", "diff v1...v2", "changelog", "notice new v1 v2", "publish --out site"] {
        let (clone, _origin) = partial();
        for key in PROGRAMS {
            clone.git(&["config", key, &trap.program()]);
        }
        let run = trap.run(&clone, command);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command}: {run:?}");
        assert!(run.err.contains("was left out of this partial clone"), "{run:?}");
        assert!(run.err.contains("allow it with `--allow-fetch`, or fetch the rest yourself"), "{run:?}");
        assert!(!clone.path().join("site").exists() && !clone.path().join("preavis").exists());
    }
}

#[test]
fn with_leave_git_fetches_what_is_missing() {
    let trap = Trap::new();
    for command in ["diff v1 v2", "changelog", "notice new v1 v2", "publish --out site"] {
        let (clone, _origin) = partial();
        for key in PROGRAMS {
            clone.git(&["config", key, &trap.program()]);
        }
        let run = trap.run(&clone, &format!("{command} --allow-fetch"));
        assert_eq!(run.code, 0, "{command}: {run:?}");
        assert!(!clone.path().join(".git/FETCH_HEAD").exists());
    }
}

#[test]
fn the_advice_helps() {
    let (clone, _origin) = partial();
    clone.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    assert_eq!(clone.run("diff v1 v2").code, 0);
}

#[test]
fn a_remote_that_is_no_ordinary_one_is_not_asked() {
    let trap = Trap::new();
    let program = trap.program();
    let external = format!("ext::{program} %S");
    let rewritten = format!("url.ext::{program} .insteadOf");
    let alias = format!("!{program}");
    let cases: &[&[(&str, &str)]] = &[
        &[("remote.origin.url", &external), ("protocol.ext.allow", "always")],
        &[(&rewritten, "file://"), ("protocol.ext.allow", "always")],
        &[("remote.origin.url", "file::/x"), ("alias.remote-file", &alias)],
        &[("remote.origin.vcs", "file"), ("alias.remote-file", &alias)],
        &[("remote.origin.vcs", "https"), ("alias.remote-https", &alias)],
        &[("remotes.origin", "evil"), ("remote.evil.url", "file::/x"), ("alias.remote-file", &alias)],
        &[("remote.origin.url", "http://127.0.0.1:9/")],
        &[("remote.origin.url", "git://127.0.0.1/x"), ("core.gitProxy", &program)],
        &[("remote.origin.promisor", "false")],
    ];
    for case in cases {
        let (clone, _origin) = partial();
        for (key, value) in *case {
            clone.git(&["config", key, value]);
        }
        trap.run(&clone, "diff v1 v2").could_not_tell_of("was left out of this partial clone");
        trap.run(&clone, "diff v1 v2 --allow-fetch")
            .could_not_tell_of("no remote that is reached by https, ssh or a local");
    }
    let (clone, origin) = partial();
    fs::remove_dir_all(origin.path().join(".git")).unwrap();
    trap.run(&clone, "diff v1 v2 --allow-fetch").could_not_tell_of("cannot be fetched");
}

#[test]
fn a_work_tree_elsewhere_is_refused() {
    let elsewhere = Place::new();
    elsewhere.write("api.yaml", BOOKS);
    let place = two_releases();
    place.git(&["config", "core.worktree", elsewhere.path().to_str().unwrap()]);
    for command in ["diff v1", "notice new v1 v2", "changelog --write CHANGELOG.md", "init"] {
        place.run(command).could_not_tell_of("`core.worktree` of the repository at");
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
    // A bare repository, as a commit can hold one.
    let place = two_releases();
    place.git(&["clone", "--quiet", "--bare", ".", "nested"]);
    place.git(&["--git-dir=nested", "config", "core.bare", "false"]);
    place.git(&["--git-dir=nested", "config", "core.worktree", elsewhere.path().to_str().unwrap()]);
    place.run("diff v1 --repo nested").could_not_tell_of("`core.worktree`");
}

#[test]
fn a_submodule_and_a_linked_work_tree_are_read() {
    let (outer, inner, linked) = (Place::repository(), two_releases(), Place::new());
    let url = inner.path().display().to_string();
    outer.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "inner"]);
    outer.git(&["-C", "inner", "fetch", "--quiet", "--tags"]);
    assert_eq!(outer.run("diff v1 --repo inner").code, 0);
    let tree = linked.path().join("tree").display().to_string();
    inner.git(&["worktree", "add", "--quiet", "--detach", &tree, "v2"]);
    assert_eq!(linked.run("diff v1 --repo tree").code, 0);
    assert_eq!(inner.run("diff v1 --repo .git").code, 0);
}

#[test]
fn a_repository_with_a_pipe_in_it_makes_nobody_wait() {
    for name in
        ["HEAD", "config", "packed-refs", "index", "shallow", "refs/heads/main", "refs/tags/deep/v3", "commondir"]
    {
        let place = two_releases();
        let path = place.path().join(".git").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        mkfifo(&path);
        place.run("diff v1 v2").could_not_tell_of("is no file, and reading it could last for ever");
    }
}
