//! Exit codes, and how an error is told: what, where, and the way out.

use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

use super::error::CliError;
use crate::audience::UsageError;
use crate::audience::logs::FormatError;
use crate::compare::CompareError;
use crate::project::ProjectError;
use crate::publish::site::FolderError;
use crate::source::SourceError;
use crate::source::confined::ConfinedError;
use crate::text::{InputError, shown};

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
    let mut err = anstream::stderr().lock();
    // Nobody is left to be told where stderr is closed.
    let _ = writeln!(err, "\u{1b}[1;31merror:\u{1b}[0m {}", shown(&format!("{error:#}")));
    if let Some(advice) = advice(error) {
        let _ = writeln!(err, "\u{1b}[1;36mhelp:\u{1b}[0m {}", shown(&advice));
    }
}

/// Writes `warning: …` on stderr for each.
pub(super) fn warn(warnings: impl IntoIterator<Item = impl Display>) {
    for warning in warnings {
        let _ = writeln!(anstream::stderr().lock(), "\u{1b}[1;33mwarning:\u{1b}[0m {}", shown(&warning.to_string()));
    }
}

fn advice(error: &anyhow::Error) -> Option<String> {
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
            error.advice()
        } else if let Some(error) = cause.downcast_ref::<ConfinedError>() {
            error.advice().map(str::to_owned)
        } else {
            cause.downcast_ref::<CliError>().and_then(CliError::advice)
        }
    })
}
