//! `preavis init`: the configuration with the documents that are there, and the job of CI that fits. Asks nothing and never
//! overwrites.

use std::fmt::Write as _;
use std::io::Write;

use super::args::InitArgs;
use super::exit::Exit;
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::compare::{Api, Asked, contracts_of};
use crate::config::Config;
use crate::contract::Contract;
use crate::project::{Author, CONFIG, Project};
use crate::rules::Reading;
use crate::source::git::Repo;
use crate::text::{Lang, put, word};
use signs::Home;

mod config;
mod jobs;
mod origin;
mod signs;
mod stages;

pub(super) use origin::Origin;

const GITLAB_CI: &str = ".gitlab-ci.yml";

pub(super) fn run(args: &InitArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let tree = project.resolver.work_tree()?;
    let repo = project.resolver.repository()?;
    let (paths, plain) = (project.paths(&args.spec)?, Config::default());
    // What cannot be read now would stop every comparison later.
    let apis = contracts_of(
        &tree,
        Asked {
            config: &plain,
            specs: &paths,
            lang: project.lang,
            reading: Reading::default(),
            renamed: None,
            cache: None,
            progress: None,
        },
    )?;
    let (homes, guessed) = signs::homes(args.ci, &project, repo.origin().as_deref())?;
    let (production, branch) = (signs::production(&repo), signs::default_branch(&repo));
    let lang = signs::language(apis.iter().map(|(_, contract)| contract));
    let text = config::text(&config::Shown { lang, production: production.as_deref(), apis: &apis });

    let held = project.files.lock(CONFIG, &project.asker)?;
    let own = project.files.read(GITLAB_CI, Author::People).ok().flatten();
    let stage = stages::of(own.as_deref().unwrap_or_default());
    let mut files = vec![(CONFIG, text)];
    files.extend(homes.iter().flat_map(|home| jobs::files(*home, args.from.as_ref(), (branch, &stage))));
    let mut said = written(&project, &files)?;
    drop(held);

    let has = |wanted: &[Home]| homes.iter().any(|home| wanted.contains(home));
    let included = own.as_deref().is_none_or(|text| text.contains(".gitlab/preavis.yml"));
    let steps = [
        ("guessed", guessed),
        ("include", has(&[Home::GitLab]) && !included),
        ("from", !homes.is_empty() && args.from.is_none()),
        ("commit", true),
        ("post", has(&[Home::GitHub])),
        ("require-status", has(&[Home::GitHub, Home::Forgejo, Home::Gitea])),
        ("require-pipeline", has(&[Home::GitLab])),
        ("adopt", production.is_some_and(|name| differ(&repo, &name, &apis))),
    ];
    said.push_str(&next(project.lang, &steps));
    output::write(out, Form::Text, &said)?;
    Ok(Exit::Clear)
}

/// Writes what is not there yet, and says of each file which it was.
fn written(project: &Project, files: &[(&str, String)]) -> anyhow::Result<String> {
    let (mut said, mut new) = (String::new(), Vec::new());
    for (path, content) in files {
        let is_there = project.files.has(path)?;
        let verb = word(project.lang, "init", if is_there { "kept" } else { "wrote" });
        let _ = writeln!(said, "{verb} {path}");
        if !is_there {
            new.push((*path, content.as_str()));
        }
    }
    project.files.create(&new)?;
    Ok(said)
}

/// Whether production has another version of a document, or of a file beside it, than what is checked out.
fn differ(repo: &Repo, production: &str, apis: &[(Api, Contract)]) -> bool {
    let (Ok(Some(one)), Ok(Some(two))) = (repo.try_resolve(production), repo.try_resolve("HEAD")) else { return false };
    let same = |path: &str| {
        let beside = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
        repo.same_under(&one, &two, beside).unwrap_or(false)
    };
    !apis.iter().all(|(api, _)| same(api.path()))
}

/// What is left to do by people: of all steps those that hold.
fn next(lang: Lang, steps: &[(&str, bool)]) -> String {
    let include = jobs::INCLUDE.lines().fold(String::new(), |text, line| text + "\n    " + line);
    let mut out = "\n".to_owned();
    for (key, _) in steps.iter().filter(|(_, holds)| *holds) {
        let _ = writeln!(out, "- {}", put(word(lang, "init", key), &[("include", &include)]));
    }
    out
}
