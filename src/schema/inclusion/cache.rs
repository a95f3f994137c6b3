//! The differences of two branches, looked for once: an evaluation that is repeated because a part flipped, the other
//! run, and the walk that reports all ask for the same ones again.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::difference::Local;
use super::engine::Engine;
use super::local::local;
use crate::schema::node::Types;
use crate::schema::states::{Branch, BranchId, Lens};

/// By the two branches, the class of values, and how they travel.
pub(super) type Compared<'c> = FxHashMap<(BranchId, BranchId, Types, Lens), Rc<Local<'c>>>;

impl<'c> Engine<'c> {
    /// The differences of two branches, both of which stand in expansions.
    pub(in crate::schema) fn compared(
        &mut self,
        sub: &Branch<'c>,
        sup: &Branch<'c>,
        class: Types,
        lens: Lens,
    ) -> Rc<Local<'c>> {
        let key = (sub.id, sup.id, class, lens);
        if let Some(known) = self.compared.get(&key) {
            return Rc::clone(known);
        }
        let found = Rc::new(local(self, sub, sup, class, lens));
        self.space.nodes.meter.keep(found.words());
        self.compared.insert(key, Rc::clone(&found));
        found
    }
}
