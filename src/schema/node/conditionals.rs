//! Keywords whose meaning is a combination of others: conditions become unions, the rest fields of a reading.
//!
//! `dependentRequired` is "the member is absent, or the others are there"; `if` is "it and `then`, or not it and `else`".
//! Both alternatives exclude each other, so that what an in-place schema evaluates is known in each of them.

use super::nodes::{Nodes, SchemaId, Which};
use super::reading::{Additional, Contains, Reading, Union};
use super::types::Types;
use crate::contract::Dialect;
use crate::spec::{Document, Key, Kind, Loc};

/// True of keywords that are modelled here, of those whose names alone say nothing to the graded comparison.
pub(super) fn models(dialect: Dialect, key: Key) -> bool {
    // Before 3.1 they are no keywords; whoever writes them there may mean anything.
    dialect == Dialect::V31 && super::keyword::is_opaque(key) && key != Key::DYNAMIC_REF
}

/// Members of a union whose combinations are told apart.
const COMBINED: usize = 3;

struct Conditionals<'s, 'c> {
    nodes: &'s mut Nodes<'c>,
    document: &'c Document,
    which: Which,
    at: Loc,
    id: SchemaId,
}

/// Reads the keywords of a node that mean a combination.
pub(in crate::schema) fn read<'c>(
    nodes: &mut Nodes<'c>,
    document: &'c Document,
    (which, at): (Which, Loc),
    dialect: Dialect,
    out: &mut Reading<'c>,
) {
    if dialect != Dialect::V31 {
        return;
    }
    let id = out.id;
    let mut conditionals = Conditionals { nodes, document, which, at, id };
    let draft = document.draft(at);
    for part in document.children(at) {
        match document.file(part.file).key(part.node) {
            key if !draft.has(key) => {}
            Key::IF => conditionals.condition(part, out),
            key @ (Key::DEPENDENT_REQUIRED | Key::DEPENDENT_SCHEMAS | Key::DEPENDENCIES) => {
                conditionals.dependents(key, part, out);
            }
            Key::PROPERTY_NAMES => out.names = Some(conditionals.schema(part)),
            Key::CONTAINS => conditionals.contains(part, out),
            Key::UNEVALUATED_PROPERTIES => {
                let closed = document.kind(part) == Kind::False;
                let rest = if closed { Additional::Closed } else { Additional::Written(conditionals.schema(part)) };
                if conditionals.is_plain() {
                    out.additional.get_or_insert(rest);
                } else {
                    out.unevaluated_members = Some(rest);
                }
            }
            Key::UNEVALUATED_ITEMS => {
                let rest = conditionals.schema(part);
                let everywhere = document.get(at, Key::ITEMS).is_some_and(|items| document.kind(items) != Kind::Array);
                if conditionals.is_plain() && document.get(at, Key::CONTAINS).is_none() {
                    let others = !everywhere && document.get(at, Key::ADDITIONAL_ITEMS).is_none();
                    if others && document.kind(part) == Kind::False {
                        super::read::close_tuple(document, at, out);
                    } else if others {
                        out.items = Some(rest);
                    }
                } else {
                    out.unevaluated_items = Some(rest);
                }
            }
            _ => {}
        }
    }
    if out.unevaluated_members.is_some() || out.unevaluated_items.is_some() {
        conditionals.combinations(out);
    }
}

