//! Where results go: standard output, or a file that is replaced at once or not at all.

use std::io::{ErrorKind, Write};
use std::path::Path;

use super::error::CliError;
use crate::project::Project;

/// Writes a result to a file where one was named, else to standard output.
pub(super) fn put(project: &Project, file: Option<&Path>, out: &mut dyn Write, text: &str) -> anyhow::Result<()> {
    match file {
        Some(file) => Ok(project.files.write_named(file, text)?),
        None => write(out, text),
    }
}

/// Writes a result. A reader that has seen enough and closed the pipe is no error.
pub(super) fn write(out: &mut dyn Write, text: &str) -> anyhow::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CliError::Write { path: "standard output".to_owned(), source: error }.into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
