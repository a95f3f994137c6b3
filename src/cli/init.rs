//! `preavis init`: the configuration with the documents that are there, and a CI job. Never overwrites.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::args::InitArgs;
use super::error::CliError;
use super::exit::Exit;
use super::output;
use super::session::{CONFIG, Session, root};
use super::surroundings::Surroundings;
use crate::compare::{Asked, contracts_of};
use crate::config::Config;

const JOB: &str = ".github/workflows/preavis.yml";

pub(super) fn run(args: &InitArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let session = Session::open(&args.common, surroundings)?;
    let tree = session.workplace.work_tree()?;
    let (paths, config) = (session.paths(&args.spec)?, Config::default());
    let found = contracts_of(&tree, Asked { config: &config, specs: &paths, lang: session.lang })?;
    let mut text = include_str!("../../templates/init/preavis.toml").to_owned();
    // What cannot be read now would stop every comparison later.
    for (api, contract) in found {
        let comment = contract.title.replace(char::is_control, " ");
        let comment = if comment.is_empty() { comment } else { format!("  # {comment}") };
        let _ = write!(text, "\n[[api]]\nid = {}{comment}\npath = {}\n", quoted(&api.id), quoted(api.path()));
    }
    let top = root(&session.workplace);
    let mut said = String::new();
    for (path, content) in [(CONFIG, text.as_str()), (JOB, include_str!("../../templates/init/preavis.yml"))] {
        let word = if create(&top, path, content)? { "wrote" } else { "kept " };
        let _ = writeln!(said, "{word} {path}");
    }
    said.push_str("\nCommit both files, then try `preavis diff`.\n");
    output::write(out, &said)?;
    Ok(Exit::Clear)
}

/// A string of TOML; JSON's escapes are all TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes a file that does not exist yet; false where one does.
fn create(top: &Path, path: &str, content: &str) -> Result<bool, CliError> {
    let failed = |source| CliError::Write { path: path.to_owned(), source };
    let full = top.join(path);
    fs::create_dir_all(full.parent().unwrap_or(top)).map_err(failed)?;
    match OpenOptions::new().write(true).create_new(true).open(&full) {
        Ok(mut file) => file.write_all(content.as_bytes()).map(|()| true).map_err(failed),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}
