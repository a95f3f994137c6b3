//! Keywords that hold no schema: types, values, bounds, counts, formats.

use serde_json::{Map, Value, json};

use super::super::lower::Lowering;
use crate::contract::Dialect;
use crate::schema::node::{Decimal, format};
use crate::spec::{self, Key, Kind, Loc, NodeIx};

/// A list longer than this is cut to what occurs in the exchange.
const LIST: usize = 64;
/// What does not occur is left in it so often.
const OTHERS: usize = 3;

impl Lowering<'_, '_> {
    /// Keywords that hold no schema.
    pub(super) fn assertion(
        &mut self,
        at: Loc,
        key: Key,
        child: Loc,
        dropped: &[&str],
        out: &mut Map<String, Value>,
        apart: &mut Vec<Value>,
    ) -> Option<()> {
        let name = key.fixed();
        let dialect = self.contract.dialect;
        let value = match key {
            Key::TYPE => self.types(child)?,
            Key::ENUM if self.document.kind(child) == Kind::Array => self.values(at, child)?,
            // What cannot be told is unreadable, and says neither nothing nor all.
            Key::ENUM => return None,
            Key::REF if self.document.kind(child) != Kind::String => return None,
            Key::CONST if dialect == Dialect::V31 => json!([self.exactly(child)?]),
            Key::MINIMUM | Key::MAXIMUM => {
                self.bound(at, key, child, out);
                return Some(());
            }
            Key::EXCLUSIVE_MINIMUM | Key::EXCLUSIVE_MAXIMUM => self.number(child),
            Key::MULTIPLE_OF => self.number(child),
            Key::MIN_LENGTH
            | Key::MAX_LENGTH
            | Key::MIN_ITEMS
            | Key::MAX_ITEMS
            | Key::MIN_PROPERTIES
            | Key::MAX_PROPERTIES
            | Key::MIN_CONTAINS
            | Key::MAX_CONTAINS => self.count(child),
            Key::PATTERN if self.document.kind(child) == Kind::String => self.value(child),
            Key::UNIQUE_ITEMS if self.document.kind(child) == Kind::True => Value::Bool(true),
            Key::REQUIRED if self.document.kind(child) == Kind::Array => self.required(child, dropped)?,
            Key::REQUIRED if !matches!(self.document.kind(child), Kind::False | Kind::True) => return None,
            Key::DEPENDENT_REQUIRED => self.value(child),
            Key::FORMAT | Key::CONTENT_ENCODING | Key::CONTENT_MEDIA_TYPE => {
                let text = self.document.text(child);
                // Of two whole schemas nobody may say how they lie who does not know what a format means.
                let known = key == Key::FORMAT && (format::is_hint(text) || format::is_plain(text));
                if self.manner.plain_formats && !known {
                    return None;
                }
                apart.extend(format_of(key, text));
                return Some(());
            }
            _ => return Some(()),
        };
        match (key, value) {
            (_, Value::Null) => {}
            (Key::CONST, list) => apart.push(json!({ "enum": list })),
            (_, value) => drop(out.insert(name.to_owned(), value)),
        }
        Some(())
    }

    /// The types that are meant; nothing where that is every type.
    fn types(&self, at: Loc) -> Option<Value> {
        let names = spec::type_names(self.document, at)?;
        let plain = |name: &&'static str| if *name == "file" { "string" } else { *name };
        let names: Vec<&str> = names.iter().map(plain).collect();
        Some(match (self.document.kind(at), &names[..]) {
            (_, []) => Value::Null,
            (Kind::Array, names) => json!(names),
            (_, [name, ..]) => json!(name),
        })
    }

    /// Of a long list the names that occur in the exchange, and as many others as show that some are missing.
    fn required(&mut self, at: Loc, dropped: &[&str]) -> Option<Value> {
        let all: Vec<&str> = self.document.children(at).map(|at| self.document.text(at)).collect();
        *self.fuel = self.fuel.checked_sub(all.len() / 8)?;
        let mut others = 0;
        let kept = all.iter().filter(|name| dropped.binary_search(name).is_err()).filter(|name| {
            let occurs = all.len() <= LIST || self.occurs(name);
            others += usize::from(!occurs);
            occurs || others <= OTHERS
        });
        Some(kept.copied().collect())
    }

