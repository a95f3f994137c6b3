//! What CI says of a job, and what it is told beside the result: the summary of the step, and outputs for the steps after it.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use super::error::CliError;
use super::exit;
use super::surroundings::Surroundings;
use crate::gate::show::{self, CheckReport, output_file, outputs};
use crate::project::CiBase;
use crate::source::confined;

/// The event of a run, as far as it is read.
const MAX_EVENT: u64 = 16 << 20;

/// The base of a change as GitLab and the merge queue of GitHub name it. Whoever `named` one asks for no other.
///
/// # Errors
/// Where a merge queue asks and its event does not say what it builds upon.
pub(super) fn base(surroundings: &Surroundings, named: bool) -> Result<CiBase, CliError> {
    let queued = set(surroundings, "GITHUB_EVENT_NAME").is_some_and(|name| name == "merge_group");
    let read = || {
        let event: serde_json::Value = serde_json::from_str(&event(surroundings)?).ok()?;
        Some(event.pointer("/merge_group/base_sha")?.as_str()?.to_owned())
    };
    let queue = if queued { read() } else { None };
    if queued && queue.is_none() && !named {
        return Err(CliError::NoQueueBase);
    }
    Ok(CiBase { queue, fallback: set(surroundings, "CI_MERGE_REQUEST_DIFF_BASE_SHA") })
}

/// The event of a run of GitHub, Gitea or Forgejo.
pub(super) fn event(surroundings: &Surroundings) -> Option<String> {
    let path = set(surroundings, "GITHUB_EVENT_PATH")?;
    String::from_utf8(confined::read_named(Path::new(&path), MAX_EVENT).ok()??).ok()
}

/// Appends to the files that the runner names. That one of them cannot be written changes no decision; it is told.
pub(super) fn hand_on(report: &CheckReport, options: &show::Options, surroundings: &Surroundings) {
    if let Some(file) = set(surroundings, "GITHUB_STEP_SUMMARY") {
        append(Path::new(&file), &show::summary(report, options));
    }
    if let Some(file) = set(surroundings, "GITHUB_OUTPUT") {
        append(Path::new(&file), &output_file(&outputs(report)));
    }
}

/// Whether a runner reads anything of that.
pub(super) fn is_asked(surroundings: &Surroundings) -> bool {
    ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"].iter().any(|name| set(surroundings, name).is_some())
}

/// A variable that is set to something.
fn set(surroundings: &Surroundings, name: &str) -> Option<String> {
    (surroundings.variable)(name).filter(|value| !value.is_empty())
}

fn append(file: &Path, text: &str) {
    let opened = OpenOptions::new().append(true).create(true).open(file);
    if let Err(error) = opened.and_then(|mut file| file.write_all(text.as_bytes())) {
        exit::warn([format!("cannot write `{}`: {error}", file.display())]);
    }
}
