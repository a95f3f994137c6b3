//! Bytes → two OpenAPI documents that differ in their schemas: every string of bytes spells a pair, a small change of
//! the bytes is a small change of a schema, and what the bytes do not say any more is a plain type.
//!
//! The first byte says how many edits there are, and in its top bit which version of OpenAPI; each edit is a place and a
//! byte. What follows spells base, and spells head with the edits made. So most pairs are near each other, as versions
//! of an API are.

use std::fmt::Write as _;

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object", "null"];
const NAMES: &[&str] = &["a", "b", "c", "x-1", ""];
const FORMATS: &[&str] = &["int32", "int64", "double", "date", "date-time", "uuid", "uri", "byte", "password", "odd"];
const COUNTS: &[&str] = &["0", "1", "2", "3", "10", "1.0", "2e1", "18446744073709551615", "1e30", "-1", "0.5"];
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "4",
    "10",
    "0.1",
    "0.5",
    "2.50",
    "-0",
    "1e2",
    "1e30",
    "-1e-30",
    "1e400",
    "1e2147483647",
    "1e-2147483648",
    "1e99999999999",
    "9007199254740993",
    "170141183460469231731687303715884105727",
    "-170141183460469231731687303715884105728",
];
/// The pieces of patterns, whole or broken.
const PIECES: &[&str] = &[
    "a",
    "b",
    "0",
    "-",
    "/",
    "é",
    "^",
    "$",
    ".",
    "*",
    "+",
    "?",
    "|",
    "(",
    ")",
    "(?:",
    "(?=",
    "[",
    "[^",
    "]",
    "a-z",
    "A-Z0-9",
    "{2}",
    "{1,3}",
    "{0,64}",
    "{3,}",
    "{999}",
    "{",
    "}",
    ",",
    "\\\\d",
    "\\\\w",
    "\\\\s",
    "\\\\S",
    "\\\\b",
    "\\\\p{L}",
    "\\\\.",
    "\\\\u00e9",
    "\\\\x41",
    "\\\\1",
    "\\\\",
    "&&",
    "~~",
    "(a|b)*",
];
/// So deep schemas stand in one another; beyond, a byte spells a plain type.
const DEPTH: usize = 6;

/// The documents, base and head.
pub(super) fn documents(bytes: &[u8]) -> [String; 2] {
    let (&first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let (edits, base) = rest.split_at(rest.len().min(2 * usize::from(first & 7)));
    let mut head = base.to_vec();
    for edit in edits.chunks_exact(2).filter(|_| !base.is_empty()) {
        head[usize::from(edit[0]) % base.len()] = edit[1];
    }
    [base, &head].map(|bytes| document(bytes, first & 0x80 != 0))
}

fn document(bytes: &[u8], v30: bool) -> String {
    let mut spell = Spell { bytes: bytes.iter(), v30, out: String::new() };
    spell.text(if v30 { "{\"openapi\":\"3.0.3\"" } else { "{\"openapi\":\"3.1.0\"" });
    spell.text(",\"info\":{\"title\":\"Frame\",\"version\":\"1\"},\"paths\":{\"/x\":{\"post\":{\"requestBody\":");
    spell.text("{\"content\":{\"application/json\":{\"schema\":");
    spell.schema(DEPTH);
    spell.text("}}},\"responses\":{\"200\":{\"description\":\"\",\"content\":{\"application/json\":{\"schema\":");
    spell
        .text("{\"$ref\":\"#/components/schemas/a\"}}}}},\"parameters\":[{\"name\":\"q\",\"in\":\"query\",\"schema\":");
    spell.schema(2);
    spell.text("}]}}},\"components\":{\"schemas\":");
    spell.members(&["a", "b", "c"], DEPTH);
    spell.text("}}");
    spell.out
}

struct Spell<'b> {
    bytes: std::slice::Iter<'b, u8>,
    v30: bool,
    out: String,
}

