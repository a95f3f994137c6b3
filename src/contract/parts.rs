//! The parts of an operation: parameters, bodies, media types, responses, headers.

use super::{SchemaAt, Unread};
use crate::spec::Loc;
use crate::text::Location;

/// How a parameter or form field is written on the wire; 2.0's `collectionFormat` becomes the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Style {
    /// `form`, `simple`, `label`, `matrix`, `spaceDelimited`, `pipeDelimited`, `tabDelimited`, `deepObject`, `content`.
    pub style: String,
    /// One name-value pair for each member.
    pub explode: bool,
}

/// A parameter of an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// The parameter object.
    pub at: Loc,
    /// The parameter object or the reference to it, where the operation or path lists it.
    pub listed_at: Loc,
    /// As written; headers compare without case.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Must be sent.
    pub required: bool,
    /// How it is written.
    pub style: Style,
    /// Reserved characters may stay unescaped.
    pub allow_reserved: bool,
    /// May be sent empty.
    pub allow_empty: bool,
    /// What it may be.
    pub schema: SchemaAt,
    /// The media type of its `content`, in place of a style.
    pub media: Option<String>,
}

/// A request body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    /// The body object (2.0: the body parameter or the first form parameter).
    pub at: Loc,
    /// Must be sent.
    pub required: bool,
    /// Its representations.
    pub media: Vec<Media>,
    /// What of it cannot be read; then the rest says nothing.
    pub unread: Option<Unread>,
}

/// One representation of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Media {
    /// The media range in lower case, parameters kept: `application/json`, `application/*`.
    pub range: String,
    /// The media type object (2.0: what stands for it).
    pub at: Loc,
    /// The whole value; `None` where no schema is written.
    pub schema: Option<SchemaAt>,
    /// Each item of a stream (3.2).
    pub item_schema: Option<SchemaAt>,
    /// How members of a form are written.
    pub encoding: Vec<Encoding>,
    /// What of it cannot be read; then the rest says nothing.
    pub unread: Option<Unread>,
}

/// How one member of a form body is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Encoding {
    /// The member.
    pub property: String,
    /// Where it is written.
    pub at: Loc,
    /// Content type, style, explode and allowReserved in one normalised text.
    pub text: String,
}

/// A response.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Response {
    /// `200`, `2XX` or `default`.
    pub status: String,
    /// The response object.
    pub at: Loc,
    /// Its representations.
    pub media: Vec<Media>,
    /// Its headers.
    pub headers: Vec<Header>,
    /// Its links by name, and what of each cannot be read.
    pub links: Vec<(String, Option<Unread>)>,
    /// What of it cannot be read; then the rest says nothing.
    pub unread: Option<Unread>,
}

impl Response {
    /// A response of which only the status is known.
    pub(super) fn new(status: &str, at: Loc) -> Self {
        let status = if status == "default" { status.to_owned() } else { status.to_ascii_uppercase() };
        Self { status, at, media: Vec::new(), headers: Vec::new(), links: Vec::new(), unread: None }
    }
}

/// A response header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// As written; compares without case.
    pub name: String,
    /// The header object.
    pub at: Loc,
    /// Always sent.
    pub required: bool,
    /// What it may be.
    pub schema: SchemaAt,
    /// One name-value pair for each member.
    pub explode: bool,
    /// The media type of its `content`.
    pub media: Option<String>,
    /// What of it cannot be read; then the rest says nothing.
    pub unread: Option<Unread>,
}
