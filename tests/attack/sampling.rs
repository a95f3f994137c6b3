//! Values of schemas that the engine calls contained, tried on the schema that is said to contain them.

use preavis::contract::{Contract, Grade, SchemaAt, Side};
use preavis::schema::{Engine, Share};
use preavis::schema::{Lens, Which};
use preavis::spec::{FileIx, Loc};
use serde_json::Value;

use super::lowering::{Role, lower};
use super::operators::SCHEMAS;
use super::reach::reach;
use super::score::Score;
use super::values::Values;
use crate::harness::contract;
use crate::laws::Version;
use crate::random::Rng;
use crate::sites::{schemas, step};

/// What was drawn from the contained pairs of one API.
pub(crate) struct Samples {
    pub(crate) score: Score,
    /// Pairs that are not contained, and how many of them a value drawn at random refutes.
    power: (usize, usize),
}

/// The pointer of the named schemas.
fn shelf(document: &Value) -> &'static str {
    if document.get("swagger").is_some() { "/definitions" } else { "/components/schemas" }
}

/// The schemas that stand alone: the named ones, and those of bodies.
fn roots(document: &Value) -> Vec<String> {
    let named = document.pointer(shelf(document)).and_then(Value::as_object).into_iter().flatten();
    let mut out: Vec<String> = named.map(|(name, _)| format!("{}/{}", shelf(document), step(name))).collect();
    out.extend(reach(document).into_keys().filter(|at| at.starts_with("/paths/") && at.ends_with("/schema")));
    out
}

impl Samples {
    pub(crate) fn new(api: &str) -> Self {
        let score = Score { counterexamples: Some(0), ..Score::new(api, "samples of contained pairs") };
        Self { score, power: (0, 0) }
    }

    /// The counts, with how sharp the values were as a remark.
    pub(crate) fn finish(mut self) -> Score {
        let (failing, refuted) = self.power;
        self.score
            .details
            .push(format!("values drawn at random refute {refuted} of {failing} pairs that are not contained"));
        self.score
    }
}

/// Tries the schemas that stand at the same place of two documents and are not written the same.
pub(crate) fn pair(samples: &mut Samples, base: &Value, head: &Value, values: usize, seed: u64) {
    let Samples { score, power } = samples;
    let differs = |at: &String| head.pointer(at).is_some_and(|new| base.pointer(at) != Some(new));
    let places: Vec<String> = roots(base).into_iter().filter(differs).collect();
    if places.is_empty() {
        return;
    }
    let contracts = [contract(&base.to_string()), contract(&head.to_string())];
    let mut engine = Engine::new(&contracts[0], &contracts[1], Share::WHOLE);
    for (number, at) in places.iter().enumerate() {
        let [Some(old), Some(new)] = [0, 1].map(|side: usize| place(&contracts[side], at)) else { continue };
        for side in [Side::Request, Side::Response] {
            let (request, response) = (side == Side::Request, side == Side::Response);
            let lens = Lens { drop_read_only: request, drop_write_only: response, ..Lens::default() };
            let [old, new] =
                [(Which::Base, old), (Which::Head, new)].map(|(which, at)| engine.schema(which, SchemaAt::Node(at)));
            for (ids, sub, sup) in [((old, new), base, head), ((new, old), head, base)] {
                score.asked += 1;
                match engine.inclusion(vec![ids.0], ids.1, lens) {
                    None => {
                        let (drawn, refuted) = sample(at, (sub, sup), side, values, seed + number as u64);
                        score.checks += drawn;
                        score.counterexamples = score.counterexamples.map(|n| n + usize::from(refuted.is_some()));
                        score.details.extend(refuted.map(|story| format!("counterexample: {story}")));
                    }
                    Some(Grade::Undecided) => score.undecided += 1,
                    // That the values drawn are worth something shows where they should refute.
                    Some(Grade::Shape | Grade::Value) => {
                        power.0 += 1;
                        power.1 += usize::from(sample(at, (sub, sup), side, values, seed).1.is_some());
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

fn place(contract: &Contract, at: &str) -> Option<Loc> {
    let file = FileIx(0);
    contract.document.file(file).at_pointer(at).map(|node| Loc { file, node })
}

/// Draws values of one schema and validates them against another: how many, and the story of the first refused.
fn sample(at: &str, (sub, sup): (&Value, &Value), side: Side, values: usize, seed: u64) -> (usize, Option<String>) {
    let (from, to) = (lower(sub, at, Role::Sub(side)), lower(sup, at, Role::Sup(side)));
    let build = |schema: &Value| jsonschema::draft202012::options().should_validate_formats(false).build(schema);
    let (Ok(sends), Ok(reads)) = (build(&from), build(&to)) else { return (0, None) };
    let mut draws = Values::new(&from, seed);
    let mut taken = 0;
    // What misses its own schema is drawn again, but not for ever.
    for _ in 0..values * 4 {
        if from == to || taken == values {
            break;
        }
        let Some(value) = draws.draw().filter(|value| sends.is_valid(value)) else { continue };
        taken += 1;
        if let Err(error) = reads.validate(&value) {
            let why = format!("{error} at {}", error.instance_path());
            let text: String = value.to_string().chars().take(600).collect();
            return (taken, Some(format!("{at} {side:?}: {why}\n    {text}")));
        }
    }
    (taken, None)
}

/// Edits documents of one API, so many places an operator, and samples what stays contained.
pub(crate) fn edited(samples: &mut Samples, documents: &[Value], places: usize, values: usize, seed: u64) {
    let mut rng = Rng::new(seed);
    let mut sites: Vec<(usize, String)> = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let named = schemas(document).into_iter().filter(|at| at.starts_with(shelf(document)));
        sites.extend(named.map(|at| (number, at)));
    }
    rng.shuffle(&mut sites);
    for (_, edit, ..) in SCHEMAS {
        let mut used = 0;
        for (number, at) in &sites {
            if used == places {
                break;
            }
            let document = &documents[*number];
            let Some(mut schema) = document.pointer(at).and_then(Value::as_object).cloned() else { continue };
            if !edit(&mut schema, Version::of(document)) {
                continue;
            }
            used += 1;
            let mut head = document.clone();
            *head.pointer_mut(at).expect("the same place") = schema.into();
            pair(samples, document, &head, values, seed + used as u64);
        }
    }
}
