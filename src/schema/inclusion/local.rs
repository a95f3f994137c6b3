//! The local differences of two branches for one class of values: what the sub branch may emit and the sup branch
//! refuses, children left to whoever asks.

use super::decimal::Decimal;
use super::expand::Branch;
use super::format;
use super::literal::Literal;
use super::reading::Contains;
use super::solve::Engine;
use super::space::{Lens, SchemaId, StateId};
use super::types::Types;
use crate::contract::{Facet, Grade};
use crate::spec::Key;

/// What a loss is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum What<'c> {
    /// A member that is not accepted, or no longer declared.
    Member(&'c str),
    /// A member that must be there.
    Required(&'c str),
    /// A member that is now `readOnly` or `writeOnly`.
    Access(&'c str),
    /// A value of an enumeration.
    Literal(Box<str>),
    /// A keyword the engine does not model.
    Opaque(Key),
    /// An unreadable part.
    Hole,
    /// Anything a facet says alone.
    Of(Facet),
}

/// One difference: a reason why the sub branch is not within the sup branch.
#[derive(Clone, Debug)]
pub struct Loss<'c> {
    /// What it is about.
    pub what: What<'c>,
    /// How bad it is.
    pub grade: Grade,
    /// The node that carries the constraint on the sub side.
    pub sub: Option<SchemaId>,
    /// The node that carries the constraint on the sup side.
    pub sup: Option<SchemaId>,
}

/// A step from a schema to a part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step<'c> {
    /// A member of an object.
    Property(&'c str),
    /// Any item of an array.
    Items,
    /// One place of a tuple.
    Item(usize),
    /// A value of a map.
    Map,
    /// A member whose name matches a pattern.
    Pattern(&'c str),
}

/// A part that must be within its counterpart.
#[derive(Clone, Debug)]
pub struct Child<'c> {
    /// The way to it.
    pub step: Step<'c>,
    /// The sub side's part.
    pub sub: StateId,
    /// The sup side's part.
    pub sup: StateId,
    /// Said in place of the part's own differences; its grade is the most the part can weigh.
    pub instead: Option<Loss<'c>>,
}

/// The differences of two branches.
#[derive(Default, Debug)]
pub struct Local<'c> {
    /// Those of the branches themselves.
    pub losses: Vec<Loss<'c>>,
    /// Those that parts may have.
    pub children: Vec<Child<'c>>,
}

impl<'c> Local<'c> {
    pub(super) fn lose(&mut self, what: What<'c>, grade: Grade, sub: Option<SchemaId>, sup: Option<SchemaId>) {
        self.losses.push(Loss { what, grade, sub, sup });
    }
}

/// The differences of two branches for one class of values.
pub fn local<'c>(engine: &mut Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, class: Types, lens: Lens) -> Local<'c> {
    let mut out = Local::default();
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
        Types::ARRAY => super::members::arrays(engine, sub, sup, &mut out),
        Types::OBJECT => super::members::objects(engine, sub, sup, lens, &mut out),
        _ => {}
    }
    out
}

/// Atoms of the sup side that the sub side does not have with the same text.
fn opaque<'c>(engine: &Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, class: Types, out: &mut Local<'c>) {
    for &(key, owner) in &sup.opaque {
        if speaks_of(key).meets(class) && !has_atom(engine, sub, key, owner) {
            let counterpart = sub.opaque.iter().find(|(other, _)| *other == key).map(|&(_, id)| id);
            out.lose(What::Opaque(key), Grade::Undecided, counterpart, Some(owner));
        }
    }
}

