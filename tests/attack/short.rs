//! The short form of each attack, over the documents of the laws.

use super::meter::Meter;
use super::score::{Score, table};
use super::{differential, documents, drawn, equivalences, histories, mutants, sampling, tagged, travel};
use crate::harness::{TODAY, contract};
use crate::laws::{NAMES, document};
use crate::oracle::setting;
use crate::sites::schemas;

/// Cuts of the own documents.
fn cuts() -> Vec<serde_json::Value> {
    NAMES.iter().flat_map(|name| documents::cuts(&contract(&document(name).to_string()), 2, 2)).collect()
}

#[track_caller]
fn holds(score: &Score) {
    assert!(score.holds(), "{}: {}\n{}", score.api, score.attack, score.details.join("\n"));
}

#[test]
fn a_cut_of_everything_is_the_whole() {
    for name in NAMES {
        let whole = contract(&document(name).to_string());
        let cut = documents::whole(&whole).expect("no reference leads nowhere");
        let noise = crate::laws::noise(&whole, &contract(&cut.to_string()));
        assert_eq!(noise, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn rewritings_of_cuts_are_no_change() {
    let effort = equivalences::Effort { places: 8, chains: 20, seed: 5 };
    let (score, _) = equivalences::attack("own", None, &cuts(), effort);
    holds(&score);
    assert_eq!(score.undecided, 0, "{}", score.details.join("\n"));
}

#[test]
fn mutations_of_cuts_have_their_levels() {
    let score = mutants::attack("own", &cuts(), 4, 5);
    assert!(score.checks > 100, "{} mutations", score.checks);
    assert_eq!(score.missed, Some(0), "{}", score.details.join("\n"));
}

#[test]
fn the_table_tells_what_holds() {
    let meter = Meter::start();
    let mut score = Score { alarms: Some(1), missed: Some(1), checks: 4, asked: 2, ..Score::new("own", "nothing") };
    score.cost = meter.stop();
    score.cost = super::meter::Cost { seconds: score.cost.seconds * 0.0, peak_mb: None };
    assert!(!score.holds());
    let table = table(&[score]);
    let row: Vec<&str> = table.lines().last().expect("a row").split('|').map(str::trim).collect();
    let expected = ["", "own", "nothing", "4", "2", "100.00 %", "–", "–", "–", "–", "1", "75.00 %", "0.0 s", ""];
    assert_eq!(row, expected);
}

#[test]
fn what_is_contained_holds_every_sample() {
    let mut samples = sampling::Samples::new("own");
    sampling::edited(&mut samples, &cuts(), 2, 20, 5);
    let score = samples.finish();
    assert!(score.checks > 1000, "{} values", score.checks);
    holds(&score);
}

#[test]
fn another_engine_does_not_contradict() {
    holds(&differential::attack(60, 5));
}

#[test]
fn random_bodies_lose_nothing_in_silence_and_no_proof_is_false() {
    let pairs = setting("PREAVIS_DRAWN_PAIRS", 600);
    let score = drawn::attack(pairs, setting("PREAVIS_DRAWN_SEED", 5) as u64);
    assert!(score.proven > Some(pairs / 4), "{:?} proofs", score.proven);
    eprintln!("{} pairs, {:?} proofs; {:?}", score.checks, score.proven, score.details.last());
    holds(&score);
}

#[test]
fn random_parameters_lose_nothing_in_silence_and_no_proof_is_false() {
    let pairs = setting("PREAVIS_DRAWN_PAIRS", 600);
    let score = travel::attack(pairs, setting("PREAVIS_DRAWN_SEED", 5) as u64);
    eprintln!("{} pairs, {:?} proofs; {:?}", score.checks, score.proven, score.details.last());
    holds(&score);
}

#[test]
fn random_tagged_unions_lose_nothing_in_silence_and_no_proof_is_false() {
    let pairs = setting("PREAVIS_DRAWN_PAIRS", 300);
    let score = tagged::attack(pairs, setting("PREAVIS_DRAWN_SEED", 5) as u64);
    assert!(score.proven > Some(pairs / 8), "{:?} proofs", score.proven);
    eprintln!("{} pairs, {:?} proofs; {:?}", score.checks, score.proven, score.details.last());
    holds(&score);
}

#[test]
fn a_history_is_counted() {
    let old = document("library30");
    let mut new = old.clone();
    for at in schemas(&old) {
        let schema = new.pointer_mut(&at).expect("a schema");
        if schema["type"] == "string" {
            schema["maxLength"] = 5.into();
        }
    }
    let versions = [&old, &old, &new].into_iter().enumerate();
    let versions = versions.map(|(number, version)| (number, contract(&version.to_string()), TODAY));
    let (score, sampled) = histories::attack("own", versions, 2);
    assert_eq!((score.checks, sampled.len()), (2, 1), "the first pair is equal");
}