impl Spell<'_> {
    fn next(&mut self) -> usize {
        self.bytes.next().copied().map_or(0, usize::from)
    }
    fn one(&mut self, list: &[&'static str]) -> &'static str {
        list[self.next() % list.len()]
    }
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }
    fn quoted(&mut self, list: &[&'static str]) {
        let text = self.one(list);
        let _ = write!(self.out, "\"{text}\"");
    }

    /// So many things in brackets.
    fn list(&mut self, count: usize, mut one: impl FnMut(&mut Self)) {
        self.text("[");
        for ix in 0..count {
            self.text(if ix > 0 { "," } else { "" });
            one(self);
        }
        self.text("]");
    }

    /// Schemas under names.
    fn members(&mut self, names: &[&'static str], depth: usize) {
        self.text("{");
        for (ix, name) in names.iter().enumerate() {
            self.text(if ix > 0 { "," } else { "" });
            let _ = write!(self.out, "\"{name}\":");
            self.schema(depth);
        }
        self.text("}");
    }

    fn schema(&mut self, depth: usize) {
        let byte = self.next();
        match byte % 16 {
            0 if !self.v30 => self.text("true"),
            1 if !self.v30 => self.text("false"),
            2 => self.text("{}"),
            3..=5 => {
                let _ = write!(self.out, "{{\"$ref\":\"#/components/schemas/{}\"}}", ["a", "b", "c"][byte % 3]);
            }
            _ if depth == 0 => {
                let _ = write!(self.out, "{{\"type\":\"{}\"}}", TYPES[byte % TYPES.len()]);
            }
            count => {
                self.text("{");
                for ix in 0..(count % 5) {
                    self.text(if ix > 0 { "," } else { "" });
                    self.keyword(depth - 1);
                }
                self.text("}");
            }
        }
    }

    fn keyword(&mut self, depth: usize) {
        const SCHEMA: &[&str] =
            &["items", "additionalProperties", "not", "propertyNames", "contains", "if", "unevaluatedProperties"];
        const SCHEMAS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
        const COUNTED: &[&str] = &["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
        const NUMERIC: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
        const FLAGS: &[&str] = &["nullable", "uniqueItems", "readOnly", "writeOnly", "exclusiveMinimum"];
        let kind = self.next();
        let name = match kind % 12 {
            0 | 1 => "type",
            2 => "properties",
            3 => self.one(SCHEMA),
            4 | 5 => self.one(SCHEMAS),
            6 => self.one(COUNTED),
            7 => self.one(NUMERIC),
            8 => self.one(FLAGS),
            9 => ["enum", "const", "default"][kind / 12 % 3],
            10 => ["pattern", "format", "patternProperties"][kind / 12 % 3],
            _ => ["required", "additionalProperties", "$ref"][kind / 12 % 3],
        };
        let _ = write!(self.out, "\"{name}\":");
        let count = 1 + kind / 12 % 4;
        match (kind % 12, name) {
            (1, _) if !self.v30 => self.list(count, |spell| spell.quoted(TYPES)),
            (0 | 1, _) => self.quoted(TYPES),
            (2, _) => self.members(&NAMES[..count], depth),
            (3, _) => self.schema(depth),
            (4 | 5, _) => self.list(count, |spell| spell.schema(depth)),
            (6, _) => self.number(COUNTS),
            (7, _) => self.number(NUMBERS),
            (8, _) | (_, "additionalProperties") => self.text(if kind < 128 { "true" } else { "false" }),
            (_, "enum") => self.list(count, Self::value),
            (_, "const" | "default") => self.value(),
            (_, "pattern") => self.pattern(),
            (_, "format") => self.quoted(FORMATS),
            (_, "patternProperties") => {
                self.text("{");
                self.pattern();
                self.text(":");
                self.schema(depth);
                self.text("}");
            }
            (_, "required") => self.list(count, |spell| spell.quoted(NAMES)),
            (..) => self.quoted(&["#/components/schemas/a", "#/components/schemas/b", "#", "#/nowhere", "#/paths"]),
        }
    }

    fn number(&mut self, list: &[&'static str]) {
        let number = self.one(list);
        self.text(number);
    }

    fn value(&mut self) {
        let byte = self.next();
        match byte % 6 {
            0 => self.number(NUMBERS),
            1 => self.quoted(NAMES),
            2 => self.text(["true", "false", "null"][byte / 6 % 3]),
            3 => self.text("{\"a\":1,\"b\":[]}"),
            4 => self.text("[1,1.0,\"1\"]"),
            _ => self.quoted(&["0", "true", "é", "\\u0000", "2030-01-01", "aaaaaaaa"]),
        }
    }

    /// Up to 15 pieces.
    fn pattern(&mut self) {
        let count = self.next() % 16;
        self.text("\"");
        for _ in 0..count {
            let piece = self.one(PIECES);
            self.text(piece);
        }
        self.text("\"");
    }
}
