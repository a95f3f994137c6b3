//! What a request asks for, as logs and partner files write it: a path in segments, and the names in its query.

/// A path in segments, the names of its query, nothing else: no host, no value, no fragment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Target {
    /// The segments, percent-decoded except for an encoded slash.
    pub segments: Vec<String>,
    /// The names in the query, decoded, each once.
    pub names: Vec<String>,
    /// Query texts without `=`: names of the contract, or values, which are never kept.
    pub bare: Vec<String>,
}

/// The most segments of a path; longer ones are no operation.
const SEGMENTS: usize = 64;
/// The most names taken from a query.
const NAMES: usize = 200;

impl Target {
    /// Reads a request target (`/users?page=1`, `https://host/users`); `None` for what is no path.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.split('#').next().unwrap_or("").trim();
        let text = match text.split_once("://") {
            Some((scheme, rest)) if !scheme.contains(['/', '?']) => rest.find('/').map_or("/", |start| &rest[start..]),
            _ => text,
        };
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        if path.is_empty() || path == "*" || path.chars().any(char::is_whitespace) {
            return None;
        }
        let segments: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
        if segments.len() > SEGMENTS {
            return None;
        }
        let mut target = Self { segments, ..Self::default() };
        for pair in query.split('&').filter(|pair| !pair.is_empty()).take(NAMES) {
            match pair.split_once('=') {
                Some((name, _)) => target.name(&decoded(&name.replace('+', " "))),
                None => target.bare.push(decoded(pair)),
            }
        }
        Some(target)
    }

    /// Adds the name of a parameter.
    pub fn name(&mut self, name: &str) {
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }
}

/// Percent-decoded; an encoded slash stays encoded, since it separates nothing, and so does what is no UTF-8.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = text.get(at + 1..at + 3).filter(|hex| byte == b'%' && hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) if value != b'/' => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The name of a parameter without its index or key: `ids[]`, `ids[0]` and `filter[name]` are `ids` and `filter`.
pub(super) fn stem(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let target = Target::parse(text).unwrap();
        (target.segments.join("|"), target.names.join("|"))
    }

    #[test]
    fn paths_are_taken_apart() {
        for (text, segments, names) in [
            ("https://api.example.org/api//v1/users/?page=2&page=3", "api|v1|users", "page"),
            ("api/v1/users.json", "api|v1|users.json", ""),
            ("/a%20b/c%2Fd?ids%5B%5D=1&q=a+b#x", "a b|c%2Fd", "ids[]|q"),
            ("https://api.example.org", "", ""),
            ("/r?to=https://x/y", "r", "to"),
            ("/%ff/%zz", "%ff|%zz", ""),
        ] {
            assert_eq!(read(text), (segments.to_owned(), names.to_owned()), "{text}");
        }
        assert_eq!(Target::parse("/u?ada@example.org").unwrap().bare, ["ada@example.org"]);
        assert!(Target::parse("*").is_none() && Target::parse("").is_none() && Target::parse("/a b").is_none());
    }
}
