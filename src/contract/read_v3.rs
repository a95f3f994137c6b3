//! OpenAPI 3.0, 3.1 and 3.2: path items, webhooks and parameters.

use super::home::Home;
use super::operation::{OpKey, Operation, Origin, Template};
use super::parts::Parameter;
use super::read::{Above, Reader};
use super::read_bodies::{body, responses, single_content};
use super::read_names::{In, called};
use super::read_servers::servers;
use super::{Hiding, Location, Place, SchemaAt, Side, Style, Unread, Veil, read_callbacks};
use crate::spec::{Document, Key, Loc, SpecVersion};

const METHODS: &[Key] =
    &[Key::GET, Key::PUT, Key::POST, Key::DELETE, Key::OPTIONS, Key::HEAD, Key::PATCH, Key::TRACE, Key::QUERY];

pub(super) fn paths(reader: &mut Reader) {
    let document = reader.doc();
    let root = document.root();
    (reader.contract.servers, reader.contract.unread_servers) = servers(reader, root);
    let security_at = document.get(root, Key::SECURITY);
    let above = |item, sends| Above { item, servers: Vec::new(), unread_servers: None, security_at, sends };
    for (template, entry) in paths_of(reader) {
        reader.contract.homes.add(entry, Home::Path(template.shape.clone()));
        if let Some(item) = item(reader, entry, &template.shape, (&Origin::Path, &template)) {
            operations(reader, &above(item, Side::Request), &Origin::Path, &template);
        }
    }
    // In 3.0 webhooks are an extension that generators and viewers of documents read.
    let extension = document.version == SpecVersion::V30 && document.get(root, Key::WEBHOOKS).is_none();
    let webhooks = if extension { Key::X_WEBHOOKS } else { Key::WEBHOOKS };
    for (name, entry) in items(reader, webhooks, Hiding::Webhooks) {
        let (origin, template) = (Origin::Webhook(name.clone()), Template::plain(""));
        if let Some(item) = item(reader, entry, &format!("webhook:{name}"), (&origin, &template)) {
            operations(reader, &above(item, Side::Response), &origin, &template);
        }
    }
}

/// The entries of `paths`, each with its template.
pub(super) fn paths_of(reader: &mut Reader) -> Vec<(Template, Loc)> {
    let listed = items(reader, Key::PATHS, Hiding::Paths);
    let templates = Template::all(listed.iter().map(|(path, _)| path.as_str()));
    templates.into_iter().zip(listed.into_iter().map(|(_, entry)| entry)).collect()
}

/// The entries of `paths` or `webhooks`; what cannot be read hides them all.
fn items(reader: &mut Reader, key: Key, over: Hiding) -> Vec<(String, Loc)> {
    let document = reader.doc();
    match reader.holder(document.root(), key, false) {
        // OpenAPI 2.0 and 3.0 require `paths`; whether a document without has none, or lost them, is unknown.
        Ok(None) if key == Key::PATHS && document.version < SpecVersion::V31 => {
            reader.problem(
                document.root(),
                "no `paths`, which this version requires: the operations are unknown".to_owned(),
            );
            reader
                .contract
                .veils
                .push(Veil { over, unread: Unread { at: document.root(), sign: "no paths".to_owned() } });
            Vec::new()
        }
        Ok(at) => {
            let entries = at.into_iter().flat_map(|at| document.members(at));
            entries.filter(|(name, _)| !name.starts_with("x-")).map(|(name, at)| (name.to_owned(), at)).collect()
        }
        Err(unread) => {
            reader.contract.veils.push(Veil { over, unread });
            Vec::new()
        }
    }
}

/// A path item, its reference followed; one in another file belongs to its path. What cannot be read hides its operations.
pub(super) fn item(
    reader: &mut Reader,
    entry: Loc,
    home: &str,
    (origin, template): (&Origin, &Template),
) -> Option<Loc> {
    match reader.node(entry) {
        Ok(at) => {
            reader.contract.homes.add(at, Home::Path(home.to_owned()));
            Some(at)
        }
        Err(unread) => {
            let over = Hiding::Item(origin.clone(), template.clone());
            reader.contract.veils.push(Veil { over, unread });
            None
        }
    }
}

