//! Whether a side takes a message: every way in which its table of styles lets the text be read, each put to an outside
//! validator. A side refuses a message only where it takes none of them.

use jsonschema::Validator;
use serde_json::{Map, Value};

use super::message::{Message, decoded};
use super::parameter::{Parameter, Version};
use super::table::{Lists, Objects, Place};

/// Readings of one text that are tried.
const MOST: usize = 200;

/// One version of the operation.
pub(super) struct Side {
    pub(super) version: Version,
    pub(super) list: Vec<Parameter>,
    validators: Vec<Validator>,
}

impl Side {
    /// `None` where the outside validator cannot read a schema.
    pub(super) fn new(version: Version, list: Vec<Parameter>) -> Option<Self> {
        let build = |parameter: &Parameter| {
            jsonschema::draft202012::options().should_validate_formats(false).build(&parameter.schema).ok()
        };
        let validators = list.iter().map(build).collect::<Option<Vec<_>>>()?;
        Some(Self { version, list, validators })
    }

    /// True if a value is one of a parameter's.
    pub(super) fn has(&self, parameter: usize, value: &Value) -> bool {
        self.validators[parameter].is_valid(value)
    }

    /// True if some reading of the message is one that all parameters take.
    pub(super) fn takes(&self, message: &Message) -> bool {
        let each = self.list.iter().zip(&self.validators);
        each.into_iter().all(|(parameter, validator)| {
            let absent = !parameter.required && !self.is_there(parameter, message);
            absent || self.readings(parameter, message).iter().any(|value| validator.is_valid(value))
        })
    }

    /// True if something stands in the message where the parameter does: its name, or a key that its schema takes as a
    /// member.
    fn is_there(&self, parameter: &Parameter, message: &Message) -> bool {
        if parameter.place == Place::Path || !self.texts(parameter, message).is_empty() {
            return true;
        }
        let objects = parameter.form(self.version).objects;
        let keyed = parameter.media.is_none() && matches!(objects, Objects::Keys | Objects::Brackets);
        let (named, map) = (named(&parameter.schema), parameter.schema["additionalProperties"].is_object());
        let keys = self.keys(parameter, message, objects == Objects::Brackets);
        keyed && keys.iter().any(|(name, _)| map || named.contains(name))
    }

    /// The raw texts under the parameter's name.
    fn texts<'m>(&self, parameter: &Parameter, message: &'m Message) -> Vec<&'m str> {
        let place = parameter.place;
        let of = |list: &'m [(String, String)]| {
            let own = list.iter().filter(|(name, _)| match place {
                Place::Header | Place::Answer => name.eq_ignore_ascii_case(&parameter.name),
                Place::Query | Place::Cookie | Place::Path => decoded(place, name) == parameter.name,
            });
            own.map(|(_, text)| text.as_str()).collect::<Vec<_>>()
        };
        match place {
            Place::Query => of(&message.query),
            Place::Cookie => of(&message.cookies),
            Place::Header | Place::Answer => of(&message.headers),
            Place::Path => self.segments(parameter, &message.segment),
        }
    }

    /// The texts of a segment, after what its style puts before them.
    fn segments<'m>(&self, parameter: &Parameter, segment: &'m str) -> Vec<&'m str> {
        match parameter.form(self.version).lead {
            _ if parameter.media.is_some() => vec![segment],
            ";" => {
                let parts = segment.split(';').skip(1).map(|part| part.split_once('=').unwrap_or((part, "")));
                parts.filter(|(name, _)| decoded(Place::Path, name) == parameter.name).map(|(_, text)| text).collect()
            }
            lead => segment.strip_prefix(lead).into_iter().collect(),
        }
    }

    /// What the texts of a parameter may be read as.
    fn readings(&self, parameter: &Parameter, message: &Message) -> Vec<Value> {
        let (form, place) = (parameter.form(self.version), parameter.place);
        let texts = self.texts(parameter, message);
        let mut out = Vec::new();
        match (parameter.media, texts.as_slice()) {
            (Some("text/plain"), [text]) => return spellings(&decoded(place, text)),
            (Some(_), [text]) => return serde_json::from_str(&decoded(place, text)).into_iter().collect(),
            (Some(_), _) => return out,
            (None, [text]) => out.extend(spellings(&decoded(place, text))),
            (None, _) => {}
        }
        match (form.lists, texts.as_slice()) {
            (Lists::Each, []) => {}
            (Lists::Each, texts) => {
                out.extend(lists(texts.iter().map(|text| decoded(place, text))));
            }
            (Lists::Between(separator), [text]) => {
                for parts in split(place, text, separator) {
                    out.extend(lists(parts.into_iter()));
                }
            }
            (Lists::Between(_), _) => {}
        }
        match form.objects {
            Objects::Keys | Objects::Brackets => {
                let own = self.keys(parameter, message, form.objects == Objects::Brackets);
                // What stands in brackets behind the name is nobody else's.
                let all = form.objects == Objects::Brackets;
                out.extend(keyed(own, &parameter.schema, all, parameter.required));
            }
            Objects::Pairs(separator) | Objects::Flat(separator) => {
                let [text] = texts.as_slice() else { return out };
                for parts in split(place, text, separator) {
                    out.extend(objects(&parts, matches!(form.objects, Objects::Pairs(_))));
                }
            }
        }
        out
    }

    /// The keys that may be members of an exploded object: those that no other parameter is named after.
    fn keys(&self, parameter: &Parameter, message: &Message, brackets: bool) -> Vec<(String, String)> {
        let place = parameter.place;
        let pairs: Vec<(String, String)> = match place {
            Place::Query => message.query.clone(),
            Place::Cookie => message.cookies.clone(),
            Place::Path => {
                let parts = message.segment.split(';').skip(1);
                parts.filter_map(|part| part.split_once('=')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
            }
            Place::Header | Place::Answer => return Vec::new(),
        };
        let decoded = pairs.iter().map(|(name, text)| (decoded(place, name), decoded(place, text)));
        if brackets {
            let inner = |name: &str| {
                Some(name.strip_prefix(parameter.name.as_str())?.strip_prefix('[')?.strip_suffix(']')?.to_owned())
            };
            return decoded.filter_map(|(name, text)| Some((inner(&name)?, text))).collect();
        }
        let others = |name: &str| self.list.iter().any(|other| other.name != parameter.name && other.name == name);
        decoded.filter(|(name, _)| !others(name)).collect()
    }
}

