//! Characters that act on a terminal or a reader instead of being seen.

use std::borrow::Cow;

/// True of what may reorder or hide text: controls, direction overrides, line and paragraph separators.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A text for a terminal: hidden characters are spelt (`\u{1b}`), but for line breaks and tabs.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t');
    if !text.contains(hidden) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if hidden(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_spelt() {
        assert_eq!(shown("a\tb\nc é 日"), "a\tb\nc é 日");
        assert_eq!(shown("\u{1b}[31m\r\u{200f}\u{0}"), "\\u{1b}[31m\\u{d}\\u{200f}\\u{0}");
    }
}