impl<'c> Conditionals<'_, 'c> {
    fn schema(&mut self, at: Loc) -> SchemaId {
        self.nodes.node(self.which, at)
    }

    fn beside(&mut self, key: Key) -> Option<SchemaId> {
        let at = self.document.get(self.at, key)?;
        Some(self.schema(at))
    }

    /// `if`, `then`, `else`; without either of the last two nothing is said.
    fn condition(&mut self, at: Loc, out: &mut Reading<'c>) {
        let test = self.schema(at);
        let (then, other) = (self.beside(Key::THEN), self.beside(Key::ELSE));
        if then.is_none() && other.is_none() {
            return;
        }
        let holds = self.nodes.meaning((self.id, Key::IF, 0), |reading| {
            reading.all_of = std::iter::once(test).chain(then).collect();
        });
        let fails = self.nodes.meaning((self.id, Key::IF, 1), |reading| {
            reading.excluded = vec![test];
            reading.all_of = other.into_iter().collect();
        });
        out.unions.push(Union { members: vec![holds, fails], exclusive: false });
    }

    /// A member must not be there: its schema is `false`.
    fn absent(&mut self, key: Key, index: u32, name: &'c str) -> SchemaId {
        let never = self.nodes.meaning((self.id, key, u32::MAX), |reading| reading.never = true);
        self.nodes.meaning((self.id, key, 2 * index), |reading| {
            reading.properties.insert(name, never);
        })
    }

    /// A member is absent, or it is there and so are others (a list), or it is there and a schema holds. What
    /// `dependencies` held before 2019-09 is told apart by its kind.
    fn dependents(&mut self, key: Key, at: Loc, out: &mut Reading<'c>) {
        let document = self.document;
        for (index, (name, part)) in (0_u32..).zip(document.members(at)) {
            let absent = self.absent(key, index, name);
            let listed = document.kind(part) == Kind::Array;
            let schema = if listed { None } else { Some(self.schema(part)) };
            let others = if listed { Some(document.children(part)) } else { None };
            let others = others.into_iter().flatten();
            let names: Vec<&str> = others.filter_map(|other| document.file(other.file).string(other.node)).collect();
            let there = self.nodes.meaning((self.id, key, 2 * index + 1), |reading| {
                reading.types = Some(Types::OBJECT);
                reading.required = std::iter::once(name).chain(names).collect();
                reading.all_of = schema.into_iter().collect();
            });
            out.unions.push(Union { members: vec![absent, there], exclusive: false });
        }
    }

    /// What a small union evaluates depends on which of its members hold; so each combination is an alternative, that
    /// excludes the others.
    fn combinations(&mut self, out: &mut Reading<'c>) {
        let mut count = 0;
        for Union { members: union, .. } in &mut out.unions {
            let plain = !union.iter().any(|&member| self.nodes.meaning_of(member).is_some());
            if !plain || !(2..=COMBINED).contains(&union.len()) {
                continue;
            }
            let members = std::mem::take(union);
            for mask in 1_usize..1 << members.len() {
                let of = |held: bool| -> Vec<SchemaId> {
                    let list = members.iter().enumerate();
                    list.filter(|(ix, _)| (mask >> ix & 1 == 1) == held).map(|(_, member)| *member).collect()
                };
                count += 1;
                union.push(self.nodes.meaning((self.id, Key::ANY_OF, count), |reading| {
                    (reading.all_of, reading.excluded) = (of(true), of(false));
                }));
            }
        }
    }

    fn contains(&mut self, at: Loc, out: &mut Reading<'c>) {
        let document = self.document;
        let count = |key| document.get(self.at, key).and_then(|at| super::assertions::count(document, at));
        let (least, most) = (count(Key::MIN_CONTAINS).unwrap_or(1), count(Key::MAX_CONTAINS));
        let schema = self.schema(at);
        if self.nodes.admits_all(schema) {
            out.min_items = out.min_items.max(Some(least));
            out.max_items = match (out.max_items, most) {
                (Some(known), Some(most)) => Some(known.min(most)),
                (known, most) => known.or(most),
            };
        } else if least > 0 || most.is_some() {
            out.contains = Some(Contains { schema, least, most });
        }
    }

    /// No composition beside it: `unevaluatedProperties` means what `additionalProperties` means.
    fn is_plain(&self) -> bool {
        self.document.children(self.at).all(|child| {
            !matches!(
                self.document.file(child.file).key(child.node),
                Key::REF
                    | Key::ALL_OF
                    | Key::ANY_OF
                    | Key::ONE_OF
                    | Key::IF
                    | Key::DEPENDENT_SCHEMAS
                    | Key::DEPENDENCIES
                    | Key::DYNAMIC_REF
            )
        })
    }
}
