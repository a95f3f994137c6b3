//! Lines in the order of an nginx `log_format`; Apache's formats are the same with other names.

use super::time::day;
use super::{BadLine, FormatError, Request};

/// A compiled format: variables, each with the text after it.
#[derive(Debug)]
pub struct Pattern {
    lead: String,
    parts: Vec<(String, String)>,
}

/// The values of a line by variable.
type Values = Vec<String>;

impl Pattern {
    pub(super) fn new(text: &str) -> Result<Self, FormatError> {
        let mut pieces = text.split('$');
        let lead = pieces.next().unwrap_or("").to_owned();
        let mut parts: Vec<(String, String)> = Vec::new();
        for piece in pieces {
            let (name, after) = match piece.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
                Some(found) => found,
                None => piece
                    .split_at(piece.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(piece.len())),
            };
            parts.push((name.to_owned(), after.to_owned()));
        }
        let adjacent = parts.iter().rev().skip(1).find(|(_, after)| after.is_empty());
        if let Some((name, _)) = adjacent {
            return Err(FormatError::Adjacent(name.clone()));
        }
        let has = |name: &str| parts.iter().any(|(known, _)| known == name);
        if !has("request") && !(has("request_method") && (has("request_uri") || has("uri"))) {
            return Err(FormatError::NoVariable("$request"));
        }
        if !["time_local", "time_iso8601", "msec"].into_iter().any(has) {
            return Err(FormatError::NoVariable("$time_local"));
        }
        Ok(Self { lead, parts })
    }

    pub(super) fn read(&self, line: &str) -> Result<Request, BadLine> {
        let values = self.values(line).ok_or(BadLine::Form)?;
        let value = |name: &str| {
            let found = self.parts.iter().position(|(known, _)| known == name).and_then(|ix| values.get(ix));
            found.map(String::as_str).filter(|text| !text.is_empty() && *text != "-")
        };
        let mut request = Request {
            status: value("status").and_then(|text| text.parse().ok()),
            client: value("remote_user").map(str::to_owned),
            user_agent: value("http_user_agent").map(str::to_owned),
            host: value("http_host").or_else(|| value("host")).map(str::to_owned),
            ..Request::default()
        };
        let time =
            ["time_local", "time_iso8601", "msec"].into_iter().find_map(value).ok_or(BadLine::Missing("time"))?;
        request.day = day(time).ok_or(BadLine::Unreadable("time"))?;
        let (method, target) = if let Some(text) = value("request") {
            called(text).ok_or(BadLine::Unreadable("request"))?
        } else {
            let method = value("request_method").ok_or(BadLine::Missing("method"))?;
            let path = value("request_uri").or_else(|| value("uri")).ok_or(BadLine::Missing("path"))?;
            let query = value("args").filter(|_| value("request_uri").is_none());
            (method.to_owned(), query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
        };
        (request.method, request.target) = (method, target);
        for ((name, _), text) in self.parts.iter().zip(&values).filter(|(_, text)| *text != "-" && !text.is_empty()) {
            if let Some(header) = name.strip_prefix("http_").filter(|header| *header != "user_agent") {
                request.headers.push((header.replace('_', "-"), text.clone()));
            }
        }
        Ok(request)
    }

    fn values(&self, line: &str) -> Option<Values> {
        let mut rest = line.strip_prefix(self.lead.as_str())?;
        let mut values = Values::with_capacity(self.parts.len());
        for (_, after) in &self.parts {
            let end = if after.is_empty() { rest.len() } else { end_of(rest, after)? };
            values.push(unescaped(&rest[..end]));
            rest = &rest[end + after.len()..];
        }
        Some(values)
    }
}

/// Where the text after a value begins; a quote in it is escaped.
fn end_of(rest: &str, after: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + rest[from..].find(after)?;
        let slashes = rest[..at].bytes().rev().take_while(|&byte| byte == b'\\').count();
        if !after.starts_with('"') || slashes.is_multiple_of(2) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// `GET /a?b=1 HTTP/1.1`.
fn called(text: &str) -> Option<(String, String)> {
    let (method, rest) = text.split_once(' ')?;
    let target = rest.rsplit_once(" HTTP/").map_or(rest, |(target, _)| target);
    (!target.is_empty()).then(|| (method.to_owned(), target.to_owned()))
}

/// nginx writes `\x22` for a quote, Apache `\"`.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = if byte == b'\\' && bytes.get(at + 1) == Some(&b'x') { text.get(at + 2..at + 4) } else { None };
        if let Some(value) = code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(value);
            at += 4;
        } else if let (b'\\', Some(&next @ (b'"' | b'\\'))) = (byte, bytes.get(at + 1)) {
            out.push(next);
            at += 2;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
