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

use super::accepts::OneOf;
use crate::contract::{Contract, Dialect, SchemaAt};
use crate::schema::node::Decimal;
use crate::schema::states::Lens;
use crate::spec::{Document, Key, Kind, Loc, Target};

/// How far `readOnly` is looked for behind references and `allOf`.
const REACH: u8 = 8;

mod applicators;
mod assertions;

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
    /// Exactly one member of a `oneOf` takes the value, or one of them at least.
    pub(super) one_of: OneOf,
    /// A format that not everybody reads alike makes the schema unreadable.
    pub(super) plain_formats: bool,
    /// A tag is one that its discriminator knows: nobody sends another.
    pub(super) sends: bool,
}

/// The whole schema at a place as JSON Schema 2020-12, nothing cut; with `strict` members that nothing declares are
/// refused. `None` where a part is unreadable or it has more than a million nodes.
#[cfg(feature = "internals")]
pub fn whole(contract: &Contract, at: SchemaAt, lens: Lens, strict: bool) -> Option<Value> {
    let texts = FxHashSet::default();
    let one_of = if strict { OneOf::Any } else { OneOf::Exactly };
    let manner = Manner { lens, names: None, texts: &texts, strict, one_of, plain_formats: false, sends: false };
    lower(contract, at, manner, &mut 1_000_000)
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
            Some(_) if !self.only_refers(at) => self.node(at, dropped, strict),
            Some(Target::At(target)) => {
                let reference = self.reference(target, dropped, strict);
                let nullable = [Key::NULLABLE, Key::X_NULLABLE].iter().any(|&key| self.is_on(at, key));
                Some(if nullable { json!({ "anyOf": [reference, { "type": "null" }] }) } else { reference })
            }
            Some(Target::Missing(_)) => None,
            None => self.node(at, dropped, strict),
        }
    }

    /// True of a reference beside which nothing counts (OpenAPI 3.0, Reference Object; JSON Schema up to Draft 7).
    fn only_refers(&self, at: Loc) -> bool {
        let siblings = self.contract.dialect == Dialect::V31 && !self.document.draft(at).ignores_siblings();
        self.document.target(at).is_some() && !siblings
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
    fn dropped(&mut self, at: Loc, reach: u8, out: &mut Vec<&'c str>) {
        let (Some(reach), true) = (reach.checked_sub(1), self.pay()) else { return };
        if let Some(Target::At(target)) = self.document.target(at) {
            self.dropped(target, reach, out);
        }
        if self.only_refers(at) {
            return;
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

    /// Pays for a node that is looked at; false where nothing is left, and then no schema comes of it.
    fn pay(&mut self) -> bool {
        *self.fuel = self.fuel.saturating_sub(1);
        *self.fuel > 0
    }

    fn is_dropped(&mut self, at: Loc, reach: u8) -> bool {
        let (lens, alone) = (self.manner.lens, self.only_refers(at));
        let is_on = lens.drop_read_only && self.is_on(at, Key::READ_ONLY)
            || lens.drop_write_only && self.is_on(at, Key::WRITE_ONLY);
        if is_on && !alone {
            return true;
        }
        let (Some(reach), true) = (reach.checked_sub(1), self.pay()) else { return false };
        let target = match self.document.target(at) {
            Some(Target::At(target)) => Some(target),
            Some(Target::Missing(_)) | None => None,
        };
        let unions = [Key::ANY_OF, Key::ONE_OF]
            .into_iter()
            .filter_map(|key| self.document.get(at, key))
            .filter(|&list| self.document.children(list).count() == 1);
        let parts = self.document.get(at, Key::ALL_OF).into_iter().chain(unions).filter(|_| !alone);
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
            Kind::True => return Some(Value::Bool(true)),
            Kind::Object => {}
            Kind::Null | Kind::Number | Kind::String | Kind::Array => return None,
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
        let draft = self.document.draft(at);
        if draft.is_unknown() {
            return None;
        }
        let mut apart = Vec::new();
        for child in self.document.children(at) {
            let key = self.document.file(child.file).key(child.node);
            if !draft.has(key) {
                continue;
            }
            // A number of more digits than are read exactly would become another one.
            if self.document.kind(child) == Kind::Number && Decimal::parse(self.document.text(child)).is_none() {
                return None;
            }
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
}
