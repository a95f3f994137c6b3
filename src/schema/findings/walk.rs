//! The second phase: a walk from the roots through failing pairs, each pair once, that says what differs and where.
//!
//! A difference is placed at the node that carries it. Where a reference leads to another component that both
//! documents have, neither component changed: the difference floats and is placed at the site of the reference.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::Why;
use super::caps::Caps;
use super::differences::{Entries, Parts, Sides};
use super::expand::Expansion;
use super::local::Step;
use super::matching::match_branches;
use super::solve::Engine;
use super::space::{Lens, SchemaId, StateId, Which};
use super::types::Types;
use crate::contract::{Action, Facet, Grade, Home, Run};
use crate::spec::Loc;

/// Visits a walk may cost.
const VISITS: usize = 50_000;

/// What the differ wants to know: how a schema of base lies to one of head.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The schema in base.
    pub base: SchemaId,
    /// The schema in head.
    pub head: SchemaId,
    /// How the value travels.
    pub lens: Lens,
    /// Where the schema is written, before references are followed.
    pub site: (Which, Loc),
}

/// Where a difference is: a node, and steps below it where it floats.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Spot<'c> {
    /// The document of the node.
    pub which: Which,
    /// The node.
    pub at: Loc,
    /// Steps below it.
    pub steps: Vec<Step<'c>>,
}

/// One difference of two schemas, both runs joined.
#[derive(Clone, Debug)]
pub struct Finding<'c> {
    /// What of the schema.
    pub facet: Facet,
    /// What happened.
    pub action: Action,
    /// The member it is about, below the spot.
    pub member: Option<&'c str>,
    /// Enum value, variant or keyword.
    pub subject: String,
    /// Old value of the facet.
    pub from: Option<String>,
    /// New value of the facet.
    pub to: Option<String>,
    /// Failing inclusions.
    pub losses: Vec<(Run, Grade)>,
    /// Where.
    pub spot: Spot<'c>,
    /// The node in base.
    pub base: Option<Loc>,
    /// The node in head.
    pub head: Option<Loc>,
    /// The member added or removed is required.
    pub required: bool,
    /// Base said nothing about the type.
    pub untyped_before: bool,
    /// New values must be tolerated.
    pub extensible: bool,
    /// Why it is not decided.
    pub why: Option<Why>,
    /// The visit it was found at.
    pub visit: usize,
}

/// One visited pair.
pub(super) struct Visit<'c> {
    pub(super) base: StateId,
    pub(super) head: StateId,
    pub(super) lens: Lens,
    pub(super) float: Option<Spot<'c>>,
    pub(super) site: Spot<'c>,
    /// Who asks for it, the step from there, and how bad it can be.
    pub(super) asked: Vec<(usize, Step<'c>, Caps)>,
    /// Values of a map: whoever wrote `additionalProperties` invited them, typed or not.
    pub(super) invited: bool,
}

impl Visit<'_> {
    fn parents(&self) -> Vec<usize> {
        self.asked.iter().map(|(parent, ..)| *parent).collect()
    }
}

/// All differences, and which asks reach each visit.
pub struct Findings<'c> {
    /// The differences, in order of discovery.
    pub list: Vec<Finding<'c>>,
    /// For each visit, the asks that reach it, ascending.
    pub reached_by: Vec<Vec<usize>>,
    /// For each visit, the asks that begin there.
    pub roots: Vec<Vec<usize>>,
    /// The pairs of states that were looked at, by visit.
    pub visits: Vec<Stop<'c>>,
}

/// A pair of states that the walk looked at, and the ways that led there.
#[derive(Debug)]
pub struct Stop<'c> {
    /// The state in base.
    pub base: StateId,
    /// The state in head.
    pub head: StateId,
    /// How the value travels.
    pub lens: Lens,
    /// The visits that asked about it, and the steps from them.
    pub parents: Vec<(usize, Step<'c>)>,
}

