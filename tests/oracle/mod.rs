//! The strongest test of the engine: random small schema pairs against every small value (semantics.md 5.3.1).
//!
//! Where the engine says nothing of a run, no value that a closed producer emits may be refused; where it reports a
//! loss of values, a refused value should be among the small ones most of the time. `PREAVIS_ORACLE_PAIRS` sets the number of
//! pairs (500), `PREAVIS_ORACLE_SEED` the seed.

use preavis::contract::{Contract, Grade, Run, Scope};
use preavis::diff::{self, Options};
use serde_json::Value;

use crate::harness::{TODAY, contract};
use crate::random::Rng;
use edit::{edit, shrink};
use grammar::{Grammar, document, is_grounded};
use validator::Validator;

mod edit;
mod found;
mod grammar;
mod schema;
mod universe;
mod validator;

/// What the engine says of one run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// Nothing at all.
    Silent,
    /// Only that undeclared members lose their place, or that it does not know.
    Mild,
    /// Values are refused.
    Refuted,
}

fn parse(document: &Value) -> Contract {
    contract(&document.to_string())
}

/// The verdicts forward and backward.
pub(crate) fn verdicts(base: &Contract, head: &Contract) -> [Verdict; 2] {
    let changes = diff::compare(base, head, &Options::on(TODAY));
    [Run::Forward, Run::Backward].map(|run| {
        let losses =
            changes.list.iter().filter(|change| change.scope == Scope::Request).flat_map(|change| &change.losses);
        let grades: Vec<Grade> = losses.filter(|(of, _)| *of == run).map(|(_, grade)| *grade).collect();
        if grades.is_empty() {
            Verdict::Silent
        } else if grades.iter().any(|grade| matches!(grade, Grade::Value | Grade::Shape))
            && !grades.contains(&Grade::Undecided)
        {
            Verdict::Refuted
        } else {
            Verdict::Mild
        }
    })
}

/// A value that the sub side emits and the sup side refuses. Silence may keep what objects without named members hold,
/// as they are maps for constraints only; what is called lost may be such a member.
fn counterexample<'v>(sub: &Value, sup: &Value, universe: &'v [Value], verdict: Verdict) -> Option<&'v Value> {
    let (sub, sup) = (Validator::new(sub), Validator::new(sup));
    let sub = if verdict == Verdict::Silent { sub } else { sub.with_maps() };
    let (from, to) = (sub.component("S"), sup.component("S"));
    universe.iter().find(|value| !sup.valid(value, to) && sub.valid(value, from) && sub.emits(value, &[from]))
}

/// True if a closed producer has a small value to emit at all.
fn emits_something(sub: &Value, universe: &[Value]) -> bool {
    let sub = Validator::new(sub);
    universe.iter().any(|value| sub.emits(value, &[sub.component("S")]))
}

/// All small values.
pub(crate) fn values() -> Vec<Value> {
    universe::universe()
}

/// Tells of a value whether a closed producer may send it as an `S`, if it is one.
pub(crate) fn sender(document: &Value) -> impl Fn(&Value) -> bool {
    let validator = Validator::new(document);
    move |value| validator.emits(value, &[validator.component("S")])
}

/// Random documents: mostly one and its edit, sometimes two strangers.
pub(crate) fn pair(rng: &mut Rng) -> (Value, Value) {
    loop {
        let v30 = rng.chance(20);
        let version = if v30 { "3.0.3" } else { "3.1.0" };
        let mut grammar = Grammar { rng, v30 };
        let base = grammar.components();
        let mut head = base.clone();
        if grammar.rng.chance(15) {
            head = grammar.components();
        } else {
            for _ in 0..=grammar.rng.below(3) {
                edit(&mut grammar, &mut head);
            }
        }
        if is_grounded(&head) {
            let (base, head) = (document(version, &base), document(version, &head));
            return if rng.chance(50) { (base, head) } else { (head, base) };
        }
    }
}

/// Where the engine and the small values disagree about a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Trouble {
    /// Silence, and yet a value is lost.
    Wrong,
    /// Values are said to be lost, and none of the small ones is.
    Unseen,
}

fn trouble(base: &Value, head: &Value, run: usize, universe: &[Value]) -> Option<Trouble> {
    let (sub, sup) = if run == 0 { (base, head) } else { (head, base) };
    let verdict = verdicts(&parse(base), &parse(head))[run];
    let lost = verdict != Verdict::Mild && counterexample(sub, sup, universe, verdict).is_some();
    match (verdict, lost) {
        (Verdict::Silent, true) => Some(Trouble::Wrong),
        (Verdict::Refuted, false) if emits_something(sub, universe) => Some(Trouble::Unseen),
        _ => None,
    }
}

