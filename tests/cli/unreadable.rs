//! References to what cannot be read, or is something else: could not tell, unless told to keep going.

use super::place::{BOOKS, Place};

const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:0123abcd\nsize 77\n";

/// What files hold that are no object of a document.
const JUNK: &[&str] = &[
    POINTER,
    "404: Not Found\n",
    "{\"message\": \"Not Found\", \"status\": 404}\n",
    "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n",
    "- one\n- two\n",
    "just a text\n",
    "42\n",
    "null\n",
    "",
];

/// The books, with one part behind a reference to `part.yaml`.
fn behind(part: &str) -> String {
    let (from, to) = match part {
        "schema" => ("schema: {$ref: \"#/components/schemas/book\"}", "schema: {$ref: part.yaml}"),
        "property" => ("id: {type: integer}", "id: {$ref: part.yaml}"),
        "response" => ("\"200\":\n", "\"404\": {$ref: part.yaml}\n        \"200\":\n"),
        "parameter" => ("get:\n", "get:\n      parameters: [{$ref: part.yaml}]\n"),
        "body" => ("get:\n", "post:\n      requestBody: {$ref: part.yaml}\n"),
        "header" => ("description: All books\n", "description: All books\n          headers: {X: {$ref: part.yaml}}\n"),
        "path item" => ("paths:\n", "paths:\n  /films: {$ref: part.yaml}\n"),
        "operation" => ("    get:\n", "    put: {$ref: part.yaml}\n    get:\n"),
        "callback" => ("get:\n", "get:\n      callbacks: {done: {$ref: part.yaml}}\n"),
        "link" => ("description: All books\n", "description: All books\n          links: {next: {$ref: part.yaml}}\n"),
        "scheme" => {
            ("components:\n", "security: [{key: []}]\ncomponents:\n  securitySchemes: {key: {$ref: part.yaml}}\n")
        }
        other => panic!("{other}"),
    };
    let text = BOOKS.replacen(from, to, 1);
    assert_ne!(text, BOOKS, "{part}");
    text
}

const PARTS: &[&str] = &[
    "schema",
    "property",
    "response",
    "parameter",
    "body",
    "header",
    "path item",
    "operation",
    "callback",
    "link",
    "scheme",
];

#[test]
fn what_is_no_such_object_is_refused_like_what_is_not_there() {
    let place = Place::new();
    place.write("old.yaml", BOOKS);
    for part in PARTS {
        place.write("new.yaml", &behind(part));
        let refused = |what: &str| {
            for args in ["diff old.yaml new.yaml", "diff new.yaml old.yaml", "diff new.yaml new.yaml"] {
                let run = place.run(args);
                assert_eq!((run.code, run.out.as_str()), (2, ""), "{part} {what:?} {args}: {run:?}");
                assert!(run.err.contains("unresolved reference: "), "{part} {what:?}: {run:?}");
            }
            let report = place.run("diff old.yaml new.yaml --keep-going --format json").json();
            let changes = report["apis"][0]["changes"].as_array().unwrap().clone();
            let worst = changes.iter().find(|change| change["level"] == "breaking" || change["level"] == "risky");
            let proofs: Vec<_> =
                changes.iter().filter(|change| change["level"] != "docs").map(|c| &c["proof"]).collect();
            // A new operation that holds something unreadable is new all the same.
            let known = *part == "body" || worst.is_some() && proofs.iter().all(|proof| *proof == "unproven");
            assert!(known, "{part} {what:?}: {changes:?}");
        };
        let _ = std::fs::remove_file(place.path().join("part.yaml"));
        refused("nothing");
        for text in JUNK {
            place.write("part.yaml", text);
            refused(text);
        }
    }
}

#[test]
fn a_document_that_is_a_pointer_is_told() {
    let place = Place::new();
    place.write("old.yaml", BOOKS).write("new.yaml", POINTER);
    place.run("diff old.yaml new.yaml").could_not_tell(
        "error: new.yaml: a Git LFS pointer, not the file it stands for\n\
         help: fetch the content with `git lfs pull`; a ref of git holds the pointer alone, so compare files on disk\n",
    );
}

#[test]
fn two_pointers_are_two_unknown_things() {
    let place = Place::repository();
    place.write("api.yaml", &behind("schema")).write("part.yaml", POINTER);
    place.release("v1");
    place.write("part.yaml", &POINTER.replace("0123", "4567"));
    place.release("v2");
    assert_eq!(place.run("diff v1 v2").code, 2);
    let report = place.run("diff v1 v2 --keep-going --format json").json();
    assert_eq!((&report["verdict"], &report["summary"]["unproven"]), (&"risky".into(), &1.into()));
    place.write("api.yaml", &format!("{}# later\n", behind("schema")));
    place.release("v3");
    assert_eq!(place.run("diff v2 v3 --keep-going --format json").json()["verdict"], "none");
}

#[test]
fn an_inline_value_that_is_no_schema_is_a_problem() {
    let odd = BOOKS.replace("id: {type: integer}", "id: null");
    let report = Place::two_commits(&odd).run("diff v1 v2 --format json").json();
    assert_eq!((&report["verdict"], &report["summary"]["unproven"]), (&"risky".into(), &1.into()));
    let problem = &report["apis"][0]["problems"][0];
    assert_eq!(
        (&problem["line"], &problem["message"]),
        (&18.into(), &"null where a schema belongs: what it allows is unknown".into())
    );
    let odd = BOOKS.replace("    get:\n", "    put: later\n    get:\n");
    let report = Place::two_commits(&odd).run("diff v1 v2 --format json").json();
    assert_eq!(report["apis"][0]["changes"][0]["rule"], "operation-unknown");
    assert_eq!(report["apis"][0]["problems"][0]["line"], 5);
}
