//! What must hold of every file of CI that is written or offered, whatever stands in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::runner::{FROM, Team};
use super::yaml;

const FILES: [&str; 6] = [
    ".github/workflows/preavis.yml",
    ".github/workflows/preavis-post.yml",
    ".github/workflows/preavis-recheck.yml",
    ".forgejo/workflows/preavis.yml",
    ".gitlab/preavis.yml",
    ".gitlab-ci.yml",
];

/// Every file, for each way of saying where preavis comes from, with a name that tells which it is.
fn written() -> Vec<(String, String)> {
    let release = format!("https://forge.example/v1#sha256={}", "0123456789abcdef".repeat(4));
    let mut out = Vec::new();
    for from in [String::new(), format!("--from {FROM}"), format!("--from {release}")] {
        let team = Team::new();
        for forge in ["github", "gitlab", "forgejo"] {
            team.init(&format!("--ci {forge} {from}"));
        }
        out.extend(FILES.map(|file| (format!("{file} {from}"), team.place.read(file))));
    }
    out
}

fn offered() -> (String, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    ("action.yml".to_owned(), fs::read_to_string(path).unwrap())
}

/// Every text under a key, wherever it stands.
fn under<'v>(value: &'v Value, key: &str, out: &mut Vec<&'v Value>) {
    for (name, member) in value.as_object().into_iter().flatten() {
        if name == key {
            out.push(member);
        }
        under(member, key, out);
    }
    value.as_array().into_iter().flatten().for_each(|item| under(item, key, out));
}

/// The scripts of a file.
fn scripts(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    under(value, "run", &mut found);
    under(value, "script", &mut found);
    let lines = found
        .into_iter()
        .flat_map(|value| value.as_array().map_or_else(|| vec![value], |lines| lines.iter().collect()));
    lines.map(|line| line.as_str().unwrap()).collect()
}

#[test]
fn scripts_are_shell_and_nothing_is_pasted_into_them() {
    for (name, text) in written().into_iter().chain([offered()]) {
        let value = yaml::read(&text);
        for script in scripts(&value) {
            assert!(!script.contains("${{"), "{name}: {script}");
            let shell = if name.starts_with(".gitlab") { "sh" } else { "bash" };
            let read = Command::new(shell).args(["-n", "-c", script]).output().unwrap();
            assert!(read.status.success() && read.stderr.is_empty(), "{name}: {read:?}");
        }
        assert!(
            text.ends_with('\n') && !text.contains('\t') && text.lines().all(|line| line == line.trim_end()),
            "{name}"
        );
        // A line that holds a placeholder alone was not laid out.
        assert!(!text.lines().any(|line| line.trim().starts_with('{') && line.trim().ends_with('}')), "{name}");
    }
}

#[test]
fn actions_are_github_s_own_and_pinned() {
    let pinned = regex::Regex::new(r"^\s*(- )?uses: actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    let mut seen = 0;
    for (name, text) in written().into_iter().chain([offered()]) {
        for line in text.lines().filter(|line| line.contains(" uses:")) {
            assert!(
                pinned.is_match(line) && name.starts_with(['a', '.']) && !name.starts_with(".forgejo"),
                "{name}: {line}"
            );
            seen += 1;
        }
    }
    assert!(seen > 8);
}

#[test]
fn jobs_may_do_what_they_need_and_run_nothing_of_a_fork() {
    for (name, text) in written().iter().filter(|(name, _)| name.starts_with(".github")) {
        let value = yaml::read(text);
        assert_eq!(value["permissions"], serde_json::json!({}), "{name}");
        let allowed = ["contents: read", "actions: read", "pull-requests: write", "statuses: write"];
        for (_, job) in value["jobs"].as_object().unwrap() {
            for (scope, access) in job["permissions"].as_object().unwrap() {
                let line = format!("{scope}: {}", access.as_str().unwrap());
                assert!(allowed.contains(&&*line), "{name}: {line}");
            }
        }
        for word in ["secrets.", "pull_request_target", "paths:\n", "paths-ignore"] {
            let set: Vec<&str> = text.lines().filter(|line| !line.trim().starts_with('#')).collect();
            assert!(!format!("{}\n", set.join("\n")).contains(word), "{name}: {word}");
        }
        let checkout = text.contains("actions/checkout");
        assert_eq!(checkout, !name.contains("preavis-post"), "{name}");
        assert!(
            !checkout || (text.contains("fetch-depth: 0\n") && text.contains("persist-credentials: false\n")),
            "{name}"
        );
    }
}

#[test]
fn both_jobs_of_github_know_each_other() {
    let team = Team::new();
    team.init("--ci github");
    let [check, post] = [FILES[0], FILES[1]].map(|file| yaml::read(&team.place.read(file)));
    assert_eq!(post["on"]["workflow_run"]["workflows"][0], check["name"]);
    // A required status that is never written blocks for ever: every pull request is judged.
    let on = serde_json::json!({"pull_request": null, "merge_group": null, "push": {"branches": ["main"]}});
    assert_eq!(check["on"], on);
    let artifact = |job: &Value, action: &str| {
        let steps = job["steps"].as_array().unwrap().clone();
        let step = steps.into_iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.starts_with(action)));
        step.unwrap()["with"]["name"].clone()
    };
    let left = artifact(&check["jobs"]["check"], "actions/upload-artifact@");
    assert_eq!(left, artifact(&post["jobs"]["post"], "actions/download-artifact@"));
}
