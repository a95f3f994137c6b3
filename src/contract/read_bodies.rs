//! OpenAPI 3.0, 3.1 and 3.2: request bodies, responses, media types, headers and links.

use super::parts::{Body, Header, Media, NamedLink, Response};
use super::read::Reader;
use super::read_v3::written_style;
use super::{Place, SchemaAt, Style, Unread, read_encodings};
use crate::spec::{Document, Key, Loc};

pub(super) fn body(reader: &mut Reader, listed: Loc) -> Body {
    let document = reader.doc();
    let at = match reader.part(listed, "requestBodies") {
        Ok(at) => at,
        Err(unread) => {
            return Body { at: listed, listed_at: listed, required: false, media: Vec::new(), unread: Some(unread) };
        }
    };
    let required = document.flag(at, Key::REQUIRED) == Some(true);
    match content(reader, at) {
        Ok(media) => Body { at, listed_at: listed, required, media, unread: None },
        Err(unread) => Body { at, listed_at: listed, required, media: Vec::new(), unread: Some(unread) },
    }
}

fn content(reader: &mut Reader, owner: Loc) -> Result<Vec<Media>, Unread> {
    let document = reader.doc();
    let content = reader.holder(owner, Key::CONTENT, false)?;
    let mut out = Vec::new();
    for (range, listed) in content.into_iter().flat_map(|content| document.members(content)) {
        let blank = Media::new(range, listed);
        out.push(match reader.part(listed, "mediaTypes") {
            Ok(at) => Media {
                schema: document.get(at, Key::SCHEMA).map(|schema| reader.schema(schema)),
                item_schema: document.get(at, Key::ITEM_SCHEMA).map(|schema| reader.schema(schema)),
                encoding: read_encodings::members(reader, at, &blank.range)?,
                item_encoding: read_encodings::items(reader, at, &blank.range)?,
                at,
                ..blank
            },
            Err(unread) => Media { unread: Some(unread), ..blank },
        });
    }
    Ok(out)
}

/// The responses of an operation, or `responses` as a whole where that cannot be read.
pub(super) fn responses(reader: &mut Reader, operation: Loc, method: &str) -> (Vec<Response>, Option<Unread>) {
    let document = reader.doc();
    let list = match reader.holder(operation, Key::RESPONSES, false) {
        Ok(list) => list,
        Err(unread) => return (Vec::new(), Some(unread)),
    };
    let listed = list.into_iter().flat_map(|list| document.members(list));
    let listed = listed.filter(|(status, _)| !status.starts_with("x-"));
    (listed.map(|(status, listed)| response(reader, method, status, listed)).collect(), None)
}

fn response(reader: &mut Reader, method: &str, status: &str, listed: Loc) -> Response {
    let mut out = Response::new(status, listed);
    let read = |reader: &mut Reader, out: &mut Response| {
        out.at = reader.part(listed, "responses")?;
        let written = reader.doc().get(out.at, Key::CONTENT);
        if !reader.has_no_body(method, &out.status, written) {
            out.media = content(reader, out.at)?;
        }
        out.headers = headers(reader, out.at)?;
        out.links = links(reader, out.at)?;
        Ok(())
    };
    out.unread = read(reader, &mut out).err();
    out
}

/// Links by name.
fn links(reader: &mut Reader, response: Loc) -> Result<Vec<NamedLink>, Unread> {
    let document = reader.doc();
    let list = reader.holder(response, Key::LINKS, false)?;
    let listed = list.into_iter().flat_map(|list| document.members(list));
    let links: Vec<_> = listed.map(|(name, listed)| (name.to_owned(), reader.part(listed, "links"))).collect();
    reader.links.extend(links.iter().filter_map(|(_, link)| link.as_ref().ok()));
    Ok(links)
}

pub(super) fn headers(reader: &mut Reader, response: Loc) -> Result<Vec<Header>, Unread> {
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
            let style = Style::written(None, None, Place::Header);
            return Header { name, at: listed, listed_at: listed, required: false, schema, style, media: None, unread };
        }
    };
    let (content, unread) = match single_content(reader, at) {
        Ok(content) => (content, None),
        Err(unread) => (None, Some(unread)),
    };
    let written = written_style(document, at, Place::Header);
    let schema = document.get(at, Key::SCHEMA).or_else(|| document.get(content.as_ref()?.1, Key::SCHEMA));
    Header {
        name,
        at,
        listed_at: listed,
        required: document.flag(at, Key::REQUIRED) == Some(true),
        schema: schema.map_or(SchemaAt::Any, |schema| reader.schema(schema)),
        style: content.as_ref().map_or(written, |(range, _)| Style {
            style: range.clone(),
            explode: false,
            within: None,
        }),
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