    fn values(&mut self, owner: Loc, at: Loc) -> Option<Value> {
        let all: Vec<Loc> = self.document.children(at).collect();
        let nodes = self.document.file(at.file).end(at.node).0 - at.node.0;
        *self.fuel = self.fuel.saturating_sub(nodes as usize / 2);
        let long = all.len() > LIST && self.manner.names.is_some();
        let kept = all.into_iter().enumerate().filter(|(ix, at)| {
            *ix < OTHERS || !long || !self.is_scalar(*at) || self.manner.texts.contains(self.document.text(*at))
        });
        let kept: Vec<Loc> = kept.map(|(_, at)| at).collect();
        let exact: Option<Vec<Value>> = kept.iter().map(|&at| self.exactly(at)).collect();
        // As text a value is what it spells, whatever type its list has.
        let as_text = self.manner.lens.text && self.document.string(owner, Key::TYPE).is_some();
        let spelled = kept.iter().filter(|_| as_text).filter_map(|&at| self.spelled(at));
        exact.map(|exact| exact.into_iter().chain(spelled.collect::<Vec<_>>()).collect())
    }

    /// The value of another type that has the same text.
    fn spelled(&self, at: Loc) -> Option<Value> {
        match self.document.kind(at) {
            Kind::True | Kind::False | Kind::Number => Some(self.document.file(at.file).spelling(at.node).into()),
            Kind::String => {
                serde_json::from_str(self.document.text(at)).ok().filter(|value: &Value| !value.is_string())
            }
            Kind::Null | Kind::Array | Kind::Object => None,
        }
    }

    fn is_scalar(&self, at: Loc) -> bool {
        matches!(self.document.kind(at), Kind::String | Kind::Number)
    }

    /// 2.0 and 3.0 spell exclusive bounds as a flag beside the bound.
    fn bound(&self, at: Loc, key: Key, child: Loc, out: &mut Map<String, Value>) {
        let exclusive = if key == Key::MINIMUM { Key::EXCLUSIVE_MINIMUM } else { Key::EXCLUSIVE_MAXIMUM };
        let name = if self.is_on(at, exclusive) { exclusive } else { key };
        let number = self.number(child);
        if !number.is_null() {
            out.insert(name.fixed().to_owned(), number);
        }
    }

    fn number(&self, at: Loc) -> Value {
        if self.document.kind(at) == Kind::Number { self.value(at) } else { Value::Null }
    }

    fn count(&self, at: Loc) -> Value {
        let number = Decimal::parse(self.document.text(at)).filter(|n| self.is_scalar(at) && n.is_whole());
        number.and_then(|n| n.to_string().parse::<u64>().ok()).map_or(Value::Null, Value::from)
    }

    /// A value; nothing where one of its numbers has more digits than are read exactly, and would become another one.
    fn exactly(&self, at: Loc) -> Option<Value> {
        let exact =
            |at: Loc| self.document.kind(at) != Kind::Number || Decimal::parse(self.document.text(at)).is_some();
        let end = self.document.file(at.file).end(at.node);
        let mut nodes = (at.node.0..end.0).map(|node| Loc { node: NodeIx(node), ..at });
        nodes.all(exact).then(|| self.value(at))
    }

    pub(super) fn value(&self, at: Loc) -> Value {
        self.document.file(at.file).value(at.node)
    }
}

/// What a format asserts; nothing for mere hints and formats whose values nobody agrees on.
fn format_of(key: Key, text: &str) -> Option<Value> {
    let name = match (key, text) {
        (Key::CONTENT_ENCODING, "base64") => "byte",
        (Key::CONTENT_ENCODING | Key::CONTENT_MEDIA_TYPE, _) => return None,
        (_, "url") => "uri",
        (_, name) => name,
    };
    if let Some((low, high)) = format::window(name) {
        return Some(json!({ "minimum": low, "maximum": high }));
    }
    format::is_known(name).then(|| json!({ "format": name }))
}
