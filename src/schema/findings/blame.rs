//! Where a difference lies, and what it is called: the node that carries it, its counterpart, the action.

use super::entry::{Change, Entries, Entry, Sides, names};
use super::walk::Walk;
use super::{Finding, Spot, Why};
use crate::contract::{Facet, Grade, Home};
use crate::schema::inclusion::Step;
use crate::schema::node::{SchemaId, Types, Which};
use crate::schema::states::{Branch, Expansion, StateId};
use crate::spec::Loc;

impl<'c> Walk<'_, 'c> {
    /// Where a part is written: in base where it is, else in head; below a floating pair, by steps from its site.
    pub(super) fn site(&self, index: usize, sides: &Sides<'c>, step: Step<'c>) -> Spot<'c> {
        let visit = &self.visits[index];
        if let Some(float) = &visit.float {
            let mut below = float.clone();
            below.steps.push(step);
            return below;
        }
        for (which, side) in [(Which::Base, &sides.base), (Which::Head, &sides.head)] {
            for branch in &side.branches {
                let Some(at) = super::site::of(&self.engine.space, branch, step) else { continue };
                let root = self.root(visit.base).filter(|&root| self.is_left((which, at), root, sides));
                return match root {
                    Some((which, at)) => Spot { which, at, steps: vec![step] },
                    None => Spot { which, at, steps: Vec::new() },
                };
            }
        }
        visit.site.clone()
    }

    pub(super) fn record(&mut self, index: usize, mut entries: Entries<'c>, sides: &Sides<'c>, why: Option<Why>) {
        super::exchanged::join_denied(&mut entries, sides);
        let value = |side: &Expansion<'c>| side.branches.iter().find_map(super::datum::only_value);
        // The same single value on both sides is refused by what stands beside it, not replaced.
        let both_const = entries.keys().any(|key| key.0 == Facet::EnumValue)
            && is_const(&sides.base)
            && is_const(&sides.head)
            && value(&sides.base) != value(&sides.head);
        let mut replaced = false;
        for ((facet, member, subject), mut entry) in entries {
            let mut facet = facet;
            let mut subject = subject;
            if both_const && facet == Facet::EnumValue {
                if replaced {
                    continue;
                }
                replaced = true;
                (facet, subject) = (Facet::Const, String::new());
                (entry.forward, entry.backward) = (Some(Grade::Shape), Some(Grade::Shape));
                (entry.from, entry.to) = (value(&sides.base), value(&sides.head));
            }
            if facet == Facet::Type || facet == Facet::Null {
                // Null is said apart, unless one side names no type at all.
                let untyped = [&sides.base, &sides.head].iter().any(|side| side.types() == Types::ALL);
                let text = |side: &Expansion<'c>| {
                    let types = side.types();
                    let all = side.says_nothing() || types.or(Types::NULL) == Types::ALL;
                    let shown = if untyped { types } else { types.without(Types::NULL) };
                    if all { Types::ALL } else { shown }.to_string()
                };
                (entry.from, entry.to) = (Some(text(&sides.base)), Some(text(&sides.head)));
            }
            let finding = self.finding(index, facet, member, subject, entry, sides, why);
            self.list.push(finding);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one finding, named at the one call")]
    pub(in crate::schema) fn finding(
        &self,
        visit: usize,
        facet: Facet,
        member: Option<(&'c str, Change)>,
        subject: String,
        mut entry: Entry,
        sides: &Sides<'c>,
        why: Option<Why>,
    ) -> Finding<'c> {
        let name = member.map(|(name, _)| name);
        let has = |side: &Expansion<'c>| {
            name.is_none_or(|name| {
                let mut all = side.branches.iter().filter(|branch| names(branch, name));
                all.any(|branch| !self.engine.space.is_shut(branch, name))
            })
        };
        let exchanged = self.exchanged(facet, &subject, &entry, sides);
        let replaced = exchanged.is_some();
        if let Some((from, to)) = exchanged {
            (entry.from, entry.to) = (Some(from), Some(to));
        }
        let has = (has(&sides.base), has(&sides.head));
        // A member that another variant of each side has did not come or go: only the demand for it did.
        let demanded = entry.required && !entry.itself && has == (true, true);
        let action = super::action::of(
            facet,
            member.is_some_and(|(_, change)| change == Change::Required) || demanded,
            (entry.forward, entry.backward),
            has,
            (entry.from.is_some(), entry.to.is_some()),
        );
        let spot = self.spot(visit, (entry.base, entry.head), sides);
        let position = |which: Which, owner: Option<SchemaId>, state: StateId| {
            let owner = owner.or_else(|| self.engine.space.ids(state).first().copied());
            let at = owner.and_then(|id| self.engine.space.nodes.loc(id)).filter(|(w, _)| *w == which)?.1;
            let member = name.and_then(|name| super::site::member(&self.engine.space, which, at, name));
            Some(member.unwrap_or(at))
        };
        let pair = &self.visits[visit];
        let losses = entry.losses();
        let undecided = losses.iter().any(|(_, grade)| *grade == Grade::Undecided).then_some(undecided(facet));
        // What nothing satisfies any more is refused, not typed.
        let untyped = sides.base.types() == Types::ALL && !sides.head.branches.is_empty();
        let named_now = facet == Facet::Type && entry.from == entry.to;
        Finding {
            facet,
            action,
            member: name,
            subject,
            called: entry.called,
            from: entry.from,
            to: entry.to,
            losses,
            spot,
            base: position(Which::Base, entry.base, pair.base),
            head: position(Which::Head, entry.head, pair.head),
            required: entry.required,
            untyped_before: untyped && !pair.invited || named_now,
            extensible: entry.extensible,
            replaced,
            why: why.or(undecided),
            visit,
        }
    }

    /// The place of a difference: the node that carries it in base, else its counterpart.
    pub(super) fn spot(
        &self,
        visit: usize,
        (base, head): (Option<SchemaId>, Option<SchemaId>),
        sides: &Sides<'c>,
    ) -> Spot<'c> {
        let visit = &self.visits[visit];
        if let Some(float) = &visit.float {
            return float.clone();
        }
        let node = |which, at| Spot { which, at, steps: Vec::new() };
        let roots = (self.root(visit.base), self.root(visit.head));
        let stays = |at: &(Which, Loc)| roots.0.is_none_or(|root| !self.is_left(*at, root, sides));
        let base = base.and_then(|id| self.engine.space.nodes.loc(id)).filter(stays);
        let head = head.and_then(|id| self.engine.space.nodes.loc(id)).filter(stays);
        if let Some((which, at)) = base.filter(|&(which, at)| self.may_carry(which, at, roots.0)) {
            return node(which, at);
        }
        if let Some((which, at)) =
            head.filter(|&(which, at)| Some((which, at)) != roots.1 && self.may_carry(which, at, roots.1))
            && self.has_twin(which, at)
        {
            return node(which, at);
        }
        match roots {
            (Some((which, at)), _) | (None, Some((which, at))) => node(which, at),
            (None, None) => visit.site.clone(),
        }
    }

    /// A component that both documents have the same cannot be the cause of a difference: whoever refers to it is.
    pub(super) fn may_carry(&self, which: Which, at: Loc, root: Option<(Which, Loc)>) -> bool {
        let Some((home_at, twin)) = self.twin(which, at) else { return true };
        let homes = &self.engine.space.nodes.contract(which).homes;
        if root.and_then(|(_, root)| homes.home(root)).is_some_and(|(start, _)| start == home_at) {
            return true;
        }
        let (base, head) = if which == Which::Base { (home_at, twin) } else { (twin, home_at) };
        !self.engine.space.align.same(base, head)
    }

    /// True of a node in a component that its own version conjoins in every branch, and the other one in none: a reference
    /// to it came or went, and whoever refers is what changed.
    fn is_left(&self, (which, at): (Which, Loc), (_, root): (Which, Loc), sides: &Sides<'c>) -> bool {
        let nodes = &self.engine.space.nodes;
        let home = |which: Which, at: Loc| nodes.contract(which).homes.home(at).map(|(_, home)| home);
        let Some(own @ Home::Component { .. }) = home(which, at) else { return false };
        if home(Which::Base, root) == Some(own) {
            return false;
        }
        let conjoins = |branch: &Branch<'c>| {
            branch.nodes.iter().filter_map(|&id| nodes.loc(id)).any(|(which, at)| home(which, at) == Some(own))
        };
        let (this, other) = if which == Which::Base { (&sides.base, &sides.head) } else { (&sides.head, &sides.base) };
        this.branches.iter().all(conjoins) && !other.branches.iter().any(conjoins)
    }

    pub(super) fn has_twin(&self, which: Which, at: Loc) -> bool {
        self.twin(which, at).is_some()
    }

    /// The component a node stands in, and the component of the same name in the other document.
    pub(super) fn twin(&self, which: Which, at: Loc) -> Option<(Loc, Loc)> {
        let (start, Home::Component { section, name }) = self.engine.space.nodes.contract(which).homes.home(at)? else {
            return None;
        };
        let other = self.engine.space.nodes.contract(if which == Which::Base { Which::Head } else { Which::Base });
        Some((start, other.homes.component(section, name)?))
    }
}

/// Why a facet stays undecided.
fn undecided(facet: Facet) -> Why {
    if facet == Facet::Pattern {
        Why::Pattern
    } else if facet == Facet::Reference {
        Why::Hole
    } else {
        Why::Opaque
    }
}

pub(super) fn is_const(side: &Expansion<'_>) -> bool {
    side.branches.iter().filter_map(super::datum::only_value).count() == 1
        && side.branches.iter().filter(|branch| branch.literals.is_some()).count() == 1
}
