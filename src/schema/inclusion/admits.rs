//! Whether a branch admits one value of an enumeration, as it is or as text on the wire.

use crate::schema::node::{Answer, Decimal, Literal, Types, format};
use crate::schema::states::{Branch, Lens, Space};

/// Whether a branch admits a value. Members of composite values are not looked into.
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
            return values.values().any(|known| known.plain == value.plain).into();
        }
        if !branch.types.meets(value.types) {
            let free = branch.types.meets(Types::STRING) && is_free_text(branch);
            return (free || reads_as(space, branch, value)).into();
        }
    }
    if !branch.types.meets(value.types) || branch.denied.iter().any(|(values, _)| values.contains_key(text)) {
        return Answer::No;
    }
    let composite = value.types.meets(Types::ARRAY.or(Types::OBJECT));
    // What stands beside an enumeration may shut out some of its values.
    if let Some((values, _)) = &branch.literals
        && (composite || !values.contains_key(text))
    {
        return values.contains_key(text).into();
    }
    if value.types.meets(Types::NUMBER) {
        let Some(number) = Decimal::parse(&value.plain) else { return Answer::Open };
        let (below, above) = branch.is_beyond(number);
        let mut multiple = Answer::from(!below && !above);
        for (unit, _) in &branch.multiples {
            multiple = multiple.and(number.is_multiple_of(*unit));
        }
        return if branch.excluded.is_empty() { multiple } else { multiple.unsure() };
    }
    if value.types == Types::STRING {
        let length = value.plain.chars().count() as u64;
        let fits = branch.min_length.is_none_or(|(low, _)| length >= low)
            && branch.max_length.is_none_or(|(high, _)| length <= high);
        let mut matches = Answer::from(fits);
        for (pattern, _) in &branch.patterns {
            matches = matches.and(space.patterns.matches(pattern, &value.plain));
        }
        // Whether a text has a format is not looked into here; a value that is listed beside a format has it.
        let formatted = !lens.text && !branch.formats.iter().all(|(name, _)| format::is_hint(name));
        let asked = formatted && branch.literals.is_none() || !branch.excluded.is_empty();
        return if asked { matches.unsure() } else { matches };
    }
    if composite || !branch.excluded.is_empty() { Answer::Open } else { Answer::Yes }
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
    let number = Literal { types, plain: value.plain.clone(), at: value.at };
    branch.types.meets(types) && admits(space, branch, &value.plain, &number, Lens::default()) == Answer::Yes
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
