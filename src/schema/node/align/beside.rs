//! Annotations beside a reference: since 3.1 they count for the place of the reference, and take the place of those of its
//! target (JSON Schema 2020-12, Core 7.7.1; OpenAPI 3.1, Schema Object).

use super::super::literal;
use super::super::reference::follow;
use super::{NOTED, carrier};
use crate::contract::{Contract, Dialect, SchemaAt};
use crate::spec::{Document, Key, Loc, Target};

/// An annotation that differs: where it is about in base, and the nodes that carry it.
pub(crate) type Beside = (Key, Loc, [Loc; 2]);

/// The annotations of two places that differ, where one of them stands beside a reference.
pub(crate) fn beside(base: &Contract, head: &Contract, (old, new): (Loc, Loc)) -> Vec<Beside> {
    if !has_siblings(base, old) && !has_siblings(head, new) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for &key in NOTED {
        let (was, is) = (above(base, old, key), above(head, new, key));
        if was.is_none() && is.is_none() {
            continue;
        }
        let a = was.unwrap_or_else(|| target(base, old, key));
        let b = is.unwrap_or_else(|| target(head, new, key));
        let same = match (base.document.get(a, key), head.document.get(b, key)) {
            (None, None) => true,
            (Some(x), Some(y)) => literal::equal((&base.document, x), (&head.document, y)),
            _ => false,
        };
        if !same {
            out.push((key, was.unwrap_or(old), [a, b]));
        }
    }
    out
}

/// True of a reference, or a chain of them, where something else stands beside one.
fn has_siblings(contract: &Contract, at: Loc) -> bool {
    contract.dialect == Dialect::V31
        && chain(&contract.document, at).any(|at| contract.document.children(at).nth(1).is_some())
}

/// The references that follow one another from a place on, without what they end at.
fn chain(document: &Document, at: Loc) -> impl Iterator<Item = Loc> + '_ {
    let next = |at: &Loc| match document.target(*at) {
        Some(Target::At(next)) => Some(next),
        Some(Target::Missing(_)) | None => None,
    };
    std::iter::successors(Some(at), move |at| next(at)).take_while(|at| document.target(*at).is_some()).take(64)
}

/// The first reference of a chain that an annotation stands beside.
fn above(contract: &Contract, at: Loc, key: Key) -> Option<Loc> {
    let mut chain = chain(&contract.document, at);
    chain.find(|&at| contract.dialect == Dialect::V31 && contract.document.get(at, key).is_some())
}

/// What carries an annotation where nothing stands beside the references.
fn target(contract: &Contract, at: Loc, key: Key) -> Loc {
    match follow(contract, at) {
        SchemaAt::Node(found) if matches!(key, Key::DEFAULT | Key::DISCRIMINATOR) => carrier(contract, found, key),
        SchemaAt::Node(found) => found,
        SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => at,
    }
}

/// The annotations that stand beside the reference at a node.
pub(super) fn told_beside(contract: &Contract, at: Loc) -> impl Iterator<Item = Key> + '_ {
    let refers = contract.dialect == Dialect::V31 && contract.document.target(at).is_some();
    NOTED.iter().copied().filter(move |&key| refers && contract.document.get(at, key).is_some())
}
