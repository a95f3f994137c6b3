//! The check of a payload and its control against both contracts, by a validator that shares nothing with the engine.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::accepts::OneOf;
use super::cost::{CHECK, Cost, is_copied_too_often, nesting};
use super::leaf::Leaf;
use super::lower::{Manner, lower};
use super::readings::{reading, ways};
use super::roomy::roomy;
use super::validate::{Fault, Validator, compile, faults};
use super::words::Words;
use super::{Aim, Exhibit, documents};
use crate::contract::{Lists, SchemaAt};
use crate::schema::inclusion::Engine;
use crate::schema::node::{Share, Which};
use crate::schema::states::Lens;

/// Nodes that one schema of a check may have.
const SCHEMA: usize = 20_000;
/// Nodes that all checks of a comparison may lower.
const NODES: usize = 1_000_000;
/// Schemas that all checks of a comparison may compile and hold against values.
const CHECKS: usize = 1_000_000;

/// Lowers, compiles and validates; counts what that costs.
pub(super) struct Bench {
    fuel: usize,
    checks: usize,
    compiled: Compiled,
}

/// The validators of the last schemas, as proofs of one union ask for the same ones; `None` of what cannot be compiled.
type Compiled = FxHashMap<Arc<Value>, Option<Arc<Validator>>>;

/// Validators that are kept.
const KEPT: usize = 8;

/// A payload to be checked.
#[derive(Clone, Copy)]
pub(super) struct Tried<'a> {
    /// The schemas of base and head that the payload is sent under.
    pub(super) roots: [(Which, SchemaAt); 2],
    /// How it travels.
    pub(super) lens: Lens,
    /// Payload and control, whole.
    pub(super) whole: &'a Leaf,
    /// The schemas at the place of the finding, where it is one on each side.
    pub(super) place: Option<[(Which, SchemaAt); 2]>,
    /// Payload and control at the place of the finding.
    pub(super) leaf: &'a Leaf,
    /// The member that the finding is about.
    pub(super) member: Option<&'a str>,
    /// The question.
    pub(super) ask: usize,
    /// The finding is that several members of a `oneOf` take the payload.
    pub(super) exclusive: bool,
}

/// Schemas that nest deeper than this, their definitions one within another, are checked on a stack of their own.
const SHALLOW: usize = 400;

impl Bench {
    /// What may lower and check within a part of the limits.
    pub(super) fn within(share: Share) -> Self {
        Self { fuel: share.of(NODES), checks: share.of(CHECKS), compiled: Compiled::default() }
    }

    /// The part of the limits that was used, of those it may use.
    pub(super) fn spent(&self, share: Share) -> Share {
        let [nodes, checks] = [(share.of(NODES) - self.fuel, NODES), (share.of(CHECKS) - self.checks, CHECKS)];
        Share::part(nodes.0, nodes.1).max(Share::part(checks.0, checks.1))
    }

    /// The exhibit, if the sub side takes the payload, and the sup side refuses it for the reason at hand: both take
    /// the control, or the validator complains of the place of the finding.
    pub(super) fn confirm(&mut self, engine: &Engine<'_>, aim: Aim, tried: Tried<'_>) -> Option<Exhibit> {
        let (allowing, refusing) = documents(aim.run);
        // Who refuses what two members of a `oneOf` take may have no other reason, which is none for another finding.
        let words = Words::of(tried.whole);
        let loosely = if tried.exclusive { OneOf::Exactly } else { OneOf::Any };
        let mut question = Question {
            sub: self.lowered(engine, (tried.roots, allowing, true), &words, tried.lens, (false, OneOf::Exactly))?,
            sup: self.lowered(
                engine,
                (tried.roots, refusing, false),
                &words,
                tried.lens,
                (aim.declared_only, loosely),
            )?,
            exact: None,
            plain: None,
            place: None,
            tried,
        };
        if let (true, Some(place)) = (aim.declared_only && tried.member.is_some(), tried.place) {
            // A sister branch of a union above may declare the member: what counts is the schema it was declared in. A
            // value that a sister takes is no such matter.
            let lens = Lens { text: false, ..tried.lens };
            question.place = Some(self.lowered(
                engine,
                (place, refusing, false),
                &Words::of(tried.leaf),
                lens,
                (true, OneOf::Any),
            )?);
        }
        if !aim.declared_only && !tried.exclusive {
            let exact =
                self.lowered(engine, (tried.roots, refusing, false), &words, tried.lens, (false, OneOf::Exactly))?;
            question.exact = Some(exact).filter(|exact| *exact != question.sup);
        }
        let mut answer = self.ask(&question)?;
        if aim.declared_only && tried.whole.control.is_some() && answer.as_ref().is_none_or(|it| it.1.is_none()) {
            // Other members may not be declared either: what the control must pass is the schema as it stands.
            let exactly = (false, OneOf::Exactly);
            question.plain = self.lowered(engine, (tried.roots, refusing, false), &words, tried.lens, exactly);
            answer = self.ask(&question)?;
        }
        let (fault, control) = answer?;
        Some(Exhibit {
            payload: tried.whole.payload.clone(),
            control,
            run: aim.run,
            declared_only: aim.declared_only,
            error: fault.message,
            reason: fault.reason,
            ask: tried.ask,
        })
    }

