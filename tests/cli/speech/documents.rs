//! Every text of a document, one after the other and all at once.

use serde_json::{Map, Value, json};

use super::super::place::Place;
use super::{COLOURS, COMMAND, HOSTILE, harmless, run};

/// A document that says most of what a contract can say.
fn document(version: u64) -> Value {
    let old = version == 1;
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Ferries", "version": "1", "description": if old { "Sailings of a day" } else { "Sailings of a week" }},
        "servers": [{"url": if old { "https://sea.example/v1" } else { "https://sea.example/v2" }, "description": "sea"}],
        "security": [{if old { "key" } else { "token" }: []}],
        "paths": {
            "/sailings/{day}": {
                "parameters": [{"name": "day", "in": "path", "required": true, "schema": {"type": "string"}}],
                "get": {
                    "operationId": "sailings", "tags": ["sailings"], "deprecated": !old,
                    "summary": if old { "All sailings of a day" } else { "Sailings of one day" },
                    "parameters": [
                        {"name": "port", "in": "query", "required": !old, "schema": {"type": "string", "enum": if old { json!(["north", "south"]) } else { json!(["north"]) }}},
                        {"name": "X-Line", "in": "header", "schema": {"type": "string", "pattern": if old { "^a" } else { "^b" }}},
                    ],
                    "responses": {
                        "200": {
                            "description": "sailings",
                            "headers": {"X-Rate": {"schema": {"type": if old { "integer" } else { "string" }}}},
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/sailing"}},
                                "text/plain": {"schema": {"type": "string", "enum": if old { json!(["on time"]) } else { json!(["on time", "late"]) }}},
                            },
                            "links": {"next": {"operationId": "sailings", "description": if old { "a b" } else { "c d" }}},
                        },
                        "4XX": {"description": if old { "wrong day" } else { "odd day" }},
                    },
                },
                "post": {
                    "requestBody": {"content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/booking"}},
                        "text/csv": {"schema": {"type": "string", "maxLength": if old { 9 } else { 8 }}},
                    }},
                    "responses": {"201": {"description": "booked"}},
                    "callbacks": {"sailed": {"{$request.body#/url}": {"post": {
                        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"at": {"type": if old { "string" } else { "integer" }}}}}}},
                        "responses": {"200": {"description": "seen"}},
                    }}}},
                },
            },
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}, "token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "sailing": {
                    "type": "object", "required": if old { json!(["ship", "seats"]) } else { json!(["ship"]) },
                    "properties": {
                        "ship": {"type": "string", "description": if old { "The name of the ship" } else { "Name of a ship" }},
                        "state": {"type": "string", "enum": if old { json!(["sailed", "waits"]) } else { json!(["sailed", "waits", "gone"]) }, "default": if old { "waits" } else { "sailed" }},
                        if old { "seats" } else { "places" }: {"type": "integer", "example": 3},
                        "stops": {"type": "array", "items": {"$ref": "#/components/schemas/stop"}},
                    },
                },
                "stop": {"oneOf": [{"$ref": "#/components/schemas/quay"}, {"type": "string", "format": if old { "date" } else { "uuid" }}]},
                "quay": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": ["quay"]}}, "additionalProperties": old},
                "booking": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "minLength": if old { 1 } else { 2 }}, "url": {"type": "string"}}},
            },
        },
    })
}

/// The words by which a document is read; everything else is a text of its author.
const WORDS: &[&str] = &[
    "openapi",
    "info",
    "title",
    "version",
    "description",
    "servers",
    "url",
    "security",
    "tags",
    "name",
    "paths",
    "parameters",
    "in",
    "required",
    "schema",
    "type",
    "get",
    "post",
    "operationId",
    "deprecated",
    "summary",
    "enum",
    "pattern",
    "responses",
    "headers",
    "content",
    "$ref",
    "links",
    "requestBody",
    "callbacks",
    "components",
    "securitySchemes",
    "scheme",
    "schemas",
    "properties",
    "default",
    "example",
    "items",
    "oneOf",
    "format",
    "additionalProperties",
    "minLength",
    "maxLength",
];

/// Replaces texts of a document, and counts all there are.
struct Speaker<'a> {
    hostile: &'a str,
    /// Which texts, by their number from 1.
    chosen: &'a dyn Fn(usize) -> bool,
    texts: usize,
}

