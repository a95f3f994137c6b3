//! A schema of a document as JSON Schema 2020-12, for an independent validator: semantics of each dialect spelled out,
//! annotations dropped, and cut down to what one exchange can meet.
//!
//! The cut: an entry of `properties` whose name occurs in neither payload nor control cannot be entered, so validation
//! cannot see that it is gone. What is left of a large closure is a few kilobytes, where compiling the whole costs
//! a hundred times as much. This reads the document itself, not the engine's readings, so that a slip of the engine
//! shows as a refuted witness.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde_json::{Map, Value, json};

use super::super::decimal::Decimal;
use super::super::format;
use super::super::space::Lens;
use crate::contract::{Contract, Dialect, SchemaAt};
use crate::spec::{Document, Key, Kind, Loc, Target};

/// An enumeration longer than this is cut to the values that occur in the exchange.
const ENUM: usize = 64;
/// How far `readOnly` is looked for behind references and `allOf`.
const REACH: u8 = 8;

/// How a schema is to be lowered.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    /// How the value travels.
    pub(super) lens: Lens,
    /// The member names that occur in the exchange; `None` keeps everything.
    pub(super) names: Option<&'a FxHashSet<String>>,
    /// The texts of the scalars that occur in it.
    pub(super) texts: &'a FxHashSet<String>,
    /// Members that nothing declares are refused.
    pub(super) strict: bool,
    /// A format that not everybody reads alike makes the schema unreadable.
    pub(super) plain_formats: bool,
}

/// The whole schema at a place as JSON Schema 2020-12, nothing cut; with `strict` members that nothing declares are
/// refused. `None` where a part is unreadable or it has more than a million nodes.
pub fn whole(contract: &Contract, at: SchemaAt, lens: Lens, strict: bool) -> Option<Value> {
    let texts = FxHashSet::default();
    lower(contract, at, Manner { lens, names: None, texts: &texts, strict, plain_formats: false }, &mut 1_000_000)
}

/// Lowers the schema at a place; `None` where a part is unreadable or the fuel (nodes visited) is used up.
pub(super) fn lower(contract: &Contract, at: SchemaAt, manner: Manner<'_>, fuel: &mut usize) -> Option<Value> {
    let mut work = Lowering { contract, document: &contract.document, manner, fuel, defs: IndexMap::default() };
    let root = match at {
        SchemaAt::Node(at) => work.child(at, manner.strict)?,
        SchemaAt::Made(made) => work.made(made as usize)?,
        SchemaAt::Any => Value::Bool(true),
        SchemaAt::Hole(_) => return None,
    };
    let mut next = 0;
    while let Some(((at, dropped, strict), _)) = work.defs.get_index(next) {
        let (at, dropped, strict) = (*at, dropped.clone(), *strict);
        let value = work.in_place(at, &dropped, strict)?;
        work.defs[next] = value;
        next += 1;
    }
    let Value::Object(mut root) = root else { return Some(root) };
    if !work.defs.is_empty() {
        let defs: Map<String, Value> =
            work.defs.into_values().enumerate().map(|(ix, value)| (format!("d{ix}"), value)).collect();
        root.insert("$defs".to_owned(), Value::Object(defs));
    }
    Some(Value::Object(root))
}

/// What a definition depends on: the node, the members dropped by the lens around it, whether undeclared ones are refused.
type DefKey<'c> = (Loc, Vec<&'c str>, bool);

struct Lowering<'a, 'c> {
    contract: &'c Contract,
    document: &'c Document,
    manner: Manner<'a>,
    fuel: &'a mut usize,
    defs: IndexMap<DefKey<'c>, Value, FxBuildHasher>,
}

