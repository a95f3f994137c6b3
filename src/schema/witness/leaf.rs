//! The value at the place of a finding: what the sub side admits there and the sup side refuses, with its control.

use serde_json::Value;

use super::accepts::member_ids;
use super::broken::{broken, is_own};
use super::edits::{Against, with, without};
use super::search::Search;
use crate::contract::{Facet, Grade, Run};
use crate::schema::findings::{Finding, entry_key, label, match_branches};
use crate::schema::inclusion::{Loss, What};
use crate::schema::node::{Answer, Types};
use crate::schema::states::{Branch, Expansion, StateId};
use crate::spec::Key;

/// Leaves that are made at most.
const LEAVES: usize = 4;

/// Pairs of branches beside the matched ones that are looked at.
const PAIRS: usize = 64;

/// A value that shows the finding at its place, and the nearest one that both sides admit.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) payload: Value,
    pub(super) control: Option<Value>,
    /// The place of the finding in it, a JSON Pointer.
    pub(super) at: String,
}

impl Leaf {
    fn new(payload: Value, control: Option<Value>) -> Self {
        Self { payload, control, at: String::new() }
    }
}

/// A finding at its visit, seen in one run.
#[derive(Clone, Copy)]
pub(super) struct Case<'a, 'c> {
    pub(super) finding: &'a Finding<'c>,
    pub(super) sub: StateId,
    pub(super) sup: StateId,
    pub(super) run: Run,
    /// Whether the sup side refuses the value, or only declares it no more.
    pub(super) exact: bool,
}

