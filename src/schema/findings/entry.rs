//! What a visit collects: losses of both runs under one key.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::called::Called;
use super::severity::Caps;
use crate::contract::{Facet, Grade, Run};
use crate::schema::inclusion::{Step, What};
use crate::schema::node::{Reading, SchemaId};
use crate::schema::states::{Branch, Expansion, Lens, StateId};

/// The two sides of a visit, expanded.
pub(super) struct Sides<'c> {
    pub(in crate::schema) base: Rc<Expansion<'c>>,
    pub(in crate::schema) head: Rc<Expansion<'c>>,
    pub(in crate::schema) lens: Lens,
}

/// What one facet lost in either run.
#[derive(Default)]
pub(super) struct Entry {
    pub(in crate::schema) forward: Option<Grade>,
    pub(in crate::schema) backward: Option<Grade>,
    /// The runs in which a member loses its declaration, which weighs beside its being refused.
    pub(in crate::schema) unlisted: Vec<Run>,
    pub(in crate::schema) base: Option<SchemaId>,
    pub(in crate::schema) head: Option<SchemaId>,
    /// It is a member that must be there,
    pub(in crate::schema) required: bool,
    /// and in some variant it is the member itself that is lost.
    pub(in crate::schema) itself: bool,
    /// What a variant is called.
    pub(in crate::schema) called: Option<Called>,
    pub(in crate::schema) extensible: bool,
    pub(in crate::schema) from: Option<String>,
    pub(in crate::schema) to: Option<String>,
}

/// Facet, member, subject.
pub(super) type EntryKey<'c> = (Facet, Option<(&'c str, Change)>, String);

/// What happened to a member.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(in crate::schema) enum Change {
    Itself,
    Required,
}

pub(super) type Entries<'c> = IndexMap<EntryKey<'c>, Entry, FxBuildHasher>;

/// Parts to be visited, and how bad they can be: different branches may have different ones at the same step.
pub(super) type Parts<'c> = IndexMap<(Step<'c>, StateId, StateId), Caps, FxBuildHasher>;

impl<'c> Sides<'c> {
    pub(in crate::schema) fn run(&self, run: Run) -> (&Expansion<'c>, &Expansion<'c>) {
        match run {
            Run::Forward => (&self.base, &self.head),
            Run::Backward => (&self.head, &self.base),
        }
    }
}

impl Entry {
    /// The failing inclusions.
    pub(super) fn losses(&self) -> Vec<(Run, Grade)> {
        let runs = [(Run::Forward, self.forward), (Run::Backward, self.backward)];
        let mut out: Vec<(Run, Grade)> = runs.into_iter().filter_map(|(run, grade)| Some((run, grade?))).collect();
        for loss in self.unlisted.iter().map(|&run| (run, Grade::Unlisted)) {
            if !out.contains(&loss) {
                out.push(loss);
            }
        }
        out
    }

    pub(in crate::schema) fn lose(&mut self, run: Run, grade: Grade, sub: Option<SchemaId>, sup: Option<SchemaId>) {
        let (base, head) = if run == Run::Forward { (sub, sup) } else { (sup, sub) };
        self.base = self.base.or(base);
        self.head = self.head.or(head);
        if grade == Grade::Unlisted && !self.unlisted.contains(&run) {
            self.unlisted.push(run);
        }
        let slot = if run == Run::Forward { &mut self.forward } else { &mut self.backward };
        *slot = (*slot).max(Some(grade));
    }
}

pub(in crate::schema) fn names(branch: &Branch<'_>, name: &str) -> bool {
    let by_pattern = |layer: &Reading<'_>| layer.patterns.iter().any(|(pattern, _)| *pattern == name);
    branch.objects.iter().any(|layer| layer.properties.contains_key(name) || by_pattern(layer))
        || branch.required.contains_key(name)
}

pub(super) fn variant_index(side: &Expansion<'_>, index: usize) -> String {
    // The place of the branch among those that stem from unions: what the document numbers from 0.
    side.branches[..index].iter().filter(|branch| !branch.choices.is_empty()).count().to_string()
}

pub(in crate::schema) fn entry_key<'c>(what: &What<'c>, base: &Branch<'c>, head: &Branch<'c>) -> EntryKey<'c> {
    match what {
        What::Member(name) => (Facet::Property, Some((*name, Change::Itself)), String::new()),
        // A demand on a member that only one side has is part of its coming or going.
        What::Required(name) if names(base, name) && names(head, name) => {
            (Facet::Property, Some((*name, Change::Required)), String::new())
        }
        What::Required(name) => (Facet::Property, Some((*name, Change::Itself)), String::new()),
        What::Access(name) => (Facet::ReadOnly, Some((*name, Change::Itself)), String::new()),
        What::Literal(text) => (Facet::EnumValue, None, text.to_string()),
        What::Opaque(key) => (Facet::Constraint, None, key.fixed().to_owned()),
        What::Hole => (Facet::Reference, None, String::new()),
        What::Of(facet) => (*facet, None, String::new()),
    }
}
