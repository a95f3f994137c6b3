//! JSON text → [`super::File`]: `serde_json` checks the syntax, a cursor beside it gives the exact offsets.
//!
//! The cursor may trust what it skips, because `serde_json` has validated all it hands over. Numbers are never
//! converted: their spelling is their text, so that 1e400 and 2^64+1 stay what they are.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::arena::{Builder, Kind, Text};
use super::key::Key;
use super::limits::Limits;
use super::read::{Cause, Fault, Parsed};

const BOM: &str = "\u{feff}";

/// Reads one JSON text.
pub(super) fn read(text: &Arc<String>, limits: &Limits) -> Result<Parsed, Fault> {
    let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
    let builder = Builder::new(Arc::clone(text));
    let mut reader = Reader { text, cursor: start, builder, fault: None, depth: limits.depth(), nodes: limits.nodes };
    let mut tokens = serde_json::Deserializer::from_str(&text[start..]);
    let root = Slot { reader: &mut reader, key: Key::NONE, at: None };
    match root.deserialize(&mut tokens).and_then(|()| tokens.end()) {
        Ok(()) => Ok(Parsed::new(reader.builder, Vec::new())),
        Err(error) => Err(reader.fault.take().unwrap_or_else(|| fault(text, start, &error))),
    }
}

fn fault(text: &str, start: usize, error: &serde_json::Error) -> Fault {
    let line = error.line().max(1);
    let line_start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let at = line_start + error.column().saturating_sub(1) + if line == 1 { start } else { 0 };
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    Fault::syntax(at.min(text.len()), message)
}

struct Reader<'de> {
    text: &'de str,
    /// Never beyond what was written to the builder; at or before the next token.
    cursor: usize,
    builder: Builder,
    fault: Option<Fault>,
    depth: usize,
    nodes: usize,
}

impl<'de> Reader<'de> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.cursor).copied().unwrap_or(0)
    }
    /// Goes to the next value, past closing brackets too: nothing before them is left to read.
    fn skip(&mut self) -> usize {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b']' | b'}') {
            self.cursor += 1;
        }
        self.cursor
    }
    /// The offset of the opening quote of a string borrowed from the source; moves behind its closing quote.
    fn borrowed(&mut self, content: &'de str) -> usize {
        let at = content.as_ptr() as usize - self.text.as_ptr() as usize;
        self.cursor = at + content.len() + 1;
        at - 1
    }
    /// The same for the next string in the source, which has escapes.
    fn escaped(&mut self) -> usize {
        let at = self.skip();
        let bytes = self.text.as_bytes();
        let mut end = at + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        self.cursor = (end + 1).min(bytes.len());
        at
    }
    fn number(&mut self) -> Text<'static> {
        let start = self.cursor;
        while matches!(self.byte(), b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E') {
            self.cursor += 1;
        }
        Text::Source(start, self.cursor - start)
    }
    fn room<E: Error>(&mut self) -> Result<(), E> {
        if self.builder.len() < self.nodes { Ok(()) } else { self.stop(Cause::Nodes) }
    }
    fn stop<E: Error>(&mut self, cause: Cause) -> Result<(), E> {
        self.fault = Some(Fault { at: self.cursor, cause });
        Err(E::custom("a limit was passed"))
    }
    fn open<E: Error>(&mut self, key: Key, at: usize, kind: Kind) -> Result<(), E> {
        if self.builder.depth() >= self.depth {
            return self.stop(Cause::TooDeep);
        }
        self.builder.open(key, at, kind);
        self.cursor += 1;
        Ok(())
    }
}

/// Where the next value goes: under a key that begins at `at`, or as an item or the root.
struct Slot<'r, 'de> {
    reader: &'r mut Reader<'de>,
    key: Key,
    at: Option<usize>,
}

impl<'de> DeserializeSeed<'de> for Slot<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(mut self, tokens: D) -> Result<(), D::Error> {
        self.reader.room()?;
        let start = self.reader.skip();
        let at = *self.at.get_or_insert(start);
        match self.reader.byte() {
            b'"' => tokens.deserialize_str(self),
            b'-' | b'0'..=b'9' => {
                tokens.deserialize_ignored_any(IgnoredAny)?;
                let text = self.reader.number();
                self.reader.builder.scalar(self.key, at, Kind::Number, &text);
                Ok(())
            }
            _ => tokens.deserialize_any(self),
        }
    }
}

impl Slot<'_, '_> {
    fn literal(self, kind: Kind, len: usize) {
        let at = self.at.unwrap_or(self.reader.cursor);
        self.reader.builder.scalar(self.key, at, kind, &Text::Source(self.reader.cursor, len));
        self.reader.cursor += len;
    }
}

impl<'de> Visitor<'de> for Slot<'_, 'de> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.literal(Kind::Null, 4);
        Ok(())
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        let (kind, len) = if value { (Kind::True, 4) } else { (Kind::False, 5) };
        self.literal(kind, len);
        Ok(())
    }
    fn visit_borrowed_str<E: Error>(self, content: &'de str) -> Result<(), E> {
        let quote = self.reader.borrowed(content);
        let at = self.at.unwrap_or(quote);
        self.reader.builder.scalar(self.key, at, Kind::String, &Text::Source(quote + 1, content.len()));
        Ok(())
    }
    fn visit_str<E: Error>(self, content: &str) -> Result<(), E> {
        let quote = self.reader.escaped();
        let at = self.at.unwrap_or(quote);
        self.reader.builder.scalar(self.key, at, Kind::String, &Text::Decoded(content));
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let reader = self.reader;
        reader.open(self.key, self.at.unwrap_or(reader.cursor), Kind::Array)?;
        while items.next_element_seed(Slot { reader: &mut *reader, key: Key::NONE, at: None })?.is_some() {}
        reader.builder.close();
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let reader = self.reader;
        reader.open(self.key, self.at.unwrap_or(reader.cursor), Kind::Object)?;
        while let Some((key, at)) = members.next_key_seed(Name { reader: &mut *reader })? {
            members.next_value_seed(Slot { reader: &mut *reader, key, at: Some(at) })?;
        }
        reader.builder.close();
        Ok(())
    }
}

/// The next member name, with the offset of its opening quote.
struct Name<'r, 'de> {
    reader: &'r mut Reader<'de>,
}

impl<'de> DeserializeSeed<'de> for Name<'_, 'de> {
    type Value = (Key, usize);
    fn deserialize<D: Deserializer<'de>>(self, tokens: D) -> Result<Self::Value, D::Error> {
        tokens.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'_, 'de> {
    type Value = (Key, usize);
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }
    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        let at = self.reader.borrowed(name);
        Ok((self.reader.builder.key(name), at))
    }
    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let at = self.reader.escaped();
        Ok((self.reader.builder.key(name), at))
    }
}
