//! What differs between the two sides of a visit: types, matched branches, branches without a match; both runs joined.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::caps::{self, Caps};
use super::expand::{Branch, Expansion, expand};
use super::local::{Local, Loss, Step, What, local};
use super::matching::Matched;
use super::members::declares;
use super::report::Walk;
use super::solve::covers_class;
use super::space::{Lens, SchemaId, StateId};
use super::types::Types;
use crate::contract::{Facet, Grade, Run};
use crate::spec::Key;

/// Pairs of branches that are looked at for a member that only some of them declare.
const SISTERS: usize = 64;

/// The two sides of a visit, expanded.
pub(super) struct Sides<'c> {
    pub(super) base: Rc<Expansion<'c>>,
    pub(super) head: Rc<Expansion<'c>>,
    pub(super) lens: Lens,
}

/// What one facet lost in either run.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) forward: Option<Grade>,
    pub(super) backward: Option<Grade>,
    /// The runs in which a member loses its declaration, which weighs beside its being refused.
    pub(super) unlisted: Vec<Run>,
    pub(super) base: Option<SchemaId>,
    pub(super) head: Option<SchemaId>,
    pub(super) required: bool,
    pub(super) extensible: bool,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

/// Facet, member, subject.
pub(super) type EntryKey<'c> = (Facet, Option<(&'c str, Change)>, String);

/// What happened to a member.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Change {
    Itself,
    Required,
}

pub(super) type Entries<'c> = IndexMap<EntryKey<'c>, Entry, FxBuildHasher>;

/// Parts to be visited, and how bad they can be: different branches may have different ones at the same step.
pub(super) type Parts<'c> = IndexMap<(Step<'c>, StateId, StateId), Caps, FxBuildHasher>;