fn operations(reader: &mut Reader, above: &Above, origin: &Origin, template: &Template) {
    let (above, listed) = listed_operations(reader, above, origin, template);
    for (method, listed) in listed {
        let operation =
            operation(reader, listed, &above, OpKey { origin: origin.clone(), method, template: template.clone() });
        let (at, key, readable) = (operation.at, operation.key.matching(), operation.unread.is_none());
        if reader.push(operation) && readable {
            read_callbacks::below(reader, at, &above, key);
        }
    }
}

/// The operations that a path item lists, by method, and what stands above them.
pub(super) fn listed_operations(
    reader: &mut Reader,
    above: &Above,
    origin: &Origin,
    template: &Template,
) -> (Above, Vec<(String, Loc)>) {
    let document = reader.doc();
    let above = with_servers(reader, above.item, above);
    let fixed =
        METHODS.iter().filter_map(|&key| Some((key.fixed().to_ascii_uppercase(), document.get(above.item, key)?)));
    let mut listed: Vec<(String, Loc)> = fixed.collect();
    match reader.holder(above.item, Key::ADDITIONAL_OPERATIONS, false) {
        Ok(more) => {
            let more = more.into_iter().flat_map(|more| document.members(more));
            listed.extend(more.map(|(method, at)| (method.to_ascii_uppercase(), at)));
        }
        Err(unread) => {
            let over = Hiding::Item(origin.clone(), template.clone());
            reader.contract.veils.push(Veil { over, unread });
        }
    }
    (above, listed)
}

/// What stands above the parts of an object, with the servers that it names itself.
fn with_servers(reader: &mut Reader, at: Loc, above: &Above) -> Above {
    let (servers, unread_servers) = servers(reader, at);
    if servers.is_empty() && unread_servers.is_none() {
        return above.clone();
    }
    Above { servers, unread_servers, ..above.clone() }
}

/// One operation, of which only the key is known where it cannot be read.
pub(super) fn operation(reader: &mut Reader, listed: Loc, above: &Above, key: OpKey) -> Operation {
    let document = reader.doc();
    reader.home(listed, &key);
    let at = match reader.node(listed) {
        Ok(at) => at,
        Err(unread) => return Operation::unread(key, listed, unread, above.sends),
    };
    if let Some(unread) = reader.crowded(at, above.item) {
        return Operation::unread(key, listed, unread, above.sends);
    }
    reader.home(at, &key);
    let (security, security_at) = reader.security(at, above);
    let serving = with_servers(reader, at, above);
    let (mut parameters, unread_parameters) = parameters(reader, at, above.item);
    let described_headers = described_headers(&parameters);
    parameters.retain(|parameter| !is_ignored(parameter));
    let body = document.get(at, Key::REQUEST_BODY).map(|listed| body(reader, listed));
    let (responses, unread_responses) = responses(reader, at, &key.method);
    Operation {
        key,
        at,
        unread: None,
        parameters,
        described_headers,
        item: above.item,
        unread_parameters,
        body,
        responses,
        unread_responses,
        security: security.alternatives,
        unread_security: security.unread,
        security_at,
        servers: serving.servers,
        unread_servers: serving.unread_servers,
        sends: above.sends,
        first: None,
    }
}

/// Parameters of the operation, then those of the path item that it does not replace (same place, same name).
fn parameters(reader: &mut Reader, operation: Loc, item: Loc) -> (Vec<Parameter>, Vec<Unread>) {
    let (mut out, mut unread): (Vec<Parameter>, Vec<Unread>) = (Vec::new(), Vec::new());
    for owner in [operation, item] {
        let (listed, lost) = listed(reader, owner);
        unread.extend(lost);
        for (listed, at) in listed {
            let content = match single_content(reader, at) {
                Ok(content) => content,
                Err(lost) => {
                    unread.push(lost);
                    continue;
                }
            };
            let parameter = match parameter(reader, at, listed, content) {
                Ok(Some(parameter)) => parameter,
                Ok(None) => continue,
                Err(lost) => {
                    unread.push(lost);
                    continue;
                }
            };
            let known = out.iter().any(|p| p.location == parameter.location && same_name(p, &parameter));
            if !known {
                out.push(parameter);
            }
        }
    }
    (out, unread)
}

