//! The second phase: a walk from the roots through failing pairs, each pair once, that says what differs and where.
//!
//! A difference is placed at the node that carries it. Where a reference leads to another component, or is replaced by a schema
//! in place, neither component changed: the difference floats and is placed at the site of the reference.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::entry::{Entries, Parts, Sides};
use super::matching::match_branches;
use super::severity::Caps;
use super::{Ask, Finding, Findings, Spot, Stop, Why};
use crate::contract::{Facet, Grade, Home, Run};
use crate::schema::inclusion::{Engine, Step};
use crate::schema::node::{Types, Which};
use crate::schema::states::{Expansion, Lens, StateId};
use crate::spec::Loc;

/// Visits a walk may cost.
const VISITS: usize = 50_000;

/// One visited pair.
pub(super) struct Visit<'c> {
    pub(in crate::schema) base: StateId,
    pub(in crate::schema) head: StateId,
    pub(in crate::schema) lens: Lens,
    pub(in crate::schema) float: Option<Spot<'c>>,
    pub(in crate::schema) site: Spot<'c>,
    /// Who asks for it, the step from there, and how bad it can be.
    pub(in crate::schema) asked: Vec<(usize, Step<'c>, Caps)>,
    /// Values of a map: whoever wrote `additionalProperties` or `patternProperties` invited them, typed or not.
    pub(in crate::schema) invited: bool,
}

impl Visit<'_> {
    fn parents(&self) -> Vec<usize> {
        self.asked.iter().map(|(parent, ..)| *parent).collect()
    }
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
    walk.keep_failing(&roots);
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
pub(in crate::schema) fn reach(parents: &[Vec<usize>], roots: &[Vec<usize>]) -> Vec<Vec<usize>> {
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

pub(in crate::schema) struct Walk<'e, 'c> {
    pub(in crate::schema) engine: &'e mut Engine<'c>,
    pub(in crate::schema) visits: IndexMap<VisitKey<'c>, Visit<'c>, FxBuildHasher>,
    pub(in crate::schema) list: Vec<Finding<'c>>,
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
        let invited = from.is_some_and(|(_, step, _)| matches!(step, Step::Map | Step::Pattern(_)));
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
    pub(in crate::schema) fn above(
        &self,
        mut from: Option<usize>,
        base: StateId,
        head: StateId,
        lens: Lens,
    ) -> Option<usize> {
        while let Some(index) = from {
            let visit = &self.visits[index];
            if (visit.base, visit.head, visit.lens) == (base, head, lens) {
                return Some(index);
            }
            from = visit.asked.first().map(|(parent, ..)| *parent).filter(|&parent| parent < index);
        }
        None
    }

    /// True if base's schema is part of a component, and head's schema is no part of the component of that name.
    pub(super) fn floats(&self, base: StateId, head: StateId, within_float: bool) -> bool {
        let space = &self.engine.space;
        let (Some((_, b)), Some((_, h))) = (self.root(base), self.root(head)) else { return within_float };
        let (old, new) = (space.nodes.contract(Which::Base), space.nodes.contract(Which::Head));
        let Some((_, home @ Home::Component { .. })) = old.homes.home(b) else { return within_float };
        new.homes.home(h).map(|(_, home)| home) != Some(home)
    }

    pub(in crate::schema) fn root(&self, state: StateId) -> Option<(Which, Loc)> {
        self.engine.space.ids(state).first().and_then(|&id| self.engine.space.nodes.loc(id))
    }

    pub(in crate::schema) fn visit(&mut self, index: usize) {
        let visit = &self.visits[index];
        let (base, head, lens) = (visit.base, visit.head, visit.lens);
        let sides = Sides { base: self.engine.branches(base), head: self.engine.branches(head), lens };
        let mut entries = Entries::default();
        let spent = self.engine.space.nodes.meter.is_spent();
        if sides.base.overflow || sides.head.overflow || spent {
            let entry = entries.entry((Facet::Constraint, None, "anyOf".to_owned())).or_default();
            (entry.forward, entry.backward) = (Some(Grade::Undecided), Some(Grade::Undecided));
            return self.record(index, entries, &sides, Some(if spent { Why::Pairs } else { Why::Branches }));
        }
        let holed = |side: &Expansion<'c>| side.branches.iter().any(|branch| !branch.holes.is_empty());
        if holed(&sides.base) || holed(&sides.head) {
            let entry = entries.entry((Facet::Reference, None, String::new())).or_default();
            (entry.forward, entry.backward) = (Some(Grade::Undecided), Some(Grade::Undecided));
            return self.record(index, entries, &sides, Some(Why::Hole));
        }
        // What loses its constraints and took every type before is told constraint by constraint; that null alone comes or
        // goes is told as such.
        let named = |side: &Expansion<'c>| side.types().or(Types::NULL) != Types::ALL;
        let untyped = sides.base.says_nothing() && (named(&sides.head) || sides.head.types() == Types::ALL);
        if untyped || sides.head.says_nothing() && named(&sides.base) {
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
            let matched = match_branches(self.engine, &sides.base, &sides.head, (class, lens));
            self.class(&sides, class, &matched, &mut entries, &mut parts);
        }
        self.overlaps((base, head, lens), &sides, parts.is_empty(), &mut entries);
        for ((step, base, head), caps) in parts {
            let site = self.site(index, &sides, step);
            self.enter(base, head, lens, site, Some((index, step, caps)));
        }
        self.record(index, entries, &sides, None);
    }

    /// Values that two members of a `oneOf` take. What only members that nobody names could show is said where nothing else
    /// is.
    fn overlaps(
        &mut self,
        (base, head, lens): (StateId, StateId, Lens),
        sides: &Sides<'c>,
        alone: bool,
        entries: &mut Entries<'c>,
    ) {
        let told = !entries.is_empty() || !alone;
        for run in [Run::Forward, Run::Backward] {
            let (sub, sup) = if run == Run::Forward { (base, head) } else { (head, base) };
            let Some(grade) = self.engine.overlap((sub, sup, lens), told) else { continue };
            let owner = |side: &Expansion<'c>| side.branches.iter().find_map(|it| it.choices.first()).map(|it| it.0);
            let (subs, sups) = sides.run(run);
            let entry = entries.entry((Facet::Exclusivity, None, String::new())).or_default();
            entry.lose(run, grade, owner(subs), owner(sups));
        }
    }
}
