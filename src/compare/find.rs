//! Finds specifications: every `.json`, `.yaml` or `.yml` whose top level says `openapi` or `swagger` with a version.
//!
//! A sniff, not a parse: a document that is damaged further down is still found, so that it is refused by name rather
//! than passed over in silence.

use rustc_hash::FxHashMap;

use crate::config::{Config, Documents};
use crate::source::{BlobId, Listing, SourceError};

/// Remembers what was seen: most files are the same in every version.
#[derive(Default)]
pub(crate) struct Finder {
    seen: FxHashMap<BlobId, bool>,
    /// What nobody is promised.
    ignored: Documents,
}

impl Finder {
    /// One that passes over what a configuration leaves out.
    pub(crate) fn of(config: &Config) -> Self {
        Self { ignored: config.documents.clone(), ..Self::default() }
    }

    /// The paths of a version's specifications, sorted.
    pub(crate) fn found(&mut self, files: &dyn Listing) -> Result<Vec<String>, SourceError> {
        self.found_where(files, &|_| true)
    }

    /// Those of them whose path fits; no other file is looked into.
    pub(super) fn found_where(
        &mut self,
        files: &dyn Listing,
        fits: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<String>, SourceError> {
        let mut found = Vec::new();
        for path in files.paths()? {
            let asked = fits(&path) && !self.ignored.is_ignored(&path) && !is_published(files, &path);
            if asked && self.is_spec(files, &path)? {
                found.push(path);
            }
        }
        Ok(found)
    }

    fn is_spec(&mut self, files: &dyn Listing, path: &str) -> Result<bool, SourceError> {
        // What is too large, or git's own, is no reason to stop the search.
        let Ok(Some(id)) = files.find(path) else { return Ok(false) };
        if let Some(&known) = self.seen.get(&id) {
            return Ok(known);
        }
        let known = match files.read(path, &id) {
            Ok(bytes) => says_version(&bytes),
            Err(SourceError::TooLarge { .. }) => false,
            Err(error) => return Err(error),
        };
        self.seen.insert(id, known);
        Ok(known)
    }
}

/// Whether a file is a contract of a site that preavis published, `SITE/api/ID/openapi/RELEASE.json` beside the list of the
/// site's files: a copy of what stands elsewhere, in a folder that some teams commit.
fn is_published(files: &dyn Listing, path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let [site @ .., "api", _, "openapi", _] = parts.as_slice() else { return false };
    let list = [site, &[".preavis-site"]].concat().join("/");
    matches!(files.find(&list), Ok(Some(_)))
}

const FIELDS: [&[u8]; 2] = [b"openapi", b"swagger"];

/// True of a text whose top level has a field `openapi` or `swagger` with what looks like a version.
fn says_version(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    if bytes.get(start) == Some(&b'{') {
        // Most JSON files are something else: two searches tell before the top level is walked.
        let mentions = |field: &[u8]| bytes.windows(field.len()).any(|window| window == field);
        return FIELDS.into_iter().any(mentions) && in_json(&bytes[start..]);
    }
    bytes.split(|&byte| byte == b'\n').any(|line| {
        let quote = line.first().copied().filter(|byte| matches!(byte, b'"' | b'\''));
        let line = &line[usize::from(quote.is_some())..];
        FIELDS.into_iter().any(|field| {
            let rest = line.strip_prefix(field).and_then(|rest| match quote {
                Some(quote) => rest.strip_prefix(&[quote]),
                None => Some(rest),
            });
            rest.is_some_and(|rest| after_colon(rest).is_some_and(is_version))
        })
    })
}

/// Walks the top level of an object; the rest only counts its brackets.
fn in_json(bytes: &[u8]) -> bool {
    let (mut at, mut depth) = (0, 0_u32);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let end = string_end(bytes, at + 1);
                let is_field = depth == 1 && FIELDS.contains(&&bytes[at + 1..end.min(bytes.len())]);
                let rest = bytes.get(end + 1..).unwrap_or_default();
                if is_field && after_colon(rest).is_some_and(is_version) {
                    return true;
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    false
}

/// The index of the quote that ends a string which begins at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn after_colon(rest: &[u8]) -> Option<&[u8]> {
    Some(rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start())
}

fn is_version(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    value.first().is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::says_version;

    #[test]
    fn specifications_are_told_from_other_files() {
        for text in [
            "openapi: 3.0.1\n",
            "# our API\n\"openapi\": '3.1.0'\r\n",
            "info: {}\nswagger: \"2.0\"\n",
            "<<<<<<< ours\nopenapi: 4.9.9\n=======\n",
            "{\"paths\": {\"a\\\"{\": [{}]}, \"openapi\" : \"3.0.1\"}",
            "\u{feff}\n{\n  \"swagger\": 2.0",
        ] {
            assert!(says_version(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "hello: world\n",
            "  openapi: 3.0.1\n",
            "openapi: path/to/it.yaml\n",
            "openapi-generator: 3.0\n",
            "{\"dependencies\": {\"openapi\": \"3.0.1\"}}",
            "{\"openapi\": {\"version\": \"3.0\"}}",
            "{\"say\": \"openapi\", \"3\": 1}",
            "[{\"openapi\": \"3.0.1\"}]",
        ] {
            assert!(!says_version(text.as_bytes()), "{text}");
        }
    }
}
