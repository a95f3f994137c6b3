//! Which operation a request means: literal before constrained before free, never guessed.

use preavis::audience::{Route, Routes, Target};

use crate::harness::contract;

const API: &str = r#"openapi: 3.0.3
info: {title: t, version: "1"}
servers: [{url: "https://api.example.org/base/v1/"}]
paths:
  /users/me: {get: {responses: {}}}
  /users/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {}}
  /users/{login}:
    parameters: [{name: login, in: path, required: true, schema: {type: string, pattern: "^[a-z]+$"}}]
    get: {responses: {}}
  users/{user_id}/files/{name}.csv: {get: {responses: {}}}
  /a/{x}: {get: {responses: {}}}
  /{y}/b: {get: {responses: {}}}
  /c/{x}:
    parameters: [{name: x, in: path, required: true, schema: {enum: [p, q]}}]
    get: {responses: {}}
  /c/{y}/:
    parameters: [{name: y, in: path, required: true, schema: {enum: [q, r]}}]
    get: {responses: {}}
  /export.json: {post: {responses: {}}}
"#;

fn found(request: &str) -> String {
    let api = contract(API);
    let (method, path) = request.split_once(' ').unwrap();
    let name = |ix: usize| api.operations[ix].key.template.text.clone();
    match Routes::new(&api).find(method, &Target::parse(path).unwrap()) {
        Route::One(ix) => name(ix),
        Route::Several(list) => list.into_iter().map(name).collect::<Vec<_>>().join(" | "),
        Route::None => "none".to_owned(),
    }
}

#[test]
fn requests_find_their_operation() {
    for (request, said) in [
        ("GET /users/me", "/users/me"),
        ("GET /users/12", "/users/{id}"),
        ("GET /users/ada", "/users/{login}"),
        ("GET /users/12.json?x=1", "/users/{id}"),
        ("GET https://api.example.org/base/v1/users/12/", "/users/{id}"),
        ("HEAD //users//12", "/users/{id}"),
        ("GET /users/7/files/a.csv", "/users/{user_id}/files/{name}.csv"),
        ("GET /users/7/files/.csv", "none"),
        ("GET /a/z", "/a/{x}"),
        ("GET /a/b", "/a/{x}"),
        ("GET /c/p", "/c/{x}"),
        ("GET /c/q", "/c/{x} | /c/{y}/"),
        ("POST /export.json", "/export.json"),
        ("POST /export", "none"),
        ("DELETE /users/12", "none"),
        ("GET /users/a%2Fb", "/users/{id} | /users/{login}"),
        ("GET /base/v2/users/12", "none"),
    ] {
        assert_eq!(found(request), said, "{request}");
    }
}

#[test]
fn declared_operations_match_by_shape() {
    let api = contract(API);
    let routes = Routes::new(&api);
    let path = |ix: usize| api.operations[ix].key.template.text.as_str();
    for (template, said) in [
        ("/users/{user}/files/{file}.csv", "/users/{user_id}/files/{name}.csv"),
        ("base/v1/a/{any}", "/a/{x}"),
        ("/users/me", "/users/me"),
    ] {
        assert!(matches!(routes.declared("GET", template), Route::One(ix) if path(ix) == said), "{template}");
    }
    assert_eq!(routes.declared("GET", "/users/you"), Route::None);
    assert!(matches!(routes.declared("GET", "/users/{any}"), Route::Several(_)));
}

/// A path of many segments against templates that all fit costs a bounded number of steps.
#[test]
fn many_like_templates_do_not_blow_up() {
    let mut text = "openapi: 3.0.3\ninfo: {title: t, version: \"1\"}\npaths:\n".to_owned();
    for ix in 0..60 {
        let segments: Vec<String> =
            (0..12).map(|at| format!("{}{{p{at}}}{}", "x".repeat((ix >> (at % 6)) & 1), "y".repeat(at % 2))).collect();
        text.push_str(&format!("  /{}: {{get: {{responses: {{}}}}}}\n", segments.join("/")));
    }
    let api = contract(&text);
    let target = Target::parse(&"/xxyy".repeat(12)).unwrap();
    let _ = Routes::new(&api).find("GET", &target);
}
