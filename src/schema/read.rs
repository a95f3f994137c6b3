//! Reads a schema node: each keyword by its kind, in whatever dialect the document speaks.

use std::rc::Rc;

use super::decimal::Decimal;
use super::literal::{self, Literals};
use super::reading::{Additional, Reading, blank, lower, raise};
use super::space::{SchemaId, Space, Which};
use super::types::Types;
use crate::contract::{Dialect, SchemaAt};
use crate::spec::{Document, Key, Kind, Loc};

/// Reads the schema behind an id.
pub(super) fn read<'c>(space: &mut Space<'c>, id: SchemaId) -> Reading<'c> {
    let (which, at) = space.place(id);
    let contract = space.contract(which);
    let mut out = blank(id);
    match at {
        SchemaAt::Any => {}
        SchemaAt::Hole(problem) => out.hole = Some(problem),
        SchemaAt::Made(made) => {
            out.types = Some(Types::OBJECT);
            let made = &contract.made[made as usize];
            for (name, at, required) in &made.members {
                let child = space.node(which, *at);
                out.properties.insert(name, child);
                if *required {
                    out.required.push(name);
                }
            }
        }
        SchemaAt::Node(at) => {
            let document: &'c Document = &contract.document;
            match document.kind(at) {
                Kind::False => out.never = true,
                Kind::Object => {
                    let node = Node { document, dialect: contract.dialect, which, at };
                    node.read(space, &mut out);
                }
                Kind::True => {}
                Kind::Null | Kind::Number | Kind::String | Kind::Array => out.hole = Some(u32::MAX),
            }
        }
    }
    out
}

struct Node<'c> {
    document: &'c Document,
    dialect: Dialect,
    which: Which,
    at: Loc,
}

impl<'c> Node<'c> {
    fn read(&self, space: &mut Space<'c>, out: &mut Reading<'c>) {
        if self.document.target(self.at).is_some() {
            out.reference = Some(space.reference(self.which, self.at));
            if self.dialect != Dialect::V31 {
                // Of the siblings only `nullable` is meant; see `space::follow`, which would not have stopped here else.
                out.nullable = true;
                return;
            }
        }
        for at in self.document.children(self.at) {
            let key = self.document.file(at.file).key(at.node);
            self.value(key, at, out);
            self.shape(key, at, space, out);
        }
        super::meant::read(space, self.document, (self.which, self.at), self.dialect, out);
        self.exclusive_flags(out);
        self.nullability(out);
    }

    /// Keywords with a value of their own.
    fn value(&self, key: Key, at: Loc, out: &mut Reading<'c>) {
        let document = self.document;
        match key {
            Key::TYPE => {
                out.types = self.types(at);
                // A type nobody knows, most often a slip, is no licence for everything: the place cannot be read.
                if !self.knows(at) {
                    out.hole = Some(u32::MAX);
                }
                // Swagger 2.0 `file` is what 3.0 writes as a binary string.
                let file = self.document.text(at) == "file";
                out.format = out.format.or(file.then_some("binary"));
            }
            Key::ENUM if document.kind(at) == Kind::Array => {
                let mut values = Literals::default();
                document.children(at).for_each(|value| literal::add(document, value, &mut values));
                meet(&mut out.literals, values);
            }
            Key::CONST if self.dialect == Dialect::V31 => {
                let mut values = Literals::default();
                literal::add(document, at, &mut values);
                meet(&mut out.literals, values);
            }
            Key::MINIMUM => raise(&mut out.minimum, self.decimal(at), false),
            Key::MAXIMUM => lower(&mut out.maximum, self.decimal(at), false),
            Key::EXCLUSIVE_MINIMUM => raise(&mut out.minimum, self.decimal(at), true),
            Key::EXCLUSIVE_MAXIMUM => lower(&mut out.maximum, self.decimal(at), true),
            Key::MULTIPLE_OF => out.multiple_of = self.decimal(at),
            Key::MIN_LENGTH => out.min_length = self.count(at),
            Key::MAX_LENGTH => out.max_length = self.count(at),
            Key::MIN_ITEMS => out.min_items = self.count(at),
            Key::MAX_ITEMS => out.max_items = least(out.max_items, self.count(at)),
            Key::MIN_PROPERTIES => out.min_properties = self.count(at),
            Key::MAX_PROPERTIES => out.max_properties = self.count(at),
            Key::PATTERN => out.pattern = self.string(at),
            Key::FORMAT => out.format = self.string(at),
            Key::CONTENT_ENCODING | Key::CONTENT_MEDIA_TYPE => out.format = out.format.or(self.content_format(key, at)),
            Key::UNIQUE_ITEMS => out.unique = document.kind(at) == Kind::True,
            Key::READ_ONLY => out.read_only = document.kind(at) == Kind::True,
            Key::WRITE_ONLY => out.write_only = document.kind(at) == Kind::True,
            Key::NULLABLE if self.dialect == Dialect::V30 => out.nullable = document.kind(at) == Kind::True,
            Key::X_NULLABLE if self.dialect != Dialect::V31 => out.nullable |= document.kind(at) == Kind::True,
            Key::X_EXTENSIBLE_ENUM => out.extensible = document.kind(at) != Kind::False,
            Key::REQUIRED if document.kind(at) == Kind::Array => {
                out.required.extend(document.children(at).filter_map(|name| self.string(name)));
            }
            _ => {}
        }
    }

