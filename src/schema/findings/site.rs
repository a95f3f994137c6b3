//! Where a part of a schema is written: the node before its references are followed.

use crate::contract::SchemaAt;
use crate::schema::inclusion::Step;
use crate::schema::node::{SchemaId, Which};
use crate::schema::states::{Branch, Space};
use crate::spec::{Key, Kind, Loc};

/// The node of a part, by the first layer that has it.
pub(in crate::schema) fn of(space: &Space<'_>, branch: &Branch<'_>, step: Step<'_>) -> Option<Loc> {
    let layers = branch.objects.iter().chain(&branch.arrays).map(|layer| layer.id);
    layers.into_iter().find_map(|id| within(space, id, step))
}

fn within(space: &Space<'_>, id: SchemaId, step: Step<'_>) -> Option<Loc> {
    let (which, at) = space.nodes.loc(id)?;
    let document = &space.nodes.contract(which).document;
    match step {
        Step::Property(name) => match space.nodes.place(id).1 {
            SchemaAt::Made(made) => space.nodes.contract(which).made[made as usize]
                .members
                .iter()
                .find(|(known, _, _)| known == name)
                .map(|(_, at, _)| *at),
            SchemaAt::Node(_) | SchemaAt::Any | SchemaAt::Hole(_) => member(space, which, at, name),
        },
        Step::Map => document.get(at, Key::ADDITIONAL_PROPERTIES),
        Step::Pattern(pattern) => document.member(document.get(at, Key::PATTERN_PROPERTIES)?, pattern),
        Step::Items => document.get(at, Key::ITEMS).filter(|&items| document.kind(items) == Kind::Object),
        Step::Item(place) => {
            let list = document.get(at, Key::PREFIX_ITEMS).or_else(|| document.get(at, Key::ITEMS))?;
            document.children(list).nth(place).filter(|_| document.kind(list) == Kind::Array)
        }
    }
}

/// The node of a declared member.
pub(in crate::schema) fn member(space: &Space<'_>, which: Which, at: Loc, name: &str) -> Option<Loc> {
    let document = &space.nodes.contract(which).document;
    document.member(document.follow(document.get(at, Key::PROPERTIES)?).ok()?, name)
}
