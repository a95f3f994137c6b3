//! Values on the wire: how a parameter or form field is written (OpenAPI 3.x, "Style Values"; RFC 6570).

use serde_json::Value;

use crate::contract::{Location, Style};

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

/// The pairs of a query or of a form, encoded: `ids=1`, `ids=2`.
pub(super) fn pairs(name: &str, style: &Style, value: &Value, reserved: bool) -> Vec<String> {
    let code = |text: &str| encoded(text, reserved);
    let name = code(name);
    let delimiter = match style.style.as_str() {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "%7C",
        "tabDelimited" => "%09",
        _ => ",",
    };
    match value {
        _ if style.style == "content" => vec![format!("{name}={}", code(&value.to_string()))],
        Value::Object(members) if style.style == "deepObject" => {
            members.iter().map(|(key, part)| format!("{name}[{}]={}", code(key), code(&plain(part)))).collect()
        }
        Value::Array(items) if style.explode => {
            items.iter().map(|item| format!("{name}={}", code(&plain(item)))).collect()
        }
        Value::Object(members) if style.explode => {
            members.iter().map(|(key, part)| format!("{}={}", code(key), code(&plain(part)))).collect()
        }
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(|item| code(&plain(item))).collect();
            vec![format!("{name}={}", texts.join(delimiter))]
        }
        Value::Object(members) => vec![format!("{name}={}", flat(members, ",", code))],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            vec![format!("{name}={}", code(&plain(value)))]
        }
    }
}

fn flat(members: &serde_json::Map<String, Value>, between: &str, code: impl Fn(&str) -> String) -> String {
    let parts: Vec<String> = members.iter().flat_map(|(key, part)| [code(key), code(&plain(part))]).collect();
    parts.join(between)
}

/// The text of a parameter in a path or a header.
pub(super) fn segment(name: &str, location: Location, style: &Style, value: &Value) -> String {
    let code = |text: &str| if location == Location::Path { encoded(text, false) } else { text.to_owned() };
    let items = |between: &str, lead: &str| -> String {
        match value {
            Value::Array(items) => {
                let texts: Vec<String> = items.iter().map(|item| format!("{lead}{}", code(&plain(item)))).collect();
                texts.join(between)
            }
            Value::Object(members) if style.explode => {
                let texts: Vec<String> =
                    members.iter().map(|(key, part)| format!("{}={}", code(key), code(&plain(part)))).collect();
                texts.join(between)
            }
            Value::Object(members) => flat(members, ",", code),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                format!("{lead}{}", code(&plain(value)))
            }
        }
    };
    match (style.style.as_str(), style.explode) {
        ("content", _) => code(&value.to_string()),
        ("label", true) => format!(".{}", items(".", "")),
        ("label", false) => format!(".{}", items(",", "")),
        ("matrix", true) if value.is_object() => format!(";{}", items(";", "")),
        ("matrix", true) => format!(";{}", items(";", &format!("{name}="))),
        ("matrix", false) => format!(";{name}={}", items(",", "")),
        _ => items(",", ""),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn style(style: &str, explode: bool) -> Style {
        Style { style: style.to_owned(), explode }
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
            ("content", true, &list, "color=%5B%22blue%22%2C%22black%22%5D"),
        ];
        for (name, explode, value, text) in cases {
            assert_eq!(pairs("color", &style(name, explode), value, false).join("&"), text, "{name} {explode}");
        }
        assert_eq!(pairs("q", &style("form", true), &json!("a/b c"), true), ["q=a/b%20c"]);
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