/// Walks from all asks.
pub fn findings<'c>(engine: &mut Engine<'c>, asks: &[Ask]) -> Findings<'c> {
    let mut walk = Walk { engine, visits: IndexMap::default(), list: Vec::new() };
    let mut roots: Vec<Vec<usize>> = Vec::new();
    for (index, ask) in asks.iter().enumerate() {
        let base = walk.engine.space.state(vec![ask.base]);
        let head = walk.engine.space.state(vec![ask.head]);
        let site = Spot { which: ask.site.0, at: ask.site.1, steps: Vec::new() };
        if let Some(visit) = walk.enter(base, head, ask.lens, site, None) {
            if roots.len() <= visit {
                roots.resize(visit + 1, Vec::new());
            }
            roots[visit].push(index);
        }
    }
    let mut next = 0;
    while next < walk.visits.len().min(VISITS) {
        walk.visit(next);
        next += 1;
    }
    roots.resize(walk.visits.len(), Vec::new());
    walk.settle(&roots);
    walk.cap(&roots);
    let parents: Vec<Vec<usize>> = walk.visits.values().map(Visit::parents).collect();
    let reached_by = reach(&parents, &roots);
    walk.lift(&roots, &reached_by);
    let stop = |visit: Visit<'c>| Stop {
        base: visit.base,
        head: visit.head,
        lens: visit.lens,
        parents: visit.asked.into_iter().map(|(parent, step, _)| (parent, step)).collect(),
    };
    let visits: Vec<Stop<'c>> = walk.visits.into_values().map(stop).collect();
    Findings { list: walk.list, reached_by, roots, visits }
}

/// Hands the asks of each visit down to the visits it asked for.
pub(super) fn reach(parents: &[Vec<usize>], roots: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for (child, parents) in parents.iter().enumerate() {
        for &parent in parents {
            children[parent].push(child);
        }
    }
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    let mut seen = vec![usize::MAX; parents.len()];
    for (root, asks) in roots.iter().enumerate().filter(|(_, asks)| !asks.is_empty()) {
        let mut stack = vec![root];
        seen[root] = root;
        while let Some(visit) = stack.pop() {
            out[visit].extend(asks);
            for &child in &children[visit] {
                if seen[child] != root {
                    seen[child] = root;
                    stack.push(child);
                }
            }
        }
    }
    for asks in &mut out {
        asks.sort_unstable();
        asks.dedup();
    }
    out
}

pub(super) type VisitKey<'c> = (StateId, StateId, Lens, Option<Spot<'c>>);

pub(super) struct Walk<'e, 'c> {
    pub(super) engine: &'e mut Engine<'c>,
    pub(super) visits: IndexMap<VisitKey<'c>, Visit<'c>, FxBuildHasher>,
    pub(super) list: Vec<Finding<'c>>,
}

