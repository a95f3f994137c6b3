//! The texts of references: percent escapes, and paths that never leave the version's root.

/// Decodes percent escapes; what is not UTF-8 afterwards stays as written.
pub(super) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// A path as seen from a file, normalised; `None` where it leaves the root.
pub(super) fn joined(from: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

/// True of a text that begins with a URI scheme.
pub(super) fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.len() > 1
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// True of files that are not read as JSON or YAML: prose and pictures that descriptions refer to.
pub(super) fn is_prose(path: &str) -> bool {
    const PROSE: &[&str] = &[
        "md", "markdown", "mdx", "txt", "rst", "adoc", "asciidoc", "html", "htm", "svg", "png", "jpg", "jpeg", "gif",
        "pdf",
    ];
    path.rsplit_once('.').is_some_and(|(_, extension)| PROSE.iter().any(|prose| extension.eq_ignore_ascii_case(prose)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_root() {
        assert_eq!(joined("a/b/c.yaml", "../x.json").as_deref(), Some("a/x.json"));
        assert_eq!(joined("a/c.yaml", "./d/../e/x.json").as_deref(), Some("a/e/x.json"));
        assert_eq!(joined("c.yaml", "../x.json"), None);
        assert_eq!(joined("a/c.yaml", "../b/../../x.json"), None);
        assert_eq!(joined("a/c.yaml", "/x.json").as_deref(), Some("x.json"));
    }

    #[test]
    fn escapes_are_decoded_once() {
        assert_eq!(decoded("a%20b%2525"), "a b%25");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%C3%A9"), "é");
        assert_eq!(decoded("%FF"), "%FF");
        assert_eq!(decoded("%é"), "%é");
    }

    #[test]
    fn schemes_are_told_from_file_names() {
        assert!(has_scheme("https://example.com/x.yaml") && has_scheme("urn:x") && has_scheme("file:///etc/passwd"));
        assert!(!has_scheme("x.yaml#/a:b") && !has_scheme("C:/x.yaml") && !has_scheme("a/b:c.yaml"));
    }
}
