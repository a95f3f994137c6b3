//! Attacks the verdict over real API histories and prints one table.
//!
//! usage: `scorecard DATA [--only API] [--places N] [--chains N] [--cuts N] [--pairs N] [--samples N] [--values N] [--oracle N] [--seed N]
//! [--date TEXT] [--details N]`
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for whoever works on this one: what cannot go on says why"
)]
#![allow(dead_code, unused_imports, reason = "the modules are those of the tests, without their tests")]

mod attack;
mod harness;
mod laws;
mod mutations;
mod oracle;
mod random;
mod sites;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;

use attack::meter::Meter;
use attack::score::{Score, table};
use attack::{differential, documents, equivalences, histories, mutants, sampling};
use jiff::civil::Date;
use preavis::contract::{self, Contract};
use preavis::source::git::{HistoryEntry, Repo};
use preavis::spec::{Limits, Shelf, load};
use serde_json::Value;

/// Bundle, branch, document.
const APIS: &[(&str, &str, &str)] = &[
    ("rdv", "production", "swagger/v1/api.json"),
    ("rdv", "production", "swagger/visioplainte/api.json"),
    ("lichess", "master", "doc/specs/lichess-api.yaml"),
    ("moby", "master", "api/swagger.yaml"),
    ("digitalocean", "main", "specification/DigitalOcean-public.v2.yaml"),
    ("large", "main", "github.json"),
    ("large", "main", "stripe.json"),
];

struct Settings {
    data: PathBuf,
    only: Option<String>,
    date: Option<String>,
    places: usize,
    chains: usize,
    cuts: usize,
    pairs: usize,
    samples: usize,
    values: usize,
    oracle: usize,
    details: usize,
    seed: u64,
}

fn settings() -> Option<Settings> {
    let mut words = std::env::args().skip(1);
    let mut out = Settings {
        data: PathBuf::from(words.next()?),
        only: None,
        date: None,
        places: 60,
        chains: 150,
        cuts: 300,
        pairs: 10_000,
        samples: 25,
        values: 60,
        oracle: 20_000,
        details: 5,
        seed: 1,
    };
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--only" => out.only = Some(value),
            "--date" => out.date = Some(value),
            "--places" => out.places = value.parse().ok()?,
            "--chains" => out.chains = value.parse().ok()?,
            "--cuts" => out.cuts = value.parse().ok()?,
            "--samples" => out.samples = value.parse().ok()?,
            "--pairs" => out.pairs = value.parse().ok()?,
            "--values" => out.values = value.parse().ok()?,
            "--oracle" => out.oracle = value.parse().ok()?,
            "--details" => out.details = value.parse().ok()?,
            "--seed" => out.seed = value.parse().ok()?,
            _ => return None,
        }
    }
    Some(out)
}

/// A run of a part, with what it cost.
fn measured(scores: &mut Vec<Score>, run: impl FnOnce() -> Score) {
    let meter = Meter::start();
    let mut score = run();
    score.cost = meter.stop();
    eprintln!("{} {}: {} checks", score.api, score.attack, score.checks);
    scores.push(score);
}

/// The versions of a document, oldest first; those that cannot be read are left out.
struct Versions {
    repo: Repo,
    commits: Vec<HistoryEntry>,
    document: &'static str,
    shelf: RefCell<Shelf>,
}

impl Versions {
    fn new(repository: &Path, branch: &str, document: &'static str) -> Self {
        let repo = Repo::discover(repository).expect("a repository");
        let head = repo.resolve(branch).expect("a branch");
        let commits = repo.history(None, &head, false, &[]).expect("a history");
        Self { repo, commits, document, shelf: RefCell::default() }
    }

    fn read(&self, entry: &HistoryEntry) -> Option<(Contract, Date)> {
        let mut shelf = self.shelf.borrow_mut();
        let document = load(&self.repo.snapshot(&entry.commit), self.document, &mut shelf, &Limits::default()).ok()?;
        shelf.keep_last(2);
        Some((contract::read(Arc::new(document)), entry.commit.date))
    }
}

