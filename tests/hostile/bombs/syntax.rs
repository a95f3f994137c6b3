//! JSON and YAML as such: deep, repeated, aliased, tagged, cut off.

use serde_json::json;

use super::build::one;
use super::{BREAKING, Bomb, DOCS, Told, text};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\n";

pub(super) const BOMBS: &[Bomb] = &[
    text("json-deep", (300, 45_000), Told::Refused, |n, v| {
        let inner = format!("{}{{\"type\":\"{}\"}}{}", "{\"properties\":{\"a\":".repeat(n), v.kind(), "}}".repeat(n));
        one(json!("DEEP")).to_string().replace("\"DEEP\"", &inner)
    }),
    text("json-deep-value", (300, 100_000), Told::Refused, |n, v| {
        let inner = format!("{}\"{}\"{}", "[".repeat(n), v.kind(), "]".repeat(n));
        one(json!({"enum": ["DEEP"]})).to_string().replace("\"DEEP\"", &inner)
    }),
    text("json-cut-off", (300, 100_000), Told::Refused, |n, v| {
        let whole = one(json!({"type": v.kind(), "description": "d".repeat(n)})).to_string();
        v.pick(whole.clone(), whole[..whole.len() - 3].to_owned())
    }),
    text("json-same-key", (100, 20_000), DOCS, |n, v| {
        let path = "\"/x\":{\"get\":{\"responses\":{}}},".repeat(n);
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"a","version":"1"}},"paths":{{
                {path}"/y":{{"get":{{"summary":"{}","responses":{{}}}}}}}}}}"#,
            v.word()
        )
    }),
    text("json-escapes", (500, 150_000), Told::Same, |n, v| {
        one(json!({"title": "LONG"})).to_string().replace("LONG", &(v.pick("\\u0041", "A").repeat(n)))
    }),
    text("json-zero-bytes", (500, 900_000), Told::Refused, |n, _| {
        format!("{{\"openapi\":\"3.1.0\",{}", "\0".repeat(n))
    }),
    text("yaml-deep-flow", (500, 400_000), Told::Refused, |n, _| {
        format!("{HEAD}x: {}{}", "[".repeat(n), "]".repeat(n))
    }),
    text("yaml-deep-block", (150, 900), Told::Refused, |n, _| {
        HEAD.to_owned() + &(0..n).map(|i| format!("{}x{i}:\n", " ".repeat(i))).collect::<Vec<_>>().concat()
    }),
    text("yaml-deep-sequences", (500, 400_000), Told::Refused, |n, _| format!("{HEAD}x:\n  {}a\n", "- ".repeat(n))),
    text("yaml-deep-keys", (500, 300_000), Told::Refused, |n, _| format!("{HEAD}{}a", "? ".repeat(n))),
    text("yaml-aliases-of-aliases", (6, 20), Told::Refused, |n, _| {
        let level = |i: usize| format!("x{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(","));
        format!("{HEAD}x0: &a0 [{}]\n{}", ["lol"; 9].join(","), (1..n).map(level).collect::<Vec<_>>().concat())
    }),
    text("yaml-schemas-doubled-by-aliases", (6, 14), BREAKING, |n, v| {
        let level = |i: usize| format!("    S{i}: &a{i} {{type: object, properties: {{l: *a{0}, r: *a{0}}}}}\n", i - 1);
        let used = format!(
            "/x: {{get: {{responses: {{'200': {{description: a,
      content: {{a/b: {{schema: {{$ref: '#/components/schemas/S{}'}}}}}}}}}}}}}}",
            n - 1
        );
        let head = HEAD.replace("{}", &format!("{{{used}}}"));
        let first = format!("    S0: &a0 {{type: object, properties: {{z: {{type: {}}}}}}}\n", v.kind());
        format!("{head}components:\n  schemas:\n{first}{}", (1..n).map(level).collect::<Vec<_>>().concat())
    }),
    text("yaml-anchors", (50, 15_000), Told::Same, |n, v| {
        HEAD.to_owned()
            + &(0..n).map(|i| format!("x{i}: &a{i} {}\ny{i}: *a{i}\n", v.word())).collect::<Vec<_>>().concat()
    }),
    text("yaml-merge-keys", (20, 150), Told::Same, |n, _| {
        let keys: Vec<String> = (0..n).map(|i| format!("k{i}: 1")).collect();
        let level = |i: usize| format!("x{i}: &a{i} {{<<: *a{}, n{i}: 1}}\n", i - 1);
        format!("{HEAD}x0: &a0 {{{}}}\n{}", keys.join(", "), (1..n).map(level).collect::<Vec<_>>().concat())
    }),
    text("yaml-tags", (50, 20_000), Told::Same, |n, v| {
        HEAD.to_owned()
            + &(0..n).map(|i| format!("x{i}: !!python/object:a.b{i} {}\n", v.word())).collect::<Vec<_>>().concat()
    }),
    text("yaml-many-documents", (500, 200_000), Told::Refused, |n, _| "---\n".repeat(n) + "a: b"),
    text("yaml-comments", (500, 500_000), Told::Refused, |n, _| "#\n".repeat(n)),
    text("yaml-long-key", (500, 900_000), Told::Same, |n, v| format!("{HEAD}? {}\n: {}", "a".repeat(n), v.word())),
    text("yaml-quoted-over-lines", (500, 190_000), Told::Same, |n, v| {
        format!("{HEAD}x: \"{}{}\"\n", "a\\\n  ".repeat(n), v.word())
    }),
    text("yaml-flow-list", (500, 200_000), Told::Same, |n, _| format!("{HEAD}x: [{}]", vec!["'a'"; n].join(","))),
];
