//! Reads a schema node: each keyword by its kind, in whatever dialect the document speaks.

use std::rc::Rc;

use super::literal::{self, Literals};
use super::nodes::{Nodes, SchemaId, Which};
use super::reading::{Additional, Reading, Union, blank};
use super::types::Types;
use crate::contract::{Dialect, SchemaAt};
use crate::spec::{Document, Dynamic, Key, Kind, Loc};

/// Reads the schema behind an id.
pub(in crate::schema) fn read<'c>(nodes: &mut Nodes<'c>, id: SchemaId) -> Reading<'c> {
    let (which, at) = nodes.place(id);
    let contract = nodes.contract(which);
    let mut out = blank(id);
    match at {
        SchemaAt::Any => {}
        SchemaAt::Hole(problem) => out.hole = Some(problem),
        SchemaAt::Made(made) => {
            out.types = Some(Types::OBJECT);
            let made = &contract.made[made as usize];
            for (name, at, required) in &made.members {
                let child = nodes.node(which, *at);
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
                    node.read(nodes, &mut out);
                }
                Kind::True => {}
                // No schema, so nothing is known of what it allows.
                Kind::Null | Kind::Number | Kind::String | Kind::Array => out.hole = Some(u32::MAX),
            }
        }
    }
    out
}

/// A node of a document that is being read.
pub(super) struct Node<'c> {
    pub(super) document: &'c Document,
    pub(super) dialect: Dialect,
    which: Which,
    pub(super) at: Loc,
}

impl<'c> Node<'c> {
    fn read(&self, nodes: &mut Nodes<'c>, out: &mut Reading<'c>) {
        let draft = self.document.draft(self.at);
        if draft.is_unknown() {
            out.hole = Some(u32::MAX);
            return;
        }
        if self.document.target(self.at).is_some() {
            out.reference = Some(nodes.reference(self.which, self.at));
            if self.dialect != Dialect::V31 {
                // Of the siblings only `nullable` is meant; see `reference::follow`, which would not have stopped here else.
                out.nullable = true;
                return;
            }
        }
        for at in self.document.children(self.at) {
            let key = self.document.file(at.file).key(at.node);
            if !draft.has(key) {
                continue;
            }
            if key == Key::REF && self.document.kind(at) != Kind::String {
                out.hole = Some(u32::MAX);
            }
            self.value(key, at, out);
            self.shape(key, at, nodes, out);
        }
        super::conditionals::read(nodes, self.document, (self.which, self.at), self.dialect, out);
        self.exclusive_flags(out);
        if let (Some(types), Some(values)) = (out.types, &out.literals)
            && let Some(meant) = literal::meant(self.document, values, types)
        {
            out.literals = Some(Rc::new(meant));
        }
        self.nullability(out);
    }

    /// Keywords that hold schemas.
    fn shape(&self, key: Key, at: Loc, nodes: &mut Nodes<'c>, out: &mut Reading<'c>) {
        let document = self.document;
        let kind = document.kind(at);
        let list = |nodes: &mut Nodes<'c>| -> Vec<SchemaId> {
            document.children(at).map(|child| nodes.node(self.which, child)).collect()
        };
        match key {
            Key::PROPERTIES => {
                let Some(at) = self.map(at, out) else { return };
                out.properties.extend(document.members(at).map(|(name, child)| (name, nodes.node(self.which, child))));
            }
            Key::PATTERN_PROPERTIES => {
                let Some(at) = self.map(at, out) else { return };
                out.patterns.extend(document.members(at).map(|(name, child)| (name, nodes.node(self.which, child))));
            }
            Key::ADDITIONAL_PROPERTIES if kind == Kind::False => out.additional = Some(Additional::Closed),
            Key::ADDITIONAL_PROPERTIES => {
                out.additional = Some(Additional::Written(nodes.node(self.which, at)));
                out.anything = super::reference::says_nothing(nodes.contract(self.which), at);
            }
            Key::PREFIX_ITEMS => out.prefix = list(nodes),
            Key::ITEMS if kind == Kind::Array => out.prefix = list(nodes),
            Key::ITEMS if kind == Kind::False => close_tuple(self.document, self.at, out),
            Key::ITEMS => out.items = Some(nodes.node(self.which, at)),
            Key::ADDITIONAL_ITEMS
                if self.document.get(self.at, Key::ITEMS).is_some_and(|at| document.kind(at) == Kind::Array) =>
            {
                if kind == Kind::False {
                    close_tuple(self.document, self.at, out);
                } else {
                    out.items = Some(nodes.node(self.which, at));
                }
            }
            Key::ALL_OF => out.all_of.extend(list(nodes)),
            Key::ANY_OF | Key::ONE_OF => {
                let mut members = list(nodes);
                let several = members.len() > 1;
                for (member, at) in members.iter_mut().zip(document.children(at)).filter(|_| several) {
                    if super::reference::means_null(nodes.contract(self.which), at) {
                        *member = nodes.meaning((*member, Key::NULLABLE, 0), |null| null.types = Some(Types::NULL));
                    }
                }
                out.unions.push(Union { members, exclusive: key == Key::ONE_OF });
            }
            Key::NOT => self.negation(at, nodes, out),
            Key::DYNAMIC_REF if self.dialect == Dialect::V31 => match document.dynamic(self.at) {
                Dynamic::At(target) => out.all_of.push(nodes.node(self.which, target)),
                Dynamic::Open => out.opaque.push(key),
                Dynamic::Missing => out.hole = Some(u32::MAX),
            },
            _ if super::keyword::is_opaque(key) && !super::conditionals::models(self.dialect, key) => {
                out.opaque.push(key);
            }
            _ => {}
        }
    }

    /// A map of schemas; some documents refer to one, which no standard allows and every bundler follows. An empty list
    /// is how some writers spell an empty map.
    fn map(&self, at: Loc, out: &mut Reading<'c>) -> Option<Loc> {
        let found = self.document.follow(at);
        if !found.is_ok_and(|at| self.document.kind(at) == Kind::Object || self.document.is_empty_list(at)) {
            out.hole = found.map_or_else(|problem| u32::try_from(problem).ok(), |_| Some(u32::MAX));
        }
        found.ok()
    }

    /// `not` of values or types constrains them; any other excludes a schema.
    fn negation(&self, at: Loc, nodes: &mut Nodes<'c>, out: &mut Reading<'c>) {
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
                let allowed = match self.types(types) {
                    Some(Types::NONE) => Types::NONE,
                    named => Types::ALL.without(named.unwrap_or(Types::NONE)),
                };
                out.types = Some(out.types.unwrap_or(Types::ALL).and(allowed));
            }
            _ => out.excluded.push(nodes.node(self.which, at)),
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
                meant: false,
            });
            *values = Rc::new(with_null);
        }
    }
}

/// No items beyond those of the tuple.
pub(super) fn close_tuple(document: &Document, at: Loc, out: &mut Reading<'_>) {
    let places = [Key::PREFIX_ITEMS, Key::ITEMS]
        .into_iter()
        .filter_map(|key| document.get(at, key))
        .find(|&at| document.kind(at) == Kind::Array)
        .map_or(0, |at| document.children(at).count());
    out.max_items = super::assertions::least(out.max_items, Some(places as u64));
}
