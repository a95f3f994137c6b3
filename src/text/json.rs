//! Values as JSON that can be printed anywhere: what acts on a terminal, hides, or is a command of CI is escaped in
//! strings and names. It is the same JSON value to every reader.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::commands;
use super::hidden::is_hidden;

/// A value over lines; ends with a line break.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    written(value, PrettyFormatter::new()) + "\n"
}

/// A value on one line, without a line break.
pub(crate) fn compact(value: &impl Serialize) -> String {
    written(value, CompactFormatter)
}

/// A value laid out by a formatter.
pub(crate) fn written(value: &impl Serialize, layout: impl Formatter) -> String {
    let mut out = Vec::new();
    // Writing into memory does not fail, and every key of what is written here is a string.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut out, Escaped(layout)));
    String::from_utf8(out).unwrap_or_default()
}

/// A layout whose strings are harmless.
struct Escaped<F>(F);

impl<F: Formatter> Formatter for Escaped<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let marks = commands::marks(fragment);
        if marks.is_empty() && fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return self.0.write_string_fragment(out, fragment);
        }
        let mut done = 0;
        for (at, c) in fragment.char_indices().filter(|(at, c)| is_hidden(*c) || marks.contains(at)) {
            self.0.write_string_fragment(out, &fragment[done..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            done = at + c.len_utf8();
        }
        self.0.write_string_fragment(out, &fragment[done..])
    }
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }
    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }
    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }
    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }
    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }
    fn end_object_key<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_key(out)
    }
    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }
    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_acts_or_hides_is_escaped_and_equal() {
        let odd = "\u{1b}\u{7f}\u{9b}2J \u{202e}\u{200b}\u{e0041} é 日 \"\\\n ##[error]x ##vso[a]b section_end:1";
        let value = json!({odd: [odd, {}, [], 1.5, null]});
        for text in [pretty(&value), compact(&value)] {
            assert!(!text.contains(|c| c != '\n' && is_hidden(c)) && !text.contains("##["), "{text}");
            assert!(
                text.contains("\\u001b\\u007f\\u009b2J \\u202e\\u200b\\udb40\\udc41 é 日 \\\"\\\\\\n ##\\u005berror]x"),
                "{text}"
            );
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }

    #[test]
    fn harmless_values_are_written_as_ever() {
        let value = json!({"a::b": [1, "été 👩\u{200d}🔧", {"c": {}}, []], "##": "[x]"});
        assert_eq!(pretty(&value), serde_json::to_string_pretty(&value).unwrap() + "\n");
        assert_eq!(compact(&value), value.to_string());
    }
}
