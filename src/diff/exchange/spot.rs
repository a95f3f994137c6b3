//! From a use, as reports name it, back to the operation and the part it stands for.

use super::super::Use;
use crate::contract::{Contract, Location, Operation, Origin};
use crate::schema::Which;

/// A part of an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Slot {
    /// The operation as such, its security, its servers.
    Whole,
    /// The body of its request.
    RequestBody,
    /// A response, by status.
    Response(String),
    /// The body of a response, by status.
    ResponseBody(String),
    /// A header of a response.
    Header(String, String),
    /// A parameter.
    Parameter(Location, String),
}

/// An operation of one contract and a part of it.
#[derive(Clone)]
pub(super) struct Found<'c> {
    pub(super) which: Which,
    pub(super) operation: &'c Operation,
    pub(super) slot: Slot,
}

/// The operation of a use in the contract asked for, else in the other one.
pub(super) fn find<'c>(contracts: [&'c Contract; 2], which: Which, at: &Use) -> Option<Found<'c>> {
    let (origin, part) = origin(at);
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
    Some(Found { which, operation, slot: slot(part) })
}

fn origin(at: &Use) -> (Origin, &str) {
    let named = |kind: &str| at.spot.strip_prefix(kind).and_then(|rest| rest.split_once(": "));
    if let Some((name, part)) = named("webhook ") {
        return (Origin::Webhook(name.to_owned()), part);
    }
    if let Some((name, part)) = named("callback ") {
        return (Origin::Callback(format!("{} {}", at.method, at.path), name.to_owned()), part);
    }
    (Origin::Path, &at.spot)
}

fn slot(part: &str) -> Slot {
    if part == "request body" {
        return Slot::RequestBody;
    }
    if let Some(rest) = part.strip_prefix("response ") {
        return match rest.split_once(' ') {
            None => Slot::Response(rest.to_owned()),
            Some((status, "body")) => Slot::ResponseBody(status.to_owned()),
            Some((status, rest)) => {
                Slot::Header(status.to_owned(), rest.strip_prefix("header ").unwrap_or(rest).to_owned())
            }
        };
    }
    let locations =
        [Location::Path, Location::Query, Location::QueryString, Location::Header, Location::Cookie].into_iter();
    let parameter = part.split_once(" parameter ").and_then(|(place, name)| {
        let location = locations.into_iter().find(|location| location.as_str() == place)?;
        Some(Slot::Parameter(location, name.to_owned()))
    });
    parameter.unwrap_or(Slot::Whole)
}

/// The target of a request: the path with its parameters open; for a webhook its name, for a callback its expression.
pub(super) fn target(operation: &Operation) -> String {
    match &operation.key.origin {
        Origin::Path => operation.key.template.text.clone(),
        Origin::Webhook(name) => format!("{{{name}}}"),
        Origin::Callback(..) => operation.key.template.text.clone(),
    }
}
