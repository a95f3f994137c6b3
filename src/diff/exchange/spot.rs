//! From a use back to the operation and the part it stands for.

use rustc_hash::FxHashMap;

use super::super::Use;
use super::Writer;
use crate::contract::{Contract, Location, Operation, Origin, Template};
use crate::schema::Which;
use crate::text::Spot;

/// An operation of one contract and a part of it.
#[derive(Clone)]
pub(super) struct Found<'c, 'u> {
    pub(super) which: Which,
    pub(super) operation: &'c Operation,
    pub(super) spot: &'u Spot,
}

/// The operations of both contracts by what a use and another contract know them by.
pub(in crate::diff) struct Index<'c> {
    named: [FxHashMap<Named, &'c Operation>; 2],
    matching: [FxHashMap<String, &'c Operation>; 2],
}

/// How a use names an operation: kind, method or shape of the operation that calls back, path or name.
type Named = (Kind, String, String);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Path,
    Webhook,
    Callback,
}

impl<'c> Index<'c> {
    pub(in crate::diff) fn of(contracts: [&'c Contract; 2]) -> Self {
        let mut out = Self { named: Default::default(), matching: Default::default() };
        for (side, contract) in contracts.into_iter().enumerate() {
            for operation in &contract.operations {
                out.named[side].entry(named(operation)).or_insert(operation);
                out.matching[side].entry(operation.key.matching()).or_insert(operation);
            }
        }
        out
    }

    /// The operation of a use in the contract asked for, else in the other one.
    pub(super) fn find<'u>(&self, which: Which, at: &'u Use) -> Option<Found<'c, 'u>> {
        let (asked, spot) = asked(at);
        // Uses speak with head's names; an operation that is gone only base has.
        let (found, operation) = [(Which::Head, 1), (Which::Base, 0)]
            .into_iter()
            .find_map(|(which, side)| Some((which, *self.named[side].get(&asked)?)))?;
        if found == which {
            return Some(Found { which, operation, spot });
        }
        let own = self.matching(which, &operation.key.matching());
        let (which, operation) = own.map_or((found, operation), |own| (which, own));
        Some(Found { which, operation, spot })
    }

    /// The operation of a contract that matches in the same way.
    pub(super) fn matching(&self, which: Which, matching: &str) -> Option<&'c Operation> {
        self.matching[usize::from(which == Which::Head)].get(matching).copied()
    }
}

fn named(operation: &Operation) -> Named {
    let method = operation.key.method.clone();
    match &operation.key.origin {
        Origin::Path => (Kind::Path, method, operation.key.template.text.clone()),
        Origin::Webhook(name) => (Kind::Webhook, method, name.clone()),
        Origin::Callback(parent, name) => (Kind::Callback, Template::new(parent).shape, name.clone()),
    }
}

fn asked(at: &Use) -> (Named, &Spot) {
    match &at.spot {
        Spot::Webhook(name, part) => ((Kind::Webhook, at.method.clone(), name.clone()), part),
        Spot::Callback(name, part) => {
            let parent = Template::new(&format!("{} {}", at.method, at.path)).shape;
            ((Kind::Callback, parent, name.clone()), part)
        }
        Spot::Operation
        | Spot::Security
        | Spot::Parameter(..)
        | Spot::RequestBody
        | Spot::Response(_)
        | Spot::ResponseBody(_)
        | Spot::ResponseHeader(..)
        | Spot::InMediaType(..)
        | Spot::Other(_) => ((Kind::Path, at.method.clone(), at.path.clone()), &at.spot),
    }
}

impl<'c> Writer<'_, '_, 'c> {
    /// What an operation calls the parameter of a use: those of paths are known by their place, and uses go by head's names.
    pub(super) fn own_name<'n>(&self, found: &Found<'c, '_>, location: Location, name: &'n str) -> &'n str
    where
        'c: 'n,
    {
        let head = self.operations.matching(Which::Head, &found.operation.key.matching());
        let Some(head) = head.filter(|_| location == Location::Path && found.which == Which::Base) else { return name };
        let at = head.key.template.names.iter().position(|known| known == name);
        at.and_then(|at| found.operation.key.template.names.get(at)).map_or(name, String::as_str)
    }
}

/// The target of a request: the path with its parameters open; for a webhook its name, for a callback its expression.
pub(super) fn target(operation: &Operation) -> String {
    match &operation.key.origin {
        Origin::Path => operation.key.template.text.clone(),
        Origin::Webhook(name) => format!("{{{name}}}"),
        Origin::Callback(..) => operation.key.template.text.clone(),
    }
}
