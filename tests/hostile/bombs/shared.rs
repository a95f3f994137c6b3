//! Parts that many use: what changes in them, times who reaches them.

use serde_json::json;

use super::build::{answer, content, get, list, map, plain, refer, routes, schemas, with};
use super::{ADDITIVE, BREAKING, Bomb, DOCS, RISKY, json, text};

pub(super) const BOMBS: &[Bomb] = &[
    json("changes-times-operations", (30, 6_000), BREAKING, |n, v| {
        let wide = json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), json!({"type": v.kind()})))});
        routes(json!({"S0": wide}), n, |i| (format!("/p{i}"), get(refer(0))))
    }),
    json("notes-times-operations", (30, 6_000), DOCS, |n, v| {
        let wide =
            json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), json!({"description": v.word()})))});
        routes(json!({"S0": wide}), n, |i| (format!("/p{i}"), get(refer(0))))
    }),
    json("ring-of-schemas-times-operations", (20, 7_000), BREAKING, |n, v| {
        let few = n.min(400);
        let ring = schemas(few, |i| {
            json!({"type": "object", "properties": {
            "n": refer((i + 1) % few), "m": refer((i * 7 + 1) % few), "v": {"type": v.kind()}}})
        });
        routes(ring, n, |i| (format!("/p{i}"), get(refer(i % few))))
    }),
    json("parameters-times-operations", (10, 200), BREAKING, |n, v| {
        let used = list(n / 2, |j| json!({"$ref": format!("#/components/parameters/P{j}")}));
        let document =
            routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), json!({"get": {"parameters": used, "responses": {}}})));
        let parameters = map(n / 2, |i| {
            (
                format!("P{i}"),
                json!({"in": "query", "name": format!("q{i}"),
            "schema": {"type": v.kind()}, "description": v.word()}),
            )
        });
        with(document, "/components", "parameters", parameters)
    }),
    json("a-response-times-operations", (20, 5_000), BREAKING, |n, v| {
        let used = json!({"get": {"responses": {"200": {"$ref": "#/components/responses/R"}}}});
        let response = json!({"description": "Ok",
            "headers": map(2 * n, |i| (format!("x-{i}"), json!({"schema": {"type": v.kind()}}))),
            "content": map(n, |i| (format!("a/{}{i}", v.word()), json!({})))});
        with(
            routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), used.clone())),
            "/components",
            "responses",
            json!({"R": response}),
        )
    }),
    json("a-response-times-statuses", (20, 5_000), ADDITIVE, |n, v| {
        let statuses = map(n, |i| ((i + 200).to_string(), json!({"$ref": "#/components/responses/R"})));
        let headers = map(n, |i| (format!("x-{i}"), json!({"schema": {"type": v.kind()}})));
        let document = routes(json!({"S0": {}}), 1, |_| ("/y".into(), json!({"get": {"responses": statuses}})));
        with(document, "/components", "responses", json!({"R": {"description": "Ok", "headers": headers}}))
    }),
    json("a-path-item-times-paths", (20, 10_000), BREAKING, |n, v| {
        let methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];
        let mut item = map(8, |i| (methods[i].to_owned(), plain()));
        item["parameters"] = list(n / 5, |i| json!({"in": "query", "name": format!("q{i}"), "schema": refer(0)}));
        let document = routes(json!({"S0": {"type": v.kind()}}), n, |i| (format!("/p{i}"), item_of()));
        with(document, "/components", "pathItems", json!({"P": item}))
    }),
    json("names-of-a-path-item-times-paths", (20, 10_000), RISKY, |n, v| {
        let parameters = list(
            60.min(n),
            |i| json!({"in": "query", "name": format!("{}{i}", v.word()), "schema": {"type": "string"}}),
        );
        let document = routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), item_of()));
        with(document, "/components", "pathItems", json!({"P": {"parameters": parameters, "get": plain()}}))
    }),
    json("inline-unions-times-operations", (6, 1_000), BREAKING, |n, v| {
        let entry = |name: &str, kind| {
            json!({"type": "object", "required": ["k"],
            "properties": {"k": {"const": name}, "v": {"type": kind}}})
        };
        let union = json!({"oneOf": [entry("a", v.kind()), entry("b", "string")]});
        routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), get(union.clone())))
    }),
    // Each union is wide enough to cost much and small enough to be decided.
    json("costly-unions-times-operations", (2, 300), RISKY, |n, v| {
        let union = |i: usize| {
            json!({"anyOf": list(12, |j| json!({"type": "object", "properties": {
            format!("a{}", (i + j) % 12): {"type": v.kind()}, "b": {"minimum": i * j}}}))})
        };
        routes(json!({"S0": {}}), n, |i| (format!("/p{i}"), get(union(i))))
    }),
    json("costly-patterns-times-members", (1, 2_000), RISKY, |n, v| {
        let pattern = |i: usize| {
            json!({"type": "string",
            "pattern": format!("^(.*a.{{{0}}}|.*{1}.{{9}})$", i % 11 + v.pick(0, 1), i)})
        };
        answer(json!({"S0": {"type": "object", "properties": map(n, |i| (format!("p{i}"), pattern(i)))}}))
    }),
    json("values-times-members-times-operations", (4, 60), BREAKING, |n, v| {
        let values = json!({"enum": list(n, |i| json!(format!("{}{i}", v.word())))});
        let object = json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), values.clone()))});
        let body = json!({"requestBody": {"content": content(refer(0))}, "responses": {}});
        routes(json!({"S0": object}), n * 20, |i| (format!("/p{i}"), json!({"post": body})))
    }),
    text("aliases-times-operations", (20, 9_000), BREAKING, |n, v| {
        let schema = format!("&s {{type: object, properties: {{p: {{type: {}}}}}}}", v.kind());
        let path = |i: usize, schema: &str| {
            format!(
                "  /p{i}: {{get: {{responses: {{'200': {{description: a,
      content: {{a/b: {{schema: {schema}}}}}}}}}}}}}\n"
            )
        };
        let users: String = (1..n).map(|i| path(i, "*s")).collect();
        format!("openapi: 3.1.0\ninfo: {{title: a, version: '1'}}\npaths:\n{}{users}", path(0, &schema))
    }),
];

fn item_of() -> serde_json::Value {
    json!({"$ref": "#/components/pathItems/P"})
}
