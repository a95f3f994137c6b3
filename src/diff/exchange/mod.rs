//! The exchange that shows a change: the request that is now refused, or the response that clients do not expect, with
//! everything around it that makes it whole.

use serde_json::Value;

use super::wire::member_style;
use super::{Change, Use};
use crate::contract::{
    Action, Alternative, Contract, Facet, Location, Media, Operation, Origin, Parameter, Place, Response, Run, Style,
};
use crate::schema::{Lens, Prover, Which};
use crate::text::Spot;
use message::Request;

mod heard;
mod keys;
mod message;
mod spot;
mod style;

use spot::Found;
pub(super) use spot::Index;

/// An HTTP message, and for requests a command that sends it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Exchange {
    pub(super) http: String,
    pub(super) curl: Option<String>,
}

/// What the message is to carry beside what its operation asks for.
#[derive(Clone, Copy, Default)]
struct Carried<'a> {
    /// A payload and the node of the media type or parameter it belongs to.
    payload: Option<&'a Value>,
    /// A parameter to send though it is optional.
    parameter: Option<(Location, &'a str)>,
    /// A media range to send the body in, or to accept.
    range: Option<&'a str>,
    /// Send a body though it is optional.
    body: bool,
    /// The credentials to hold.
    held: Option<&'a Alternative>,
    /// An optional header of the response.
    header: Option<&'a str>,
}

/// Writes exchanges of one comparison.
pub(super) struct Writer<'p, 'e, 'c> {
    pub(super) contracts: [&'c Contract; 2],
    pub(super) operations: &'p Index<'c>,
    pub(super) prover: &'p mut Prover<'e, 'c>,
    /// How values travel in requests and in responses.
    pub(super) lenses: [Lens; 2],
}

impl<'c> Writer<'_, '_, 'c> {
    /// The exchange of a payload that proves a schema finding.
    pub(super) fn proven(&mut self, at: &Use, payload: &Value, run: Run) -> Option<Exchange> {
        let which = if run == Run::Forward { Which::Base } else { Which::Head };
        let found = self.operations.find(which, at)?;
        let carried = Carried { payload: Some(payload), ..Carried::default() };
        match found.spot {
            Spot::Parameter(location, name) => {
                Some(self.request(&found, Carried { parameter: Some((*location, name)), ..carried }))
            }
            Spot::RequestBody => Some(self.request(&found, Carried { body: true, ..carried })),
            Spot::ResponseBody(status) => self.response(&found, status, carried),
            Spot::ResponseHeader(status, name) => {
                self.response(&found, status, Carried { header: Some(name), ..carried })
            }
            Spot::Operation
            | Spot::Security
            | Spot::Response(_)
            | Spot::InMediaType(..)
            | Spot::Webhook(..)
            | Spot::Callback(..)
            | Spot::Other(_) => None,
        }
    }

    /// The exchange that shows a change which is no matter of schemas, and whose values it shows.
    pub(super) fn structural(&mut self, change: &Change, at: &Use) -> Option<(Exchange, Run)> {
        let run = run(change)?;
        let which = if run == Run::Forward { Which::Base } else { Which::Head };
        let found = self.operations.find(which, at)?;
        let nothing = Carried::default();
        let exchange = match (change.facet, found.spot) {
            (Facet::Parameter | Facet::Serialization | Facet::AllowReserved, Spot::Parameter(location, name)) => {
                let shown =
                    change.facet != Facet::Parameter || matches!(change.action, Action::Removed | Action::Moved);
                let parameter = shown.then_some((*location, name.as_str()));
                let parameter = parameter.or_else(|| self.beside(&found, *location, name));
                self.request(&found, Carried { parameter, ..nothing })
            }
            (Facet::Body, _) => self.request(&found, Carried { body: change.action == Action::Removed, ..nothing }),
            (Facet::MediaType, Spot::RequestBody) => {
                self.request(&found, Carried { body: true, range: Some(&change.subject), ..nothing })
            }
            (Facet::MediaType, Spot::ResponseBody(status)) => {
                self.response(&found, status, Carried { range: Some(&change.subject), ..nothing })?
            }
            (Facet::Status, Spot::Response(_)) => self.response(&found, &change.subject, nothing)?,
            (Facet::Header, Spot::ResponseHeader(status, name)) => {
                let header = (change.action == Action::Removed && run == Run::Forward).then_some(name.as_str());
                self.response(&found, status, Carried { header, ..nothing })?
            }
            (Facet::Security, _) => {
                let held = found.operation.security.iter().find(|held| held.identity == change.subject);
                self.request(&found, Carried { held, ..nothing })
            }
            (Facet::Operation | Facet::Webhook | Facet::Callback | Facet::Server, _) => self.request(&found, nothing),
            _ => return None,
        };
        Some((exchange, run))
    }

