//! From 2.0 to 3.0, as converters do it: the same facts in other words.

use serde_json::{Map, Value, json};

/// A document of 2.0 in the words of 3.0.
pub(super) fn convert(document: &Value) -> Value {
    let mut out = json!({"openapi": "3.0.3", "info": document["info"], "paths": {}, "components": {}});
    let servers = servers(document, &document["schemes"]);
    if !servers.is_empty() {
        out["servers"] = servers.clone().into();
    }
    for key in ["security", "tags", "externalDocs"] {
        if let Some(value) = document.get(key) {
            out[key] = value.clone();
        }
    }
    for (path, item) in members(&document["paths"]) {
        let mut written = Map::new();
        for (method, part) in members(item) {
            let value = if method == "parameters" {
                let list = part.as_array().into_iter().flatten();
                list.map(parameter).collect()
            } else {
                operation(document, part, &servers)
            };
            written.insert(method.clone(), value);
        }
        out["paths"][path] = written.into();
    }
    out["components"]["schemas"] = document.get("definitions").cloned().unwrap_or(json!({}));
    let schemes = members(&document["securityDefinitions"]).map(|(name, scheme)| (name.clone(), self::scheme(scheme)));
    out["components"]["securitySchemes"] = schemes.collect::<Map<_, _>>().into();
    refs(&mut out);
    out
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The addresses of the API by the schemes named; of a document without a host its base path.
fn servers(document: &Value, schemes: &Value) -> Vec<Value> {
    let base = document["basePath"].as_str().unwrap_or_default();
    let Some(host) = document["host"].as_str() else {
        return if base.is_empty() { Vec::new() } else { vec![json!({"url": base})] };
    };
    let named: Vec<&str> = schemes.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let schemes = if named.is_empty() { vec!["https"] } else { named };
    schemes.iter().map(|scheme| json!({"url": format!("{scheme}://{host}{base}")})).collect()
}

fn operation(document: &Value, operation: &Value, servers: &[Value]) -> Value {
    let mut out = Map::new();
    let ranges = |key: &str| -> Vec<String> {
        let list = operation.get(key).or_else(|| document.get(key)).and_then(Value::as_array);
        let named: Vec<String> = list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        if named.is_empty() { vec!["application/json".to_owned()] } else { named }
    };
    for (key, value) in members(operation) {
        match key.as_str() {
            "parameters" => {
                let all = || value.as_array().into_iter().flatten();
                let plain = all().filter(|it| it["in"] != "body" && it["in"] != "formData");
                out.insert(key.clone(), plain.map(parameter).collect());
                let body = all().find(|it| it["in"] == "body").map(|it| body(it, &ranges("consumes")));
                let form: Vec<&Value> = all().filter(|it| it["in"] == "formData").collect();
                let body = body.or_else(|| (!form.is_empty()).then(|| self::form(&form, &ranges("consumes"))));
                out.extend(body.map(|body| ("requestBody".to_owned(), body)));
            }
            "responses" => {
                let responses = members(value).map(|(status, it)| (status.clone(), response(it, &ranges("produces"))));
                out.insert(key.clone(), responses.collect::<Map<_, _>>().into());
            }
            "schemes" => {
                let own = self::servers(document, value);
                if own != servers {
                    out.insert("servers".to_owned(), own.into());
                }
            }
            "consumes" | "produces" => {}
            _ => drop(out.insert(key.clone(), value.clone())),
        }
    }
    out.into()
}

/// Fields of a parameter or header that stay beside its schema.
const BESIDE: [&str; 8] =
    ["name", "in", "required", "description", "allowEmptyValue", "deprecated", "x-sunset", "x-example"];

/// The schema of a plain parameter, and how it is written.
fn parameter(parameter: &Value) -> Value {
    let (mut out, mut schema) = (Map::new(), Map::new());
    for (key, value) in members(parameter) {
        if BESIDE.contains(&key.as_str()) {
            out.insert(key.clone(), value.clone());
        } else if key != "collectionFormat" {
            schema.insert(key.clone(), value.clone());
        }
    }
    let by_name = parameter["in"] == "query";
    if parameter["type"] == "array" {
        let (style, explode) = match parameter["collectionFormat"].as_str().unwrap_or("csv") {
            "multi" => ("form", true),
            "ssv" => ("spaceDelimited", false),
            "pipes" => ("pipeDelimited", false),
            _ => (if by_name { "form" } else { "simple" }, false),
        };
        out.insert("style".to_owned(), style.into());
        out.insert("explode".to_owned(), explode.into());
    }
    out.insert("schema".to_owned(), schema.into());
    out.into()
}

fn content(ranges: &[String], media: &Value) -> Value {
    ranges.iter().map(|range| (range.clone(), media.clone())).collect::<Map<_, _>>().into()
}

fn body(parameter: &Value, ranges: &[String]) -> Value {
    let mut out = json!({"content": content(ranges, &json!({"schema": parameter["schema"]}))});
    for key in ["required", "description"] {
        if let Some(value) = parameter.get(key) {
            out[key] = value.clone();
        }
    }
    out
}

fn form(parameters: &[&Value], ranges: &[String]) -> Value {
    let has_file = parameters.iter().any(|it| it["type"] == "file");
    let default = if has_file { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
    let ranges = if ranges == ["application/json"] { &[default.to_owned()] } else { ranges };
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for it in parameters {
        let name = it["name"].as_str().expect("a name");
        let skipped = ["name", "in", "required", "collectionFormat"];
        let kept = members(it).filter(|(key, _)| !skipped.contains(&key.as_str()));
        let mut schema: Map<String, Value> = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
        if it["type"] == "file" {
            schema.extend([("type".to_owned(), json!("string")), ("format".to_owned(), json!("binary"))]);
        }
        properties.insert(name.to_owned(), schema.into());
        if it["required"] == true {
            required.push(json!(name));
        }
    }
    let mut schema = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        schema["required"] = required.clone().into();
    }
    json!({"required": !required.is_empty(), "content": content(ranges, &json!({"schema": schema}))})
}

fn response(response: &Value, ranges: &[String]) -> Value {
    let mut out = json!({"description": response["description"]});
    if let Some(schema) = response.get("schema") {
        out["content"] = content(ranges, &json!({"schema": schema}));
    }
    let headers = members(&response["headers"]).map(|(name, header)| (name.clone(), parameter(header)));
    let headers: Map<String, Value> = headers.collect();
    if !headers.is_empty() {
        out["headers"] = headers.into();
    }
    out
}

fn scheme(scheme: &Value) -> Value {
    let mut out = scheme.clone();
    let Some(members) = out.as_object_mut() else { return out };
    if scheme["type"] == "basic" {
        members.extend([("type".to_owned(), json!("http")), ("scheme".to_owned(), json!("basic"))]);
    }
    if let Some(flow) = members.remove("flow") {
        let name = match flow.as_str().unwrap_or_default() {
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            other => other,
        };
        let mut flow = Map::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            flow.extend(members.remove(key).map(|value| (key.to_owned(), value)));
        }
        members.insert("flows".to_owned(), json!({name: flow}));
    }
    out
}

fn refs(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(text)) = members.get_mut("$ref") {
                *text = text.replace("#/definitions/", "#/components/schemas/");
            }
            members.values_mut().for_each(refs);
        }
        Value::Array(items) => items.iter_mut().for_each(refs),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