/// True if the references of a shrunk document still lead somewhere.
fn is_complete(document: &Value) -> bool {
    let schemas = &document["components"]["schemas"];
    let text = schemas.to_string();
    let known = |name: &str| schemas.get(name).is_some() || !text.contains(&format!("schemas/{name}\""));
    schemas.get("S").is_some() && known("T") && known("N") && is_grounded(schemas)
}

/// The smallest pair in the same trouble, told.
fn shrunk(base: &Value, head: &Value, run: usize, universe: &[Value]) -> String {
    let kind = trouble(base, head, run, universe);
    let same = |base: &Value, head: &Value| {
        is_complete(base) && is_complete(head) && trouble(base, head, run, universe) == kind
    };
    let small = shrink((base.clone(), head.clone()), &same);
    story(&small, run, universe)
}

pub(crate) fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect(name))
}

#[test]
fn what_was_found_once_is_right_now() {
    let universe = universe::universe();
    for (version, base, head) in found::FOUND {
        let [base, head] = [base, head].map(|text| document(version, &serde_json::from_str(text).expect(text)));
        for run in 0..2 {
            assert_eq!(
                trouble(&base, &head, run, &universe),
                None,
                "{}",
                story(&(base.clone(), head.clone()), run, &universe)
            );
        }
    }
}

/// What a run of the oracle counted, a run of the engine each.
#[derive(Default)]
pub(crate) struct Tally {
    /// Silent, and no small value is lost.
    pub(crate) silent: usize,
    /// Refuted, and a small value is.
    pub(crate) refuted: usize,
    /// Refuted, and no small value is.
    pub(crate) unseen: usize,
    /// Refuted where no small value can be sent at all.
    pub(crate) empty: usize,
    /// Neither silent nor refuted.
    pub(crate) mild: usize,
    /// Silent, and yet a small value is lost: the pairs, as small as they can be made.
    pub(crate) wrong: Vec<String>,
}

/// Asks about so many random pairs; of the refuted without a small value, some are told.
pub(crate) fn ask(pairs: usize, seed: u64, show: usize) -> Tally {
    let universe = universe::universe();
    let mut rng = Rng::new(seed);
    let mut tally = Tally::default();
    for _ in 0..pairs {
        let (base, head) = pair(&mut rng);
        let found = verdicts(&parse(&base), &parse(&head));
        for (run, verdict) in found.into_iter().enumerate() {
            let (sub, sup) = if run == 0 { (&base, &head) } else { (&head, &base) };
            if verdict == Verdict::Mild {
                tally.mild += 1;
                continue;
            }
            let witness = counterexample(sub, sup, &universe, verdict);
            match (verdict, witness) {
                (Verdict::Silent, None) => tally.silent += 1,
                (Verdict::Silent, Some(_)) => tally.wrong.push(shrunk(&base, &head, run, &universe)),
                (_, Some(_)) => tally.refuted += 1,
                (_, None) if !emits_something(sub, &universe) => tally.empty += 1,
                (_, None) => {
                    tally.unseen += 1;
                    if tally.unseen <= show {
                        eprintln!("unseen: {}", shrunk(&base, &head, run, &universe));
                    }
                }
            }
        }
    }
    tally.wrong.sort();
    tally.wrong.dedup();
    tally
}

#[test]
fn silence_is_never_refuted_by_a_small_value() {
    let seed = setting("PREAVIS_ORACLE_SEED", 1) as u64;
    let tally = ask(setting("PREAVIS_ORACLE_PAIRS", 500), seed, setting("PREAVIS_ORACLE_SHOW", 0));
    let Tally { silent, refuted, unseen, empty, mild, wrong } = tally;
    eprintln!(
        "{silent} silent and right, {refuted} refuted by a small value, {unseen} refuted by none, {empty} with no small value at all, {mild} neither, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} counterexamples:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unseen * 100 <= 6 * (refuted + unseen), "{unseen} of {} losses have no small witness", refuted + unseen);
}

fn story((base, head): &(Value, Value), run: usize, universe: &[Value]) -> String {
    let (sub, sup) = if run == 0 { (base, head) } else { (head, base) };
    let verdict = verdicts(&parse(base), &parse(head))[run];
    let witness = counterexample(sub, sup, universe, verdict).map_or("none".to_owned(), Value::to_string);
    format!(
        "{} {}\n  sub {}\n  sup {}\n  value {witness}\n",
        sub["openapi"],
        if run == 0 { "forward" } else { "backward" },
        sub["components"]["schemas"],
        sup["components"]["schemas"]
    )
}
