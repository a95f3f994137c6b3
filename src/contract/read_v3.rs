//! OpenAPI 3.0, 3.1 and 3.2: path items, webhooks, callbacks and their parts.

use super::home::Home;
use super::operation::{OpKey, Operation, Origin, Template};
use super::parts::{Body, Encoding, Header, Location, Media, Parameter, Response, Style};
use super::read::{Above, Reader};
use super::{SchemaAt, Server, Side};
use crate::spec::{Document, Key, Kind, Loc};

const METHODS: &[Key] =
    &[Key::GET, Key::PUT, Key::POST, Key::DELETE, Key::OPTIONS, Key::HEAD, Key::PATCH, Key::TRACE, Key::QUERY];

pub(super) fn paths(reader: &mut Reader) {
    let document = reader.doc();
    let root = document.root();
    reader.contract.servers = servers(&document, root);
    let security_at = document.get(root, Key::SECURITY);
    let above = |item, sends| Above { item, servers: Vec::new(), security_at, sends };
    if let Some(at) = document.get(root, Key::PATHS).and_then(|at| reader.part(at, "pathItems")) {
        for (path, entry) in document.members(at).filter(|(path, _)| !path.starts_with("x-")) {
            let template = Template::new(path);
            reader.contract.homes.add(entry, Home::Path(template.shape.clone()));
            if let Some(item) = item(reader, entry, &template.shape) {
                operations(reader, &above(item, Side::Request), &Origin::Path, &template);
            }
        }
    }
    if let Some(at) = document.get(root, Key::WEBHOOKS) {
        for (name, entry) in document.members(at).filter(|(name, _)| !name.starts_with("x-")) {
            if let Some(item) = item(reader, entry, &format!("webhook:{name}")) {
                let template = Template::plain("");
                operations(reader, &above(item, Side::Response), &Origin::Webhook(name.to_owned()), &template);
            }
        }
    }
}

/// A path item, its reference followed; one in another file belongs to its path.
pub(super) fn item(reader: &mut Reader, entry: Loc, home: &str) -> Option<Loc> {
    let at = reader.node(entry)?;
    reader.contract.homes.add(at, Home::Path(home.to_owned()));
    Some(at)
}

fn operations(reader: &mut Reader, above: &Above, origin: &Origin, template: &Template) {
    let document = reader.doc();
    let own_servers = servers(&document, above.item);
    let above =
        Above { servers: if own_servers.is_empty() { above.servers.clone() } else { own_servers }, ..above.clone() };
    for &key in METHODS {
        if let Some(at) = document.get(above.item, key) {
            let method = key.fixed().to_ascii_uppercase();
            operation(reader, at, &above, OpKey { origin: origin.clone(), method, template: template.clone() });
        }
    }
    if let Some(more) = document.get(above.item, Key::ADDITIONAL_OPERATIONS) {
        for (method, at) in document.members(more) {
            let method = method.to_ascii_uppercase();
            operation(reader, at, &above, OpKey { origin: origin.clone(), method, template: template.clone() });
        }
    }
}

fn operation(reader: &mut Reader, listed: Loc, above: &Above, key: OpKey) {
    let document = reader.doc();
    reader.home(listed, &key);
    let Some(at) = reader.node(listed) else { return };
    reader.home(at, &key);
    let (security, security_at) = reader.security(at, above);
    let own_servers = servers(&document, at);
    let parameters = parameters(reader, at, above.item);
    let body = document.get(at, Key::REQUEST_BODY).and_then(|listed| body(reader, listed));
    let responses = responses(reader, at);
    let name = key.matching();
    reader.push(Operation {
        key,
        at,
        parameters,
        body,
        responses,
        security,
        security_at,
        servers: if own_servers.is_empty() { above.servers.clone() } else { own_servers },
        sends: above.sends,
    });
    callbacks(reader, at, above, &name);
}

fn callbacks(reader: &mut Reader, operation: Loc, above: &Above, parent: &str) {
    let document = reader.doc();
    // A callback within a callback may refer back to its own operation: one level is what people write and read.
    if parent.contains("callback:") {
        return;
    }
    let Some(at) = document.get(operation, Key::CALLBACKS) else { return };
    for (name, listed) in document.members(at).filter(|(name, _)| !name.starts_with("x-")) {
        let Some(callback) = reader.part(listed, "callbacks") else { continue };
        for (expression, entry) in document.members(callback).filter(|(name, _)| !name.starts_with("x-")) {
            let Some(item) = reader.node(entry) else { continue };
            let template = Template::plain(expression);
            let origin = Origin::Callback(parent.to_owned(), name.to_owned());
            operations(reader, &Above { item, sends: above.sends.flip(), ..above.clone() }, &origin, &template);
        }
    }
}

