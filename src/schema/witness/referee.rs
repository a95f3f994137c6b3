//! The second prover, for what the engine leaves undecided: set inclusion of the two lowered schemas, then the search for
//! a witness. Both count steps. What neither settles stays undecided.

use jsonschema::Draft;
use jsonschema::canonical::{self, Containment};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::accepts::OneOf;
use super::cost::{nesting, width};
use super::lower::{Manner, lower};
use super::roomy::roomy;
use super::{Aim, Prover, oriented};
use crate::contract::{Facet, Grade, Run};
use crate::schema::findings::{Ask, Findings, decide};
use crate::schema::inclusion::Engine;
use crate::schema::node::{Answer, SchemaId, Share};
use crate::schema::states::Lens;

/// Questions put to the referee in one comparison.
const QUESTIONS: usize = 200;
/// Nodes of a schema that is put to it, with all it reaches.
const NODES: usize = 2_000;
/// How deep such a schema may nest.
const NESTING: usize = 48;
/// Alternatives such a schema may have once its unions are multiplied out, which the referee does.
const WIDTH: usize = 64;

/// What all questions may cost: the nodes of their schemas, times the alternatives of each.
const ALL: usize = 1_000;

/// A visit, the run it may fail in, and how the `oneOf` lists of the sup side are read.
type Question = (usize, Run, OneOf);

/// Settles what can be settled of the undecided findings; those that turn out to be none are gone.
pub fn arbitrate<'c>(engine: &mut Engine<'c>, found: &mut Findings<'c>, asks: &[Ask]) {
    let undecided = |found: &Findings<'c>, index: usize| -> Vec<Run> {
        let losses = &found.list[index].losses;
        losses.iter().filter(|(_, grade)| *grade == Grade::Undecided).map(|(run, _)| *run).collect()
    };
    let mut prover = Prover::new(engine, found.list.len());
    let mut answers: FxHashMap<Question, bool> = FxHashMap::default();
    let share = prover.engine.space.nodes.meter.share();
    let mut left = share.of(ALL);
    for index in 0..found.list.len() {
        for run in undecided(found, index) {
            let finding = &found.list[index];
            // Only what two members of a `oneOf` take hangs on the keyword itself.
            let one_of = if finding.facet == Facet::Exclusivity { OneOf::Exactly } else { OneOf::Any };
            let question = (finding.visit, run, one_of);
            let asked = answers.len() < QUESTIONS;
            let contained = *answers
                .entry(question)
                .or_insert_with(|| asked && is_contained(prover.engine, found, question, &mut left));
            if contained {
                found.list[index].losses.retain(|loss| *loss != (run, Grade::Undecided));
            } else if asked {
                refute(&mut prover, found, asks, index, run);
            }
        }
    }
    prover.engine.space.nodes.meter.note(Share::part(share.of(ALL) - left, ALL));
    prover.settle();
    found.list.retain(|finding| !finding.losses.is_empty());
}

/// Looks for a witness; with one the finding is decided, and no worse than a domain of values that shrank.
fn refute<'c>(prover: &mut Prover<'_, 'c>, found: &mut Findings<'c>, asks: &[Ask], index: usize, run: Run) {
    let finding = &found.list[index];
    if finding.facet == Facet::Reference {
        return; // a part that nobody can read
    }
    let among = found.reached_by[finding.visit].clone();
    let aim = Aim { run, declared_only: false };
    if prover.prove(found, finding, aim, asks, &among).is_ok() {
        decide(&mut found.list[index], run);
    }
}

/// True if the sub side of a visit is proved to lie within the sup side, at a cost that is left.
fn is_contained(
    engine: &mut Engine<'_>,
    found: &Findings<'_>,
    (visit, run, one_of): Question,
    left: &mut usize,
) -> bool {
    let stop = &found.visits[visit];
    let (sub, sup) = oriented(run, stop.base, stop.head);
    // Of what admits nothing everything is true.
    if engine.is_barren(sub, stop.lens) {
        return false;
    }
    let (Some(sub), Some(sup)) = (engine.space.single(sub), engine.space.single(sup)) else { return false };
    let mut paid = |id: SchemaId, one_of: OneOf| {
        let (schema, cost) = whole(engine, id, stop.lens, one_of)?;
        *left = left.checked_sub(cost)?;
        Some(schema)
    };
    // What lies within holds too much at worst.
    let (Some(sub), Some(sup)) = (paid(sub, OneOf::Any), paid(sup, one_of)) else { return false };
    // The crate calls this part of it experimental: a slip of its must not take ours with it.
    roomy(|| covers(&sup, &sub)).flatten() == Some(Answer::Yes)
}

/// A whole schema, lowered, where it is small enough, and what it costs to ask of it.
fn whole(engine: &Engine<'_>, id: SchemaId, lens: Lens, one_of: OneOf) -> Option<(Value, usize)> {
    let (which, at) = engine.space.nodes.place(id);
    let texts = FxHashSet::default();
    let manner = Manner { lens, names: None, texts: &texts, strict: false, one_of, plain_formats: true, sends: false };
    let mut fuel = NODES;
    let out = lower(engine.space.nodes.contract(which), at, manner, &mut fuel)?;
    let width = width(&out, WIDTH).filter(|_| !lens.text && nesting(&out) <= NESTING)?;
    Some((out, (NODES - fuel) * width))
}

/// Whether a schema admits all that another one admits; `None` where one of them cannot be read.
fn covers(sup: &Value, sub: &Value) -> Option<Answer> {
    let options = || canonical::options().with_draft(Draft::Draft202012).should_validate_formats(true).offline();
    let (sup, sub) = (options().canonicalize(sup).ok()?, options().canonicalize(sub).ok()?);
    Some(match sup.covers(&sub).ok()? {
        Containment::Yes => Answer::Yes,
        Containment::No => Answer::No,
        Containment::Unknown => Answer::Open,
    })
}