    /// The answer, unless it costs too much; `None` where nobody can be asked.
    fn ask(&mut self, question: &Question<'_>) -> Option<Answer> {
        let limit = CHECK.min(self.checks);
        let compiled = &mut self.compiled;
        let mut within = || question.cost(limit).map_or((limit, None), |cost| (cost, question.answer(compiled)));
        let (cost, answer) = if question.depth() <= SHALLOW { within() } else { roomy(within)? };
        self.checks -= cost;
        Some(answer)
    }

    /// The schema of one side, cut to what payload and control mention.
    fn lowered(
        &mut self,
        engine: &Engine<'_>,
        (roots, which, sends): ([(Which, SchemaAt); 2], Which, bool),
        words: &Words,
        lens: Lens,
        (strict, one_of): (bool, OneOf),
    ) -> Option<Arc<Value>> {
        let (names, texts) = (Some(&words.names), &words.texts);
        let (which, at) = roots[usize::from(which == Which::Head)];
        let manner = Manner { lens, names, texts, strict, one_of, plain_formats: false, sends };
        let mut fuel = SCHEMA.min(self.fuel);
        let allowance = fuel;
        let out = lower(engine.space.nodes.contract(which), at, manner, &mut fuel);
        self.fuel -= allowance - fuel;
        out.map(Arc::new)
    }
}

/// What the sup side says against the payload, and the control if both sides take it; `None` where nothing is confirmed.
type Answer = Option<(Fault, Option<Value>)>;

/// What the validator is asked.
struct Question<'a> {
    sub: Arc<Value>,
    sup: Arc<Value>,
    /// The sup schema as it stands, where a `oneOf` in it was read as `anyOf`.
    exact: Option<Arc<Value>>,
    /// The sup schema without its refusal of what is not declared, for members that are only declared no more.
    plain: Option<Arc<Value>>,
    /// The sup schema at the place of the finding, for members that are only declared no more.
    place: Option<Arc<Value>>,
    tried: Tried<'a>,
}

