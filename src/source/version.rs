//! What a version is called on the command line. Parsing looks at the text alone; [`super::VersionResolver`] looks things up.

use super::SourceError;
use super::web::shown_text;

/// A version as given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VersionArg {
    /// A ref or a file; which of them, the repository and the disk decide.
    Named(String),
    /// `REF:path`, or `REF:` for the ref alone.
    Ref {
        /// Anything that names a commit.
        name: String,
        /// The root document, from the root of the repository, or from the working directory where it starts with `./`.
        path: Option<String>,
    },
    /// A path that can only be a file: `./x`, `../x`, `/x`.
    File(String),
    /// An `https://` URL.
    Url(String),
    /// `-`
    Stdin,
    /// `.`: the files as they are on disk, committed or not.
    WorkTree,
}

/// Two versions in one argument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RangeArg {
    /// The older side, `HEAD` where left out.
    pub base: String,
    /// The newer side, `HEAD` where left out.
    pub head: String,
    /// `BASE...HEAD`: compare from the merge base of both.
    pub from_merge_base: bool,
}

impl VersionArg {
    /// Reads an argument. `http://` is refused, and so are other schemes.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let bad = |reason| Err(SourceError::BadVersion { text: shown_text(text), reason });
        match text {
            "" => return bad("it is empty"),
            "-" => return Ok(Self::Stdin),
            "." | "./" => return Ok(Self::WorkTree),
            _ => {}
        }
        if let Some((scheme, _)) = text.split_once("://") {
            return match scheme.to_ascii_lowercase().as_str() {
                "https" => Ok(Self::Url(text.to_owned())),
                "http" => Err(SourceError::PlainHttp { url: shown_text(text) }),
                _ => bad("only https URLs are fetched"),
            };
        }
        if is_path(text) {
            return Ok(Self::File(text.to_owned()));
        }
        match text.split_once(':') {
            Some(("", _)) => bad("a ref must stand before the colon"),
            Some((name, path)) => {
                let path = (!path.is_empty()).then(|| path.to_owned());
                Ok(Self::Ref { name: name.to_owned(), path })
            }
            None => Ok(Self::Named(text.to_owned())),
        }
    }
}

impl RangeArg {
    /// Reads `BASE..HEAD` or `BASE...HEAD`; `None` for anything else, as a path such as `../a.yaml`.
    pub fn parse(text: &str) -> Option<Self> {
        if is_path(text) || text.contains("://") || text.contains("/../") || text.ends_with("/..") {
            return None;
        }
        let (base, head, from_merge_base) = match text.split_once("...") {
            Some((base, head)) => (base, head, true),
            None => text.split_once("..").map(|(base, head)| (base, head, false))?,
        };
        // No ref holds `..`, and a path in `REF:path` that does is no range either.
        if head.contains("..") || base.contains(":../") || head.starts_with(['/', '.']) {
            return None;
        }
        let or_head = |side: &str| if side.is_empty() { "HEAD" } else { side }.to_owned();
        Some(Self { base: or_head(base), head: or_head(head), from_merge_base })
    }
}

fn is_path(text: &str) -> bool {
    let drive = text.as_bytes();
    let on_drive =
        drive.len() > 2 && drive[0].is_ascii_alphabetic() && drive[1] == b':' && matches!(drive[2], b'/' | b'\\');
    on_drive || ["/", "./", "../"].iter().any(|start| text.starts_with(start))
}
