//! Conjoining a reading with a branch: of each constraint the tighter one stays, with its owner.

use std::rc::Rc;

use super::branch::{Branch, Owned};
use crate::schema::node::{Limit, Literals, Reading, SchemaId, Types, lower, raise};

impl<'c> Branch<'c> {
    /// Conjoins the keywords of one reading, composition aside.
    pub(super) fn conjoin(&mut self, reading: &Rc<Reading<'c>>) {
        let id = reading.id;
        if reading.implied {
            self.implied.push(id);
        }
        if let Some(types) = reading.types {
            self.types = self.types.and(types);
            self.constrained |= types != Types::ALL;
        }
        self.conjoin_values(reading);
        if let Some(hole) = reading.hole {
            self.holes.push(hole);
            self.constrained = true;
        }
        if reading.has_items() {
            self.arrays.push(Rc::clone(reading));
        }
        if reading.has_members() {
            self.objects.push(Rc::clone(reading));
        }
        for &name in &reading.required {
            let owner = self.required.entry(name).or_insert(id);
            // Who spells a demand out mentions the member.
            if self.implied.contains(owner) && !reading.implied {
                *owner = id;
            }
        }
        if reading.unique {
            self.unique.get_or_insert(id);
        }
        self.extensible |= reading.extensible;
        self.excluded.extend(reading.excluded.iter().map(|&schema| (schema, id)));
        self.names.extend(reading.names.map(|schema| (schema, id)));
        self.contains.extend(reading.contains.map(|counted| (counted, id)));
        self.opaque.extend(reading.opaque.iter().map(|&key| (key, id)));
        // `additionalProperties: true` alone says nothing.
        let open = reading.properties.is_empty() && reading.patterns.is_empty() && reading.anything;
        self.constrained |= (reading.has_members() && !open)
            || reading.additional == Some(crate::schema::node::Additional::Closed)
            || reading.has_items()
            || reading.unique
            || !reading.required.is_empty()
            || !reading.excluded.is_empty()
            || reading.names.is_some()
            || reading.contains.is_some()
            || !reading.opaque.is_empty();
        if reading.never {
            self.types = Types::NONE;
        }
    }

    fn conjoin_values(&mut self, reading: &Reading<'c>) {
        let id = reading.id;
        if let Some(values) = &reading.literals {
            let types = values.values().map(|value| value.types).fold(Types::NONE, Types::or);
            self.types = self.types.and(types.or(if types.meets(Types::INTEGER) { Types::INTEGER } else { types }));
            self.literals = Some(match self.literals.take() {
                None => (Rc::clone(values), id),
                Some((known, owner)) => {
                    let keep = |from: &Literals, other: &Literals| -> Literals {
                        let both = from.iter().filter(|(text, _)| other.contains_key(*text));
                        both.map(|(k, v)| (k.clone(), v.clone())).collect()
                    };
                    // The values always stand in the document of their owner.
                    let both = keep(&known, values);
                    let (both, owner) =
                        if both.len() == known.len() { (both, owner) } else { (keep(values, &known), id) };
                    (Rc::new(both), owner)
                }
            });
        }
        if let Some(denied) = &reading.denied {
            self.denied.push((Rc::clone(denied), id));
        }
        tighten(&mut self.minimum, reading.minimum, id, |bound, limit| {
            raise(bound, Some(limit.value), limit.exclusive);
        });
        tighten(&mut self.maximum, reading.maximum, id, |bound, limit| {
            lower(bound, Some(limit.value), limit.exclusive);
        });
        self.multiples.extend(reading.multiple_of.map(|unit| (unit, id)));
        most(&mut self.min_length, reading.min_length, id);
        least(&mut self.max_length, reading.max_length, id);
        most(&mut self.min_items, reading.min_items, id);
        least(&mut self.max_items, reading.max_items, id);
        most(&mut self.min_properties, reading.min_properties, id);
        least(&mut self.max_properties, reading.max_properties, id);
        self.patterns.extend(reading.pattern.map(|pattern| (pattern, id)));
        self.formats.extend(reading.format.map(|format| (format, id)));
        self.constrained |= reading.literals.is_some()
            || reading.denied.is_some()
            || reading.minimum.is_some()
            || reading.maximum.is_some()
            || reading.multiple_of.is_some()
            || reading.min_length.is_some()
            || reading.max_length.is_some()
            || reading.min_items.is_some()
            || reading.max_items.is_some()
            || reading.min_properties.is_some()
            || reading.max_properties.is_some()
            || reading.pattern.is_some()
            || reading.format.is_some();
    }

    /// Drops the types whose constraints contradict each other, so that an empty branch is seen as empty.
    pub(in crate::schema) fn settle(&mut self) {
        if let Some((values, _)) = &self.literals {
            let types = values.values().map(|value| value.types).fold(Types::NONE, Types::or);
            self.types = self.types.and(types);
        }
        if exceeds(self.min_length.as_ref(), self.max_length.as_ref()) {
            self.types = self.types.without(Types::STRING);
        }
        if exceeds(self.min_items.as_ref(), self.max_items.as_ref()) {
            self.types = self.types.without(Types::ARRAY);
        }
        if exceeds(self.min_properties.as_ref(), self.max_properties.as_ref()) {
            self.types = self.types.without(Types::OBJECT);
        }
        if let (Some((low, _)), Some((high, _))) = (&self.minimum, &self.maximum) {
            let order = low.value.compare(high.value);
            if order.is_gt() || order.is_eq() && (low.exclusive || high.exclusive) {
                self.types = self.types.without(Types::NUMBER);
            }
        }
    }
}

fn exceeds(low: Option<&Owned<u64>>, high: Option<&Owned<u64>>) -> bool {
    matches!((low, high), (Some((low, _)), Some((high, _))) if low > high)
}

fn tighten(
    bound: &mut Option<Owned<Limit>>,
    limit: Option<Limit>,
    id: SchemaId,
    keep: impl Fn(&mut Option<Limit>, Limit),
) {
    let Some(limit) = limit else { return };
    let before = bound.map(|(known, _)| known);
    let mut after = before;
    keep(&mut after, limit);
    if after != before {
        *bound = after.map(|known| (known, id));
    }
}

fn most(bound: &mut Option<Owned<u64>>, value: Option<u64>, id: SchemaId) {
    if let Some(value) = value
        && bound.is_none_or(|(known, _)| value > known)
    {
        *bound = Some((value, id));
    }
}

fn least(bound: &mut Option<Owned<u64>>, value: Option<u64>, id: SchemaId) {
    if let Some(value) = value
        && bound.is_none_or(|(known, _)| value < known)
    {
        *bound = Some((value, id));
    }
}
