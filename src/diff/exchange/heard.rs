//! What the other version makes of the text that carries a payload: a proof is a message, and what is read as something that
//! is taken proves nothing (verdict.md 5).

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::spot::Found;
use super::{Writer, style};
use crate::contract::{Header, Lead, Lists, Location, Objects, Parameter, Row, Run, SchemaAt, Style};
use crate::diff::Use;
use crate::schema::{Lens, Which, is_nothing};
use crate::text::Spot;

/// A parameter or a header, as far as it is written.
#[derive(Clone, Copy)]
struct Carrier<'c> {
    name: &'c str,
    location: Location,
    style: &'c Style,
    schema: SchemaAt,
    required: bool,
    reserved: bool,
}

impl<'c> From<&'c Parameter> for Carrier<'c> {
    fn from(of: &'c Parameter) -> Self {
        let reserved = of.allow_reserved;
        let Parameter { name, location, style, schema, required, .. } = of;
        Self { name, location: *location, style, schema: *schema, required: *required, reserved }
    }
}

impl<'c> From<&'c Header> for Carrier<'c> {
    fn from(of: &'c Header) -> Self {
        let Header { name, style, schema, required, .. } = of;
        Self { name, location: Location::Header, style, schema: *schema, required: *required, reserved: false }
    }
}

/// Texts as they travel: those under the name, and all keys.
struct Sent {
    own: Vec<String>,
    keys: Vec<(String, String)>,
}

impl<'c> Writer<'_, '_, 'c> {
    /// True if the version that is to refuse a payload takes the text that carries it, or if a style leaves nothing to send.
    /// Of what is no parameter or header of both versions nothing is known.
    pub(in crate::diff) fn is_taken(&mut self, at: &Use, payload: &Value, run: Run) -> bool {
        let sides = if run == Run::Forward { [Which::Base, Which::Head] } else { [Which::Head, Which::Base] };
        let [from, to] = sides.map(|which| self.operations.find(which, at).filter(|found| found.which == which));
        let (Some(from), Some(to)) = (from, to) else { return false };
        let (Some(own), Some(other)) = (self.carrier(&from), self.carrier(&to)) else { return false };
        if own.style.row().is_some() && is_nothing(payload) {
            return true;
        }
        let Some(sent) = sent(own, other, payload) else { return false };
        let lens =
            Lens { text: true, lists: None, ..self.lenses[usize::from(matches!(at.spot, Spot::ResponseHeader(..)))] };
        if sent.own.is_empty() && !other.required {
            let keyed = other.style.row().is_some_and(|row| matches!(row.objects, Objects::Keys | Objects::Brackets));
            let hears = |name: &String| self.prover.lists(to.which, other.schema, name);
            if !keyed || !sent.keys.iter().map(|(name, _)| name).any(hears) {
                return true;
            }
        }
        let mut readings = readings(other, &sent);
        if other.style.row().is_some_and(|row| row.objects == Objects::Keys) {
            // A key that the object does not list may be anybody's.
            let listed = sent.keys.iter().filter(|(name, _)| self.prover.lists(to.which, other.schema, name));
            readings.push(keyed(listed.map(|(name, text)| (name.as_str(), decoded(text)))));
        }
        readings.iter().any(|value| self.prover.takes(to.which, other.schema, value, lens))
    }

    /// True if the version that sends a payload reads it, and all that its operation asks for beside it, from their texts.
    pub(in crate::diff) fn is_sendable(&mut self, at: &Use, payload: &Value, run: Run) -> bool {
        let which = if run == Run::Forward { Which::Base } else { Which::Head };
        let Some(from) = self.operations.find(which, at).filter(|found| found.which == which) else { return true };
        let response = if let Spot::ResponseHeader(status, _) | Spot::ResponseBody(status) = from.spot {
            from.operation.responses.iter().find(|response| response.status == *status)
        } else {
            None
        };
        let all: Vec<(Carrier<'c>, bool)> = match response {
            Some(response) => response.headers.iter().map(|it| (Carrier::from(it), it.media.is_none())).collect(),
            None => from.operation.parameters.iter().map(|it| (Carrier::from(it), it.media.is_none())).collect(),
        };
        let own = self.carrier(&from);
        all.into_iter().all(|(carrier, text)| {
            if own.is_some_and(|own| own.name == carrier.name && own.location == carrier.location) {
                return self.hears(which, carrier, payload, response.is_some());
            }
            if !carrier.required || carrier.location == Location::QueryString {
                return true;
            }
            let made = self.sample(which, carrier.schema, usize::from(response.is_some()), text);
            self.hears(which, carrier, &made, response.is_some())
        })
    }

    /// True if a version reads a value from the text that it writes of it, or where it is not known how that is written.
    fn hears(&mut self, which: Which, carrier: Carrier<'c>, value: &Value, response: bool) -> bool {
        let Some(sent) = sent(carrier, carrier, value) else { return true };
        let lens = Lens { text: true, lists: None, ..self.lenses[usize::from(response)] };
        readings(carrier, &sent).iter().any(|value| self.prover.takes(which, carrier.schema, value, lens))
    }

