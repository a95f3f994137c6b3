//! Swagger 2.0: body and form parameters become a request body, `consumes` and `produces` its media types.

use super::home::Home;
use super::operation::{OpKey, Operation, Origin, Template};
use super::parts::{Body, Header, Media, Parameter, Response, Style};
use super::read::{Above, Reader};
use super::read_v3::{item, items, listed};
use super::{Hiding, Location, Made, SchemaAt, Server, Side, Unread};
use crate::spec::{Document, Key, Loc};

const METHODS: &[Key] = &[Key::GET, Key::PUT, Key::POST, Key::DELETE, Key::OPTIONS, Key::HEAD, Key::PATCH];

pub(super) fn paths(reader: &mut Reader) {
    let document = reader.doc();
    let root = document.root();
    reader.contract.servers = servers(&document, root);
    let security_at = document.get(root, Key::SECURITY);
    for (path, entry) in items(reader, Key::PATHS, Hiding::Paths) {
        let template = Template::new(&path);
        reader.contract.homes.add(entry, Home::Path(template.shape.clone()));
        let Some(item) = item(reader, entry, &template.shape, (&Origin::Path, &template)) else { continue };
        let above = Above { item, servers: Vec::new(), unread_servers: None, security_at, sends: Side::Request };
        for &key in METHODS {
            if let Some(at) = document.get(item, key) {
                let method = key.fixed().to_ascii_uppercase();
                operation(reader, at, &above, OpKey { origin: Origin::Path, method, template: template.clone() });
            }
        }
    }
}

fn servers(document: &Document, root: Loc) -> Vec<Server> {
    let host = document.string(root, Key::HOST);
    let base = document.string(root, Key::BASE_PATH).unwrap_or("").trim_end_matches('/');
    let Some(at) = document.get(root, Key::HOST).or_else(|| document.get(root, Key::BASE_PATH)) else {
        return Vec::new();
    };
    let Some(host) = host else { return vec![Server { url: base.to_owned(), at }] };
    let schemes: Vec<&str> = document
        .get(root, Key::SCHEMES)
        .map(|list| document.children(list).map(|scheme| document.text(scheme)).collect())
        .unwrap_or_default();
    let schemes = if schemes.is_empty() { vec!["https"] } else { schemes };
    schemes.into_iter().map(|scheme| Server { url: format!("{scheme}://{host}{base}"), at }).collect()
}

fn operation(reader: &mut Reader, listed: Loc, above: &Above, key: OpKey) {
    reader.home(listed, &key);
    let at = match reader.node(listed) {
        Ok(at) => at,
        Err(unread) => {
            reader.push(Operation::unread(key, listed, unread, above.sends));
            return;
        }
    };
    if let Some(unread) = reader.crowded(at, above.item) {
        reader.push(Operation::unread(key, listed, unread, above.sends));
        return;
    }
    reader.home(at, &key);
    let (security, security_at) = reader.security(at, above);
    let Inputs { parameters, unread_parameters, body } = inputs(reader, at, above.item);
    let (responses, unread_responses) = responses(reader, at);
    reader.push(Operation {
        key,
        at,
        unread: None,
        parameters,
        unread_parameters,
        body,
        responses,
        unread_responses,
        security: security.alternatives,
        unread_security: security.unread,
        security_at,
        servers: Vec::new(),
        unread_servers: None,
        sends: above.sends,
        first: None,
    });
}

/// Parameters, with body and form parameters gathered into a body.
#[derive(Default)]
struct Inputs {
    parameters: Vec<Parameter>,
    unread_parameters: Vec<Unread>,
    body: Option<Body>,
}

fn inputs(reader: &mut Reader, operation: Loc, item: Loc) -> Inputs {
    let document = reader.doc();
    let mut seen: Vec<(String, String)> = Vec::new();
    let (mut out, mut form): (Inputs, Vec<Loc>) = (Inputs::default(), Vec::new());
    for owner in [operation, item] {
        let (listed, unread) = listed(reader, owner);
        out.unread_parameters.extend(unread);
        for (listed, at) in listed {
            let place = document.string(at, Key::IN).unwrap_or("").to_owned();
            let name = document.string(at, Key::NAME).unwrap_or("").to_owned();
            let seen_name = if place == "body" { String::new() } else { name.clone() };
            if seen.contains(&(place.clone(), seen_name.clone())) {
                continue;
            }
            seen.push((place.clone(), seen_name));
            match place.as_str() {
                "body" => out.body = Some(body_parameter(reader, operation, at)),
                "formData" => form.push(at),
                _ => out.parameters.extend(parameter(reader, at, listed, name, &place)),
            }
        }
    }
    if out.body.is_none() && !form.is_empty() {
        // What cannot be read may be a further member of the form.
        let unread = out.unread_parameters.first().map(|unread| {
            let members: Vec<String> =
                form.iter().map(|at| document.file(at.file).value(at.node).to_string()).collect();
            Unread { at: unread.at, sign: format!("{} {}", unread.sign, members.join(" ")) }
        });
        out.body = Some(Body { unread, ..form_body(reader, operation, &form) });
    }
    out
}

