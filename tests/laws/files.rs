//! A document split over files is the same document.

use std::sync::Arc;

use preavis::contract::{self, Contract};
use preavis::spec::{Limits, ParseCache, load};
use serde_json::Value;

use super::references::shelf;
use super::{NAMES, document, noise};
use crate::harness::Memory;
use crate::sites::step;

/// The contract of a document in several files.
pub(crate) fn contract(files: Vec<(String, Value)>) -> Contract {
    let files = Memory(files.into_iter().map(|(path, value)| (path, value.to_string())).collect());
    let document = load(&files, "api.yaml", &mut ParseCache::default(), &Limits::default()).expect("a document");
    contract::read(Arc::new(document))
}

/// Puts something else in the place of the beginning of each reference and mapping.
fn repoint(value: &mut Value, from: &str, to: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix(from) {
                *text = to(rest);
            }
        }
        Value::Object(members) => members.values_mut().for_each(|part| repoint(part, from, to)),
        Value::Array(items) => items.iter_mut().for_each(|part| repoint(part, from, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Paths and contents, the main file first.
type Files = Vec<(String, Value)>;

/// The named schemas in one other file, which the main file refers to by name.
pub(crate) fn in_another(whole: &Value) -> Files {
    let mut main = whole.clone();
    let shelf = shelf(&main);
    let mut schemas = main.pointer(shelf).expect("a shelf").clone();
    repoint(&mut schemas, &format!("#{shelf}/"), &|rest| format!("#/{rest}"));
    for (name, schema) in main.pointer_mut(shelf).and_then(Value::as_object_mut).expect("a shelf") {
        *schema = serde_json::json!({ "$ref": format!("parts/schemas.json#/{}", step(name)) });
    }
    vec![("api.yaml".to_owned(), main), ("parts/schemas.json".to_owned(), schemas)]
}

/// A file for each named schema, and none of them named in the main file.
pub(crate) fn each_apart(whole: &Value) -> Files {
    let mut main = whole.clone();
    let shelf = shelf(&main);
    let prefix = format!("#{shelf}/");
    let schemas = main.pointer_mut(shelf).map(Value::take).expect("a shelf");
    *main.pointer_mut(shelf).expect("a shelf") = serde_json::json!({});
    repoint(&mut main, &prefix, &|rest| format!("schemas/{rest}.yaml"));
    let mut files = vec![("api.yaml".to_owned(), main)];
    for (name, mut schema) in schemas.as_object().expect("schemas").clone() {
        repoint(&mut schema, &prefix, &|rest| format!("{rest}.yaml"));
        files.push((format!("schemas/{name}.yaml"), schema));
    }
    files
}

#[test]
fn schemas_in_one_other_file_are_no_change() {
    for name in NAMES {
        let whole = document(name);
        let split = contract(in_another(&whole));
        let whole = contract(vec![("api.yaml".to_owned(), whole)]);
        assert_eq!(noise(&whole, &split), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_file_for_each_schema_is_no_change() {
    for name in NAMES {
        let whole = document(name);
        let split = contract(each_apart(&whole));
        let whole = contract(vec![("api.yaml".to_owned(), whole)]);
        assert_eq!(noise(&whole, &split), Vec::<String>::new(), "{name}");
    }
}
