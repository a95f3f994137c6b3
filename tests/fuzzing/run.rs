//! Fuzzing on stable Rust, without an eye on the code: a loop over the corpus and its mutations, which keeps as seeds
//! the inputs of which something new is said.
//!
//! usage: `fuzz TARGET [--inputs N] [--seconds S] [--seed N]`, or `fuzz TARGET FILE` to see one input and what is said
//!
//! The same seed gives the same inputs. What panics, takes more than two seconds of CPU or 500 MB is written below
//! `target/fuzz/found/`; the input at work stands there too, for whatever ends the process.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::exit,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for whoever works on this one: what cannot go on says why"
)]
#![allow(dead_code, reason = "what it shares with the tests is more than it needs")]

mod corpus;
mod findings;
#[path = "../attack/meter.rs"]
mod meter;
mod mutations;
#[path = "../random.rs"]
mod random;
mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Instant;

use findings::{Findings, watch};
use mutations::Kit;
use random::Rng;
use targets::Said;

/// Seeds beyond the corpus; more take the place of others.
const SEEDS: usize = 4000;

/// A function that takes any bytes and panics where a law is broken.
type Target = fn(&[u8]) -> Said;

/// By name: the function, and how long an input may be.
const TARGETS: &[(&str, Target, usize)] =
    &[("read", targets::read, 8192), ("compare", targets::compare, 12000), ("schemas", targets::schemas, 600)];

struct Settings {
    name: &'static str,
    target: Target,
    longest: usize,
    inputs: u64,
    seconds: u64,
    seed: u64,
}

fn settings() -> Option<Settings> {
    let mut words = std::env::args().skip(1);
    let name = words.next()?;
    let &(name, target, longest) = TARGETS.iter().find(|target| target.0 == name)?;
    let mut settings = Settings { name, target, longest, inputs: 10_000_000, seconds: 3600, seed: 1 };
    while let Some(word) = words.next() {
        let number = words.next()?.parse().ok()?;
        match word.as_str() {
            "--inputs" => settings.inputs = number,
            "--seconds" => settings.seconds = number,
            "--seed" => settings.seed = number,
            _ => return None,
        }
    }
    Some(settings)
}

/// Tells apart what was said: an input is new if a word, or two words together, were never said before.
#[derive(Default)]
struct Novelty {
    numbers: BTreeMap<String, u32>,
    pairs: BTreeSet<(u32, u32)>,
}

impl Novelty {
    /// So many words of an input are paired.
    const PAIRED: usize = 40;

    fn is_new(&mut self, said: Said) -> bool {
        let mut numbers = Vec::new();
        for word in said.into_iter().take(Self::PAIRED) {
            let next = u32::try_from(self.numbers.len()).expect("few words");
            numbers.push(*self.numbers.entry(word).or_insert(next));
        }
        let before = self.pairs.len();
        for (ix, &one) in numbers.iter().enumerate() {
            self.pairs.extend(numbers[ix..].iter().map(|&other| (one, other)));
        }
        self.pairs.len() > before
    }
}

/// One input, in the documents it spells, then what is said of it.
fn one() -> Option<ExitCode> {
    let mut words = std::env::args().skip(1);
    let (name, bytes) = (words.next()?, fs::read(words.next()?).ok()?);
    let (_, target, _) = TARGETS.iter().find(|target| target.0 == name)?;
    println!("{}\n", if name == "schemas" { targets::spelled(&bytes) } else { String::from_utf8_lossy(&bytes).into() });
    for word in target(&bytes) {
        println!("{word}");
    }
    Some(ExitCode::SUCCESS)
}

fn main() -> ExitCode {
    if let Some(code) = one() {
        return code;
    }
    let Some(settings) = settings() else {
        eprintln!("usage: fuzz read|compare|schemas [--inputs N] [--seconds S] [--seed N] | FILE");
        return ExitCode::from(2);
    };
    let Settings { name, target, longest, .. } = settings;
    let (mut findings, count) = (Findings::new(name), watch(name));
    let (mut rng, words, mut novelty) = (Rng::new(settings.seed), corpus::words(), Novelty::default());
    let kit = Kit { words: &words, longest };
    let mut seeds: Vec<Vec<u8>> = corpus::corpus(name).into_iter().map(|(_, bytes)| bytes).collect();
    let (start, kept_from) = (Instant::now(), seeds.len());
    let mut inputs = 0;
    while inputs < settings.inputs && start.elapsed().as_secs() < settings.seconds {
        let fresh = usize::try_from(inputs).ok().and_then(|ix| seeds.get(ix).filter(|_| ix < kept_from)).cloned();
        let input = fresh.unwrap_or_else(|| {
            let (one, two, other) = (rng.below(seeds.len()), rng.below(seeds.len()), rng.below(seeds.len()));
            // Short ones are tried more often: more of them are tried in the same time.
            let shorter = if seeds[one].len() <= seeds[two].len() { one } else { two };
            kit.mutated(&mut rng, &seeds[shorter], &seeds[other])
        });
        let is_new = findings.run(target, &input).is_some_and(|said| novelty.is_new(said));
        if is_new && inputs >= kept_from as u64 {
            if seeds.len() < kept_from + SEEDS {
                seeds.push(input);
            } else {
                let place = kept_from + rng.below(SEEDS);
                seeds[place] = input;
            }
        }
        inputs += 1;
        count.store(inputs, Ordering::Relaxed);
        if inputs % 100_000 == 0 {
            eprintln!("{name}: {inputs} inputs, {} s, {} seeds", start.elapsed().as_secs(), seeds.len());
        }
    }
    let seconds = start.elapsed().as_secs();
    println!("{name}: {inputs} inputs, {seconds} s, seed {}, {} seeds kept", settings.seed, seeds.len() - kept_from);
    for (place, (times, size)) in &findings.panics {
        println!("{name}: panicked {times} times at {place}, smallest input {size} bytes");
    }
    println!("{name}: {} panics, {} slow or large", findings.panics.len(), findings.heavy);
    if findings.panics.is_empty() && findings.heavy == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
