//! The local differences of two branches for one class of values: what the sub branch may emit and the sup branch
//! refuses, children left to whoever asks.

use super::difference::{Local, What};
use super::engine::Engine;
use crate::contract::{Facet, Grade};
use crate::schema::node::{Answer, Contains, SchemaId, Types};
use crate::schema::states::{Branch, Lens, admits, has_atom, speaks_of};
use crate::spec::Key;

/// Values of one list whose loss is said one by one; the others are said together.
const VALUES: usize = 2_000;

/// The differences of two branches for one class of values.
pub(in crate::schema) fn local<'c>(
    engine: &mut Engine<'c>,
    sub: &Branch<'c>,
    sup: &Branch<'c>,
    class: Types,
    lens: Lens,
) -> Local<'c> {
    let mut out = Local::default();
    let members = |branch: &Branch<'c>| branch.objects.iter().map(|layer| layer.properties.len()).sum::<usize>();
    let layers = sub.objects.len() + sup.objects.len();
    let patterns: usize = sub.objects.iter().chain(&sup.objects).map(|layer| layer.patterns.len()).sum();
    let walked = sub.words() + sup.words() + (members(sub) + members(sup)) * (4 + layers / 4 + 32 * patterns);
    if !engine.space.nodes.meter.work(walked) {
        out.lose(What::Opaque(Key::ALL_OF), Grade::Undecided, None, None);
        return out;
    }
    if !sub.holes.is_empty() || !sup.holes.is_empty() {
        out.lose(What::Hole, Grade::Undecided, None, None);
        return out;
    }
    opaque(engine, sub, sup, class, &mut out);
    demands(engine, sub, sup, class, &mut out);
    if scalars(engine, sub, sup, class, lens, &mut out) {
        return out;
    }
    match class {
        Types::STRING => super::values::strings(engine, sub, sup, &mut out),
        Types::NUMBER => super::values::numbers(sub, sup, &mut out),
        Types::ARRAY => super::arrays::arrays(engine, sub, sup, lens, &mut out),
        Types::OBJECT => super::objects::objects(engine, sub, sup, lens, &mut out),
        _ => {}
    }
    out
}

/// Atoms of the sup side that the sub side does not have with the same text.
fn opaque<'c>(engine: &Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, class: Types, out: &mut Local<'c>) {
    for &(key, owner) in &sup.opaque {
        if speaks_of(key).meets(class) && !has_atom(&engine.space, sub, key, owner) {
            let counterpart = sub.opaque.iter().find(|(other, _)| *other == key).map(|&(_, id)| id);
            out.lose(What::Opaque(key), Grade::Undecided, counterpart, Some(owner));
        }
    }
}

/// Schemas that the sup side asks of a value as a whole, and that the sub side does not ask for with the same meaning:
/// undecided here, where branches are compared by their parts.
fn demands<'c>(engine: &Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, class: Types, out: &mut Local<'c>) {
    let same = |a: SchemaId, b: SchemaId| a == b || engine.space.same_schema(a, b);
    let mut ask = |known: bool, key: Key, owner: SchemaId| {
        if speaks_of(key).meets(class) && !known {
            out.lose(What::Opaque(key), Grade::Undecided, None, Some(owner));
        }
    };
    for &(schema, owner) in &sup.excluded {
        ask(sub.excluded.iter().any(|(known, _)| same(*known, schema)), Key::NOT, owner);
    }
    for &(schema, owner) in &sup.names {
        ask(sub.names.iter().any(|(known, _)| same(*known, schema)), Key::PROPERTY_NAMES, owner);
    }
    for &(asked, owner) in &sup.contains {
        let holds = |known: &Contains| {
            same(known.schema, asked.schema)
                && known.least >= asked.least
                && asked.most.is_none_or(|most| known.most.is_some_and(|known| known <= most))
        };
        ask(sub.contains.iter().any(|(known, _)| holds(known)), Key::CONTAINS, owner);
    }
}

/// Enumerated values. True if the sub side is a finite set, so that nothing is left to compare.
fn scalars<'c>(
    engine: &mut Engine<'c>,
    sub: &Branch<'c>,
    sup: &Branch<'c>,
    class: Types,
    lens: Lens,
    out: &mut Local<'c>,
) -> bool {
    let composite = class.meets(Types::COMPOSITE);
    if let Some((values, owner)) = &sub.literals {
        let counterpart = sup.literals.as_ref().map(|(_, id)| *id);
        if composite && sup.literals.is_none() {
            return false;
        }
        if !engine.space.nodes.meter.work(16 * values.len()) {
            out.lose(What::Opaque(Key::ENUM), Grade::Undecided, Some(*owner), counterpart);
            return true;
        }
        let mut refused = Vec::new();
        let mut count = 0;
        for (text, value) in values.iter().filter(|(_, value)| value.types.meets(class)) {
            if admits(&engine.space, sub, text, value, lens) == Answer::No {
                continue;
            }
            count += 1;
            // What stands beside a list may shut out some of its composites.
            let answer = admits(&engine.space, sup, text, value, lens);
            let listed = composite && answer == Answer::Yes;
            let answer = if listed { engine.takes_value(sup, text, lens) } else { answer };
            match super::cover::doubted(value, lens, answer) {
                Answer::Yes => {}
                Answer::No => refused.push((value, Grade::Value)),
                Answer::Costly | Answer::Open => refused.push((value, Grade::Undecided)),
            }
        }
        // Nothing of what was sent is understood any more: the domain was replaced, not narrowed.
        let replaced = count > 0 && refused.len() == count && refused.iter().all(|(_, grade)| *grade == Grade::Value);
        let worst = refused.iter().map(|(_, grade)| if replaced { Grade::Shape } else { *grade }).max();
        let many = refused.len() > VALUES;
        for (value, grade) in refused.into_iter().take(VALUES) {
            let grade = if replaced { Grade::Shape } else { grade };
            out.lose(What::Literal(value.plain.clone()), grade, Some(*owner), counterpart);
        }
        if let Some(grade) = worst.filter(|_| many) {
            out.lose(What::Opaque(Key::ENUM), grade, Some(*owner), counterpart);
        }
        return true;
    }
    if let Some((values, owner)) = &sup.literals {
        let both =
            class == Types::BOOLEAN && values.values().filter(|value| value.types == Types::BOOLEAN).count() == 2;
        if !both && class != Types::NULL {
            out.lose(What::Of(Facet::Enum), Grade::Value, None, Some(*owner));
            return true;
        }
    }
    for (values, owner) in &sup.denied {
        for (text, value) in values.iter().filter(|(_, value)| value.types.meets(class)) {
            if !sub.denied.iter().any(|(known, _)| known.contains_key(text)) {
                out.lose(What::Literal(value.plain.clone()), Grade::Value, None, Some(*owner));
            }
        }
    }
    false
}