    fn sample(&mut self, which: Which, schema: crate::contract::SchemaAt, side: usize, text: bool) -> Value {
        let lens = Lens { text, flat: text, ..self.lenses[side] };
        self.prover.sample(which, schema, lens).unwrap_or_else(|| Value::from("…"))
    }

    fn request(&mut self, found: &Found<'c, '_>, carried: Carried<'_>) -> Exchange {
        let operation = found.operation;
        let mut out = Request { method: operation.key.method.clone(), ..Request::default() };
        let (mut query, mut cookies) = (Vec::new(), Vec::new());
        let mut path = spot::target(operation);
        // What the API asks of its callers is nothing it shows when it calls itself.
        let own = operation.security.first().filter(|_| operation.key.origin == Origin::Path);
        credentials(carried.held.or(own), &mut out, &mut query, &mut cookies);
        let shown = carried.parameter.map(|(location, name)| (location, self.own_name(found, location, name)));
        for parameter in &operation.parameters {
            let named = shown.is_some_and(|(location, name)| {
                location == parameter.location && name.eq_ignore_ascii_case(&parameter.name)
            });
            if !named && !parameter.required {
                continue;
            }
            let value = match carried.payload.filter(|_| named) {
                Some(value) => value.clone(),
                None => self.parameter(found.which, parameter, named),
            };
            match parameter.location {
                Location::Path => {
                    let text = style::segment(&parameter.name, Location::Path, &parameter.style, &value);
                    path = path.replace(&format!("{{{}}}", parameter.name), &text);
                }
                Location::Query => {
                    query.extend(style::pairs(&parameter.name, &parameter.style, &value, parameter.allow_reserved));
                }
                Location::QueryString => query.push(style::encoded(&style::plain(&value), true)),
                Location::Header => {
                    let text = style::segment(&parameter.name, Location::Header, &parameter.style, &value);
                    out.headers.push((parameter.name.clone(), text));
                }
                Location::Cookie => cookies.extend(style::pairs(&parameter.name, &parameter.style, &value, false)),
            }
        }
        self.key(found, carried, (&mut query, &mut cookies));
        if !cookies.is_empty() {
            out.headers.push(("Cookie".to_owned(), cookies.join("; ")));
        }
        out.target = if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) };
        self.body(found, carried, &mut out);
        let curl = (operation.key.origin == Origin::Path).then(|| out.curl(self.server(operation)));
        Exchange { http: out.http(), curl }
    }

    /// A real or made value of a parameter; of a list that is what the message is to show two items, as how it is written
    /// shows only then.
    fn parameter(&mut self, which: Which, parameter: &Parameter, shown: bool) -> Value {
        let mut value = self.sample(which, parameter.schema, 0, parameter.media.is_none());
        if let Value::Array(items) = &mut value
            && shown
            && items.len() == 1
        {
            items.push(items[0].clone());
        }
        value
    }

    fn body(&mut self, found: &Found<'c, '_>, carried: Carried<'_>, out: &mut Request) {
        let Some(body) = found.operation.body.as_ref().filter(|body| body.required || carried.body) else { return };
        let Some(media) = chosen(&body.media, carried) else { return };
        let payload = carried.payload.filter(|_| carried.parameter.is_none()).cloned();
        let payload = payload.or_else(|| Some(self.sample(found.which, media.schema?, 0, false)));
        let range = carried.range.unwrap_or(&media.range).replace('*', "x");
        out.body = payload.map(|payload| written(&range, media, &payload));
        out.headers.push(("Content-Type".to_owned(), range));
    }

    /// The first server of the contract that is to come, where a request would be tried.
    fn server(&self, operation: &Operation) -> Option<&'c str> {
        let own = self.operations.matching(Which::Head, &operation.key.matching()).map(|other| &other.servers);
        let own = own.and_then(|servers| servers.first());
        let [base, head] = self.contracts.map(|contract| contract.servers.first());
        own.or(head).or(base).map(|server| server.url.as_str())
    }

    fn response(&mut self, found: &Found<'c, '_>, status: &str, carried: Carried<'_>) -> Option<Exchange> {
        let response: &Response = found.operation.responses.iter().find(|known| known.status == status)?;
        let mut headers = Vec::new();
        for header in &response.headers {
            let named = carried.header.is_some_and(|name| name.eq_ignore_ascii_case(&header.name));
            if !named && !header.required {
                continue;
            }
            let value = match carried.payload.filter(|_| named) {
                Some(value) => value.clone(),
                None => self.sample(found.which, header.schema, 1, header.media.is_none()),
            };
            headers.push((header.name.clone(), style::segment(&header.name, Location::Header, &header.style, &value)));
        }
        let mut body = None;
        if let Some(media) = chosen(&response.media, carried) {
            let payload = carried.payload.filter(|_| carried.header.is_none()).cloned();
            let payload = payload.or_else(|| Some(self.sample(found.which, media.schema?, 1, false)));
            let range = carried.range.unwrap_or(&media.range).replace('*', "x");
            body = payload.map(|payload| written(&range, media, &payload));
            headers.push(("Content-Type".to_owned(), range));
        }
        Some(Exchange { http: message::response(status, &headers, body.as_deref()), curl: None })
    }
}

