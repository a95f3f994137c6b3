//! Attacks the verdict over real API histories and prints one table.
//!
//! usage: `scorecard DATA [--only API] [--date TEXT] [--places N] [--chains N] [--cuts N] [--pairs N] [--samples N]
//! [--values N] [--oracle N] [--drawn N] [--details N] [--seed N]`
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
use attack::sampling::Samples;
use attack::score::{Score, table};
use attack::{differential, documents, drawn, equivalences, histories, mutants, sampling, tagged, travel};
use jiff::civil::Date;
use preavis::contract::{self, Contract};
use preavis::source::git::{HistoryEntry, Repo};
use preavis::spec::{Limits, ParseCache, load};
use serde_json::Value;

/// Name, bundle, branch, document.
const APIS: &[(&str, &str, &str, &str)] = &[
    ("rdv", "rdv", "production", "swagger/v1/api.json"),
    ("visioplainte", "rdv", "production", "swagger/visioplainte/api.json"),
    ("lichess", "lichess", "master", "doc/specs/lichess-api.yaml"),
    ("moby", "moby", "master", "api/swagger.yaml"),
    ("digitalocean", "digitalocean", "main", "specification/DigitalOcean-public.v2.yaml"),
    ("github", "large", "main", "github.json"),
    ("stripe", "large", "main", "stripe.json"),
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
    drawn: usize,
    details: usize,
    seed: u64,
}

fn settings() -> Option<Settings> {
    let mut words = std::env::args().skip(1);
    let mut out = Settings {
        data: PathBuf::from(words.next()?),
        only: None,
        date: None,
        places: 100,
        chains: 150,
        cuts: 300,
        pairs: 10_000,
        samples: 25,
        values: 100,
        oracle: 20_000,
        drawn: 5_000,
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
            "--drawn" => out.drawn = value.parse().ok()?,
            "--oracle" => out.oracle = value.parse().ok()?,
            "--details" => out.details = value.parse().ok()?,
            "--seed" => out.seed = value.parse().ok()?,
            _ => return None,
        }
    }
    Some(out)
}

/// The versions of a document, oldest first; those that cannot be read are left out.
struct Versions {
    repo: Repo,
    commits: Vec<HistoryEntry>,
    document: &'static str,
    shelf: RefCell<ParseCache>,
}

impl Versions {
    fn new(repository: &Path, branch: &str, document: &'static str) -> Self {
        let repo = Repo::discover(repository, false).expect("a repository");
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

/// The scores so far, and where each law was applied.
#[derive(Default)]
struct Card {
    scores: Vec<Score>,
    laws: Vec<(&'static str, usize)>,
}

impl Card {
    /// A run of a part, with what it cost.
    fn measured(&mut self, run: impl FnOnce() -> Score) {
        let meter = Meter::start();
        let mut score = run();
        score.cost = meter.stop();
        eprintln!("{} {}: {} checks", score.api, score.attack, score.checks);
        self.scores.push(score);
    }

    /// All attacks on one API.
    fn api(&mut self, settings: &Settings, api: &str, mut versions: Versions) {
        let newest = versions.commits.last().and_then(|last| versions.read(last)).expect("a version").0;
        let cuts = smaller(documents::cuts(&newest, settings.cuts, 3));
        let Settings { places, chains, seed, values, .. } = *settings;
        let mut applied = Vec::new();
        self.measured(|| {
            let effort = equivalences::Effort { places, chains, seed };
            let (score, counts) = equivalences::attack(api, Some(&newest), &cuts, effort);
            applied = counts;
            score
        });
        if self.laws.is_empty() {
            self.laws.extend(applied.iter().map(|(name, _)| (*name, 0)));
        }
        self.laws.iter_mut().zip(applied).for_each(|(sum, (_, count))| sum.1 += count);
        self.measured(|| mutants::attack(api, &cuts, places, seed));
        let first = versions.commits.len().saturating_sub(settings.pairs.saturating_add(1));
        versions.commits.drain(..first);
        let mut different = Vec::new();
        self.measured(|| {
            let read = |(number, entry)| versions.read(entry).map(|(contract, date)| (number, contract, date));
            let contracts = versions.commits.iter().enumerate().filter_map(read);
            let (score, pairs) = histories::attack(api, contracts, settings.samples);
            different = pairs;
            score
        });
        self.measured(|| {
            let mut samples = Samples::new(api);
            sampling::edited(&mut samples, &cuts, places / 5, values, seed);
            let whole = |number: usize| documents::whole(&versions.read(&versions.commits[number])?.0);
            for (base, head) in different {
                if let (Some(old), Some(new)) = (whole(base), whole(head)) {
                    sampling::pair(&mut samples, &old, &new, values, seed + head as u64);
                }
            }
            samples.finish()
        });
    }

    /// The attacks on schemas drawn at random.
    fn random(&mut self, settings: &Settings) {
        self.measured(|| differential::attack(settings.oracle, settings.seed));
        self.measured(|| drawn::attack(settings.drawn, settings.seed));
        self.measured(|| travel::attack(settings.drawn, settings.seed));
        self.measured(|| tagged::attack(settings.drawn, settings.seed));
        self.measured(|| {
            let tally = oracle::ask(settings.oracle, settings.seed, 0);
            let judged = tally.silent + tally.refuted + tally.unseen + tally.empty + tally.wrong.len();
            Score {
                checks: judged,
                asked: judged + tally.mild,
                undecided: tally.mild,
                counterexamples: Some(tally.wrong.len()),
                missed: Some(tally.unseen),
                details: tally.wrong,
                ..Score::new("random", "every small value")
            }
        });
    }

    fn print(&self, settings: &Settings) {
        println!("# Scorecard{}\n", settings.date.as_ref().map_or(String::new(), |date| format!(", {date}")));
        println!("{}", table(&self.scores));
        println!("Places where each law was applied alone:\n");
        for (law, count) in &self.laws {
            println!("- {law}: {count}");
        }
        for score in self.scores.iter().filter(|score| !score.details.is_empty()) {
            println!("\n## {}: {}\n", score.api, score.attack);
            for detail in score.details.iter().take(settings.details) {
                println!("- {detail}");
            }
        }
    }
}

/// Cuts small enough to be compared thousands of times.
fn smaller(cuts: Vec<Value>) -> Vec<Value> {
    cuts.into_iter().filter(|cut| cut.to_string().len() < 200_000).collect()
}

fn main() -> ExitCode {
    let Some(settings) = settings() else {
        eprintln!("usage: scorecard DATA [--only API] [--date TEXT] [--OPTION N]; the options are in CONTRIBUTING.md");
        return ExitCode::from(2);
    };
    let data = std::path::absolute(&settings.data).expect("a path");
    let work = tempfile::tempdir().expect("a folder");
    let mut card = Card::default();
    let wanted = |api: &str| settings.only.as_ref().is_none_or(|only| only == api);
    for &(api, bundle, branch, document) in APIS.iter().filter(|(api, ..)| wanted(api)) {
        let repository = clone(&data, bundle, work.path());
        card.api(&settings, api, Versions::new(&repository, branch, document));
    }
    if wanted("random") {
        card.random(&settings);
    }
    card.print(&settings);
    if card.scores.iter().all(Score::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