impl<'c> Walk<'_, 'c> {
    /// The visit of a failing pair, `None` where both runs are contained.
    pub(super) fn enter(
        &mut self,
        base: StateId,
        head: StateId,
        lens: Lens,
        site: Spot<'c>,
        from: Option<(usize, Step<'c>, Caps)>,
    ) -> Option<usize> {
        let parent = from.map(|(parent, ..)| parent);
        let invited = from.is_some_and(|(_, step, _)| step == Step::Map);
        let fails =
            self.engine.standing((base, head, lens)).is_some() || self.engine.standing((head, base, lens)).is_some();
        if !fails {
            return None;
        }
        let within_float = parent.is_some_and(|parent| self.visits[parent].float.is_some());
        let floats = self.floats(base, head, within_float).then(|| site.clone());
        let key = (base, head, lens, floats.clone());
        let again = || floats.as_ref().and_then(|_| self.above(parent, base, head, lens));
        let index = if let Some(index) = self.visits.get_index_of(&key).or_else(again) {
            index
        } else {
            let visit = Visit { base, head, lens, float: floats, site, asked: Vec::new(), invited };
            self.visits.insert_full(key, visit).0
        };
        let visit = &mut self.visits[index];
        if let Some((parent, step, caps)) = from.filter(|(parent, ..)| *parent != index) {
            match visit.asked.iter_mut().find(|(known, ..)| *known == parent) {
                Some((.., known)) => *known = [known[0].max(caps[0]), known[1].max(caps[1])],
                None => visit.asked.push((parent, step, caps)),
            }
        }
        Some(index)
    }

    /// The same pair on the way to here: a recursive schema that floats would have a new place at each depth.
    pub(super) fn above(&self, mut from: Option<usize>, base: StateId, head: StateId, lens: Lens) -> Option<usize> {
        while let Some(index) = from {
            let visit = &self.visits[index];
            if (visit.base, visit.head, visit.lens) == (base, head, lens) {
                return Some(index);
            }
            from = visit.asked.first().map(|(parent, ..)| *parent).filter(|&parent| parent < index);
        }
        None
    }

    /// True if base's component still exists in head, and head's schema is no part of it.
    pub(super) fn floats(&self, base: StateId, head: StateId, within_float: bool) -> bool {
        let space = &self.engine.space;
        let (Some((_, b)), Some((_, h))) = (self.root(base), self.root(head)) else { return within_float };
        let (old, new) = (space.contract(Which::Base), space.contract(Which::Head));
        let Some((_, home @ Home::Component { section, name })) = old.homes.home(b) else { return within_float };
        let stays = new.homes.component(section, name).is_some();
        stays && new.homes.home(h).map(|(_, home)| home) != Some(home)
    }

    pub(super) fn root(&self, state: StateId) -> Option<(Which, Loc)> {
        self.engine.space.nodes(state).first().and_then(|&id| self.engine.space.loc(id))
    }

    pub(super) fn visit(&mut self, index: usize) {
        let visit = &self.visits[index];
        let (base, head, lens) = (visit.base, visit.head, visit.lens);
        let sides = Sides { base: self.engine.branches(base), head: self.engine.branches(head), lens };
        let mut entries = Entries::default();
        if sides.base.overflow || sides.head.overflow {
            let entry = entries.entry((Facet::Constraint, None, "anyOf".to_owned())).or_default();
            (entry.forward, entry.backward) = (Some(Grade::Undecided), Some(Grade::Undecided));
            return self.record(index, entries, &sides, Some(Why::Branches));
        }
        let holed = |side: &Expansion<'c>| side.branches.iter().any(|branch| !branch.holes.is_empty());
        if holed(&sides.base) || holed(&sides.head) {
            let entry = entries.entry((Facet::Reference, None, String::new())).or_default();
            (entry.forward, entry.backward) = (Some(Grade::Undecided), Some(Grade::Undecided));
            return self.record(index, entries, &sides, Some(Why::Hole));
        }
        if sides.base.says_nothing() || sides.head.says_nothing() {
            let untyped = sides.base.says_nothing();
            let entry = entries.entry((Facet::Type, None, String::new())).or_default();
            // Where every type is still taken, only names may be refused.
            let (sub, sup) = if untyped { (base, head) } else { (head, base) };
            let grade = self.engine.standing((sub, sup, lens));
            let grade = grade.map(|grade| if grade < Grade::Value { grade } else { Grade::Shape });
            if untyped {
                entry.forward = grade;
            } else {
                entry.backward = grade;
            }
            return self.record(index, entries, &sides, None);
        }
        self.types(&sides, &mut entries);
        let mut parts = Parts::default();
        for class in Types::CLASSES {
            let matched = match_branches(self.engine, &sides.base, &sides.head, class);
            self.class(&sides, class, &matched, &mut entries, &mut parts);
        }
        for ((step, base, head), caps) in parts {
            let site = self.site(index, &sides, step);
            self.enter(base, head, lens, site, Some((index, step, caps)));
        }
        self.record(index, entries, &sides, None);
    }
}
