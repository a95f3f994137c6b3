//! Keywords that hold schemas: of the same value, of its members, of its items.

use serde_json::{Map, Value, json};

use super::super::accepts::OneOf;
use super::super::lower::Lowering;
use crate::contract::{SchemaAt, Tags};
use crate::schema::node::{means_null, says_nothing};
use crate::spec::{Dynamic, Key, Kind, Loc};

impl<'c> Lowering<'_, 'c> {
    /// Keywords that hold schemas.
    pub(super) fn applicator(
        &mut self,
        at: Loc,
        key: Key,
        child: Loc,
        (dropped, strict): (&[&'c str], bool),
        out: &mut Map<String, Value>,
        apart: &mut Vec<Value>,
    ) -> Option<()> {
        let kind = self.document.kind(child);
        let value = match key {
            Key::PROPERTIES => self.properties(child, dropped, strict)?,
            Key::PATTERN_PROPERTIES => self.map(child, strict)?,
            Key::ADDITIONAL_PROPERTIES if strict && says_nothing(self.contract, child) && kind != Kind::False => {
                return Some(()); // what anyone may add is nothing declared
            }
            Key::ADDITIONAL_PROPERTIES | Key::UNEVALUATED_PROPERTIES | Key::UNEVALUATED_ITEMS => {
                self.child(child, strict)?
            }
            Key::PROPERTY_NAMES | Key::CONTAINS => self.child(child, false)?,
            Key::ITEMS if kind == Kind::Array => return self.tuple(at, child, strict, out),
            Key::ITEMS => self.child(child, strict)?,
            Key::PREFIX_ITEMS => self.children(child, strict)?,
            Key::ALL_OF => {
                let parts = self.branches(child, dropped, strict)?;
                apart.extend(parts);
                return Some(());
            }
            Key::ANY_OF | Key::ONE_OF => {
                let parts = self.alternatives(child, dropped, strict)?;
                let exactly = key == Key::ONE_OF && self.manner.one_of == OneOf::Exactly;
                let keyword = if exactly { Key::ONE_OF } else { Key::ANY_OF };
                let union = if parts.is_empty() { Value::Bool(false) } else { json!({ keyword.fixed(): parts }) };
                apart.push(match self.contract.tags(at).filter(|tags| tags.union) {
                    Some(tags) => self.tagged(child, tags, parts, union),
                    None => union,
                });
                return Some(());
            }
            Key::DISCRIMINATOR => {
                let parent =
                    self.contract.tags(at).filter(|tags| self.manner.sends && !tags.union && !tags.list.is_empty());
                apart.extend(parent.map(known));
                return Some(());
            }
            Key::NOT | Key::IF => self.in_place(child, dropped, false)?,
            Key::THEN | Key::ELSE => self.in_place(child, dropped, strict)?,
            Key::DEPENDENT_SCHEMAS => self.dependent(child, dropped, strict)?,
            Key::DEPENDENCIES => return self.dependencies(child, dropped, strict, apart),
            Key::DYNAMIC_REF => {
                let Dynamic::At(target) = self.document.dynamic(at) else { return None };
                apart.push(self.reference(target, dropped, strict));
                return Some(());
            }
            _ => return Some(()),
        };
        out.insert(key.fixed().to_owned(), value);
        Some(())
    }

    /// A union whose members are selected by a tag (OpenAPI 3.x, Discriminator Object); a value without a known one is left
    /// to the union itself.
    fn tagged(&self, list: Loc, tags: &Tags, parts: Vec<Value>, union: Value) -> Value {
        let has = |texts: &[&str]| json!({ "properties": { &tags.property: { "enum": texts } }, "required": [tags.property] });
        let mut all: Vec<&str> = Vec::new();
        let mut cases = Vec::new();
        for (member, part) in self.document.children(list).zip(parts) {
            let SchemaAt::Node(target) = self.contract.resolve(member) else { continue };
            let own: Vec<&str> = tags.of(target).filter(|text| !all.contains(text)).collect();
            if !own.is_empty() {
                cases.push(json!({ "if": has(&own), "then": part }));
                all.extend(own);
            }
        }
        if all.is_empty() {
            return union;
        }
        let other = if self.manner.sends { json!({ "allOf": [union, known(tags)] }) } else { union };
        json!({ "if": has(&all), "then": { "allOf": cases }, "else": other })
    }

    fn properties(&mut self, at: Loc, dropped: &[&str], strict: bool) -> Option<Value> {
        let mut out = Map::new();
        let map = self.whole_map(at)?;
        *self.fuel = self.fuel.checked_sub(self.document.children(map).count() / 8)?;
        for (name, member) in self.document.members(map) {
            if !self.occurs(name) {
                continue;
            }
            match (dropped.binary_search(&name).is_ok(), strict) {
                (true, true) => {}
                (true, false) => drop(out.insert(name.to_owned(), Value::Bool(true))),
                (false, _) => drop(out.insert(name.to_owned(), self.child(member, strict)?)),
            }
        }
        Some(Value::Object(out))
    }

    /// A map of schemas, its reference followed; an empty list is an empty map.
    fn whole_map(&self, at: Loc) -> Option<Loc> {
        let found = self.document.follow(at).ok()?;
        (self.document.kind(found) == Kind::Object || self.document.is_empty_list(found)).then_some(found)
    }

    fn map(&mut self, at: Loc, strict: bool) -> Option<Value> {
        let mut out = Map::new();
        for (name, member) in self.document.members(self.whole_map(at)?) {
            out.insert(name.to_owned(), self.child(member, strict)?);
        }
        Some(Value::Object(out))
    }

    fn children(&mut self, at: Loc, strict: bool) -> Option<Value> {
        self.document.children(at).map(|item| self.child(item, strict)).collect()
    }

    fn branches(&mut self, at: Loc, dropped: &[&'c str], strict: bool) -> Option<Vec<Value>> {
        self.document.children(at).map(|part| self.in_place(part, dropped, strict)).collect()
    }

    /// The members of a union, of which one that only says `nullable` means null.
    fn alternatives(&mut self, at: Loc, dropped: &[&'c str], strict: bool) -> Option<Vec<Value>> {
        let parts: Vec<Loc> = self.document.children(at).collect();
        let several = parts.len() > 1;
        let one = |part: Loc| {
            let null = several && means_null(self.contract, part);
            if null { Some(json!({ "type": "null" })) } else { self.in_place(part, dropped, strict) }
        };
        parts.into_iter().map(one).collect()
    }

    /// `items` as a list, and `additionalItems` after it (before 2020-12).
    fn tuple(&mut self, at: Loc, items: Loc, strict: bool, out: &mut Map<String, Value>) -> Option<()> {
        let places = self.children(items, strict)?;
        out.insert("prefixItems".to_owned(), places);
        if let Some(rest) = self.document.get(at, Key::ADDITIONAL_ITEMS) {
            let rest = self.child(rest, strict)?;
            out.insert("items".to_owned(), rest);
        }
        Some(())
    }

    fn dependent(&mut self, at: Loc, dropped: &[&'c str], strict: bool) -> Option<Value> {
        let mut out = Map::new();
        for (name, part) in self.document.members(at) {
            out.insert(name.to_owned(), self.in_place(part, dropped, strict)?);
        }
        Some(Value::Object(out))
    }

    /// `dependencies` of Draft 4 to 7: names or a schema for each member.
    fn dependencies(&mut self, at: Loc, dropped: &[&'c str], strict: bool, apart: &mut Vec<Value>) -> Option<()> {
        for (name, part) in self.document.members(at) {
            let (keyword, value) = match self.document.kind(part) {
                Kind::Array => ("dependentRequired", self.value(part)),
                Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::String | Kind::Object => {
                    ("dependentSchemas", self.in_place(part, dropped, strict)?)
                }
            };
            apart.push(json!({ keyword: { name: value } }));
        }
        Some(())
    }
}

/// A tag, where there is one, is a row of the table.
fn known(tags: &Tags) -> Value {
    let texts: Vec<&str> = tags.list.iter().map(|tag| tag.text.as_str()).collect();
    json!({ "properties": { &tags.property: { "enum": texts } } })
}
