//! OpenAPI 3.0, 3.1 and 3.2: request bodies, responses, media types, headers and links.

use super::parts::{Body, Encoding, Header, Media, Response};
use super::read::Reader;
use super::{SchemaAt, Unread};
use crate::spec::{Document, Key, Loc};

pub(super) fn body(reader: &mut Reader, listed: Loc) -> Body {
    let document = reader.doc();
    let at = match reader.part(listed, "requestBodies") {
        Ok(at) => at,
        Err(unread) => return Body { at: listed, required: false, media: Vec::new(), unread: Some(unread) },
    };
    let required = document.flag(at, Key::REQUIRED) == Some(true);
    match content(reader, at) {
        Ok(media) => Body { at, required, media, unread: None },
        Err(unread) => Body { at, required, media: Vec::new(), unread: Some(unread) },
    }
}

fn content(reader: &mut Reader, owner: Loc) -> Result<Vec<Media>, Unread> {
    let document = reader.doc();
    let content = reader.holder(owner, Key::CONTENT, false)?;
    let mut out = Vec::new();
    for (range, listed) in content.into_iter().flat_map(|content| document.members(content)) {
        let range = range.to_ascii_lowercase().replace("; ", ";");
        out.push(match reader.part(listed, "mediaTypes") {
            Ok(at) => Media {
                schema: document.get(at, Key::SCHEMA).map(|schema| reader.schema(schema)),
                item_schema: document.get(at, Key::ITEM_SCHEMA).map(|schema| reader.schema(schema)),
                encoding: encodings(&document, at, &range),
                range,
                at,
                unread: None,
            },
            Err(unread) => {
                Media { schema: None, item_schema: None, encoding: Vec::new(), range, at: listed, unread: Some(unread) }
            }
        });
    }
    Ok(out)
}

/// Encodings that say something other than the default; they apply to form bodies only (OpenAPI, Encoding Object).
fn encodings(document: &Document, media: Loc, range: &str) -> Vec<Encoding> {
    let form = range.starts_with("multipart/") || range.starts_with("application/x-www-form-urlencoded");
    let Some(at) = document.get(media, Key::ENCODING).filter(|_| form) else { return Vec::new() };
    document
        .members(at)
        .filter_map(|(property, at)| {
            let style = document.string(at, Key::STYLE).unwrap_or("form");
            let explode = document.flag(at, Key::EXPLODE).unwrap_or(style == "form");
            let mut text = Vec::new();
            if let Some(content_type) = document.string(at, Key::CONTENT_TYPE) {
                let lower = content_type.to_ascii_lowercase();
                let mut types: Vec<&str> = lower.split(',').map(str::trim).collect();
                types.sort_unstable();
                text.push(types.join(" | "));
            }
            if (style, explode) != ("form", true) {
                text.push(format!("{style}{}", if explode { ", exploded" } else { "" }));
            }
            if document.flag(at, Key::ALLOW_RESERVED) == Some(true) {
                text.push("allowReserved".to_owned());
            }
            let text = text.join(", ");
            (!text.is_empty()).then(|| Encoding { property: property.to_owned(), at, text })
        })
        .collect()
}

/// The responses of an operation, or `responses` as a whole where that cannot be read.
pub(super) fn responses(reader: &mut Reader, operation: Loc) -> (Vec<Response>, Option<Unread>) {
    let document = reader.doc();
    let list = match reader.holder(operation, Key::RESPONSES, false) {
        Ok(list) => list,
        Err(unread) => return (Vec::new(), Some(unread)),
    };
    let listed = list.into_iter().flat_map(|list| document.members(list));
    let listed = listed.filter(|(status, _)| !status.starts_with("x-"));
    (listed.map(|(status, listed)| response(reader, status, listed)).collect(), None)
}

fn response(reader: &mut Reader, status: &str, listed: Loc) -> Response {
    let mut out = Response::new(status, listed);
    let read = |reader: &mut Reader, out: &mut Response| {
        out.at = reader.part(listed, "responses")?;
        out.media = content(reader, out.at)?;
        out.headers = headers(reader, out.at)?;
        out.links = links(reader, out.at)?;
        Ok(())
    };
    out.unread = read(reader, &mut out).err();
    out
}

/// Links by name.
fn links(reader: &mut Reader, response: Loc) -> Result<Vec<(String, Option<Unread>)>, Unread> {
    let document = reader.doc();
    let list = reader.holder(response, Key::LINKS, false)?;
    let listed = list.into_iter().flat_map(|list| document.members(list));
    Ok(listed.map(|(name, listed)| (name.to_owned(), reader.part(listed, "links").err())).collect())
}

fn headers(reader: &mut Reader, response: Loc) -> Result<Vec<Header>, Unread> {
    let document = reader.doc();
    let list = reader.holder(response, Key::HEADERS, false)?;
    let listed = list.into_iter().flat_map(|list| document.members(list));
    // OpenAPI 3.x, Response Object: a header named Content-Type is ignored.
    let listed = listed.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    Ok(listed.map(|(name, listed)| header(reader, &document, name, listed)).collect())
}

fn header(reader: &mut Reader, document: &Document, name: &str, listed: Loc) -> Header {
    let name = name.to_owned();
    let at = match reader.part(listed, "headers") {
        Ok(at) => at,
        Err(unread) => {
            let (schema, unread) = (SchemaAt::Any, Some(unread));
            return Header { name, at: listed, required: false, schema, explode: false, media: None, unread };
        }
    };
    let (content, unread) = match single_content(reader, at) {
        Ok(content) => (content, None),
        Err(unread) => (None, Some(unread)),
    };
    let schema = document.get(at, Key::SCHEMA).or_else(|| document.get(content.as_ref()?.1, Key::SCHEMA));
    Header {
        name,
        at,
        required: document.flag(at, Key::REQUIRED) == Some(true),
        schema: schema.map_or(SchemaAt::Any, |schema| reader.schema(schema)),
        explode: document.flag(at, Key::EXPLODE).unwrap_or(false),
        media: content.map(|(range, _)| range),
        unread,
    }
}

/// The one media type that `content` of a parameter or header names, and its object.
pub(super) fn single_content(reader: &mut Reader, owner: Loc) -> Result<Option<(String, Loc)>, Unread> {
    let document = reader.doc();
    let content = reader.holder(owner, Key::CONTENT, false)?;
    let Some(listed) = content.and_then(|content| document.children(content).next()) else { return Ok(None) };
    Ok(Some((document.name(listed).to_ascii_lowercase(), reader.part(listed, "mediaTypes")?)))
}
