//! Laws of comparison: what means the same is no change, and a comparison read backwards is its mirror.
//!
//! Each equivalence of semantics.md 5.1 rewrites a document: at all places at once, and at single places in turn
//! (`PREAVIS_LAWS=all` tries every place). Nothing above `docs` may be found, in neither direction.

use preavis::contract::Contract;
use preavis::diff::{self, Options};
use preavis::spec::{Document, Kind, Loc};
use serde_json::{Map, Value};

use crate::harness::{TODAY, contract, lines};
use crate::random::Rng;
use crate::sites::schemas;
use forms::{FORMS, Form};
use references::{MOVES, Move};
use whole::{REWRITES, Rewrite};

mod convert;
pub(crate) mod files;
mod forms;
mod mirror;
mod order;
mod pattern;
mod references;
pub(crate) mod spelling;
mod twofold;
mod upgrade;
mod whole;
mod wire;

pub(crate) const NAMES: [&str; 5] = ["library30", "clinic31", "tree31", "transport30", "shop20"];

/// The dialect of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Version {
    V20,
    V30,
    V31,
}

impl Version {
    pub(crate) fn of(document: &Value) -> Self {
        match document["openapi"].as_str() {
            None => Self::V20,
            Some(version) if version.starts_with("3.0") => Self::V30,
            Some(_) => Self::V31,
        }
    }
}

fn text(name: &str) -> String {
    let path = format!("{}/tests/laws/documents/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).expect(&path)
}

/// A document as JSON, read by the crate's own reader.
pub(crate) fn document(name: &str) -> Value {
    let contract = contract(&text(name));
    value(&contract.document, contract.document.root())
}

pub(crate) fn value(document: &Document, at: Loc) -> Value {
    match document.kind(at) {
        Kind::Null => Value::Null,
        Kind::False => false.into(),
        Kind::True => true.into(),
        Kind::Number => serde_json::from_str(document.text(at)).expect("a number"),
        Kind::String => document.text(at).into(),
        Kind::Array => document.children(at).map(|item| value(document, item)).collect(),
        Kind::Object => document
            .members(at)
            .map(|(name, part)| (name.to_owned(), value(document, part)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

/// Everything above `docs` in either direction.
pub(crate) fn noise(base: &Contract, head: &Contract) -> Vec<String> {
    let options = Options::on(TODAY);
    let (there, back) = (diff::compare(base, head, &options), diff::compare(head, base, &options));
    let mut out = lines(&there);
    out.extend(lines(&back).into_iter().map(|line| format!("back: {line}")));
    out
}

/// One way to rewrite a document.
pub(crate) struct Law {
    pub(crate) name: &'static str,
    act: Act,
}

enum Act {
    /// One schema, by itself.
    Form(Form),
    /// One schema, with what the document says elsewhere.
    Move(Move),
    /// The document.
    Whole(Rewrite),
}

impl Law {
    /// True if it rewrites a document, not a place.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.act, Act::Whole(_))
    }

    /// Rewrites at a pointer; the number makes names unique. False where it does not apply: the document is then as
    /// it was.
    pub(crate) fn apply(&self, document: &mut Value, at: &str, number: usize) -> bool {
        match self.act {
            Act::Form(form) => {
                // A discriminator names its members by reference: they stay as they are.
                if references::is_tagged(document, at) {
                    return false;
                }
                let version = Version::of(document);
                let Some(schema) = document.pointer_mut(at).filter(|schema| schema.is_object()) else { return false };
                let mut written = schema.clone();
                let done = form(&mut written, version) && written != *schema;
                if done {
                    *schema = written;
                }
                done
            }
            Act::Move(apply) => apply(document, at, number),
            Act::Whole(rewrite) => {
                let before = document.clone();
                let done = rewrite(document);
                if !done {
                    *document = before;
                }
                done
            }
        }
    }
}

pub(crate) fn laws() -> Vec<Law> {
    let forms = FORMS.iter().map(|&(name, form)| Law { name, act: Act::Form(form) });
    let moves = MOVES.iter().map(|&(name, apply)| Law { name, act: Act::Move(apply) });
    let whole = REWRITES.iter().map(|&(name, rewrite)| Law { name, act: Act::Whole(rewrite) });
    forms.chain(moves).chain(whole).collect()
}

/// The document rewritten at all places, from the innermost; `None` where there is none.
fn everywhere(law: &Law, document: &Value) -> Option<Value> {
    let mut out = document.clone();
    let sites = if law.is_whole() { vec![String::new()] } else { schemas(document) };
    let places = sites.iter().enumerate().rev();
    let found = places.filter(|(number, at)| law.apply(&mut out, at, *number)).count();
    (found > 0).then_some(out)
}

#[test]
fn what_means_the_same_is_no_change() {
    let every = std::env::var("PREAVIS_LAWS").is_ok_and(|value| value == "all");
    let laws = laws();
    let (mut failures, mut used, mut tried) = (Vec::new(), vec![0; laws.len()], 0);
    for name in NAMES {
        let document = document(name);
        let base = contract(&document.to_string());
        let sites = schemas(&document);
        for (index, law) in laws.iter().enumerate() {
            let mut check = |head: &Value, place: &str| {
                tried += 1;
                used[index] += 1;
                let noise = noise(&base, &contract(&head.to_string()));
                if !noise.is_empty() {
                    failures.push(format!("{name}: {} {place}\n    {}", law.name, noise.join("\n    ")));
                }
            };
            if let Some(head) = everywhere(law, &document) {
                check(&head, "everywhere");
            }
            // One place in so many, another beginning for each law.
            let stride = if every { 1 } else { 29 };
            for (number, at) in sites.iter().enumerate().skip(if every { 0 } else { index % stride }).step_by(stride) {
                let mut head = document.clone();
                if !law.is_whole() && law.apply(&mut head, at, number) {
                    check(&head, at);
                }
            }
        }
    }
    let unused: Vec<&str> = laws.iter().zip(&used).filter(|(_, count)| **count == 0).map(|(law, _)| law.name).collect();
    assert!(unused.is_empty(), "nowhere to apply {unused:?}");
    assert!(failures.is_empty(), "{} of {tried} are noisy:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn chains_of_rewritings_are_no_change() {
    let laws = laws();
    let mut rng = Rng::new(3);
    let mut failures = Vec::new();
    for name in NAMES {
        let document = document(name);
        let base = contract(&document.to_string());
        for round in 0..12 {
            let mut head = document.clone();
            let mut trail = Vec::new();
            for number in 0..2 + rng.below(2) {
                let law = &laws[rng.below(laws.len())];
                let sites = schemas(&head);
                let start = rng.below(sites.len());
                let at = (0..sites.len()).map(|ix| &sites[(start + ix) % sites.len()]);
                let done = at
                    .take(if law.is_whole() { 1 } else { usize::MAX })
                    .find(|at| law.apply(&mut head, at, 1000 * (round + 1) + number));
                trail.extend(done.map(|at| format!("{} {at}", law.name)));
            }
            let noise = noise(&base, &contract(&head.to_string()));
            if !noise.is_empty() {
                failures.push(format!("{name}: {}\n    {}", trail.join(", "), noise.join("\n    ")));
            }
        }
    }
    assert!(failures.is_empty(), "{} chains are noisy:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_document_against_itself_is_silent() {
    for name in NAMES {
        let (one, two) = (contract(&text(name)), contract(&text(name)));
        let changes = diff::compare(&one, &two, &Options::on(TODAY));
        assert!(changes.list.is_empty(), "{name}: {:#?}", changes.list);
    }
}
