//! Consecutive versions of a real contract: what is found, how much of it is decided, and what it costs.

use jiff::civil::Date;
use preavis::contract::Contract;
use preavis::diff::{self, Options};

use super::score::{Score, hurts};

/// Compares each version with the one before. Gives the numbers of pairs that differ, so many at most, spread evenly.
pub(crate) fn attack(
    api: &str,
    versions: impl Iterator<Item = (usize, Contract, Date)>,
    sampled: usize,
) -> (Score, Vec<(usize, usize)>) {
    let mut score = Score::new(api, "history").with_witnesses();
    let mut different: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<(usize, Contract)> = None;
    for (number, contract, today) in versions {
        if let Some((old, base)) = &last {
            let changes = diff::prove(base, &contract, &Options::on(today), &hurts);
            score.checks += 1;
            let (before, told) = (score.asked, score.details.len());
            score.count(&changes, [base, &contract]);
            for detail in &mut score.details[told..] {
                detail.push_str(&format!(", versions {old} and {number}"));
            }
            if score.asked > before {
                different.push((*old, number));
            }
        }
        last = Some((number, contract));
    }
    let step = different.len().div_ceil(sampled.max(1)).max(1);
    let sampled = different.into_iter().rev().step_by(step).collect();
    (score, sampled)
}
