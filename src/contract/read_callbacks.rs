//! OpenAPI 3.0, 3.1 and 3.2: callbacks, and the callbacks of their operations in turn.
//!
//! A callback may contain itself. Those of one operation are read from the nearest to the farthest: each operation that is
//! met is listed wherever it stands, but what stands below it is read once for each direction, and never within itself.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::operation::{OpKey, Operation, Origin, Template};
use super::read::{Above, Reader};
use super::read_v3::{listed_operations, operation};
use super::{Hiding, Side, Unread, Veil};
use crate::spec::{Key, Loc};

/// Callbacks nested deeper are unknown: their names hold those of all around them.
const DEEPEST: usize = 50;
/// In a document with so many operations, further callbacks are unknown.
const MOST: usize = 200_000;

/// An operation whose callbacks are still to be read.
struct Open {
    at: Loc,
    key: String,
    above: Above,
    /// The callbacks' operations it stands within, itself included, with their keys.
    around: Vec<(Loc, String)>,
}

/// The callbacks below one operation of the API.
struct Walk {
    open: VecDeque<Open>,
    /// The key that an operation was first listed by, for each direction.
    first: FxHashMap<(Loc, Side), String>,
}

/// Reads all callbacks below an operation of a path or webhook.
pub(super) fn below(reader: &mut Reader, at: Loc, above: &Above, key: String) {
    let first = FxHashMap::from_iter([((at, above.sends), key.clone())]);
    let open = Open { at, key, above: above.clone(), around: Vec::new() };
    let mut walk = Walk { open: VecDeque::from([open]), first };
    while let Some(open) = walk.open.pop_front() {
        walk.of(reader, &open);
    }
}

impl Walk {
    fn of(&mut self, reader: &mut Reader, open: &Open) {
        let document = reader.doc();
        let parent = open.key.as_str();
        let over = Hiding::Callbacks(parent.to_owned());
        let at = match reader.holder(open.at, Key::CALLBACKS, false) {
            Ok(Some(at)) => at,
            Ok(None) => return,
            Err(unread) => return reader.contract.veils.push(Veil { over, unread }),
        };
        if open.around.len() >= DEEPEST || reader.contract.operations.len() >= MOST {
            reader.problem(at, "too many callbacks within callbacks: what these say is unknown".to_owned());
            // Whatever differs anywhere may differ here.
            let unread = Unread { at, sign: reader.digest() };
            return reader.contract.veils.push(Veil { over, unread });
        }
        for (name, listed) in document.members(at).filter(|(name, _)| !name.starts_with("x-")) {
            match reader.part(listed, "callbacks") {
                Ok(callback) => self.callback(reader, open, name, callback),
                Err(unread) => {
                    let over = Hiding::Callback(parent.to_owned(), name.to_owned());
                    reader.contract.veils.push(Veil { over, unread });
                }
            }
        }
    }

    fn callback(&mut self, reader: &mut Reader, open: &Open, name: &str, callback: Loc) {
        let document = reader.doc();
        let origin = Origin::Callback(open.key.clone(), name.to_owned());
        for (expression, entry) in document.members(callback).filter(|(name, _)| !name.starts_with("x-")) {
            let template = Template::plain(expression);
            match reader.node(entry) {
                Ok(item) => {
                    let above = Above { item, sends: open.above.sends.flip(), ..open.above.clone() };
                    let (above, listed) = listed_operations(reader, &above, &origin, &template);
                    for (method, listed) in listed {
                        let key = OpKey { origin: origin.clone(), method, template: template.clone() };
                        let operation = operation(reader, listed, &above, key);
                        self.list(reader, operation, &above, &open.around);
                    }
                }
                Err(unread) => {
                    let over = Hiding::Item(origin.clone(), template);
                    reader.contract.veils.push(Veil { over, unread });
                }
            }
        }
    }

    /// Adds an operation; its own callbacks are read later, unless they are read where it was listed first.
    fn list(&mut self, reader: &mut Reader, mut operation: Operation, above: &Above, around: &[(Loc, String)]) {
        let (at, key, readable) = (operation.at, operation.key.matching(), operation.unread.is_none());
        let within = around.iter().find(|(node, _)| *node == at).map(|(_, key)| key);
        operation.first = within.or_else(|| self.first.get(&(at, above.sends))).filter(|_| readable).cloned();
        let again = operation.first.is_some();
        if reader.push(operation) && readable && !again {
            self.first.insert((at, above.sends), key.clone());
            let around = around.iter().cloned().chain([(at, key.clone())]).collect();
            self.open.push_back(Open { at, key, above: above.clone(), around });
        }
    }
}