impl<'c> Lowering<'_, 'c> {
    /// The schema of another value: a member, an item.
    fn child(&mut self, at: Loc, strict: bool) -> Option<Value> {
        let mut dropped = Vec::new();
        if self.manner.lens.drop_read_only || self.manner.lens.drop_write_only {
            self.dropped(at, REACH, &mut dropped);
            dropped.sort_unstable();
            dropped.dedup();
        }
        let mut out = self.in_place(at, &dropped, strict)?;
        if let Value::Object(members) = &mut out
            && strict
        {
            members.entry("unevaluatedProperties").or_insert(Value::Bool(false));
        }
        Some(out)
    }

    /// Another schema of the same value: a branch, the target of a reference.
    fn in_place(&mut self, at: Loc, dropped: &[&'c str], strict: bool) -> Option<Value> {
        match self.document.target(at) {
            Some(_) if self.contract.dialect == Dialect::V31 => self.node(at, dropped, strict),
            Some(Target::At(target)) => {
                let reference = self.reference(target, dropped, strict);
                let nullable = [Key::NULLABLE, Key::X_NULLABLE].iter().any(|&key| self.is_on(at, key));
                Some(if nullable { json!({ "anyOf": [reference, { "type": "null" }] }) } else { reference })
            }
            Some(Target::Missing(_)) => None,
            None => self.node(at, dropped, strict),
        }
    }

    fn reference(&mut self, target: Loc, dropped: &[&'c str], strict: bool) -> Value {
        let entry = self.defs.entry((target, dropped.to_vec(), strict));
        let ix = entry.index();
        entry.or_insert(Value::Null);
        json!({ "$ref": format!("#/$defs/d{ix}") })
    }

    fn is_on(&self, at: Loc, key: Key) -> bool {
        self.document.flag(at, key) == Some(true)
    }

    /// The members that the lens drops, as `allOf` and references see them.
    fn dropped(&self, at: Loc, reach: u8, out: &mut Vec<&'c str>) {
        let Some(reach) = reach.checked_sub(1) else { return };
        if let Some(Target::At(target)) = self.document.target(at) {
            self.dropped(target, reach, out);
        }
        for (name, member) in self.document.get(at, Key::PROPERTIES).into_iter().flat_map(|p| self.document.members(p))
        {
            if self.is_dropped(member, 4) {
                out.push(name);
            }
        }
        for key in [Key::ALL_OF, Key::ANY_OF, Key::ONE_OF] {
            for part in self.document.get(at, key).into_iter().flat_map(|list| self.document.children(list)) {
                self.dropped(part, reach, out);
            }
        }
    }

    fn is_dropped(&self, at: Loc, reach: u8) -> bool {
        let lens = self.manner.lens;
        if lens.drop_read_only && self.is_on(at, Key::READ_ONLY)
            || lens.drop_write_only && self.is_on(at, Key::WRITE_ONLY)
        {
            return true;
        }
        let Some(reach) = reach.checked_sub(1) else { return false };
        let target = match self.document.target(at) {
            Some(Target::At(target)) => Some(target),
            Some(Target::Missing(_)) | None => None,
        };
        let alone = [Key::ANY_OF, Key::ONE_OF]
            .into_iter()
            .filter_map(|key| self.document.get(at, key))
            .filter(|&list| self.document.children(list).count() == 1);
        let parts = self.document.get(at, Key::ALL_OF).into_iter().chain(alone);
        target
            .into_iter()
            .chain(parts.flat_map(|list| self.document.children(list)))
            .any(|at| self.is_dropped(at, reach))
    }

    fn made(&mut self, made: usize) -> Option<Value> {
        let contract = self.contract;
        let made = contract.made.get(made)?;
        let mut properties = Map::new();
        for (name, at, _) in &made.members {
            if !self.occurs(name) {
                continue;
            }
            properties.insert(name.clone(), self.child(*at, self.manner.strict)?);
        }
        let required: Vec<&str> =
            made.members.iter().filter(|(_, _, required)| *required).map(|(name, ..)| name.as_str()).collect();
        let mut out = json!({ "type": "object", "properties": properties, "required": required });
        if self.manner.strict {
            out["unevaluatedProperties"] = false.into();
        }
        Some(out)
    }

    fn occurs(&self, name: &str) -> bool {
        self.manner.names.is_none_or(|names| names.contains(name))
    }

    fn node(&mut self, at: Loc, dropped: &[&'c str], strict: bool) -> Option<Value> {
        *self.fuel = self.fuel.checked_sub(1)?;
        match self.document.kind(at) {
            Kind::False => return Some(Value::Bool(false)),
            Kind::Object => {}
            Kind::Null | Kind::True | Kind::Number | Kind::String | Kind::Array => return Some(Value::Bool(true)),
        }
        let mut out = Map::new();
        match self.document.target(at) {
            Some(Target::At(target)) => {
                let Value::Object(reference) = self.reference(target, dropped, strict) else { return None };
                out.extend(reference);
            }
            Some(Target::Missing(_)) => return None,
            None => {}
        }
        let mut apart = Vec::new();
        for child in self.document.children(at) {
            let key = self.document.file(child.file).key(child.node);
            self.assertion(at, key, child, dropped, &mut out, &mut apart)?;
            self.applicator(at, key, child, (dropped, strict), &mut out, &mut apart)?;
        }
        if !apart.is_empty() {
            let list = out.entry("allOf").or_insert_with(|| json!([])).as_array_mut()?;
            list.extend(apart);
        }
        Some(self.nullable(at, out))
    }

    /// `nullable`: a type list where the node is plain, else a union with null.
    fn nullable(&self, at: Loc, mut out: Map<String, Value>) -> Value {
        let on = match self.contract.dialect {
            Dialect::V20 => self.is_on(at, Key::X_NULLABLE),
            Dialect::V30 => self.is_on(at, Key::NULLABLE) || self.is_on(at, Key::X_NULLABLE),
            Dialect::V31 => false,
        };
        if !on {
            return Value::Object(out);
        }
        let plain = !["$ref", "allOf", "anyOf", "not"].iter().any(|key| out.contains_key(*key));
        if let (true, Some(Value::String(kind))) = (plain, out.get("type")) {
            let kind = kind.clone();
            out.insert("type".to_owned(), json!([kind, "null"]));
            if let Some(Value::Array(values)) = out.get_mut("enum")
                && !values.contains(&Value::Null)
            {
                values.push(Value::Null);
            }
            return Value::Object(out);
        }
        json!({ "anyOf": [out, { "type": "null" }] })
    }

    /// Keywords that hold no schema.
    fn assertion(
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
            Key::ENUM if self.document.kind(child) == Kind::Array => self.values(child),
            Key::CONST if dialect == Dialect::V31 => json!([self.value(child)]),
            Key::MINIMUM | Key::MAXIMUM => return self.bound(at, key, child, out),
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
            Key::REQUIRED if self.document.kind(child) == Kind::Array => {
                let names = self.document.children(child).map(|at| self.document.text(at));
                names.filter(|name| !dropped.contains(name)).collect()
            }
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

    fn types(&self, at: Loc) -> Option<Value> {
        let known = |name: &str| match name {
            "file" => Some("string".to_owned()),
            "null" | "boolean" | "integer" | "number" | "string" | "array" | "object" => Some(name.to_owned()),
            _ => None,
        };
        match self.document.kind(at) {
            Kind::String => known(self.document.text(at)).map(Value::String),
            Kind::Array => {
                let names: Option<Vec<String>> =
                    self.document.children(at).map(|at| known(self.document.text(at))).collect();
                Some(json!(names?))
            }
            Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::Object => None,
        }
    }

    fn values(&mut self, at: Loc) -> Value {
        let all: Vec<Loc> = self.document.children(at).collect();
        *self.fuel = self.fuel.saturating_sub(all.len() / 8);
        let long = all.len() > ENUM && self.manner.names.is_some();
        let kept = all.into_iter().enumerate().filter(|(ix, at)| {
            *ix < 3 || !long || !self.is_scalar(*at) || self.manner.texts.contains(self.document.text(*at))
        });
        kept.map(|(_, at)| self.value(at)).collect()
    }

    fn is_scalar(&self, at: Loc) -> bool {
        matches!(self.document.kind(at), Kind::String | Kind::Number)
    }

    /// 2.0 and 3.0 spell exclusive bounds as a flag beside the bound.
    fn bound(&self, at: Loc, key: Key, child: Loc, out: &mut Map<String, Value>) -> Option<()> {
        let exclusive = if key == Key::MINIMUM { Key::EXCLUSIVE_MINIMUM } else { Key::EXCLUSIVE_MAXIMUM };
        let name = if self.is_on(at, exclusive) { exclusive } else { key };
        match self.number(child) {
            Value::Null => {}
            number => drop(out.insert(name.fixed().to_owned(), number)),
        }
        Some(())
    }

    fn number(&self, at: Loc) -> Value {
        if self.document.kind(at) == Kind::Number { self.value(at) } else { Value::Null }
    }

    fn count(&self, at: Loc) -> Value {
        let number = Decimal::parse(self.document.text(at)).filter(|n| self.is_scalar(at) && n.is_whole());
        number.and_then(|n| n.to_string().parse::<u64>().ok()).map_or(Value::Null, Value::from)
    }

    fn value(&self, at: Loc) -> Value {
        self.document.file(at.file).value(at.node)
    }

    /// Keywords that hold schemas.
    fn applicator(
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
            Key::ADDITIONAL_PROPERTIES
                if strict && super::super::space::says_nothing(self.contract, child) && kind != Kind::False =>
            {
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
                let parts = self.branches(child, dropped, strict)?;
                apart.push(if parts.is_empty() { Value::Bool(false) } else { json!({ "anyOf": parts }) });
                return Some(());
            }
            Key::NOT | Key::IF => self.in_place(child, dropped, false)?,
            Key::THEN | Key::ELSE => self.in_place(child, dropped, strict)?,
            Key::DEPENDENT_SCHEMAS => self.dependent(child, dropped, strict)?,
            Key::DEPENDENCIES => return self.dependencies(child, dropped, strict, apart),
            Key::DYNAMIC_REF => return None,
            _ => return Some(()),
        };
        out.insert(key.fixed().to_owned(), value);
        Some(())
    }

    fn properties(&mut self, at: Loc, dropped: &[&str], strict: bool) -> Option<Value> {
        let mut out = Map::new();
        for (name, member) in self.document.members(self.document.follow(at).ok()?) {
            if !self.occurs(name) {
                continue;
            }
            match (dropped.contains(&name), strict) {
                (true, true) => {}
                (true, false) => drop(out.insert(name.to_owned(), Value::Bool(true))),
                (false, _) => drop(out.insert(name.to_owned(), self.child(member, strict)?)),
            }
        }
        Some(Value::Object(out))
    }

    fn map(&mut self, at: Loc, strict: bool) -> Option<Value> {
        let mut out = Map::new();
        for (name, member) in self.document.members(self.document.follow(at).ok()?) {
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
                _ => ("dependentSchemas", self.in_place(part, dropped, strict)?),
            };
            apart.push(json!({ keyword: { name: value } }));
        }
        Some(())
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
