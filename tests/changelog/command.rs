//! The command over a real repository with fixed dates.

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::civil::date;
use preavis::cli::{Exit, Surroundings, run};

use super::sample::{document, properties};

fn git(dir: &Path, day: &str, args: &[&str]) {
    let mut command = Command::new("git");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Ada").env(format!("GIT_{role}_EMAIL"), "ada@example.org");
        command.env(format!("GIT_{role}_DATE"), format!("{day}T12:00:00+0000"));
    }
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.current_dir(dir).args(args).output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Four commits on three days; the first and the third are tagged.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    git(dir, "2024-05-01", &["init", "--quiet", "--initial-branch=main"]);
    let commits = [
        ("2024-05-01", "id: {type: integer}", Some("v1.0.0")),
        ("2024-05-02", "name: {type: string}", None),
        ("2024-05-02", "id: {type: string}", Some("2024-05-02-10-30-deploy")),
        ("2024-05-03", "id: {type: boolean}", None),
    ];
    for (day, line, tag) in commits {
        fs::create_dir_all(dir.join("docs")).expect("a folder");
        fs::write(dir.join("docs/api.yaml"), document("page", &properties(&[line]))).expect("written");
        git(dir, day, &["add", "--all"]);
        git(dir, day, &["commit", "--quiet", "--message", day]);
        if let Some(tag) = tag {
            git(dir, day, &["tag", tag]);
        }
    }
    folder
}

fn preavis(dir: &Path, args: &[&str]) -> (Exit, String) {
    let cwd = dir.canonicalize().expect("it is there");
    let (process, today) = ("a test".to_owned(), date(2030, 1, 1));
    let (now, variable): (_, fn(&str) -> Option<String>) = (jiff::Timestamp::UNIX_EPOCH, |_| None);
    let (lang, colored, private, watched) = (None, false, false, false);
    let width = None;
    let surroundings = Surroundings {
        cwd,
        target_branch: None,
        lang,
        today,
        now,
        watched,
        process,
        variable,
        colored,
        private,
        width,
    };
    let mut out = Vec::new();
    let exit = run([&["preavis", "changelog"], args].concat(), &surroundings, &mut out);
    (exit, String::from_utf8(out).expect("text"))
}

fn headings(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("## ")).collect()
}

#[test]
fn releases_are_tags_days_or_a_range() {
    let folder = repository();
    let listed = |args: &[&str]| {
        let (exit, text) = preavis(folder.path(), args);
        assert_eq!(exit, Exit::Clear);
        headings(&text).join(", ")
    };
    assert_eq!(listed(&[]), "## [Unreleased], ## [2024-05-02-10-30-deploy] - 2024-05-02");
    assert_eq!(listed(&["--lang", "fr"]), "## [Non publié], ## [2024-05-02-10-30-deploy] - 2024-05-02");
    assert_eq!(listed(&["--by", "day"]), "## [2024-05-03], ## [2024-05-02]");
    assert_eq!(listed(&["--tags", "v*"]), "## [Unreleased]");
    assert_eq!(listed(&["v1.0.0..2024-05-02-10-30-deploy"]), "## [2024-05-02-10-30-deploy] - 2024-05-02");
    assert_eq!(listed(&["HEAD~1..HEAD"]), "## [2024-05-03]");
    let (_, json) = preavis(folder.path(), &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["releases"][0]["report"]["apis"][0]["id"], "docs-api");
    assert_eq!(json["releases"][0]["report"]["base"]["label"], "2024-05-02-10-30-deploy");
}

#[test]
fn a_file_is_checked_written_and_left_alone() {
    let folder = repository();
    let file = folder.path().join("CHANGELOG.md");
    let write = |more: &[&str]| preavis(folder.path(), &[&["--write", "CHANGELOG.md"], more].concat());
    let (exit, diff) = write(&["--check"]);
    assert!(exit == Exit::Closed && diff.contains("\n+## [Unreleased]\n") && !file.exists(), "{diff}");
    assert_eq!(write(&["--dry-run"]).0, Exit::Clear);
    assert_eq!(write(&[]), (Exit::Clear, String::new()));
    let text = fs::read_to_string(&file).expect("written");
    assert!(text.starts_with("# Changelog\n"), "{text}");
    assert_eq!(write(&["--check"]), (Exit::Clear, String::new()));
    fs::write(&file, format!("{text}\nEnd.\n")).expect("written");
    assert_eq!(write(&[]), (Exit::Clear, String::new()));
    assert_eq!(fs::read_to_string(&file).expect("there"), format!("{text}\nEnd.\n"));
}

#[test]
fn what_cannot_be_told_is_exit_two() {
    let folder = repository();
    for args in [&["--tags", "x*"][..], &["v1.0.0"], &["nowhere..HEAD"], &["--spec", "other.yaml"]] {
        assert_eq!(preavis(folder.path(), args), (Exit::CouldNotTell, String::new()), "{args:?}");
    }
    for day in ["2024-06-01", "2024-06-02"] {
        fs::write(folder.path().join("docs/api.yaml"), format!("openapi: 3.0.3\npaths: [{day}\n")).expect("written");
        git(folder.path(), day, &["commit", "--quiet", "--all", "--message", day]);
    }
    assert_eq!(preavis(folder.path(), &["HEAD~1..HEAD"]), (Exit::CouldNotTell, String::new()));
}
