//! Spots in words: in a sentence with an article, in a list without.

use super::super::catalogue::word;
use super::super::filling::{code, expand};
use super::super::lang::Lang;
use super::{Location, Spot};

/// A spot as a label of its own, without an article: `response 200 body`.
pub fn spot(lang: Lang, spot: &Spot) -> String {
    said(lang, spot, "-label")
}

/// A path inside a spot as it stands in a sentence: `` `status` in the response 200 body ``.
pub(in super::super) fn place(lang: Lang, path: &str, spot: &Spot) -> String {
    let spot = said(lang, spot, "");
    if path.is_empty() {
        return spot;
    }
    match path.strip_suffix("[]") {
        Some("") => spell(lang, "items", "", &[("spot", &spot)]),
        Some(list) => spell(lang, "items-of", "", &[("path", &code(list)), ("spot", &spot)]),
        None => spell(lang, "in", "", &[("path", &code(path)), ("spot", &spot)]),
    }
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
