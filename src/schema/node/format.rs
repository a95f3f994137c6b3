//! Formats as sets, as far as anybody agrees on them (OpenAPI format registry; JSON Schema 2020-12, Validation 7.3).

use std::cell::RefCell;

use jsonschema::Validator;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::answer::Answer;
use super::decimal::Decimal;

/// How the values of one format lie to those of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::schema) enum Relation {
    /// All values of the first are values of the second.
    Within,
    /// None is.
    Disjoint,
    /// Some are and some are not.
    Overlaps,
    /// Nobody can say.
    Unknown,
}

/// Formats that only advise how to display or obtain a value and admit every string.
const HINTS: &[&str] = &["password", "html", "markdown", "commonmark", "textarea", "color", "enum", "string", "text"];

/// Pairs where the first lies within the second.
const WITHIN: &[(&str, &str)] = &[
    ("int8", "int16"),
    ("int8", "int32"),
    ("int8", "int64"),
    ("int16", "int32"),
    ("int16", "int64"),
    ("int32", "int64"),
    ("int32", "double"),
    ("uint8", "uint16"),
    ("uint8", "uint32"),
    ("uint8", "uint64"),
    ("uint16", "uint32"),
    ("uint16", "uint64"),
    ("uint32", "uint64"),
    ("uint8", "int16"),
    ("uint8", "int32"),
    ("uint8", "int64"),
    ("uint16", "int32"),
    ("uint16", "int64"),
    ("uint32", "int64"),
    ("float", "double"),
    ("url", "uri"),
    ("uri", "url"),
    ("uri", "uri-reference"),
    ("uri", "iri"),
    ("uri-reference", "iri-reference"),
    ("email", "idn-email"),
    ("hostname", "idn-hostname"),
];

/// Formats no value of which is a value of another of this list.
const APART: &[&str] = &["date", "date-time", "time", "duration", "uuid", "email", "ipv4", "ipv6", "uri"];

/// Formats whose set of values is known well enough to compare with "no format".
const KNOWN: &[&str] = &[
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "date",
    "date-time",
    "time",
    "duration",
    "uuid",
    "email",
    "idn-email",
    "ipv4",
    "ipv6",
    "uri",
    "url",
    "uri-reference",
    "iri",
    "iri-reference",
    "hostname",
    "idn-hostname",
    "byte",
    "binary",
    "json-pointer",
    "regex",
];

/// True of a format that constrains nothing.
pub(in crate::schema) fn is_hint(format: &str) -> bool {
    HINTS.contains(&format)
}

/// True of a format that no string of blanks has, however long, nor the empty one.
pub(in crate::schema) fn refuses_blanks(format: &str) -> bool {
    APART.contains(&format) || format == "hostname"
}

/// True of a format that has values longer than any bound.
pub(in crate::schema) fn is_endless(format: &str) -> bool {
    matches!(format, "uri" | "url" | "uri-reference" | "iri" | "iri-reference" | "binary" | "byte" | "json-pointer")
}

/// True of a format whose values are known.
pub(in crate::schema) fn is_known(format: &str) -> bool {
    KNOWN.contains(&format)
}

/// True of a format that every validator reads in the same way.
pub(in crate::schema) fn is_plain(format: &str) -> bool {
    APART.contains(&format) || window(format).is_some()
}

/// The least and the most characters of a text of a format whose length is fixed.
pub(in crate::schema) fn lengths(name: &str) -> Option<(u64, u64)> {
    match name {
        "uuid" => Some((36, 36)),
        "date" => Some((10, 10)),
        "ipv4" => Some((7, 15)),
        _ => None,
    }
}

/// The least and the greatest number of an integer format.
pub(in crate::schema) fn integers(name: &str) -> Option<(Decimal, Decimal)> {
    let (signed, bits) = match name.strip_prefix('u') {
        Some(rest) => (false, rest),
        None => (true, name),
    };
    let bits: u32 = bits.strip_prefix("int")?.parse().ok().filter(|bits| matches!(bits, 8 | 16 | 32 | 64))?;
    Some(if signed {
        (Decimal::whole(-(1 << (bits - 1))), Decimal::whole((1 << (bits - 1)) - 1))
    } else {
        (Decimal::whole(0), Decimal::whole((1 << bits) - 1))
    })
}

/// The least and the greatest number of a numeric format, as JSON numbers; `None` where it bounds nothing.
pub(in crate::schema) fn window(format: &str) -> Option<(Value, Value)> {
    if format == "float" {
        return Some((f64::from(f32::MIN).into(), f64::from(f32::MAX).into()));
    }
    let (least, most) = integers(format)?;
    let json = |number: Decimal| serde_json::from_str(&number.to_string()).ok();
    Some((json(least)?, json(most)?))
}

/// Whether a text is of a format; open where nobody knows the format.
pub(in crate::schema) fn admits(format: &str, text: &str) -> Answer {
    if !is_known(format) {
        return Answer::Open;
    }
    let name = if format == "url" { "uri" } else { format };
    let build = || {
        let options = jsonschema::options().should_validate_formats(true).with_format("byte", is_base64);
        options.build(&serde_json::json!({ "format": name })).ok()
    };
    VALIDATORS.with_borrow_mut(|all| {
        let validator = all.entry(name.to_owned()).or_insert_with(build).as_ref();
        validator.map(|validator| validator.is_valid(&Value::from(text))).into()
    })
}

thread_local! {
    /// One validator a format that is known; making one costs more than asking it a hundred times.
    static VALIDATORS: RefCell<FxHashMap<String, Option<Validator>>> = RefCell::default();
}

/// A value of a text format; `None` where none is known to be one.
pub(in crate::schema) fn sample(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "2030-01-31",
        "date-time" => "2030-01-31T09:30:00Z",
        "time" => "09:30:00Z",
        "duration" => "P1D",
        "uuid" => "3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b",
        "email" | "idn-email" => "name@example.org",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "uri-reference" | "iri" | "iri-reference" => "https://example.org/",
        "hostname" | "idn-hostname" => "example.org",
        "byte" => "dGV4dA==",
        "json-pointer" => "/a",
        "regex" => "a",
        _ => return None,
    })
}

/// How two formats lie to each other.
pub(in crate::schema) fn relate(sub: &str, sup: &str) -> Relation {
    if sub == sup || WITHIN.contains(&(sub, sup)) {
        return Relation::Within;
    }
    if WITHIN.contains(&(sup, sub)) {
        return Relation::Overlaps;
    }
    if APART.contains(&sub) && APART.contains(&sup) {
        return Relation::Disjoint;
    }
    let numeric =
        |format: &str| format.starts_with("int") || format.starts_with("uint") || ["float", "double"].contains(&format);
    if numeric(sub) && numeric(sup) { Relation::Overlaps } else { Relation::Unknown }
}

/// Base64 of RFC 4648, 4: groups of four, padded.
pub(in crate::schema) fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - body.len() <= 2
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}
