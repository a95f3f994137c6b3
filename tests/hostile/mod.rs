//! Documents made to hurt: they end in time, with an answer or with "undecided", never in silence or a crash.

use std::fmt::Write as _;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use preavis::rules::Level;

use crate::harness::{judged, place, proved};

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

/// How long an answer may take on a slow machine in a debug build: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most bytes of a payload that is shown.
const PAYLOAD: usize = 64 << 10;

/// The changes of two documents, each with how it is proven; they come in time, and no payload among them is large.
#[track_caller]
fn answered(base: &str, head: &str) -> Vec<String> {
    let (send, receive) = mpsc::channel();
    let (base, head) = (base.to_owned(), head.to_owned());
    thread::spawn(move || {
        let changes = proved(&base, &head);
        let payloads = changes.list.iter().filter_map(|change| change.exhibit.as_ref()?.payload.as_ref());
        let largest = payloads.map(|payload| payload.to_string().len()).max().unwrap_or_default();
        let said = judged(&changes).into_iter().filter(|(level, ..)| *level <= Level::Additive);
        let mut said: Vec<String> = said
            .map(|(level, rule, it)| format!("{} {rule} {} {:?}", level.as_str(), place(&changes, it), it.proof))
            .collect();
        said.sort();
        drop(send.send((said, largest)));
    });
    let (said, largest) = receive.recv_timeout(PATIENCE).expect("an answer, in time");
    assert!(largest <= PAYLOAD, "a payload of {largest} bytes");
    said
}

/// The same without the proofs, where something must be said.
#[track_caller]
fn said(base: &str, head: &str) -> Vec<String> {
    let said = answered(base, head);
    assert!(!said.is_empty(), "silence about a changed contract");
    said.iter().filter_map(|line| line.rsplit_once(' ')).map(|(line, _)| line.to_owned()).collect()
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
    let of = |count| answered(&chain(count, link, &last("string")), &chain(count, link, &last("integer")));
    assert_eq!(of(60), ["breaking response-type-replaced S60/a Proven"]);
    assert_eq!(of(2_000), ["risky response-constraint-unknown S0 Unproven(Branches)"]);
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
    assert_eq!(answered(&mesh("boolean"), &mesh("integer")), ["breaking response-type-replaced S100/[] Proven"]);
}

#[test]
fn ten_thousand_values_are_compared_one_by_one() {
    let list = |from: usize| (from..from + 10_000).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ");
    let text = |from| document(&format!("    S0: {{type: string, enum: [{}]}}\n", list(from)));
    assert_eq!(said(&text(0), &text(10)).len(), 20);
}

#[test]
fn patterns_that_explode_are_decided_or_said_to_be_undecided() {
    let text = |pattern: &str| document(&format!("    S0: {{type: string, pattern: '{pattern}'}}\n"));
    for (base, head, told) in [
        ("^(a|aa)+$", "^(a|a?)+$", "risky response-pattern-widened S0 Proven"),
        ("^(.*)*x$", "^((a+)+)+$", "breaking response-pattern-replaced S0 Proven"),
        ("^[a-z]{1000}[0-9]{1000}$", "^[a-z]{999}[0-9]{1000}$", "risky response-pattern-replaced S0 Proven"),
        ("^.*a.{40}$", "^.*b.{40}$", "risky response-pattern-replaced S0 Proven"),
        ("^(?=.*a)(?=.*b).*$", "^(?=.*a).*$", "risky response-pattern-replaced S0 Unproven(Pattern)"),
        ("^(a?){50}a{50}$", "^a{60}$", "additive response-pattern-narrowed S0 Proven"),
    ] {
        assert_eq!(answered(&text(base), &text(head)), [told], "{base} to {head}");
    }
}

#[test]
fn deep_values_are_built_to_a_depth() {
    let link = |n: usize| format!("{{type: object, required: [n], properties: {{n: {}}}}}", reference(n + 1));
    let deep = answered(&chain(100, link, "{type: string}"), &chain(100, link, "{type: integer}"));
    assert_eq!(deep, ["breaking response-type-replaced S100 Proven"]);
    let items = |n: usize| format!("{{type: array, minItems: 5, uniqueItems: true, items: {}}}", reference(n + 1));
    // Five different items at each of twelve levels are more than anybody writes: what holds them stays undecided.
    let wide = answered(&chain(12, items, "{type: string}"), &chain(12, items, "{type: integer}"));
    assert_eq!(wide, ["risky response-type-replaced S12 Unproven(Opaque)"]);
}

#[test]
fn what_cannot_exist_is_not_built_for_ever() {
    let itself =
        "{type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/S0'}, b: {type: KIND}}}";
    let text = |kind: &str| document(&format!("    S0: {}\n", itself.replace("KIND", kind)));
    // No value ever ends, so there is none in either version, and none is lost.
    assert_eq!(answered(&text("string"), &text("integer")), [""; 0]);
    let huge = |n: u64| {
        document(&format!("    S0: {{type: array, minItems: {n}, items: {{type: string, minLength: {n}}}}}\n"))
    };
    assert_eq!(
        answered(&huge(1_000_000_000), &huge(1_000_000_001)),
        [
            "additive response-min-items-raised S0 Unproven(NoWitness)",
            "additive response-min-length-raised S0/[] Unproven(NoWitness)"
        ]
    );
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
    let told = answered(&union("string"), &union("integer"));
    assert!(told.iter().all(|line| line.starts_with("breaking response-type-replaced S0/|")), "{told:?}");
    assert_eq!(told.len(), 40 * 30);
}

