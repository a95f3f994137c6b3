//! Documents made to hurt: they end in time, with an answer or with "undecided", never in silence or a crash.

use std::fmt::Write as _;

use crate::harness::{lines, proved};

/// A document whose response is the schema `S0`.
fn document(schemas: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Hostile, version: '1'}}
paths: {{/x: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S0'}}}}}}}}}}}}}}}}
components:
  schemas:
{schemas}"
    )
}

fn reference(n: usize) -> String {
    format!("{{$ref: '#/components/schemas/S{n}'}}")
}

/// `count` schemas, each written by `one`, the last by `last`.
fn chain(count: usize, one: impl Fn(usize) -> String, last: &str) -> String {
    let mut out = String::new();
    for n in 0..count {
        writeln!(out, "    S{n}: {}", one(n)).unwrap();
    }
    writeln!(out, "    S{count}: {last}").unwrap();
    document(&out)
}

#[track_caller]
fn said(base: &str, head: &str) -> Vec<String> {
    let lines = lines(&proved(base, head));
    assert!(!lines.is_empty(), "silence about a changed contract");
    lines
}

#[test]
fn unions_of_unions_end_in_undecided() {
    let union = |n| format!("{{anyOf: [{0}, {{oneOf: [{0}, {{type: array, items: {0}}}]}}]}}", reference(n + 1));
    let found = said(&chain(40, union, "{type: string}"), &chain(40, union, "{type: integer}"));
    assert!(found.iter().all(|line| line.starts_with("risky response-constraint-unknown")), "{found:?}");
}

#[test]
fn a_ring_of_schemas_is_compared_once_around() {
    let ring = |count: usize, last: &'static str| {
        let one =
            move |n: usize| format!("{{type: object, properties: {{next: {}}}}}", reference((n + 1) % (count + 1)));
        chain(count, one, last)
    };
    let back = "{type: object, properties: {next: {$ref: '#/components/schemas/S0'}, v: {type: string}}}";
    let other = "{type: object, properties: {next: {$ref: '#/components/schemas/S0'}, v: {type: integer}}}";
    assert_eq!(said(&ring(300, back), &ring(300, other)), ["breaking response-type-replaced S300/v"]);
}

#[test]
fn a_long_chain_of_all_of_is_answered() {
    let link = |n| format!("{{allOf: [{}, {{type: object}}]}}", reference(n + 1));
    let last = |kind: &str| format!("{{type: object, properties: {{a: {{type: {kind}}}}}}}");
    said(&chain(60, link, &last("string")), &chain(60, link, &last("integer")));
    said(&chain(2_000, link, &last("string")), &chain(2_000, link, &last("integer")));
}

#[test]
fn types_that_contain_each_other_hide_nothing() {
    let tree = |leaf: &str| {
        document(&format!(
            "    S0: {{type: array, items: {{anyOf: [{0}, {1}, {{type: string}}]}}}}
    S1: {{type: array, items: {{anyOf: [{1}, {0}, {{type: {leaf}}}]}}}}
",
            reference(0),
            reference(1)
        ))
    };
    assert_eq!(said(&tree("string"), &tree("integer")), ["breaking response-type-replaced S1/[]"]);
}

#[test]
fn many_unions_over_each_other_do_not_exhaust_the_stack() {
    let mesh = |leaf: &str| {
        let one = |n: usize| {
            format!(
                "{{type: array, items: {{anyOf: [{}, {}, {{type: string}}]}}}}",
                reference((n * 7 + 1) % 101),
                reference(n + 1)
            )
        };
        chain(100, one, &format!("{{type: array, items: {{type: {leaf}}}}}"))
    };
    said(&mesh("boolean"), &mesh("integer"));
}

#[test]
fn ten_thousand_values_are_compared_one_by_one() {
    let list = |from: usize| (from..from + 10_000).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ");
    let text = |from| document(&format!("    S0: {{type: string, enum: [{}]}}\n", list(from)));
    assert_eq!(said(&text(0), &text(10)).len(), 20);
}

#[test]
fn patterns_that_explode_are_undecided() {
    let text = |pattern: &str| document(&format!("    S0: {{type: string, pattern: '{pattern}'}}\n"));
    for (base, head) in [
        ("^(a|aa)+$", "^(a|a?)+$"),
        ("^(.*)*x$", "^((a+)+)+$"),
        ("^[a-z]{1000}[0-9]{1000}$", "^[a-z]{999}[0-9]{1000}$"),
        ("^.*a.{40}$", "^.*b.{40}$"),
        ("^(?=.*a)(?=.*b).*$", "^(?=.*a).*$"),
        ("^(a?){50}a{50}$", "^a{60}$"),
    ] {
        said(&text(base), &text(head));
    }
}

#[test]
fn deep_values_are_built_to_a_depth() {
    let link = |n: usize| format!("{{type: object, required: [n], properties: {{n: {}}}}}", reference(n + 1));
    said(&chain(100, link, "{type: string}"), &chain(100, link, "{type: integer}"));
    let items = |n: usize| format!("{{type: array, minItems: 5, uniqueItems: true, items: {}}}", reference(n + 1));
    said(&chain(12, items, "{type: string}"), &chain(12, items, "{type: integer}"));
}

#[test]
fn what_cannot_exist_is_not_built_for_ever() {
    let itself =
        "{type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/S0'}, b: {type: KIND}}}";
    let text = |kind: &str| document(&format!("    S0: {}\n", itself.replace("KIND", kind)));
    drop(proved(&text("string"), &text("integer")));
    let huge = |n: u64| {
        document(&format!("    S0: {{type: array, minItems: {n}, items: {{type: string, minLength: {n}}}}}\n"))
    };
    said(&huge(1_000_000_000), &huge(1_000_000_001));
}

#[test]
fn wide_unions_of_wide_objects_end() {
    let object = |n: usize, kind: &str| {
        let members: Vec<String> = (0..30).map(|m| format!("m{m}: {{type: {kind}}}")).collect();
        format!("{{type: object, required: [k{n}], properties: {{k{n}: {{const: {n}}}, {}}}}}", members.join(", "))
    };
    let union = |kind: &str| {
        let list: Vec<String> = (0..40).map(|n| object(n, kind)).collect();
        document(&format!("    S0: {{oneOf: [{}]}}\n", list.join(", ")))
    };
    said(&union("string"), &union("integer"));
}
