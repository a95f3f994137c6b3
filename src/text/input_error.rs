//! An error in a text file that people write, shown where it stands.

use std::fmt;
use std::ops::Range;

/// What is wrong with a file that people write, and where.
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
    source_line: String,
    carets: usize,
    advice: Option<String>,
}

impl InputError {
    /// An error at a range of bytes of a text; without a range it stands at the start.
    pub(crate) fn new(file: &str, text: &str, span: Option<Range<usize>>, message: String) -> Self {
        let span = span.unwrap_or(0..0);
        let start = (0..=span.start.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let source_line = text[line_start..].lines().next().unwrap_or("").to_owned();
        let column = text[line_start..start].chars().count() + 1;
        let marked = text.get(start..span.end).map_or(1, |marked| marked.lines().next().unwrap_or("").chars().count());
        let room = (source_line.chars().count() + 1).saturating_sub(column).max(1);
        Self {
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column,
            message,
            source_line,
            carets: marked.clamp(1, room),
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
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        // A tab before the place stays a tab, so that the caret stands under it.
        let before = self.source_line.chars().take(self.column - 1);
        let indent: String = before.map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect();
        writeln!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", self.source_line)?;
        write!(f, "{gutter} | {indent}{}", "^".repeat(self.carets))
    }
}
