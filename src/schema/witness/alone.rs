//! Values that one member of a `oneOf` takes, and no other: exactly one must (JSON Schema 2020-12, Core 10.2.1.3).

use serde_json::Value;

use super::accepts::{branch_accepts, member_ids};
use super::edits::{Against, is_of, with};
use super::search::Search;
use crate::schema::node::{Answer, Types};
use crate::schema::states::{Branch, StateId, expand};

/// Sisters that are shaken off one after another.
const SISTERS: usize = 6;
/// Values that are made of a branch, and of two members that may both take it.
const OVERLAPS: usize = 200;
/// Members of a sister that are tried.
const MEMBERS: usize = 16;

impl<'c> Search<'_, 'c> {
    /// The value, changed until the sisters of its branch refuse it; the sup side, where one is given, refuses it still.
    pub(super) fn alone(
        &mut self,
        (sub, sup): (StateId, Option<StateId>),
        branch: &Branch<'c>,
        mut value: Value,
    ) -> Option<Value> {
        for _ in 0..SISTERS {
            if self.admits(sub, &value) != Answer::No {
                return Some(value);
            }
            let sister = self.taking_sister(branch, &value)?;
            let candidates = self.apart(branch, &sister, &value)?;
            value = candidates.into_iter().find(|candidate| {
                self.spend()
                    && branch_accepts(self.engine, &sister, candidate, self.lens) == Answer::No
                    && branch_accepts(self.engine, branch, candidate, self.lens) != Answer::No
                    && sup.is_none_or(|sup| self.lets_in(sup, candidate) == Answer::No)
            })?;
        }
        (self.admits(sub, &value) != Answer::No).then_some(value)
    }

    /// A value of the sub side that two members of a `oneOf` of the sup side take: looked for once, as the referee and the
    /// proof ask for the same.
    pub(super) fn ambiguous(&mut self, sub: StateId, sup: StateId) -> Option<Value> {
        let key = (sub, sup, self.lens);
        if let Some(known) = self.engine.ambiguous.get(&key) {
            return known.clone();
        }
        let found = self.smallest_ambiguous(sub, sup);
        self.engine.ambiguous.insert(key, found.clone());
        found
    }

    /// The smallest that a branch of the sub side, one of the sup side and a rival of that one take.
    fn smallest_ambiguous(&mut self, sub: StateId, sup: StateId) -> Option<Value> {
        let (subs, sups) = (expand(&mut self.engine.space, sub), expand(&mut self.engine.space, sup));
        let mut left = OVERLAPS;
        for taking in &sups.branches {
            for &rival in self.engine.space.rivals(taking).iter() {
                for branch in subs.branches.iter().filter(|branch| branch.types.meets(taking.types)) {
                    left = left.checked_sub(1).filter(|_| self.spend())?;
                    let own = branch.choices.iter().chain(&taking.choices).map(|(_, member)| *member);
                    let whole = branch.nodes.iter().copied().filter(|_| branch.choices.is_empty());
                    let ids = own.chain(whole).chain([rival]).collect();
                    let state = self.engine.space.state(ids);
                    let Some(value) = self.maker.smallest(self.engine, state, self.lens) else { continue };
                    if self.admits(sub, &value) != Answer::No && self.admits(sup, &value) == Answer::No {
                        return Some(value);
                    }
                }
            }
        }
        None
    }

    /// The branch of a sister that takes the value too.
    fn taking_sister(&mut self, branch: &Branch<'c>, value: &Value) -> Option<Branch<'c>> {
        for &sister in self.engine.space.sisters(branch).iter() {
            let state = self.engine.space.state(vec![sister]);
            let expansion = expand(&mut self.engine.space, state);
            for one in &expansion.branches {
                if self.spend() && branch_accepts(self.engine, one, value, self.lens) != Answer::No {
                    return Some(one.clone());
                }
            }
        }
        None
    }

    /// Values like the given one that the sister may refuse: by what the branch says, then by what only the sister says.
    fn apart(&mut self, branch: &Branch<'c>, sister: &Branch<'c>, value: &Value) -> Option<Vec<Value>> {
        let class = Types::CLASSES.into_iter().find(|&class| is_of(value, class))?;
        let found = self.engine.compared(branch, sister, class, self.lens);
        let mut out = self.candidates(value, Against { sub: branch, sup: sister, class }, &found);
        let named = |branch: &Branch<'c>| -> Vec<&'c str> {
            branch.objects.iter().flat_map(|layer| layer.properties.keys().copied()).take(MEMBERS).collect()
        };
        for name in named(branch).into_iter().chain(named(sister)) {
            let (Some(own), Some(other)) =
                (member_ids(self.engine, branch, name), member_ids(self.engine, sister, name))
            else {
                continue;
            };
            let (own, other) = (self.engine.space.state(own), self.engine.space.state(other));
            if let Some(part) = self.refute(own, other) {
                out.extend(with(value, name, part));
            }
        }
        Some(out)
    }
}
