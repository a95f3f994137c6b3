//! Compares each commit of a history with the one before and prints a line a commit: counts by level, and with
//! `--changes` each change above `docs`. Exits 2 where a comparison fails; unreadable versions are named and skipped.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use preavis::contract::{self, Contract};
use preavis::diff::{self, Changes, Options};
use preavis::rules::{self, Level};
use preavis::source::git::Repo;
use preavis::spec::{Limits, ParseCache, load};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [repo, reference, spec, rest @ ..] = arguments.as_slice() else {
        let _ = writeln!(std::io::stderr(), "usage: replay REPO REF SPEC [--changes]");
        return ExitCode::from(2);
    };
    match replay(Path::new(repo), reference, spec, rest.iter().any(|word| word == "--changes")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

fn replay(repo: &Path, reference: &str, spec: &str, show: bool) -> Result<(), Box<dyn std::error::Error>> {
    let repo = Repo::discover(&std::path::absolute(repo)?, false)?;
    let head = repo.resolve(reference)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut shelf, limits) = (ParseCache::default(), Limits::default());
    let mut last: Option<Contract> = None;
    for entry in repo.history(None, &head, false, &[])? {
        let at = format!("{} {}", entry.commit.short_id(), entry.commit.date);
        let document = match load(&repo.snapshot(&entry.commit), spec, &mut shelf, &limits) {
            Ok(document) => document,
            Err(error) => {
                writeln!(out, "{at} unreadable: {error}")?;
                continue;
            }
        };
        shelf.keep_last(2);
        let contract = contract::read(Arc::new(document));
        if let Some(base) = &last {
            let changes = diff::compare(base, &contract, &Options::on(entry.commit.date));
            write_counts(&mut out, &at, &changes, show)?;
        }
        last = Some(contract);
    }
    Ok(())
}

fn write_counts(
    out: &mut impl Write,
    at: &str,
    changes: &Changes,
    show: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut counts = [0_usize; 4];
    let mut lines = Vec::new();
    for change in &changes.list {
        let (rule, level) =
            rules::judge(change).ok_or(format!("no rule for {} at {}", change.coordinate(), change.address))?;
        counts[Level::ALL.iter().position(|known| *known == level).unwrap_or(3)] += 1;
        if show && level < Level::Docs {
            lines.push(
                format!("  {} {} {} {}", level.as_str(), rule.id, change.address, change.subject).trim_end().to_owned(),
            );
        }
    }
    lines.sort();
    writeln!(out, "{at} {} {} {} {}", counts[0], counts[1], counts[2], counts[3])?;
    lines.into_iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(())
}
