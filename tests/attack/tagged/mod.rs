//! Random tagged unions, judged by the schema that a tag selects.
//!
//! The judge reads mapping and names of components by rules of its own ([`judge`]) and puts a value to the selected schema
//! alone, by an outside validator; a value without a tag is what `oneOf` or `anyOf` say. What counts as missed and as a false
//! proof is as in [`super::drawn`].

use preavis::contract::{Run, Scope};
use preavis::diff::{Changes, Proof};
use preavis::rules::Level;
use serde_json::Value;

use self::edits::edit;
use self::grammar::{inner, union, values};
use self::judge::Side;
use super::score::Score;
use crate::harness::{judged, proved};
use crate::random::Rng;

mod edits;
mod grammar;
mod judge;

/// Draws so many pairs and judges what is said of them.
pub(crate) fn attack(pairs: usize, seed: u64) -> Score {
    let mut score = Score { counterexamples: Some(0), ..Score::new("random", "tagged unions").with_witnesses() };
    let mut rng = Rng::new(seed);
    let mut losses = 0;
    for _ in 0..pairs {
        let base = union(&mut rng);
        let mut head = base.clone();
        for _ in 0..=rng.below(2) {
            edit(&mut rng, &mut head);
        }
        let (Some(mut base), Some(mut head)) = (Side::new(base), Side::new(head)) else { continue };
        if rng.chance(50) {
            std::mem::swap(&mut base, &mut head);
        }
        score.checks += 1;
        let documents = [&base, &head].map(|side| side.union.document());
        let changes = proved(&documents[0].to_string(), &documents[1].to_string());
        let told = |what: String| {
            let [old, new] = documents.each_ref().map(|document| &document["components"]["schemas"]);
            format!("{what}: {} {:?}\n    base {old}\n    head {new}", base.union.version, base.union.place)
        };
        let tags: Vec<&String> = base.tags().chain(head.tags()).collect();
        let values = values(&tags, base.union.place);
        for (scope, sub, sup) in [(Scope::Request, &base, &head), (Scope::Response, &head, &base)] {
            let lost: Vec<&Value> = values.iter().filter(|value| sub.sends(value) && !sup.takes(value)).collect();
            losses += usize::from(!lost.is_empty());
            let declared = lost.iter().copied().find(|value| sub.is_declared(inner(value, sub.union.place)));
            if let Some((kind, value)) = missed(&changes, scope, declared, lost.first().copied()) {
                score.counterexamples = score.counterexamples.map(|count| count + 1);
                let said: Vec<&str> = judged(&changes).into_iter().map(|(_, rule, _)| rule).collect();
                score.details.push(told(format!("missed ({kind}) in {scope:?} {value} {said:?}")));
            }
        }
        proofs(&changes, [&base, &head], &mut score, &told);
    }
    score.details.push(format!("small values show a loss on {losses} of {} sides", score.checks * 2));
    score
}

/// A lost value that nothing on its side could cover.
fn missed<'v>(
    changes: &Changes,
    scope: Scope,
    declared: Option<&'v Value>,
    lost: Option<&'v Value>,
) -> Option<(&'static str, &'v Value)> {
    let declared = declared.map(|value| ("declared", value));
    match judged(changes).into_iter().filter(|(.., change)| change.scope == scope).map(|(level, ..)| level).min() {
        Some(Level::Breaking | Level::Risky) => None,
        Some(Level::Additive) => declared,
        Some(Level::Docs) | None => declared.or(lost.map(|value| ("undeclared", value))),
    }
}

/// Counts what is proven, and what of it is none.
fn proofs(changes: &Changes, sides: [&Side; 2], score: &mut Score, told: &dyn Fn(String) -> String) {
    for (level, rule, change) in judged(changes) {
        if matches!(level, Level::Additive | Level::Docs) {
            continue;
        }
        score.hurting += 1;
        let Some(exhibit) = change.exhibit.as_ref().filter(|_| change.proof == Proof::Proven) else { continue };
        let Some(payload) = &exhibit.payload else { continue };
        score.proven = score.proven.map(|count| count + 1);
        score.isolated = score.isolated.map(|count| count + usize::from(exhibit.control.is_some()));
        let [sub, sup] = if exhibit.run == Run::Forward { sides } else { [sides[1], sides[0]] };
        let control = exhibit.control.as_ref().is_none_or(|control| sub.takes(control) && sup.takes(control));
        let wrong = [
            (!sub.takes(payload), "payload refused by its own version"),
            (!exhibit.declared_only && sup.takes(payload), "payload taken by both"),
            (!exhibit.declared_only && !control, "control refused"),
        ];
        if let Some((_, what)) = wrong.iter().find(|(wrong, _)| *wrong) {
            score.refuted = score.refuted.map(|count| count + 1);
            let shown = format!("false proof, {what}: {rule} {} {payload} {:?}", change.address, exhibit.control);
            score.details.push(told(shown));
        }
    }
}
