//! Just enough of HTML to look at the tags of pages.

/// A start tag: its name and attributes, as written.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }
}

/// The start tags of a page, in order. Values must be quoted and hold no `<` or `>`: fails where one does.
#[track_caller]
pub(super) fn tags(text: &str) -> Vec<Tag> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        let (inside, tail) = after.split_once('>').expect("a tag ends");
        rest = tail;
        if inside.starts_with(['/', '!']) {
            continue;
        }
        let (name, mut left) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        assert!(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()), "<{inside}>");
        let mut attributes = Vec::new();
        while let Some((key, after)) = left.split_once("=\"") {
            let (value, tail) = after.split_once('"').unwrap_or_else(|| panic!("<{inside}>"));
            attributes.push((key.trim().to_owned(), unescaped(value)));
            left = tail;
        }
        assert!(left.trim().is_empty(), "<{inside}>");
        out.push(Tag { name: name.to_owned(), attributes });
    }
    out
}

/// What a browser reads.
pub(super) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