/// The servers of an object, one for each combination of variables with an enumeration, others by their default.
pub(super) fn servers(document: &Document, at: Loc) -> Vec<Server> {
    let Some(list) = document.get(at, Key::SERVERS) else { return Vec::new() };
    let mut out = Vec::new();
    for server in document.children(list) {
        let Some(url) = document.string(server, Key::URL) else { continue };
        let mut urls = vec![url.to_owned()];
        if let Some(variables) = document.get(server, Key::VARIABLES) {
            for (name, variable) in document.members(variables) {
                let values: Vec<&str> = match document.get(variable, Key::ENUM) {
                    Some(values) => document.children(values).map(|value| document.text(value)).collect(),
                    None => document.string(variable, Key::DEFAULT).into_iter().collect(),
                };
                if !values.is_empty() && urls.len() * values.len() <= SERVER_CAP {
                    let slot = format!("{{{name}}}");
                    urls = urls.iter().flat_map(|url| values.iter().map(|value| url.replace(&slot, value))).collect();
                }
            }
        }
        out.extend(urls.into_iter().map(|url| Server { url: url.trim_end_matches('/').to_owned(), at: server }));
    }
    out
}

/// Addresses one server object may stand for.
const SERVER_CAP: usize = 64;

/// Parameters of the operation, then those of the path item that it does not replace (same place, same name).
fn parameters(reader: &mut Reader, operation: Loc, item: Loc) -> Vec<Parameter> {
    let document = reader.doc();
    let mut out: Vec<Parameter> = Vec::new();
    for owner in [operation, item] {
        let Some(list) = document.get(owner, Key::PARAMETERS) else { continue };
        for listed in document.children(list) {
            let Some(at) = reader.part(listed, "parameters") else { continue };
            let Some(parameter) = parameter(reader, at, listed) else { continue };
            let known = out.iter().any(|p| p.location == parameter.location && same_name(p, &parameter));
            if !known && !is_ignored(&parameter) {
                out.push(parameter);
            }
        }
    }
    out
}

/// Header names compare without case (RFC 9110, 5.1).
fn same_name(a: &Parameter, b: &Parameter) -> bool {
    if a.location == Location::Header { a.name.eq_ignore_ascii_case(&b.name) } else { a.name == b.name }
}

/// OpenAPI 3.x, Parameter Object: header parameters of these names are ignored.
fn is_ignored(parameter: &Parameter) -> bool {
    parameter.location == Location::Header
        && ["accept", "content-type", "authorization"].contains(&parameter.name.to_ascii_lowercase().as_str())
}

pub(super) fn location(text: &str) -> Option<Location> {
    match text {
        "path" => Some(Location::Path),
        "query" => Some(Location::Query),
        "querystring" => Some(Location::QueryString),
        "header" => Some(Location::Header),
        "cookie" => Some(Location::Cookie),
        _ => None,
    }
}

fn parameter(reader: &mut Reader, at: Loc, listed_at: Loc) -> Option<Parameter> {
    let document = reader.doc();
    let name = document.string(at, Key::NAME).unwrap_or("").to_owned();
    let Some(location) = location(document.string(at, Key::IN).unwrap_or("")) else {
        reader.problem(at, format!("parameter `{name}` has no `in` of the standard; it is not compared"));
        return None;
    };
    let default = match location {
        Location::Query | Location::Cookie | Location::QueryString => "form",
        Location::Path | Location::Header => "simple",
    };
    let style = document.string(at, Key::STYLE).unwrap_or(default).to_owned();
    let explode = document.flag(at, Key::EXPLODE).unwrap_or(style == "form");
    let content = document.get(at, Key::CONTENT).and_then(|content| document.children(content).next());
    let (schema, media) = match (document.get(at, Key::SCHEMA), content) {
        (Some(schema), _) => (reader.schema(schema), None),
        (None, Some(media)) => {
            let schema = document.get(media, Key::SCHEMA).map_or(SchemaAt::Any, |schema| reader.schema(schema));
            (schema, Some(document.name(media).to_ascii_lowercase()))
        }
        (None, None) => (SchemaAt::Any, None),
    };
    Some(Parameter {
        at,
        listed_at,
        name,
        location,
        required: location == Location::Path || document.flag(at, Key::REQUIRED) == Some(true),
        style: Style { style: if media.is_some() { "content".to_owned() } else { style }, explode },
        allow_reserved: document.flag(at, Key::ALLOW_RESERVED) == Some(true),
        allow_empty: document.flag(at, Key::ALLOW_EMPTY_VALUE) == Some(true),
        schema,
        media,
    })
}

