//! The parts of an operation: parameters, bodies, media types, responses, headers.

use super::{SchemaAt, Style, Unread, spelling};
use crate::spec::Loc;
use crate::text::Location;

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
    /// The body object or the reference to it.
    pub listed_at: Loc,
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
    /// The range in one spelling and without its charset.
    pub essence: String,
    /// The charset, of types whose bytes are read by it.
    pub charset: Option<String>,
    /// The media type object (2.0: what stands for it).
    pub at: Loc,
    /// The whole value; `None` where no schema is written.
    pub schema: Option<SchemaAt>,
    /// Each item of a stream (3.2).
    pub item_schema: Option<SchemaAt>,
    /// How members of a form are written.
    pub encoding: Vec<Encoding>,
    /// How items are written, by place: `[0]`, `[]` (3.2).
    pub item_encoding: Vec<Encoding>,
    /// What of it cannot be read; then the rest says nothing.
    pub unread: Option<Unread>,
}

/// How one part of a body is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Encoding {
    /// The member, or the place of the item.
    pub property: String,
    /// Where it is written.
    pub at: Loc,
    /// Content type, style and explode in one normalised text.
    pub text: String,
    /// Its content types in one spelling; empty where none is written.
    pub content_types: Vec<String>,
    /// Its style, where that counts: then the content type does not (OpenAPI 3.1, Encoding Object).
    pub style: Option<Style>,
    /// Reserved characters may stay unescaped.
    pub allow_reserved: bool,
    /// The headers of the part.
    pub headers: Vec<Header>,
}

/// A link by its name, or what of it cannot be read.
pub(super) type NamedLink = (String, Result<Loc, Unread>);

/// A response.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Response {
    /// `200`, `2XX` or `default`.
    pub status: String,
    /// The response object.
    pub at: Loc,
    /// The response object or the reference to it.
    pub listed_at: Loc,
    /// Its representations.
    pub media: Vec<Media>,
    /// Its headers.
    pub headers: Vec<Header>,
    /// Its links by name, or what of each cannot be read.
    pub links: Vec<(String, Result<Loc, Unread>)>,
    /// What of it cannot be read; then the rest says nothing.
    pub unread: Option<Unread>,
}

impl Media {
    /// A representation of which only the media range is known.
    pub(super) fn new(written: &str, at: Loc) -> Self {
        let range = written.to_ascii_lowercase().replace("; ", ";");
        let (essence, charset) = (spelling::essence(&range), spelling::charset(&range));
        Self {
            range,
            essence,
            charset,
            at,
            schema: None,
            item_schema: None,
            encoding: Vec::new(),
            item_encoding: Vec::new(),
            unread: None,
        }
    }
}

impl Response {
    /// A response of which only the status is known.
    pub(super) fn new(status: &str, at: Loc) -> Self {
        let status = if status == "default" { status.to_owned() } else { status.to_ascii_uppercase() };
        Self { status, at, listed_at: at, media: Vec::new(), headers: Vec::new(), links: Vec::new(), unread: None }
    }
}

/// A response header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// As written; compares without case.
    pub name: String,
    /// The header object.
    pub at: Loc,
    /// The header object or the reference to it.
    pub listed_at: Loc,
    /// Always sent.
    pub required: bool,
    /// What it may be.
    pub schema: SchemaAt,
    /// How it is written.
    pub style: Style,
    /// The media type of its `content`, in place of a style.
    pub media: Option<String>,
    /// What of it cannot be read; then the rest says nothing.
    pub unread: Option<Unread>,
}
