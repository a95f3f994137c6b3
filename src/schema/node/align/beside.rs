//! Annotations beside a reference: since 3.1 they count for the place of the reference, and take the place of those of its
//! target (JSON Schema 2020-12, Core 7.7.1; OpenAPI 3.1, Schema Object). An `allOf` of one reference carries them in every version.

use super::super::reference::follow;
use super::super::{Which, keyword, literal};
use super::{Align, NOTED};
use crate::contract::{Contract, Dialect, SchemaAt};
use crate::spec::{Document, Key, Loc, Target};

/// An annotation that differs: where it is about in base, and the nodes that carry it.
pub(crate) type Beside = (Key, Loc, [Loc; 2]);

/// The annotations of two places that differ, where one of them stands beside a reference.
pub(super) fn beside(align: &Align<'_>, (old, new): (Loc, Loc)) -> Vec<Beside> {
    let (base, head) = (align.base, align.head);
    if !has_siblings(base, old) && !has_siblings(head, new) && !is_wrapped((base, old), (head, new)) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for &key in NOTED {
        let (was, is) = (above((align, base), old, key), above((align, head), new, key));
        if was.is_none() && is.is_none() {
            continue;
        }
        let a = was.unwrap_or_else(|| target(base, old, key));
        let b = is.unwrap_or_else(|| target(head, new, key));
        let same = match (align.annotation(&base.document, a, key), align.annotation(&head.document, b, key)) {
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

/// The only member of `allOf` in a schema that says no more than annotations, as 3.0 has them beside a reference.
pub(super) fn only_wraps(contract: &Contract, at: Loc) -> Option<Loc> {
    let document = &contract.document;
    let list = document.get(at, Key::ALL_OF)?;
    let mut members = document.children(list);
    let (Some(only), None) = (members.next(), members.next()) else { return None };
    let is_said = |key: Key| key == Key::ALL_OF || key == Key::NULLABLE || keyword::is_annotation(key);
    document.children(at).all(|said| is_said(document.file(said.file).key(said.node))).then_some(only)
}

/// The side whose node only wraps a schema, where the other's does not, and what is left to compare: the wrapper speaks for
/// its place alone.
pub(super) fn unwrapped(
    (base, a): (&Contract, Loc),
    (head, b): (&Contract, Loc),
) -> Option<(Which, SchemaAt, SchemaAt)> {
    match (only_wraps(base, a), only_wraps(head, b)) {
        (Some(inner), None) => Some((Which::Base, follow(base, inner), SchemaAt::Node(b))),
        (None, Some(inner)) => Some((Which::Head, SchemaAt::Node(a), follow(head, inner))),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// True if one of two places refers and the other one wraps a reference.
fn is_wrapped((base, old): (&Contract, Loc), (head, new): (&Contract, Loc)) -> bool {
    let refers = |contract: &Contract, at: Loc| contract.document.target(at).is_some();
    let wraps = |contract: &Contract, at: Loc| only_wraps(contract, at).is_some_and(|only| refers(contract, only));
    refers(base, old) && wraps(head, new) || wraps(base, old) && refers(head, new)
}

/// The wrapper, or the first reference of a chain, that an annotation stands in or beside.
fn above((align, contract): (&Align<'_>, &Contract), at: Loc, key: Key) -> Option<Loc> {
    let is_said = |at: Loc| align.annotation(&contract.document, at, key).is_some();
    if only_wraps(contract, at).is_some() {
        return Some(at).filter(|&at| is_said(at));
    }
    let mut chain = chain(&contract.document, at);
    chain.find(|&at| contract.dialect == Dialect::V31 && is_said(at))
}

/// What carries an annotation where nothing stands beside the references.
fn target(contract: &Contract, at: Loc, key: Key) -> Loc {
    match follow(contract, only_wraps(contract, at).unwrap_or(at)) {
        SchemaAt::Node(found) if matches!(key, Key::DEFAULT | Key::DISCRIMINATOR) => carrier(contract, found, key),
        SchemaAt::Node(found) => found,
        SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => at,
    }
}

/// The annotations that stand beside the reference at a node, or in what wraps it.
pub(super) fn told_beside<'a>(
    (align, contract): (&'a Align<'_>, &'a Contract),
    at: Loc,
) -> impl Iterator<Item = Key> + 'a {
    let refers = contract.dialect == Dialect::V31 && contract.document.target(at).is_some()
        || only_wraps(contract, at).is_some();
    NOTED.iter().copied().filter(move |&key| refers && align.annotation(&contract.document, at, key).is_some())
}

/// The node that carries an annotation with a meaning: the schema itself, or the one it only wraps.
pub(super) fn carrier(contract: &Contract, at: Loc, key: Key) -> Loc {
    let document = &contract.document;
    let mut inner = at;
    for _ in 0..4 {
        if document.get(inner, key).is_some() {
            return inner;
        }
        let lists = [Key::ALL_OF, Key::ANY_OF, Key::ONE_OF].into_iter().filter_map(|key| document.get(inner, key));
        let mut members = lists.flat_map(|list| document.children(list));
        let (Some(only), None) = (members.next(), members.next()) else { break };
        let SchemaAt::Node(next) = follow(contract, only) else { break };
        inner = next;
    }
    at
}
