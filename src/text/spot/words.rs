//! Spots in words: in a sentence with an article, in a list without.

use super::super::catalogue::word;
use super::super::filling::{code, expand, put};
use super::super::lang::Lang;
use super::{Location, Spot};

/// A spot as a label of its own, without an article: `response 200 body`.
pub fn spot(lang: Lang, spot: &Spot) -> String {
    said(lang, spot, "-label")
}

/// A path inside a spot as it stands in a sentence: `` `status` in the response 200 body ``. Items, values and variants
/// have no names: they are told as what they are of.
pub(in super::super) fn place(lang: Lang, path: &str, spot: &Spot) -> String {
    let (mut around, mut rest) = (said(lang, spot, ""), path);
    while let Some((mark, after)) = first_mark(rest) {
        (around, rest) = (of(lang, mark, "", &around), after);
    }
    let mut marks = Vec::new();
    while let Some((before, mark)) = last_mark(rest) {
        rest = before;
        marks.push(mark);
    }
    let Some(mark) = marks.pop() else {
        return if rest.is_empty() {
            around
        } else {
            spell(lang, "in", "", &[("path", &code(rest)), ("spot", &around)])
        };
    };
    let inner = of(lang, mark, rest, &around);
    marks.into_iter().rev().fold(inner, |inner, mark| of(lang, mark, "", &inner))
}

/// What a mark means: items or values of a spot, or of a path in it, or one variant of these.
fn of(lang: Lang, mark: &str, path: &str, spot: &str) -> String {
    let inside = mark.get(1..mark.len() - 1).unwrap_or_default();
    let variant;
    let (key, name) = match mark.as_bytes() {
        b"[]" => ("items", ""),
        b"{}" => ("values", ""),
        [b'[', ..] => ("item", inside),
        [b'{', ..] => ("matching", inside),
        _ => {
            variant = variant_of(lang, &mark[1..]);
            ("variant", variant.as_str())
        }
    };
    let name = if key == "matching" { code(name) } else { name.to_owned() };
    let (key, path) = if path.is_empty() { (key.to_owned(), String::new()) } else { (format!("{key}-of"), code(path)) };
    spell(lang, &key, "", &[("path", &path), ("spot", spot), ("name", &name)])
}

/// `Card`, or a word and a name: `with iban`, `named card`, `of string`.
fn variant_of(lang: Lang, text: &str) -> String {
    let (term, name) = match text.split_once(' ') {
        Some(("of", kind)) => (format!("variant-{kind}"), ""),
        Some((how, name)) => (format!("variant-{how}"), name),
        None if text.bytes().all(|it| it.is_ascii_digit()) => ("variant-other".to_owned(), ""),
        None => ("variant-named".to_owned(), text),
    };
    put(word(lang, "terms", &term), &[("name", &code(name))])
}

/// The mark a path begins with, and the path below it.
fn first_mark(path: &str) -> Option<(&str, &str)> {
    let end = match path.as_bytes().first()? {
        b'[' => path.find(']')? + 1,
        b'{' => path.find('}')? + 1,
        b'|' => path[1..].find(['.', '[', '{', '|']).map_or(path.len(), |at| at + 1),
        _ => return None,
    };
    let (mark, rest) = path.split_at(end);
    Some((mark, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The mark a path ends with, and the path above it.
fn last_mark(path: &str) -> Option<(&str, &str)> {
    let start = path.rfind(['[', '{', '|', '.'])?;
    let mark = &path[start..];
    let item = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    let whole = match mark.as_bytes() {
        [b'[', .., b']'] => item(&mark[1..mark.len() - 1]),
        [b'|', ..] => true,
        _ => mark == "{}",
    };
    whole.then(|| path.split_at(start))
}

fn spell(lang: Lang, key: &str, form: &str, parts: &[(&str, &str)]) -> String {
    let template = word(lang, "spots", &format!("{key}{form}"));
    expand(template, |name| parts.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()))
}

/// `form` chooses between the phrase with an article (empty) and the label (`-label`).
fn said(lang: Lang, spot: &Spot, form: &str) -> String {
    let within = |key: &str, name: &str, value: &str, inner: &Spot| {
        spell(lang, key, form, &[(name, &code(value)), ("spot", &said(lang, inner, form))])
    };
    match spot {
        Spot::Operation => spell(lang, "operation", form, &[]),
        Spot::Security => spell(lang, "security", form, &[]),
        Spot::RequestBody => spell(lang, "request-body", form, &[]),
        Spot::Response(status) => response(lang, "response", form, (status, "")),
        Spot::ResponseBody(status) => response(lang, "response-body", form, (status, "")),
        Spot::ResponseHeader(status, name) => response(lang, "response-header", form, (status, &code(name))),
        Spot::InMediaType(body, range) => within("media-type", "media_type", range, body),
        Spot::Webhook(name, part) => within("webhook", "name", name, part),
        Spot::Callback(name, part) => within("callback", "name", name, part),
        Spot::Parameter(Location::QueryString, _) | Spot::Other(_) => code(&spot.to_string()),
        Spot::Parameter(location, name) => {
            spell(lang, &format!("{}-parameter", location.as_str()), form, &[("name", &code(name))])
        }
    }
}

fn response(lang: Lang, kind: &str, form: &str, (status, name): (&str, &str)) -> String {
    let default = if status == "default" { "default-" } else { "" };
    spell(lang, &format!("{default}{kind}"), form, &[("status", status), ("name", name)])
}