impl Speaker<'_> {
    fn said(&mut self, text: &str) -> String {
        self.texts += 1;
        let hostile = self.hostile;
        // A path stays a path and a version a version, so that something is left to compare.
        let kept = ["3.0.3", "string", "integer", "object", "array", "path", "query", "header", "apiKey", "http"];
        if !(self.chosen)(self.texts) || kept.contains(&text) {
            text.to_owned()
        } else if text.starts_with('/') {
            format!("{text}/{hostile}")
        } else {
            format!("{hostile}{}", &text[..text.len().min(1)])
        }
    }

    fn speak(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.said(text)),
            Value::Array(items) => items.iter().map(|item| self.speak(item)).collect(),
            Value::Object(members) => {
                let mut out = Map::new();
                for (name, member) in members {
                    let name = if WORDS.contains(&name.as_str()) { name.clone() } else { self.said(name) };
                    out.insert(name, self.speak(member));
                }
                out.into()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// A document of which some texts are replaced.
fn spoken(version: u64, hostile: &str, chosen: &dyn Fn(usize) -> bool) -> String {
    Speaker { hostile, chosen, texts: 0 }.speak(&document(version)).to_string()
}

/// Compares two documents in every format, and asserts that nobody speaks.
fn compare(place: &Place, formats: &[&str], doing: &str) -> usize {
    let mut entries = 0;
    for format in formats {
        let args = format!("diff old.json new.json --keep-going --level docs --format {format}");
        let mut run = run(&mut place.command(&args));
        if args.ends_with("always") {
            assert!(run.out.lines().all(|line| !COMMAND.is_match(line)), "{args}: {doing} {}", run.out);
            run.out = COLOURS.replace_all(&run.out, "").into_owned();
        }
        harmless(&run, &format!("{args}: {doing}"));
        assert!(run.code < 3, "{run:?}");
        if run.code == 0 && *format == "json" {
            assert!(run.json()["version"] == 1);
        }
        entries += run.out.matches("pv1-").count();
    }
    entries
}

#[test]
fn all_texts_at_once_say_nothing() {
    for hostile in HOSTILE {
        let place = Place::new();
        for (name, version) in [("old.json", 1), ("new.json", 2)] {
            place.write(name, &spoken(version, hostile, &|_| true));
        }
        let formats = ["text", "text --color always", "md", "json", "text --lang fr", "text --strict"];
        compare(&place, &formats, &format!("{hostile:?}"));
    }
}

#[test]
fn no_single_text_says_anything() {
    let place = Place::new();
    let mut speaker = Speaker { hostile: "", chosen: &|_| false, texts: 0 };
    speaker.speak(&document(2));
    let texts = speaker.texts;
    assert!(texts > 85, "{texts}");
    let mut entries = 0;
    for at in 1..=texts {
        let hostile = HOSTILE[at * 5 % HOSTILE.len()];
        let only = |here: usize| here == at;
        // Where both have it the place is named, where one has it the value.
        let both = at % 2 == 0;
        place.write("old.json", &spoken(1, hostile, &|here| both && only(here)));
        place.write("new.json", &spoken(2, hostile, &only));
        let format = [["text"], ["md"], ["json"]][at % 3];
        entries += compare(&place, &format, &format!("{hostile:?} at {at}"));
    }
    assert!(entries > 700, "the texts did not break the comparison: {entries}");
}

#[test]
fn a_yaml_document_that_cannot_be_read_says_nothing() {
    let place = Place::new();
    place.write("old.json", &document(1).to_string());
    for hostile in HOSTILE {
        let quoted = serde_json::to_string(hostile).unwrap();
        for text in [
            format!("openapi: 3.0.3\ninfo: {{title: a}}\npaths: {{\n{hostile}"),
            format!("openapi: {quoted}\npaths: {{}}"),
            format!("{quoted}: 1\n"),
            format!("openapi: 3.0.3\npaths: [{quoted}]\na: &{hostile} *{hostile}\n"),
            format!("openapi: 3.0.3\ninfo: {{}}\npaths: {{/a: {{get: {{responses: {{'200': {{$ref: {quoted}}}}}}}}}}}"),
            format!(
                "openapi: 3.0.3\ninfo: {{}}\npaths: {{/a: {{$ref: {}}}}}",
                serde_json::to_string(&format!("{hostile}.json#/a")).unwrap()
            ),
            format!(
                "openapi: 3.0.3\ninfo: {{}}\npaths: {{/a: {{$ref: {}}}}}",
                serde_json::to_string(&format!("https://{hostile}")).unwrap()
            ),
            format!("{{\"openapi\": \"3.0.3\", {quoted}: {hostile}}}"),
        ] {
            place.write("new.yaml", &text);
            for args in
                ["diff old.json new.yaml", "diff old.json new.yaml --keep-going", "diff new.yaml old.json --format md"]
            {
                harmless(&run(&mut place.command(args)), &format!("{args}: {text:?}"));
            }
        }
    }
}
