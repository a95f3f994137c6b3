//! Exit codes, and how an error is told: what, where, and the way out.
//!
//! Nothing else writes to standard error. Whatever is quoted there, of documents, file names, arguments, servers or git, is
//! no command of CI, acts on no terminal and starts no line.

use std::error::Error;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use super::error::CliError;
use crate::audience::UsageError;
use crate::audience::logs::FormatError;
use crate::compare::CompareError;
use crate::project::ProjectError;
use crate::publish::site::FolderError;
use crate::source::SourceError;
use crate::source::confined::ConfinedError;
use crate::text::commands::{backslashed, disarmed};
use crate::text::{InputError, painted, shown, spelt};

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// 0: clear.
    Clear,
    /// 1: the gate is closed, or `--fail-on` was hit.
    Closed,
    /// 2: could not tell.
    CouldNotTell,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clear => 0,
            Exit::Closed => 1,
            Exit::CouldNotTell => 2,
        })
    }
}

/// Tells an error on stderr.
pub(super) fn fail(error: &anyhow::Error) -> Exit {
    tell(error);
    Exit::CouldNotTell
}

/// Writes `error: …` with its causes, then `help: …`.
pub(super) fn tell(error: &anyhow::Error) {
    say("\u{1b}[1;31merror:\u{1b}[0m", &message(error));
    if let Some(advice) = advice(error, std::io::stderr().is_terminal()) {
        say("\u{1b}[1;36mhelp:\u{1b}[0m", &spelt(&advice));
    }
}

/// An error as others may read it: its message with its causes, and the way out.
pub(super) fn told(error: &anyhow::Error) -> (String, Option<String>) {
    (message(error), advice(error, false))
}

/// Writes `warning: …` on stderr for each.
pub(super) fn warn(warnings: impl IntoIterator<Item = impl Display>) {
    for warning in warnings {
        say("\u{1b}[1;33mwarning:\u{1b}[0m", &spelt(&warning.to_string()));
    }
}

/// Writes lines that are neither an error nor a warning on stderr: what was done, and what a dry run would do.
pub(super) fn note(lines: impl IntoIterator<Item = impl Display>) {
    for line in lines {
        say("\u{1b}[1mnote:\u{1b}[0m", &line.to_string());
    }
}

/// Tells what the parser of arguments said: help and version are results and go to standard output, the rest are errors.
pub(super) fn answer(said: &clap::Error) -> Exit {
    if !said.use_stderr() {
        // Nobody is left to be told where the reader has gone.
        let _ = said.print();
        return Exit::Clear;
    }
    write(&painted(&said.render().ansi().to_string()));
    Exit::CouldNotTell
}

fn say(label: &str, text: &str) {
    write(&format!("{label} {}\n", shown(text)));
}

fn write(text: &str) {
    // Nobody is left to be told where stderr is closed.
    let _ = anstream::stderr().lock().write_all(disarmed(text, backslashed).as_bytes());
}

/// The message with its causes, as `{:#}` has it. Only an error that is laid out over lines has lines of its own.
fn message(error: &anyhow::Error) -> String {
    let said = error.chain().map(|cause| match (is_laid_out(cause), cause.to_string()) {
        (true, said) => said,
        (false, said) => spelt(&said).into_owned(),
    });
    said.collect::<Vec<_>>().join(": ")
}

/// Whether an error is laid out over several lines and spells what it quotes.
fn is_laid_out(cause: &(dyn Error + 'static)) -> bool {
    let compared = |error: &CompareError| matches!(error, CompareError::Unresolved(_));
    let of_project = |error: &ProjectError| {
        matches!(error, ProjectError::Input(_) | ProjectError::Compare(CompareError::Unresolved(_)))
    };
    cause.is::<InputError>()
        || cause.downcast_ref::<CompareError>().is_some_and(compared)
        || cause.downcast_ref::<ProjectError>().is_some_and(of_project)
}

/// The way out. Partners are named on a terminal only: logs of CI may be public.
fn advice(error: &anyhow::Error, on_terminal: bool) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<SourceError>() {
            error.advice()
        } else if let Some(error) = cause.downcast_ref::<CompareError>() {
            error.advice()
        } else if let Some(error) = cause.downcast_ref::<InputError>() {
            error.advice().map(str::to_owned)
        } else if let Some(error) = cause.downcast_ref::<UsageError>() {
            Some(error.advice().to_owned())
        } else if let Some(error) = cause.downcast_ref::<FormatError>() {
            Some(error.advice().to_owned())
        } else if let Some(error) = cause.downcast_ref::<FolderError>() {
            error.advice().map(str::to_owned)
        } else if let Some(error) = cause.downcast_ref::<ProjectError>() {
            if on_terminal { error.advice_in_private() } else { error.advice() }
        } else if let Some(error) = cause.downcast_ref::<ConfinedError>() {
            error.advice().map(str::to_owned)
        } else {
            cause.downcast_ref::<CliError>().and_then(CliError::advice)
        }
    })
}
