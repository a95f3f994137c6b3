//! Places of an operation in words.

use super::catalogue::{texts, word};
use super::filling::{code, expand};
use super::lang::Lang;

/// A spot of an operation (`Use::spot`) as a label of its own, without an article: `response 200 body`.
pub fn spot(lang: Lang, spot: &str) -> String {
    part(lang, spot, "-label")
}

/// A path inside a spot as it stands in a sentence: `` `status` in the response 200 body ``.
pub(super) fn place(lang: Lang, path: &str, spot: &str) -> String {
    let spot = part(lang, spot, "");
    if path.is_empty() {
        return spot;
    }
    spell(lang, "in", "", &[("path", &code(path)), ("spot", &spot)])
}

fn spell(lang: Lang, key: &str, form: &str, parts: &[(&str, &str)]) -> String {
    let template = word(lang, "spots", &format!("{key}{form}"));
    expand(template, |name| parts.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()))
}

/// `form` chooses between the phrase with an article (empty) and the label (`-label`).
fn part(lang: Lang, raw: &str, form: &str) -> String {
    for caller in ["webhook", "callback"] {
        let inner = raw.strip_prefix(caller).and_then(|rest| rest.strip_prefix(' ')).and_then(|r| r.split_once(": "));
        if let Some((name, inner)) = inner {
            let inner = part(lang, inner, form);
            return spell(lang, caller, form, &[("name", &code(name)), ("spot", &inner)]);
        }
    }
    let typed = raw.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).filter(|(_, media)| media.contains('/'));
    if let Some((inner, media)) = typed {
        let inner = part(lang, inner, form);
        return spell(lang, "media-type", form, &[("media_type", &code(media)), ("spot", &inner)]);
    }
    if let Some(rest) = raw.strip_prefix("response ") {
        return response(lang, rest, form);
    }
    if let Some((location, name)) = raw.split_once(" parameter ") {
        let key = format!("{location}-parameter");
        return match texts(lang).get("spots", &key) {
            Some(_) => spell(lang, &key, form, &[("name", &code(name))]),
            None => code(raw),
        };
    }
    match raw {
        "operation" | "security" => spell(lang, raw, form, &[]),
        "request body" => spell(lang, "request-body", form, &[]),
        _ => code(raw),
    }
}

fn response(lang: Lang, rest: &str, form: &str) -> String {
    let (status, tail) = rest.split_once(' ').unwrap_or((rest, ""));
    let (kind, name) = match tail.strip_prefix("header ") {
        Some(name) => ("response-header", code(name)),
        None if tail == "body" => ("response-body", String::new()),
        None => ("response", String::new()),
    };
    let default = if status == "default" { "default-" } else { "" };
    spell(lang, &format!("{default}{kind}"), form, &[("status", status), ("name", &name)])
}
