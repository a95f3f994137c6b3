//! What another branch of the same side makes good: it declares the member, or takes the value.

use super::entry::Sides;
use super::walk::Walk;
use crate::contract::{Grade, Run};
use crate::schema::inclusion::{Child, Local, Loss, Step, declares, local};
use crate::schema::node::{Answer, SchemaId, Types, named};
use crate::schema::states::{Branch, Lens, admits, expand};
use crate::spec::Key;

/// Pairs of branches that are looked at for a member that only some of them declare.
const SISTERS: usize = 64;

impl<'c> Walk<'_, 'c> {
    /// True if whichever branch of the sup side does not declare the member shares all its values that have it with one
    /// that does: a reader who tells the branches apart knows the member.
    pub(super) fn declared_elsewhere(
        &mut self,
        name: &'c str,
        run: Run,
        sides: &Sides<'c>,
        (b, h): (usize, usize),
    ) -> bool {
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
        having.required.entry(name).or_insert(*owner);
        sisters.iter().any(|sister| {
            let found = local(self.engine, &having, sister, Types::OBJECT, lens);
            self.engine.weigh(&found, lens, None) < Some(Grade::Value)
        })
    }

    /// True if another branch of the sup side takes the value.
    pub(super) fn taken_elsewhere(&mut self, text: &str, run: Run, sides: &Sides<'c>) -> bool {
        let (subs, sups) = sides.run(run);
        let mut lists = subs.branches.iter().filter_map(|branch| branch.literals.as_ref());
        let Some((canonical, value)) = lists.find_map(|(values, _)| named(values, text)) else { return false };
        let composite = value.types.meets(Types::COMPOSITE);
        sups.branches.iter().any(|sup| {
            admits(&self.engine.space, sup, canonical, value, sides.lens) == Answer::Yes
                && (!composite || self.engine.takes_value(sup, canonical, sides.lens) == Answer::Yes)
        })
    }

    /// True if a part is a tag by which the branches of the sup side are told apart, and what is lost is lost elsewhere:
    /// by itself, or in a part that is no such tag, since two tags may each have all their values and lose them together.
    pub(super) fn told_apart_by(&mut self, part: &Child<'c>, local: &Local<'c>, run: Run, sides: &Sides<'c>) -> bool {
        if !self.is_tag(part, run, sides) {
            return false;
        }
        let lost = |loss: &Loss| loss.grade >= Grade::Value;
        local.losses.iter().any(lost)
            || local.children.iter().any(|child| {
                child.step != part.step
                    && self.engine.standing((child.sub, child.sup, sides.lens)) >= Some(Grade::Value)
                    && !self.is_tag(child, run, sides)
            })
    }

    /// True if each value of a part is taken by a branch of the sup side, of which there are several.
    fn is_tag(&mut self, part: &Child<'c>, run: Run, sides: &Sides<'c>) -> bool {
        let (Step::Property(name), (_, sups)) = (part.step, sides.run(run)) else { return false };
        let tags = expand(&mut self.engine.space, part.sub);
        let listed = !tags.overflow && tags.branches.iter().all(|branch| branch.literals.is_some());
        if sups.branches.len() < 2 || !listed {
            return false;
        }
        let mut taking = Vec::new();
        for sup in &sups.branches {
            let ids: Vec<SchemaId> =
                sup.objects.iter().filter_map(|layer| layer.properties.get(name).copied()).collect();
            let state = self.engine.space.state(ids);
            taking.push(expand(&mut self.engine.space, state));
        }
        let lens = Lens { text: false, ..sides.lens };
        let mut values =
            tags.branches.iter().filter_map(|branch| branch.literals.as_ref()).flat_map(|(values, _)| values.iter());
        values.all(|(text, value)| {
            let mut all = taking.iter().flat_map(|side| &side.branches);
            all.any(|branch| admits(&self.engine.space, branch, text, value, lens) == Answer::Yes)
        })
    }

    /// The condition that asks more of a part than the part's own schema does, and its node.
    pub(super) fn conditional_part(
        &mut self,
        sub: &Branch<'c>,
        sup: &Branch<'c>,
        part: &Child<'c>,
        lens: Lens,
    ) -> Option<(SchemaId, Key)> {
        let Step::Property(name) = part.step else { return None };
        let condition = self.condition(sup).filter(|_| self.condition(sub).is_none())?;
        let (_, member) = sup.choices.last()?;
        let at = |id: SchemaId| sup.nodes.iter().position(|known| *known == id);
        let after = |layer: &SchemaId| at(*layer) > at(*member);
        let layers = sup.objects.iter().filter(|layer| after(&layer.id));
        let asked: Vec<SchemaId> = layers.filter_map(|layer| layer.properties.get(name).copied()).collect();
        let own = self.engine.space.ids(part.sup).iter().copied().filter(|id| !asked.contains(id)).collect();
        let own = self.engine.space.state(own);
        (!asked.is_empty() && self.engine.standing((part.sub, own, lens)).is_none()).then_some(condition)
    }
}
