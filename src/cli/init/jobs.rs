//! The jobs of CI that `preavis init` writes: which files, and what stands in them.

use super::origin::Origin;
use super::signs::Home;
use crate::text::put;

/// Actions of GitHub's own by commit, so that nobody can put something else in their place.
const ACTIONS: [(&str, &str); 5] = [
    ("checkout", "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"),
    ("restore", "actions/cache/restore@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3"),
    ("save", "actions/cache/save@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3"),
    ("upload", "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0"),
    ("download", "actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0"),
];

/// Puts preavis in place; the same for every forge.
const INSTALL: &str = include_str!("../../../templates/init/install.sh");
const RESTORE: &str = include_str!("../../../templates/init/cache-restore.yml");
const SAVE: &str = include_str!("../../../templates/init/cache-save.yml");
const GITHUB: &str = include_str!("../../../templates/init/github.yml");
const GITHUB_POST: &str = include_str!("../../../templates/init/github-post.yml");
const GITHUB_RECHECK: &str = include_str!("../../../templates/init/github-recheck.yml");
const GITLAB: &str = include_str!("../../../templates/init/gitlab.yml");
const FORGEJO: &str = include_str!("../../../templates/init/forgejo.yml");

/// What includes the job of GitLab; the file that GitLab reads may have been there before.
pub(super) const INCLUDE: &str = "include:\n  - local: .gitlab/preavis.yml\n";

/// The image in which Rust is installed, with git and curl; and one with git and curl alone.
const RUST: &str = "rust:1-bookworm";
const SHELL: &str = "buildpack-deps:bookworm-scm";

/// The files of a home, `(path, text)`, the first of them the job: for a default branch and, on GitLab, a stage.
pub(super) fn files(home: Home, from: Option<&Origin>, (branch, stage): (&str, &str)) -> Vec<(&'static str, String)> {
    match home {
        Home::GitHub => vec![
            (".github/workflows/preavis.yml", github(GITHUB, from, branch)),
            (".github/workflows/preavis-post.yml", github(GITHUB_POST, from, branch)),
            (".github/workflows/preavis-recheck.yml", github(GITHUB_RECHECK, from, branch)),
        ],
        Home::GitLab => {
            vec![(".gitlab/preavis.yml", gitlab(from, stage)), (".gitlab-ci.yml", INCLUDE.to_owned())]
        }
        Home::Forgejo => vec![(".forgejo/workflows/preavis.yml", forgejo(from, "docker"))],
        Home::Gitea => vec![(".gitea/workflows/preavis.yml", forgejo(from, "ubuntu-latest"))],
    }
}

/// What the job is told of where preavis comes from.
fn variable(from: Option<&Origin>) -> String {
    from.map_or_else(|| "${{ vars.PREAVIS_FROM }}".to_owned(), |from| format!("'{}'", from.as_str()))
}

/// Whether preavis is, or may be, built.
fn is_built(from: Option<&Origin>) -> bool {
    !matches!(from, Some(Origin::Release(_)))
}

fn github(template: &str, from: Option<&Origin>, branch: &str) -> String {
    // What is kept for the default branch serves every pull request; what is kept for one of them serves no other.
    let push = format!("# What is built there is kept for every pull request.\npush:\n  branches: [{branch}]\n");
    let (push, restored, saved) = if is_built(from) {
        (push, put(RESTORE, &ACTIONS), put(SAVE, &ACTIONS))
    } else {
        (String::new(), String::new(), String::new())
    };
    let from = variable(from);
    let text = put(template, &[&ACTIONS[..], &[("from", &from)]].concat());
    laid_out(&text, &[("install", INSTALL), ("push", &push), ("restored", &restored), ("saved", &saved)])
}

fn gitlab(from: Option<&Origin>, stage: &str) -> String {
    let cache = if is_built(from) { "cache:\n  key: preavis\n  paths: [.preavis/]\n  when: always\n" } else { "" };
    let named = from.map(|from| format!("PREAVIS_FROM: '{}'", from.as_str()));
    let named = named.as_deref().unwrap_or("# PREAVIS_FROM: Settings, CI/CD, Variables.");
    let image = if is_built(from) { RUST } else { SHELL };
    let text = put(GITLAB, &[("stage", stage), ("image", image)]);
    laid_out(&text, &[("install", INSTALL), ("kept", cache), ("from", named)])
}

fn forgejo(from: Option<&Origin>, runner: &str) -> String {
    let (container, needs) =
        if is_built(from) { (format!("container: {RUST}"), "Rust") } else { (String::new(), "curl") };
    let text = put(FORGEJO, &[("from", &variable(from)), ("runner", runner), ("needs", needs)]);
    let built = if is_built(from) {
        "# Every run builds preavis; a release (`--from https://…`) takes a second."
    } else {
        ""
    };
    laid_out(&text, &[("install", INSTALL), ("container", &container), ("built", built)])
}

/// A template in which a line `{name}` is replaced by the lines of a block, each as far in; by nothing where it is empty.
fn laid_out(template: &str, blocks: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for line in template.lines() {
        let name = line.trim().strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        let block = blocks.iter().find(|(known, _)| Some(*known) == name);
        let Some((_, block)) = block else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let indent = &line[..line.len() - line.trim_start().len()];
        for line in block.lines() {
            out.push_str(if line.is_empty() { "" } else { indent });
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
