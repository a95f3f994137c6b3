//! Laws over generated and mutated texts: equal values give equal arenas, and nothing panics.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1_000_000..1_000_000i32).prop_map(|n| Value::from(f64::from(n) / 8.0)),
        "[ -~é\n\"\\\\]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec(("[a-z$/~\"é]{0,4}", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Block style, every string quoted as in JSON.
fn block(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                write!(out, "\n{pad}-").unwrap();
                block(item, indent + 2, out);
            }
        }
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                write!(out, "\n{pad}{}:", Value::from(name.as_str())).unwrap();
                block(member, indent + 2, out);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            write!(out, " {value}").unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn notations_agree(value in value()) {
        let compact = parsed(&value.to_string());
        assert_value(&compact.file, &value);
        let pretty = parsed(&serde_json::to_string_pretty(&value).unwrap());
        prop_assert_eq!(shape(&compact.file), shape(&pretty.file));
        let mut text = String::from("---");
        block(&value, 0, &mut text);
        let yaml = parsed(&text);
        prop_assert_eq!(shape(&compact.file), shape(&yaml.file), "{}", text);
        prop_assert_eq!(compact.file.refs(), yaml.file.refs());
    }

    #[test]
    fn mutants_never_panic(cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..40usize, "[\\[\\]{}:,&*!|>'\"%@#\\-? \n\ta-c0-9<$]{0,6}"), 1..6), which in 0..SEEDS.len()) {
        let mut bytes = SEEDS[which].as_bytes().to_vec();
        for (at, removed, inserted) in cuts {
            let at = at.index(bytes.len() + 1);
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, inserted.bytes());
        }
        let files = Memory(vec![("a.yaml".to_owned(), bytes), ("b.yaml".to_owned(), SEEDS[1].as_bytes().to_vec())]);
        if let Ok(document) = load(&files, "a.yaml", &mut ParseCache::default(), &Limits::default()) {
            for ix in 0..document.file(document.root().file).len() {
                let at = Loc { node: NodeIx(u32::try_from(ix).unwrap()), ..document.root() };
                let _ = (document.follow(at), document.text(at), document.file(at.file).pointer(at.node));
            }
        }
    }
}

const SEEDS: &[&str] = &[
    "openapi: 3.1.0\ninfo: &i {title: \"a\\tb\", x: 'it''s'}\npaths:\n  /a: {$ref: 'b.yaml#/paths/~1a'}\n  /b:\n    get:\n      description: |\n        text\n          more\n      \
     summary: >-\n        folded\n        text\n      responses: {<<: *i, 200: {$ref: '#/components/responses/x'}}\ncomponents:\n  responses:\n    x: {$ref: '#/components/responses/y'}\n    y: {$id: 'http://a/b', $anchor: q, $ref: '#q'}\n",
    "swagger: '2.0'\ninfo: {}\npaths:\n  /a:\n    $ref: a.yaml#/paths/~1b\n  \"/c\": [1, .5, 0x1f, ~, !!str 5, \"\\u00e9\"]\n",
    "{\"openapi\": \"3.0.1\", \"info\": {}, \"paths\": {\"\\/a\": {\"$ref\": \"b.yaml#/paths/~1a\"}}, \"components\": {\"schemas\": {\"a\": {\"$ref\": \"#/components/schemas/a\"}, \"a\": 1e400, \"b\": [[], {}, -0.5]}}}",
];