/// Whose values show a change: those that the other version refuses or does not expect.
fn run(change: &Change) -> Option<Run> {
    let hurting = |run| change.losses.iter().any(|(of, _)| *of == run);
    match (change.facet, change.action) {
        (Facet::Status, Action::Added) => Some(Run::Backward),
        (Facet::MediaType | Facet::Operation | Facet::Webhook | Facet::Callback | Facet::Server, Action::Added) => {
            Some(Run::Backward)
        }
        (Facet::Header, _) if hurting(Run::Backward) => Some(Run::Backward),
        (Facet::Parameter | Facet::Body, Action::Added | Action::Optional) if !hurting(Run::Forward) => None,
        _ => Some(Run::Forward),
    }
}

/// The representation asked for, else JSON, else the first.
fn chosen<'m>(list: &'m [Media], carried: Carried<'_>) -> Option<&'m Media> {
    let asked = carried.range.and_then(|range| list.iter().find(|media| media.range.starts_with(range)));
    asked.or_else(|| list.iter().find(|media| media.range.contains("json"))).or_else(|| list.first())
}

/// A payload in a media type.
fn written(range: &str, media: &Media, payload: &Value) -> String {
    let form = Style::written(None, None, Place::Form);
    match payload {
        Value::Object(members) if range.starts_with("application/x-www-form-urlencoded") => {
            let style = |name: &str| member_style(media, name).unwrap_or_else(|| form.clone());
            let pairs = members.iter().flat_map(|(name, value)| style::pairs(name, &style(name), value, false));
            pairs.collect::<Vec<String>>().join("&")
        }
        Value::String(text) if !range.contains("json") => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            payload.to_string()
        }
    }
}

/// What holds the credentials of an alternative on the wire.
fn credentials(held: Option<&Alternative>, out: &mut Request, query: &mut Vec<String>, cookies: &mut Vec<String>) {
    for credential in held.into_iter().flat_map(|held| &held.credentials) {
        let words: Vec<&str> = credential.content.split(' ').collect();
        let header = |out: &mut Request, value: &str| out.headers.push(("Authorization".to_owned(), value.to_owned()));
        match words.as_slice() {
            ["apiKey", "query", name] => query.push(format!("{name}=$KEY")),
            ["apiKey", "cookie", name] => cookies.push(format!("{name}=$KEY")),
            ["apiKey", _, name] => out.headers.push(((*name).to_owned(), "$KEY".to_owned())),
            ["http", "basic"] => header(out, "Basic $CREDENTIALS"),
            ["http", scheme] if *scheme != "bearer" => header(out, &format!("{scheme} $CREDENTIALS")),
            _ => header(out, "Bearer $TOKEN"),
        }
    }
}
