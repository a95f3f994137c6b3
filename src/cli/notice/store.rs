//! The notices of the work tree, and the facts beside each.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;

use super::super::error::CliError;
use crate::notice::{FOLDER, Ledger, Notice};
use crate::report::Report;

/// The notices below the top of a work tree.
pub(in crate::cli) fn ledger(top: &Path) -> anyhow::Result<Ledger> {
    let entries = match fs::read_dir(top.join(FOLDER)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Ledger::default()),
        read => read.map_err(unread(FOLDER))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let name = entry.map_err(unread(FOLDER))?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|end| end == "md") && !name.starts_with(['.', '_']) {
            let path = format!("{FOLDER}/{name}");
            let text = fs::read_to_string(top.join(&path)).map_err(unread(&path))?;
            files.push((path, text));
        }
    }
    files.sort();
    Ok(Ledger::parse(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))?)
}

/// The report of the changes a notice covers and of what came beside them, as it was when the notice was drafted; nothing
/// where it has none.
pub(in crate::cli) fn facts(top: &Path, notice: &Notice) -> anyhow::Result<Option<Report>> {
    let path = facts_path(notice);
    let text = match fs::read_to_string(top.join(&path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => read.map_err(unread(&path))?,
    };
    let report: Report = serde_json::from_str(&text)
        .with_context(|| format!("{path} is no report; remove it, and facts are taken from the history"))?;
    Ok(Some(report))
}

/// Of a report the changes that a notice covers.
pub(in crate::cli) fn covered(notice: &Notice, report: &Report) -> Report {
    report.clone().only(&|change| notice.front.covers.contains(&change.fingerprint))
}

/// Where the facts of a notice are.
pub(super) fn facts_path(notice: &Notice) -> String {
    format!("{FOLDER}/{}.json", notice.stem())
}

fn unread(path: &str) -> impl Fn(std::io::Error) -> CliError {
    move |source| CliError::Read { path: path.to_owned(), source }
}
