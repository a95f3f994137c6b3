//! Whether a branch takes a value: the one place of the engine that tells.
//!
//! It is asked at a glance ([`admits`]: values of enumerations against many branches, where whatever asks for more than
//! the branch's own scalar keywords stays open) and wholly ([`takes`], which puts the parts of the value to whoever knows
//! their schemas).

use super::branch::Branch;
use super::opaque::speaks_of;
use super::space::{Lens, Space};
use crate::schema::node::{
    Additional, Answer, Decimal, Instance, Literal, Patterns, Reading, SchemaId, Types, format, named,
};

/// Whether a branch admits a value of an enumeration, as it is or as text on the wire. Parts of composite values, formats
/// and excluded schemas are not looked into, nor what the engine does not model: who compares branches says that apart.
pub(in crate::schema) fn admits(
    space: &Space<'_>,
    branch: &Branch<'_>,
    text: &str,
    value: &Literal,
    lens: Lens,
) -> Answer {
    if lens.text {
        if let Some((values, _)) = &branch.literals
            && (!values.contains_key(text) || !branch.types.meets(value.types))
        {
            return named(values, &value.plain).is_some().into();
        }
        if !branch.types.meets(value.types) {
            return as_text(space, branch, value).or(reads_as(space, branch, value).into());
        }
    }
    if !branch.types.meets(value.types) || !is_listed(branch, text) {
        return Answer::No;
    }
    if value.types.meets(Types::COMPOSITE) {
        return if branch.literals.is_some() { Answer::Yes } else { Answer::Open };
    }
    // What stands beside an enumeration may shut out some of its values.
    let own = match value.types {
        Types::STRING => fits_text(&space.patterns, branch, &value.plain),
        types if types.meets(Types::NUMBER) => fits_number(branch, &value.plain),
        _ => Answer::Yes,
    };
    let formatted = value.types == Types::STRING
        && branch.literals.is_none()
        && !lens.text
        && !branch.formats.iter().all(|(name, _)| format::is_hint(name));
    if formatted || !branch.excluded.is_empty() { own.unsure() } else { own }
}

/// Whether a string branch takes the text of a value of another type.
fn as_text(space: &Space<'_>, branch: &Branch<'_>, value: &Literal) -> Answer {
    let told = branch.denied.is_empty() && branch.formats.iter().all(|(name, _)| format::is_hint(name));
    if !branch.types.meets(Types::STRING) || value.types.meets(Types::COMPOSITE.or(Types::NULL)) || !told {
        return Answer::No;
    }
    fits_text(&space.patterns, branch, &value.plain)
}

/// True if the text of a value reads as one of the branch's other types.
fn reads_as(space: &Space<'_>, branch: &Branch<'_>, value: &Literal) -> bool {
    let word = matches!(&*value.plain, "true" | "false");
    let types = match Decimal::parse(&value.plain) {
        _ if word => Types::BOOLEAN,
        Some(number) if number.is_whole() => Types::INTEGER,
        Some(_) => Types::FRACTION,
        None => return false,
    };
    let number = Literal { types, ..value.clone() };
    branch.types.meets(types) && admits(space, branch, &value.plain, &number, Lens::default()) == Answer::Yes
}

/// A string branch that takes any text.
pub(in crate::schema) fn is_free_text(branch: &Branch<'_>) -> bool {
    branch.literals.is_none()
        && branch.denied.is_empty()
        && branch.patterns.is_empty()
        && branch.min_length.is_none_or(|(low, _)| low <= 1)
        && branch.max_length.is_none()
        && branch.formats.iter().all(|(name, _)| format::is_hint(name))
}

/// Who knows whether a schema takes a part of a value.
pub(in crate::schema) trait Parts {
    /// The languages of patterns.
    fn patterns(&self) -> &Patterns;
    /// Whether a schema takes a part, or the value itself where the schema is excluded.
    fn taken(&mut self, schema: SchemaId, part: &Instance) -> Answer;
}

/// Whether a branch takes a value, its parts included.
pub(in crate::schema) fn takes(parts: &mut impl Parts, branch: &Branch<'_>, value: &Instance) -> Answer {
    let types = value.types();
    let free = branch.literals.is_none() && branch.denied.is_empty();
    if !branch.types.meets(types) || !free && !is_listed(branch, &value.text()) {
        return Answer::No;
    }
    let mut answer = match value {
        Instance::Null | Instance::Bool(_) => Answer::Yes,
        Instance::Number(text) => fits_number(branch, text).and(fits_window(branch, text)),
        Instance::Text(text) => {
            let formats = branch.formats.iter().filter(|_| branch.literals.is_none());
            let own = fits_text(parts.patterns(), branch, text);
            // A value that is listed beside a format has it.
            formats.fold(own, |answer, (name, _)| answer.and(has_format(name, text)))
        }
        Instance::List(items) => takes_list(parts, branch, items),
        Instance::Map(members) => takes_map(parts, branch, members),
    };
    for &(schema, _) in &branch.excluded {
        if answer == Answer::No {
            return answer;
        }
        answer = answer.and(parts.taken(schema, value).not());
    }
    let unmodelled = branch.opaque.iter().any(|(key, _)| speaks_of(*key).meets(types)) || !branch.holes.is_empty();
    if unmodelled { answer.unsure() } else { answer }
}

