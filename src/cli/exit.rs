//! Exit codes, and how an error is told: what, where, and the way out.

use std::io::Write;
use std::process::ExitCode;

use super::error::CliError;
use crate::audience::UsageError;
use crate::audience::logs::FormatError;
use crate::compare::CompareError;
use crate::publish::site::FolderError;
use crate::source::{SourceError, Version};
use crate::text::InputError;

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
    let _ = writeln!(err, "\u{1b}[1;31merror:\u{1b}[0m {error:#}");
    if let Some(advice) = advice(error) {
        let _ = writeln!(err, "\u{1b}[1;36mhelp:\u{1b}[0m {advice}");
    }
}

/// Writes `warning: …` on stderr.
pub(super) fn warn(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "\u{1b}[1;33mwarning:\u{1b}[0m {text}");
}

/// Warns of documents that the configuration names and neither version has.
pub(super) fn warn_absent(absent: &[String], base: &Version, head: &Version) {
    for path in absent {
        warn(&format!("no file `{path}` in {} and {}", base.label, head.label));
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
        } else {
            cause.downcast_ref::<CliError>().and_then(CliError::advice)
        }
    })
}
