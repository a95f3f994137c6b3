//! Objects that name no member: a map, for all that constrains it, and merely undescribed for all that names members.

use std::rc::Rc;

use super::branch::Branch;
use crate::schema::node::{Additional, Nodes, Reading, SchemaId, Types, blank};

/// Reads `{type: object}` and `{}` as if `additionalProperties: true` were written, by convention.
pub(super) fn presume<'c>(nodes: &Nodes<'c>, branch: &mut Branch<'c>) {
    let asked = branch.required.values().any(|owner| !branch.implied.contains(owner));
    if !branch.types.meets(Types::OBJECT) || asked || branch.literals.is_some() {
        return;
    }
    let names = |layer: &Reading<'c>| {
        let described = layer.additional.is_some() || !layer.patterns.is_empty();
        described || !layer.properties.values().all(|&member| nodes.is_never(member))
    };
    let free = !branch.objects.iter().any(|layer| names(layer));
    if free {
        // What no node spells is said of none: items that no schema describes.
        let mut layer = blank(branch.nodes.first().copied().unwrap_or(SchemaId(0)));
        (layer.additional, layer.implied) = (Some(Additional::Presumed), true);
        branch.objects.push(Rc::new(layer));
    }
}
