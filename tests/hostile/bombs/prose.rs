//! Words: long, many, compared word by word, or repeated wherever a change is told.

use serde_json::{Value, json};

use super::build::{list, map, object, one, plain, routes, with};
use super::{BREAKING, Bomb, DOCS, RISKY, Told, Version, json};

pub(super) const BOMBS: &[Bomb] = &[
    json("description-of-words", (200, 100_000), DOCS, |n, v| {
        let words: Vec<String> = (0..n).map(|i| format!("{}{}", v.word(), i * 7_919 % 1_000)).collect();
        one(json!({"description": words.join(" ")}))
    }),
    json("description-of-lines", (200, 50_000), DOCS, |n, v| {
        let lines: Vec<String> = (0..n).map(|i| format!("{} line {}", v.word(), i * 7_919 % 10_007)).collect();
        one(json!({"description": lines.join("\n")}))
    }),
    json("descriptions-many", (20, 650), DOCS, |n, v| {
        let words = |i: usize| (0..200).map(|j| format!("{}{} ", v.word(), i * j % 97)).collect::<Vec<_>>().concat();
        one(json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), json!({"description": words(i)})))}))
    }),
    json("description-that-starts-tags", (200, 60_000), DOCS, |n, v| {
        one(json!({"description": "<!--[![](<a>".repeat(n) + v.word(), "title": "*_`".repeat(n)}))
    }),
    json("example-of-many-items", (50, 35_000), Told::Same, |n, v| {
        one(json!({"example": list(n, |i| json!({"a": v.word(), "i": i}))}))
    }),
    json("examples-of-a-response", (50, 30_000), Told::Same, |n, v| {
        let examples = map(n, |i| (format!("e{i}"), json!({"value": v.word()})));
        with(one(json!({})), "/paths/~1x/post/responses/200/content/application~1json", "examples", examples)
    }),
    json("default-of-many-items", (50, 60_000), DOCS, |n, v| {
        one(json!({"type": "array", "default": list(n, |i| json!([v.word(), i]))}))
    }),
    json("deprecated-all", (50, 10_000), DOCS, |n, v| {
        let member = |i| {
            (format!("p{i}"), json!({"type": "string", "deprecated": v.pick(false, true), "description": v.word()}))
        };
        one(json!({"type": "object", "properties": map(n, member)}))
    }),
    json("title-of-the-document", (1_000, 900_000), BREAKING, |n, v| {
        with(edited(v), "/info", "title", json!("T".repeat(n)))
    }),
    json("version-of-the-document", (1_000, 900_000), BREAKING, |n, v| {
        with(edited(v), "/info", "version", json!("9.".repeat(n / 2) + v.word()))
    }),
    json("name-of-a-member", (1_000, 900_000), BREAKING, |n, v| {
        one(json!({"type": "object", "properties": {"n".repeat(n): {"type": v.kind()}}}))
    }),
    json("names-of-members", (8, 400), RISKY, |n, v| {
        one(object(map(n, |i| ("n".repeat(2_000) + &format!("{i}{}", v.word()), json!({})))))
    }),
    json("names-of-values", (10, 300), BREAKING, |n, v| {
        one(json!({"enum": list(n, |i| json!(v.word().repeat(600) + &i.to_string()))}))
    }),
    json("long-path-times-changes", (20, 3_000), BREAKING, |n, v| {
        let mut document =
            one(json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), json!({"type": v.kind()})))}));
        let item = document["paths"]["/x"].take();
        document["paths"] = json!({format!("/{}", "p".repeat(200 * n)): item});
        document
    }),
    json("long-paths-times-parameters", (4, 40), RISKY, |n, v| {
        let parameters = list(n, |j| json!({"name": format!("{}{j}", v.word()), "in": "query"}));
        routes(json!({"S0": {}}), n, |i| {
            (format!("/{}{i}", "p".repeat(500 * n)), json!({"get": {"parameters": parameters, "responses": {}}}))
        })
    }),
    json("long-path-of-placeholders", (50, 60_000), Told::Same, |n, v| {
        let path: String = (0..n).map(|i| format!("/{{{}{i}}}", v.word())).collect::<Vec<_>>().concat();
        routes(json!({"S0": {}}), 1, |_| (path.clone(), json!({"get": plain()})))
    }),
    json("tags", (50, 20_000), Told::Same, |n, v| {
        let tags = list(n, |i| json!(format!("{}{i}", v.word())));
        let declared = list(n, |i| json!({"name": format!("{}{i}", v.word())}));
        with(with(one(json!({})), "", "tags", declared), "/paths/~1x/post", "tags", tags)
    }),
    json("extensions", (50, 30_000), Told::Same, |n, v| {
        with(one(json!({})), "", "x-all", map(n, |i| (format!("x-{i}"), json!({v.word(): [i]}))))
    }),
];

/// A document with one change.
fn edited(version: Version) -> Value {
    one(json!({"type": version.kind()}))
}