/// The parameters that an object lists, each with the node it is described at; and those that cannot be read.
pub(super) fn listed(reader: &mut Reader, owner: Loc) -> (Vec<(Loc, Loc)>, Vec<Unread>) {
    let document = reader.doc();
    let list = match reader.holder(owner, Key::PARAMETERS, true) {
        Ok(list) => list,
        Err(unread) => return (Vec::new(), vec![unread]),
    };
    let (mut out, mut unread) = (Vec::new(), Vec::new());
    for listed in list.into_iter().flat_map(|list| document.children(list)) {
        match reader.part(listed, "parameters") {
            Ok(at) => out.push((listed, at)),
            Err(lost) => unread.push(lost),
        }
    }
    (out, unread)
}

/// Header names compare without case (RFC 9110, 5.1).
fn same_name(a: &Parameter, b: &Parameter) -> bool {
    if a.location == Location::Header { a.name.eq_ignore_ascii_case(&b.name) } else { a.name == b.name }
}

/// Names of headers that are sent as parameters say: required ones, and those that have objects of their own.
pub(super) fn described_headers(parameters: &[Parameter]) -> Vec<String> {
    let headers = parameters.iter().filter(|parameter| parameter.location == Location::Header);
    let sent = headers.filter(|parameter| parameter.required || is_ignored(parameter));
    sent.map(|parameter| parameter.name.to_ascii_lowercase()).collect()
}

/// OpenAPI 3.x, Parameter Object: header parameters of these names are ignored.
fn is_ignored(parameter: &Parameter) -> bool {
    parameter.location == Location::Header
        && ["accept", "content-type", "authorization"].contains(&parameter.name.to_ascii_lowercase().as_str())
}

/// A parameter; nothing of one that 3.x has no place for.
fn parameter(
    reader: &mut Reader,
    at: Loc,
    listed_at: Loc,
    content: Option<(String, Loc)>,
) -> Result<Option<Parameter>, Unread> {
    let document = reader.doc();
    let (name, location) = match called(reader, at)? {
        (name, In::At(location)) => (name, location),
        (name, In::Body | In::Form) => {
            let told = format!("parameter `{name}` belongs into `requestBody` in OpenAPI 3.x; it is not compared");
            reader.problem_once(at, told);
            return Ok(None);
        }
    };
    let style = written_style(&document, at, location.into());
    let (schema, media) = match (document.get(at, Key::SCHEMA), content) {
        (Some(schema), _) => (reader.schema(schema), None),
        (None, Some((range, media))) => {
            let schema = document.get(media, Key::SCHEMA).map_or(SchemaAt::Any, |schema| reader.schema(schema));
            (schema, Some(range))
        }
        (None, None) => (SchemaAt::Any, None),
    };
    Ok(Some(Parameter {
        at,
        listed_at,
        name,
        location,
        required: location == Location::Path || document.flag(at, Key::REQUIRED) == Some(true),
        style: media.clone().map_or(style.clone(), |range| Style { style: range, ..style }),
        allow_reserved: document.flag(at, Key::ALLOW_RESERVED) == Some(true),
        allow_empty: document.flag(at, Key::ALLOW_EMPTY_VALUE) == Some(true),
        schema,
        media,
    }))
}

/// How a parameter or header says that it is written.
pub(super) fn written_style(document: &Document, at: Loc, place: Place) -> Style {
    Style::written(document.string(at, Key::STYLE), document.flag(at, Key::EXPLODE), place)
}
