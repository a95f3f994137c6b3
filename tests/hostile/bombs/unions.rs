//! Unions: in rings, over each other, wide, and of objects that contain them.

use serde_json::json;

use super::build::{answer, both, chain, list, map, one, refer, schemas, tagged};
use super::{ADDITIVE, BREAKING, Bomb, RISKY, Told, Version, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("union-ring-of-references", (6, 40), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let must = if i == 2 { v.pick(json!(["a"]), json!([])) } else { json!(["a"]) };
            let object = json!({"type": "object", "required": must,
                "properties": {"a": {"type": "string"}, "n": refer((i * 3 + 2) % n)}});
            json!({"oneOf": [refer((i + 1) % n), object, {"type": "array", "items": refer((i * 5 + 3) % n)}]})
        }))
    }),
    json("union-ring-anyof", (6, 40), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let k = if i == 3 { v.kind() } else { "string" };
            let object = json!({"type": "object", "required": ["k"],
                "properties": {"k": {"type": k}, "n": refer((i * 3 + 2) % n), "m": refer((i * 2 + 1) % n)}});
            json!({"anyOf": [refer((i + 1) % n), refer((i * 7 + 3) % n), object]})
        }))
    }),
    json("union-ring-of-500", (50, 500), RISKY, |n, v| {
        answer(schemas(
            n,
            |i| json!({"oneOf": [refer((i + 1) % n), refer((i + n / 2) % n), {"const": i + v.pick(0, 1)}]}),
        ))
    }),
    json("unions-doubling", (40, 2_000), RISKY, |n, v| {
        let union =
            |i| json!({"anyOf": [refer(i + 1), {"oneOf": [refer(i + 1), {"type": "array", "items": refer(i + 1)}]}]});
        chain(n, union, json!({"type": v.kind()}))
    }),
    json("unions-dense", (5, 60), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let mut members = map(n, |j| (format!("p{j}"), refer(j)));
            members[format!("k{i}")] = json!({"type": if i == n - 1 { v.kind() } else { "string" }});
            let mut entries = vec![json!({"type": "object", "required": [format!("k{i}")], "properties": members})];
            entries.extend((0..n).filter(|j| *j != i).map(refer));
            json!({"anyOf": entries})
        }))
    }),
    json("unions-of-arrays-dense", (4, 60), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let mut entries: Vec<_> = (0..n).map(|j| json!({"type": "array", "items": refer(j)})).collect();
            entries.push(json!({"type": if i == n - 1 { v.kind() } else { "boolean" }}));
            json!({"anyOf": entries})
        }))
    }),
    json("unions-of-closed-objects", (6, 24), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let kind = if i == n / 2 { v.kind() } else { "string" };
            json!({"anyOf": [
                {"type": "object", "additionalProperties": false, "required": ["t"], "properties": {
                    "t": {"enum": [i.to_string(), ((i + 1) % n).to_string()]},
                    "n": refer((i + 1) % n), "m": refer((i * 5 + 3) % n)}},
                {"type": "object", "additionalProperties": false, "properties": {
                    "q": refer((i * 7 + 2) % n), "v": {"type": kind}}},
            ]})
        }))
    }),
    json("unions-of-arrays-with-least", (4, 40), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let kind = if i == 3 { v.kind() } else { "boolean" };
            json!({"type": "array", "minItems": 2,
                "items": {"anyOf": [refer((i + 1) % n), refer((i * 5 + 1) % n), {"type": kind}]}})
        }))
    }),
    json("union-mesh", (20, 2_000), RISKY, |n, v| {
        let mesh = |i| {
            json!({"type": "array",
            "items": {"anyOf": [refer((i * 7 + 1) % n), refer(i + 1), {"type": "string"}]}})
        };
        chain(n, mesh, json!({"type": "array", "items": {"type": v.pick("boolean", "integer")}}))
    }),
    json("exclusive-members-in-layers", (3, 40), RISKY, |n, v| {
        let layer = |i| {
            json!({"oneOf": list(2, |j| json!({"type": "object", "properties": {
                "c": refer(i + 1), (format!("m{j}")): {"type": "integer", "maximum": v.pick(j, j + 1)}}}))})
        };
        chain(n, layer, json!({"type": "string", "maxLength": v.pick(5, 9)}))
    }),
    json("union-product-wide", (8, 64), RISKY, |n, v| product(n, 2, v)),
    json("union-product-high", (3, 12), RISKY, |n, v| product(4, n, v)),
    json("union-of-unions", (10, 100), ADDITIVE, |n, v| {
        let leaf = |i: usize, j: usize| {
            json!({"type": "object",
            "required": v.pick(json!([format!("r{i}_{j}")]), json!([format!("r{i}_{j}"), "q"]))})
        };
        one(json!({"anyOf": list(n, |i| json!({"anyOf": list(n, |j| leaf(i, j))}))}))
    }),
    json("union-nested-in-members", (4, 11), BREAKING, nested),
    json("union-nested-reordered", (4, 10), Told::Same, |n, v| {
        let mut entries = vec![json!({"type": "string"}), json!({"type": "null"})];
        for i in 0..n {
            let side = |name: &str| json!({"type": "object", "properties": {format!("{name}{i}"): {"anyOf": entries}}});
            entries = v.pick(vec![side("a"), side("b")], vec![side("b"), side("a")]);
        }
        one(json!({"anyOf": entries}))
    }),
    json("union-of-tagged-objects", (40, 4_000), BREAKING, |n, v| {
        let entry = |i: usize| {
            json!({"type": "object", "required": ["k"],
                "properties": {"k": {"const": format!("v{i}")}, "x": {"type": v.kind()}}})
        };
        one(json!({"oneOf": list(n, entry)}))
    }),
    json("union-of-objects-turned-around", (30, 2_000), RISKY, |n, v| {
        let entry = |at: usize| {
            let i = v.pick(at, n - 1 - at);
            json!({"type": "object", "required": [format!("k{i}")],
                "properties": {format!("k{i}"): {"type": "string"}, "x": {"type": v.kind()}}})
        };
        one(json!({"oneOf": list(n, entry)}))
    }),
    json("union-of-open-objects", (20, 1_000), RISKY, |n, v| {
        let entry = |i: usize| {
            json!({"type": "object", "properties": {
                format!("a{i}"): {"type": v.kind()}, "b": {"type": "string"}, format!("c{}", i % 7): {"minimum": i}}})
        };
        both(json!({"oneOf": list(n, entry)}))
    }),
    json("union-of-wide-objects", (8, 100), BREAKING, |n, v| {
        let entry = |i: usize| {
            let mut members = map(n, |j| (format!("q{j}"), json!({"type": v.kind()})));
            members["k"] = json!({"enum": [format!("{}{i}", v.word())]});
            json!({"title": format!("T{i}"), "type": "object", "required": ["k"], "properties": members})
        };
        both(json!({"oneOf": list(n, entry)}))
    }),
    json("union-of-empty-schemas", (500, 100_000), Told::Same, |n, v| {
        let mut entries = vec![json!({}); n];
        entries.push(json!({"type": v.kind()}));
        one(json!({"anyOf": entries}))
    }),
    json("union-of-values", (200, 20_000), ADDITIVE, |n, v| {
        one(json!({"anyOf": list(v.fewer(n), |i| json!({"const": format!("v{i}")}))}))
    }),
    json("union-of-lists-of-values", (20, 1_000), ADDITIVE, |n, v| {
        one(json!({"anyOf": list(v.fewer(n), |i| json!({"enum": list(50, |j| json!(format!("v{}", i * 50 + j)))}))}))
    }),
    json("discriminator-of-thousands", (20, 2_000), BREAKING, |n, v| {
        let mut all = schemas(n, |_| {
            json!({"type": "object", "required": ["k"],
                "properties": {"k": {"type": "string"}, "x": {"type": v.kind()}}})
        });
        let mapping = map(n - 1, |i| (format!("m{i}"), json!(format!("#/components/schemas/S{}", i + 1))));
        all["S0"] = json!({"oneOf": list(n - 1, |i| refer(i + 1)),
            "discriminator": {"propertyName": "k", "mapping": mapping}});
        answer(all)
    }),
    json("discriminators-to-each-other", (8, 60), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let mapping = map(n, |j| (format!("m{j}"), json!(format!("#/components/schemas/S{}", (i + j) % n))));
            json!({"type": "object", "properties": {"v": {"type": v.kind()}},
                "discriminator": {"propertyName": "k", "mapping": mapping},
                "oneOf": list(11.min(n - 1), |j| refer((i + j + 1) % n))})
        }))
    }),
    json("trees-of-many-kinds", (8, 60), BREAKING, |n, v| {
        answer(schemas(n, |i| {
            let kind = if i % 3 == 0 { v.kind() } else { "string" };
            json!({"type": "object", "required": ["k"], "properties": {"k": {"const": i}, "v": {"type": kind},
                "children": {"type": "array", "items": {"oneOf": list(n, refer)}}}})
        }))
    }),
    json("trees-of-open-kinds", (5, 40), RISKY, |n, v| {
        answer(schemas(n, |i| {
            let kind = if i % 3 == 0 { v.kind() } else { "string" };
            json!({"type": "object", "properties": {format!("v{i}"): {"type": kind},
                "children": {"type": "array", "items": {"anyOf": list(n, refer)}}}})
        }))
    }),
];

/// A conjunction of so many unions, each so wide.
fn product(wide: usize, high: usize, version: Version) -> serde_json::Value {
    let union = |i: usize| list(wide, |j| tagged(format!("k{i}_{j}"), json!({"type": version.kind()})));
    both(json!({"allOf": list(high, |i| json!({"anyOf": union(i)}))}))
}

/// Two ways down at each level.
fn nested(depth: usize, version: Version) -> serde_json::Value {
    let deeper = |inner, i| json!({"oneOf": [tagged(format!("a{i}"), json!(inner)), tagged(format!("b{i}"), inner)]});
    one((0..depth).fold(json!({"type": version.kind()}), deeper))
}
