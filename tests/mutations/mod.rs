//! Mutations with a known verdict: each operator of semantics.md 5.2 in several contexts, against the table's levels.

use preavis::contract::Scope;
use preavis::diff::Changes;
use preavis::rules::Level;

use crate::harness::{compare, judged};
use operations::OPERATIONS;
use rows::ROWS;

mod operations;
pub(crate) mod rows;

/// Where the mutated schema `~` stands inside the component that is sent both ways.
const CONTEXTS: &[(&str, &str)] = &[
    ("property", "{type: object, properties: {p: ~}}"),
    ("whole", "~"),
    ("item", "{type: array, items: ~}"),
    ("map value", "{type: object, additionalProperties: ~}"),
    ("allOf member", "{type: object, properties: {p: {allOf: [{description: One of several}, ~]}}}"),
];

/// A document that takes a schema and sends it back, by reference or in place.
pub(crate) fn document(schema: &str, inline: bool) -> String {
    let place = if inline { schema } else { "{$ref: '#/components/schemas/S'}" };
    let body = format!("content: {{application/json: {{schema: {place}}}}}");
    format!(
        "openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /x:
    post:
      requestBody: {{required: true, {body}}}
      responses: {{'200': {{description: Done, {body}}}}}
components:
  schemas:
    S: {schema}
    One: {{type: object, required: [k], properties: {{k: {{const: one}}, x: {{type: string}}}}}}
    Two: {{type: object, required: [k], properties: {{k: {{const: two}}, y: {{type: string}}}}}}
"
    )
}

/// The worst level of what flows on a side; `Docs` where nothing above it is found.
fn worst(changes: &Changes, scope: Option<Scope>) -> Level {
    let judged = judged(changes);
    let levels = judged.iter().filter(|(_, _, change)| scope.is_none_or(|scope| change.scope == scope));
    levels.map(|(level, ..)| *level).min().unwrap_or(Level::Docs)
}

#[test]
fn each_operator_has_its_level_in_each_context() {
    let mut failures = Vec::new();
    for &(name, base, head, request, response) in ROWS {
        for &(context, frame) in CONTEXTS {
            for inline in [false, true] {
                let put = |schema: &str| document(&frame.replace('~', schema), inline);
                let changes = compare(&put(base), &put(head));
                let found = (worst(&changes, Some(Scope::Request)), worst(&changes, Some(Scope::Response)));
                if found != (request, response) {
                    let rules: Vec<_> =
                        judged(&changes).iter().map(|(level, rule, _)| (level.as_str(), *rule)).collect();
                    failures.push(format!(
                        "{name} ({context}, inline {inline}): {found:?}, not {:?}: {rules:?}",
                        (request, response)
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} wrong levels:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn each_operator_on_operations_has_its_level() {
    let document = |item: &str| {
        format!(
            "openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /x: {item}
components:
  securitySchemes:
    o: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.example', scopes: {{read: R, write: W}}}}}}}}
"
        )
    };
    let mut failures = Vec::new();
    for &(name, base, head, level) in OPERATIONS {
        let changes = compare(&document(base), &document(head));
        let found = worst(&changes, None);
        if found != level {
            let rules: Vec<_> = judged(&changes).iter().map(|(level, rule, _)| (level.as_str(), *rule)).collect();
            failures.push(format!("{name}: {found:?}, not {level:?}: {rules:?}"));
        }
    }
    assert!(failures.is_empty(), "{} wrong levels:\n{}", failures.len(), failures.join("\n"));
}
