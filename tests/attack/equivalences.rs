//! The rewritings of semantics.md 5.1 at real places, alone and in chains: nothing above `docs` may be said.

use std::rc::Rc;

use preavis::contract::Contract;
use preavis::diff::{self, Options};
use serde_json::Value;

use super::documents::whole as bundle;
use super::score::{Score, loud};
use crate::harness::{TODAY, contract};
use crate::laws::spelling::yaml;
use crate::laws::{Law, files, laws};
use crate::random::Rng;
use crate::sites::schemas;

/// How much is tried.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// Places a law, at most.
    pub(crate) places: usize,
    pub(crate) chains: usize,
    pub(crate) seed: u64,
}

/// Documents with their contracts, and how often each law was applied alone.
struct Equivalences {
    documents: Vec<(Value, Rc<Contract>)>,
    laws: Vec<Law>,
    applied: Vec<(&'static str, usize)>,
    score: Score,
}

/// Rewrites documents of one API, and puts the whole of it, where it is given, into one file.
pub(crate) fn attack(
    api: &str,
    whole: Option<&Contract>,
    documents: &[Value],
    effort: Effort,
) -> (Score, Vec<(&'static str, usize)>) {
    let laws = laws();
    let mut attack = Equivalences {
        documents: documents
            .iter()
            .map(|document| (document.clone(), Rc::new(contract(&document.to_string()))))
            .collect(),
        applied: laws.iter().map(|law| (law.name, 0)).collect(),
        laws,
        score: Score { alarms: Some(0), ..Score::new(api, "equivalences") },
    };
    if let Some((whole, bundle)) = whole.and_then(|whole| Some((whole, bundle(whole)?))) {
        attack.judge(whole, &contract(&bundle.to_string()), "the whole in one file");
    }
    let mut rng = Rng::new(effort.seed);
    if !documents.is_empty() {
        attack.alone(effort.places, &mut rng);
        attack.spelled(effort.places);
        attack.chained(effort.chains, &mut rng);
    }
    (attack.score, attack.applied)
}

impl Equivalences {
    fn alone(&mut self, places: usize, rng: &mut Rng) {
        let mut all: Vec<(usize, usize, String)> = Vec::new();
        for (number, (document, _)) in self.documents.iter().enumerate() {
            all.extend(schemas(document).into_iter().enumerate().map(|(ix, at)| (number, ix, at)));
        }
        rng.shuffle(&mut all);
        let roots: Vec<(usize, usize, String)> =
            (0..self.documents.len()).map(|number| (number, 0, String::new())).collect();
        let mut heads: Vec<Value> = self.documents.iter().map(|(document, _)| document.clone()).collect();
        for law in 0..self.laws.len() {
            let list = if self.laws[law].is_whole() { &roots } else { &all };
            for (number, ix, at) in list {
                if self.applied[law].1 >= places {
                    break;
                }
                if self.laws[law].apply(&mut heads[*number], at, *ix) {
                    self.applied[law].1 += 1;
                    let trail = format!("{} at {at}", self.laws[law].name);
                    self.check(*number, &heads[*number], &trail);
                    heads[*number] = self.documents[*number].0.clone();
                }
            }
        }
    }

    fn chained(&mut self, chains: usize, rng: &mut Rng) {
        for round in 0..chains {
            let number = rng.below(self.documents.len());
            let mut head = self.documents[number].0.clone();
            let mut trail = Vec::new();
            for link in 0..2 + rng.below(3) {
                let law = &self.laws[rng.below(self.laws.len())];
                let sites = if law.is_whole() { vec![String::new()] } else { schemas(&head) };
                let start = rng.below(sites.len().max(1));
                let mut at = (0..sites.len()).map(|ix| &sites[(start + ix) % sites.len()]);
                let done = at.find(|at| law.apply(&mut head, at, 10_000 * (round + 1) + link));
                trail.extend(done.map(|at| format!("{} at {at}", law.name)));
            }
            self.check(number, &head, &trail.join(", then "));
        }
    }

    /// In other files, and in another notation.
    fn spelled(&mut self, places: usize) {
        for number in 0..self.documents.len().min(places) {
            let document = self.documents[number].0.clone();
            self.compare(number, &files::contract(files::in_another(&document)), "schemas in another file");
            self.compare(number, &files::contract(files::each_apart(&document)), "a file for each schema");
            self.compare(number, &contract(&yaml(&document, 0)), "written as YAML");
        }
    }

    fn check(&mut self, number: usize, head: &Value, trail: &str) {
        self.compare(number, &contract(&head.to_string()), trail);
    }

    fn compare(&mut self, number: usize, head: &Contract, trail: &str) {
        let base = Rc::clone(&self.documents[number].1);
        self.judge(&base, head, &format!("document {number}: {trail}"));
    }

    fn judge(&mut self, base: &Contract, head: &Contract, trail: &str) {
        let options = Options::on(TODAY);
        let mut loud = loud(&diff::compare(base, head, &options));
        loud.extend(
            self::loud(&diff::compare(head, base, &options))
                .into_iter()
                .map(|(line, sure)| (format!("back: {line}"), sure)),
        );
        self.score.checks += 1;
        self.score.asked += 1;
        if loud.is_empty() {
            return;
        }
        let alarm = loud.iter().any(|(_, sure)| *sure);
        self.score.undecided += usize::from(!alarm);
        self.score.alarms = self.score.alarms.map(|count| count + usize::from(alarm));
        let lines: Vec<String> = loud.into_iter().take(6).map(|(line, _)| line).collect();
        let kind = if alarm { "false alarm" } else { "undecided" };
        self.score.details.push(format!("{kind}: {trail}\n    {}", lines.join("\n    ")));
    }
}