/// A document with an operation at `/a`, whose callbacks and components are given.
fn calling(callbacks: &str, components: &str) -> String {
    let answer = "responses: {'200': {description: Ok}}";
    format!(
        "openapi: 3.1.0
info: {{title: Hostile, version: '1'}}
paths:
  /a: {{post: {{requestBody: {{content: {{a/b: {{schema: {{type: string}}}}}}}}, {answer}, callbacks: {callbacks}}}}}
components:
  {components}
"
    )
}

/// A callback's entry: it posts a body of the type and has callbacks itself.
fn called(kind: &str, callbacks: &str) -> String {
    let body = format!("requestBody: {{content: {{a/b: {{schema: {{type: {kind}}}}}}}}}");
    format!(
        "{{'{{$request.body#/u}}': {{post: {{{body}, responses: {{'204': {{description: Ok}}}}, callbacks: {callbacks}}}}}}}"
    )
}

#[test]
fn a_callback_within_itself_is_read_once() {
    let itself = "{d: {$ref: '#/components/callbacks/C'}}";
    let text = |kind| calling(itself, &format!("callbacks: {{C: {}}}", called(kind, itself)));
    assert_eq!(answered(&text("string"), &text("string")), [""; 0]);
    let edited = answered(&text("string"), &text("integer"));
    assert_eq!(edited.len(), 1, "{edited:?}");
    assert!(edited[0].starts_with("breaking response-type-replaced"), "{edited:?}");
    let cut = calling(itself, &format!("callbacks: {{C: {}}}", called("string", "{}")));
    let gone = answered(&text("string"), &cut);
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert!(gone[0].starts_with("breaking callback-removed"), "{gone:?}");
}

#[test]
fn a_path_that_calls_itself_back_is_compared_once_in_each_direction() {
    let text = |kind: &str| calling("{c: {'{$u}': {$ref: '#/paths/~1a'}}}", "schemas: {}").replace("string", kind);
    assert_eq!(answered(&text("string"), &text("string")), [""; 0]);
    let edited = answered(&text("string"), &text("integer"));
    assert_eq!(edited.len(), 2, "{edited:?}");
    for side in ["breaking request-type-replaced", "breaking response-type-replaced"] {
        assert!(edited.iter().any(|line| line.starts_with(side)), "{edited:?}");
    }
}

#[test]
fn a_path_item_that_reaches_itself_is_read_once() {
    let reached = "{c: {'{$u}': {$ref: '#/components/pathItems/P'}}}";
    let text = |kind: &str| {
        let body = format!("requestBody: {{content: {{a/b: {{schema: {{type: {kind}}}}}}}}}");
        let answer = "responses: {'204': {description: Ok}}";
        calling(reached, &format!("pathItems: {{P: {{post: {{{body}, {answer}, callbacks: {reached}}}}}}}"))
    };
    assert_eq!(answered(&text("string"), &text("string")), [""; 0]);
    let edited = answered(&text("string"), &text("integer"));
    assert_eq!(edited.len(), 1, "{edited:?}");
}

#[test]
fn a_document_is_no_map_of_callbacks() {
    let text = |kind: &str| calling("{$ref: '#'}", "schemas: {}").replace("string", kind);
    assert_eq!(answered(&text("string"), &text("string")), [""; 0]);
    assert!(
        answered(&text("string"), &text("integer"))
            .iter()
            .any(|line| line.starts_with("breaking request-type-replaced"))
    );
}

#[test]
fn callbacks_that_all_refer_to_each_other_are_read_once_for_each_direction() {
    let mesh = |count: usize, kind: &str| {
        let all: Vec<String> = (0..count).map(|n| format!("c{n}: {{$ref: '#/components/callbacks/C{n}'}}")).collect();
        let all = format!("{{{}}}", all.join(", "));
        let one = |n: usize| {
            let kind = if n == 0 { kind } else { "string" };
            format!("C{n}: {}", called(kind, &all).replace("#/u", &format!("#/u{n}")))
        };
        let each: Vec<String> = (0..count).map(one).collect();
        calling(&all, &format!("callbacks: {{{}}}", each.join(", ")))
    };
    assert_eq!(answered(&mesh(2, "string"), &mesh(2, "string")), [""; 0]);
    assert_eq!(answered(&mesh(2, "string"), &mesh(2, "integer")).len(), 2);
    assert_eq!(answered(&mesh(40, "string"), &mesh(40, "integer")).len(), 2);
}

#[test]
fn callbacks_nested_without_end_are_unknown_where_anything_differs() {
    let nested = |count: usize, last: &str| {
        let one = |n: usize| {
            let next = format!(
                "{{a: {{$ref: '#/components/callbacks/C{0}'}}, b: {{$ref: '#/components/callbacks/D{0}'}}}}",
                n + 1
            );
            let entry = called("string", &next);
            format!("C{n}: {entry}, D{n}: {}", entry.replace("#/u", "#/v"))
        };
        let each: Vec<String> = (0..count).map(one).collect();
        let end = called(last, "{}");
        let each = format!("{}, C{count}: {end}, D{count}: {end}", each.join(", "));
        calling("{a: {$ref: '#/components/callbacks/C0'}}", &format!("callbacks: {{{each}}}"))
    };
    assert_eq!(answered(&nested(2_000, "string"), &nested(2_000, "string")), [""; 0]);
    let edited = answered(&nested(2_000, "string"), &nested(2_000, "integer"));
    assert!(!edited.is_empty() && edited.iter().all(|line| line.starts_with("risky callback-unknown")), "{edited:?}");
    let near = answered(&nested(20, "string"), &nested(20, "integer"));
    assert!(near.iter().any(|line| line.starts_with("breaking") || line.starts_with("risky")), "{near:?}");
}
