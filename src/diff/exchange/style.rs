//! Values on the wire: how a parameter or form field is written (OpenAPI 3.x, "Style Values"; RFC 6570).

use serde_json::Value;

use crate::contract::{Lead, Lists, Location, Objects, Row, Style};

/// A scalar as text; a composite as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Percent-encodes what is not unreserved (RFC 3986, 2.3); with `reserved` those characters stay too.
pub(super) fn encoded(text: &str, reserved: bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if unreserved || reserved && b":/?#[]@!$&'()*+,;=".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The pairs of a query, of cookies or of a form, encoded: `ids=1`, `ids=2`. A list or an object without members has none
/// (RFC 6570, 2.3: it is undefined).
pub(super) fn pairs(name: &str, style: &Style, value: &Value, reserved: bool) -> Vec<String> {
    let code = |text: &str| encoded(text, reserved);
    // A key in brackets is the same key, whether it is a member's or a parameter's own name.
    let key = |name: &str| code(name).replace("%5B", "[").replace("%5D", "]");
    let named = |name: &str, part: &Value| format!("{}={}", key(name), code(&plain(part)));
    // A list among the members is repeated, as one beside them is.
    let each = |name: &str, part: &Value| match part {
        Value::Array(items) => items.iter().map(|item| named(name, item)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            vec![named(name, part)]
        }
    };
    let Some(row) = style.row() else { return vec![format!("{}={}", key(name), code(&content(style, value)))] };
    match (value, row.lists, row.objects) {
        (Value::Array(items), Lists::Repeated, _) => items.iter().map(|item| named(name, item)).collect(),
        (Value::Object(members), _, Objects::Keys) => members.iter().flat_map(|(key, part)| each(key, part)).collect(),
        (Value::Object(members), _, Objects::Brackets) => {
            members.iter().flat_map(|(key, part)| each(&format!("{name}[{key}]"), part)).collect()
        }
        (Value::Array(_) | Value::Object(_), ..) => vec![format!("{}={}", key(name), joined(row, value, &code, ""))],
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), ..) => vec![named(name, value)],
    }
}

/// The text of a value that no style writes: bare where its media type is text, else JSON.
fn content(style: &Style, value: &Value) -> String {
    if style.is_text() { plain(value) } else { value.to_string() }
}

/// The text of a list or object in one piece; `lead` stands before each item of a repeated list.
fn joined(row: &Row, value: &Value, code: &impl Fn(&str) -> String, lead: &str) -> String {
    let between = |separator: char| match separator {
        ',' | '.' | ';' => separator.to_string(),
        _ => code(&separator.to_string()),
    };
    match value {
        Value::Array(items) => {
            let separator = if let Lists::Joined(separator) = row.lists { separator } else { ';' };
            let texts: Vec<String> = items.iter().map(|item| format!("{lead}{}", code(&plain(item)))).collect();
            texts.join(&between(separator))
        }
        Value::Object(members) => {
            let (inner, outer) = match row.objects {
                Objects::Pairs(separator) => ("=".to_owned(), between(separator)),
                Objects::Flat(separator) => (between(separator), between(separator)),
                Objects::Keys | Objects::Brackets => ("=".to_owned(), between(';')),
            };
            let pair = |(key, part): (&String, &Value)| format!("{}{inner}{}", code(key), code(&plain(part)));
            members.iter().map(pair).collect::<Vec<_>>().join(&outer)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => format!("{lead}{}", code(&plain(value))),
    }
}

/// The text of a parameter in a path or a header.
pub(super) fn segment(name: &str, location: Location, style: &Style, value: &Value) -> String {
    let code = |text: &str| if location == Location::Path { encoded(text, false) } else { text.to_owned() };
    let Some(row) = style.row() else { return code(&content(style, value)) };
    match (row.lead, row.lists) {
        (Lead::Plain, _) => joined(row, value, &code, ""),
        (Lead::Dot, _) => format!(".{}", joined(row, value, &code, "")),
        (Lead::Semicolon, Lists::Repeated) if value.is_object() => format!(";{}", joined(row, value, &code, "")),
        (Lead::Semicolon, Lists::Repeated) => format!(";{}", joined(row, value, &code, &format!("{name}="))),
        (Lead::Semicolon, Lists::Joined(_)) => format!(";{name}={}", joined(row, value, &code, "")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn style(style: &str, explode: bool) -> Style {
        Style { style: style.to_owned(), explode, within: None }
    }

    #[test]
    fn query_pairs_follow_the_table_of_style_examples() {
        let (list, object) = (json!(["blue", "black"]), json!({"R": 100, "G": 200}));
        let cases = [
            ("form", true, &list, "color=blue&color=black"),
            ("form", false, &list, "color=blue,black"),
            ("form", true, &object, "R=100&G=200"),
            ("form", false, &object, "color=R,100,G,200"),
            ("spaceDelimited", false, &list, "color=blue%20black"),
            ("pipeDelimited", false, &list, "color=blue%7Cblack"),
            ("deepObject", true, &object, "color[R]=100&color[G]=200"),
            ("spaceDelimited", false, &object, "color=R%20100%20G%20200"),
            ("content", true, &list, "color=%5B%22blue%22%2C%22black%22%5D"),
        ];
        for (name, explode, value, text) in cases {
            assert_eq!(pairs("color", &style(name, explode), value, false).join("&"), text, "{name} {explode}");
        }
        assert_eq!(pairs("q", &style("form", true), &json!("a/b c"), true), ["q=a/b%20c"]);
        assert!(pairs("q", &style("form", true), &json!([]), true).is_empty());
        assert_eq!(pairs("q", &style("text/plain", true), &json!("a b"), false), ["q=a%20b"]);
    }

    #[test]
    fn path_segments_follow_the_table_of_style_examples() {
        let (list, object) = (json!(["blue", "black"]), json!({"R": 100, "G": 200}));
        let cases = [
            ("simple", false, &list, "blue,black"),
            ("simple", true, &object, "R=100,G=200"),
            ("simple", false, &object, "R,100,G,200"),
            ("label", true, &list, ".blue.black"),
            ("label", false, &list, ".blue,black"),
            ("matrix", true, &list, ";color=blue;color=black"),
            ("matrix", false, &list, ";color=blue,black"),
            ("matrix", true, &object, ";R=100;G=200"),
        ];
        for (name, explode, value, text) in cases {
            assert_eq!(segment("color", Location::Path, &style(name, explode), value), text, "{name} {explode}");
        }
    }
}