/// True of a value that the branch lists, where it lists any, and does not deny.
fn is_listed(branch: &Branch<'_>, text: &str) -> bool {
    branch.literals.as_ref().is_none_or(|(values, _)| values.contains_key(text))
        && !branch.denied.iter().any(|(values, _)| values.contains_key(text))
}

/// Whether a number lies within the bounds and is a multiple of the units.
fn fits_number(branch: &Branch<'_>, text: &str) -> Answer {
    let Some(number) = Decimal::parse(text) else { return Answer::Open };
    let (below, above) = branch.is_beyond(number);
    let multiples = branch.multiples.iter().map(|(unit, _)| number.is_multiple_of(*unit));
    multiples.fold(Answer::from(!below && !above), Answer::and)
}

/// Whether a number lies within the windows of the formats.
fn fits_window(branch: &Branch<'_>, text: &str) -> Answer {
    let Some(number) = Decimal::parse(text) else { return Answer::Open };
    let mut windows = branch.formats.iter().filter_map(|(name, _)| format::integers(name));
    windows.all(|(low, high)| number.compare(low).is_ge() && number.compare(high).is_le()).into()
}

/// Whether a text is of the length and matches the patterns.
fn fits_text(patterns: &Patterns, branch: &Branch<'_>, text: &str) -> Answer {
    let fits = is_counted(text.chars().count(), branch.min_length, branch.max_length);
    let matches = branch.patterns.iter().map(|(pattern, _)| patterns.matches(pattern, text));
    matches.fold(Answer::from(fits), Answer::and)
}

/// Whether a text has a format; open where the format is not one of those that are told exactly.
pub(in crate::schema) fn has_format(name: &str, text: &str) -> Answer {
    if format::is_hint(name) {
        return Answer::Yes;
    }
    let checked =
        matches!(name, "date" | "date-time" | "time" | "uuid" | "email" | "ipv4" | "ipv6" | "uri" | "hostname");
    if checked { format::admits(name, text) } else { Answer::Open }
}

fn is_counted(count: usize, low: Option<(u64, SchemaId)>, high: Option<(u64, SchemaId)>) -> bool {
    let count = count as u64;
    low.is_none_or(|(low, _)| count >= low) && high.is_none_or(|(high, _)| count <= high)
}

fn takes_list(parts: &mut impl Parts, branch: &Branch<'_>, items: &[Instance]) -> Answer {
    let repeats = items.iter().enumerate().any(|(ix, item)| items[..ix].contains(item));
    let fits = is_counted(items.len(), branch.min_items, branch.max_items) && !(branch.unique.is_some() && repeats);
    let mut answer = Answer::from(fits);
    for layer in &branch.arrays {
        for (place, item) in items.iter().enumerate() {
            if let Some(schema) = layer.prefix.get(place).copied().or(layer.items) {
                answer = answer.and(parts.taken(schema, item));
            }
        }
    }
    for &(counted, _) in &branch.contains {
        let (mut sure, mut possible) = (0_u64, 0_u64);
        for item in items {
            let taken = parts.taken(counted.schema, item);
            sure += u64::from(taken == Answer::Yes);
            possible += u64::from(taken != Answer::No);
        }
        let few = possible < counted.least || counted.most.is_some_and(|most| sure > most);
        let enough = sure >= counted.least && counted.most.is_none_or(|most| possible <= most);
        answer = answer.and(if few || enough { Answer::from(!few) } else { Answer::Open });
    }
    answer
}

fn takes_map(parts: &mut impl Parts, branch: &Branch<'_>, members: &[(String, Instance)]) -> Answer {
    let has = |name: &str| members.iter().any(|(known, _)| known == name);
    let fits = is_counted(members.len(), branch.min_properties, branch.max_properties)
        && branch.required.keys().all(|name| has(name));
    let mut answer = Answer::from(fits);
    for (name, member) in members {
        for layer in &branch.objects {
            if answer == Answer::No {
                return answer;
            }
            let (schemas, mut taken) = member_schemas(parts.patterns(), layer, name);
            for schema in schemas {
                taken = taken.and(parts.taken(schema, member));
            }
            answer = answer.and(taken);
        }
        for &(schema, _) in &branch.names {
            answer = answer.and(parts.taken(schema, &Instance::Text(name.clone())));
        }
    }
    answer
}

/// The schemas of a member in one layer, and whether the layer lets it in at all.
fn member_schemas(patterns: &Patterns, layer: &Reading<'_>, name: &str) -> (Vec<SchemaId>, Answer) {
    let mut out: Vec<SchemaId> = layer.properties.get(name).copied().into_iter().collect();
    let mut sure = Answer::Yes;
    for (pattern, schema) in &layer.patterns {
        match patterns.matches(pattern, name) {
            Answer::Yes => out.push(*schema),
            Answer::No => {}
            Answer::Costly | Answer::Open => sure = Answer::Open,
        }
    }
    match layer.additional() {
        Additional::Closed if out.is_empty() => sure = sure.and(Answer::No),
        Additional::Written(schema) if out.is_empty() => out.push(schema),
        Additional::Absent | Additional::Closed | Additional::Written(_) | Additional::Presumed => {}
    }
    (out, sure)
}
