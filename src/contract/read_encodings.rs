//! OpenAPI 3.0, 3.1 and 3.2: how the parts of a form or of a multipart body are written (Encoding Object).

use super::parts::Encoding;
use super::read::Reader;
use super::read_bodies::headers;
use super::{Place, Style, Unread, spelling};
use crate::spec::{Document, Key, Kind, Loc, SpecVersion};

/// The encodings of members, by name; they apply to forms and multipart bodies only.
pub(super) fn members(reader: &mut Reader, media: Loc, range: &str) -> Result<Vec<Encoding>, Unread> {
    let document = reader.doc();
    let Some(at) = document.get(media, Key::ENCODING).filter(|_| is_form(range)) else { return Ok(Vec::new()) };
    let listed: Vec<(String, Loc)> = document.members(at).map(|(name, at)| (name.to_owned(), at)).collect();
    read(reader, listed, range)
}

/// The encodings of items by place, then of all others (3.2, `prefixEncoding` and `itemEncoding`): `[0]`, `[]`.
pub(super) fn items(reader: &mut Reader, media: Loc, range: &str) -> Result<Vec<Encoding>, Unread> {
    let document = reader.doc();
    if !is_form(range) || document.version < SpecVersion::V32 {
        return Ok(Vec::new());
    }
    let first = document.get(media, Key::PREFIX_ENCODING).filter(|&at| document.kind(at) == Kind::Array);
    let first = first.into_iter().flat_map(|list| document.children(list)).enumerate();
    let rest = document.get(media, Key::ITEM_ENCODING).map(|at| ("[]".to_owned(), at));
    let listed = first.map(|(place, at)| (format!("[{place}]"), at)).chain(rest).collect();
    read(reader, listed, range)
}

fn is_form(range: &str) -> bool {
    range.starts_with("multipart/") || is_urlencoded(range)
}

fn is_urlencoded(range: &str) -> bool {
    range.starts_with("application/x-www-form-urlencoded")
}

fn read(reader: &mut Reader, listed: Vec<(String, Loc)>, range: &str) -> Result<Vec<Encoding>, Unread> {
    let read = |(property, at): (String, Loc)| {
        let document = reader.doc();
        if document.kind(at) != Kind::Object {
            return Ok(None);
        }
        // Headers of parts exist in multipart bodies only; `Content-Type` is said by `contentType`.
        let headers = if is_urlencoded(range) { Vec::new() } else { headers(reader, at)? };
        Ok(Some(one(&document, property, at, range, headers)))
    };
    let all: Result<Vec<Option<Encoding>>, Unread> = listed.into_iter().map(read).collect();
    Ok(all?.into_iter().flatten().collect())
}

fn one(document: &Document, property: String, at: Loc, range: &str, headers: Vec<super::Header>) -> Encoding {
    // 3.0 knows styles in urlencoded forms only; since 3.1 multipart forms have them too.
    let styled =
        is_urlencoded(range) || document.version > SpecVersion::V30 && range.starts_with("multipart/form-data");
    let written = [Key::STYLE, Key::EXPLODE, Key::ALLOW_RESERVED].iter().any(|&key| document.get(at, key).is_some());
    let (name, explode) = (document.string(at, Key::STYLE), document.flag(at, Key::EXPLODE));
    let style = (styled && written).then(|| Style::written(name, explode, Place::Form));
    let content = document.string(at, Key::CONTENT_TYPE);
    Encoding {
        property,
        at,
        text: text(content, style.as_ref()),
        content_types: content.map(spelling::media_ranges).unwrap_or_default(),
        allow_reserved: styled && document.flag(at, Key::ALLOW_RESERVED) == Some(true),
        style,
        headers,
    }
}

/// Content type and style in one text, for identities; empty of the default.
fn text(content: Option<&str>, style: Option<&Style>) -> String {
    let mut text = Vec::new();
    if let Some(content) = content {
        let lower = content.to_ascii_lowercase();
        let mut types: Vec<&str> = lower.split(',').map(str::trim).collect();
        types.sort_unstable();
        text.push(types.join(" | "));
    }
    if let Some(style) = style.filter(|style| (style.style.as_str(), style.explode) != ("form", true)) {
        text.push(format!("{}{}", style.style, if style.explode { ", exploded" } else { "" }));
    }
    text.join(", ")
}
