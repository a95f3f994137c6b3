//! The part of an operation that something is about: a type while we compare, a text in reports.

mod read;
#[cfg(test)]
mod tests;
mod words;

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) use words::place;
pub use words::spot;

/// Where a parameter travels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query, by name.
    Query,
    /// The whole query string (3.2).
    QueryString,
    /// A request header.
    Header,
    /// A cookie.
    Cookie,
}

impl Location {
    const ALL: [Self; 5] = [Self::Path, Self::Query, Self::QueryString, Self::Header, Self::Cookie];

    /// The word of OpenAPI.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The location of a word of OpenAPI; `None` for other words.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|location| location.as_str() == word)
    }
}

/// A part of an operation. Statuses are written as the document writes them: `200`, `2XX`, `default`.
///
/// Reports hold its text (`Display`). Reading a text back never fails, and what was read has the same text; where a name
/// holds words of ours, the text alone is ambiguous and may be read as another part.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Spot {
    /// The operation itself: `operation`.
    Operation,
    /// What opens it: `security`.
    Security,
    /// A parameter: `query parameter page`.
    Parameter(Location, String),
    /// `request body`.
    RequestBody,
    /// A response by its status: `response 200`.
    Response(String),
    /// The body of a response: `response 200 body`.
    ResponseBody(String),
    /// A header of a response, by status and name: `response 200 header X-Total`.
    ResponseHeader(String, String),
    /// A body in one media type: `request body (text/csv)`.
    InMediaType(Box<Self>, String),
    /// A part of the request or response of a webhook: `webhook NAME: request body`.
    Webhook(String, Box<Self>),
    /// The same of a callback, whose parent is the operation: `callback NAME: request body`.
    Callback(String, Box<Self>),
    /// What a report of another version says.
    Other(String),
}

impl Spot {
    /// The parameter of a location and a name.
    pub fn parameter(location: Location, name: impl Into<String>) -> Self {
        Self::Parameter(location, name.into())
    }
}

impl Display for Spot {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation => out.write_str("operation"),
            Self::Security => out.write_str("security"),
            Self::Parameter(location, name) => write!(out, "{} parameter {name}", location.as_str()),
            Self::RequestBody => out.write_str("request body"),
            Self::Response(status) => write!(out, "response {status}"),
            Self::ResponseBody(status) => write!(out, "response {status} body"),
            Self::ResponseHeader(status, name) => write!(out, "response {status} header {name}"),
            Self::InMediaType(body, range) => write!(out, "{body} ({range})"),
            Self::Webhook(name, part) => write!(out, "webhook {name}: {part}"),
            Self::Callback(name, part) => write!(out, "callback {name}: {part}"),
            Self::Other(text) => out.write_str(text),
        }
    }
}

impl Serialize for Spot {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Spot {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Ok(spot) = String::deserialize(from)?.parse();
        Ok(spot)
    }
}