/// A text as it stands, and as the number or the word of JSON that it spells.
fn spellings(text: &str) -> Vec<Value> {
    let read = serde_json::from_str::<Value>(text).ok().filter(|value| value.is_number() || value.is_boolean());
    [Some(Value::from(text)), read].into_iter().flatten().collect()
}

/// The parts of one text: split as it stands, and split once its escapes are gone.
fn split(place: Place, text: &str, separator: char) -> Vec<Vec<String>> {
    // Whether an empty text is nothing, or one empty part, nobody says.
    if text.is_empty() {
        return vec![Vec::new(), vec![String::new()]];
    }
    let early = text.split(separator).map(|part| decoded(place, part)).collect::<Vec<_>>();
    let late = decoded(place, text).split(separator).map(str::to_owned).collect::<Vec<_>>();
    if early == late { vec![early] } else { vec![early, late] }
}

/// All readings of some parts.
fn products(parts: impl Iterator<Item = Vec<Value>>) -> Vec<Vec<Value>> {
    parts.fold(vec![Vec::new()], |all, part| {
        let longer = all.iter().flat_map(|one| {
            part.iter().map(|value| one.iter().chain([value]).cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
        });
        longer.take(MOST).collect()
    })
}

fn lists(parts: impl Iterator<Item = String>) -> Vec<Value> {
    products(parts.map(|part| spellings(&part))).into_iter().map(Value::Array).collect()
}

fn members(names: &[String], values: Vec<Vec<Value>>) -> Vec<Value> {
    let whole = |values: Vec<Value>| Value::Object(names.iter().cloned().zip(values).collect::<Map<_, _>>());
    products(values.into_iter()).into_iter().map(whole).collect()
}

/// Objects in one text, as pairs or as names and texts by turns.
fn objects(parts: &[String], pairs: bool) -> Vec<Value> {
    let each: Option<Vec<(&str, &str)>> = if pairs {
        parts.iter().map(|part| part.split_once('=')).collect()
    } else {
        let turns = parts.chunks(2).map(|two| Some((two.first()?.as_str(), two.get(1)?.as_str())));
        turns.collect()
    };
    let Some(each) = each else { return Vec::new() };
    let names: Vec<String> = each.iter().map(|(name, _)| (*name).to_owned()).collect();
    members(&names, each.iter().map(|(_, text)| spellings(text)).collect())
}

/// Objects whose members are keys: of all of them, and of those alone that the schema names where it says nothing of
/// others. Without any the object is empty, if it must be there.
fn keyed(pairs: Vec<(String, String)>, schema: &Value, all: bool, required: bool) -> Vec<Value> {
    let named = named(schema);
    let other = all || schema.get("additionalProperties").is_some_and(|other| other != &Value::Bool(true));
    let own: Vec<(String, String)> = pairs.iter().filter(|(name, _)| other || named.contains(name)).cloned().collect();
    let mut out = Vec::new();
    for pairs in if other { vec![own] } else { vec![own, pairs] } {
        let mut names: Vec<String> = Vec::new();
        let mut texts: Vec<Vec<String>> = Vec::new();
        for (name, text) in pairs {
            if let Some(at) = names.iter().position(|known| *known == name) {
                texts[at].push(text);
            } else {
                names.push(name);
                texts.push(vec![text]);
            }
        }
        let values = texts.into_iter().map(|texts| {
            let single = if let [text] = texts.as_slice() { spellings(text) } else { Vec::new() };
            single.into_iter().chain(lists(texts.into_iter())).collect()
        });
        if !names.is_empty() || required {
            out.extend(members(&names, values.collect()));
        }
    }
    out
}

/// The names that a schema lists as members, anywhere in it.
pub(super) fn named(schema: &Value) -> Vec<String> {
    let own = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone());
    let parts = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    own.chain(parts.flat_map(named)).collect()
}
