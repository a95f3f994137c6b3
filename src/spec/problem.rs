//! Odd spots of a document: each with its place, none of them a refusal of the rest.

/// How much hangs on a problem.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// Nothing of the meaning hangs on it.
    Odd,
    /// A part is unreadable: what lies there is unknown.
    Hole,
}

/// An odd spot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The file, relative to the version's root.
    pub file: String,
    /// The byte offset in that file, where one is known.
    pub offset: Option<usize>,
    /// The line, from 1; 0 where none is known.
    pub line: usize,
    /// The column, from 1; 0 where none is known.
    pub column: usize,
    /// What is odd, in English, lower case, without a dot.
    pub message: String,
    /// How much hangs on it.
    pub weight: Weight,
}

/// An odd spot of a file that does not know its path: files are shared by content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Odd {
    pub(super) at: usize,
    pub(super) message: String,
}

impl Odd {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

/// Lines and columns of rising offsets, in one pass over the text however many are asked for.
pub(super) struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, offset: 0, line: 1, column: 1 }
    }
    /// Line and column, both from 1, columns in characters; an offset before the last one starts over.
    pub(super) fn line_column(&mut self, offset: usize) -> (usize, usize) {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        for &byte in self.text.as_bytes().get(self.offset..offset).unwrap_or_default() {
            if byte == b'\n' {
                self.line += 1;
                self.column = 1;
            } else {
                // Every byte but those that continue a character of UTF-8.
                self.column += usize::from(byte & 0xC0 != 0x80);
            }
        }
        self.offset = offset;
        (self.line, self.column)
    }
    pub(super) fn problem(&mut self, file: &str, at: usize, message: impl Into<String>, weight: Weight) -> Problem {
        let (line, column) = self.line_column(at);
        Problem { file: file.to_owned(), offset: Some(at), line, column, message: message.into(), weight }
    }
}
