//! Bytes → one parsed file: decides between JSON and YAML, and says what is wrong with bytes that are neither.
//!
//! The content decides, never the extension: text that begins with `{` or `[` goes to the JSON reader first.

use std::sync::{Arc, OnceLock};

use super::arena::{Builder, File, NodeIx};
use super::asked::Asked;
use super::error::SpecError;
use super::limits::Limits;
use super::problem::{Cursor, Odd};
use super::sites::{Reading, Sites};
use super::{json, yaml};

/// A parsed file and its odd spots, in the order of their offsets.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) file: Arc<File>,
    pub(super) odd: Vec<Odd>,
    sites: [OnceLock<Sites>; 2 * Asked::COUNT],
}

impl Parsed {
    pub(super) fn new(mut builder: Builder, mut odd: Vec<Odd>) -> Self {
        odd.extend(builder.odd());
        odd.sort_by_key(|odd| odd.at);
        Self { file: Arc::new(builder.finish()), odd, sites: std::array::from_fn(|_| OnceLock::new()) }
    }
    /// The references of the whole file; found once, however many documents share it.
    pub(super) fn sites(&self, root: (Reading, Asked)) -> &Sites {
        let cell = &self.sites[root.1 as usize + if root.0 == Reading::Names { Asked::COUNT } else { 0 }];
        cell.get_or_init(|| Sites::find(&self.file, NodeIx::ROOT, root))
    }
}

/// Why a text could not be read, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) cause: Cause,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Syntax(String),
    TooDeep,
    Aliases,
    Nodes,
}

impl Fault {
    pub(super) fn syntax(at: usize, message: impl Into<String>) -> Self {
        Self { at, cause: Cause::Syntax(message.into()) }
    }
    fn error(self, name: &str, text: &str, limits: &Limits) -> SpecError {
        let (line, column) = Cursor::new(text).line_column(self.at.min(text.len()));
        let file = name.to_owned();
        match self.cause {
            Cause::Syntax(message) => SpecError::Syntax { file, line, column, message },
            Cause::TooDeep => SpecError::TooDeep { file, line, column, limit: limits.depth() },
            Cause::Aliases => SpecError::Aliases { file, line, column, limit: limits.aliases },
            Cause::Nodes => SpecError::TooLarge { file, what: "values", limit: limits.nodes },
        }
    }
}

/// How pointers of Git LFS begin, which parse as YAML (Git LFS specification, "The Pointer").
const LFS_POINTERS: [&str; 2] = ["version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/"];

/// Reads a file; `name` is only for messages.
pub(super) fn read(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Parsed, SpecError> {
    // Shared with the arena, not copied: the largest documents are tens of megabytes.
    let text = &Arc::new(utf8(name, bytes)?);
    if LFS_POINTERS.iter().any(|line| text.starts_with(line)) {
        return Err(SpecError::LfsPointer { file: name.to_owned() });
    }
    let first = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).bytes().next();
    let parsed = if matches!(first, Some(b'{' | b'[')) { json_like(text, limits) } else { block(text, limits) };
    parsed.map_err(|fault| match conflict(text) {
        Some((line, marker)) => SpecError::Conflict { file: name.to_owned(), line, marker },
        None => fault.error(name, text, limits),
    })
}

/// JSON, else YAML in flow style; a text that is neither is told in the words of the JSON reader.
fn json_like(text: &Arc<String>, limits: &Limits) -> Result<Parsed, Fault> {
    let fault = match json::read(text, limits) {
        Ok(parsed) => return Ok(parsed),
        Err(fault) => fault,
    };
    let Cause::Syntax(message) = &fault.cause else { return Err(fault) };
    if conflict(text).is_some() {
        return Err(fault);
    }
    let mut parsed = match yaml::read_strict(text, limits) {
        Ok(parsed) => parsed,
        Err(Fault { cause: Cause::Syntax(_), .. }) => return Err(fault),
        Err(limit) => return Err(limit),
    };
    parsed.odd.push(Odd::new(fault.at, format!("not JSON, read as YAML: {message}")));
    parsed.odd.sort_by_key(|odd| odd.at);
    Ok(parsed)
}

/// YAML, whose multi-line strings could swallow conflict markers.
fn block(text: &str, limits: &Limits) -> Result<Parsed, Fault> {
    match (line_of(text, "<<<<<<< "), line_of(text, ">>>>>>> ")) {
        (Some(ours), Some(theirs)) if ours < theirs => Err(Fault::syntax(ours, "an unfinished merge")),
        _ => yaml::read(text, limits),
    }
}

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, SpecError> {
    let wrong = |line, offset, found| SpecError::Encoding { file: name.to_owned(), line, offset, found };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(wrong(1, 0, "a UTF-16 byte order mark"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..offset].split(|&byte| byte == b'\n').count();
        wrong(line, offset, "an invalid byte sequence")
    })
}

/// The offset of the first line that begins with a marker.
fn line_of(text: &str, marker: &str) -> Option<usize> {
    text.match_indices(marker).map(|(at, _)| at).find(|&at| at == 0 || text.as_bytes()[at - 1] == b'\n')
}

/// The line and spelling of the first conflict marker; `=======` alone is a heading, not a conflict.
fn conflict(text: &str) -> Option<(usize, &'static str)> {
    let markers = ["<<<<<<< ", ">>>>>>> "];
    let (at, marker) = markers.into_iter().filter_map(|marker| Some((line_of(text, marker)?, marker))).min()?;
    Some((text[..at].split('\n').count(), marker.trim_end()))
}
