//! Values that a proof would have to show: long, wide, deep, and the same one for many changes.

use serde_json::{Value, json};

use super::build::{both, chain, list, map, one, query, refer, with};
use super::{BREAKING, Bomb, RISKY, Version, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("names-of-very-many-members", (1_200, 4_000), RISKY, |n, v| {
        let named = json!({"oneOf": [{"propertyNames": {"type": "object"}, "format": "double", "minProperties": n}]});
        with(
            both(v.pick(json!(true), json!({"format": "date-time"}))),
            "/paths/~1x/post",
            "parameters",
            json!([{"name": "q", "in": "query", "schema": v.pick(named, json!({"format": "date-time"}))}]),
        )
    }),
    json("many-items-deep", (20, 60), BREAKING, |n, v| {
        chain(n, |i| json!({"type": "array", "minItems": 3, "items": refer(i + 1)}), end(v))
    }),
    json("many-items-thousands-deep", (3, 6), BREAKING, |n, v| {
        chain(n, |i| json!({"type": "array", "minItems": 4_000, "items": refer(i + 1)}), end(v))
    }),
    json("different-items-deep", (6, 50), RISKY, |n, v| {
        chain(n, |i| json!({"type": "array", "minItems": 50, "uniqueItems": true, "items": refer(i + 1)}), end(v))
    }),
    json("members-required-deep", (4, 50), BREAKING, |n, v| {
        let required = list(n, |j| json!(format!("p{j}")));
        chain(
            n,
            |i| {
                json!({"type": "object", "required": required,
                "properties": map(n, |j| (format!("p{j}"), refer(i + 1)))})
            },
            end(v),
        )
    }),
    json("different-objects", (50, 3_000), RISKY, |n, v| {
        one(json!({"type": "array", "minItems": n, "uniqueItems": true,
                "items": {"type": "object", "required": ["a", "b"],
            "properties": {"a": {"type": "integer"}, "b": {"type": v.kind()}}}}))
    }),
    json("long-string", (1_000, 1_000_000), BREAKING, |n, v| {
        both(json!({"type": "string", "minLength": n + v.pick(0, 1)}))
    }),
    json("long-strings-many", (30, 4_000), BREAKING, |n, v| {
        both(json!({"type": "array", "minItems": n, "items": {"type": "string", "minLength": 25 * n + v.pick(0, 1)}}))
    }),
    json("length-beyond-all", (15, 18), RISKY, |n, v| {
        let least = 10_u64.pow(u32::try_from(n).unwrap_or_default()) + v.pick(0, 1);
        both(json!({"type": "object", "minProperties": least,
                "additionalProperties": {"type": "string", "minLength": least}}))
    }),
    json("many-members-of-long-names", (30, 3_000), RISKY, |n, v| {
        one(json!({"type": "object", "minProperties": n, "propertyNames": {"pattern": "^[a-z]{40}$"},
                "additionalProperties": end(v)}))
    }),
    json("long-member-of-each", (20, 2_000), BREAKING, |n, v| {
        let mut members = map(n, |i| (format!("p{i}"), json!({"type": "string", "minLength": 30 * n})));
        members["q"] = end(v);
        one(json!({"type": "object", "required": list(n, |i| json!(format!("p{i}"))), "properties": members}))
    }),
    json("all-required-all-changed", (30, 6_000), BREAKING, |n, v| {
        let members = map(n, |i| (format!("p{i}"), end(v)));
        both(json!({"type": "object", "required": list(n, |i| json!(format!("p{i}"))), "properties": members}))
    }),
    json("large-value-beside-each-change", (10, 3_000), BREAKING, |n, v| {
        let mut members = map(n, |i| (format!("p{i}"), end(v)));
        members["k"] = json!({"const": "k".repeat(100 * n)});
        one(json!({"type": "object", "required": ["k"], "properties": members}))
    }),
    json("large-tag-of-each-alternative", (4, 60), BREAKING, |n, v| {
        let entry = |i: usize| {
            json!({"type": "object", "required": ["k"], "properties": {
            "k": {"const": format!("{}{i}", "k".repeat(100 * n))}, "v": end(v), "w": end(v)}})
        };
        one(json!({"oneOf": list(n, entry)}))
    }),
    json("required-parameters-all-changed", (30, 5_000), BREAKING, |n, v| {
        query(list(n, |i| {
            json!({"in": "query", "name": format!("p{i}"), "required": true,
            "schema": {"type": v.kind(), "minLength": n}})
        }))
    }),
    json("required-headers-of-a-request", (20, 3_000), BREAKING, |n, v| {
        let headers = list(n, |i| {
            json!({"in": "header", "name": format!("X-{i}"), "required": true,
            "schema": {"enum": ["h".repeat(100) + v.word()]}})
        });
        with(both(json!({"type": v.kind()})), "/paths/~1x/post", "parameters", headers)
    }),
    json("deep-object-of-a-parameter", (10, 40), BREAKING, |n, v| {
        let nest = |inner: Value, _| json!({"type": "object", "properties": {"a": inner, "b": {"type": "string"}}});
        let schema = (0..n).fold(end(v), nest);
        query(json!([{"in": "query", "name": "q", "style": "deepObject", "explode": true, "schema": schema}]))
    }),
    json("encodings", (30, 12_000), RISKY, |n, v| {
        let encoding = map(n, |i| (format!("p{i}"), json!({"contentType": format!("text/{}", v.word())})));
        let schema = json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), json!({})))});
        with(
            one(schema),
            "/paths/~1x/post",
            "requestBody",
            json!({"content": {"multipart/form-data": {"schema": refer(0), "encoding": encoding}}}),
        )
    }),
];

fn end(version: Version) -> Value {
    json!({"type": version.kind()})
}