fn body(reader: &mut Reader, listed: Loc) -> Option<Body> {
    let document = reader.doc();
    let at = reader.part(listed, "requestBodies")?;
    let required = document.flag(at, Key::REQUIRED) == Some(true);
    Some(Body { at, required, media: content(reader, at) })
}

pub(super) fn content(reader: &mut Reader, owner: Loc) -> Vec<Media> {
    let document = reader.doc();
    let Some(content) = document.get(owner, Key::CONTENT) else { return Vec::new() };
    let mut out = Vec::new();
    for (range, listed) in document.members(content) {
        let Some(at) = reader.part(listed, "mediaTypes") else { continue };
        let range = range.to_ascii_lowercase().replace("; ", ";");
        out.push(Media {
            schema: document.get(at, Key::SCHEMA).map(|schema| reader.schema(schema)),
            item_schema: document.get(at, Key::ITEM_SCHEMA).map(|schema| reader.schema(schema)),
            encoding: encodings(&document, at, &range),
            range,
            at,
        });
    }
    out
}

/// Encodings that say something other than the default; they apply to form bodies only (OpenAPI, Encoding Object).
fn encodings(document: &Document, media: Loc, range: &str) -> Vec<Encoding> {
    let form = range.starts_with("multipart/") || range.starts_with("application/x-www-form-urlencoded");
    let Some(at) = document.get(media, Key::ENCODING).filter(|_| form) else { return Vec::new() };
    document
        .members(at)
        .filter_map(|(property, at)| {
            let style = document.string(at, Key::STYLE).unwrap_or("form");
            let explode = document.flag(at, Key::EXPLODE).unwrap_or(style == "form");
            let mut text = Vec::new();
            if let Some(content_type) = document.string(at, Key::CONTENT_TYPE) {
                let lower = content_type.to_ascii_lowercase();
                let mut types: Vec<&str> = lower.split(',').map(str::trim).collect();
                types.sort_unstable();
                text.push(types.join(" | "));
            }
            if (style, explode) != ("form", true) {
                text.push(format!("{style}{}", if explode { ", exploded" } else { "" }));
            }
            if document.flag(at, Key::ALLOW_RESERVED) == Some(true) {
                text.push("allowReserved".to_owned());
            }
            let text = text.join(", ");
            (!text.is_empty()).then(|| Encoding { property: property.to_owned(), at, text })
        })
        .collect()
}

fn responses(reader: &mut Reader, operation: Loc) -> Vec<Response> {
    let document = reader.doc();
    let Some(list) = document.get(operation, Key::RESPONSES) else { return Vec::new() };
    let mut out = Vec::new();
    for (status, listed) in document.members(list).filter(|(status, _)| !status.starts_with("x-")) {
        let Some(at) = reader.part(listed, "responses") else { continue };
        let status = if status == "default" { status.to_owned() } else { status.to_ascii_uppercase() };
        out.push(Response { status, at, media: content(reader, at), headers: headers(reader, at) });
    }
    out
}

fn headers(reader: &mut Reader, response: Loc) -> Vec<Header> {
    let document = reader.doc();
    let Some(list) = document.get(response, Key::HEADERS) else { return Vec::new() };
    let mut out = Vec::new();
    for (name, listed) in document.members(list) {
        // OpenAPI 3.x, Response Object: a header named Content-Type is ignored.
        if name.eq_ignore_ascii_case("content-type") || document.kind(listed) != Kind::Object {
            continue;
        }
        let Some(at) = reader.part(listed, "headers") else { continue };
        let content = document.get(at, Key::CONTENT).and_then(|content| document.children(content).next());
        let schema = document.get(at, Key::SCHEMA).or_else(|| document.get(content?, Key::SCHEMA));
        out.push(Header {
            name: name.to_owned(),
            at,
            required: document.flag(at, Key::REQUIRED) == Some(true),
            schema: schema.map_or(SchemaAt::Any, |schema| reader.schema(schema)),
            explode: document.flag(at, Key::EXPLODE).unwrap_or(false),
            media: content.map(|media| document.name(media).to_ascii_lowercase()),
        });
    }
    out
}
