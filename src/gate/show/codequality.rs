//! GitLab's Code Quality: a list of what is open or waits, and of what closes.
//!
//! GitLab stops at the first entry without a path or a line, and takes entries with one fingerprint for one: every entry
//! has a real place, and a fingerprint of its own.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Options;
use super::remark::{Remark, Stand, remarks};
use super::result::CheckReport;
use crate::rules::Level;
use crate::text::{Lang, json};

/// An entry, by the fields that GitLab reads.
#[derive(Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
}

/// The list; empty where nothing closes the gate.
pub(super) fn render(report: &CheckReport, options: &Options) -> String {
    let mut seen = BTreeSet::new();
    let all = remarks(report, options.lang);
    let shown = all.iter().filter(|remark| remark.stand.fails());
    let entries: Vec<Entry> = shown.map(|remark| entry(remark, options.lang, &mut seen)).collect();
    json::pretty(&entries)
}

fn entry(remark: &Remark<'_>, lang: Lang, seen: &mut BTreeSet<String>) -> Entry {
    Entry {
        description: remark.message(lang, " → "),
        check_name: remark.rule.clone(),
        fingerprint: unique(remark, seen),
        severity: severity(remark),
        location: Location { path: remark.at.file.clone(), lines: Lines { begin: remark.at.line } },
    }
}

/// The fingerprint, with a number where another entry has it: one change of a file that two APIs share.
fn unique(remark: &Remark<'_>, seen: &mut BTreeSet<String>) -> String {
    let own = remark.identity.clone();
    let numbered = (2..).map(|number: u64| format!("{own}-{number}"));
    let free = std::iter::once(own.clone()).chain(numbered).find(|id| !seen.contains(id)).unwrap_or(own.clone());
    seen.insert(free.clone());
    free
}

fn severity(remark: &Remark<'_>) -> &'static str {
    match (remark.stand, remark.level) {
        (Stand::Waiting, _) => "minor",
        (_, Some(Level::Breaking)) => "critical",
        (_, Some(Level::Risky) | None) => "major",
        (_, Some(Level::Additive | Level::Docs)) => "minor",
    }
}
