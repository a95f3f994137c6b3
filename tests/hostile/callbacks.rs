//! Callbacks that reach themselves and each other.

use super::answered;

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
