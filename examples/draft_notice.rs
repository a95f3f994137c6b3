//! Drafts the notices of what breaks, or may, between two versions of a repository, and writes them into it:
//! `cargo run --example draft_notice -- REPOSITORY BASE HEAD TODAY`.
#![allow(clippy::print_stdout, reason = "a program prints")]

use std::error::Error;

use preavis::{Date, Level, Project};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [repository, base, head, today] = arguments.as_slice() else {
        return Err("usage: draft_notice REPOSITORY BASE HEAD TODAY".into());
    };
    let today: Date = today.parse()?;

    let project = Project::open(repository)?;
    let drafts = project.draft_notices(base, head, Level::Risky, today)?;
    for draft in &drafts {
        println!("{}.md: {} changes\n\n{}", draft.stem, draft.changes, draft.text);
    }
    // What a draft says is a proposal: it is announced once people have edited it and set its days.
    project.write_notices(&drafts)?;
    Ok(())
}
