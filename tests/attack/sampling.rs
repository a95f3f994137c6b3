//! Values of schemas that the engine calls contained, tried on the schema that is said to contain them.

use preavis::contract::{Contract, Grade, SchemaAt, Side};
use preavis::schema::solve::Engine;
use preavis::schema::space::{Lens, Which};
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

/// A score for samples.
pub(crate) fn score(api: &str) -> Score {
    Score { counterexamples: Some(0), ..Score::new(api, "samples of contained pairs") }
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

/// Tries the schemas that stand at the same place of two documents and are not written the same.
pub(crate) fn pair(score: &mut Score, base: &Value, head: &Value, values: usize, seed: u64) {
    let differs = |at: &String| head.pointer(at).is_some_and(|new| base.pointer(at) != Some(new));
    let places: Vec<String> = roots(base).into_iter().filter(differs).collect();
    if places.is_empty() {
        return;
    }
    let contracts = [contract(&base.to_string()), contract(&head.to_string())];
    let mut engine = Engine::new(&contracts[0], &contracts[1]);
    for (number, at) in places.iter().enumerate() {
        let [Some(old), Some(new)] = [0, 1].map(|side: usize| place(&contracts[side], at)) else { continue };
        for side in [Side::Request, Side::Response] {
            let (request, response) = (side == Side::Request, side == Side::Response);
            let lens = Lens { drop_read_only: request, drop_write_only: response, text: false };
            let [old, new] = [(Which::Base, old), (Which::Head, new)].map(|(which, at)| {
                let id = engine.space.schema(which, SchemaAt::Node(at));
                engine.space.state(vec![id])
            });
            for (key, sub, sup) in [((old, new, lens), base, head), ((new, old, lens), head, base)] {
                score.asked += 1;
                match engine.standing(key) {
                    None => sample(score, at, (sub, sup), side, values, seed + number as u64),
                    Some(Grade::Undecided) => score.undecided += 1,
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

fn sample(score: &mut Score, at: &str, (sub, sup): (&Value, &Value), side: Side, values: usize, seed: u64) {
    let from = lower(sub, at, Role::Sub(side));
    let to = lower(sup, at, Role::Sup(side));
    if from == to {
        return;
    }
    let build = |schema: &Value| jsonschema::draft202012::options().should_validate_formats(false).build(schema);
    let (Ok(sends), Ok(reads)) = (build(&from), build(&to)) else { return };
    let mut draws = Values::new(&from, seed);
    let mut taken = 0;
    // What misses its own schema is drawn again, but not for ever.
    for _ in 0..values * 4 {
        if taken == values {
            break;
        }
        let Some(value) = draws.draw().filter(|value| sends.is_valid(value)) else { continue };
        taken += 1;
        score.checks += 1;
        if let Err(error) = reads.validate(&value) {
            score.counterexamples = score.counterexamples.map(|count| count + 1);
            let why = format!("{error} at {}", error.instance_path());
            let text: String = value.to_string().chars().take(600).collect();
            score.details.push(format!("counterexample: {at} {side:?}: {why}\n    {text}"));
            break;
        }
    }
}

/// Edits documents of one API, so many places an operator, and samples what stays contained.
pub(crate) fn edited(score: &mut Score, documents: &[Value], places: usize, values: usize, seed: u64) {
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
            pair(score, document, &head, values, seed + used as u64);
        }
    }
}