/// The repository of a bundle below a folder.
fn clone(data: &Path, name: &str, into: &Path) -> PathBuf {
    let path = into.join(name);
    if !path.is_dir() {
        let bundle = data.join(format!("{name}.bundle"));
        let done = Command::new("git").args(["clone", "--quiet"]).arg(bundle).arg(&path).output();
        let done = done.expect("git");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    path
}

fn main() -> ExitCode {
    let Some(settings) = settings() else {
        eprintln!(
            "usage: scorecard DATA [--only API] [--places N] [--chains N] [--cuts N] [--pairs N] [--samples N] [--values N] [--oracle N] [--seed N] [--date TEXT] [--details N]"
        );
        return ExitCode::from(2);
    };
    let data = std::path::absolute(&settings.data).expect("a path");
    let work = tempfile::tempdir().expect("a folder");
    let mut scores = Vec::new();
    let mut laws: Vec<(&str, usize)> = Vec::new();
    for &(name, branch, document) in APIS {
        let file = document.rsplit('/').next().unwrap_or_default();
        let api = if name == "large" || document.contains("visio") {
            document.rsplit('/').nth(usize::from(file == "api.json")).unwrap_or_default().trim_end_matches(".json")
        } else {
            name
        };
        if settings.only.as_ref().is_some_and(|only| only != api) {
            continue;
        }
        let repository = clone(&data, name, work.path());
        let mut versions = Versions::new(&repository, branch, document);
        let newest = versions.commits.last().and_then(|last| versions.read(last)).expect("a version");
        let cuts = smaller(documents::cuts(&newest.0, settings.cuts, 3));
        measured(&mut scores, || {
            let effort = equivalences::Effort { places: settings.places, chains: settings.chains, seed: settings.seed };
            let (score, applied) = equivalences::attack(api, &cuts, effort);
            add(&mut laws, applied);
            score
        });
        measured(&mut scores, || mutants::attack(api, &cuts, settings.places, settings.seed));
        let first = versions.commits.len().saturating_sub(settings.pairs);
        versions.commits.drain(..first);
        let mut pairs = Vec::new();
        measured(&mut scores, || {
            let contracts = versions.commits.iter().enumerate();
            let contracts = contracts.filter_map(|(number, entry)| {
                let (contract, date) = versions.read(entry)?;
                Some((number, contract, date))
            });
            let (score, different) = histories::attack(api, contracts, settings.samples);
            pairs = different;
            score
        });
        measured(&mut scores, || {
            let mut score = sampling::score(api);
            sampling::edited(&mut score, &cuts, settings.places / 10, settings.values, settings.seed);
            for (number, (base, head)) in pairs.iter().enumerate() {
                let whole = |ix: usize| documents::whole(&versions.read(&versions.commits[ix])?.0);
                if let (Some(base), Some(head)) = (whole(*base), whole(*head)) {
                    sampling::pair(&mut score, &base, &head, settings.values, settings.seed + number as u64);
                }
            }
            score
        });
    }
    if settings.only.as_ref().is_none_or(|only| only == "random") {
        measured(&mut scores, || differential::attack(settings.oracle, settings.seed));
        measured(&mut scores, || {
            let tally = oracle::ask(settings.oracle, settings.seed, 0);
            let asked = tally.silent + tally.refuted + tally.unseen + tally.empty + tally.mild + tally.wrong.len();
            Score {
                checks: asked,
                asked,
                undecided: tally.mild,
                counterexamples: Some(tally.wrong.len()),
                missed: Some(tally.unseen),
                details: tally.wrong,
                ..Score::new("random", "every small value")
            }
        });
    }
    println!("# Scorecard{}\n", settings.date.as_ref().map_or(String::new(), |date| format!(", {date}")));
    println!("{}", table(&scores));
    println!("Places where each rewriting was applied alone:\n");
    for (law, count) in &laws {
        println!("- {law}: {count}");
    }
    for score in scores.iter().filter(|score| !score.details.is_empty()) {
        println!("\n## {}: {}\n", score.api, score.attack);
        for detail in score.details.iter().take(settings.details) {
            println!("- {detail}");
        }
    }
    if scores.iter().all(Score::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Cuts small enough to be compared thousands of times.
fn smaller(cuts: Vec<Value>) -> Vec<Value> {
    cuts.into_iter().filter(|cut| cut.to_string().len() < 200_000).collect()
}

fn add(sum: &mut Vec<(&'static str, usize)>, counts: Vec<(&'static str, usize)>) {
    if sum.is_empty() {
        sum.extend(counts.iter().map(|(name, _)| (*name, 0)));
    }
    sum.iter_mut().zip(counts).for_each(|(sum, (_, count))| sum.1 += count);
}
