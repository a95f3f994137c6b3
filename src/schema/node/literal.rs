//! JSON values of a schema (`enum`, `const`) in a canonical text, so that equal values compare equal: members sorted,
//! numbers by value (JSON Schema 2020-12, Core 4.2.2: 1 and 1.0 are the same).

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::decimal::Decimal;
use super::types::Types;
use crate::spec::{Document, Kind, Loc};

/// One value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::schema) struct Literal {
    /// Its type; whole numbers are integers.
    pub types: Types,
    /// A string's content, else the canonical text.
    pub plain: Box<str>,
    /// Where it stands.
    pub at: Loc,
    /// It is spelled as a value of another type: what is meant is this one, which as text is the same.
    pub meant: bool,
}

/// Values by canonical text, in document order.
pub(in crate::schema) type Literals = IndexMap<Box<str>, Literal, FxBuildHasher>;

/// Adds a value to a set of values.
pub(in crate::schema) fn add(document: &Document, at: Loc, out: &mut Literals) {
    let mut text = String::new();
    canonical(document, at, &mut text);
    let types = match document.kind(at) {
        Kind::Null => Types::NULL,
        Kind::False | Kind::True => Types::BOOLEAN,
        Kind::Number if Decimal::parse(document.text(at)).is_none_or(Decimal::is_whole) => Types::INTEGER,
        Kind::Number => Types::FRACTION,
        Kind::String => Types::STRING,
        Kind::Array => Types::ARRAY,
        Kind::Object => Types::OBJECT,
    };
    let plain = if types == Types::STRING { Box::from(document.text(at)) } else { text.clone().into_boxed_str() };
    out.entry(text.into_boxed_str()).or_insert(Literal { types, plain, at, meant: false });
}

/// Values as their list means them where they are of none of its types: `type: string, enum: [1]` means the text `1`, and
/// `type: integer, enum: ["1"]` the number. Others stay as they are.
pub(in crate::schema) fn meant(document: &Document, values: &Literals, types: Types) -> Option<Literals> {
    let outside = |value: &Literal| !types.meets(value.types) && !value.types.meets(Types::COMPOSITE.or(Types::NULL));
    if !values.values().any(outside) {
        return None;
    }
    let mut out = Literals::default();
    for (text, value) in values {
        let other = if outside(value) { as_type(document, value, types) } else { None };
        let (text, value) = other.unwrap_or_else(|| (text.clone(), value.clone()));
        out.entry(text).or_insert(value);
    }
    Some(out)
}

/// The value of one of some types that has the text of a value of another type.
fn as_type(document: &Document, value: &Literal, types: Types) -> Option<(Box<str>, Literal)> {
    let spelling = document.file(value.at.file).spelling(value.at.node);
    let literal = |types, plain: &str| Literal { types, plain: Box::from(plain), at: value.at, meant: true };
    if types.meets(Types::STRING) {
        return Some((quoted(spelling).into_boxed_str(), literal(Types::STRING, spelling)));
    }
    let spelled = match &*value.plain {
        word @ ("true" | "false") => Some((Types::BOOLEAN, word.to_owned())),
        text => Decimal::parse(text)
            .map(|number| (if number.is_whole() { Types::INTEGER } else { Types::FRACTION }, number.to_string())),
    };
    let (of, text) = spelled.filter(|(of, _)| value.types == Types::STRING && types.meets(*of))?;
    Some((text.clone().into_boxed_str(), literal(of, &text)))
}

/// The first value of a list that is a string of this text, or whose canonical text it is.
pub(in crate::schema) fn named<'l>(values: &'l Literals, text: &str) -> Option<(&'l str, &'l Literal)> {
    let found = [values.get_full(quoted(text).as_str()), values.get_full(text)];
    let first = found.into_iter().flatten().filter(|(.., value)| &*value.plain == text).min_by_key(|(at, ..)| *at);
    first.map(|(_, canonical, value)| (&**canonical, value))
}

/// A string in a canonical text.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    let mut written = 0;
    for (at, sign) in text.match_indices(['\\', '"']) {
        out.push_str(&text[written..at]);
        out.push('\\');
        out.push_str(sign);
        written = at + sign.len();
    }
    out.push_str(&text[written..]);
    out.push('"');
}

/// True if two values are equal. Most are written alike, which is seen without writing their canonical texts.
pub(crate) fn equal((a, x): (&Document, Loc), (b, y): (&Document, Loc)) -> bool {
    if alike((a, x), (b, y)) {
        return true;
    }
    let (mut left, mut right) = (String::new(), String::new());
    canonical(a, x, &mut left);
    canonical(b, y, &mut right);
    left == right
}

/// True if two values are written alike, members in the same order.
pub(in crate::schema) fn alike((a, x): (&Document, Loc), (b, y): (&Document, Loc)) -> bool {
    a.kind(x) == b.kind(y) && a.text(x) == b.text(y) && {
        let (mut left, mut right) = (a.children(x), b.children(y));
        loop {
            match (left.next(), right.next()) {
                (None, None) => break true,
                (Some(x), Some(y)) if a.name(x) == b.name(y) && alike((a, x), (b, y)) => {}
                _ => break false,
            }
        }
    }
}

/// Writes the canonical text of a value; depth is bounded by the reader's limit on nesting.
pub(crate) fn canonical(document: &Document, at: Loc, out: &mut String) {
    match document.kind(at) {
        Kind::Null => out.push_str("null"),
        Kind::False => out.push_str("false"),
        Kind::True => out.push_str("true"),
        Kind::Number => {
            let text = document.text(at);
            match Decimal::parse(text) {
                Some(number) => out.push_str(&number.to_string()),
                None => out.push_str(text),
            }
        }
        Kind::String => {
            quote(document.text(at), out);
        }
        Kind::Array => {
            out.push('[');
            for child in document.children(at) {
                canonical(document, child, out);
                out.push(',');
            }
            out.push(']');
        }
        Kind::Object => {
            let mut members: Vec<(&str, Loc)> = document.members(at).collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (name, child) in members {
                quote(name, out);
                out.push(':');
                canonical(document, child, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        for (text, expected) in
            [("", r#""""#), ("é🟠", r#""é🟠""#), (r#"a"b\c"#, r#""a\"b\\c""#), (r#"\""#, r#""\\\"""#)]
        {
            assert_eq!(quoted(text), expected);
        }
    }
}