/// Schemas that the sup side asks of a value as a whole, and that the sub side does not ask for with the same meaning:
/// undecided here, where branches are compared by their parts.
fn demands<'c>(engine: &Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, class: Types, out: &mut Local<'c>) {
    let same = |a: SchemaId, b: SchemaId| a == b || engine.same_schema(a, b);
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

/// The types that an opaque keyword speaks of.
pub(super) fn speaks_of(key: Key) -> Types {
    match key {
        Key::CONTAINS | Key::UNEVALUATED_ITEMS => Types::ARRAY,
        Key::PROPERTY_NAMES
        | Key::DEPENDENT_SCHEMAS
        | Key::DEPENDENT_REQUIRED
        | Key::DEPENDENCIES
        | Key::UNEVALUATED_PROPERTIES => Types::OBJECT,
        _ => Types::ALL,
    }
}

/// True if a branch has an opaque keyword with the same meaning.
pub(super) fn has_atom<'c>(engine: &Engine<'c>, branch: &Branch<'c>, key: Key, owner: SchemaId) -> bool {
    branch.opaque.iter().filter(|(other, _)| *other == key).any(|&(_, other)| engine.same_atom(key, other, owner))
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
    let composite = class.meets(Types::ARRAY.or(Types::OBJECT));
    if let Some((values, owner)) = &sub.literals {
        let counterpart = sup.literals.as_ref().map(|(_, id)| *id);
        if composite && sup.literals.is_none() {
            return false;
        }
        let mut refused = Vec::new();
        let mut count = 0;
        for (text, value) in values.iter().filter(|(_, value)| value.types.meets(class)) {
            if admits(engine, sub, text, value, lens) == Some(false) {
                continue;
            }
            count += 1;
            // What stands beside a list may shut out some of its composites.
            let answer = admits(engine, sup, text, value, lens);
            let listed = composite && answer == Some(true);
            match if listed { engine.takes_value(sup, text, lens) } else { answer } {
                Some(true) => {}
                Some(false) => refused.push((value, Grade::Value)),
                None => refused.push((value, Grade::Undecided)),
            }
        }
        // Nothing of what was sent is understood any more: the domain was replaced, not narrowed.
        let replaced = count > 0 && refused.len() == count && refused.iter().all(|(_, grade)| *grade == Grade::Value);
        for (value, grade) in refused {
            let grade = if replaced { Grade::Shape } else { grade };
            out.lose(What::Literal(value.plain.clone()), grade, Some(*owner), counterpart);
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

/// True if a branch admits a value; `None` is undecided. Members of composite values are not looked into.
pub(super) fn admits(
    engine: &Engine<'_>,
    branch: &Branch<'_>,
    text: &str,
    value: &Literal,
    lens: Lens,
) -> Option<bool> {
    if lens.text {
        if let Some((values, _)) = &branch.literals
            && (!values.contains_key(text) || !branch.types.meets(value.types))
        {
            return Some(values.values().any(|known| known.plain == value.plain));
        }
        if !branch.types.meets(value.types) {
            return Some(reads_as(engine, branch, value) || branch.types.meets(Types::STRING) && is_free_text(branch));
        }
    }
    if !branch.types.meets(value.types) || branch.denied.iter().any(|(values, _)| values.contains_key(text)) {
        return Some(false);
    }
    let composite = value.types.meets(Types::ARRAY.or(Types::OBJECT));
    // What stands beside an enumeration may shut out some of its values.
    if let Some((values, _)) = &branch.literals
        && (composite || !values.contains_key(text))
    {
        return Some(values.contains_key(text));
    }
    if value.types.meets(Types::NUMBER) {
        let number = Decimal::parse(&value.plain)?;
        let (below, above) = branch.is_beyond(number);
        let mut multiple = Some(!below && !above);
        for (unit, _) in &branch.multiples {
            multiple = multiple.zip(number.is_multiple_of(*unit)).map(|(a, b)| a && b);
        }
        return multiple.filter(|answer| !answer || branch.excluded.is_empty());
    }
    if value.types == Types::STRING {
        let length = value.plain.chars().count() as u64;
        let fits = branch.min_length.is_none_or(|(low, _)| length >= low)
            && branch.max_length.is_none_or(|(high, _)| length <= high);
        let mut matches = Some(fits);
        for (pattern, _) in &branch.patterns {
            matches = matches.zip(engine.patterns.matches(pattern, &value.plain)).map(|(a, b)| a && b);
        }
        // Whether a text has a format is not looked into here; a value that is listed beside a format has it.
        let formatted = !lens.text && !branch.formats.iter().all(|(name, _)| format::is_hint(name));
        let asked = formatted && branch.literals.is_none() || !branch.excluded.is_empty();
        return matches.filter(|answer| !answer || !asked);
    }
    if composite || !branch.excluded.is_empty() { None } else { Some(true) }
}

/// True if the text of a value reads as one of the branch's other types.
fn reads_as(engine: &Engine<'_>, branch: &Branch<'_>, value: &Literal) -> bool {
    let word = matches!(&*value.plain, "true" | "false");
    let types = match Decimal::parse(&value.plain) {
        _ if word => Types::BOOLEAN,
        Some(number) if number.is_whole() => Types::INTEGER,
        Some(_) => Types::FRACTION,
        None => return false,
    };
    let number = Literal { types, plain: value.plain.clone(), at: value.at };
    branch.types.meets(types) && admits(engine, branch, &value.plain, &number, Lens::default()) == Some(true)
}

/// A string branch that takes any text.
pub(super) fn is_free_text(branch: &Branch<'_>) -> bool {
    branch.literals.is_none()
        && branch.denied.is_empty()
        && branch.patterns.is_empty()
        && branch.min_length.is_none_or(|(low, _)| low <= 1)
        && branch.max_length.is_none()
        && branch.formats.iter().all(|(name, _)| format::is_hint(name))
}
