//! Operations: which of base is which of head, what came and went, and the differs of their parts in turn.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::draft::Draft;
use super::links::Links;
use super::place::Address;
use super::unread::{self, Sight, sight};
use super::{Differ, Use, annotations, bodies, flows, parameters, responses, security, servers};
use crate::contract::{Action, Contract, Facet, OpKey, Operation, Origin, Scope, Template};
use crate::spec::Key;
use crate::text::Spot;

/// An operation that both versions have.
#[derive(Clone, Copy)]
pub(super) struct Pair<'c> {
    pub(super) base: &'c Operation,
    pub(super) head: &'c Operation,
}

impl Pair<'_> {
    /// The spot of a part, with head's parameter names.
    pub(super) fn part(&self, spot: Spot) -> Use {
        at(self.head, spot)
    }
    /// True of a callback's operation that both versions first list at one other place: it is compared there.
    fn is_compared_before(&self) -> bool {
        self.base.first.is_some() && self.base.first == self.head.first
    }
    /// The address of the operation: base's, so that a renamed path parameter or a moved base path keeps it.
    pub(super) fn address(&self) -> Address {
        Address::plain(self.base.key.address())
    }
}

/// A spot of one operation.
pub(super) fn at(operation: &Operation, spot: Spot) -> Use {
    let method = operation.key.method.clone();
    match &operation.key.origin {
        Origin::Path => Use { method, path: operation.key.template.text.clone(), spot },
        Origin::Webhook(name) => {
            Use { method, path: format!("/{name}"), spot: Spot::Webhook(name.clone(), Box::new(spot)) }
        }
        Origin::Callback(parent, name) => {
            let (method, path) = parent.split_once(' ').unwrap_or(("", parent));
            let spot = Spot::Callback(name.clone(), Box::new(spot));
            Use { method: method.to_owned(), path: path.to_owned(), spot }
        }
    }
}

/// `GET /users/{id}`, for sentences.
pub(super) fn name(operation: &Operation) -> String {
    match &operation.key.origin {
        Origin::Path => format!("{} {}", operation.key.method, operation.key.template.text),
        Origin::Webhook(name) => format!("{} {name}", operation.key.method),
        Origin::Callback(parent, name) => format!("{parent} → {name}"),
    }
}

/// Compares all operations.
pub(super) fn compare(differ: &mut Differ<'_>) {
    let (mut pairs, mut gone, mut new) = pair(differ.base, differ.head);
    unread::operations(differ, &mut gone, &mut new);
    for operation in gone {
        let action = if operation.unread.is_some() { Action::Unknown } else { Action::Removed };
        let draft = whole(operation, action).at(Some(operation.at), None);
        let mut draft = draft.used([at(operation, Spot::Operation)]);
        draft.traits.sunset_passed = annotations::sunset_passed(differ.base, operation.at, differ.options.today);
        differ.drafts.push(draft);
    }
    for operation in new {
        let action = if operation.unread.is_some() { Action::Unknown } else { Action::Added };
        let draft = whole(operation, action).at(None, Some(operation.at));
        differ.drafts.push(draft.used([at(operation, Spot::Operation)]));
    }
    pairs.retain(|pair| {
        let seen = sight(pair.base.unread.as_ref(), pair.head.unread.as_ref());
        if seen == Sight::Unknown {
            let draft = whole(pair.base, Action::Unknown).at(Some(pair.base.at), Some(pair.head.at));
            differ.drafts.push(draft.used([pair.part(Spot::Operation)]));
        }
        seen == Sight::Clear && !pair.is_compared_before()
    });
    differ.links = Links::of(differ.base, differ.head, &pairs);
    paths(differ, &pairs);
    servers::compare(differ, &pairs);
    flows::compare(differ, &pairs);
    for pair in pairs {
        security::compare(differ, pair);
        parameters::compare(differ, pair);
        bodies::compare(differ, pair);
        responses::compare(differ, pair);
        annotations::operation(differ, pair);
        if differ.drafts.are_too_many() {
            return;
        }
    }
}

