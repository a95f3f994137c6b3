//! The texts that a branch's scalars are on the wire, as patterns: those it may be sent as, and those it takes.
//!
//! What is sent is told too widely rather than too narrowly, what is taken too narrowly rather than too widely, so that
//! "within" is never said wrongly. `[^\x00]` is any character: no text that travels has another.

use super::branch::Branch;
use crate::schema::node::{Decimal, Types, format, fragment};

/// Any text.
pub(in crate::schema) const ANY: &str = "[^\\x00]*";
/// Longer windows and lists of values are not spelled.
const LONG: u64 = 64;

/// Patterns that every text of one class of a branch matches, all of them.
pub(in crate::schema) fn sent(branch: &Branch<'_>, class: Types) -> Vec<String> {
    let mut out = vec![format!("^({})$", sent_fragment(branch, class))];
    if class == Types::STRING && branch.literals.is_none() {
        out.extend(branch.patterns.iter().map(|(pattern, _)| (*pattern).to_owned()));
        out.extend(window(branch, None).map(|window| format!("^{window}$")));
    }
    out
}

/// A pattern without its ends that every text of one class of a branch matches.
pub(in crate::schema) fn sent_fragment(branch: &Branch<'_>, class: Types) -> String {
    if let Some(values) = listed(branch, class, None) {
        return values;
    }
    match class {
        Types::BOOLEAN => "true|false".to_owned(),
        Types::NUMBER if branch.types.meets(Types::FRACTION) => "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?".to_owned(),
        Types::NUMBER => sent_integer(branch),
        _ => {
            let spelled = branch.patterns.iter().find_map(|(pattern, _)| fragment(pattern));
            let solid = branch.formats.iter().any(|(name, _)| is_solid(name));
            spelled.map_or_else(|| if solid { "[^,| \\t]*" } else { ANY }.to_owned(), str::to_owned)
        }
    }
}

/// Formats whose texts hold none of the characters that separate items.
fn is_solid(format: &str) -> bool {
    matches!(format, "date" | "date-time" | "time" | "uuid" | "ipv4" | "ipv6" | "hostname" | "byte")
}

/// True of a branch that lists a text with a character in it.
pub(in crate::schema) fn lists(branch: &Branch<'_>, character: char) -> bool {
    branch.literals.as_ref().is_some_and(|(values, _)| values.values().any(|value| value.plain.contains(character)))
}

/// The values of a class that a branch lists, but those with a character in them; `None` where it lists none, or very many.
fn listed(branch: &Branch<'_>, class: Types, without: Option<char>) -> Option<String> {
    let (values, _) = branch.literals.as_ref()?;
    let own = values.values().filter(|value| value.types.meets(class));
    let own = own.filter(|value| without.is_none_or(|character| !value.plain.contains(character)));
    let texts: Vec<String> = own.map(|value| escaped(&value.plain)).collect();
    (!texts.is_empty() && texts.len() as u64 <= LONG).then(|| texts.join("|"))
}

/// A text as a pattern.
pub(in crate::schema) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn sent_integer(branch: &Branch<'_>) -> String {
    let zero = Decimal::whole(0);
    let below = branch.minimum.is_none_or(|(limit, _)| limit.value.compare(zero).is_lt());
    let positive = branch.minimum.is_some_and(|(limit, _)| {
        let order = limit.value.compare(zero);
        order.is_gt() || order.is_eq() && limit.exclusive
    });
    let more = match digits(branch) {
        Some(digits) => format!("{{0,{}}}", digits.saturating_sub(1)),
        None => "*".to_owned(),
    };
    let sign = if below { "-?" } else { "" };
    let nonzero = format!("{sign}[1-9][0-9]{more}");
    if positive { nonzero } else { format!("0|{nonzero}") }
}

/// How many digits the integers of a branch have at most.
fn digits(branch: &Branch<'_>) -> Option<usize> {
    let by_format = branch.formats.iter().find_map(|(name, _)| match *name {
        "int32" => Some(10),
        "int64" => Some(19),
        _ => None,
    });
    let length = |value: Decimal| value.to_string().trim_start_matches('-').len();
    let bounds = branch.minimum.zip(branch.maximum);
    let by_bounds = bounds.map(|((low, _), (high, _))| length(low.value).max(length(high.value)));
    [by_format, by_bounds].into_iter().flatten().min()
}

/// Patterns without their ends, each of whose texts a scalar class of the branch takes; but for what a pattern of its own
/// spells, none with a character in it.
pub(in crate::schema) fn taken(branch: &Branch<'_>, without: Option<char>) -> Vec<String> {
    let shut = !branch.denied.is_empty() || !branch.excluded.is_empty() || !branch.opaque.is_empty();
    if shut || !branch.holes.is_empty() {
        return Vec::new();
    }
    if branch.literals.is_some() {
        let plain = branch.patterns.is_empty() && branch.min_length.is_none() && branch.max_length.is_none();
        let bounded = branch.minimum.is_some() || branch.maximum.is_some() || !branch.multiples.is_empty();
        let classes = [Types::BOOLEAN, Types::NUMBER, Types::STRING].into_iter();
        let classes = classes.filter(|&class| branch.types.meets(class) && plain && !bounded);
        return classes.filter_map(|class| listed(branch, class, without)).collect();
    }
    let mut out = Vec::new();
    if branch.types.meets(Types::BOOLEAN) {
        out.push("true|false".to_owned());
    }
    if branch.types.meets(Types::NUMBER) {
        out.extend(taken_number(branch));
    }
    if branch.types.meets(Types::STRING) && branch.formats.iter().all(|(name, _)| format::is_hint(name)) {
        let bounded = branch.min_length.is_some() || branch.max_length.is_some();
        match branch.patterns.as_slice() {
            [] if bounded => out.extend(window(branch, without)),
            [] => out.push(format!("{}*", any_but(without))),
            [(pattern, _)] if !bounded => out.extend(fragment(pattern).map(str::to_owned)),
            _ => {}
        }
    }
    out
}

fn taken_number(branch: &Branch<'_>) -> Option<String> {
    if branch.maximum.is_some() || !branch.multiples.is_empty() {
        return None;
    }
    let least = branch.minimum.filter(|(limit, _)| !limit.exclusive).map(|(limit, _)| limit.value.to_string());
    let lead = match least.as_deref() {
        None if branch.minimum.is_some() => return None,
        None => "-?[0-9]",
        Some("0") => "[0-9]",
        Some("1") => "[1-9]",
        Some(_) => return None,
    };
    let rest = branch.formats.iter().find_map(|(name, _)| match *name {
        "int32" => Some("{0,8}"),
        "int64" => Some("{0,17}"),
        _ => None,
    });
    let whole = format!("{lead}[0-9]{}", rest.unwrap_or("*"));
    Some(if branch.types.meets(Types::FRACTION) { format!("{whole}(\\.[0-9]+)?") } else { whole })
}

/// Any character but one.
fn any_but(without: Option<char>) -> String {
    format!("[^\\x00{}]", without.map_or_else(String::new, |character| escaped(&character.to_string())))
}

/// As many characters as the branch asks for, but one; `None` where it asks for no window, or a long one.
fn window(branch: &Branch<'_>, without: Option<char>) -> Option<String> {
    let low = branch.min_length.map_or(0, |(n, _)| n);
    let high = branch.max_length.map(|(n, _)| n);
    if low > LONG || high.is_some_and(|high| high > LONG) || (low, high) == (0, None) {
        return None;
    }
    Some(format!("{}{{{low},{}}}", any_but(without), high.map_or_else(String::new, |high| high.to_string())))
}
