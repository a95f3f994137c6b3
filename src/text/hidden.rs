//! Characters that act on a terminal or a reader, or that nobody sees.
//!
//! Hidden are the controls (C0, DEL, C1), line and paragraph separators, annotation marks, and what Unicode calls
//! *default ignorable*: direction controls, zero-width spaces, soft hyphens, fillers that look like nothing, variation
//! selectors, tags. Whole messages can be hidden in runs of these, and two names that look the same may differ in one.
//! Left alone are the joiners U+200C and U+200D, without which Persian is misspelt and emoji fall apart, and the two
//! selectors U+FE0E and U+FE0F, which say whether a sign is shown as text or as emoji: with their neighbours they are seen.

use std::borrow::Cow;

/// What is hidden beside the controls, as ranges in the order of Unicode 17 (`Default_Ignorable_Code_Point` and the above).
const HIDDEN: &[(char, char)] = &[
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200B}'),
    ('\u{200E}', '\u{200F}'),
    ('\u{2028}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{FE00}', '\u{FE0D}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'),
];

/// True of what acts instead of being seen, or is not seen at all.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() || c >= '\u{AD}' && HIDDEN.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// A text for a terminal: hidden characters are spelt (`\u{1b}`), but for line breaks and tabs.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    spell(text, |c| is_hidden(c) && !matches!(c, '\n' | '\t'))
}

/// A value for one line of a message: hidden characters are spelt, line breaks too, so that no value starts a line.
pub(crate) fn spelt(text: &str) -> Cow<'_, str> {
    spell(text, |c| is_hidden(c) && c != '\t')
}

/// A text for a terminal that has colours of ours in it, which stay; what came from others was made harmless before.
pub(crate) fn painted(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| is_hidden(c) && !matches!(c, '\n' | '\t')) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut pieces = text.split("\u{1b}[");
    out.push_str(&shown(pieces.next().unwrap_or_default()));
    for piece in pieces {
        let colour = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m');
        out.push_str(if colour { "\u{1b}[" } else { "\\u{1b}[" });
        out.push_str(&shown(piece));
    }
    out.into()
}

fn spell(text: &str, hidden: impl Fn(char) -> bool + Copy) -> Cow<'_, str> {
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
        assert_eq!(spelt("a\tb\n\u{1b}"), "a\tb\\u{a}\\u{1b}");
        assert_eq!(
            painted("\u{1b}[1;31mred\u{1b}[0m\n\u{1b}[2J\u{1b}c"),
            "\u{1b}[1;31mred\u{1b}[0m\n\\u{1b}[2J\\u{1b}c"
        );
    }

    #[test]
    fn it_is_the_property_of_unicode() {
        let class = r"[[\p{Cc}\p{DI}\u{2028}\u{2029}\u{fff9}-\u{fffb}]--[\u{200c}\u{200d}\u{fe0e}\u{fe0f}]]";
        let known = regex::Regex::new(&format!("^{class}$")).unwrap();
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            assert_eq!(is_hidden(c), known.is_match(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }

    #[test]
    fn what_hides_is_told_from_what_is_read() {
        for c in
            "\u{7f}\u{85}\u{9b}\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{2028}\u{202e}\u{2060}\u{2064}\u{2069}".chars()
        {
            assert!(is_hidden(c), "{c:?}");
        }
        for c in "\u{3164}\u{fe00}\u{feff}\u{fff9}\u{fffb}\u{e0001}\u{e0041}\u{e007f}\u{e0100}\u{e01ef}".chars() {
            assert!(is_hidden(c), "{c:?}");
        }
        for text in [
            "l’été à 8\u{202f}h\u{a0}: « oui »",
            "می\u{200c}خواهم",
            "👩\u{200d}🔧 ❤\u{fe0f} ©\u{fe0e}",
            "日本語 ไทย हिन्दी e\u{301}",
        ] {
            assert!(!text.contains(is_hidden), "{text:?}");
        }
    }
}
