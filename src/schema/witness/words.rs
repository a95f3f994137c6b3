//! What an exchange mentions: a schema is cut down to that before it is compiled.

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::leaf::Leaf;

/// The member names and scalar texts of payload and control.
#[derive(Default)]
pub(super) struct Words {
    /// Of members.
    pub(super) names: FxHashSet<String>,
    /// Of scalars.
    pub(super) texts: FxHashSet<String>,
}

impl Words {
    /// Those of a payload and its control.
    pub(super) fn of(leaf: &Leaf) -> Self {
        let mut out = Self::default();
        leaf.control.iter().chain([&leaf.payload]).for_each(|value| out.add(value));
        out
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if !self.names.contains(name) {
                        self.names.insert(name.clone());
                    }
                    self.add(member);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(item)),
            Value::String(text) => drop(self.texts.insert(text.clone())),
            Value::Number(number) => drop(self.texts.insert(number.to_string())),
            Value::Null | Value::Bool(_) => {}
        }
    }
}
