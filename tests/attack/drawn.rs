//! Random pairs of bodies, drawn afresh by seed, judged by an outside validator that reads `oneOf` as it is.
//!
//! Each pair is compared through the door of `diff`, as what is sent and as what is answered. What counts:
//!
//! * *Missed*: a small value that the sending version takes and the other refuses, though nothing says so. A value that a
//!   closed producer sends (ARCHITECTURE.md, "What silence means") asks for a breaking or risky entry of that side. A value
//!   with members that no contract mentions asks for an entry that people see: an addition tells the assumption it rests on.
//! * *False proof*: an entry that is `proven`, whose payload the version that allows it refuses, or the version that refuses it
//!   takes; or whose control one of them refuses. What is only declared no more is refused by strict readers alone, so
//!   there the refusal is not asked about.
//!
//! Missed losses are shown as counterexamples, false proofs as refuted witnesses. Both must be 0.

use jsonschema::Validator;
use preavis::contract::{Run, Scope, Side};
use preavis::diff::{Changes, Proof};
use preavis::rules::Level;
use serde_json::{Value, json};

use super::lowering::{Role, lower_exactly};
use super::score::Score;
use crate::harness::{judged, proved};
use crate::oracle::{pair, sender, values};
use crate::random::Rng;

const ROOT: &str = "/components/schemas/S";

/// Draws so many pairs and judges what is said of them.
pub(crate) fn attack(pairs: usize, seed: u64) -> Score {
    let mut score = Score { counterexamples: Some(0), ..Score::new("random", "bodies, exact oneOf").with_witnesses() };
    let (mut rng, values) = (Rng::new(seed), values());
    let mut losses = 0;
    for _ in 0..pairs {
        let (mut base, mut head) = pair(&mut rng);
        answering(&mut base);
        answering(&mut head);
        let (Some(old), Some(new)) = (validator(&base), validator(&head)) else { continue };
        score.checks += 1;
        let changes = proved(&base.to_string(), &head.to_string());
        let told = |what: String| {
            let schemas = |document: &Value| document["components"]["schemas"].to_string();
            format!("{what}: {}\n    base {}\n    head {}", base["openapi"], schemas(&base), schemas(&head))
        };
        for (scope, sub, sup, from) in [(Scope::Request, &old, &new, &base), (Scope::Response, &new, &old, &head)] {
            let lost: Vec<&Value> = values.iter().filter(|value| sub.is_valid(value) && !sup.is_valid(value)).collect();
            losses += usize::from(!lost.is_empty());
            if let Some((kind, value)) = missed(&changes, scope, &lost, &sender(from)) {
                score.counterexamples = score.counterexamples.map(|count| count + 1);
                score.details.push(told(format!("missed in {scope:?} ({kind}) {value}")));
            }
        }
        proofs(&changes, [&old, &new], &mut score, &told);
    }
    score.details.push(format!("small values show a loss on {losses} of {} sides", score.checks * 2));
    score
}

/// Lets the operation answer with an `S` too.
fn answering(document: &mut Value) {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/S"}}});
    document["paths"]["/s"]["post"]["responses"] = json!({"200": {"description": "Done", "content": content}});
}

fn validator(document: &Value) -> Option<Validator> {
    let schema = lower_exactly(document, ROOT, Role::Sup(Side::Request));
    jsonschema::draft202012::options().should_validate_formats(false).build(&schema).ok()
}

/// A lost value that nothing on its side could cover.
fn missed<'v>(
    changes: &Changes,
    scope: Scope,
    lost: &[&'v Value],
    sends: &dyn Fn(&Value) -> bool,
) -> Option<(&'static str, &'v Value)> {
    let worst = judged(changes).into_iter().filter(|(.., change)| change.scope == scope).map(|(level, ..)| level).min();
    match worst {
        Some(Level::Breaking | Level::Risky) => None,
        Some(Level::Additive) => lost.iter().find(|value| sends(value)).map(|value| ("declared", *value)),
        Some(Level::Docs) | None => {
            let declared = lost.iter().find(|value| sends(value)).map(|value| ("declared", *value));
            declared.or_else(|| lost.first().map(|value| ("undeclared", *value)))
        }
    }
}

/// Counts what is proven, and what of it is none.
fn proofs(changes: &Changes, versions: [&Validator; 2], score: &mut Score, told: &dyn Fn(String) -> String) {
    for (level, rule, change) in judged(changes) {
        if matches!(level, Level::Additive | Level::Docs) {
            continue;
        }
        score.hurting += 1;
        let Some(exhibit) = change.exhibit.as_ref().filter(|_| change.proof == Proof::Proven) else { continue };
        let Some(payload) = &exhibit.payload else { continue };
        score.proven = score.proven.map(|count| count + 1);
        score.isolated = score.isolated.map(|count| count + usize::from(exhibit.control.is_some()));
        let [sub, sup] = if exhibit.run == Run::Forward { versions } else { [versions[1], versions[0]] };
        let control = exhibit.control.as_ref().is_none_or(|control| sub.is_valid(control) && sup.is_valid(control));
        let wrong = [
            (!sub.is_valid(payload), "payload refused by its own version"),
            (!exhibit.declared_only && sup.is_valid(payload), "payload taken by both"),
            (!control, "control refused"),
        ];
        if let Some((_, what)) = wrong.iter().find(|(wrong, _)| *wrong) {
            score.refuted = score.refuted.map(|count| count + 1);
            score
                .details
                .push(told(format!("false proof, {what}: {rule} {} {payload} {:?}", change.address, exhibit.control)));
        }
    }
}
