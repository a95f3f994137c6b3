//! The search for a value that one state admits and another refuses.
//!
//! It starts from the smallest value that both sides admit, applies the edits of each local loss, goes on where another
//! branch still takes the result, and descends into parts that fail. Steps are counted, never time.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::accepts::{OneOf, accepts, branch_accepts};
use super::edits::{Against, is_of};
use super::maker::{DEPTH, Maker};
use super::text::weight;
use crate::schema::inclusion::{Engine, Local, Loss};
use crate::schema::node::{Answer, Types};
use crate::schema::states::{Branch, Lens, StateId, expand};

/// How many branches may have to be shaken off one after another.
const ROUNDS: usize = 5;
/// How deep the search descends into parts.
const DESCENT: usize = 6;
/// Words of branches that are copied for the price of one step.
const COPIED: usize = 256;

/// One search.
pub(super) struct Search<'e, 'c> {
    pub(super) engine: &'e mut Engine<'c>,
    pub(super) maker: &'e mut Maker,
    pub(super) lens: Lens,
    /// Whether two members of a `oneOf` that take a value are a reason to refuse it.
    pub(super) refusing: OneOf,
    /// Steps that are left.
    pub(super) fuel: usize,
    descent: usize,
    refuted: FxHashMap<(StateId, StateId), Option<Value>>,
}

impl<'e, 'c> Search<'e, 'c> {
    pub(super) fn new(engine: &'e mut Engine<'c>, maker: &'e mut Maker, lens: Lens, fuel: usize) -> Self {
        Self { engine, maker, lens, refusing: OneOf::Any, fuel, descent: 0, refuted: FxHashMap::default() }
    }

    /// Membership in a state.
    pub(super) fn admits(&mut self, state: StateId, value: &Value) -> Answer {
        self.fuel = self.fuel.saturating_sub(weight(value) / 256);
        accepts(self.engine, state, value, self.lens, OneOf::Exactly)
    }

    /// Whether the side that is to refuse a value takes it.
    pub(super) fn lets_in(&mut self, state: StateId, value: &Value) -> Answer {
        self.fuel = self.fuel.saturating_sub(weight(value) / 256);
        accepts(self.engine, state, value, self.lens, self.refusing)
    }

    /// Membership in a state, however many members of a `oneOf` there take the value.
    pub(super) fn takes(&mut self, state: StateId, value: &Value) -> Answer {
        self.fuel = self.fuel.saturating_sub(weight(value) / 256);
        accepts(self.engine, state, value, self.lens, OneOf::Any)
    }

    /// The branches of a state, by class.
    pub(super) fn branches(&mut self, state: StateId, class: Types) -> Vec<Branch<'c>> {
        let expansion = expand(&mut self.engine.space, state);
        let branches = expansion.branches.iter().filter(|branch| branch.types.meets(class));
        self.fuel = self.fuel.saturating_sub(branches.clone().map(Branch::words).sum::<usize>() / COPIED);
        branches.cloned().collect()
    }

    pub(super) fn spend(&mut self) -> bool {
        self.fuel = self.fuel.saturating_sub(1);
        self.fuel > 0
    }

    /// The smallest composite or scalar of a branch that keeps to another one as far as it can.
    pub(super) fn base(&mut self, branch: &Branch<'c>, other: Option<&Branch<'c>>, class: Types) -> Option<Value> {
        let how = (self.lens, DEPTH);
        match class {
            Types::OBJECT if branch.literals.is_none() => self.maker.object(self.engine, (branch, other), how, &[]),
            Types::ARRAY if branch.literals.is_none() => self.maker.array(self.engine, (branch, other), how, None),
            _ => self.maker.of_class(self.engine, branch, class, self.lens, DEPTH).into_iter().next(),
        }
    }

    /// Any value that `sub` admits and `sup` refuses.
    pub(super) fn refute(&mut self, sub: StateId, sup: StateId) -> Option<Value> {
        if sub == sup || sup == StateId::ANY || self.descent >= DESCENT {
            return None;
        }
        if let Some(known) = self.refuted.get(&(sub, sup)) {
            return known.clone();
        }
        // Asked again from within, the pair has no answer yet.
        self.refuted.insert((sub, sup), None);
        self.descent += 1;
        let found = self.refuted_by(sub, sup);
        self.descent -= 1;
        self.refuted.insert((sub, sup), found.clone());
        found
    }

    fn refuted_by(&mut self, sub: StateId, sup: StateId) -> Option<Value> {
        for class in Types::CLASSES {
            for branch in self.branches(sub, class) {
                let sups = self.branches(sup, class);
                let mut bases: Vec<Value> = Vec::new();
                bases.extend(self.base(&branch, None, class));
                for other in sups.iter().take(4) {
                    bases.extend(self.base(&branch, Some(other), class));
                }
                for base in bases {
                    if let Some(found) = self.shaken((sub, sup), &branch, base, ROUNDS) {
                        return Some(found);
                    }
                }
            }
        }
        None
    }

    /// A value like the given one that no branch of the sup side takes any more.
    pub(super) fn shaken(
        &mut self,
        (sub, sup): (StateId, StateId),
        branch: &Branch<'c>,
        value: Value,
        rounds: usize,
    ) -> Option<Value> {
        if !self.spend() || self.takes(sub, &value) == Answer::No {
            return None;
        }
        let sups = expand(&mut self.engine.space, sup);
        let taking = (0..sups.branches.len())
            .find(|&ix| branch_accepts(self.engine, &sups.branches[ix], &value, self.lens) != Answer::No);
        let Some(taking) = taking else {
            return if sups.overflow { None } else { self.alone((sub, Some(sup)), branch, value) };
        };
        let rounds = rounds.checked_sub(1)?;
        let other = sups.branches[taking].clone();
        let class = Types::CLASSES.into_iter().find(|&class| is_of(&value, class))?;
        let against = Against { sub: branch, sup: &other, class };
        let found = self.engine.compared(branch, &other, class, self.lens);
        let candidates = self.candidates(&value, against, &found);
        let mut left = Vec::new();
        for candidate in candidates {
            if !self.spend() {
                return None;
            }
            if branch_accepts(self.engine, &other, &candidate, self.lens) == Answer::No
                && self.takes(sub, &candidate) != Answer::No
            {
                if self.lets_in(sup, &candidate) != Answer::No {
                    left.push(candidate);
                } else if let Some(found) = self.alone((sub, Some(sup)), branch, candidate) {
                    return Some(found);
                }
            }
        }
        left.into_iter().take(3).find_map(|candidate| self.shaken((sub, sup), branch, candidate, rounds))
    }

    /// Edits for all losses, then parts that fail, put into the value.
    pub(super) fn candidates(&mut self, value: &Value, against: Against<'_, 'c>, found: &Local<'c>) -> Vec<Value> {
        let mut out = Vec::new();
        let instead = found.children.iter().filter_map(|child| child.instead.as_ref());
        let losses: Vec<&Loss<'c>> = found.losses.iter().chain(instead).collect();
        for loss in losses {
            out.extend(self.edits(value, against, loss));
        }
        for child in &found.children {
            if self.engine.standing((child.sub, child.sup, self.lens)).is_none() {
                continue;
            }
            if let Some(part) = self.refute(child.sub, child.sup) {
                out.extend(self.put(value, (against.sub, Some(against.sup)), child.step, &part));
            }
        }
        if out.is_empty() {
            out = self.edges(against);
        }
        out
    }
}
