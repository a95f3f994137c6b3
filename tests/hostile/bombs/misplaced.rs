//! Fields and values where their object takes none, names that are nearly keywords, dialects, what stands beside references.

use serde_json::json;

use super::build::{answer, list, map, one, refer, with};
use super::{Bomb, DOCS, RISKY, Told, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("fields-misplaced", (200, 50_000), Told::Same, |n, v| {
        with(one(json!({})), "", "info", map(n, |i| (format!("{}{i}", v.word()), json!(i))))
    }),
    json("keywords-nearly", (200, 40_000), Told::Same, |n, v| {
        one(json!({"allOf": list(n, |i| json!({format!("min_length{i}"): v.pick(1, 2), "minlength": 3}))}))
    }),
    json("values-of-other-types", (200, 20_000), Told::Same, |n, v| {
        let types = list(n, |_| json!("string"));
        one(json!({"anyOf": [{"type": types, "enum": list(n, |i| json!(v.pick(i, i + 1)))}, {"type": "string"}]}))
    }),
    json("types-of-null", (200, 40_000), RISKY, |n, v| {
        one(json!({"anyOf": list(n, |i| json!({"type": [null, v.kind()], "title": i}))}))
    }),
    json("dialects-within-each-other", (60, 8_000), Told::Same, |n, v| {
        let dialect = |i: usize| format!("http://json-schema.org/draft-0{}/schema", [4, 6, 7][i % 3]);
        one(json!({"allOf": list(n, |i| json!({"$schema": dialect(i), "prefixItems": [{"type": v.kind()}]}))}))
    }),
    json("schemas-that-require-each-other", (100, 8_000), DOCS, |n, v| {
        let next = |i: usize| json!({"type": "object", "required": ["a"], "properties": {"a": refer((i + 1) % n)}, "title": v.word()});
        answer(map(n, |i| (format!("S{i}"), next(i))))
    }),
    json("texts-beside-references", (100, 15_000), DOCS, |n, v| {
        let site = |i: usize| (format!("p{i}"), json!({"$ref": "#/components/schemas/S1", "description": v.word()}));
        answer(json!({"S0": {"type": "object", "properties": map(n, site)}, "S1": {"type": "string"}}))
    }),
];
