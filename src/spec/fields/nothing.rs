//! Schemas that admit nothing as they are written: lists without a value, bounds that cross, types that exclude each other,
//! in one schema or in all that an `allOf` joins.
//!
//! What follows from patterns, formats and combinations of others is left to the engine, which says nothing of it here.

use super::super::arena::Kind;
use super::super::document::{Document, Loc, SpecVersion, Target};
use super::super::key::Key;
use super::conjunction::Conjunction;

/// Schemas of one conjunction that are looked at.
const MOST: usize = 24;

/// Why a schema admits nothing, and the keyword by which it does.
pub(super) type Nothing = (Loc, &'static str);

/// Why a schema admits nothing. Of a conjunction it is said where neither a part nor what a part joins does alone.
pub(super) fn nothing(document: &Document, at: Loc) -> Option<Nothing> {
    if let Some(found) = alone(document, at) {
        return Some(found);
    }
    let (keyword, inner) = joined(document, at)?;
    if inner.iter().any(|&part| together(document, part).is_some()) {
        return None;
    }
    together(document, at).map(|(_, why)| (keyword, why))
}

fn alone(document: &Document, at: Loc) -> Option<Nothing> {
    let union = [Key::ENUM, Key::ANY_OF, Key::ONE_OF].into_iter().find_map(|key| {
        let list = document.get(at, key)?;
        (document.is_empty_list(list) && !is_nullable(document, at)).then_some((list, "an empty list of alternatives"))
    });
    union.or_else(|| Conjunction { document, parts: &[at] }.nothing())
}

fn together(document: &Document, at: Loc) -> Option<Nothing> {
    let mut parts = Vec::new();
    gather(document, at, &mut parts);
    if parts.len() > MOST {
        return None;
    }
    parts.iter().find_map(|&part| alone(document, part)).or_else(|| Conjunction { document, parts: &parts }.nothing())
}

pub(super) fn is_nullable(document: &Document, at: Loc) -> bool {
    [Key::NULLABLE, Key::X_NULLABLE].iter().any(|&key| document.flag(at, key) == Some(true))
}

/// A schema and all that it joins, until there are too many.
fn gather(document: &Document, at: Loc, parts: &mut Vec<Loc>) {
    if parts.len() > MOST || parts.contains(&at) {
        return;
    }
    parts.push(at);
    for part in joined(document, at).into_iter().flat_map(|(_, parts)| parts) {
        gather(document, part, parts);
    }
}

/// The schemas that count beside a schema, and the keyword that joins them: members of `allOf`, the target of a reference
/// that has siblings since 3.1.
fn joined(document: &Document, at: Loc) -> Option<(Loc, Vec<Loc>)> {
    let target = |at: Loc| match document.target(at) {
        Some(Target::At(next)) => Some(next),
        Some(Target::Missing(_)) | None => None,
    };
    let reference = document.get(at, Key::REF).zip(target(at));
    if reference.is_some() && document.version < SpecVersion::V31 {
        return reference.map(|(keyword, next)| (keyword, vec![next]));
    }
    let list = document.get(at, Key::ALL_OF).filter(|&list| document.kind(list) == Kind::Array);
    let members = list.into_iter().flat_map(|list| document.children(list));
    let parts: Vec<Loc> = members.chain(reference.map(|(_, next)| next)).collect();
    Some((list.or(reference.map(|(keyword, _)| keyword))?, parts))
}
