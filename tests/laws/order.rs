//! The order in which keys are written says nothing: a document with shuffled keys is the same document, and a comparison
//! of shuffled documents gives the same verdict.

use serde_json::{Value, json};

use super::{NAMES, document, noise};
use crate::harness::{compare, contract, lines};
use crate::oracle;
use crate::random::Rng;

/// The same value with the members of every object in another order.
fn shuffled(value: &Value, rng: &mut Rng) -> Value {
    match value {
        Value::Object(members) => {
            let mut list: Vec<(String, Value)> =
                members.iter().map(|(name, part)| (name.clone(), shuffled(part, rng))).collect();
            rng.shuffle(&mut list);
            list.into_iter().collect()
        }
        Value::Array(items) => items.iter().map(|item| shuffled(item, rng)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Keywords that have a say in one another, beside those that the random pairs draw.
fn beside_each_other() -> Vec<Value> {
    let content =
        json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "application/octet-stream"});
    let mut formatted = content.clone();
    formatted["format"] = "uuid".into();
    vec![
        content,
        formatted,
        json!({"type": "string", "contentEncoding": "base64url", "contentMediaType": "image/png"}),
        json!({"not": {"type": "null"}, "type": ["string", "null"], "enum": ["a", null], "const": "a"}),
        json!({"type": "integer", "format": "int32", "minimum": 0, "exclusiveMinimum": 0, "maximum": 9, "exclusiveMaximum": 8}),
        json!({"type": "array", "prefixItems": [{"type": "string"}], "items": false, "contains": {"type": "string"},
            "minContains": 0, "maxContains": 1, "unevaluatedItems": false}),
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "patternProperties": {"^b": {"type": "integer"}},
            "additionalProperties": false, "required": ["a"], "propertyNames": {"maxLength": 3}, "unevaluatedProperties": false,
            "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"b": {"required": ["a"]}}}),
        json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}, "not": {"required": ["d"]},
            "allOf": [{"type": "object"}], "anyOf": [{"required": ["a"]}, {}], "oneOf": [{"type": "object"}]}),
    ]
}

/// A document that sends and answers a schema.
fn sending(schema: &Value) -> Value {
    let content = json!({"content": {"application/json": {"schema": schema}}});
    let mut answer = content.clone();
    answer["description"] = "Done".into();
    json!({"openapi": "3.1.0", "info": {"title": "Order", "version": "1"},
        "paths": {"/s": {"post": {"requestBody": content, "responses": {"200": answer}}}}})
}

#[test]
fn shuffled_keys_are_no_change() {
    let mut rng = Rng::new(3);
    let own = NAMES.iter().map(|name| document(name));
    for document in own.chain(beside_each_other().iter().map(sending)) {
        for _ in 0..4 {
            let other = shuffled(&document, &mut rng);
            let found = noise(&contract(&document.to_string()), &contract(&other.to_string()));
            assert_eq!(found, Vec::<String>::new(), "{document}\n{other}");
        }
    }
}

#[test]
fn shuffled_documents_give_the_same_verdict() {
    let mut rng = Rng::new(4);
    let drawn: Vec<(Value, Value)> = (0..80).map(|_| oracle::pair(&mut rng)).collect();
    let kinds = beside_each_other();
    let plain = kinds.iter().map(|schema| (sending(schema), sending(&json!({"type": "string", "maxLength": 2}))));
    let bytes = kinds.iter().map(|schema| (sending(schema), sending(&json!({"type": "string", "format": "byte"}))));
    for (base, head) in drawn.into_iter().chain(plain).chain(bytes) {
        let wanted = lines(&compare(&base.to_string(), &head.to_string()));
        for _ in 0..2 {
            let [one, other] = [&base, &head].map(|document| shuffled(document, &mut rng).to_string());
            assert_eq!(lines(&compare(&one, &other)), wanted, "{base}\n{head}\n{one}\n{other}");
        }
    }
}
