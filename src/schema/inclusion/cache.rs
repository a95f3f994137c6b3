//! The differences of two branches, looked for once: an evaluation that is repeated because a part flipped, the other
//! run, and the walk that reports all ask for the same ones again.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::difference::Local;
use super::engine::Engine;
use super::local::local;
use crate::schema::node::Types;
use crate::schema::states::{Branch, Lens};

/// By the addresses of the two branches, which live in expansions and so as long as the comparison.
pub(super) type Compared<'c> = FxHashMap<(usize, usize, Types, Lens), Rc<Local<'c>>>;

impl<'c> Engine<'c> {
    /// The differences of two branches, both of which live in expansions of the comparison.
    pub(in crate::schema) fn compared(
        &mut self,
        sub: &Branch<'c>,
        sup: &Branch<'c>,
        class: Types,
        lens: Lens,
    ) -> Rc<Local<'c>> {
        let key = (std::ptr::from_ref(sub) as usize, std::ptr::from_ref(sup) as usize, class, lens);
        if let Some(known) = self.compared.get(&key) {
            return Rc::clone(known);
        }
        let found = Rc::new(local(self, sub, sup, class, lens));
        self.compared.insert(key, Rc::clone(&found));
        found
    }
}
