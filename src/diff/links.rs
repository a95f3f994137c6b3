//! Links by name: what follow-up a response suggests, nothing on the wire.

use rustc_hash::FxHashMap;

use super::Differ;
use super::annotations;
use super::draft::Draft;
use super::operations::{Pair, id};
use super::unread::{Sight, sight};
use crate::contract::{Action, Contract, Facet, Operation, Response, Scope, Unread};
use crate::schema::canonical;
use crate::spec::{Key, Loc};
use crate::text::{Arg, Spot};

pub(super) fn compare(differ: &mut Differ<'_>, pair: Pair<'_>, of: (&Response, &Response)) {
    let address = || pair.address().with(&format!("#response:{}", of.0.status), "");
    let spot = Spot::Response(of.1.status.clone());
    let place = Arg::Spot { path: String::new(), spot: spot.clone() };
    let fact = |draft: Draft, name: &str| {
        draft
            .subject(name)
            .code("name", name)
            .arg("place", place.clone())
            .at(Some(of.0.at), Some(of.1.at))
            .used([pair.part(spot.clone())])
    };
    let of_action = |action| Draft::new(Facet::Link, action, Scope::Operation, address());
    let unknown = || Draft::unknown(Facet::Link, Scope::Operation, address());
    for (name, link) in &of.0.links {
        let counterpart = of.1.links.iter().find(|(other, _)| other == name).map(|(_, link)| link);
        let draft = match (seen(link, counterpart), link, counterpart) {
            (Sight::Unknown, ..) => unknown(),
            (Sight::Clear, _, None) => of_action(Action::Removed),
            (Sight::Clear, Ok(base), Some(Ok(head))) => {
                annotations::said(differ, pair, (*base, *head), (&address(), &place), &spot);
                if differ.is_same_link(*base, *head) {
                    continue;
                }
                of_action(Action::Edited)
            }
            (Sight::Alike | Sight::Clear, ..) => continue,
        };
        differ.drafts.push(fact(draft, name));
    }
    for (name, link) in of.1.links.iter().filter(|(name, _)| !of.0.links.iter().any(|(other, _)| other == name)) {
        let draft = if link.is_err() { unknown() } else { of_action(Action::Added) };
        differ.drafts.push(fact(draft, name));
    }
}

fn seen(base: &Result<Loc, Unread>, head: Option<&Result<Loc, Unread>>) -> Sight {
    sight(base.as_ref().err(), head.and_then(|link| link.as_ref().err()))
}

/// What links lead to, and which links are the same in both versions.
#[derive(Default)]
pub(super) struct Links {
    base: Operations,
    head: Operations,
    same: FxHashMap<(Loc, Loc), bool>,
}

/// Operations by what links call them, each with the key that it has in base, or else in head.
#[derive(Default)]
struct Operations {
    by_id: FxHashMap<String, String>,
    by_node: FxHashMap<Loc, String>,
}

impl Operations {
    fn add(&mut self, contract: &Contract, operation: &Operation, key: &str) {
        let name = id(contract, operation);
        if !name.is_empty() {
            self.by_id.entry(name.to_owned()).or_insert_with(|| key.to_owned());
        }
        self.by_node.entry(operation.at).or_insert_with(|| key.to_owned());
    }

    /// The operation that a link leads to; its own words where there is none.
    fn target(&self, contract: &Contract, link: Loc) -> Option<String> {
        let document = &contract.document;
        if let Some(id) = document.string(link, Key::OPERATION_ID) {
            return Some(self.by_id.get(id).cloned().unwrap_or_else(|| id.to_owned()));
        }
        let text = document.string(link, Key::OPERATION_REF)?;
        let known = document.lookup(link, text).and_then(|at| self.by_node.get(&at));
        Some(known.cloned().unwrap_or_else(|| text.to_owned()))
    }
}

impl Links {
    /// The operations of both versions, where those of a pair are one.
    pub(super) fn of(base: &Contract, head: &Contract, pairs: &[Pair<'_>]) -> Self {
        let mut out = Self::default();
        for pair in pairs {
            let key = pair.base.key.exact();
            out.base.add(base, pair.base, &key);
            out.head.add(head, pair.head, &key);
        }
        base.operations.iter().for_each(|operation| out.base.add(base, operation, &operation.key.exact()));
        head.operations.iter().for_each(|operation| out.head.add(head, operation, &operation.key.exact()));
        out
    }
}

impl Differ<'_> {
    /// True of links to the same operation with the same values; two links are compared once.
    fn is_same_link(&mut self, base: Loc, head: Loc) -> bool {
        if let Some(&known) = self.links.same.get(&(base, head)) {
            return known;
        }
        let text = |contract: &Contract, link: Loc, key: Key| {
            let at = contract.document.get(link, key)?;
            let mut out = String::new();
            canonical(&contract.document, at, &mut out);
            Some(out)
        };
        let values = |key| text(self.base, base, key) == text(self.head, head, key);
        let same = self.links.base.target(self.base, base) == self.links.head.target(self.head, head)
            && [Key::PARAMETERS, Key::REQUEST_BODY, Key::SERVER].into_iter().all(values);
        self.links.same.insert((base, head), same);
        same
    }
}
