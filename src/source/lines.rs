//! Lines of a stream of any length, gzip or not: told apart by their first bytes, never held as a whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::SourceError;

/// The most bytes of a line that are kept; the rest of a longer one is read over.
pub(super) const MAX_LINE: usize = 1 << 20;
/// How gzip begins (RFC 1952, 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Lines of a stream.
pub struct Lines {
    name: String,
    reader: Box<dyn BufRead>,
    line: Vec<u8>,
    number: u64,
}

/// A line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line<'a> {
    /// From 1.
    pub number: u64,
    /// Without its end.
    pub bytes: &'a [u8],
    /// True if it was longer than [`MAX_LINE`], and its end is missing here.
    pub cut: bool,
}

impl Lines {
    /// The lines of a file; `name` is what messages call it.
    pub fn open(path: &Path, name: &str) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|cause| SourceError::Read { path: name.to_owned(), cause })?;
        Self::new(name, file)
    }

    /// The lines of a reader; `name` is what messages call it.
    pub fn new(name: &str, reader: impl Read + 'static) -> Result<Self, SourceError> {
        let failed = |cause| SourceError::Read { path: name.to_owned(), cause };
        let mut reader = BufReader::with_capacity(1 << 16, reader);
        let is_gzip = reader.fill_buf().map_err(failed)?.starts_with(&GZIP);
        let reader: Box<dyn BufRead> = if is_gzip {
            Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(reader)))
        } else {
            Box::new(reader)
        };
        Ok(Self { name: name.to_owned(), reader, line: Vec::new(), number: 0 })
    }

    /// The next line; `None` at the end. Fails where the stream does, so that a cut archive is never taken for its end.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, SourceError> {
        self.line.clear();
        let (mut cut, mut any) = (false, false);
        loop {
            let read = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read.map_err(|cause| SourceError::Read { path: self.name.clone(), cause })?,
            };
            if read.is_empty() {
                break;
            }
            any = true;
            let end = read.iter().position(|&byte| byte == b'\n');
            let part = &read[..end.unwrap_or(read.len())];
            let room = MAX_LINE - self.line.len();
            cut |= part.len() > room;
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        let bytes = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        Ok(Some(Line { number: self.number, bytes, cut }))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn all(bytes: Vec<u8>) -> Result<Vec<(usize, bool)>, SourceError> {
        let mut lines = Lines::new("log", io::Cursor::new(bytes))?;
        let mut out = Vec::new();
        while let Some(line) = lines.next_line()? {
            out.push((line.bytes.len(), line.cut));
        }
        Ok(out)
    }

    fn zipped(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn lines_end_where_they_end() {
        assert_eq!(all(b"ab\r\n\nc".to_vec()).unwrap(), [(2, false), (0, false), (1, false)]);
        assert_eq!(all(Vec::new()).unwrap(), []);
        let long = [vec![b'x'; 3 * MAX_LINE], b"\nab\n".to_vec()].concat();
        assert_eq!(all(long).unwrap(), [(MAX_LINE, true), (2, false)]);
        assert_eq!(all(vec![b'x'; MAX_LINE]).unwrap(), [(MAX_LINE, false)]);
    }

    #[test]
    fn archives_are_known_by_their_bytes_and_never_cut_in_silence() {
        let two = [zipped("ab\n"), zipped("cde\n")].concat();
        assert_eq!(all(two).unwrap(), [(2, false), (3, false)]);
        let mut whole = zipped(&"some line\n".repeat(5_000));
        whole.truncate(whole.len() - 20);
        assert!(matches!(all(whole), Err(SourceError::Read { .. })));
        assert!(all(vec![0x1f, 0x8b, 1, 2]).is_err());
    }
}
