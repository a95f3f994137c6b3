//! What a repository shows of itself: its forge, its production branch, the language of its API.

use url::Url;

use crate::cli::args::Ci;
use crate::contract::Contract;
use crate::project::Project;
use crate::source::git::Repo;
use crate::spec::{FileIx, Key, Kind, Loc, NodeIx};
use crate::text::Lang;

/// Where a job is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Home {
    /// `.github/workflows`
    GitHub,
    /// `.gitlab`, and `.gitlab-ci.yml`, which includes it
    GitLab,
    /// `.forgejo/workflows`
    Forgejo,
    /// `.gitea/workflows`
    Gitea,
}

/// The homes that fit, and whether they are a mere guess.
pub(super) fn homes(asked: Option<Ci>, project: &Project, origin: Option<&str>) -> anyhow::Result<(Vec<Home>, bool)> {
    let there = |path: &str| project.files.is_there(path);
    let forgejo = if there(".gitea")? && !there(".forgejo")? { Home::Gitea } else { Home::Forgejo };
    let asked = match asked {
        Some(Ci::None) => return Ok((Vec::new(), false)),
        Some(Ci::Github) => Some(Home::GitHub),
        Some(Ci::Gitlab) => Some(Home::GitLab),
        Some(Ci::Forgejo) => Some(forgejo),
        None => None,
    };
    // Pull requests are made where `origin` is; files of other forges may be there for a mirror.
    if let Some(home) = asked.or_else(|| of_host(&host(origin?)?, forgejo)) {
        return Ok((vec![home], false));
    }
    let signs =
        [(".github", Home::GitHub), (".gitlab-ci.yml", Home::GitLab), (".forgejo", forgejo), (".gitea", forgejo)];
    let mut found = Vec::new();
    for (path, home) in signs {
        if there(path)? && !found.contains(&home) {
            found.push(home);
        }
    }
    Ok(if found.is_empty() { (vec![Home::GitHub], true) } else { (found, false) })
}

fn of_host(host: &str, forgejo: Home) -> Option<Home> {
    let has = |name: &str| host.split(['.', '-']).any(|part| part == name);
    if has("github") || host.ends_with(".ghe.com") {
        Some(Home::GitHub)
    } else if has("gitlab") {
        Some(Home::GitLab)
    } else if has("gitea") {
        Some(Home::Gitea)
    } else if has("forgejo") || has("codeberg") {
        Some(forgejo)
    } else {
        None
    }
}

/// The server of a remote: of a URL, or of `git@host:path`.
fn host(origin: &str) -> Option<String> {
    if origin.contains("://") {
        return Some(Url::parse(origin).ok()?.host_str()?.to_ascii_lowercase());
    }
    let (before, _) = origin.split_once(':').filter(|(before, _)| !before.contains('/'))?;
    Some(before.rsplit('@').next()?.to_ascii_lowercase())
}

/// What teams call the branch that production runs.
const PRODUCTION: [&str; 4] = ["production", "prod", "live", "release"];

/// The ref that production runs, where a branch is called so. A branch that only this clone has is none for CI, but where
/// nothing else is known.
pub(super) fn production(repo: &Repo) -> Option<String> {
    let prefixes: &[(&str, &str)] =
        if repo.origin().is_some() { &[("refs/remotes/origin/", "origin/")] } else { &[("refs/heads/", "")] };
    let named = prefixes
        .iter()
        .flat_map(|(full, short)| PRODUCTION.map(|name| (format!("{full}{name}"), format!("{short}{name}"))));
    named.into_iter().find(|(full, _)| matches!(repo.try_resolve(full), Ok(Some(_)))).map(|(_, short)| short)
}

/// What teams call the branch that changes go to.
const DEFAULT: [&str; 5] = ["main", "master", "develop", "trunk", "dev"];

/// The name of the branch that changes go to: the one that the server says, where it is called as usual, else the first one
/// that is there.
pub(super) fn default_branch(repo: &Repo) -> &'static str {
    let tip = |name: &str| repo.try_resolve(name).ok().flatten().map(|commit| commit.id);
    let named = |of: &str| DEFAULT.into_iter().find(|name| tip(&format!("{of}{name}")).is_some());
    let said = tip("refs/remotes/origin/HEAD");
    let as_said =
        DEFAULT.into_iter().find(|name| said.is_some() && tip(&format!("refs/remotes/origin/{name}")) == said);
    as_said.or_else(|| named("refs/remotes/origin/")).or_else(|| named("refs/heads/")).unwrap_or(DEFAULT[0])
}

/// Words that are common in the one language and none in the other, nor in those close to it.
const FRENCH: &[&str] = &[
    "les", "des", "du", "une", "et", "pour", "dans", "avec", "sur", "est", "sont", "aux", "qui", "cette", "ou", "leur",
];
const ENGLISH: &[&str] =
    &["the", "of", "and", "to", "for", "with", "by", "is", "are", "this", "that", "from", "an", "or"];

/// The language in which documents speak to people, where their titles and descriptions show one.
pub(super) fn language<'c>(contracts: impl Iterator<Item = &'c Contract>) -> Option<Lang> {
    let (mut french, mut english) = (0_usize, 0_usize);
    for contract in contracts {
        each_text(contract, &mut |text| {
            for word in text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase) {
                french += usize::from(FRENCH.contains(&word.as_str()));
                english += usize::from(ENGLISH.contains(&word.as_str()));
            }
        });
    }
    match french.cmp(&english) {
        std::cmp::Ordering::Greater => Some(Lang::Fr),
        std::cmp::Ordering::Less => Some(Lang::En),
        std::cmp::Ordering::Equal => None,
    }
}

/// Every title, summary and description of a document.
fn each_text(contract: &Contract, say: &mut dyn FnMut(&str)) {
    let document = &contract.document;
    let mut open: Vec<Loc> = (0..document.files().len())
        .filter_map(|ix| Some(Loc { file: FileIx(u32::try_from(ix).ok()?), node: NodeIx::ROOT }))
        .collect();
    while let Some(at) = open.pop() {
        if document.kind(at) == Kind::Object {
            [Key::TITLE, Key::SUMMARY, Key::DESCRIPTION]
                .iter()
                .filter_map(|key| document.string(at, *key))
                .for_each(&mut *say);
        }
        open.extend(document.children(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_names_its_forge() {
        for (origin, home) in [
            ("https://github.com/o/r.git", Some(Home::GitHub)),
            ("git@github.com:o/r.git", Some(Home::GitHub)),
            ("ssh://git@gitlab.example.org:2222/o/r", Some(Home::GitLab)),
            ("https://my-gitlab.example/o/r", Some(Home::GitLab)),
            ("git@codeberg.org:o/r", Some(Home::Forgejo)),
            ("https://gitea.example/o/r", Some(Home::Gitea)),
            ("https://git.example/github/r", None),
            ("https://notgithub.example/o/r", None),
            ("/srv/github.com/r.git", None),
            ("../github:r", None),
            ("file:///srv/r.git", None),
            ("", None),
        ] {
            assert_eq!(host(origin).and_then(|host| of_host(&host, Home::Forgejo)), home, "{origin}");
        }
    }
}
