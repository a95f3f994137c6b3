//! Mutations at real places against the levels of the table, where a place is plain; and of operations.

use preavis::contract::{Contract, Scope};
use preavis::diff::{self, Changes, Options};
use preavis::rules::Level;
use serde_json::{Value, json};

use super::operations::{self, OPERATIONS};
use super::operators::{Edit, MEMBERS, SCHEMAS};
use super::reach::{MIXED, Marks, REQUEST, RESPONSE, reach};
use super::score::{Score, hurts};
use crate::harness::{TODAY, contract, judged, lines};
use crate::laws::Version;
use crate::random::Rng;

/// Mutates documents of one API, at so many places an operator.
pub(crate) fn attack(api: &str, documents: &[Value], places: usize, seed: u64) -> Score {
    let mut attack = Mutants {
        documents,
        contracts: documents.iter().map(|document| contract(&document.to_string())).collect(),
        sites: Vec::new(),
        score: Score { missed: Some(0), ..Score::new(api, "mutations").with_witnesses() },
    };
    for (number, document) in documents.iter().enumerate() {
        let plain = reach(document).into_iter().filter(|(_, marks)| marks & MIXED == 0);
        attack.sites.extend(plain.map(|(at, marks)| (number, at, marks)));
    }
    Rng::new(seed).shuffle(&mut attack.sites);
    for &(name, edit, request, response) in SCHEMAS {
        attack.schemas(name, edit, (request, response), None, places);
    }
    for &(name, needed, edit, request, response) in MEMBERS {
        attack.schemas(name, edit, (request, response), Some(needed), places);
    }
    for &(name, edit, level) in OPERATIONS {
        attack.operations(name, edit, level, places);
    }
    attack.score
}

struct Mutants<'d> {
    documents: &'d [Value],
    contracts: Vec<Contract>,
    /// The plain places: document, pointer, where it is sent.
    sites: Vec<(usize, String, Marks)>,
    score: Score,
}

impl Mutants<'_> {
    fn schemas(&mut self, name: &str, edit: Edit, levels: (Level, Level), member: Option<bool>, places: usize) {
        let mut used = 0;
        let sites = std::mem::take(&mut self.sites);
        for (number, at, marks) in &sites {
            let document = &self.documents[*number];
            let fits = used < places && member.is_none_or(|needed| is_member(document, at) == Some(needed));
            let Some(mut schema) = document.pointer(at).and_then(Value::as_object).filter(|_| fits).cloned() else {
                continue;
            };
            if !edit(&mut schema, Version::of(document)) {
                continue;
            }
            used += 1;
            let mut head = document.clone();
            *head.pointer_mut(at).expect("the same place") = schema.into();
            let level = |side, level| if marks & side == side { level } else { Level::Docs };
            let expected = [level(REQUEST, levels.0), level(RESPONSE, levels.1)];
            let scopes = [Some(Scope::Request), Some(Scope::Response)];
            self.check(*number, &head, &format!("{name} at {at}"), &scopes, &expected);
        }
        self.sites = sites;
    }

    fn operations(&mut self, name: &str, edit: operations::Edit, level: Level, places: usize) {
        let documents = self.documents.iter().enumerate();
        let all = documents.flat_map(|(number, document)| operations(document).into_iter().map(move |at| (number, at)));
        let mut used = 0;
        for (number, at) in all {
            let mut head = self.documents[number].clone();
            if used < places && edit(&mut head, &at) {
                used += 1;
                self.check(number, &head, &format!("{name} at {at}"), &[None], &[level]);
            }
        }
    }

    /// Compares with a mutant, whose worst level in each scope is known.
    fn check(&mut self, number: usize, head: &Value, trail: &str, scopes: &[Option<Scope>], expected: &[Level]) {
        let head = contract(&head.to_string());
        let changes = diff::prove(&self.contracts[number], &head, &Options::on(TODAY), &hurts);
        self.score.checks += 1;
        self.score.count(&changes, [&self.contracts[number], &head]);
        let found: Vec<Level> = scopes.iter().map(|scope| worst(&changes, *scope)).collect();
        if found != expected {
            self.score.missed = self.score.missed.map(|count| count + 1);
            let lines: Vec<String> = lines(&changes).into_iter().take(4).collect();
            let story =
                format!("document {number}: {trail}: {found:?}, not {expected:?}\n    {}", lines.join("\n    "));
            self.score.details.push(format!("missed: {story}"));
        }
    }
}

/// The pointers of all operations.
fn operations(document: &Value) -> Vec<String> {
    let items = document["paths"].as_object().into_iter().flatten();
    let of = |(path, item): (&String, &Value)| {
        let methods = item.as_object().into_iter().flatten().map(|(key, _)| key.clone());
        let known = methods.filter(|key| ["get", "put", "post", "delete", "patch"].contains(&key.as_str()));
        known.map(|method| format!("/paths/{}/{method}", crate::sites::step(path))).collect::<Vec<_>>()
    };
    items.flat_map(of).collect()
}

/// Of a declared member, whether it is required; `None` for other places, and where the object says more.
fn is_member(document: &Value, at: &str) -> Option<bool> {
    let (owner, name) = at.rsplit_once("/properties/")?;
    let owner = document.pointer(owner).filter(|_| !name.contains('/'))?;
    let known = owner["type"] == "object" && owner.get("additionalProperties").is_none();
    let name = json!(name.replace("~1", "/").replace("~0", "~"));
    known.then(|| owner["required"].as_array().is_some_and(|required| required.contains(&name)))
}

fn worst(changes: &Changes, scope: Option<Scope>) -> Level {
    let judged = judged(changes);
    let levels = judged.iter().filter(|(_, _, change)| scope.is_none_or(|scope| change.scope == scope));
    levels.map(|(level, ..)| *level).min().unwrap_or(Level::Docs)
}
