//! Wide lists: values, members, parameters, headers, statuses, paths; edited a little, wholly, or turned around.

use serde_json::{Value, json};

use super::build::{answer, both, get, list, map, one, plain, query, real, routes, schemas, with};
use super::{ADDITIVE, BREAKING, Bomb, RISKY, Told, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("required-times-read-only", (100, 8_000), BREAKING, |n, v| {
        let flag = |i: usize| ["readOnly", "writeOnly"][(i + v.pick(0, 1)) % 2];
        let members = map(n, |i| (format!("p{i}"), json!({"type": "string", flag(i): true})));
        both(json!({"type": "object", "required": list(n, |i| json!(format!("p{i}"))), "properties": members}))
    }),
    json("values-turned-around", (500, 50_000), ADDITIVE, |n, v| {
        let value = |i: usize| json!(format!("v{}", v.pick(i * 7_919 % n, n - 1 - i)));
        one(json!({"enum": list(v.fewer(n), value)}))
    }),
    json("values-all-others", (100, 50_000), BREAKING, |n, v| {
        both(json!({"enum": list(n, |i| json!(format!("{}{i}", v.word())))}))
    }),
    json("values-all-numbers", (100, 60_000), BREAKING, |n, v| {
        one(json!({"enum": list(n, |i| v.pick(json!(i), json!(real(i) + 0.5)))}))
    }),
    json("values-objects", (50, 30_000), BREAKING, |n, v| both(json!({"enum": list(n, |i| json!({v.word(): i}))}))),
    json("values-against-a-schema", (100, 15_000), RISKY, |n, v| {
        let values = json!({"enum": list(n, |i| json!({"a": i, "b": [i]}))});
        let schema = json!({"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": false});
        one(v.pick(values, schema))
    }),
    json("values-against-a-pattern", (100, 50_000), RISKY, |n, v| {
        let pattern = json!({"type": "string", "pattern": "^v[0-9]{1,4}$"});
        one(v.pick(json!({"enum": list(n, |i| json!(format!("v{i}")))}), pattern))
    }),
    json("values-of-a-parameter", (100, 40_000), RISKY, |n, v| {
        let values = list(n, |i| v.pick(json!(format!("v{i}")), json!(i)));
        query(json!([{"in": "query", "name": "q", "schema": {"enum": values}}]))
    }),
    json("values-forbidden", (30, 10_000), RISKY, |n, v| {
        let mut parts: Vec<_> = (0..n).map(|i| json!({"not": {"enum": [format!("v{i}")]}})).collect();
        parts.push(json!({"not": {"const": v.word()}}));
        one(json!({"type": "string", "allOf": parts}))
    }),
    json("value-of-many-members", (100, 40_000), BREAKING, |n, v| {
        one(json!({"const": map(n, |i| (format!("k{i}"), json!([i, v.word()])))}))
    }),
    json("value-long", (1_000, 900_000), BREAKING, |n, v| one(json!({"enum": ["a".repeat(n) + v.word()]}))),
    json("members-one-edited", (500, 60_000), ADDITIVE, |n, v| {
        let edited = |i: usize| if i == n / 2 { v.pick(json!({}), json!({"type": "string"})) } else { json!({}) };
        one(json!({"type": "object", "properties": map(n, |i| (format!("p{i:05}"), edited(i)))}))
    }),
    json("members-turned-around", (500, 60_000), Told::Same, |n, v| {
        one(json!({"type": "object", "properties": map(n, |i| (format!("p{:05}", v.pick(i, n - 1 - i)), json!({})))}))
    }),
    json("members-all-edited", (40, 15_000), BREAKING, |n, v| {
        both(json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), json!({"type": v.kind()})))}))
    }),
    json("members-required", (500, 80_000), BREAKING, |n, v| {
        both(json!({"type": "object", "required": list(v.fewer(n), |i| json!(format!("p{i:05}")))}))
    }),
    json("types-repeated", (1_000, 100_000), BREAKING, |n, v| one(json!({"type": vec![v.kind(); n]}))),
    json("prefix-items", (1_500, 100_000), RISKY, |n, v| {
        let mut items = vec![json!({}); n];
        items.push(json!({"type": v.kind()}));
        one(json!({"type": "array", "prefixItems": items}))
    }),
    json("parameters-removed", (100, 12_000), RISKY, |n, v| query(parameters(v.fewer(n), |i| i))),
    json("parameters-turned-around", (100, 12_000), Told::Same, |n, v| query(parameters(n, |i| v.pick(i, n - 1 - i)))),
    json("headers-removed", (100, 30_000), RISKY, |n, v| {
        let headers = map(v.fewer(n), |i| (format!("x-{i}"), json!({})));
        with(one(json!({})), "/paths/~1x/post/responses/200", "headers", headers)
    }),
    json("media-types-removed", (100, 40_000), BREAKING, |n, v| {
        let content = map(v.fewer(n), |i| (format!("a/b{i}"), json!({})));
        with(one(json!({})), "/paths/~1x/post", "requestBody", json!({"content": content}))
    }),
    json("statuses-removed", (100, 30_000), ADDITIVE, |n, v| {
        let statuses = map(v.fewer(n), |i| ((i + 100).to_string(), json!({"description": ""})));
        with(one(json!({})), "/paths/~1x/post", "responses", statuses)
    }),
    json("statuses-odd", (50, 5_000), ADDITIVE, |n, v| {
        let statuses = map(n, |i| (format!("{}-{i}", v.word()), json!({"description": ""})));
        with(one(json!({})), "/paths/~1x/post", "responses", statuses)
    }),
    json("paths-removed", (100, 14_000), BREAKING, |n, v| {
        routes(json!({"S0": {}}), v.fewer(n), |i| (format!("/p{i}"), json!({"get": plain()})))
    }),
    json("paths-all-others", (50, 9_000), BREAKING, |n, v| {
        routes(json!({"S0": {}}), n, |i| (format!("/{}{i}", v.word()), json!({"get": plain()})))
    }),
    json("paths-alike", (64, 4_000), BREAKING, |n, v| {
        let part = |i: usize, bit: usize| {
            if (i >> bit) & 1 == 1 { format!("/{{{}{bit}}}", v.word()) } else { format!("/s{bit}") }
        };
        let kind = |i: usize| if i.is_multiple_of(9) { v.kind() } else { "string" };
        routes(json!({"S0": {}}), n, |i| ((0..12).map(|bit| part(i, bit)).collect(), get(json!({"type": kind(i)}))))
    }),
    json("schemas-nobody-uses", (200, 20_000), Told::Same, |n, v| {
        answer(schemas(n, |i| json!({"type": if i == 0 { "string" } else { v.kind() }})))
    }),
];

/// Parameters of a query, of which `at` says in which order.
fn parameters(count: usize, at: impl Fn(usize) -> usize) -> Value {
    list(count, |i| json!({"in": "query", "name": format!("p{}", at(i)), "schema": {}}))
}
