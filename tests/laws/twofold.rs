//! One fact, one verdict in 2.0 and in 3.0: each edit of a 2.0 document is judged as the same edit of its rewriting.

use preavis::rules::Level;
use serde_json::{Value, json};

use super::convert::convert;
use super::noise;
use crate::harness::{compare, contract, lines_from};

fn shop() -> Value {
    json!({
        "swagger": "2.0", "info": {"title": "Stalls", "version": "1"},
        "host": "stalls.example", "basePath": "/v1", "schemes": ["https"],
        "produces": ["application/json"],
        "securityDefinitions": {
            "people": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://in.example/a",
                       "tokenUrl": "https://in.example/t", "scopes": {"read": "Read", "write": "Write"}},
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "security": [{"people": ["read"]}],
        "paths": {
            "/stalls/{id}": {"get": {
                "parameters": [
                    {"name": "id", "in": "path", "required": true, "type": "string"},
                    {"name": "lang", "in": "query", "type": "string", "default": "fr"},
                    {"name": "tags", "in": "query", "type": "array", "items": {"type": "string"},
                     "collectionFormat": "multi"},
                    {"name": "X-Trace", "in": "header", "type": "string"}],
                "responses": {"200": {"description": "A stall", "schema": {"$ref": "#/definitions/Stall"},
                    "headers": {"X-Count": {"type": "integer"}}}}}},
            "/stalls": {"post": {
                "consumes": ["application/x-www-form-urlencoded"],
                "parameters": [{"name": "name", "in": "formData", "required": true, "type": "string"},
                               {"name": "kind", "in": "formData", "type": "string", "default": "food"}],
                "responses": {"201": {"description": "Made"}}}}},
        "definitions": {"Stall": {"type": "object", "properties": {"name": {"type": "string"}}}}})
}

const GET: &str = "/paths/~1stalls~1{id}/get";
const POST: &str = "/paths/~1stalls/post";

/// Where something is written anew; `null` takes it away.
fn edits() -> Vec<(&'static str, String, Value)> {
    let get = |rest: &str| format!("{GET}{rest}");
    let post = |rest: &str| format!("{POST}{rest}");
    let at = |text: &str| text.to_owned();
    vec![
        ("host", at("/host"), json!("market.example")),
        ("no host", at("/host"), Value::Null),
        ("base path", at("/basePath"), json!("/v2")),
        ("no base path", at("/basePath"), Value::Null),
        ("scheme", at("/schemes"), json!(["http"])),
        ("one scheme more", at("/schemes"), json!(["https", "http"])),
        ("schemes of an operation", get("/schemes"), json!(["http"])),
        ("token address", at("/securityDefinitions/people/tokenUrl"), json!("https://in.example/u")),
        ("sign-in address", at("/securityDefinitions/people/authorizationUrl"), json!("https://in.example/b")),
        ("flow", at("/securityDefinitions/people/flow"), json!("implicit")),
        ("scope lost", at("/securityDefinitions/people/scopes/write"), Value::Null),
        ("scope won", at("/securityDefinitions/people/scopes/sell"), json!("Sell")),
        ("scope described", at("/securityDefinitions/people/scopes/read"), json!("Look")),
        ("scope asked", at("/security/0/people"), json!(["read", "write"])),
        ("another scheme", at("/security/0"), json!({"key": []})),
        ("key elsewhere", at("/securityDefinitions/key/name"), json!("X-Token")),
        ("path parameter", get("/parameters/0/type"), json!("integer")),
        ("default of a parameter", get("/parameters/1/default"), json!("en")),
        ("parameter required", get("/parameters/1/required"), json!(true)),
        ("parameter described", get("/parameters/1/description"), json!("The language")),
        ("list written otherwise", get("/parameters/2/collectionFormat"), json!("csv")),
        ("header required", get("/parameters/3/required"), json!(true)),
        ("media type", at("/produces"), json!(["application/xml"])),
        ("header type", get("/responses/200/headers/X-Count/type"), json!("string")),
        ("header lost", get("/responses/200/headers/X-Count"), Value::Null),
        ("header described", get("/responses/200/headers/X-Count/description"), json!("How many")),
        ("property", at("/definitions/Stall/properties/name/type"), json!("integer")),
        ("field required", post("/parameters/1/required"), json!(true)),
        ("default of a field", post("/parameters/1/default"), json!("drink")),
        ("field typed", post("/parameters/0/type"), json!("integer")),
        ("fields sent otherwise", post("/consumes"), json!(["multipart/form-data"])),
        ("status", post("/responses"), json!({"202": {"description": "Made"}})),
    ]
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).expect(pointer);
    match (parent, value) {
        (Value::Object(members), Value::Null) => drop(members.remove(name)),
        (Value::Object(members), value) => drop(members.insert(name.to_owned(), value)),
        (Value::Array(items), value) => items[name.parse::<usize>().expect("a place")] = value,
        (other, _) => panic!("{pointer} lies in {other}"),
    }
}

/// Levels and rules, without places: they are spelt otherwise.
fn told(base: &Value, head: &Value) -> Vec<String> {
    let changes = compare_values(base, head);
    let mut out: Vec<String> =
        changes.into_iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    out.dedup();
    out
}

fn compare_values(base: &Value, head: &Value) -> Vec<String> {
    lines_from(&compare(&base.to_string(), &head.to_string()), Level::Docs)
}

#[test]
fn a_document_and_its_rewriting_are_one_contract() {
    let base = shop();
    let noise = noise(&contract(&base.to_string()), &contract(&convert(&base).to_string()));
    assert_eq!(noise, [""; 0]);
}

#[test]
fn edits_of_both_are_judged_alike() {
    let base = shop();
    let mut failures = Vec::new();
    for (name, pointer, value) in edits() {
        let mut head = base.clone();
        put(&mut head, &pointer, value);
        let (olds, news) = ([&base, &head], [&convert(&base), &convert(&head)]);
        for (way, [one, other]) in [("forth", [0, 1]), ("back", [1, 0])] {
            let (was, is) = (told(olds[one], olds[other]), told(news[one], news[other]));
            if was != is || was.is_empty() {
                failures.push(format!("{name}, {way}\n    2.0 {was:?}\n    3.0 {is:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
