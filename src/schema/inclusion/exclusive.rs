//! Whether the members of a `oneOf` exclude each other.

use super::engine::Engine;
use crate::schema::node::{SchemaId, Types, Which};
use crate::schema::states::expand;
use crate::spec::Key;

impl Engine<'_> {
    /// True if a value exists that two members of a node's `oneOf` take; `None` where it has none.
    pub fn ambiguous(&mut self, which: Which, at: crate::spec::Loc) -> Option<bool> {
        let document = &self.space.nodes.contract(which).document;
        let list = document.get(at, Key::ONE_OF)?;
        if document.get(at, Key::DISCRIMINATOR).is_some() {
            return Some(false); // the tag says which one is meant
        }
        let members: Vec<SchemaId> =
            document.children(list).take(32).map(|member| self.space.nodes.node(which, member)).collect();
        for (ix, &one) in members.iter().enumerate() {
            for &two in &members[ix + 1..] {
                let meet = |engine: &mut Self| engine.space.seems_inhabited(vec![one, two], 3);
                if one == two || meet(self) && (self.sent(at, one, two) || self.sent(at, two, one)) {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// True if who sends a value of one member may send what another requires: nobody sends what no contract mentions.
    fn sent(&mut self, at: crate::spec::Loc, one: SchemaId, two: SchemaId) -> bool {
        let document = &self.space.nodes.contract(self.space.nodes.place(one).0).document;
        let above = document.get(at, Key::PROPERTIES);
        let (one, two) = (self.space.state(vec![one]), self.space.state(vec![two]));
        let (one, two) = (expand(&mut self.space, one), expand(&mut self.space, two));
        one.branches.iter().flat_map(|a| two.branches.iter().map(move |b| (a, b))).any(|(a, b)| {
            let scalar = a.types.and(b.types).without(Types::OBJECT);
            let silent = a.objects.iter().all(|layer| layer.properties.is_empty());
            let known = |name: &str| {
                above.is_some_and(|at| document.member(at, name).is_some())
                    || a.objects.iter().any(|layer| {
                        layer.properties.contains_key(name)
                            || !layer.patterns.is_empty()
                            || matches!(layer.additional(), crate::schema::node::Additional::Written(_))
                    })
            };
            !scalar.is_empty() || silent || b.required.keys().all(|name| known(name))
        })
    }
}
