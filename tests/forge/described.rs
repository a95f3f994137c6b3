//! Requests and answers held against a description of the forge: ours, or the one that the forge publishes.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// An OpenAPI 3.0 or Swagger 2.0 document.
pub(crate) struct Description {
    document: Value,
    /// Validators by the pointer of their schema: making one takes longer than using it.
    known: Mutex<BTreeMap<String, Validator>>,
}

/// One request, and its answer.
pub(crate) struct Exchange<'a> {
    pub(crate) method: &'a str,
    /// Without the base of the API.
    pub(crate) path: &'a str,
    pub(crate) query: &'a [(String, String)],
    pub(crate) body: Option<&'a Value>,
    pub(crate) status: u16,
    pub(crate) answer: Option<&'a Value>,
}

impl Description {
    pub(crate) fn read(text: &str) -> Self {
        let mut document: Value = serde_json::from_str(text).expect("a description in JSON");
        lower(&mut document);
        Self { document, known: Mutex::default() }
    }

    /// The description that a forge publishes, without what a template of its server left in it.
    pub(crate) fn published(path: &std::path::Path) -> Self {
        Self::read(&std::fs::read_to_string(path).expect("a published description"))
    }

    /// An example of the document by its name, if it has one.
    pub(crate) fn example(&self, name: &str) -> Option<Value> {
        self.document.pointer(&format!("/components/examples/{name}/value")).cloned()
    }

    /// Where the document has an operation, as a pointer.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<String> {
        let paths = self.document["paths"].as_object().expect("paths");
        let method = method.to_lowercase();
        let fitting = paths.iter().filter(|(template, item)| fits(template, path) && item.get(&method).is_some());
        // The one with fewest parameters is meant.
        let template = fitting.min_by_key(|(template, _)| template.matches('{').count())?.0;
        Some(format!("/paths/{}/{method}", template.replace('~', "~0").replace('/', "~1")))
    }

    /// The statuses that an operation names.
    pub(crate) fn answers(&self, operation: &str) -> Vec<u16> {
        let answers = self.at(&format!("{operation}/responses")).as_object().expect("responses");
        answers.keys().filter_map(|status| status.parse().ok()).collect()
    }

    /// What is wrong with an exchange. Whether an answer that the document does not name is one, the caller says.
    pub(crate) fn faults(&self, exchange: &Exchange, scripted: bool) -> Vec<String> {
        let name = format!("{} {}", exchange.method, exchange.path);
        let Some(operation) = self.operation(exchange.method, exchange.path) else {
            return vec![format!("{name}: no such operation")];
        };
        let mut found = self.query_faults(&operation, exchange.query);
        if let Some(body) = exchange.body {
            match self.body_schema(&operation) {
                Some(schema) => found.extend(self.value_faults(&schema, body)),
                None => found.push("takes no body".to_owned()),
            }
        }
        let answer = self.resolved(&format!("{operation}/responses/{}", exchange.status));
        match (answer, exchange.answer) {
            (None, _) if !scripted => found.push(format!("never answers {}", exchange.status)),
            (Some(answer), Some(value)) => {
                let schema = ["content/application~1json/schema", "schema"].iter().map(|end| format!("{answer}/{end}"));
                for schema in schema.filter(|schema| self.document.pointer(schema).is_some()) {
                    found.extend(self.value_faults(&schema, value));
                }
            }
            (_, _) => {}
        }
        found.into_iter().map(|fault| format!("{name} ({}): {fault}", exchange.status)).collect()
    }

    fn at(&self, pointer: &str) -> &Value {
        self.document.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The pointer behind references.
    fn resolved(&self, pointer: &str) -> Option<String> {
        let value = self.document.pointer(pointer)?;
        match value.get("$ref").and_then(Value::as_str) {
            Some(target) => self.resolved(target.trim_start_matches('#')),
            None => Some(pointer.to_owned()),
        }
    }

    fn parameters(&self, operation: &str) -> Vec<&Value> {
        let item = operation.rsplit_once('/').expect("a method").0;
        let all = [operation, item].map(|at| format!("{at}/parameters"));
        let count = |at: &String| self.at(at).as_array().map_or(0, Vec::len);
        let pointers = all.iter().flat_map(|at| (0..count(at)).map(move |ix| format!("{at}/{ix}")));
        pointers.filter_map(|at| Some(self.at(&self.resolved(&at)?))).collect()
    }

    fn query_faults(&self, operation: &str, query: &[(String, String)]) -> Vec<String> {
        let known = self.parameters(operation);
        let is_query = |it: &&&Value, key: &str| it["in"] == "query" && it["name"] == key;
        let fault = |(key, value): &(String, String)| {
            let Some(parameter) = known.iter().find(|it| is_query(it, key)) else {
                return Some(format!("has no query parameter {key}"));
            };
            let allowed = parameter.get("schema").unwrap_or(parameter).get("enum").and_then(Value::as_array);
            let refused = allowed.is_some_and(|all| !all.contains(&json!(value)));
            refused.then(|| format!("takes no {key}={value}"))
        };
        query.iter().filter_map(fault).collect()
    }

    fn body_schema(&self, operation: &str) -> Option<String> {
        if let Some(body) = self.resolved(&format!("{operation}/requestBody")) {
            return Some(format!("{body}/content/application~1json/schema"));
        }
        let parameters = self.at(&format!("{operation}/parameters")).as_array()?;
        let at = parameters.iter().position(|it| it["in"] == "body")?;
        Some(format!("{operation}/parameters/{at}/schema"))
    }

    fn value_faults(&self, schema: &str, value: &Value) -> Vec<String> {
        let mut known = self.known.lock().expect("no panic before");
        let validator = known.entry(schema.to_owned()).or_insert_with(|| {
            let mut whole = self.document.as_object().expect("an object").clone();
            // A pointer in a URI, where braces are escaped.
            let pointer = schema.replace('{', "%7B").replace('}', "%7D");
            whole.insert("$ref".to_owned(), json!(format!("#{pointer}")));
            let options = jsonschema::draft4::options().should_validate_formats(false);
            options.build(&Value::Object(whole)).expect("a schema of the description")
        });
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

/// Whether a path is one of a template. A label may have a slash, encoded, which is no border.
pub(crate) fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let same = |(wanted, given): (&&str, &&str)| wanted.starts_with('{') && !given.is_empty() || wanted == given;
    template.len() == path.len() && template.iter().zip(&path).all(same)
}

/// `nullable`, which JSON Schema does not know, as a choice; `examples` and `example` are no schemas.
fn lower(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(lower),
        Value::Object(members) => {
            members.values_mut().for_each(lower);
            if members.get("nullable") == Some(&json!(true)) {
                let mut rest: Map<String, Value> = std::mem::take(members);
                rest.remove("nullable");
                *members = Map::from_iter([("anyOf".to_owned(), json!([rest, {"type": "null"}]))]);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
