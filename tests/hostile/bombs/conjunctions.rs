//! Conjunctions: doubled, wide, in rings, of conditions, of negations, of what must be contained.

use serde_json::{Value, json};

use super::build::{answer, both, chain, exchange, list, map, one, refer, schemas, tagged};
use super::{ADDITIVE, BREAKING, Bomb, RISKY, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("allof-doubling", (40, 5_000), RISKY, |n, v| {
        chain(n, |i| json!({"allOf": [refer(i + 1), refer(i + 1)]}), json!({"type": v.kind()}))
    }),
    json("allof-doubling-crossed", (20, 1_000), RISKY, |n, v| {
        let other = |i: usize| json!({"$ref": format!("#/components/schemas/D{i}")});
        let both = |i: usize, name: &str| json!({"allOf": [refer(i + 1), other(i + 1)], "description": name});
        let mut all =
            map(
                2 * n,
                |i| if i < n { (format!("S{i}"), both(i, "s")) } else { (format!("D{}", i - n), both(i - n, "d")) },
            );
        all[format!("S{n}")] = json!({"type": v.kind()});
        all[format!("D{n}")] = json!({"type": v.kind(), "description": "x"});
        answer(all)
    }),
    json("allof-doubling-members", (12, 300), RISKY, |n, v| {
        let other = |i: usize| json!({"$ref": format!("#/components/schemas/D{i}")});
        let s = |i: usize| {
            json!({"type": "object", "properties": {"a": refer(i + 1)},
            "allOf": [{"properties": {"a": other(i + 1)}}]})
        };
        let d = |i: usize| json!({"type": "object", "properties": {"a": refer(i + 1), "b": other(i + 1)}});
        let mut all = map(2 * n, |i| if i < n { (format!("S{i}"), s(i)) } else { (format!("D{}", i - n), d(i - n)) });
        all[format!("S{n}")] = json!({"type": v.kind()});
        all[format!("D{n}")] = json!({"type": v.kind()});
        answer(all)
    }),
    json("allof-doubling-old", (10, 2_000), RISKY, |n, v| {
        let refer = |i: usize| json!({"$ref": format!("#/definitions/S{i}")});
        let mut all = schemas(
            n,
            |i| json!({"allOf": [refer(i + 1), refer(i + 1)], "properties": {format!("p{i}"): {"type": v.kind()}}}),
        );
        all[format!("S{n}")] = json!({"type": "object"});
        json!({"swagger": "2.0", "info": {"title": "Hostile", "version": "1"}, "definitions": all,
            "paths": {"/x": {"get": {"responses": {"200": {"description": "Ok", "schema": refer(0)}}}}}})
    }),
    json("allof-doubling-closed", (8, 200), RISKY, |n, v| {
        let mut document = chain(
            n,
            |i| json!({"allOf": [refer(i + 1), refer(i + 1)]}),
            json!({"properties": {"a": {"type": v.kind()}}}),
        );
        document["components"]["schemas"]["S0"]["unevaluatedProperties"] = json!(false);
        document
    }),
    json("allof-wide", (30, 2_000), BREAKING, |n, v| {
        let part = |i: usize| {
            json!({"type": "object", "properties": {
            format!("p{i}"): {"type": v.kind()}, "shared": {"type": "string", "maxLength": n - i}}})
        };
        one(json!({"allOf": list(n, part)}))
    }),
    json("allof-of-unions", (6, 1_000), RISKY, |n, v| {
        let union = |i: usize| {
            json!({"anyOf": [
            {"properties": {format!("p{i}"): {"type": "string"}}},
            {"properties": {format!("p{i}"): {"type": "integer"}}}]})
        };
        let mut all = schemas(n, union);
        all["S0"] = json!({"allOf": list(n - 1, |i| refer(i + 1)), "properties": {"z": {"type": v.kind()}}});
        answer(all)
    }),
    json("allof-of-exclusive-unions", (2, 6), RISKY, |n, v| {
        let union = |i: usize| {
            list(n, |j| json!({"properties": {format!("a{i}"): {"const": j}}, "required": [format!("a{i}")]}))
        };
        one(json!({"allOf": list(n, |i| json!({"oneOf": union(i)})), "properties": {"z": {"type": v.kind()}}}))
    }),
    json("allof-levels-of-a-thousand", (4, 1_000), RISKY, |n, v| {
        let level = |i: usize| json!({"allOf": list(n, |_| refer(i + 1)), "readOnly": i == 5, "description": v.word()});
        let mut all = schemas(6, level);
        all["S0"] = json!({"type": "object", "properties": map(n / 5 + 1, |i| (format!("p{i}"), refer(1)))});
        all["S6"] = json!({"type": v.kind(), "readOnly": true});
        exchange(all)
    }),
    json("allof-ring", (6, 60), ADDITIVE, |n, v| {
        answer(schemas(n, |i| {
            let kind = if i == 4 { v.kind() } else { "string" };
            json!({"allOf": [refer((i + 1) % n), refer((i * 5 + 2) % n),
                {"type": "object", "properties": {"x": refer((i * 3 + 1) % n), "v": {"type": kind}}}]})
        }))
    }),
    json("allof-ring-that-counts", (7, 30), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let kind = if i == 5 { v.kind() } else { "string" };
            json!({"type": "object", "properties": {"l": {"allOf": [refer((i + 1) % n)]}, "v": {"type": kind},
                "r": {"allOf": [refer((i + 1) % n), refer((i * 2 + 1) % n)]}}})
        }))
    }),
    json("conditions-in-a-row", (5, 1_000), RISKY, |n, v| {
        let condition = |i: usize| {
            json!({"if": {"properties": {format!("k{i}"): {"const": 1}}},
            "then": {"required": [format!("r{i}")]}, "else": {"properties": {"x": {"type": v.kind()}}}})
        };
        one(json!({"type": "object", "allOf": list(n, condition)}))
    }),
    json("conditions-nested", (4, 40), RISKY, |n, v| {
        let nest = |inner: Value, i: usize| {
            let other = if i < 3 { inner.clone() } else { json!({"type": v.kind()}) };
            json!({"if": {"properties": {format!("k{i}"): {"const": 1}}, "required": [format!("k{i}")]},
                "then": inner, "else": {"properties": {format!("e{i}"): other}}})
        };
        one((0..n).fold(json!({"type": v.kind()}), nest))
    }),
    json("conditions-in-a-ring", (5, 60), RISKY, |n, v| {
        answer(schemas(n, |i| {
            json!({"if": {"properties": {"k": {"const": i}}, "required": ["k"]},
            "then": {"properties": {"v": refer((i + 1) % n)}},
            "else": {"properties": {"w": refer((i * 7 + 1) % n), "z": {"type": v.kind()}}}})
        }))
    }),
    json("dependent-schemas", (6, 1_000), RISKY, |n, v| {
        let depends = |i: usize| (format!("d{i}"), json!({"properties": {format!("q{i}"): {"type": v.kind()}}}));
        one(json!({"type": "object", "dependentSchemas": map(n, depends)}))
    }),
    json("dependent-schemas-in-a-ring", (4, 20), RISKY, |n, v| {
        answer(schemas(n, |i| {
            json!({"type": "object", "properties": {"a": {"type": v.kind()}},
            "dependentSchemas": map(5, |j| (format!("d{j}"), refer((i * 3 + j) % n)))})
        }))
    }),
    json("negations-many", (10, 1_000), RISKY, |n, v| {
        let mut parts: Vec<_> =
            (0..n).map(|i| json!({"not": {"required": [format!("a{i}"), format!("b{i}")]}})).collect();
        parts.push(json!({"properties": {"z": {"type": v.kind()}}}));
        one(json!({"type": "object", "allOf": parts}))
    }),
    json("negations-nested", (5, 16), RISKY, |n, v| {
        let nest = |inner: Value, i: usize| {
            let other = if i < 4 { inner.clone() } else { json!({"type": v.kind()}) };
            json!({"not": {"anyOf": [{"not": inner}, {"allOf": [other, {"type": "object"}]}]}})
        };
        one((0..n).fold(json!({"type": v.kind()}), nest))
    }),
    json("negation-of-a-union", (8, 200), RISKY, |n, v| {
        let entry = |i: usize| tagged(format!("k{i}"), json!({"const": i}));
        one(json!({"not": {"anyOf": list(n, entry)}, "properties": {"a": {"type": v.kind()}}}))
    }),
    json("closed-after-parts-and-unions", (4, 500), RISKY, |n, v| {
        let part = |i: usize| json!({"properties": {format!("p{i}"): {"type": v.kind()}}});
        let union =
            |i: usize| json!({"properties": {format!("q{i}"): {"type": v.kind()}}, "required": [format!("q{i}")]});
        both(json!({"allOf": list(n, part), "anyOf": list(n.min(60), union), "unevaluatedProperties": false}))
    }),
    json("contains-many", (6, 300), RISKY, |n, v| {
        let mut parts: Vec<_> = (0..n)
            .map(|i| {
                json!({"contains": {"anyOf": [
            {"type": "object", "required": [format!("a{i}")]}, {"type": v.kind()}]}, "maxContains": 3})
            })
            .collect();
        parts.push(json!({"contains": {"const": 1}}));
        one(json!({"type": "array", "allOf": parts}))
    }),
    json("contains-deep", (6, 60), RISKY, |n, v| {
        let nest = |inner: Value, i: usize| {
            let other = if i < 5 { inner.clone() } else { json!({"type": "array"}) };
            json!({"type": "array", "contains": inner, "minContains": 2, "items": {"anyOf": [other, {"type": "null"}]}})
        };
        one((0..n).fold(json!({"type": v.kind()}), nest))
    }),
];
