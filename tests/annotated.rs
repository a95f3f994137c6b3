//! Fields that annotate, in every object that has them: one line of documentation each, wherever they stand.

use preavis::rules::Level;

use crate::harness::{compare, lines_from};

/// An object of each kind; `@` is where a field is written.
const OBJECTS: &[(&str, &str, &[&str])] = &[
    (
        "operation",
        "paths: {/a: {get: {@ responses: {'200': {description: k}}}}}",
        &["description", "summary", "deprecated", "x-sunset"],
    ),
    ("path item", "paths: {/a: {@ get: {responses: {'200': {description: k}}}}}", &["description", "summary"]),
    ("webhook", "webhooks: {w: {@ post: {responses: {'200': {description: k}}}}}", &["description", "summary"]),
    (
        "parameter",
        "paths: {/a: {get: {parameters: [{@ name: q, in: query, schema: {type: string}}], responses: {'200': {description: k}}}}}",
        &["description", "example", "examples", "deprecated", "x-sunset"],
    ),
    (
        "parameter spelt otherwise",
        "paths: {/a: {get: {parameters: [{@ name: X-Q~, in: header, schema: {type: string}}], responses: {'200': {description: k}}}}}",
        &["description", "deprecated"],
    ),
    (
        "request body",
        "paths: {/a: {post: {requestBody: {@ content: {a/b: {schema: {type: string}}}}, responses: {'200': {description: k}}}}}",
        &["description"],
    ),
    (
        "media type of a request",
        "paths: {/a: {post: {requestBody: {content: {a/b: {@ schema: {type: string}}}}, responses: {'200': {description: k}}}}}",
        &["example", "examples"],
    ),
    ("response", "paths: {/a: {get: {responses: {'200': {@ headers: {}}}}}}", &["description"]),
    (
        "media type of a response",
        "paths: {/a: {get: {responses: {'200': {description: k, content: {a/b: {@ schema: {type: string}}}}}}}}",
        &["example", "examples"],
    ),
    (
        "header",
        "paths: {/a: {get: {responses: {'200': {description: k, headers: {X-A: {@ schema: {type: string}}}}}}}}",
        &["description", "example", "examples", "deprecated"],
    ),
    (
        "link",
        "paths: {/a: {get: {operationId: o, responses: {'200': {description: k, links: {l: {@ operationId: o}}}}}}}",
        &["description"],
    ),
    (
        "part of a form",
        "paths: {/a: {post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, \
         encoding: {f: {headers: {X-A: {@ schema: {type: string}}}}}}}}, responses: {'200': {description: k}}}}}",
        &["description", "deprecated"],
    ),
    (
        "security scheme",
        "paths: {/a: {get: {security: [{s: []}], responses: {'200': {description: k}}}}}\n\
         components: {securitySchemes: {s: {@ type: http, scheme: bearer}}}",
        &["description", "deprecated"],
    ),
    (
        "property",
        "paths: {/a: {get: {responses: {'200': {description: k, content: {a/b: {schema: {properties: {p: {@ type: string}}}}}}}}}}",
        &["title", "description", "example", "deprecated", "x-sunset"],
    ),
    (
        "property beside a reference",
        "paths: {/a: {get: {responses: {'200': {description: k, content: {a/b: {schema: {properties: {p: {@ $ref: '#/components/schemas/N'}}}}}}}}}}\n\
         components: {schemas: {N: {type: string}}}",
        &["title", "description", "deprecated", "x-sunset"],
    ),
    (
        "member of allOf",
        "paths: {/a: {get: {responses: {'200': {description: k, content: {a/b: {schema: {allOf: [{@ type: string}, {minLength: 1}]}}}}}}}}",
        &["description", "deprecated"],
    ),
];

/// A field in two versions, and the rule that tells it.
const FIELDS: &[(&str, &str, &str, &str)] = &[
    ("description", "description: a,", "description: b,", "description-edited"),
    ("summary", "summary: a,", "summary: b,", "description-edited"),
    ("title", "title: a,", "title: b,", "description-edited"),
    ("example", "example: a,", "example: b,", "example-edited"),
    ("examples", "examples: {x: {value: a}},", "examples: {x: {value: b}},", "example-edited"),
    ("deprecated", "", "deprecated: true,", "deprecated-added"),
    ("x-sunset", "", "x-sunset: '2030-01-01',", "sunset-added"),
];

#[test]
fn fields_that_annotate_are_told_of_every_object() {
    let mut failures = Vec::new();
    for (object, template, fields) in OBJECTS {
        for (field, old, new, rule) in FIELDS.iter().filter(|(field, ..)| fields.contains(field)) {
            let write = |text: &str, case: &str| {
                let body = template.replace('@', text).replace('~', case);
                format!("openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\n{body}\n")
            };
            let found = lines_from(&compare(&write(old, "a"), &write(new, "A")), Level::Docs);
            if found.len() != 1 || !found[0].starts_with(&format!("docs {rule}")) {
                failures.push(format!("{field} of {object}: {found:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Where a reference stands, and the place that is told of it when it is wrapped.
const PLACES: &[(&str, &str)] = &[
    ("{type: object, properties: {p: @}}", "p"),
    ("{type: array, items: @}", "[]"),
    ("{type: object, additionalProperties: @}", "{}"),
    ("@", ""),
];

#[test]
fn what_an_all_of_says_around_a_reference_is_told_of_its_place() {
    let mut failures = Vec::new();
    let fields = FIELDS.iter().filter(|(field, ..)| ["description", "title", "deprecated"].contains(field));
    for (_, _, said, _) in fields {
        for (schema, place) in PLACES {
            for version in ["3.0.3", "3.1.0"] {
                let write = |part: &str| {
                    let schema = schema.replace('@', part);
                    format!(
                        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': \
                         {{description: k, content: {{a/b: {{schema: {schema}}}}}}}}}}}}}}}\n\
                         components: {{schemas: {{N: {{type: string}}}}}}\n"
                    )
                };
                let bare = write("{$ref: '#/components/schemas/N'}");
                let wrapped = write(&format!("{{{said} allOf: [{{$ref: '#/components/schemas/N'}}]}}"));
                for (base, head) in [(&bare, &wrapped), (&wrapped, &bare)] {
                    let found = lines_from(&compare(base, head), Level::Docs);
                    let told = format!("GET /a {place}");
                    let told = told.trim_end();
                    if found.len() != 1 || !found[0].starts_with("docs ") || !found[0].ends_with(&format!(" {told}")) {
                        failures.push(format!("{version} {said} {schema}: {found:?}, not of {told}"));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