fn parameter(reader: &mut Reader, at: Loc, listed_at: Loc, name: String, place: &str) -> Option<Parameter> {
    let document = reader.doc();
    let Some(location) = Location::named(place) else {
        reader.problem(at, format!("parameter `{name}` has no `in` of the standard; it is not compared"));
        return None;
    };
    let collection = document.string(at, Key::COLLECTION_FORMAT).unwrap_or("csv");
    let by_name = matches!(location, Location::Query | Location::Cookie | Location::QueryString);
    let (style, explode) = match collection {
        "multi" => ("form", true),
        "ssv" => ("spaceDelimited", false),
        "tsv" => ("tabDelimited", false),
        "pipes" => ("pipeDelimited", false),
        _ if by_name => ("form", false),
        _ => ("simple", false),
    };
    // Only arrays are written by collectionFormat; a plain value reads the same as 3.0's default.
    let array = document.string(at, Key::TYPE) == Some("array");
    // A list within a list has a separator of its own.
    let inner = document.get(at, Key::ITEMS).and_then(|items| document.string(items, Key::COLLECTION_FORMAT));
    let style = inner.map_or_else(|| style.to_owned(), |inner| format!("{style}, {inner} within"));
    Some(Parameter {
        at,
        listed_at,
        name,
        location,
        required: location == Location::Path || document.flag(at, Key::REQUIRED) == Some(true),
        style: Style { style, explode: if array { explode } else { by_name } },
        allow_reserved: false,
        allow_empty: document.flag(at, Key::ALLOW_EMPTY_VALUE) == Some(true),
        schema: SchemaAt::Node(at),
        media: None,
    })
}

/// The operation's own list, else the document's; JSON where neither says anything.
fn ranges(document: &Document, operation: Loc, key: Key) -> Vec<(String, Loc)> {
    let list = document.get(operation, key).or_else(|| document.get(document.root(), key));
    let out: Vec<(String, Loc)> = list
        .map(|list| {
            document.children(list).map(|at| (document.text(at).to_ascii_lowercase().replace("; ", ";"), at)).collect()
        })
        .unwrap_or_default();
    if out.is_empty() { vec![("application/json".to_owned(), operation)] } else { out }
}

fn media(ranges: &[(String, Loc)], schema: Option<SchemaAt>) -> Vec<Media> {
    ranges
        .iter()
        .map(|(range, at)| Media {
            range: range.clone(),
            at: *at,
            schema,
            item_schema: None,
            encoding: Vec::new(),
            unread: None,
        })
        .collect()
}

fn body_parameter(reader: &mut Reader, operation: Loc, at: Loc) -> Body {
    let document = reader.doc();
    let schema = document.get(at, Key::SCHEMA).map(|schema| reader.schema(schema));
    let required = document.flag(at, Key::REQUIRED) == Some(true);
    Body { at, required, media: media(&ranges(&document, operation, Key::CONSUMES), schema), unread: None }
}

fn form_body(reader: &mut Reader, operation: Loc, form: &[Loc]) -> Body {
    let document = reader.doc();
    let members: Vec<(String, Loc, bool)> = form
        .iter()
        .map(|&at| {
            (
                document.string(at, Key::NAME).unwrap_or("").to_owned(),
                at,
                document.flag(at, Key::REQUIRED) == Some(true),
            )
        })
        .collect();
    let required = members.iter().any(|(_, _, required)| *required);
    let mut ranges = ranges(&document, operation, Key::CONSUMES);
    if ranges.iter().all(|(range, _)| range == "application/json") {
        let files = form.iter().any(|&at| document.string(at, Key::TYPE) == Some("file"));
        let range = if files { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        ranges = vec![(range.to_owned(), operation)];
    }
    let made = u32::try_from(reader.contract.made.len()).unwrap_or(u32::MAX);
    reader.contract.made.push(Made { at: form[0], members });
    Body { at: form[0], required, media: media(&ranges, Some(SchemaAt::Made(made))), unread: None }
}

fn responses(reader: &mut Reader, operation: Loc) -> (Vec<Response>, Option<Unread>) {
    let document = reader.doc();
    let list = match reader.holder(operation, Key::RESPONSES, false) {
        Ok(list) => list,
        Err(unread) => return (Vec::new(), Some(unread)),
    };
    let mut out = Vec::new();
    let listed = list.into_iter().flat_map(|list| document.members(list));
    for (status, listed) in listed.filter(|(status, _)| !status.starts_with("x-")) {
        let mut response = Response::new(status, listed);
        match reader.part(listed, "responses") {
            Ok(at) => {
                let schema = document.get(at, Key::SCHEMA).map(|schema| reader.schema(schema));
                let ranges = ranges(&document, operation, Key::PRODUCES);
                response.at = at;
                response.media = if schema.is_some() { media(&ranges, schema) } else { Vec::new() };
                match reader.holder(at, Key::HEADERS, false) {
                    Ok(list) => response.headers = headers(reader, list),
                    Err(unread) => response.unread = Some(unread),
                }
            }
            Err(unread) => response.unread = Some(unread),
        }
        out.push(response);
    }
    (out, None)
}

fn headers(reader: &mut Reader, list: Option<Loc>) -> Vec<Header> {
    let document = reader.doc();
    let listed = list.into_iter().flat_map(|list| document.members(list));
    let listed = listed.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let header = |(name, at): (&str, Loc)| Header {
        name: name.to_owned(),
        at,
        // 2.0 has no word for it: a described header is not promised.
        required: false,
        schema: SchemaAt::Node(at),
        explode: false,
        media: None,
        unread: reader.node(at).err(),
    };
    listed.map(header).collect()
}