impl<'c> Search<'_, 'c> {
    /// Leaves of a finding, those with a control first.
    pub(super) fn leaves(&mut self, case: Case<'_, 'c>) -> Vec<Leaf> {
        let mut out = Vec::new();
        if case.finding.facet == Facet::Exclusivity {
            let found = self.ambiguous(case.sub, case.sup);
            out.extend(found.map(|payload| Leaf::new(payload, None)));
        } else {
            self.by_facet(case, &mut out);
        }
        for leaf in &mut out {
            if leaf.control.is_none() {
                leaf.control = self.meeting(case);
            }
        }
        out.sort_by_key(|leaf| leaf.control.is_none());
        out.truncate(LEAVES);
        out
    }

    /// Leaves of what one branch loses to another, of a type or a variant, or of any difference.
    fn by_facet(&mut self, case: Case<'_, 'c>, out: &mut Vec<Leaf>) {
        for class in Types::CLASSES {
            self.by_loss(case, class, out);
        }
        if out.is_empty() {
            self.by_type(case, out);
        }
        if out.is_empty() && case.exact {
            let found = self.refute(case.sub, case.sup);
            out.extend(found.map(|payload| Leaf::new(payload, None)));
        }
    }

    /// Edits of what both sides admit, for the losses that the finding is made of: first of the branches that the report
    /// holds against each other, then of any.
    fn by_loss(&mut self, case: Case<'_, 'c>, class: Types, out: &mut Vec<Leaf>) {
        let (subs, sups) = (self.engine.branches(case.sub), self.engine.branches(case.sup));
        let matched: Vec<(usize, usize)> = match case.run {
            Run::Forward => match_branches(self.engine, &subs, &sups, (class, self.lens)).pairs,
            Run::Backward => match_branches(self.engine, &sups, &subs, (class, self.lens))
                .pairs
                .into_iter()
                .map(|(b, h)| (h, b))
                .collect(),
        };
        let of = |side: &Expansion<'c>| -> Vec<usize> {
            (0..side.branches.len()).filter(|&ix| side.branches[ix].types.meets(class)).collect()
        };
        let (own, other) = (of(&subs), of(&sups));
        let any = own.iter().flat_map(|&sub| other.iter().map(move |&sup| (sub, sup)));
        let rest: Vec<(usize, usize)> = any.filter(|pair| !matched.contains(pair)).take(PAIRS).collect();
        for (ix, &(sub, sup)) in matched.iter().chain(&rest).enumerate() {
            let enough = out.len() >= LEAVES || ix >= matched.len() && !out.is_empty();
            if enough || !self.spend() {
                return;
            }
            self.of_pair(case, Against { sub: &subs.branches[sub], sup: &sups.branches[sup], class }, out);
        }
    }

    fn of_pair(&mut self, case: Case<'_, 'c>, against: Against<'_, 'c>, out: &mut Vec<Leaf>) {
        let Against { sub, sup, class } = against;
        let found = self.engine.compared(sub, sup, class, self.lens);
        self.fuel = self.fuel.saturating_sub((found.losses.len() + found.children.len()) / 64);
        let instead = found.children.iter().filter_map(|child| child.instead.as_ref());
        let losses: Vec<&Loss<'c>> =
            found.losses.iter().chain(instead).filter(|loss| case.is_about(&loss.what, sub, sup)).collect();
        if losses.is_empty() {
            return;
        }
        let Some(base) = self.base(sub, Some(sup), class) else { return };
        for loss in losses {
            for payload in self.pointed(&base, against, loss) {
                if let Some(payload) = self.hits(case, sub, payload) {
                    let control = self.control(case, &base, &payload, loss);
                    out.push(Leaf::new(payload, control));
                    break;
                }
            }
        }
    }

    /// Edits that show the loss itself; best those that show nothing else.
    fn pointed(&mut self, base: &Value, against: Against<'_, 'c>, loss: &Loss<'c>) -> Vec<Value> {
        let edits = self.edits(base, against, loss);
        let What::Of(facet) = loss.what else { return edits };
        if !is_own(facet) {
            return edits;
        }
        let unknown = loss.grade == Grade::Undecided;
        let mut out: Vec<(usize, Value)> = edits
            .into_iter()
            .map(|value| (broken(self.engine, against.sup, &value), value))
            .filter(|(facets, _)| unknown || facets.contains(&facet))
            .map(|(facets, value)| (facets.len(), value))
            .collect();
        out.sort_by_key(|(count, _)| *count);
        out.into_iter().map(|(_, value)| value).collect()
    }

    /// The payload if it shows the loss, shaken until no other branch takes it.
    fn hits(&mut self, case: Case<'_, 'c>, sub: &Branch<'c>, payload: Value) -> Option<Value> {
        if !self.spend() || self.takes(case.sub, &payload) == Answer::No {
            return None;
        }
        if !case.exact || self.lets_in(case.sup, &payload) != Answer::Yes {
            return self.alone((case.sub, case.exact.then_some(case.sup)), sub, payload);
        }
        self.shaken((case.sub, case.sup), sub, payload, 3)
    }

    fn control(&mut self, case: Case<'_, 'c>, base: &Value, payload: &Value, loss: &Loss<'c>) -> Option<Value> {
        let nearest = match &loss.what {
            What::Member(name) | What::Access(name) if payload.get(name).is_some() => without(payload, name),
            What::Member(name) | What::Required(name) | What::Access(name) => {
                let value = base.get(name).cloned().or_else(|| self.asked(case, name));
                value.and_then(|value| with(payload, name, value))
            }
            What::Of(Facet::AdditionalProperties) => Some(base.clone()),
            What::Literal(_) | What::Opaque(_) | What::Hole | What::Of(_) => None,
        };
        nearest.filter(|value| self.is_shared(case, value) && value != payload)
    }

    /// The smallest value of a member as the sup side asks for it.
    fn asked(&mut self, case: Case<'_, 'c>, name: &str) -> Option<Value> {
        let branch = self.branches(case.sup, Types::OBJECT).into_iter().next()?;
        let ids = member_ids(self.engine, &branch, name)?;
        let state = self.engine.space.state(ids);
        self.maker.smallest(self.engine, state, self.lens)
    }

    /// A value that both sides admit.
    fn meeting(&mut self, case: Case<'_, 'c>) -> Option<Value> {
        let ids = [case.sub, case.sup].into_iter().flat_map(|state| self.engine.space.ids(state).to_vec()).collect();
        let meet = self.engine.space.state(ids);
        let value = self.maker.smallest(self.engine, meet, self.lens)?;
        self.is_shared(case, &value).then_some(value)
    }

    pub(super) fn is_shared(&mut self, case: Case<'_, 'c>, value: &Value) -> bool {
        self.admits(case.sub, value) != Answer::No && self.admits(case.sup, value) != Answer::No
    }

    /// Instances of whole branches: for types and variants that the other side does not have.
    fn by_type(&mut self, case: Case<'_, 'c>, out: &mut Vec<Leaf>) {
        let mut classes = Types::CLASSES.to_vec();
        // Null is a notion of its own: it shows itself, and nothing else.
        classes.rotate_left(usize::from(case.finding.facet != Facet::Null));
        for class in classes {
            let mut branches = self.branches(case.sub, class);
            branches.sort_by_key(|branch| !self.is_variant(branch, &case.finding.subject));
            for branch in branches {
                for payload in self.edges(Against { sub: &branch, sup: &branch, class }) {
                    if !self.spend() {
                        return;
                    }
                    if self.takes(case.sub, &payload) != Answer::No
                        && self.lets_in(case.sup, &payload) == Answer::No
                        && let Some(payload) = self.alone((case.sub, Some(case.sup)), &branch, payload)
                    {
                        out.push(Leaf::new(payload, None));
                        return;
                    }
                }
            }
        }
    }

    fn is_variant(&self, branch: &Branch<'c>, subject: &str) -> bool {
        let labels = branch.choices.iter().filter_map(|(_, member)| label(self.engine, *member));
        !subject.is_empty() && labels.into_iter().any(|label| label == subject)
    }
}

impl<'c> Case<'_, 'c> {
    /// True if a loss of two branches is part of the finding.
    fn is_about(&self, what: &What<'c>, sub: &Branch<'c>, sup: &Branch<'c>) -> bool {
        if let What::Literal(text) = what
            && self.finding.facet == Facet::EnumValue
        {
            return self.finding.member.is_none() && **text == *self.finding.subject;
        }
        if let (What::Literal(_), Facet::Constraint) = (what, self.finding.facet) {
            return *self.finding.subject == *Key::NOT.fixed();
        }
        let (base, head) = if self.run == Run::Forward { (sub, sup) } else { (sup, sub) };
        let (facet, member, subject) = entry_key(what, base, head);
        let finding = self.finding;
        let same = facet == finding.facet || (facet, finding.facet) == (Facet::EnumValue, Facet::Const);
        let named = facet != Facet::EnumValue || finding.facet == Facet::Const || subject == finding.subject;
        same && member.map(|(name, _)| name) == finding.member && named
    }
}
