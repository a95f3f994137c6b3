//! Random parameters and response headers, judged as the messages that travel.
//!
//! A value of the version that speaks is written by a table of styles of the judge's own ([`table`]) into a query, a path, a
//! header or a cookie. The version that listens reads that very text in every way its own row allows, and an outside
//! validator judges what it reads ([`judge`]). What counts is as in [`super::drawn`]:
//!
//! * *Missed*: a message that its sender may send and the listener refuses in every reading, though nothing breaking or risky
//!   is said; of messages with members that no contract mentions, though nothing at all is said.
//! * *False proof*: the message that a proof shows is refused by its own version, or taken by both; or the control is refused.

use preavis::contract::Run;
use preavis::diff::{Changes, Proof};
use preavis::rules::Level;
use serde_json::Value;

use self::grammar::{Grammar, values};
use self::judge::{Side, named};
use self::message::Message;
use self::parameter::{Parameter, Version, document};
use super::score::Score;
use crate::harness::{judged, proved};
use crate::random::Rng;
use table::{Objects, Place};

mod edits;
mod grammar;
mod judge;
mod message;
mod parameter;
mod table;

/// Messages of one version that are put to the other.
const MOST: usize = 600;

/// Draws so many pairs and judges what is said of them.
pub(crate) fn attack(pairs: usize, seed: u64) -> Score {
    let name = "parameters, as they travel";
    let mut score = Score { counterexamples: Some(0), ..Score::new("random", name).with_witnesses() };
    let (mut rng, values) = (Rng::new(seed), values());
    let mut losses = 0;
    for _ in 0..pairs {
        let Some(sides) = pair(&mut rng) else { continue };
        let sent = sides.each_ref().map(|side| messages(&mut rng, side, &values));
        // Who cannot send anything is no contract to judge by.
        if sent.iter().any(Vec::is_empty) {
            continue;
        }
        score.checks += 1;
        let [base, head] = [0, 1].map(|side: usize| document(sides[side].version, &sides[side].list).to_string());
        let changes = proved(&base, &head);
        let told = |what: String| format!("{what}\n    base {}\n    head {}", shown(&base), shown(&head));
        let answer = sides[0].list[0].place == Place::Answer;
        let [first, second] = sent;
        let (sent, sup) = if answer { (second, &sides[0]) } else { (first, &sides[1]) };
        let lost: Vec<(Message, bool)> = sent.into_iter().filter(|(message, _)| !sup.takes(message)).collect();
        losses += usize::from(!lost.is_empty());
        if let Some((kind, message)) = missed(&changes, &lost) {
            score.counterexamples = score.counterexamples.map(|count| count + 1);
            score.details.push(told(format!("missed ({kind}) {message:?} {:?}", said(&changes))));
        }
        proofs(&changes, &sides, &mut score, &told);
    }
    score.details.push(format!("small messages show a loss in {losses} of {} pairs", score.checks));
    score
}

/// Two lists of parameters, mostly one and its edit; `None` where the outside validator cannot read one.
fn pair(rng: &mut Rng) -> Option<[Side; 2]> {
    let version = rng.pick(&[Version::V20, Version::V30, Version::V31, Version::V31]);
    let mut grammar = Grammar { rng, version };
    let base = grammar.list();
    let mut head = base.clone();
    for _ in 0..=grammar.rng.below(2) {
        grammar.edit(&mut head);
    }
    // Two objects whose members are keys beside each other may mean the same key.
    let keyed = |parameter: &&Parameter| {
        let scalar = parameter.schema["type"].as_str().is_some_and(|kind| kind != "object");
        parameter.form(version).objects == Objects::Keys && !scalar
    };
    if [&base, &head].iter().any(|list| list.len() > 1 && list.iter().any(|parameter| keyed(&parameter))) {
        return None;
    }
    let mut sides = [Side::new(version, base)?, Side::new(version, head)?];
    if rng.chance(50) {
        sides.reverse();
    }
    Some(sides)
}

