//! The comments around generated text, by which a later run finds it again and knows whether people edited it.
//!
//! `<!-- preavis:begin NAME HASH -->` carries the name of the release and a hash of what was generated; `<!-- preavis:end … -->`
//! the short forms of the facts it named, so that an entry that people took out does not come back.

use sha2::{Digest, Sha256};

use crate::text::numbers::hex;

/// How many characters of a fact's id the end marker keeps.
const SHORT: usize = 6;

/// The first line of generated text, read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Begin {
    pub(super) name: String,
    pub(super) hash: String,
}

/// A comment of ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Marker {
    Begin(Begin),
    /// The facts named, in short.
    End(Vec<String>),
}

impl Marker {
    /// Reads a comment; `None` for anything else.
    pub(super) fn parse(html: &str) -> Option<Self> {
        let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
        let mut words = inner.split_ascii_whitespace();
        match words.next()? {
            "preavis:begin" => {
                let begin = Begin { name: decoded(words.next()?), hash: words.next()?.to_owned() };
                Some(Self::Begin(begin))
            }
            "preavis:end" => Some(Self::End(words.map(str::to_owned).collect())),
            _ => None,
        }
    }
}

/// Generated text between its markers. Ends with a line break.
pub(super) fn enclosed(name: &str, body: &str, facts: &[String]) -> String {
    let facts: Vec<String> = facts.iter().map(|fact| format!(" {}", short(fact))).collect();
    let (name, hash) = (encoded(name), hash(body));
    format!("<!-- preavis:begin {name} {hash} -->\n\n{body}\n<!-- preavis:end{} -->\n", facts.concat())
}

/// The hash of generated text; line breaks and blank lines around it do not count.
pub(super) fn hash(body: &str) -> String {
    let text = body.replace("\r\n", "\n");
    digest(text.trim_matches('\n'))
}

/// The short form of a fact's id.
pub(super) fn short(fact: &str) -> String {
    let digits = fact.split_once('-').map_or(fact, |(_, digits)| digits);
    digits.chars().take(SHORT).collect()
}

/// The id of a note that a version could not be read.
pub(super) fn note_id(api: &str, release: &str, message: &str) -> String {
    format!("pvn-{}", digest(&format!("{api}\n{release}\n{message}")))
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())[..5])
}

/// The ids of facts that a text names, wherever in it.
pub(super) fn named(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.starts_with("pv1-") || word.starts_with("pvn-"))
}

/// A name without spaces, and nothing in it that ends a comment.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        let kept = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'+');
        let dash = byte == b'-' && !out.ends_with('-') && !out.is_empty();
        if kept || dash {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].into_iter().filter_map(|half| char::from_digit(u32::from(half), 16)));
        }
    }
    out
}

fn decoded(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = name.get(at + 1..at + 3).filter(|_| byte == b'%');
        if let Some(value) = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(value);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_read_back() {
        for name in ["2024-05-14", "v1.2.0", "a-->b", "--", "été 100%", "api/v1"] {
            let text = enclosed(name, "body\n", &["pv1-8d1qngvsgb351q5y".to_owned()]);
            let mut lines = text.lines();
            let begin = Marker::parse(lines.next().unwrap_or_default());
            assert_eq!(begin, Some(Marker::Begin(Begin { name: name.to_owned(), hash: hash("body") })));
            let first = text.lines().next().unwrap_or_default();
            assert_eq!(first.find("-->"), Some(first.len() - 3), "{first}");
            assert_eq!(Marker::parse(lines.last().unwrap_or_default()), Some(Marker::End(vec!["8d1qng".to_owned()])));
        }
        assert_eq!(Marker::parse("<!-- other -->"), None);
        assert_eq!(hash("\r\na\r\nb\r\n"), hash("a\nb"));
    }
}