impl<'c> Walk<'_, 'c> {
    /// Types that one side admits and the other does not.
    pub(super) fn types(&mut self, sides: &Sides<'c>, entries: &mut Entries<'c>) {
        for run in [Run::Forward, Run::Backward] {
            let (subs, sups) = sides.run(run);
            let mut lost = Types::NONE;
            for branch in &subs.branches {
                for class in Types::CLASSES {
                    let types = branch.types.and(class);
                    let missing = !sups.branches.iter().any(|sup| covers_class(sup, class, sides.lens));
                    if types.is_empty() || !missing || sides.lens.text && class == Types::NULL {
                        continue;
                    }
                    if self.engine.cover(branch, (subs, sups), class, sides.lens, None).is_none() {
                        continue; // another type with the same texts, or no value at all
                    }
                    match self.label(branch) {
                        // A named variant of its own type is a variant, not a wider type.
                        Some(label) if class == Types::OBJECT || class == Types::ARRAY => {
                            let entry = entries.entry((Facet::Variant, None, label)).or_default();
                            entry.lose(run, Grade::Shape, None, None);
                        }
                        _ => lost = lost.or(types),
                    }
                }
            }
            // Null is a notion of its own, but not where no type was named at all.
            let named = subs.types() != Types::ALL;
            if named && lost.meets(Types::NULL) {
                entries.entry((Facet::Null, None, String::new())).or_default().lose(run, Grade::Shape, None, None);
            }
            if !lost.without(Types::NULL).is_empty() || !named && !lost.is_empty() {
                entries.entry((Facet::Type, None, String::new())).or_default().lose(run, Grade::Shape, None, None);
            }
        }
    }

    /// The name of the variant a branch takes.
    pub(super) fn label(&self, branch: &Branch<'c>) -> Option<String> {
        branch.choices.iter().rev().find_map(|(_, member)| super::matching::label(self.engine, *member))
    }

    /// The keyword that means the last alternative a branch takes, and its node.
    fn meant(&self, branch: &Branch<'c>) -> Option<(SchemaId, Key)> {
        let (_, member) = branch.choices.last()?;
        self.engine.space.meant_by(*member).map(|(owner, key, _)| (owner, key))
    }

    /// The differences of matched branches of one class, and the branches without a match.
    pub(super) fn class(
        &mut self,
        sides: &Sides<'c>,
        class: Types,
        matched: &Matched,
        entries: &mut Entries<'c>,
        parts: &mut Parts<'c>,
    ) {
        for &(b, h) in &matched.pairs {
            for run in [Run::Forward, Run::Backward] {
                let (sub, sup) = if run == Run::Forward { (b, h) } else { (h, b) };
                let (subs, sups) = sides.run(run);
                let (sub, sup) = (&subs.branches[sub], &sups.branches[sup]);
                let Some(grade) = self.engine.cover(sub, (subs, sups), class, sides.lens, None) else { continue };
                let found = self.engine.compared(sub, sup, class, sides.lens);
                let (mut found, mut pair) = (found, (b, h));
                // Open objects take each other's values and merely do not declare their members: that is no reason to hold
                // a variant against another than its namesake, or than the one that declares all its members.
                let named = |walk: &Self| walk.label(sub).is_some_and(|name| walk.label(sup) == Some(name));
                let listed = !found.losses.iter().any(|loss| loss.grade == Grade::Unlisted);
                let namesake = grade == Grade::Unlisted && (listed || named(self));
                if !namesake && self.engine.weigh(&found, sides.lens, None) > Some(grade) {
                    // Another branch takes more of it than the one that looks alike: what is lost is lost to that one.
                    for (index, other) in sups.branches.iter().enumerate().filter(|(_, b)| b.types.meets(class)) {
                        let closer = self.engine.compared(sub, other, class, sides.lens);
                        if self.engine.weigh(&closer, sides.lens, None) == Some(grade) {
                            (found, pair) = (closer, if run == Run::Forward { (b, index) } else { (index, h) });
                            break;
                        }
                    }
                }
                self.join((run, grade), &found, sides, pair, entries, parts);
            }
        }
        for (run, lone) in [(Run::Forward, &matched.base), (Run::Backward, &matched.head)] {
            let (subs, sups) = sides.run(run);
            for &index in lone {
                let branch = &subs.branches[index];
                let any = sups.branches.iter().any(|sup| covers_class(sup, class, sides.lens));
                if !any {
                    continue; // its type is lost as a whole, which `types` says
                }
                if let Some(grade) = self.engine.cover(branch, (subs, sups), class, sides.lens, None) {
                    if let Some((owner, key)) = self.meant(branch) {
                        let key = (Facet::Constraint, None, key.fixed().to_owned());
                        entries.entry(key).or_default().lose(run, grade, Some(owner), None);
                        continue;
                    }
                    let label = self.label(branch).unwrap_or_else(|| variant_index(subs, index));
                    let owner = branch.choices.last().map(|(union, _)| *union);
                    entries.entry((Facet::Variant, None, label)).or_default().lose(run, grade, owner, None);
                }
            }
        }
    }

    /// Adds one run's differences of two matched branches, none worse than what the union as a whole loses of them.
    pub(super) fn join(
        &mut self,
        (run, cap): (Run, Grade),
        local: &Local<'c>,
        sides: &Sides<'c>,
        (b, h): (usize, usize),
        entries: &mut Entries<'c>,
        parts: &mut Parts<'c>,
    ) {
        let (base, head) = (&sides.base.branches[b], &sides.head.branches[h]);
        let mut losses: Vec<Loss<'c>> = local.losses.clone();
        for child in &local.children {
            let Some(grade) = self.engine.standing((child.sub, child.sup, sides.lens)) else { continue };
            if let Some(loss) = &child.instead {
                losses.push(Loss { grade: grade.min(loss.grade), ..loss.clone() });
            } else {
                let (b, h) = if run == Run::Forward { (child.sub, child.sup) } else { (child.sup, child.sub) };
                caps::raise(parts.entry((child.step, b, h)).or_default(), run, cap);
            }
        }
        for mut loss in losses {
            // What no node spells is said of the keyword that means it.
            let meant = loss.sup.and_then(|id| self.engine.space.meant_by(id));
            if let Some((owner, key, _)) = meant.filter(|(_, key, _)| *key != Key::CONST) {
                loss = Loss { what: What::Opaque(key), sup: Some(owner), ..loss };
            }
            if let What::Literal(text) = &loss.what
                && self.taken_elsewhere(text, run, sides)
            {
                continue;
            }
            if let (What::Member(name), Grade::Unlisted) = (&loss.what, loss.grade)
                && self.declared_elsewhere(name, run, sides, (b, h))
            {
                continue;
            }
            let key = entry_key(&loss.what, base, head);
            let required = matches!(loss.what, What::Required(_));
            let entry = entries.entry(key.clone()).or_default();
            entry.lose(run, caps::under(cap, loss.grade), loss.sub, loss.sup);
            entry.required |= required;
            entry.extensible |= base.extensible || head.extensible;
            (entry.from, entry.to) = (super::datum::of(key.0, base), super::datum::of(key.0, head));
        }
    }

    /// True if whichever branch of the sup side does not declare the member shares all its values that have it with one
    /// that does: a reader who tells the branches apart knows the member.
    fn declared_elsewhere(&mut self, name: &'c str, run: Run, sides: &Sides<'c>, (b, h): (usize, usize)) -> bool {
        let (subs, sups) = sides.run(run);
        let sub = &subs.branches[if run == Run::Forward { b } else { h }];
        let (mut sisters, mut silent) = (Vec::new(), Vec::new());
        for branch in sups.branches.iter().filter(|branch| branch.types.meets(Types::OBJECT)) {
            match declares(self.engine, branch, name, sides.lens) {
                Some(true) => sisters.push(branch),
                Some(false) => silent.push(branch),
                None => {}
            }
        }
        if sisters.is_empty() || sisters.len() * silent.len() > SISTERS {
            return false;
        }
        silent.into_iter().all(|other| {
            let ids = sub.nodes.iter().chain(&other.nodes).copied().collect();
            let state = self.engine.space.state(ids);
            let shared = expand(&mut self.engine.space, state);
            let mut objects = shared.branches.iter().filter(|branch| branch.types.meets(Types::OBJECT));
            !shared.overflow && objects.all(|having| self.within_one(having, name, &sisters, sides.lens))
        })
    }

    /// True if one of the branches takes every object of a branch that has the member.
    fn within_one(&mut self, branch: &Branch<'c>, name: &'c str, sisters: &[&Branch<'c>], lens: Lens) -> bool {
        let Some(owner) = branch.nodes.first() else { return false };
        let mut having = branch.clone();
        having.required.push((name, *owner));
        sisters.iter().any(|sister| {
            let found = local(self.engine, &having, sister, Types::OBJECT, lens);
            self.engine.weigh(&found, lens, None) < Some(Grade::Value)
        })
    }

    /// True if another branch of the sup side takes the value.
    pub(super) fn taken_elsewhere(&mut self, text: &str, run: Run, sides: &Sides<'c>) -> bool {
        let (subs, sups) = sides.run(run);
        let value =
            subs.branches.iter().filter_map(|branch| branch.literals.as_ref()).flat_map(|(values, _)| values.iter());
        let Some((canonical, value)) = value.into_iter().find(|(_, value)| &*value.plain == text) else { return false };
        let composite = value.types.meets(Types::ARRAY.or(Types::OBJECT));
        sups.branches.iter().any(|sup| {
            super::local::admits(self.engine, sup, canonical, value, sides.lens) == Some(true)
                && (!composite || self.engine.takes_value(sup, canonical, sides.lens) == Some(true))
        })
    }
}

impl<'c> Sides<'c> {
    pub(super) fn run(&self, run: Run) -> (&Expansion<'c>, &Expansion<'c>) {
        match run {
            Run::Forward => (&self.base, &self.head),
            Run::Backward => (&self.head, &self.base),
        }
    }
}

impl Entry {
    pub(super) fn lose(&mut self, run: Run, grade: Grade, sub: Option<SchemaId>, sup: Option<SchemaId>) {
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

pub(super) fn names(branch: &Branch<'_>, name: &str) -> bool {
    branch.objects.iter().any(|layer| layer.properties.contains_key(name))
        || branch.required.iter().any(|(known, _)| *known == name)
}

pub(super) fn variant_index(side: &Expansion<'_>, index: usize) -> String {
    // The place of the branch among those that stem from unions: what the document numbers from 0.
    side.branches[..index].iter().filter(|branch| !branch.choices.is_empty()).count().to_string()
}

pub(super) fn entry_key<'c>(what: &What<'c>, base: &Branch<'c>, head: &Branch<'c>) -> EntryKey<'c> {
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
