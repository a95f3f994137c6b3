//! Swagger 2.0: body and form parameters become a request body, `consumes` and `produces` its media types.

use std::collections::BTreeSet;

use super::home::Home;
use super::operation::{OpKey, Operation, Origin};
use super::parts::{Body, Encoding, Header, Media, Parameter, Response};
use super::read::{Above, Reader};
use super::read_names::{In, called};
use super::read_v3::{described_headers, item, listed, paths_of};
use super::{Location, Made, Place, SchemaAt, Server, Side, Style, Unread};
use crate::spec::{Document, Key, Loc};

const METHODS: &[Key] = &[Key::GET, Key::PUT, Key::POST, Key::DELETE, Key::OPTIONS, Key::HEAD, Key::PATCH];

pub(super) fn paths(reader: &mut Reader) {
    let document = reader.doc();
    let root = document.root();
    reader.contract.servers = servers(&document, root, root);
    let security_at = document.get(root, Key::SECURITY);
    for (template, entry) in paths_of(reader) {
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

/// The addresses of the API, by the schemes that an object names.
fn servers(document: &Document, root: Loc, owner: Loc) -> Vec<Server> {
    let server = |url: String, at| Server { open: url.clone(), url, at };
    let host = document.string(root, Key::HOST);
    let base = document.string(root, Key::BASE_PATH).unwrap_or("").trim_end_matches('/');
    let Some(at) = document.get(root, Key::HOST).or_else(|| document.get(root, Key::BASE_PATH)) else {
        return Vec::new();
    };
    let Some(host) = host else { return vec![server(base.to_owned(), at)] };
    let schemes: Vec<&str> = document
        .get(owner, Key::SCHEMES)
        .map(|list| document.children(list).map(|scheme| document.text(scheme)).collect())
        .unwrap_or_default();
    let schemes = if schemes.is_empty() { vec!["https"] } else { schemes };
    schemes.into_iter().map(|scheme| server(format!("{scheme}://{host}{base}"), at)).collect()
}

/// The addresses of an operation whose schemes are not those of the API (2.0, Operation Object).
fn own_servers(reader: &Reader, at: Loc) -> Vec<Server> {
    let document = &reader.contract.document;
    if document.get(at, Key::SCHEMES).is_none_or(|list| document.children(list).next().is_none()) {
        return Vec::new();
    }
    let own = servers(document, document.root(), at);
    let urls = |list: &[Server]| list.iter().map(|server| server.url.clone()).collect::<BTreeSet<_>>();
    if urls(&own) == urls(&reader.contract.servers) { Vec::new() } else { own }
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
    let (responses, unread_responses) = responses(reader, at, &key.method);
    reader.push(Operation {
        key,
        at,
        unread: None,
        described_headers: described_headers(&parameters),
        item: above.item,
        parameters,
        unread_parameters,
        body,
        responses,
        unread_responses,
        security: security.alternatives,
        unread_security: security.unread,
        security_at,
        servers: own_servers(reader, at),
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
    let mut seen: Vec<(In, String)> = Vec::new();
    let (mut out, mut form): (Inputs, Vec<Loc>) = (Inputs::default(), Vec::new());
    for owner in [operation, item] {
        let (listed, unread) = listed(reader, owner);
        out.unread_parameters.extend(unread);
        for (listed, at) in listed {
            let (name, place) = match called(reader, at) {
                Ok(called) => called,
                Err(unread) => {
                    out.unread_parameters.push(unread);
                    continue;
                }
            };
            let known = (place, if place == In::Body { String::new() } else { name.clone() });
            if seen.contains(&known) {
                continue;
            }
            seen.push(known);
            match place {
                In::Body => out.body = Some(body_parameter(reader, operation, at)),
                In::Form => form.push(at),
                In::At(location) => out.parameters.push(parameter(&document, at, listed, name, location)),
            }
        }
    }
    if out.body.is_none() && !form.is_empty() {
        // What cannot be read may be a further member of the form.
        let other =
            |unread: &&Unread| document.string(unread.at, Key::IN).is_none_or(|word| Location::named(word).is_none());
        let unread = out.unread_parameters.iter().find(other).map(|unread| {
            let members: Vec<String> =
                form.iter().map(|at| document.file(at.file).value(at.node).to_string()).collect();
            Unread { at: unread.at, sign: format!("{} {}", unread.sign, members.join(" ")) }
        });
        out.body = Some(Body { unread, ..form_body(reader, operation, &form) });
    }
    out
}

fn parameter(document: &Document, at: Loc, listed_at: Loc, name: String, location: Location) -> Parameter {
    Parameter {
        at,
        listed_at,
        name,
        location,
        required: location == Location::Path || document.flag(at, Key::REQUIRED) == Some(true),
        style: collection(document, at, location.into()),
        allow_reserved: false,
        allow_empty: document.flag(at, Key::ALLOW_EMPTY_VALUE) == Some(true),
        schema: SchemaAt::Node(at),
        media: None,
    }
}

/// How a list is written; a plain value reads the same as the default of 3.x.
fn collection(document: &Document, at: Loc, place: Place) -> Style {
    if document.string(at, Key::TYPE) != Some("array") {
        return Style::written(None, None, place);
    }
    // A list within a list has a separator of its own.
    let within = document.get(at, Key::ITEMS).and_then(|items| document.string(items, Key::COLLECTION_FORMAT));
    Style::collection(document.string(at, Key::COLLECTION_FORMAT), within, place)
}

/// How the members of a form are written, where that is not the default of 3.x.
fn encodings(document: &Document, form: &[Loc]) -> Vec<Encoding> {
    let encoding = |&at: &Loc| {
        let style = collection(document, at, Place::Form);
        let default = style == Style::written(None, None, Place::Form);
        let text = style.word(true, true);
        let property = document.string(at, Key::NAME).unwrap_or("").to_owned();
        (!default).then_some(Encoding {
            property,
            at,
            text,
            content_types: Vec::new(),
            style: Some(style),
            allow_reserved: false,
            headers: Vec::new(),
        })
    };
    form.iter().filter_map(encoding).collect()
}

/// The operation's own list, else the document's; JSON where neither says anything.
fn ranges(document: &Document, operation: Loc, key: Key) -> Vec<Media> {
    let list = document.get(operation, key).or_else(|| document.get(document.root(), key));
    let listed = list.into_iter().flat_map(|list| document.children(list));
    let out: Vec<Media> = listed.map(|at| Media::new(document.text(at), at)).collect();
    if out.is_empty() { vec![Media::new("application/json", operation)] } else { out }
}

fn media(ranges: Vec<Media>, schema: Option<SchemaAt>) -> Vec<Media> {
    ranges.into_iter().map(|media| Media { schema, ..media }).collect()
}

fn body_parameter(reader: &mut Reader, operation: Loc, at: Loc) -> Body {
    let document = reader.doc();
    let schema = document.get(at, Key::SCHEMA).map(|schema| reader.schema(schema));
    let required = document.flag(at, Key::REQUIRED) == Some(true);
    Body {
        at,
        listed_at: at,
        required,
        media: media(ranges(&document, operation, Key::CONSUMES), schema),
        unread: None,
    }
}

fn form_body(reader: &mut Reader, operation: Loc, form: &[Loc]) -> Body {
    let document = reader.doc();
    let members: Vec<(String, Loc, bool)> = form
        .iter()
        .map(|&at| {
            (
                document.get(at, Key::NAME).map_or("", |name| document.text(name)).to_owned(),
                at,
                document.flag(at, Key::REQUIRED) == Some(true),
            )
        })
        .collect();
    let required = members.iter().any(|(_, _, required)| *required);
    let mut ranges = ranges(&document, operation, Key::CONSUMES);
    if ranges.iter().all(|media| media.range == "application/json") {
        let files = form.iter().any(|&at| document.string(at, Key::TYPE) == Some("file"));
        let range = if files { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        ranges = vec![Media::new(range, operation)];
    }
    let made = u32::try_from(reader.contract.made.len()).unwrap_or(u32::MAX);
    reader.contract.made.push(Made { at: form[0], members });
    let encoding = encodings(&document, form);
    let media = media(ranges, Some(SchemaAt::Made(made)));
    let media = media.into_iter().map(|media| Media { encoding: encoding.clone(), ..media }).collect();
    Body { at: form[0], listed_at: form[0], required, media, unread: None }
}

fn responses(reader: &mut Reader, operation: Loc, method: &str) -> (Vec<Response>, Option<Unread>) {
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
                let written = document.get(at, Key::SCHEMA);
                let none = reader.has_no_body(method, &response.status, written);
                let schema = written.filter(|_| !none).map(|schema| reader.schema(schema));
                let ranges = ranges(&document, operation, Key::PRODUCES);
                response.at = at;
                response.media = if schema.is_some() { media(ranges, schema) } else { Vec::new() };
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
        listed_at: at,
        // 2.0 has no word for it: a described header is not promised.
        required: false,
        schema: SchemaAt::Node(at),
        style: collection(&document, at, Place::Header),
        media: None,
        unread: reader.node(at).err(),
    };
    listed.map(header).collect()
}
