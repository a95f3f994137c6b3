//! Everything gets another name: what looks like what is asked of each pair.

use serde_json::json;

use super::build::{answer, both, content, get, list, map, object, one, query, refer, routes, schemas, with};
use super::{BREAKING, Bomb, RISKY, Told, Version, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("snake-to-camel", (6, 1_000), BREAKING, |n, v| {
        let all = schemas(n, |_| {
            json!({"type": "object", "required": [named("first_name", v)],
            "properties": map(WORDS.len(), |j| (named(WORDS[j], v), json!({"type": "string"})))})
        });
        routes(all, n, |i| {
            (
                format!("/r{i}"),
                json!({
            "get": get(refer(i))["get"],
            "post": {"requestBody": {"content": content(refer(i))}, "responses": {"204": {"description": "Ok"}}}}),
            )
        })
    }),
    json("snake-to-camel-all-different", (6, 1_000), RISKY, |n, v| {
        let member = |i: usize, j: usize| {
            (named(&format!("{}_of_{}_{i}", WORDS[j], WORDS[i % 10]), v), json!({"type": "string"}))
        };
        let all = schemas(n, |i| json!({"type": "object", "properties": map(10, |j| member(i, j))}));
        routes(all, n, |i| (format!("/r{i}"), get(refer(i))))
    }),
    json("renamed-members", (30, 5_000), RISKY, |n, v| {
        let member = |i: usize| {
            (named(&format!("member_name_{i}"), v), json!({"type": "string", "description": format!("thing {i}")}))
        };
        both(json!({"type": "object", "properties": map(n, member)}))
    }),
    json("renamed-members-of-members", (5, 800), RISKY, |n, v| {
        let inner = map(20, |j| (format!("m{j}"), json!({"type": "string"})));
        one(object(map(n, |i| (format!("{}{i}", v.word()), object(inner.clone())))))
    }),
    json("renamed-parameters", (30, 8_000), RISKY, |n, v| {
        query(list(
            n,
            |i| json!({"in": "query", "name": format!("param_{i}_{}", v.word()), "schema": {"type": "string"}}),
        ))
    }),
    json("renamed-fields-of-forms", (30, 8_000), RISKY, |n, v| {
        let fields = list(n, |i| json!({"in": "formData", "name": format!("{}{i}", v.word()), "type": "string"}));
        json!({"swagger": "2.0", "info": {"title": "Hostile", "version": "1"}, "paths": {"/x": {"post": {
            "consumes": ["multipart/form-data"], "parameters": fields, "responses": {"200": {"description": "Ok"}}}}}})
    }),
    json("renamed-headers", (30, 8_000), RISKY, |n, v| {
        let headers = map(n, |i| (format!("X-H-{i}-{}", v.word()), json!({"schema": {"type": "string"}})));
        with(one(json!({})), "/paths/~1x/post/responses/200", "headers", headers)
    }),
    json("renamed-paths", (20, 4_000), BREAKING, |n, v| {
        let id = json!({"in": "path", "name": "id", "required": true, "schema": {"type": "string"}});
        routes(json!({"S0": {}}), n, |i| {
            (
                format!("/{}/p{i}/{{id}}", v.word()),
                json!({"get": {
            "operationId": format!("op{i}"), "parameters": [id], "responses": {"200": {"description": "Ok"}}}}),
            )
        })
    }),
    json("renamed-placeholders", (30, 6_500), Told::Same, |n, v| {
        let id = json!({"in": "path", "name": v.word(), "required": true, "schema": {"type": "string"}});
        routes(json!({"S0": {}}), n, |i| {
            (
                format!("/p{i}/{{{}}}", v.word()),
                json!({"get": {
            "parameters": [id], "responses": {"200": {"description": "Ok"}}}}),
            )
        })
    }),
    json("renamed-values", (30, 20_000), BREAKING, |n, v| {
        one(json!({"enum": list(n, |i| json!(format!("{}{i}", v.pick("VALUE_NAME_", "value-name-"))))}))
    }),
    json("renamed-schemas", (30, 4_000), Told::Same, |n, v| {
        let name = |i: usize| format!("{}X{i}", v.word());
        let used = |i: usize| json!({"$ref": format!("#/components/schemas/{}", name(i))});
        let mut all =
            map(n, |i| (name(i), json!({"type": "object", "properties": {"a": {"type": "string", "maxLength": i}}})));
        all["S0"] = object(map(n, |i| (format!("p{i}"), used(i))));
        answer(all)
    }),
    json("renamed-media-types", (30, 8_000), BREAKING, |n, v| {
        let media =
            map(n, |i| (format!("application/vnd.{}{i}+json", v.word()), json!({"schema": {"type": "string"}})));
        with(one(json!({})), "/paths/~1x/post/responses/200", "content", media)
    }),
    json("renamed-operations", (30, 8_000), Told::Same, |n, v| {
        routes(json!({"S0": {}}), n, |i| {
            (
                format!("/p{i}"),
                json!({"get": {
            "summary": v.word(), "operationId": format!("{}{i}", v.word()), "responses": {}}}),
            )
        })
    }),
];

const WORDS: &[&str] = &[
    "first_name",
    "last_name",
    "created_at",
    "updated_at",
    "phone_number",
    "birth_date",
    "postal_code",
    "city_name",
    "user_id",
    "is_active",
];

/// A name as it is in the base, and in camel case in the head.
fn named(name: &str, version: Version) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    let raised = |part: &str| part[..1].to_uppercase() + &part[1..];
    version.pick(name.to_owned(), parts.fold(first, |out, part| out + &raised(part)))
}
