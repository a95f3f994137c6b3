//! Patterns of operations, `GET /internal/**`, and of their paths: `*` stands for one segment, `**` for any.
//!
//! Names of parameters do not count: `/users/{id}` fits `/users/{user_id}`, which is the same path.

use std::borrow::Cow;
use std::str::FromStr;

use globset::{GlobBuilder, GlobMatcher};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use crate::contract::shape;

/// A pattern of operations, or of paths.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    text: String,
    glob: GlobMatcher,
}

/// What is no pattern.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{text}` is no pattern of operations: {why}")]
pub(crate) struct PatternError {
    text: String,
    why: String,
}

impl Pattern {
    /// As it is written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether an operation, or a path, fits.
    pub(crate) fn fits(&self, name: &str) -> bool {
        self.glob.is_match(unslashed(&shape(name).0))
    }
}

/// A lone slash at the end of a path does not tell operations apart.
fn unslashed(text: &str) -> &str {
    let end = text.trim_end_matches('/');
    if end.is_empty() || end.ends_with(' ') { text } else { end }
}

impl FromStr for Pattern {
    type Err = PatternError;
    fn from_str(text: &str) -> Result<Self, PatternError> {
        // The braces of a path template are no alternatives.
        let plain = unslashed(&shape(text).0).replace('{', "[{]").replace('}', "[}]");
        let glob = GlobBuilder::new(&plain).literal_separator(true).build();
        let refused = |error: globset::Error| PatternError { text: text.to_owned(), why: error.kind().to_string() };
        Ok(Self { text: text.to_owned(), glob: glob.map_err(refused)?.compile_matcher() })
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["GET /internal/**"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_segment_and_two_are_any() {
        for (pattern, name, fits) in [
            ("/books/*", "/books/new", true),
            ("/books/*", "/books/{id}", true),
            ("/books/*", "/books/{id}/pages", false),
            ("/books/**", "/books/{id}/pages", true),
            ("/books/**", "/books", false),
            ("/books/{id}", "/books/{isbn}", true),
            ("/books/{id}", "/books/new", false),
            ("/{a,b}", "/a", false),
            ("GET /books/**", "GET /books/{id}/pages", true),
            ("GET /books/**", "POST /books/new", false),
            ("**", "/", true),
        ] {
            assert_eq!(pattern.parse::<Pattern>().unwrap().fits(name), fits, "{pattern} {name}");
        }
        let said = "/books/[".parse::<Pattern>().unwrap_err().to_string();
        assert!(said.starts_with("`/books/[` is no pattern of operations: "), "{said}");
    }
}
