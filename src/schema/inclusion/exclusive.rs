//! Whether the members of a `oneOf` exclude each other.

use super::engine::Engine;
use crate::schema::node::{SchemaId, Types, Which};
use crate::schema::states::{Branch, expand};
use crate::spec::Key;

impl<'c> Engine<'c> {
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
                if one == two
                    || self.inhabited(vec![one, two], 3) && (self.sent(at, one, two) || self.sent(at, two, one))
                {
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
            !scalar.is_empty() || silent || b.required.iter().all(|(name, _)| known(name))
        })
    }

    /// True if a conjunction surely admits a value; members are looked into to a depth.
    fn inhabited(&mut self, ids: Vec<SchemaId>, depth: u8) -> bool {
        let state = self.space.state(ids);
        let expansion = expand(&mut self.space, state);
        if expansion.overflow {
            return false;
        }
        expansion.branches.iter().any(|branch| {
            let scalar = branch.types.without(Types::OBJECT).without(Types::ARRAY);
            let known = branch.opaque.is_empty() && branch.excluded.is_empty() && branch.holes.is_empty();
            let patterned = branch.patterns.len() > 1 || branch.formats.len() > 1;
            known
                && (!scalar.is_empty() && !patterned
                    || branch.types.meets(Types::ARRAY)
                    || self.object_inhabited(branch, depth))
        })
    }

    fn object_inhabited(&mut self, branch: &Branch<'c>, depth: u8) -> bool {
        if !branch.types.meets(Types::OBJECT) || depth == 0 {
            return false;
        }
        branch.required.iter().all(|(name, _)| {
            let closed = branch.objects.iter().any(|layer| {
                layer.additional() == crate::schema::node::Additional::Closed
                    && !layer.properties.contains_key(name)
                    && layer.patterns.is_empty()
            });
            let ids: Vec<SchemaId> =
                branch.objects.iter().filter_map(|layer| layer.properties.get(name).copied()).collect();
            !closed && self.inhabited(ids, depth - 1)
        })
    }
}