impl Question<'_> {
    /// How deep the deepest schema may nest: its definitions refer to one another.
    fn depth(&self) -> usize {
        let all = [Some(&self.sub), Some(&self.sup), self.exact.as_ref(), self.plain.as_ref(), self.place.as_ref()];
        let whole = |schema: &Arc<Value>| match schema.get("$defs") {
            Some(Value::Object(defs)) => defs.values().chain([&**schema]).map(nesting).sum(),
            _ => nesting(schema),
        };
        all.into_iter().flatten().map(whole).max().unwrap_or(0)
    }

    /// What compiling the schemas and validating the values costs; `None` above a limit.
    fn cost(&self, limit: usize) -> Option<usize> {
        let whole = [Some(&self.sub), Some(&self.sup), self.exact.as_ref(), self.plain.as_ref()];
        let whole = whole.into_iter().flatten().map(|schema| (schema, self.tried.whole));
        let place = self.place.iter().map(|schema| (schema, self.tried.leaf));
        let mut left = limit;
        for (schema, leaf) in whole.chain(place) {
            left -= Cost::of(schema, left).compiling()?;
            for value in leaf.control.iter().chain([&leaf.payload]) {
                if is_copied_too_often(schema, value) {
                    return None;
                }
                let once = Cost::of(schema, left).checking(value)?;
                left = left.checked_sub(once.checked_mul(ways(value, self.tried.lens))?)?;
            }
        }
        Some(limit - left)
    }

    /// What the sup side says against the payload, and the control if it shows that nothing else is meant.
    fn answer(&self, known: &mut Compiled) -> Answer {
        let Tried { lens, whole, leaf, member, .. } = self.tried;
        let sub = compiled(known, &self.sub)?;
        if !check(&sub, &whole.payload, lens).is_empty() {
            return None;
        }
        let sup = compiled(known, &self.sup)?;
        let exact = match &self.exact {
            Some(exact) => Some(compiled(known, exact)?),
            None => None,
        };
        let really = |value: &Value| exact.as_ref().is_none_or(|exact| check(exact, value, lens).is_empty());
        if exact.is_some() && really(&whole.payload) {
            return None;
        }
        let place = self.place.as_ref().and_then(|place| compiled(known, place));
        let inside = Lens { text: false, ..lens };
        let (mut refused, mut at) = (check(&sup, &whole.payload, lens), whole.at.as_str());
        let by_place = refused.is_empty();
        if let (true, Some(place)) = (refused.is_empty(), &place) {
            (refused, at) = (check(place, &leaf.payload, inside), leaf.at.as_str());
        }
        let first = refused.first()?;
        let meant = refused.iter().find(|fault| is_about(fault, at, member));
        let plain = self.plain.as_ref().and_then(|plain| compiled(known, plain));
        let shared = |control: &Value| {
            let open = plain.as_ref().is_some_and(|plain| check(plain, control, lens).is_empty());
            let here = || place.as_ref().zip(leaf.control.as_ref());
            check(&sub, control, lens).is_empty()
                && really(control)
                && (check(&sup, control, lens).is_empty() || open && meant.is_some())
                && (!open && !by_place
                    || here().is_none_or(|(place, control)| check(place, control, inside).is_empty()))
        };
        let control = whole.control.clone().filter(shared);
        let shown = control.is_some() || refused.len() == 1 || meant.is_some();
        let fault = meant.unwrap_or(first);
        let told = exact.as_ref().and_then(|exact| as_written(fault, check(exact, &whole.payload, lens)));
        shown.then(|| (told.unwrap_or_else(|| fault.clone()), control))
    }
}

/// What is said with the keyword as the document spells it, where a `oneOf` was read as `anyOf`.
fn as_written(fault: &Fault, exactly: Vec<Fault>) -> Option<Fault> {
    let spelt = fault.message.replace("'anyOf' keyword", "'oneOf' keyword");
    let mut same = exactly.into_iter().filter(|other| other.at == fault.at && spelt != fault.message);
    same.find(|other| other.message == spelt)
}

/// The validator of a schema, compiled where no proof before asked for it.
fn compiled(known: &mut Compiled, schema: &Arc<Value>) -> Option<Arc<Validator>> {
    if let Some(validator) = known.get(schema) {
        return validator.clone();
    }
    if known.len() == KEPT {
        known.clear();
    }
    let validator = compile(schema).map(Arc::new);
    known.insert(Arc::clone(schema), validator.clone());
    validator
}

/// True if an error stands at the place of a finding, and speaks of its member.
fn is_about(fault: &Fault, at: &str, member: Option<&str>) -> bool {
    match member {
        Some(name) => fault.at == at && fault.members.iter().any(|member| member == name),
        None => fault.at == at,
    }
}

/// What is said of a value as it stands, if it is refused in every way it may be read.
fn check(validator: &Validator, value: &Value, lens: Lens) -> Vec<Fault> {
    // A repeated list without items is no message: who takes nothing takes it.
    if lens.lists == Some(Lists::Repeated) && value.as_array().is_some_and(Vec::is_empty) {
        return Vec::new();
    }
    let mut first = None;
    for nth in 0..ways(value, lens) {
        let found = faults(validator, &reading(value, lens, nth));
        if found.is_empty() {
            return found;
        }
        first.get_or_insert(found);
    }
    first.unwrap_or_default()
}
