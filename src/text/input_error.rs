//! An error in a text file that people write, shown where it stands.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::hidden::{shown, spelt};

/// How wide a line is drawn; of a longer one the part around the place.
const WIDTH: usize = 120;
/// How many characters of a message are said, since it may quote what the file holds.
const LENGTH: usize = 500;

/// What is wrong with a file that people write, and where. Displayed it draws the place; what it quotes starts no line.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct InputError {
    /// The file as messages name it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, lower case, without a dot.
    pub message: String,
    /// What stands in the line before the place, at it, and after it.
    parts: Box<[String; 3]>,
    advice: Option<String>,
}

impl InputError {
    /// An error at a range of bytes of a text; without a range it stands at the start. Of a range over several lines the
    /// first is shown.
    pub(crate) fn new(file: &str, text: &str, span: Option<Range<usize>>, mut message: String) -> Self {
        let span = span.unwrap_or(0..0);
        let start = boundary(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let rest = text[start..].lines().next().unwrap_or("");
        let marked = boundary(rest, span.end.saturating_sub(start));
        if let Some((cut, _)) = message.char_indices().nth(LENGTH) {
            message.truncate(cut);
            message.push('…');
        }
        Self {
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            message,
            parts: [&text[line_start..start], &rest[..marked], &rest[marked..]].map(str::to_owned).into(),
            advice: None,
        }
    }

    pub(crate) fn with_advice(mut self, advice: String) -> Self {
        self.advice = Some(advice);
        self
    }

    /// What to do about it, as a sentence without a full stop.
    pub fn advice(&self) -> Option<&str> {
        self.advice.as_deref()
    }

    /// The line with its number, and marks under the place.
    fn drawing(&self) -> String {
        let parts = self.parts.each_ref().map(|part| shown(part));
        let start = parts[0].len();
        let place = AnnotationKind::Primary.span(start..start + parts[1].len());
        let snippet = Snippet::source(parts.concat()).line_start(self.line).annotation(place);
        Renderer::plain().term_width(WIDTH).render(&[Group::with_level(Level::ERROR).element(snippet)])
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, message) = (spelt(&self.file), spelt(&self.message));
        write!(f, "{file}:{}:{}: {message}\n{}", self.line, self.column, self.drawing())
    }
}

/// The start of the character in which a byte lies, or the end.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, span: Range<usize>) -> String {
        InputError::new("a.toml", text, Some(span), "odd".to_owned()).to_string()
    }

    #[test]
    fn the_place_is_marked_in_its_line() {
        for (text, span, wanted) in [
            ("a = 1\nbc = 2\n", 6..8, "a.toml:2:1: odd\n  |\n2 | bc = 2\n  | ^^"),
            ("a = 1\nb = [\n2]\n", 10..14, "a.toml:2:5: odd\n  |\n2 | b = [\n  |     ^"),
            ("\tb = 2\r\n", 1..2, "a.toml:1:2: odd\n  |\n1 |     b = 2\n  |     ^"),
            ("日本 = 2\n", 9..10, "a.toml:1:6: odd\n  |\n1 | 日本 = 2\n  |        ^"),
            ("a = é\n", 5..6, "a.toml:1:5: odd\n  |\n1 | a = é\n  |     ^"),
            ("a = \n", 4..4, "a.toml:1:5: odd\n  |\n1 | a = \n  |     ^"),
            ("a\n", 7..9, "a.toml:2:1: odd\n  |\n2 |\n  | ^"),
            ("", 0..0, "a.toml:1:1: odd\n  |\n1 |\n  | ^"),
            ("\u{1b}[31m\u{9b}b\n", 5..7, "a.toml:1:6: odd\n  |\n1 | \\u{1b}[31m\\u{9b}b\n  |           ^^^^^^"),
        ] {
            assert_eq!(said(text, span), wanted, "{text:?}");
        }
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let long = "x".repeat(200_000);
        for (text, span, column) in [
            (format!("{long} = 1 # {long}"), 200_003..200_004, 200_004),
            (format!("{long} = 1 # {long}"), 0..200_000, 1),
            (format!("{}b = 1 # {long}", "\t".repeat(1_000)), 1_000..1_001, 1_001),
            (format!("{}b = 1 # {long}", "日".repeat(1_000)), 3_000..3_001, 1_001),
        ] {
            let said = said(&text, span);
            assert!(said.starts_with(&format!("a.toml:1:{column}: odd\n")), "{said}");
            let lines: Vec<&str> = said.lines().collect();
            assert!(lines.len() == 4 && lines.iter().all(|line| line.chars().count() < 2 * WIDTH), "{said}");
            assert!(lines[2].contains("...") && lines[3].contains('^'), "{said}");
        }
    }

    #[test]
    fn nothing_of_a_file_acts_on_a_terminal() {
        let raw = "\u{1b}]0;title\u{7}\u{9b}2J\u{202e}\r";
        let error = InputError::new(raw, &format!("a = '{raw}'\u{1b}"), Some(4..9), format!("unknown `{raw}`"));
        let said = error.to_string();
        assert!(!said.contains(|c| c != '\n' && crate::text::is_hidden(c)), "{said:?}");
        assert!(said.contains("unknown `\\u{1b}]0;title\\u{7}\\u{9b}2J\\u{202e}\\u{d}`"), "{said:?}");
        let long = InputError::new("a", "", None, "é".repeat(100_000)).to_string();
        assert!(long.chars().count() < LENGTH + 50, "{}", long.len());
    }
}
