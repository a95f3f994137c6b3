//! A message as it travels: what is written into it, and how one is read back from the text that a proof shows.

use serde_json::Value;

use super::parameter::{Parameter, Version};
use super::table::{Lists, Objects, Place};

/// Name and raw text, in order.
type Pairs = Vec<(String, String)>;

/// The parts of a request or a response that hold parameters, not decoded.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Message {
    /// The last segment of the path.
    pub(super) segment: String,
    pub(super) query: Pairs,
    pub(super) headers: Pairs,
    pub(super) cookies: Pairs,
}

/// A scalar as text; null and composites have none.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Escapes what is not unreserved (RFC 3986, 2.3); headers have no escapes.
fn escaped(place: Place, text: &str) -> String {
    if matches!(place, Place::Header | Place::Answer) {
        return text.to_owned();
    }
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The text behind escapes.
pub(super) fn decoded(place: Place, text: &str) -> String {
    if matches!(place, Place::Header | Place::Answer) {
        return text.to_owned();
    }
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            out.push(byte);
            rest = &tail[2..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

impl Message {
    /// Writes a value; `None` for one that its style has no form for, or that leaves nothing to send.
    pub(super) fn put(&mut self, parameter: &Parameter, version: Version, value: &Value) -> Option<()> {
        let pairs = written(parameter, version, value)?;
        match parameter.place {
            Place::Query => self.query.extend(pairs),
            Place::Cookie => self.cookies.extend(pairs),
            Place::Header | Place::Answer => {
                let text = pairs.into_iter().next()?.1;
                // Spaces around the text are no part of it (RFC 9110, 5.5).
                if text.trim() != text || text.is_empty() {
                    return None;
                }
                self.headers.push((parameter.name.to_ascii_lowercase(), text));
            }
            Place::Path => {
                let lead = parameter.form(version).lead;
                let part = |(name, text): (String, String)| match lead {
                    ";" if parameter.media.is_none() => format!(";{name}={text}"),
                    lead => format!("{lead}{text}"),
                };
                self.segment = pairs.into_iter().map(part).collect();
                if self.segment.is_empty() {
                    return None;
                }
            }
        }
        Some(())
    }

    /// The message of the text that a proof shows.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let first = lines.next()?;
        let mut out = Self::default();
        if !first.starts_with("HTTP/") {
            let target = first.split(' ').nth(1)?;
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            path.rsplit('/').next()?.clone_into(&mut out.segment);
            out.query = split(query, "&");
        }
        for line in lines.take_while(|line| !line.is_empty()) {
            let (name, text) = line.split_once(": ").or_else(|| line.split_once(':'))?;
            if name == "Cookie" {
                out.cookies = split(text, "; ");
            } else {
                out.headers.push((name.to_ascii_lowercase(), text.to_owned()));
            }
        }
        Some(out)
    }
}

fn split(text: &str, between: &str) -> Pairs {
    let parts = text.split(between).filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, ""))).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

/// Names and texts of a value; the name is of no use in headers and most paths.
fn written(parameter: &Parameter, version: Version, value: &Value) -> Option<Pairs> {
    let (form, place) = (parameter.form(version), parameter.place);
    let code = |value: &Value| scalar(value).map(|text| escaped(place, &text));
    // A separator that nothing escapes within a part is the sender's mistake.
    let apart = |separator: char, value: &Value| {
        code(value).filter(|text| {
            separator == ',' && !text.contains(',')
                || !scalar(value).is_some_and(|text| text.contains([separator, '=']))
        })
    };
    let name = escaped(place, &parameter.name);
    let between = |separator: char| match separator {
        ',' | '.' => separator.to_string(),
        _ => escaped(place, &separator.to_string()),
    };
    match parameter.media {
        Some("text/plain") => return Some(vec![(name, code(value)?)]),
        Some(_) => return Some(vec![(name, escaped(place, &value.to_string()))]),
        None => {}
    }
    let text = match (value, form.lists, form.objects) {
        (Value::Null, ..) => return None,
        (Value::Bool(_) | Value::Number(_) | Value::String(_), ..) => code(value)?,
        (Value::Array(items), ..) if items.is_empty() => return None,
        (Value::Object(members), ..) if members.is_empty() => return None,
        (Value::Array(_), _, Objects::Brackets) => return None,
        (Value::Array(items), Lists::Each, _) => {
            return items.iter().map(|item| Some((name.clone(), code(item)?))).collect();
        }
        (Value::Array(items), Lists::Between(separator), _) => {
            items.iter().map(|item| apart(separator, item)).collect::<Option<Vec<_>>>()?.join(&between(separator))
        }
        (Value::Object(members), _, Objects::Keys | Objects::Brackets) => {
            let mut out = Vec::new();
            for (key, part) in members {
                let key = escaped(place, key);
                let key = if form.objects == Objects::Brackets { format!("{name}[{key}]") } else { key };
                match part {
                    Value::Array(items) if items.is_empty() || place == Place::Path => return None,
                    Value::Array(items) => {
                        for item in items {
                            out.push((key.clone(), code(item)?));
                        }
                    }
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                        out.push((key, code(part)?));
                    }
                }
            }
            return Some(out);
        }
        (Value::Object(members), _, Objects::Pairs(separator) | Objects::Flat(separator)) => {
            let inner = if matches!(form.objects, Objects::Pairs(_)) { "=".to_owned() } else { between(separator) };
            let pair = |(key, part): (&String, &Value)| {
                Some(format!("{}{inner}{}", escaped(place, key), apart(separator, part)?))
            };
            members.iter().map(pair).collect::<Option<Vec<_>>>()?.join(&between(separator))
        }
    };
    Some(vec![(name, text)])
}
