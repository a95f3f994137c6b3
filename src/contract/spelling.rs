//! Spellings that say the same on the wire: percent-encoding in paths, order and quoting in media types.

/// A path as it travels: unreserved characters and letters beyond ASCII unescaped, hex digits upper-case (RFC 3986,
/// 6.2.2; RFC 3987, 3.1); what no URI holds as it is, such as a space, escaped. Braces of templates stay.
pub(crate) fn path(text: &str) -> String {
    let (bytes, mut out, mut at) = (text.as_bytes(), String::with_capacity(text.len()), 0);
    while at < bytes.len() {
        let run: Vec<u8> = (at..).step_by(3).map_while(|at| escaped(bytes, at)).collect();
        if run.is_empty() {
            let Some(next) = text[at..].chars().next() else { break };
            let forbidden = next.is_ascii_control() || matches!(next, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '|');
            if forbidden {
                out.push_str(&format!("%{:02X}", u32::from(next)));
            } else {
                out.push(next);
            }
            at += next.len_utf8();
            continue;
        }
        at += run.len() * 3;
        for chunk in run.utf8_chunks() {
            for letter in chunk.valid().chars() {
                let plain = letter.is_ascii_alphanumeric() || "-._~".contains(letter) || !letter.is_ascii();
                if plain { out.push(letter) } else { out.push_str(&format!("%{:02X}", u32::from(letter))) }
            }
            chunk.invalid().iter().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

/// The byte that an escape at a place stands for.
fn escaped(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let byte = digit(at + 1)? * 16 + digit(at + 2)?;
    (bytes.get(at) == Some(&b'%')).then(|| u8::try_from(byte).ok()).flatten()
}

/// A media range in one spelling: lower case, parameters in the order of their names and without quotes that a token
/// does not need (RFC 2045, 5; RFC 9110, 5.6.6 and 8.3.1).
pub(crate) fn media_range(text: &str) -> String {
    let mut parts = split(text, ';').into_iter().map(|part| part.trim().to_ascii_lowercase());
    let mut out = parts.next().unwrap_or_default();
    let mut parameters: Vec<String> = parts.filter(|part| !part.is_empty()).map(|part| parameter(&part)).collect();
    parameters.sort_unstable();
    parameters.dedup();
    for parameter in parameters {
        out.push(';');
        out.push_str(&parameter);
    }
    out
}

/// The charset that decides how the bytes of a text are read (RFC 6838, 4.2.1; RFC 7303, 3; RFC 6657, 3): UTF-8 where
/// none is written. `None` of ranges and types to which it says nothing, such as JSON (RFC 8259, 11).
pub(crate) fn charset(range: &str) -> Option<String> {
    let range = media_range(range);
    let (kind, parameters) = range.split_once(';').unwrap_or((&range, ""));
    let (family, name) = kind.split_once('/')?;
    let is_xml = family == "application" && is_xml(kind);
    let is_text = family == "text" && name != "*";
    let written = split(parameters, ';').into_iter().find_map(|parameter| parameter.strip_prefix("charset="));
    let charset = written.map_or("utf-8", |value| value.trim_matches('"'));
    (is_text || is_xml).then(|| if charset == "utf8" { "utf-8".to_owned() } else { charset.to_owned() })
}

/// True of XML (RFC 7303, 4.2).
pub(crate) fn is_xml(range: &str) -> bool {
    let kind = range.split(';').next().unwrap_or_default();
    kind.ends_with("/xml") || kind.ends_with("+xml")
}

/// A media range in one spelling without its charset.
pub(crate) fn essence(range: &str) -> String {
    let range = media_range(range);
    let parts = split(&range, ';').into_iter().filter(|part| !part.starts_with("charset="));
    parts.collect::<Vec<_>>().join(";")
}

/// Media ranges of a list, each in one spelling, in order and once.
pub(crate) fn media_ranges(text: &str) -> Vec<String> {
    let mut out: Vec<String> =
        split(text, ',').into_iter().map(media_range).filter(|range| !range.is_empty()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn parameter(text: &str) -> String {
    let Some((name, value)) = text.split_once('=') else { return text.to_owned() };
    let (name, value) = (name.trim(), value.trim());
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).filter(|_| value.len() > 1);
    let Some(inner) = inner else { return format!("{name}={value}") };
    let mut plain = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        plain.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    if !plain.is_empty() && plain.chars().all(is_token) { format!("{name}={plain}") } else { format!("{name}={value}") }
}

/// RFC 9110, 5.6.2.
fn is_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter)
}

/// The parts between separators that stand in no quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut out, mut start, mut quoted, mut skip) = (Vec::new(), 0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if skip => skip = false,
            '\\' if quoted => skip = true,
            '"' => quoted = !quoted,
            _ if letter == separator && !quoted => {
                out.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_path_has_one_spelling() {
        for (one, other) in [
            ("/caf\u{e9}", "/caf%C3%A9"),
            ("/caf\u{e9}", "/caf%c3%a9"),
            ("/~me", "/%7Eme"),
            ("/a b", "/a%20b"),
            ("/a|b", "/a%7cb"),
            ("/a%2fb", "/a%2Fb"),
            ("/%41%42{}", "/AB{}"),
        ] {
            assert_eq!(path(one), path(other), "{one}");
        }
        for (one, other) in [("/a%2Fb", "/a/b"), ("/a%3Ab", "/a:b"), ("/a%25b", "/a%b"), ("/%FF", "/\u{ff}")] {
            assert_ne!(path(one), path(other), "{one}");
        }
        assert_eq!(path("/100%/a%2"), "/100%/a%2");
    }

    #[test]
    fn one_media_type_has_one_spelling() {
        for (one, other) in [
            ("multipart/mixed; a=1; b=2", "multipart/mixed;b=2 ;A=1"),
            ("application/vnd.a+json; version=\"1\"", "application/vnd.a+json;version=1"),
            ("a/b; x=\"c;d\"; y=1", "A/B;y=1;x=\"c;d\""),
            ("a/b;x=\"\\1\"", "a/b;x=1"),
            ("a/b;", "a/b"),
        ] {
            assert_eq!(media_range(one), media_range(other), "{one}");
        }
        for (range, wanted) in [
            ("text/csv", Some("utf-8")),
            ("text/csv; Charset=\"ISO-8859-1\"", Some("iso-8859-1")),
            ("application/soap+xml", Some("utf-8")),
            ("application/json;charset=x", None),
            ("text/*", None),
        ] {
            assert_eq!(charset(range).as_deref(), wanted, "{range}");
        }
        assert_ne!(media_range("a/b;x=\"c d\""), media_range("a/b;x=c"));
        assert_eq!(media_ranges("image/png, image/JPEG;q=\"1,5\""), ["image/jpeg;q=\"1,5\"", "image/png"]);
    }
}
