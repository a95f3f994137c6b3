//! A place in a file as every tool takes it: below the root of the repository, from line 1 on.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::render::excerpt::clip;
use crate::render::safe;
use crate::report::Place;

/// Where a remark stands that has no file of its own, and there is no API either.
pub(super) const NOWHERE: &str = "preavis.toml";
/// The most characters of a file's name.
pub(super) const FILE: usize = 400;
/// Lines and columns beyond this are read by no tool.
const FAR: u64 = 2_147_483_647;
/// What RFC 3986 lets stand in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A place that every tool takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct At {
    /// The file, relative to the root of the repository.
    pub(super) file: String,
    /// From 1.
    pub(super) line: u64,
    /// From 1, in characters.
    pub(super) column: u64,
}

impl At {
    /// The place of a node.
    pub(super) fn of(place: &Place) -> Self {
        let within = |number: u64| number.clamp(1, FAR);
        Self { file: named(&place.file), line: within(place.line), column: within(place.column) }
    }

    /// The beginning of a file.
    pub(super) fn start_of(file: &str) -> Self {
        Self { file: named(file), line: 1, column: 1 }
    }

    /// The file as a reference of RFC 3986: relative, or the address of a document that has one.
    pub(super) fn uri(&self) -> String {
        match url::Url::parse(&self.file) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => url.into(),
            Ok(_) | Err(_) => {
                let segments = self.file.split('/').map(|part| utf8_percent_encode(part, SEGMENT).to_string());
                segments.collect::<Vec<_>>().join("/")
            }
        }
    }
}

/// The name of a file below the root of a repository: of a path that leads elsewhere, its last part.
fn named(file: &str) -> String {
    let file = clip(&safe::line(file), FILE);
    let away = file.starts_with('/') || file.contains('\\') || file.split('/').any(|part| matches!(part, ".." | ""));
    let web = ["https://", "http://"].iter().any(|start| file.starts_with(start));
    let last = file.rsplit(['/', '\\']).find(|part| !matches!(*part, "" | "." | ".."));
    match last {
        _ if web => file,
        None => NOWHERE.to_owned(),
        Some(last) if away => last.to_owned(),
        Some(_) => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stay_below_the_root_and_become_references() {
        for (file, uri) in [
            ("docs/api.yaml", "docs/api.yaml"),
            ("a b/é,[1]%0A.yaml", "a%20b/%C3%A9%2C%5B1%5D%250A.yaml"),
            ("/home/me/api.yaml", "api.yaml"),
            ("C:\\docs\\api.yaml", "api.yaml"),
            ("../../etc/passwd", "passwd"),
            ("https://a.example/b c", "https://a.example/b%20c"),
            ("", "preavis.toml"),
            ("a:b.yaml", "a%3Ab.yaml"),
        ] {
            assert_eq!(At::start_of(file).uri(), uri, "{file}");
        }
    }
}
