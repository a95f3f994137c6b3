//! What opens operations: schemes, sets of credentials and scopes, multiplied with each other and with operations.

use serde_json::{Value, json};

use super::build::{list, map, plain, with};
use super::{BREAKING, Bomb, RISKY, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("scopes-times-operations", (40, 2_500), RISKY, |n, v| {
        let paths = secured(n, |i| json!([{"o": list(10, |j| json!(format!("s{}{}", (i + j) % n, v.word())))}]));
        let flow = json!({"tokenUrl": "https://a.example", "authorizationUrl": "https://b.example",
            "scopes": map(n, |i| (format!("s{i}{}", v.word()), json!("")))});
        with(paths, "/components", "securitySchemes", json!({"o": {"type": "oauth2", "flows": {"implicit": flow}}}))
    }),
    // A reference of a few bytes is a scheme with all of these scopes.
    json("scopes-of-one-scheme-times-schemes", (40, 4_000), RISKY, |n, v| {
        let paths = secured(n, |i| json!([{format!("o{i}"): []}]));
        let flow = json!({"tokenUrl": "https://a.example",
            "scopes": map(4 * n, |i| (format!("s{i}{}", v.word()), json!("")))});
        let mut schemes = map(n, |i| (format!("o{i}"), json!({"$ref": "#/components/securitySchemes/o"})));
        schemes["o"] = json!({"type": "oauth2", "flows": {"implicit": flow}});
        with(paths, "/components", "securitySchemes", schemes)
    }),
    // Every operation is opened by all that the document says.
    json("scopes-of-the-document-times-operations", (20, 6_000), BREAKING, |n, v| {
        let paths = map(n, |i| (format!("/p{i}"), json!({"get": {}})));
        let scopes = |k: usize| list(n / 8, |j| json!(format!("{}{k}x{j}", v.word())));
        let sets = json!([map(60, |k| (format!("o{k}"), scopes(k)))]);
        let schemes = map(60, |k| (format!("o{k}"), json!({"type": "oauth2", "flows": {}})));
        json!({"openapi": "3.1.0", "info": {"title": "Hostile", "version": "1"}, "paths": paths, "security": sets,
            "components": {"securitySchemes": schemes}})
    }),
    // Each credential asked for lacks but the last of its scopes.
    json("scopes-times-credentials-squared", (20, 1_000), BREAKING, |n, v| {
        let scopes = |k: usize| {
            let last = json!(format!("z{k}{}", v.word()));
            let mut all: Vec<Value> = (0..100).map(|j| json!(format!("s{j}"))).collect();
            all.push(last);
            all
        };
        let document = secured(1, |_| json!([map(n, |k| (format!("o{k}"), scopes(k).into()))]));
        let schemes = map(n, |k| (format!("o{k}"), json!({"type": "oauth2", "flows": {}})));
        with(document, "/components", "securitySchemes", schemes)
    }),
    json("credentials-renamed-in-each-operation", (20, 900), RISKY, |n, v| {
        secured(n, |i| list(20, |j| json!({format!("{}{i}_{j}", v.word()): []})))
    }),
    json("long-credentials-renamed-in-each-operation", (20, 3_000), RISKY, |n, v| {
        secured(n, |i| json!([{format!("{}{i}{}", v.word(), "x".repeat(280)): []}]))
    }),
];

/// Operations that these open.
fn secured(count: usize, security: impl Fn(usize) -> Value) -> Value {
    let of = |i| with(json!({"get": plain()}), "/get", "security", security(i));
    json!({"openapi": "3.1.0", "info": {"title": "Hostile", "version": "1"}, "components": {},
        "paths": map(count, |i| (format!("/p{i}"), of(i)))})
}