/// What a sender may send, and whether it has only members that its contract mentions.
fn messages(rng: &mut Rng, side: &Side, values: &[Value]) -> Vec<(Message, bool)> {
    let own: Vec<Vec<&Value>> =
        (0..side.list.len()).map(|at| values.iter().filter(|value| side.has(at, value)).collect()).collect();
    let most = own.iter().map(Vec::len).max().unwrap_or_default().min(MOST);
    let mut out = Vec::new();
    for at in 0..=most {
        let mut message = Message::default();
        let mut declared = true;
        let written = side.list.iter().zip(&own).enumerate().all(|(ix, (parameter, own))| {
            if own.is_empty() || at == most || ix > 0 && rng.chance(20) {
                return !parameter.required;
            }
            let value = if side.list.len() == 1 { own[at % own.len()] } else { own[rng.below(own.len())] };
            declared &= is_declared(&parameter.schema, value);
            message.put(parameter, side.version, value).is_some()
        });
        if written && side.takes(&message) && !out.iter().any(|(known, _)| *known == message) {
            out.push((message, declared));
        }
    }
    out
}

/// True if the contract mentions each member of the value.
fn is_declared(schema: &Value, value: &Value) -> bool {
    let Some(members) = value.as_object() else { return true };
    let map = schema["additionalProperties"].is_object();
    let named = named(schema);
    map || members.keys().all(|name| named.contains(name))
}

fn said(changes: &Changes) -> Vec<String> {
    judged(changes).into_iter().map(|(level, rule, _)| format!("{} {rule}", level.as_str())).collect()
}

fn shown(document: &str) -> String {
    let document: Value = serde_json::from_str(document).expect("a document");
    let version = document.get("openapi").or(document.get("swagger")).cloned().unwrap_or_default();
    let operation = document["paths"].as_object().and_then(|paths| paths.values().next()).expect("a path");
    let headers = &operation["get"]["responses"]["200"]["headers"];
    format!("{version} {} {headers}", operation["get"]["parameters"])
}

/// A lost message that nothing could cover.
fn missed<'m>(changes: &Changes, lost: &'m [(Message, bool)]) -> Option<(&'static str, &'m Message)> {
    let declared = lost.iter().find(|(_, declared)| *declared).map(|(message, _)| ("declared", message));
    match judged(changes).into_iter().map(|(level, ..)| level).min() {
        Some(Level::Breaking | Level::Risky) => None,
        Some(Level::Additive) => declared,
        Some(Level::Docs) | None => declared.or_else(|| lost.first().map(|(message, _)| ("undeclared", message))),
    }
}

/// Counts what is proven, and what of it is none.
fn proofs(changes: &Changes, sides: &[Side; 2], score: &mut Score, told: &dyn Fn(String) -> String) {
    for (level, rule, change) in judged(changes) {
        if matches!(level, Level::Additive | Level::Docs) {
            continue;
        }
        score.hurting += 1;
        let Some(exhibit) = change.exhibit.as_ref().filter(|_| change.proof == Proof::Proven) else { continue };
        // What the program could not make around a payload it shows as an ellipsis.
        let whole = |text: &&String| !text.contains('…') && !text.contains("%E2%80%A6");
        let Some(exchange) = exhibit.exchange.as_ref().filter(whole) else { continue };
        score.proven = score.proven.map(|count| count + 1);
        score.isolated = score.isolated.map(|count| count + usize::from(exhibit.control.is_some()));
        let (sub, sup) = if exhibit.run == Run::Forward { (&sides[0], &sides[1]) } else { (&sides[1], &sides[0]) };
        let wrong = match Message::parse(exchange) {
            None => Some("no message"),
            Some(message) if !sub.takes(&message) => Some("message refused by its own version"),
            Some(message) if !exhibit.declared_only && sup.takes(&message) => Some("message taken by both"),
            Some(_) => None,
        };
        if let Some(what) = wrong {
            score.refuted = score.refuted.map(|count| count + 1);
            let payload = &exhibit.payload;
            score
                .details
                .push(told(format!("false proof, {what}: {rule} {} {payload:?} {exchange:?}", change.address)));
        }
    }
}
