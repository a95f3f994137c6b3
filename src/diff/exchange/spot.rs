//! From a use back to the operation and the part it stands for.

use super::super::Use;
use crate::contract::{Contract, Operation, Origin};
use crate::schema::Which;
use crate::text::Spot;

/// An operation of one contract and a part of it.
#[derive(Clone)]
pub(super) struct Found<'c, 'u> {
    pub(super) which: Which,
    pub(super) operation: &'c Operation,
    pub(super) spot: &'u Spot,
}

/// The operation of a use in the contract asked for, else in the other one.
pub(super) fn find<'c, 'u>(contracts: [&'c Contract; 2], which: Which, at: &'u Use) -> Option<Found<'c, 'u>> {
    let (origin, spot) = origin(at);
    let is_it = |operation: &&Operation| match (&operation.key.origin, &origin) {
        (Origin::Path, Origin::Path) => operation.key.method == at.method && operation.key.template.text == at.path,
        (Origin::Webhook(known), Origin::Webhook(name)) => operation.key.method == at.method && known == name,
        (Origin::Callback(parent, known), Origin::Callback(asked, name)) => {
            known == name && crate::contract::Template::new(parent).shape == crate::contract::Template::new(asked).shape
        }
        _ => false,
    };
    // Uses speak with head's names; an operation that is gone only base has.
    let named = [1, 0].into_iter().find_map(|ix| contracts[ix].operations.iter().find(is_it))?;
    let wanted = contracts[usize::from(which == Which::Head)];
    let matching = named.key.matching();
    let own = wanted.operations.iter().find(|operation| std::ptr::eq(*operation, named));
    let own = own.or_else(|| wanted.operations.iter().find(|operation| operation.key.matching() == matching));
    let (which, operation) = match own {
        Some(operation) => (which, operation),
        None if contracts[1].operations.iter().any(|operation| std::ptr::eq(operation, named)) => (Which::Head, named),
        None => (Which::Base, named),
    };
    Some(Found { which, operation, spot })
}

fn origin(at: &Use) -> (Origin, &Spot) {
    if let Spot::Webhook(name, part) = &at.spot {
        return (Origin::Webhook(name.clone()), part);
    }
    if let Spot::Callback(name, part) = &at.spot {
        return (Origin::Callback(format!("{} {}", at.method, at.path), name.clone()), part);
    }
    (Origin::Path, &at.spot)
}

/// The target of a request: the path with its parameters open; for a webhook its name, for a callback its expression.
pub(super) fn target(operation: &Operation) -> String {
    match &operation.key.origin {
        Origin::Path => operation.key.template.text.clone(),
        Origin::Webhook(name) => format!("{{{name}}}"),
        Origin::Callback(..) => operation.key.template.text.clone(),
    }
}
