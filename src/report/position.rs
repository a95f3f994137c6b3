//! Lines and columns of byte offsets, cheap for large files: a mark every kilobyte, built once a file.
//!
//! A mark knows how many lines lie before it and how far its line has come, so that a lookup reads one block only;
//! a minified file of a single line costs no more than a pretty one.

use super::change::Place;
use crate::spec::{Document, Loc};

const BLOCK: usize = 1024;

/// What lies before a block.
#[derive(Clone, Copy, Default)]
struct Mark {
    lines: u64,
    column: u64,
}

impl Mark {
    /// The mark after some more bytes; a character counts at its first byte, so a block may split one.
    fn after(self, bytes: &[u8]) -> Self {
        let chars = |bytes: &[u8]| count(bytes, |byte| byte & 0xC0 != 0x80);
        match bytes.iter().rposition(|&byte| byte == b'\n') {
            None => Self { lines: self.lines, column: self.column + chars(bytes) },
            Some(last) => {
                Self { lines: self.lines + count(bytes, |byte| byte == b'\n'), column: chars(&bytes[last + 1..]) }
            }
        }
    }
}

fn count(bytes: &[u8], of: impl Fn(u8) -> bool) -> u64 {
    // Sums of a byte are what a processor adds up many at a time, unless it must look whether one is too large: 255 fit.
    let ones = |some: &[u8]| some.iter().fold(0_u8, |sum, &byte| sum.wrapping_add(u8::from(of(byte))));
    bytes.chunks(255).map(|some| u64::from(ones(some))).sum()
}

/// The marks of one file.
struct Lines(Vec<Mark>);

impl Lines {
    fn of(text: &str) -> Self {
        let mut at = Mark::default();
        let mut marks = vec![at];
        for block in text.as_bytes().chunks(BLOCK) {
            at = at.after(block);
            marks.push(at);
        }
        Self(marks)
    }
    /// Line and column, both from 1.
    fn find(&self, text: &str, offset: usize) -> (u64, u64) {
        let bytes = text.as_bytes();
        let offset = offset.min(bytes.len());
        let block = offset / BLOCK;
        let mark = self.0.get(block).copied().unwrap_or_default().after(&bytes[block * BLOCK..offset]);
        (mark.lines + 1, mark.column + 1)
    }
}

/// The positions of one document; a file is only looked through when something in it is reported.
pub(super) struct Positions<'d> {
    document: &'d Document,
    files: Vec<Option<Lines>>,
}

impl<'d> Positions<'d> {
    /// Of a document, nothing read yet.
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, files: document.files().iter().map(|_| None).collect() }
    }
    /// The place of a node.
    pub(super) fn place(&mut self, at: Loc) -> Place {
        let file = self.document.file(at.file);
        let (line, column) = self.line_column(at.file.0 as usize, file.offset(at.node));
        Place { file: self.document.path(at.file).to_owned(), line, column }
    }
    /// Line and column of an offset in a file by path; `None` for a file that is not of this document.
    pub(super) fn offset(&mut self, path: &str, offset: usize) -> Option<(u64, u64)> {
        let ix = self.document.files().iter().position(|(name, _)| name == path)?;
        Some(self.line_column(ix, offset))
    }
    fn line_column(&mut self, ix: usize, offset: usize) -> (u64, u64) {
        let (Some((_, file)), Some(lines)) = (self.document.files().get(ix), self.files.get_mut(ix)) else {
            return (0, 0);
        };
        lines.get_or_insert_with(|| Lines::of(file.source())).find(file.source(), offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_agree_with_a_count_from_the_start() {
        let pretty: String = (0..900).flat_map(|n| ["ligne éàü 🟠\n", &"  mot  "[..n % 7]]).collect();
        let flat = "é".repeat(3 * BLOCK);
        for text in [pretty.as_str(), flat.as_str(), "", "\n"] {
            let lines = Lines::of(text);
            for (offset, _) in text.char_indices().step_by(37).chain([(text.len(), ' ')]) {
                let before = &text[..offset];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
                assert_eq!(lines.find(text, offset), (line as u64, column as u64), "at {offset}");
            }
        }
    }
}
