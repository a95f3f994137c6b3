//! `preavis init`: the configuration with the documents that are there, and a CI job. Never overwrites.

use std::fmt::Write as _;
use std::io::Write;

use super::args::InitArgs;
use super::compare::Reader;
use super::error::CliError;
use super::exit::Exit;
use super::output;
use super::pairs::{slug, unique};
use super::session;
use super::specs::Sniffer;
use super::surroundings::Surroundings;
use crate::project::CONFIG;

const JOB: &str = ".github/workflows/preavis.yml";

pub(super) fn run(args: &InitArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let session = session::open(&args.common, surroundings)?;
    let tree = session.workplace.work_tree()?;
    let specs = if args.spec.is_empty() { Sniffer::default().found(&tree)? } else { args.spec.clone() };
    if specs.is_empty() {
        return Err(CliError::NoDocument { versions: tree.label }.into());
    }
    let mut reader = Reader::default();
    let mut known: Vec<String> = Vec::new();
    let mut text = include_str!("../../templates/init/preavis.toml").to_owned();
    for path in &specs {
        // What cannot be read now would stop every comparison later.
        let contract = reader.contract(&tree, path)?;
        let id = unique(&slug(path), &known);
        let comment = contract.title.replace(char::is_control, " ");
        let comment = if comment.is_empty() { comment } else { format!("  # {comment}") };
        let _ = write!(text, "\n[[api]]\nid = {}{comment}\npath = {}\n", quoted(&id), quoted(path));
        known.push(id);
    }
    let (mut said, mut new) = (String::new(), Vec::new());
    for (path, content) in [(CONFIG, text.as_str()), (JOB, include_str!("../../templates/init/preavis.yml"))] {
        let is_there = session.files.has(path)?;
        let _ = writeln!(said, "{} {path}", if is_there { "kept " } else { "wrote" });
        if !is_there {
            new.push((path, content));
        }
    }
    session.files.create(&new)?;
    said.push_str("\nCommit both files, then try `preavis diff`.\n");
    output::write(out, &said)?;
    Ok(Exit::Clear)
}

/// A string of TOML; JSON's escapes are all TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