    /// Keywords that hold schemas.
    fn shape(&self, key: Key, at: Loc, space: &mut Space<'c>, out: &mut Reading<'c>) {
        let document = self.document;
        let kind = document.kind(at);
        let list = |space: &mut Space<'c>| -> Vec<SchemaId> {
            document.children(at).map(|child| space.node(self.which, child)).collect()
        };
        match key {
            Key::PROPERTIES => {
                let Some(at) = self.map(at, out) else { return };
                out.properties.extend(document.members(at).map(|(name, child)| (name, space.node(self.which, child))));
            }
            Key::PATTERN_PROPERTIES => {
                let Some(at) = self.map(at, out) else { return };
                out.patterns.extend(document.members(at).map(|(name, child)| (name, space.node(self.which, child))));
            }
            Key::ADDITIONAL_PROPERTIES if kind == Kind::False => out.additional = Some(Additional::Closed),
            Key::ADDITIONAL_PROPERTIES => {
                out.additional = Some(Additional::Written(space.node(self.which, at)));
                out.anything = super::space::says_nothing(space.contract(self.which), at);
            }
            Key::PREFIX_ITEMS => out.prefix = list(space),
            Key::ITEMS if kind == Kind::Array => out.prefix = list(space),
            Key::ITEMS if kind == Kind::False => self.close_tuple(out),
            Key::ITEMS => out.items = Some(space.node(self.which, at)),
            Key::ADDITIONAL_ITEMS
                if self.document.get(self.at, Key::ITEMS).is_some_and(|at| document.kind(at) == Kind::Array) =>
            {
                if kind == Kind::False { self.close_tuple(out) } else { out.items = Some(space.node(self.which, at)) }
            }
            Key::ALL_OF => out.all_of = list(space),
            Key::ANY_OF | Key::ONE_OF => out.unions.push(list(space)),
            Key::NOT => self.negation(at, space, out),
            _ if super::keyword::is_opaque(key) && !super::meant::models(self.dialect, key) => out.opaque.push(key),
            _ => {}
        }
    }

    /// A map of schemas; some documents refer to one, which every bundler follows.
    fn map(&self, at: Loc, out: &mut Reading<'c>) -> Option<Loc> {
        let found = self.document.follow(at);
        if !found.is_ok_and(|at| self.document.kind(at) == Kind::Object || self.document.is_blank(at)) {
            out.hole = found.map_or_else(|problem| u32::try_from(problem).ok(), |_| Some(u32::MAX));
        }
        found.ok()
    }

    /// `not` of values or types constrains them; any other excludes a schema.
    fn negation(&self, at: Loc, space: &mut Space<'c>, out: &mut Reading<'c>) {
        let document = self.document;
        let mut members = document
            .children(at)
            .filter(|child| !super::keyword::is_annotation(document.file(child.file).key(child.node)));
        let (first, second) = (members.next(), members.next());
        let key = first.map(|child| document.file(child.file).key(child.node));
        match (key, first, second) {
            (Some(Key::ENUM), Some(values), None) => {
                let mut denied = Literals::default();
                document.children(values).for_each(|value| literal::add(document, value, &mut denied));
                out.denied = Some(Rc::new(denied));
            }
            (Some(Key::CONST), Some(value), None) => {
                let mut denied = Literals::default();
                literal::add(document, value, &mut denied);
                out.denied = Some(Rc::new(denied));
            }
            (Some(Key::TYPE), Some(types), None) => {
                let allowed = Types::ALL.without(self.types(types).unwrap_or(Types::NONE));
                out.types = Some(out.types.unwrap_or(Types::ALL).and(allowed));
            }
            _ => out.excluded.push(space.node(self.which, at)),
        }
    }

    fn close_tuple(&self, out: &mut Reading<'c>) {
        let places = [Key::PREFIX_ITEMS, Key::ITEMS]
            .into_iter()
            .filter_map(|key| self.document.get(self.at, key))
            .find(|&at| self.document.kind(at) == Kind::Array)
            .map_or(0, |at| self.document.children(at).count());
        out.max_items = least(out.max_items, Some(places as u64));
    }

    /// True if every type named is one of JSON Schema's.
    fn knows(&self, at: Loc) -> bool {
        match self.document.kind(at) {
            Kind::String => Types::named(self.document.text(at)).is_some(),
            Kind::Array => self.document.children(at).all(|name| Types::named(self.document.text(name)).is_some()),
            Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::Object => false,
        }
    }

    fn types(&self, at: Loc) -> Option<Types> {
        match self.document.kind(at) {
            Kind::String => Types::named(self.document.text(at)),
            Kind::Array => Some(
                self.document
                    .children(at)
                    .filter_map(|name| Types::named(self.document.text(name)))
                    .fold(Types::NONE, Types::or),
            ),
            Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::Object => None,
        }
    }

    /// 2.0 and 3.0 spell exclusive bounds as a flag beside the bound.
    fn exclusive_flags(&self, out: &mut Reading<'c>) {
        let on = |key| self.document.flag(self.at, key) == Some(true);
        if let Some(limit) = out.minimum.as_mut().filter(|_| on(Key::EXCLUSIVE_MINIMUM)) {
            limit.exclusive = true;
        }
        if let Some(limit) = out.maximum.as_mut().filter(|_| on(Key::EXCLUSIVE_MAXIMUM)) {
            limit.exclusive = true;
        }
    }

    /// `nullable` on a plain typed node becomes a type list; elsewhere expansion forks.
    fn nullability(&self, out: &mut Reading<'c>) {
        let composed = out.reference.is_some()
            || !out.all_of.is_empty()
            || !out.unions.is_empty()
            || !out.opaque.is_empty()
            || !out.excluded.is_empty()
            || out.denied.is_some();
        if !out.nullable || composed {
            return;
        }
        out.nullable = false;
        if let Some(types) = out.types {
            out.types = Some(types.or(Types::NULL));
        }
        if let Some(values) = &mut out.literals {
            let mut with_null = (**values).clone();
            with_null.entry(Box::from("null")).or_insert(literal::Literal {
                types: Types::NULL,
                plain: Box::from("null"),
                at: self.at,
            });
            *values = Rc::new(with_null);
        }
    }

    /// What 3.0 says by `format` 3.1 says by `contentEncoding` and `contentMediaType`: one notion.
    fn content_format(&self, key: Key, at: Loc) -> Option<&'c str> {
        match (key, self.string(at)?) {
            (Key::CONTENT_ENCODING, "base64") => Some("byte"),
            (Key::CONTENT_MEDIA_TYPE, "application/octet-stream") => Some("binary"),
            (_, text) => Some(text),
        }
    }
    fn decimal(&self, at: Loc) -> Option<Decimal> {
        if self.document.kind(at) == Kind::Number { Decimal::parse(self.document.text(at)) } else { None }
    }
    fn count(&self, at: Loc) -> Option<u64> {
        let number = self.decimal(at)?;
        if number.is_whole() { number.to_string().parse().ok() } else { None }
    }
    fn string(&self, at: Loc) -> Option<&'c str> {
        self.document.file(at.file).string(at.node)
    }
}

fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn meet(literals: &mut Option<Rc<Literals>>, mut values: Literals) {
    if let Some(known) = literals {
        values.retain(|text, _| known.contains_key(text));
    }
    *literals = Some(Rc::new(values));
}
