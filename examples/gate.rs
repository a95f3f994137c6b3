//! A gate of one's own: refuses what breaks partners, but for operations under `/internal/`, which none of them calls.
//! `cargo run --example gate -- REPOSITORY BASE HEAD TODAY` exits with 1 where the gate is closed, with 2 where it cannot
//! tell.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::error::Error;
use std::process::ExitCode;

use preavis::report::Change;
use preavis::{CompareOptions, Date, Format, Level, Project, RenderOptions, Report, render};

fn main() -> ExitCode {
    match refused() {
        Ok(report) if report.apis.is_empty() => ExitCode::SUCCESS,
        Ok(report) => {
            print!("{}", render(&report, Format::Markdown, &RenderOptions::default()));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Of what changed, what the gate does not let pass.
fn refused() -> Result<Report, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [repository, base, head, today] = arguments.as_slice() else {
        return Err("usage: gate REPOSITORY BASE HEAD TODAY".into());
    };
    let today: Date = today.parse()?;

    // Levels that the team decided otherwise stand in its `preavis.toml` and hold here too.
    let found = Project::open(repository)?.compare(base, head, &CompareOptions::new(today))?;
    Ok(found.report.only(&|change| change.level == Level::Breaking && !is_internal(change)))
}

/// The first 20 operations that a change reaches stand beside it; of more, some are partners' for sure.
fn is_internal(change: &Change) -> bool {
    let all = usize::try_from(change.operations_total) == Ok(change.operations.len());
    all && change.operations.iter().all(|operation| operation.path.starts_with("/internal/"))
}
