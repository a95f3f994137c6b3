//! A cell that must satisfy one more branch, and schemas of single values to cut with.

use std::rc::Rc;

use super::Search;
use super::cell::Cell;
use crate::schema::node::{Additional, Literals, Reading, SchemaId, Types, literal, lower, raise};
use crate::schema::states::Branch;
use crate::spec::Loc;

impl<'c> Cell<'c> {
    /// The cell and a branch that it must satisfy too; the branch's exclusions are left to the caller.
    pub(super) fn meet(&self, asked: &Branch<'c>) -> Option<Self> {
        let mut out = self.clone();
        let (mine, theirs) = (&mut out.branch, asked.clone());
        mine.types = mine.types.and(theirs.types);
        if mine.types.is_empty() {
            return None;
        }
        mine.literals = match (mine.literals.take(), theirs.literals) {
            (Some((a, id)), Some((b, _))) => {
                let both: Literals = a
                    .iter()
                    .filter(|(text, _)| b.contains_key(*text))
                    .map(|(text, value)| (text.clone(), value.clone()))
                    .collect();
                Some((Rc::new(both), id))
            }
            (a, b) => a.or(b),
        };
        mine.denied.extend(theirs.denied);
        for (known, limit, keep) in [
            (&mut mine.minimum, theirs.minimum, raise as fn(&mut _, _, _)),
            (&mut mine.maximum, theirs.maximum, lower as fn(&mut _, _, _)),
        ] {
            let Some((limit, id)) = limit else { continue };
            let mut after = known.map(|(limit, _)| limit);
            keep(&mut after, Some(limit.value), limit.exclusive);
            *known = after.map(|limit| (limit, id));
        }
        mine.multiples.extend(theirs.multiples);
        for (known, bound) in [
            (&mut mine.min_length, theirs.min_length),
            (&mut mine.min_items, theirs.min_items),
            (&mut mine.min_properties, theirs.min_properties),
        ] {
            *known = [*known, bound].into_iter().flatten().max_by_key(|(n, _)| *n);
        }
        for (known, bound) in [
            (&mut mine.max_length, theirs.max_length),
            (&mut mine.max_items, theirs.max_items),
            (&mut mine.max_properties, theirs.max_properties),
        ] {
            *known = [*known, bound].into_iter().flatten().min_by_key(|(n, _)| *n);
        }
        mine.patterns.extend(theirs.patterns);
        mine.formats.extend(theirs.formats);
        mine.unique = mine.unique.or(theirs.unique);
        out.foreign |= !theirs.objects.is_empty() || !theirs.arrays.is_empty() || !theirs.contains.is_empty();
        mine.arrays.extend(theirs.arrays);
        mine.objects.extend(theirs.objects);
        for (name, owner) in theirs.required {
            mine.required.entry(name).or_insert(owner);
        }
        mine.names.extend(theirs.names);
        mine.contains.extend(theirs.contains);
        mine.opaque.extend(theirs.opaque);
        mine.holes.extend(theirs.holes);
        Some(out)
    }
}

impl<'c> Search<'_, 'c> {
    /// A schema that admits one value only, which stands somewhere in the document of its owner.
    pub(super) fn spelling(&mut self, owner: SchemaId, at: Loc) -> SchemaId {
        let which = self.space.nodes.place(owner).0;
        let document = &self.space.nodes.contract(which).document;
        let mut literals = Literals::default();
        literal::add(document, at, &mut literals);
        let (text, types) = literals.first().map_or((String::new(), Types::NONE), |(k, v)| (k.to_string(), v.types));
        if let Some(known) = self.space.nodes.spelled(&text) {
            return known;
        }
        let names: Vec<&'c str> =
            if types == Types::OBJECT { document.members(at).map(|(name, _)| name).collect() } else { Vec::new() };
        let parts: Vec<SchemaId> = if types.meets(Types::COMPOSITE) {
            document.children(at).map(|part| self.spelling(owner, part)).collect()
        } else {
            Vec::new()
        };
        let count = parts.len() as u64;
        self.space.nodes.spell(&text, owner, |reading: &mut Reading<'c>| {
            reading.types = Some(types);
            if types == Types::ARRAY {
                reading.prefix = parts;
                (reading.min_items, reading.max_items) = (Some(count), Some(count));
            } else if types == Types::OBJECT {
                reading.required.clone_from(&names);
                reading.properties = names.into_iter().zip(parts).collect();
                reading.additional = Some(Additional::Closed);
            } else {
                reading.literals = Some(Rc::new(literals));
            }
        })
    }
}
