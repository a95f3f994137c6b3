//! Children by `allOf` of parents with a discriminator: parents, children and those who send them, multiplied.

use serde_json::{Value, json};

use super::build::{exchange, get, list, map, object, refer, routes, schemas};
use super::{BREAKING, Bomb, RISKY, Version, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("parents-times-children", (10, 40), BREAKING, |n, v| family(n, 5 * n, v)),
    json("children-of-one-parent", (300, 3_000), BREAKING, |n, v| {
        exchange(schemas(n, |i| if i == 0 { parent(0) } else { child(&[0], "v", v.kind()) }))
    }),
    json("children-of-one-parent-times-operations", (20, 4_000), BREAKING, |n, v| {
        let all = schemas(n, |i| if i == 0 { parent(0) } else { child(&[0], "v", v.kind()) });
        routes(all, n, |i| (format!("/p{i}"), get(object(json!({format!("m{i}"): refer(0)})))))
    }),
    // Each parent is reached by whatever reaches those before it.
    json("parents-in-a-row-times-operations", (20, 3_000), RISKY, |n, v| {
        let mut all = schemas(n, |i| {
            let mut one = parent(i);
            one["properties"]["next"] = refer(i + 1);
            one
        });
        let children = map(n, |i| (format!("C{i}"), child(&[i], "v", v.kind())));
        all.as_object_mut().expect("schemas").extend(children.as_object().expect("children").clone());
        all[format!("S{n}")] = json!({});
        routes(all, n, |i| (format!("/p{i}"), get(object(json!({format!("m{i}"): refer(i)})))))
    }),
    // Each child is a parent, and each parent stands before the one that leads to it.
    json("generations-times-operations", (20, 3_500), BREAKING, |n, v| {
        let all = schemas(n, |i| {
            let mut one = parent(i);
            one["properties"]["v"] = json!({"type": v.kind()});
            if i + 1 < n { json!({"discriminator": one["discriminator"], "allOf": [refer(i + 1), one]}) } else { one }
        });
        routes(all, n, |i| (format!("/p{i}"), get(object(json!({format!("m{i}"): refer(n - 1)})))))
    }),
];

/// Parents that the first of them leads to, and children that extend all of them.
fn family(parents: usize, children: usize, v: Version) -> Value {
    let mut all = schemas(parents, parent);
    all["S0"]["properties"]["x"] = json!({"anyOf": list(parents - 1, |p| refer(p + 1))});
    let every: Vec<usize> = (0..parents).collect();
    for c in 0..children {
        all[format!("C{c}")] = child(&every, &format!("v{c}"), v.kind());
    }
    exchange(all)
}

fn parent(n: usize) -> Value {
    let name = format!("k{n}");
    json!({"type": "object", "discriminator": {"propertyName": name}, "required": [name],
        "properties": {name: {"type": "string"}}})
}

fn child(parents: &[usize], member: &str, kind: &str) -> Value {
    let mut all: Vec<Value> = parents.iter().map(|&n| refer(n)).collect();
    all.push(object(json!({member: {"type": kind}})));
    json!({"allOf": all})
}
