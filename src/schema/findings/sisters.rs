//! What another branch of the same side makes good: it declares the member, or takes the value.

use super::entry::Sides;
use super::walk::Walk;
use crate::contract::{Grade, Run};
use crate::schema::inclusion::{declares, local};
use crate::schema::node::{Answer, Types, named};
use crate::schema::states::{Branch, Lens, admits, expand};

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
}