/// Paths that got or lost a slash at their end: gateways and frameworks take them for one, or for two, or redirect.
fn paths(differ: &mut Differ<'_>, pairs: &[Pair<'_>]) {
    for pair in pairs.iter().filter(|pair| pair.base.key.origin == Origin::Path) {
        let (old, new) = (&pair.base.key.template, &pair.head.key.template);
        if old.is_slashed() == new.is_slashed() {
            continue;
        }
        let slash = |template: &Template| if template.is_slashed() { "/" } else { "" };
        let draft = Draft::new(Facet::PathSlash, Action::Replaced, Scope::Operation, Address::plain(&old.shape))
            .values(slash(old), slash(new))
            .code("from", old.text.as_str())
            .code("to", new.text.as_str())
            .at(Some(pair.base.at), Some(pair.head.at))
            .used([pair.part(Spot::Operation)]);
        differ.drafts.push(draft);
    }
}

fn whole(operation: &Operation, action: Action) -> Draft {
    let facet = match &operation.key.origin {
        Origin::Path => Facet::Operation,
        Origin::Webhook(_) => Facet::Webhook,
        Origin::Callback(..) => Facet::Callback,
    };
    let address = Address::plain(operation.key.address());
    let draft = if action == Action::Unknown {
        Draft::unknown(facet, Scope::Operation, address)
    } else {
        Draft::new(facet, action, Scope::Operation, address)
    };
    let draft = draft.code("operation", name(operation));
    match &operation.key.origin {
        Origin::Path => draft,
        Origin::Webhook(name) | Origin::Callback(_, name) => draft.code("name", name.clone()),
    }
}

type Paired<'c> = (Vec<Pair<'c>>, Vec<&'c Operation>, Vec<&'c Operation>);

/// Matches by method and template shape; what is left over, by the address with the server's base path before it.
fn pair<'c>(base: &'c Contract, head: &'c Contract) -> Paired<'c> {
    let (mut pairs, mut gone) = (Vec::new(), Vec::new());
    let mut exact: IndexMap<String, &'c Operation, FxBuildHasher> =
        head.operations.iter().map(|operation| (operation.key.exact(), operation)).collect();
    for operation in &base.operations {
        match exact.swap_remove(&operation.key.exact()) {
            Some(found) => pairs.push(Pair { base: operation, head: found }),
            None => gone.push(operation),
        }
    }
    let mut open: Vec<&'c Operation> =
        head.operations.iter().filter(|operation| exact.contains_key(&operation.key.exact())).collect();
    // A path that keeps its trailing slash, or its want of one, comes before one that gets or loses it.
    for key in [OpKey::slashed, OpKey::plain] {
        by_key((&mut gone, &mut open), &mut pairs, key);
    }
    if gone.is_empty() || open.is_empty() {
        return (pairs, gone, open);
    }
    let full = |contract: &Contract, operation: &Operation| {
        let path = servers::base_path(contract, operation);
        let matching = operation.key.matching();
        match (&operation.key.origin, matching.split_once(' ')) {
            // A callback begins with the key of the operation that declares it.
            (Origin::Path | Origin::Callback(..), Some((method, rest))) => format!("{method} {path}{rest}"),
            _ => matching,
        }
    };
    let mut by_full: IndexMap<String, &'c Operation, FxBuildHasher> =
        open.into_iter().map(|op| (full(head, op), op)).collect();
    let mut left = Vec::new();
    for operation in gone {
        match by_full.shift_remove(&full(base, operation)) {
            Some(found) => pairs.push(Pair { base: operation, head: found }),
            None => left.push(operation),
        }
    }
    (pairs, left, by_full.into_values().collect())
}

/// Pairs operations by a key. Two operations of one shape in one document are rare; the first left over is taken for the
/// other's counterpart.
fn by_key<'c>(
    (gone, open): (&mut Vec<&'c Operation>, &mut Vec<&'c Operation>),
    pairs: &mut Vec<Pair<'c>>,
    key: fn(&OpKey) -> String,
) {
    let mut waiting: IndexMap<String, Vec<&'c Operation>, FxBuildHasher> = IndexMap::default();
    for operation in open.drain(..) {
        waiting.entry(key(&operation.key)).or_default().push(operation);
    }
    gone.retain(|operation| {
        let list = waiting.get_mut(&key(&operation.key)).filter(|list| !list.is_empty());
        let found = list.map(|list| list.remove(0));
        pairs.extend(found.map(|head| Pair { base: operation, head }));
        found.is_none()
    });
    open.extend(waiting.into_values().flatten());
}

/// The `operationId` of an operation.
pub(super) fn id<'c>(contract: &'c Contract, operation: &Operation) -> &'c str {
    contract.document.string(operation.at, Key::OPERATION_ID).unwrap_or("")
}