    /// The part of an operation that a use is about.
    fn carrier(&self, found: &Found<'c, '_>) -> Option<Carrier<'c>> {
        match found.spot {
            Spot::Parameter(location, name) => {
                let all = &found.operation.parameters;
                let name = self.own_name(found, *location, name);
                let named = |p: &&Parameter| p.location == *location && p.name.eq_ignore_ascii_case(name);
                all.iter().find(named).map(Carrier::from)
            }
            Spot::ResponseHeader(status, name) => {
                let response = found.operation.responses.iter().find(|response| response.status == *status)?;
                response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name)).map(Carrier::from)
            }
            Spot::Operation
            | Spot::Security
            | Spot::RequestBody
            | Spot::Response(_)
            | Spot::ResponseBody(_)
            | Spot::InMediaType(..)
            | Spot::Webhook(..)
            | Spot::Callback(..)
            | Spot::Other(_) => None,
        }
    }
}

/// The texts of a payload, as they stand where the other version looks for them.
fn sent(own: Carrier<'_>, other: Carrier<'_>, payload: &Value) -> Option<Sent> {
    let pairs: Vec<String> = match own.location {
        Location::Query | Location::Cookie => style::pairs(own.name, own.style, payload, own.reserved),
        Location::Path | Location::Header => {
            let text = style::segment(own.name, own.location, own.style, payload);
            match other.style.row().map_or(Lead::Plain, |row| row.lead) {
                Lead::Plain => return Some(Sent { own: vec![text], keys: Vec::new() }),
                Lead::Dot => {
                    return Some(Sent {
                        own: text.strip_prefix('.').map(str::to_owned).into_iter().collect(),
                        keys: Vec::new(),
                    });
                }
                Lead::Semicolon => text.split(';').skip(1).map(str::to_owned).collect(),
            }
        }
        Location::QueryString => return None,
    };
    let split = |pair: &String| {
        let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), text.to_owned())
    };
    let keys: Vec<(String, String)> = pairs.iter().map(split).collect();
    let own = keys.iter().filter(|(name, _)| name == other.name).map(|(_, text)| text.clone()).collect();
    Some(Sent { own, keys })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// What a version may read.
fn readings(other: Carrier<'_>, sent: &Sent) -> Vec<Value> {
    let plain = |text: &str| if other.location == Location::Header { text.to_owned() } else { decoded(text) };
    let Some(row) = other.style.row() else {
        let text = sent.own.first().map(|text| plain(text));
        let json = text.as_deref().and_then(|text| serde_json::from_str(text).ok());
        return if other.style.is_text() { text.map(Value::from) } else { json }.into_iter().collect();
    };
    let mut out = Vec::new();
    if let [text] = sent.own.as_slice() {
        out.push(Value::from(plain(text)));
    }
    match (row.lists, sent.own.as_slice()) {
        (Lists::Joined(separator), [text]) => {
            out.extend(parts(text, separator, &plain).into_iter().map(Value::from));
        }
        (Lists::Repeated, texts) if !texts.is_empty() => {
            out.push(texts.iter().map(|text| plain(text)).collect::<Vec<_>>().into());
        }
        (Lists::Joined(_) | Lists::Repeated, _) => {}
    }
    out.extend(objects(row, other.name, sent, &plain));
    out
}

/// A text in parts: split as it stands, and split once its escapes are gone. An empty one is none, or one empty part.
fn parts(text: &str, separator: char, plain: &dyn Fn(&str) -> String) -> Vec<Vec<String>> {
    if text.is_empty() {
        return vec![Vec::new(), vec![String::new()]];
    }
    let late = plain(text).split(separator).map(str::to_owned).collect();
    vec![text.split(separator).map(plain).collect(), late]
}

fn objects(row: &Row, name: &str, sent: &Sent, plain: &dyn Fn(&str) -> String) -> Vec<Value> {
    let (separator, pairs) = match row.objects {
        Objects::Keys => return vec![keyed(sent.keys.iter().map(|(key, text)| (key.as_str(), plain(text))))],
        Objects::Brackets => {
            let inner = |key: &'_ String| {
                key.strip_prefix(name).and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']')).map(str::to_owned)
            };
            let own: Vec<_> = sent.keys.iter().filter_map(|(key, text)| Some((inner(key)?, plain(text)))).collect();
            return vec![keyed(own.iter().map(|(key, text)| (key.as_str(), text.clone())))];
        }
        Objects::Pairs(separator) => (separator, true),
        Objects::Flat(separator) => (separator, false),
    };
    let [text] = sent.own.as_slice() else { return Vec::new() };
    let whole = |parts: Vec<String>| -> Option<Value> {
        let members: Option<Vec<(&str, &str)>> = if pairs {
            parts.iter().map(|part| part.split_once('=')).collect()
        } else {
            parts.chunks(2).map(|two| Some((two.first()?.as_str(), two.get(1)?.as_str()))).collect()
        };
        Some(keyed(members?.into_iter().map(|(name, text)| (name, text.to_owned()))))
    };
    parts(text, separator, plain).into_iter().filter_map(whole).collect()
}

/// An object of keys; one that comes again is a list.
fn keyed<'a>(pairs: impl Iterator<Item = (&'a str, String)>) -> Value {
    let mut out = Map::new();
    for (name, text) in pairs {
        match out.get_mut(name) {
            None => drop(out.insert(name.to_owned(), text.into())),
            Some(Value::Array(items)) => items.push(text.into()),
            Some(one) => *one = Value::from(vec![one.take(), text.into()]),
        }
    }
    out.into()
}
