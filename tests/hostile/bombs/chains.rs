//! Chains: schema after schema, through each keyword that leads to another, and references that are long themselves.

use serde_json::{Value, json};

use super::build::{answer, chain, exchange, list, one, refer, schemas};
use super::{BREAKING, Bomb, RISKY, Told, Version, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("chain-ref-too-long", (200, 8_000), Told::Refused, |n, v| chain(n, |i| refer(i + 1), end(v))),
    json("chain-ref", (50, 90), BREAKING, |n, v| chain(n, |i| refer(i + 1), end(v))),
    json("chain-allof", (100, 8_000), RISKY, |n, v| chain(n, |i| json!({"allOf": [refer(i + 1)]}), end(v))),
    json("chain-not", (40, 8_000), RISKY, |n, v| chain(n, |i| json!({"not": refer(i + 1)}), end(v))),
    json("chain-not-allof", (20, 4_000), RISKY, |n, v| {
        chain(n, |i| json!({"not": {"allOf": [refer(i + 1), {"type": ["string", "integer", "object"]}]}}), end(v))
    }),
    json("chain-anyof", (60, 8_000), RISKY, |n, v| {
        chain(n, |i| json!({"anyOf": [refer(i + 1), {"type": "null"}]}), end(v))
    }),
    json("chain-oneof-not", (6, 8_000), RISKY, |n, v| {
        chain(n, |i| json!({"oneOf": [refer(i + 1), {"not": refer(i + 1)}]}), end(v))
    }),
    json("chain-if", (10, 4_000), RISKY, |n, v| {
        chain(n, |i| json!({"if": refer(i + 1), "then": {"type": "object"}, "else": refer(i + 1)}), end(v))
    }),
    json("chain-members", (100, 8_000), BREAKING, |n, v| {
        chain(n, |i| json!({"type": "object", "required": ["n"], "properties": {"n": refer(i + 1)}}), end(v))
    }),
    json("ring-of-edited-members", (200, 6_000), BREAKING, |n, v| {
        let members = |i: usize| json!({"n": refer((i + 1) % n), "v": {"type": v.kind()}});
        exchange(schemas(n, |i| json!({"type": "object", "required": ["v"], "properties": members(i)})))
    }),
    json("chain-of-edited-items", (200, 4_000), RISKY, |n, v| {
        let item = |i: usize| json!({"type": v.pick(json!("array"), json!(["array", "null"])), "items": refer(i + 1)});
        answer(schemas(n + 1, |i| if i == n { json!({"type": "string"}) } else { item(i) }))
    }),
    json("chain-items", (100, 8_000), BREAKING, |n, v| {
        chain(n, |i| json!({"type": "array", "minItems": 1, "items": refer(i + 1)}), end(v))
    }),
    json("chain-prefix", (40, 4_000), RISKY, |n, v| {
        chain(n, |i| json!({"type": "array", "prefixItems": [refer(i + 1), refer(i + 1)], "minItems": 2}), end(v))
    }),
    json("chain-additional", (60, 8_000), RISKY, |n, v| {
        chain(n, |i| json!({"type": "object", "additionalProperties": refer(i + 1)}), end(v))
    }),
    json("chain-contains", (20, 4_000), RISKY, |n, v| {
        chain(n, |i| json!({"type": "array", "contains": refer(i + 1)}), end(v))
    }),
    json("chain-names", (20, 4_000), Told::Same, |n, v| {
        chain(n, |i| json!({"type": "object", "propertyNames": refer(i + 1)}), end(v))
    }),
    json("chain-inline", (20, 80), BREAKING, |n, v| {
        one((0..n).fold(end(v), |inner, _| json!({"type": "array", "items": inner})))
    }),
    json("chain-unions-inline", (6, 20), RISKY, |n, v| {
        let nest = |inner: Value, _| {
            json!({"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": inner}},
            {"type": "array", "items": {"type": "string"}}]})
        };
        one((0..n).fold(end(v), nest))
    }),
    json("chain-back-to-each", (20, 400), BREAKING, |n, v| {
        answer(schemas(n, |i| {
            json!({"type": "object", "properties": {
            "n": refer((i + 1) % n), "m": refer((i * 7 + 1) % n), "v": {"type": v.kind()}}})
        }))
    }),
    json("references-deep-into-schemas", (50, 2_500), BREAKING, |n, v| {
        let inner = (0..40).fold(end(v), |inner, _| json!({"type": "object", "properties": {"a": inner}}));
        let deep = |i: usize| json!({"$ref": format!("#/components/schemas/S1{}", "/properties/a".repeat(i % 40))});
        let members = list(n, deep);
        answer(json!({"S0": {"type": "array", "prefixItems": members, "minItems": n}, "S1": inner}))
    }),
    json("references-through-references", (30, 95), RISKY, |n, v| {
        let through = |i: usize| json!({"$ref": format!("#/components/schemas/S{}/properties/a", i + 1)});
        chain(
            n,
            |i| json!({"type": "object", "properties": {"a": through(i), "b": refer(i + 1)}}),
            json!({"type": "object", "properties": {"a": end(v)}}),
        )
    }),
    json("reference-to-itself", (1, 1), Told::Refused, |_, _| one(refer(0))),
    json("references-escaped", (20, 5_000), BREAKING, |n, v| {
        let name = "~1%25~0".repeat(n);
        let path = format!("#/components/schemas/{}", name.replace("%25", "%2525"));
        let key = name.replace("~1", "/").replace("~0", "~");
        answer(json!({"S0": {"$ref": path}, key: end(v)}))
    }),
];

fn end(version: Version) -> Value {
    json!({"type": version.kind()})
}
