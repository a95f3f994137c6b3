//! Text for pages: HTML that is only ever text, and words.

use crate::render::safe;
use crate::text::Lang;

/// Text for an element or a quoted attribute of HTML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in safe::line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A sentence whose names between backticks become code.
pub(super) fn say(text: &str) -> String {
    let said = safe::spans(text)
        .into_iter()
        .map(|(named, piece)| if named { format!("<code>{}</code>", name(piece)) } else { escape(piece) });
    said.collect()
}

/// A name; an operation may break behind the slashes of its path.
fn name(text: &str) -> String {
    let is_path = text.starts_with('/') || text.contains(" /");
    if is_path { path(text) } else { escape(text) }
}

/// A path that may break behind its slashes, never inside a word.
pub(super) fn path(text: &str) -> String {
    escape(text).replace('/', "/<wbr>")
}

/// A sentence as plain text.
pub(super) fn plain(lang: Lang, text: &str) -> String {
    safe::line(&safe::spoken(lang, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_tag() {
        assert_eq!(
            say("`</style>` of <b>\"x\"</b>"),
            "<code>&lt;/style&gt;</code> of &lt;b&gt;&quot;x&quot;&lt;/b&gt;"
        );
        assert_eq!(say("`GET /a/<b>` or `a/b`"), "<code>GET /<wbr>a/<wbr>&lt;b&gt;</code> or <code>a/b</code>");
        assert_eq!(plain(Lang::En, "``a`b`` is `c`"), "\"a`b\" is \"c\"");
    }
}
