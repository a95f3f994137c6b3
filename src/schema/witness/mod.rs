//! The witness of a finding: a payload that one contract allows and the other refuses, and a control that both allow, each
//! confirmed by an independent validator against both whole contracts.
//!
//! Built at the place of the finding (`leaf`), carried up the shortest way to a use (`climb`), checked by a validator
//! that knows nothing of the engine (`lower`, `validate`). What is not confirmed is not shown.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::contract::{Facet, Run, SchemaAt};
use crate::schema::findings::{Ask, Finding, Findings, Why};
use crate::schema::inclusion::{Engine, Step};
use crate::schema::node::{Answer, SchemaId, Share, Which};
use crate::schema::states::{Lens, StateId};
use crate::text::Reason;
use accepts::OneOf;
use climb::Up;
use leaf::Case;
use maker::Maker;
pub use readings::is_nothing;
use readings::travels;
use search::Search;
use verify::{Bench, Tried};

#[cfg(feature = "internals")]
pub use lower::whole;
pub use referee::arbitrate;

mod accepts;
mod alone;
mod arrays;
mod broken;
mod climb;
mod cost;
mod edits;
mod leaf;
mod lower;
mod maker;
mod readings;
mod referee;
mod roomy;
mod scalars;
mod search;
mod tags;
mod text;
mod validate;
mod verify;
mod words;

/// Steps that the proof of one finding may cost.
const STEPS: usize = 20_000;
/// Steps that all proofs of a comparison may cost together.
const ALL_STEPS: usize = 400_000;
/// Proofs that a comparison tries.
const PROOFS: usize = 4_000;
/// Changes of a comparison that are very many: of those a quarter as many are tried, since nobody looks at more.
const MANY: usize = 8_000;
/// Bytes of payloads and controls that one comparison shows.
const SHOWN: usize = 2 * 1024 * 1024;
/// Ways to a use that are tried.
const WAYS: usize = 3;
/// Visits on the ways up that are looked at for the price of one step.
const LOOKS: usize = 64;
/// Steps of a way that is followed: each has a larger parent around it.
const FAR: usize = 128;

/// What proves a finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Exhibit {
    /// What one version allows and the other refuses.
    pub payload: Value,
    /// The nearest payload that both allow; `None` where they have none in common.
    pub control: Option<Value>,
    /// Whose values are tried on whom: forward is allowed by base and refused by head.
    pub run: Run,
    /// It is refused only where members that nothing declares are: a member that is no longer declared.
    pub declared_only: bool,
    /// What the validator said.
    pub error: String,
    /// The same as data.
    pub reason: Reason,
    /// The question whose payload it is, an index into the asks.
    pub ask: usize,
}

/// What is to be shown of a finding.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// Whose values are tried on whom.
    pub run: Run,
    /// Only the declaration of a member is lost.
    pub declared_only: bool,
}

/// Proves findings of one comparison.
pub struct Prover<'e, 'c> {
    engine: &'e mut Engine<'c>,
    maker: Maker,
    bench: Bench,
    fuel: usize,
    shown: usize,
    proofs: usize,
}

impl<'e, 'c> Prover<'e, 'c> {
    /// A prover over an engine that has answered, for so many changes.
    pub fn new(engine: &'e mut Engine<'c>, changes: usize) -> Self {
        let share = engine.space.nodes.meter.share();
        let proofs = share.of(if changes < MANY { PROOFS } else { PROOFS / 4 });
        let (bench, fuel) = (Bench::within(share), share.of(ALL_STEPS));
        Self { engine, maker: Maker::default(), bench, fuel, shown: SHOWN, proofs }
    }

    /// Notes with the engine what the proofs did cost.
    pub fn settle(self) {
        let meter = &self.engine.space.nodes.meter;
        let steps = Share::part(meter.share().of(ALL_STEPS) - self.fuel, ALL_STEPS);
        meter.note(steps.max(self.bench.spent(meter.share())));
    }

    /// The smallest value of a schema: what stands around a payload in an exchange.
    pub fn sample(&mut self, which: Which, at: SchemaAt, lens: Lens) -> Option<Value> {
        self.maker.fuel = STEPS;
        let id = self.engine.space.nodes.schema(which, at);
        let state = self.engine.space.state(vec![id]);
        self.maker.smallest(self.engine, state, lens)
    }

    /// The smallest value of a member of an object.
    pub fn member(&mut self, which: Which, at: SchemaAt, name: &str, lens: Lens) -> Option<Value> {
        let id = self.engine.space.nodes.schema(which, at);
        let member = self.engine.expansion(id).member(name)?;
        self.maker.fuel = STEPS;
        let state = self.engine.space.state(vec![member]);
        self.maker.smallest(self.engine, state, lens)
    }

    /// True if a schema lists a member of a name, or takes any.
    pub fn lists(&mut self, which: Which, at: SchemaAt, name: &str) -> bool {
        let id = self.engine.space.nodes.schema(which, at);
        self.engine.expansion(id).member(name).is_some()
    }

    /// True if a schema surely takes a value.
    pub fn takes(&mut self, which: Which, at: SchemaAt, value: &Value, lens: Lens) -> bool {
        let id = self.engine.space.nodes.schema(which, at);
        let state = self.engine.space.state(vec![id]);
        accepts::accepts(self.engine, state, value, lens, OneOf::Exactly) == Answer::Yes
    }

