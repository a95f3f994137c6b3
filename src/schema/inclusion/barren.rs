//! Schemas that admit nothing, by mistake: bounds that contradict each other, a member that requires itself. Everything is
//! true of them, so nothing that differs in them is decided.

use super::engine::Engine;
use crate::schema::node::Which;
use crate::schema::states::{Lens, StateId};

impl Engine<'_> {
    /// True of one written schema that no value satisfies, though it is not `false`.
    pub(in crate::schema) fn is_barren(&mut self, state: StateId, lens: Lens) -> bool {
        if let Some(&known) = self.barren.get(&(state, lens)) {
            return known;
        }
        let barren = self.exact.is_barren(&mut self.space, state, lens);
        self.barren.insert((state, lens), barren);
        barren
    }

    /// True where base's schema admits nothing: what head does instead harms nobody for sure.
    pub(super) fn was_barren(&mut self, state: StateId, lens: Lens) -> bool {
        let of = self.space.single(state).map(|id| self.space.nodes.place(id).0);
        of == Some(Which::Base) && !lens.text && self.is_barren(state, lens)
    }
}
