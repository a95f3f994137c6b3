//! Credentials, servers, callbacks, webhooks and links.

use serde_json::{Value, json};

use super::build::{content, list, map, one, plain, refer, routes, with};
use super::{BREAKING, Bomb, DOCS, RISKY, Told, Version, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("credentials-in-pairs", (30, 6_000), BREAKING, |n, v| {
        let pairs = list(n, |i| json!({format!("k{i}"): [], format!("k{}", (i + v.pick(1, 2)) % n): []}));
        with(keys(n, |i| format!("X-{i}")), "/paths/~1x/post", "security", pairs)
    }),
    json("credentials-all-others", (50, 8_000), BREAKING, |n, v| {
        with(keys(n, |i| format!("{}{i}", v.word())), "", "security", list(n, |i| json!({format!("k{i}"): []})))
    }),
    json("credentials-at-once", (50, 20_000), BREAKING, |n, v| {
        with(one(json!({})), "", "security", json!([map(n, |i| (format!("{}{i}", v.word()), json!([])))]))
    }),
    json("credentials-unknown", (50, 50_000), RISKY, |n, v| {
        let alternatives = list(n, |i| json!({format!("{}{i}", v.word()): []}));
        with(one(json!({})), "/paths/~1x/post", "security", alternatives)
    }),
    json("credentials-times-operations", (20, 4_000), BREAKING, |n, v| {
        let document =
            with(keys(n, |i| format!("{}{i}", v.word())), "", "security", list(n, |i| json!({format!("k{i}"): []})));
        with(document, "", "paths", map(2 * n, |i| (format!("/p{i}"), json!({"get": plain()}))))
    }),
    json("scopes", (50, 10_000), BREAKING, |n, v| {
        let scope = |i: usize| format!("s{i}{}", v.word());
        let flows = json!({"implicit": {"authorizationUrl": "https://a", "scopes": map(n, |i| (scope(i), json!("")))}});
        let document =
            with(one(json!({})), "/components", "securitySchemes", json!({"o": {"type": "oauth2", "flows": flows}}));
        with(document, "/paths/~1x/post", "security", json!([{"o": list(n, |i| json!(scope(i)))}]))
    }),
    json("servers", (50, 8_000), RISKY, |n, v| {
        let server = |i: usize| {
            json!({"url": format!("https://{}{i}.example/v{{v}}", v.word()),
            "variables": {"v": {"default": "1", "enum": ["1", "2"]}}})
        };
        with(one(json!({})), "", "servers", list(n, server))
    }),
    json("servers-times-operations", (20, 8_000), RISKY, |n, v| {
        let servers = list(2 * n, |i| json!({"url": format!("https://{}{i}", v.word())}));
        with(routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), json!({"get": plain()}))), "", "servers", servers)
    }),
    json("servers-of-a-shared-path-item", (12, 8_000), RISKY, |n, v| {
        let servers = list(n, |i| json!({"url": format!("https://{}{i}", v.word())}));
        let document =
            routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), json!({"$ref": "#/components/pathItems/P"})));
        with(document, "/components", "pathItems", json!({"P": {"servers": servers, "get": plain()}}))
    }),
    json("server-variables-product", (10, 3_000), RISKY, |n, v| {
        let url: String = (0..n).map(|i| format!("/{{v{i}}}")).collect::<Vec<_>>().concat();
        let variables = map(n, |i| (format!("v{i}"), json!({"default": "a", "enum": ["a", "b", v.word()]})));
        with(one(json!({})), "", "servers", json!([{"url": format!("https://h{url}"), "variables": variables}]))
    }),
    json("server-variables-expanding", (30, 3_000), RISKY, |n, v| {
        let server = json!({"url": format!("https://h/{}", "{v}".repeat(n)),
            "variables": {"v": {"default": v.pick("x", "y").repeat(n)}}});
        with(one(json!({})), "", "servers", list(20, |_| server.clone()))
    }),
    json("server-variables-in-variables", (30, 5_000), RISKY, |n, v| {
        let variables = json!({"v": {"default": "{w}".repeat(n)}, "w": {"default": v.pick("x", "y").repeat(n)}});
        let server = json!({"url": "https://h/{v}{w}", "variables": variables});
        with(one(json!({})), "", "servers", list(20, |_| server.clone()))
    }),
    json("callbacks-many", (20, 7_000), BREAKING, |n, v| {
        with(
            posted(v),
            "/paths/~1x/post",
            "callbacks",
            map(n, |i| (format!("c{i}"), json!({"{$u}": called(&json!({}))}))),
        )
    }),
    json("callbacks-mesh", (5, 100), BREAKING, |n, v| {
        let all = map(n, |j| (format!("c{j}"), json!({"$ref": format!("#/components/callbacks/C{j}")})));
        let callbacks = map(n, |i| (format!("C{i}"), json!({format!("{{$u}}{i}"): called(&all)})));
        let document = with(posted(v), "/components", "callbacks", callbacks);
        with(document, "/paths/~1x/post", "callbacks", json!({"a": {"$ref": "#/components/callbacks/C0"}}))
    }),
    json("callbacks-doubling", (10, 2_000), RISKY, |n, v| {
        let next = |i: usize| {
            if i == n {
                json!({})
            } else {
                json!({"a": {"$ref": format!("#/components/callbacks/C{}", i + 1)},
                    "b": {"$ref": format!("#/components/callbacks/C{}", i + 1)}})
            }
        };
        let callbacks = map(n + 1, |i| (format!("C{i}"), json!({format!("{{$u}}{i}"): called(&next(i))})));
        let document = with(posted(v), "/components", "callbacks", callbacks);
        with(document, "/paths/~1x/post", "callbacks", json!({"a": {"$ref": "#/components/callbacks/C0"}}))
    }),
    json("callbacks-through-path-items", (8, 50), BREAKING, |n, v| {
        let item = |i: usize| {
            called(&map(8, |j| {
                (format!("c{j}"), json!({"{$u}": {"$ref": format!("#/components/pathItems/P{}", (i * 3 + j) % n)}}))
            }))
        };
        let document = with(posted(v), "/components", "pathItems", map(n, |i| (format!("P{i}"), item(i))));
        with(document, "/paths", "/y", json!({"$ref": "#/components/pathItems/P0"}))
    }),
    json("webhooks-renamed", (20, 7_000), RISKY, |n, v| {
        with(posted(v), "", "webhooks", map(n, |i| (format!("{}{i}", v.word()), called(&json!({})))))
    }),
    json("links-renamed", (30, 20_000), DOCS, |n, v| {
        let links = map(n, |i| (format!("{}{i}", v.word()), json!({"operationId": "a"})));
        with(one(json!({})), "/paths/~1x/post/responses/200", "links", links)
    }),
    json("parameters-that-are-odd", (20, 9_000), Told::Same, |n, v| {
        let odd = json!({"get": {"parameters": [{"name": v.word(), "in": "qery"}], "responses": {}}});
        routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), odd.clone()))
    }),
    json("references-that-lead-nowhere", (20, 15_000), Told::Refused, |n, v| {
        let nowhere = |i: usize| json!({"$ref": format!("#/components/schemas/{}{i}", v.word())});
        one(json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), nowhere(i)))}))
    }),
];

/// A document with so many keys of an API.
fn keys(count: usize, name: impl Fn(usize) -> String) -> Value {
    let schemes = map(count, |i| (format!("k{i}"), json!({"type": "apiKey", "in": "query", "name": name(i)})));
    with(one(json!({})), "/components", "securitySchemes", schemes)
}

/// A document with one change, which all callbacks reach.
fn posted(version: Version) -> Value {
    one(json!({"type": version.kind()}))
}

/// What a callback or webhook posts, with callbacks of its own.
fn called(callbacks: &Value) -> Value {
    json!({"post": {"requestBody": {"content": content(refer(0))}, "responses": {}, "callbacks": callbacks}})
}