    /// Where two schemas stand.
    pub fn places(&self, ids: [SchemaId; 2]) -> [SchemaAt; 2] {
        ids.map(|id| self.engine.space.nodes.place(id).1)
    }

    /// Proves a finding at one of the questions that reach it.
    pub fn prove(
        &mut self,
        found: &Findings<'c>,
        finding: &Finding<'c>,
        aim: Aim,
        asks: &[Ask],
        among: &[usize],
    ) -> Result<Exhibit, Why> {
        let stop = &found.visits[finding.visit];
        let (sub, sup) = oriented(aim.run, stop.base, stop.head);
        let exact = !aim.declared_only;
        let (ways, looked_at) = ways(found, finding.visit, aim.run, among);
        self.fuel = self.fuel.saturating_sub(looked_at / LOOKS);
        let allowance = STEPS.min(self.fuel);
        self.proofs = self.proofs.saturating_sub(1);
        if allowance == 0 || self.proofs == 0 {
            return Err(Why::Pairs);
        }
        self.maker.fuel = allowance;
        let mut search = Search::new(self.engine, &mut self.maker, stop.lens, allowance);
        let exclusive = finding.facet == Facet::Exclusivity;
        if exclusive {
            search.refusing = OneOf::Exactly;
        }
        let leaves = search.leaves(Case { finding, sub, sup, run: aim.run, exact });
        let (mut best, mut built) = (None, false);
        'ways: for (ask, way) in ways {
            for leaf in &leaves {
                let climbed = way.iter().try_fold(leaf.clone(), |leaf, &up| search.climb(up, &leaf, exact));
                let Some(mut whole) = climbed.filter(|whole| travels(&whole.payload, asks[ask].lens)) else { continue };
                whole.control = whole.control.filter(|control| travels(control, asks[ask].lens));
                built = true;
                let roots = [asks[ask].base, asks[ask].head].map(|id| search.engine.space.nodes.place(id));
                let here = [stop.base, stop.head].map(|state| search.engine.space.single(state));
                let place = match here {
                    [Some(base), Some(head)] => Some([base, head].map(|id| search.engine.space.nodes.place(id))),
                    _ => None,
                };
                let member = finding.member;
                let tried = Tried { roots, lens: asks[ask].lens, whole: &whole, place, leaf, member, ask, exclusive };
                if let Some(exhibit) = self.bench.confirm_tagged(search.engine, aim, tried) {
                    let isolated = exhibit.control.is_some();
                    best = best.filter(|_| !isolated).or(Some(exhibit));
                    if isolated {
                        break 'ways;
                    }
                }
            }
        }
        let spent = allowance - search.fuel;
        let made = allowance - search.maker.fuel;
        self.fuel = self.fuel.saturating_sub(spent + made);
        if let Some(exhibit) = &best {
            let weight = text::weight(&exhibit.payload) + exhibit.control.as_ref().map_or(0, text::weight);
            self.shown = self.shown.checked_sub(weight).ok_or(Why::Pairs)?;
        }
        best.ok_or(match (self.fuel == 0 || spent >= allowance, built) {
            (true, _) => Why::Pairs,
            (false, true) => Why::Disagree,
            (false, false) => Why::NoWitness,
        })
    }
}

fn oriented<T>(run: Run, base: T, head: T) -> (T, T) {
    if run == Run::Forward { (base, head) } else { (head, base) }
}

/// Shortest ways from a visit up to questions of a list, nearest first, and how many visits were looked at.
fn ways<'c>(found: &Findings<'c>, visit: usize, run: Run, among: &[usize]) -> (Vec<(usize, Vec<Up<'c>>)>, usize) {
    // Breadth first; each visit once, with the visit below it and the step that leads there.
    let mut seen: FxHashMap<usize, Option<(usize, Step<'c>)>> = FxHashMap::default();
    let mut queue = VecDeque::from([(visit, 0)]);
    let mut out = Vec::new();
    seen.insert(visit, None);
    while let Some((at, steps)) = queue.pop_front() {
        if let Some(&ask) = found.roots[at].iter().find(|ask| among.binary_search(ask).is_ok()) {
            out.push((ask, descent(found, &seen, at, run)));
            if out.len() >= WAYS {
                break;
            }
        }
        let parents = found.visits[at].parents.iter().filter(|_| steps < FAR);
        for &(parent, step) in parents {
            if let Entry::Vacant(free) = seen.entry(parent) {
                free.insert(Some((at, step)));
                queue.push_back((parent, steps + 1));
            }
        }
    }
    (out, seen.len())
}

/// The steps from a visit up to one above it, lowest first.
fn descent<'c>(
    found: &Findings<'c>,
    seen: &FxHashMap<usize, Option<(usize, Step<'c>)>>,
    top: usize,
    run: Run,
) -> Vec<Up<'c>> {
    let mut out = Vec::new();
    let mut at = top;
    while let Some(&Some((below, step))) = seen.get(&at) {
        let side =
            |visit: usize| -> (StateId, StateId) { oriented(run, found.visits[visit].base, found.visits[visit].head) };
        let (sub, sup) = side(at);
        out.push(Up { sub, sup, step, part: side(below).0 });
        at = below;
    }
    out.reverse();
    out
}

/// The sides of a run by document: who allows, who refuses.
pub(in crate::schema) fn documents(run: Run) -> (Which, Which) {
    oriented(run, Which::Base, Which::Head)
}
