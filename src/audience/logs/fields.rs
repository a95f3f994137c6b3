//! Lines with named fields: JSON objects, found by pointers, or `key=value` pairs, found by the pointer's last name.

use serde_json::Value;

use super::time::{Lead, day, leading_day};
use super::{BadLine, FormatError, Request};

/// What a field is for; in this order the words of `--map`.
const WORDS: [&str; 9] = ["method", "path", "time", "status", "client", "user_agent", "headers", "params", "host"];
const METHOD: usize = 0;
const PATH: usize = 1;
const TIME: usize = 2;
const STATUS: usize = 3;
const CLIENT: usize = 4;
const AGENT: usize = 5;
const HEADERS: usize = 6;
const PARAMS: usize = 7;
const HOST: usize = 8;
/// The most names taken from one line.
const NAMES: usize = 200;

/// Where each field is.
#[derive(Debug, Default)]
pub struct Fields {
    /// Pointers by word, the first that leads somewhere counts.
    pointers: [Vec<String>; 9],
    /// Single headers: name and pointer.
    headers: Vec<(String, String)>,
}

impl Fields {
    pub(super) fn new(preset: &str, map: Option<&str>) -> Result<Self, FormatError> {
        let mut fields = Self::default();
        for entry in preset.split(',').chain(map.into_iter().flat_map(|map| map.split(','))) {
            fields.set(entry.trim())?;
        }
        for ix in [METHOD, PATH, TIME] {
            if fields.pointers[ix].is_empty() {
                return Err(FormatError::NoField(WORDS[ix]));
            }
        }
        Ok(fields)
    }

    fn set(&mut self, entry: &str) -> Result<(), FormatError> {
        let wrong = || FormatError::NoEntry(entry.to_owned());
        let (word, pointers) = entry.split_once('=').ok_or_else(wrong)?;
        let pointers: Vec<String> = pointers.split('|').map(str::to_owned).collect();
        if pointers.iter().any(|pointer| !pointer.starts_with('/')) {
            return Err(wrong());
        }
        if let Some(name) = word.strip_prefix("header.").filter(|name| !name.is_empty()) {
            self.headers.extend(pointers.into_iter().map(|pointer| (name.to_owned(), pointer)));
            return Ok(());
        }
        let ix = WORDS.iter().position(|known| *known == word).ok_or_else(wrong)?;
        self.pointers[ix] = pointers;
        Ok(())
    }

    pub(super) fn read(&self, line: &str) -> Result<Request, BadLine> {
        let is_json = line.starts_with('{');
        let value: Value =
            if is_json { serde_json::from_str(line).map_err(|_| BadLine::NotJson)? } else { pairs(line) };
        let time = self.text(&value, TIME);
        let day = match &time {
            Some(text) => day(text).ok_or(BadLine::Unreadable("time"))?,
            None if is_json => return Err(BadLine::Missing("time")),
            None => match leading_day(line) {
                Lead::None => return Err(BadLine::Missing("time")),
                Lead::Unreadable => return Err(BadLine::Unreadable("time")),
                Lead::Day(day) => day,
            },
        };
        let mut request = Request {
            method: self.text(&value, METHOD).ok_or(BadLine::Missing("method"))?,
            target: self.text(&value, PATH).ok_or(BadLine::Missing("path"))?,
            day,
            status: self.text(&value, STATUS).and_then(|text| text.parse().ok()),
            client: self.text(&value, CLIENT),
            user_agent: self.text(&value, AGENT),
            host: self.text(&value, HOST),
            ..Request::default()
        };
        if let Some(Value::Object(headers)) = self.find(&value, HEADERS) {
            request.headers = headers.iter().filter_map(|(name, value)| Some((name.clone(), plain(value)?))).collect();
        }
        let singles =
            self.headers.iter().filter_map(|(name, pointer)| Some((name.clone(), plain(value.pointer(pointer)?)?)));
        request.headers.extend(singles);
        request.names = match self.find(&value, PARAMS) {
            Some(Value::Object(params)) => params.keys().take(NAMES).cloned().collect(),
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).take(NAMES).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        Ok(request)
    }

    fn find<'v>(&self, value: &'v Value, ix: usize) -> Option<&'v Value> {
        self.pointers[ix].iter().find_map(|pointer| value.pointer(pointer))
    }

    fn text(&self, value: &Value, ix: usize) -> Option<String> {
        self.pointers[ix].iter().find_map(|pointer| plain(value.pointer(pointer)?))
    }
}

/// A text or a number; of a list the first. Nothing for an empty text and for `-`.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty() && text != "-"),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => plain(list.first()?),
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

/// The `key=value` and `key="value"` pairs of a line.
fn pairs(line: &str) -> Value {
    let mut out = serde_json::Map::new();
    let mut rest = line;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].rsplit(char::is_whitespace).next().unwrap_or("");
        let tail = &rest[at + 1..];
        let (value, after) = if let Some(quoted) = tail.strip_prefix('"') {
            quoted_end(quoted)
        } else {
            let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
            (tail[..end].to_owned(), &tail[end..])
        };
        if !key.is_empty() {
            out.entry(key.to_owned()).or_insert(Value::String(value));
        }
        rest = after;
    }
    Value::Object(out)
}

fn quoted_end(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut letters = text.char_indices();
    while let Some((ix, letter)) = letters.next() {
        match letter {
            '"' => return (out, &text[ix + 1..]),
            '\\' => out.extend(letters.next().map(|(_, next)| next)),
            other => out.push(other),
        }
    }
    (out, "")
}
