//! `preavis init`: the configuration with the documents that are there, and a CI job. Never overwrites.

use std::fmt::Write as _;
use std::io::Write;

use super::args::InitArgs;
use super::exit::Exit;
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::compare::{Asked, contracts_of};
use crate::config::Config;
use crate::project::CONFIG;
use crate::render::plain_line;

const JOB: &str = ".github/workflows/preavis.yml";

pub(super) fn run(args: &InitArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let tree = project.resolver.work_tree()?;
    let (paths, config) = (project.paths(&args.spec)?, Config::default());
    let found = contracts_of(&tree, Asked { config: &config, specs: &paths, lang: project.lang, renamed: None })?;
    let mut text = include_str!("../../templates/init/preavis.toml").to_owned();
    // What cannot be read now would stop every comparison later.
    for (api, contract) in found {
        let comment = plain_line(&contract.title);
        let comment = if comment.is_empty() { comment } else { format!("  # {comment}") };
        let _ = write!(text, "\n[[api]]\nid = {}{comment}\npath = {}\n", quoted(&api.id), quoted(api.path()));
    }
    let held = project.files.lock(CONFIG, &project.asker)?;
    let (mut said, mut new) = (String::new(), Vec::new());
    for (path, content) in [(CONFIG, text.as_str()), (JOB, include_str!("../../templates/init/preavis.yml"))] {
        let is_there = project.files.has(path)?;
        let _ = writeln!(said, "{} {path}", if is_there { "kept " } else { "wrote" });
        if !is_there {
            new.push((path, content));
        }
    }
    project.files.create(&new)?;
    drop(held);
    said.push_str("\nCommit both files, then try `preavis diff`.\n");
    output::write(out, Form::Text, &said)?;
    Ok(Exit::Clear)
}

/// A string of TOML; JSON's escapes are all TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
