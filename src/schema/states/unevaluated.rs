//! `unevaluatedProperties` and `unevaluatedItems`: what they close depends on what a branch took beside them.

use std::rc::Rc;

use super::branch::Branch;
use crate::contract::SchemaAt;
use crate::schema::node::{Additional, Nodes, Reading, SchemaId, Union, blank};
use crate::spec::Key;

/// Closes a branch to the members and items that a node and its in-place parts speak of; opaque where an `anyOf` among
/// them may evaluate more than the member that the branch took.
pub(in crate::schema) fn close<'c>(nodes: &mut Nodes<'c>, reading: &Rc<Reading<'c>>, branch: &mut Branch<'c>) {
    let mut scope: Vec<Rc<Reading<'c>>> = Vec::new();
    let known = collect(nodes, reading, branch, &mut scope, 0);
    let any = nodes.schema(nodes.place(reading.id).0, SchemaAt::Any);
    if let Some(rest) = reading.unevaluated_members {
        let everything = scope.iter().any(|layer| matches!(layer.additional, Some(Additional::Written(_))));
        if !known {
            branch.opaque.push((Key::UNEVALUATED_PROPERTIES, reading.id));
            branch.constrained = true;
        } else if !everything {
            let mut layer = blank(reading.id);
            layer.additional = Some(rest);
            for part in &scope {
                layer.properties.extend(part.properties.keys().map(|name| (*name, any)));
                layer.patterns.extend(part.patterns.iter().map(|(pattern, _)| (*pattern, any)));
            }
            branch.objects.push(Rc::new(layer));
            branch.constrained = true;
        }
    }
    if let Some(rest) = reading.unevaluated_items {
        let everything = scope.iter().any(|layer| layer.items.is_some());
        let counted = scope.iter().any(|layer| layer.contains.is_some());
        if !known || counted && !everything {
            branch.opaque.push((Key::UNEVALUATED_ITEMS, reading.id));
            branch.constrained = true;
        } else if !everything {
            let mut layer = blank(reading.id);
            layer.prefix = vec![any; scope.iter().map(|part| part.prefix.len()).max().unwrap_or(0)];
            layer.items = Some(rest);
            branch.arrays.push(Rc::new(layer));
            branch.constrained = true;
        }
    }
}

/// The readings that apply in place in a branch; false where that is not known.
fn collect<'c>(
    nodes: &mut Nodes<'c>,
    reading: &Rc<Reading<'c>>,
    branch: &Branch<'c>,
    scope: &mut Vec<Rc<Reading<'c>>>,
    depth: usize,
) -> bool {
    if depth > 32 || reading.hole.is_some() || !reading.opaque.is_empty() {
        return false;
    }
    // What applies twice in place says nothing more.
    if scope.iter().any(|known| Rc::ptr_eq(known, reading)) {
        return true;
    }
    scope.push(Rc::clone(reading));
    let mut parts: Vec<SchemaId> = reading.reference.iter().chain(&reading.all_of).copied().collect();
    for Union { members: union, .. } in &reading.unions {
        let exclusive = union.iter().all(|&member| nodes.meaning_of(member).is_some());
        if union.len() > 1 && !exclusive {
            return false;
        }
        parts.extend(union.iter().filter(|member| branch.choices.contains(&(reading.id, **member))));
    }
    parts.into_iter().all(|part| {
        let part = nodes.reading(part);
        collect(nodes, &part, branch, scope, depth + 1)
    })
}
