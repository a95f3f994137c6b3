//! The engine against another one, written by others: where it says that all values stay, the canonical form of
//! `jsonschema` must not know a value that is lost.

use jsonschema::canonical::{self, Containment, Satisfiability};
use preavis::contract::Side;
use serde_json::{Value, json};

use super::lowering::{Role, lower};
use super::score::Score;
use crate::harness::contract;
use crate::oracle::{Verdict, pair, verdicts};
use crate::random::Rng;

const ROOT: &str = "/components/schemas/S";
/// A schema that invites every member and item, at all depths.
const OPEN: &str = "#/components/schemas/Open";

/// Asks both engines about so many pairs of the oracle, in both directions.
pub(crate) fn attack(pairs: usize, seed: u64) -> Score {
    let mut score = Score { counterexamples: Some(0), missed: Some(0), ..Score::new("random", "other engine") };
    let mut rng = Rng::new(seed);
    for _ in 0..pairs {
        let (mut base, mut head) = pair(&mut rng);
        // The other engine knows nothing of producers that send only what is mentioned: here they are told to send all.
        for document in [&mut base, &mut head] {
            if let Some(named) = document["components"]["schemas"].as_object_mut() {
                named.values_mut().for_each(open);
                named.insert(
                    "Open".to_owned(),
                    json!({"additionalProperties": {"$ref": OPEN}, "items": {"$ref": OPEN}}),
                );
            }
        }
        let found = verdicts(&contract(&base.to_string()), &contract(&head.to_string()));
        for (run, verdict) in found.into_iter().enumerate() {
            let (sub, sup) = if run == 0 { (&base, &head) } else { (&head, &base) };
            score.asked += 1;
            if verdict == Verdict::Mild {
                score.undecided += 1;
                continue;
            }
            let Some(other) = covers(sub, sup) else { continue };
            score.checks += 1;
            if (verdict, other) == (Verdict::Silent, Containment::No) {
                score.counterexamples = score.counterexamples.map(|count| count + 1);
            }
            let idle = (verdict, other) == (Verdict::Refuted, Containment::Yes);
            // A loss where nothing can be sent at all is said, though there is no value to show.
            if idle {
                score.missed = score.missed.map(|count| count + 1);
            }
            if idle || (verdict, other) == (Verdict::Silent, Containment::No) {
                let schemas = |document: &Value| document["components"]["schemas"].to_string();
                let version = &sub["openapi"];
                let story = format!("{version}\n    sub {}\n    sup {}", schemas(sub), schemas(sup));
                score.details.push(format!("here {verdict:?}, there {other:?}: {story}"));
            }
        }
    }
    score
}

/// Whether the other engine finds all values of one schema among those of another; `None` where it cannot tell, or
/// where nothing can be sent.
fn covers(sub: &Value, sup: &Value) -> Option<Containment> {
    let canonical =
        |document| canonical::options().offline().canonicalize(&lower(document, ROOT, Role::Sup(Side::Request)));
    let sub = canonical(sub).ok().filter(|sub| sub.satisfiability() != Satisfiability::No)?;
    let answer = canonical(sup).ok()?.covers(&sub).ok()?;
    (answer != Containment::Unknown).then_some(answer)
}

/// Invites every member and item that nothing is said of.
fn open(schema: &mut Value) {
    if *schema == json!(true) {
        *schema = json!({});
    }
    let Some(members) = schema.as_object_mut() else { return };
    for (key, part) in members.iter_mut() {
        match key.as_str() {
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => part.as_array_mut().into_iter().flatten().for_each(open),
            "properties" | "patternProperties" => {
                part.as_object_mut().into_iter().flat_map(|map| map.values_mut()).for_each(open);
            }
            "items" | "additionalProperties" => open(part),
            _ => {}
        }
    }
    for key in ["additionalProperties", "items"] {
        members.entry(key).or_insert(json!({ "$ref": OPEN }));
    }
}
