//! What a scan found.

use super::{count, of, say};
use crate::audience::Evidence;
use crate::audience::scan::{Found, Refusal};
use crate::render::page::{Cell, Page, Section, render};
use crate::render::{Format, Options};
use crate::text::{json, put};

/// What a scan found.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
#[schemars(title = "preavis usage scan --format json")]
pub struct Scanned {
    /// The version of this format: 1.
    pub version: u32,
    /// How we know: inferred.
    pub evidence: Evidence,
    /// The folder as it was given.
    pub folder: String,
    /// How many files were read.
    pub files: u64,
    /// How many were too large or no text.
    pub skipped: u64,
    /// One entry a changed name.
    pub names: Vec<ScannedName>,
}

/// A changed name, and where it stands.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
pub struct ScannedName {
    /// What changed, in the language asked for.
    pub changes: Vec<String>,
    /// The fingerprints of these changes.
    pub fingerprints: Vec<String>,
    /// What was found.
    #[serde(flatten)]
    pub found: Found,
}

/// The JSON Schema of [`Scanned`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn scanned_schema() -> String {
    crate::json_schema::of_output::<Scanned>()
}

/// What a scan found.
pub fn scanned(scanned: &Scanned, format: Format, options: &Options) -> String {
    if format == Format::Json {
        return json::pretty(scanned);
    }
    let lang = options.lang;
    let mut page = Page { title: put(&say(lang, "scan-title"), &[("folder", &scanned.folder)]), ..Page::default() };
    page.notes.push(count(lang, "files", scanned.files));
    if scanned.skipped > 0 {
        page.notes.push(count(lang, "skipped", scanned.skipped));
    }
    page.notes.push(say(lang, "scan-inferred"));
    let (told, silent): (Vec<_>, Vec<_>) = scanned.names.iter().partition(|name| !name.found.candidates.is_empty());
    for name in told {
        let columns = vec![count(lang, "lines", of(name.found.lines))];
        let place = |file: &str, line: usize| vec![Cell::code(format!("{file}:{line}"))];
        let rows = name.found.candidates.iter().map(|candidate| place(&candidate.file, candidate.line)).collect();
        let (title, notes) = (name.found.word.clone(), name.changes.clone());
        page.sections.push(Section { title, notes, columns, rows, ..Section::default() });
    }
    for (refusal, key) in [
        (None, "not-found"),
        (Some(Refusal::Common), "too-common"),
        (Some(Refusal::Frequent), "too-frequent"),
        (Some(Refusal::Generic), "too-generic"),
    ] {
        let names: Vec<String> = silent
            .iter()
            .filter(|name| name.found.refused == refusal)
            .map(|name| format!("`{}`", name.found.word))
            .collect();
        if !names.is_empty() {
            page.notes.push(put(&say(lang, key), &[("names", &names.join(", "))]));
        }
    }
    render(page, format, options)
}
