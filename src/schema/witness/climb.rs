//! From the place of a finding up to the whole payload: at each step the smallest parent that both sides admit, but for
//! the part that shows the finding.

use serde_json::Value;

use super::accepts::member_ids;
use super::edits::without;
use super::leaf::Leaf;
use super::maker::DEPTH;
use super::search::Search;
use crate::schema::inclusion::Step;
use crate::schema::node::{Answer, Types};
use crate::schema::states::{Branch, StateId};

/// Pairs of branches that are tried at one step.
const TRIES: usize = 24;

/// Members that may be tags.
const TAGS: usize = 256;

/// One step up: the pair of states of the parent, and the way from there to the part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Up<'c> {
    pub(super) sub: StateId,
    pub(super) sup: StateId,
    pub(super) step: Step<'c>,
    /// The sub state of the part.
    pub(super) part: StateId,
}

impl<'c> Search<'_, 'c> {
    /// A parent with the leaf in its place.
    pub(super) fn climb(&mut self, up: Up<'c>, leaf: &Leaf, exact: bool) -> Option<Leaf> {
        let class = match up.step {
            Step::Items | Step::Item(_) => Types::ARRAY,
            Step::Property(_) | Step::Map | Step::Pattern(_) => Types::OBJECT,
        };
        let mut subs = self.branches(up.sub, class);
        subs.sort_by_key(|branch| !self.leads(branch, up));
        let sups = self.branches(up.sup, class);
        let others = sups.iter().map(Some).chain([None]);
        let pairs: Vec<(&Branch<'c>, Option<&Branch<'c>>)> =
            subs.iter().flat_map(|sub| others.clone().map(move |sup| (sub, sup))).take(TRIES).collect();
        let mut second = None;
        for pair in pairs {
            if !self.spend() {
                break;
            }
            match self.parent(pair, up, leaf, exact) {
                Some(found) if found.control.is_some() => return Some(found),
                found => second = second.or(found),
            }
        }
        second
    }

    /// True if the part of a branch at the step is the one that was asked about.
    fn leads(&mut self, branch: &Branch<'c>, up: Up<'c>) -> bool {
        let ids = match up.step {
            Step::Property(name) => member_ids(self.engine, branch, name).unwrap_or_default(),
            Step::Items => branch.items_at(usize::MAX),
            Step::Item(place) => branch.items_at(place),
            Step::Map | Step::Pattern(_) => return true,
        };
        self.engine.space.state(ids) == up.part
    }

    fn parent(
        &mut self,
        pair: (&Branch<'c>, Option<&Branch<'c>>),
        up: Up<'c>,
        leaf: &Leaf,
        exact: bool,
    ) -> Option<Leaf> {
        let bare = self.around(pair, up.step, &leaf.payload)?;
        // A sister branch may take what does not say which one is meant, though it may.
        let tags = self.tags(pair.0, up.step);
        let hit = [Vec::new(), tags].into_iter().find_map(|tags| {
            let payload = tagged(bare.clone(), &tags);
            let shows =
                self.takes(up.sub, &payload) != Answer::No && (!exact || self.lets_in(up.sup, &payload) != Answer::Yes);
            let alone = shows.then(|| self.alone((up.sub, exact.then_some(up.sup)), pair.0, payload));
            alone.flatten().filter(|payload| holds(payload, up.step, &leaf.payload)).map(|payload| (payload, tags))
        });
        let (payload, mut tags) = hit?;
        tags.extend(beside(&payload, &bare, up.step));
        let with_part = leaf.control.as_ref().and_then(|part| self.around(pair, up.step, part));
        let with_part = with_part.map(|parent| tagged(parent, &tags));
        let bare = match up.step {
            Step::Property(name) => without(&payload, name),
            Step::Items => payload.as_array().map(|items| Value::Array(items[..items.len() - 1].to_vec())),
            Step::Item(_) | Step::Map | Step::Pattern(_) => None,
        };
        let control = [with_part, bare]
            .into_iter()
            .flatten()
            .find(|value| self.admits(up.sub, value) != Answer::No && self.admits(up.sup, value) != Answer::No);
        let at = format!("/{}{}", token(up.step, &payload)?, leaf.at);
        Some(Leaf { payload, control, at })
    }

    /// The optional members of a branch that have one value only.
    fn tags(&mut self, branch: &Branch<'c>, step: Step<'c>) -> Vec<(String, Value)> {
        let names = branch.objects.iter().flat_map(|layer| layer.properties.keys().copied()).take(TAGS);
        let names: Vec<&'c str> = names.collect();
        self.fuel = self.fuel.saturating_sub(names.len() / 8);
        let mut out = Vec::new();
        for name in names.into_iter().filter(|name| step != Step::Property(name)) {
            let Some(ids) = member_ids(self.engine, branch, name) else { continue };
            let state = self.engine.space.state(ids);
            let branches = self.branches(state, Types::STRING);
            if let [only] = branches.as_slice()
                && only.literals.as_ref().is_some_and(|(values, _)| values.len() == 1)
                && let Some(value) = self.maker.smallest(self.engine, state, self.lens)
            {
                out.push((name.to_owned(), value));
            }
        }
        out
    }

    /// The smallest parent with a part at a step.
    fn around(&mut self, pair: (&Branch<'c>, Option<&Branch<'c>>), step: Step<'c>, part: &Value) -> Option<Value> {
        let how = (self.lens, DEPTH);
        match step {
            Step::Property(name) => self.maker.object(self.engine, pair, how, &[(name, Some(part))]),
            Step::Map | Step::Pattern(_) => {
                let base = self.maker.object(self.engine, pair, how, &[])?;
                self.put(&base, pair, step, part)
            }
            Step::Items | Step::Item(_) => self.put(&Value::Null, pair, step, part),
        }
    }
}

/// Where a parent holds the part that was put into it at a step, as a token of a JSON Pointer (RFC 6901 §3).
fn token(step: Step<'_>, parent: &Value) -> Option<String> {
    let name = match step {
        Step::Property(name) => name,
        Step::Item(place) => return Some(place.to_string()),
        Step::Items => return Some(parent.as_array()?.len().checked_sub(1)?.to_string()),
        // Put in last.
        Step::Map | Step::Pattern(_) => parent.as_object()?.keys().next_back()?,
    };
    Some(name.replace('~', "~0").replace('/', "~1"))
}

/// True if a parent still holds the part.
fn holds(parent: &Value, step: Step<'_>, part: &Value) -> bool {
    match step {
        Step::Property(name) => parent.get(name) == Some(part),
        Step::Map | Step::Pattern(_) => parent.as_object().is_some_and(|all| all.values().next_back() == Some(part)),
        Step::Items => parent.as_array().is_some_and(|all| all.last() == Some(part)),
        Step::Item(place) => parent.get(place) == Some(part),
    }
}

/// The members of a parent that another one does not have, or has otherwise; not the part itself.
fn beside(parent: &Value, other: &Value, step: Step<'_>) -> Vec<(String, Value)> {
    let is_part = |name: &str| step == Step::Property(name);
    let members = parent.as_object().into_iter().flatten();
    let new = members.filter(|(name, value)| !is_part(name) && other.get(name) != Some(value));
    new.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// An object with some more members.
fn tagged(mut parent: Value, tags: &[(String, Value)]) -> Value {
    if let Some(members) = parent.as_object_mut() {
        for (name, value) in tags {
            members.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    parent
}
