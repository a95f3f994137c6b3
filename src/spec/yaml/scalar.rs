//! What a plain YAML scalar means: the core schema of YAML 1.2, with JSON's spelling of numbers.
//!
//! Kept as strings on purpose: `0755` and `01.5` (zip codes, codes in examples), dates, `no`, `on`, `yes`.

use std::borrow::Cow;

use super::super::arena::Kind;

/// A core tag in front of a scalar; all other tags are ignored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    None,
    Str,
    Null,
    Bool,
    Int,
    Float,
}

impl Tag {
    /// The tag of a suffix of `tag:yaml.org,2002:`.
    pub(super) fn core(suffix: &str) -> Self {
        match suffix {
            "str" => Self::Str,
            "null" => Self::Null,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            _ => Self::None,
        }
    }
    fn fits(self, kind: Kind) -> bool {
        match self {
            Self::None => true,
            Self::Str => kind == Kind::String,
            Self::Null => kind == Kind::Null,
            Self::Bool => matches!(kind, Kind::True | Kind::False),
            Self::Int | Self::Float => kind == Kind::Number,
        }
    }
}

/// What a scalar is, and what is odd about it.
pub(super) struct Meaning<'t> {
    pub(super) kind: Kind,
    /// A string's content, or a number as JSON spells it.
    pub(super) text: Cow<'t, str>,
    pub(super) odd: Option<String>,
}

/// Resolves a scalar; `plain` means not quoted and not a block.
pub(super) fn resolve(text: Cow<'_, str>, plain: bool, tag: Tag) -> Meaning<'_> {
    if tag == Tag::Str || (!plain && tag == Tag::None) {
        return Meaning { kind: Kind::String, text, odd: None };
    }
    let (kind, spelling) = core(&text);
    if !tag.fits(kind) {
        let odd = Some(format!("`{}` does not fit its tag, read as a string", excerpt(&text)));
        return Meaning { kind: Kind::String, text, odd };
    }
    let odd = (kind == Kind::String && unspeakable(&text))
        .then(|| format!("`{}` is no number in JSON, read as a string", excerpt(&text)));
    Meaning { kind, text: spelling.map_or(text, Cow::Owned), odd }
}

fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The kind of a plain scalar, and the spelling of a number that JSON spells otherwise.
fn core(text: &str) -> (Kind, Option<String>) {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => (Kind::Null, None),
        "true" | "True" | "TRUE" => (Kind::True, None),
        "false" | "False" | "FALSE" => (Kind::False, None),
        _ => match number(text) {
            Some(Cow::Borrowed(_)) => (Kind::Number, None),
            Some(Cow::Owned(spelling)) => (Kind::Number, Some(spelling)),
            None => (Kind::String, None),
        },
    }
}

/// A number's JSON spelling; `None` for what is none.
fn number(text: &str) -> Option<Cow<'_, str>> {
    if !matches!(text.as_bytes().first()?, b'0'..=b'9' | b'+' | b'-' | b'.') {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let (minus, unsigned) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let some = |part: &str| !part.is_empty() && digits(part);
    let legal = digits(whole)
        && fraction.is_none_or(digits)
        && (some(whole) || fraction.is_some_and(some))
        && exponent.is_none_or(|exponent| some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)))
        && !(whole.len() > 1 && whole.starts_with('0'));
    if !legal {
        return None;
    }
    if !text.starts_with('+') && !whole.is_empty() && fraction != Some("") {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::from(if minus { "-" } else { "" });
    out.push_str(if whole.is_empty() { "0" } else { whole });
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        out.push('e');
        out.push_str(exponent);
    }
    Some(Cow::Owned(out))
}

fn radix(digits: &str, radix: u32) -> Option<Cow<'static, str>> {
    let legal = !digits.starts_with('+') && !digits.is_empty();
    legal.then(|| u128::from_str_radix(digits, radix).ok())?.map(|value| Cow::Owned(value.to_string()))
}

/// The YAML numbers that JSON cannot say.
fn unspeakable(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> (Kind, String) {
        let meaning = resolve(text.into(), true, Tag::None);
        (meaning.kind, meaning.text.into_owned())
    }

    #[test]
    fn numbers_are_spelled_as_in_json() {
        let cases = [
            ("0x1F", "31"),
            ("0o17", "15"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("+1", "1"),
            ("1.", "1.0"),
            ("+1.e5", "1.0e5"),
            ("1.10", "1.10"),
            ("18446744073709551617", "18446744073709551617"),
            ("-0", "-0"),
            ("1E+05", "1E+05"),
        ];
        for (yaml, json) in cases {
            assert_eq!(plain(yaml), (Kind::Number, json.to_owned()), "{yaml}");
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{json}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_stays_a_string() {
        for text in [
            "0755",
            "01.5",
            "2001-12-14",
            "12:30:45",
            "3.1.0",
            "no",
            "on",
            "yes",
            "1_000",
            ".",
            "-",
            "+",
            "1e",
            "0x",
            "0xG",
            "-0x1",
            ".e5",
            "0b1",
        ] {
            assert_eq!(plain(text), (Kind::String, text.to_owned()), "{text}");
        }
        for text in [".inf", "-.INF", ".nan"] {
            let meaning = resolve(text.into(), true, Tag::None);
            assert!(meaning.kind == Kind::String && meaning.odd.is_some(), "{text}");
        }
    }

    #[test]
    fn core_tags_decide_and_quotes_make_strings() {
        assert_eq!(resolve("200".into(), true, Tag::Str).kind, Kind::String);
        assert_eq!(resolve("200".into(), false, Tag::Int).kind, Kind::Number);
        assert_eq!(resolve("200".into(), false, Tag::None).kind, Kind::String);
        let wrong = resolve("x".into(), true, Tag::Int);
        assert!(wrong.kind == Kind::String && wrong.odd.is_some());
    }
}
