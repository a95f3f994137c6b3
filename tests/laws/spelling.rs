//! Notation: YAML or JSON, quotes, anchors, comments; and the same answer every time.

use preavis::diff::{self, Options};
use serde_json::Value;

use super::{NAMES, document, noise, text};
use crate::harness::{TODAY, contract};

/// A value in YAML's block style, with some keys plain and words in single quotes.
pub(crate) fn yaml(value: &Value, indent: usize) -> String {
    let (mut out, pad) = (String::new(), "  ".repeat(indent));
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, part) in members {
                let word = name.len() > 3 && name.chars().all(|c| c.is_ascii_alphabetic());
                let plain = word && !["null", "true", "false"].contains(&name.as_str());
                let key = if plain { name.clone() } else { Value::from(name.as_str()).to_string() };
                out.push_str(&format!("\n{pad}{key}:{}", yaml(part, indent + 1)));
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for part in items {
                out.push_str(&format!("\n{pad}-{}", yaml(part, indent + 1)));
            }
        }
        Value::String(text) if !text.is_empty() && !text.contains(char::is_control) => {
            out = format!(" '{}'", text.replace('\'', "''"));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            out = format!(" {value}");
        }
    }
    out
}

#[test]
fn yaml_and_json_are_one_notation() {
    for name in NAMES {
        let json = document(name);
        let (compact, pretty) = (json.to_string(), serde_json::to_string_pretty(&json).expect("JSON"));
        let yaml = contract(&text(name));
        assert_eq!(noise(&yaml, &contract(&compact)), Vec::<String>::new(), "{name}");
        for other in [pretty, self::yaml(&json, 0)] {
            let changes = diff::compare(&yaml, &contract(&other), &Options::on(TODAY));
            assert!(changes.list.is_empty(), "{name}: {:#?}", changes.list);
        }
    }
}

const PLAIN: &str = "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /x:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {
        a: {type: string, minLength: 1}, b: {type: string, minLength: 1}, c: {type: number, minimum: 1}}}}}}
      responses: {'200': {description: Done, content: {application/json: {schema: {type: string, enum: ['on', 'no', '1']}}}}}
";

const ODD: &str = "
'openapi': \"3.1.0\"   # a comment
info:
  version: \"1\"
  title: >-
    T
paths:
  /x:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                a: &text
                  type: 'string'
                  minLength: 1
                b: *text
                c: {type: number, minimum: 1.0e0}
      responses:
        200:
          description: |-
            Done
          content:
            application/json:
              schema:
                type: string
                enum:
                - \"on\"
                - \"no\"
                - \"\\u0031\"
";

#[test]
fn quotes_anchors_and_spellings_of_numbers_are_no_change() {
    let changes = diff::compare(&contract(PLAIN), &contract(ODD), &Options::on(TODAY));
    assert!(changes.list.is_empty(), "{:#?}", changes.list);
}

#[test]
fn the_answer_is_the_same_every_time() {
    for pair in NAMES.windows(2) {
        let run = || {
            let (base, head) = (contract(&text(pair[0])), contract(&text(pair[1])));
            let changes = diff::compare(&base, &head, &Options::on(TODAY));
            format!("{:?} {:?} {:?}", changes.list, changes.reaches, changes.problems)
        };
        assert_eq!(run(), run(), "{pair:?}");
    }
}
