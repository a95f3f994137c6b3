//! Why versions cannot be compared, and the way out.

use std::fmt;

use crate::source::SourceError;
use crate::spec::{Problem, SpecError};
use crate::text::spelt;

/// At most so many unresolved references are named.
const NAMED: usize = 10;

/// Why versions cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// Neither version has a specification.
    #[error("no OpenAPI document found in {versions}")]
    NoDocument {
        /// Their names.
        versions: String,
    },
    /// A document asked for is in neither version.
    #[error("no file `{path}` in {versions}")]
    NotInEither {
        /// The document.
        path: String,
        /// The names of the versions.
        versions: String,
    },
    /// One version is a document, the other could be any of several.
    #[error("{version} has several documents, and none at `{path}`: {found}")]
    SeveralDocuments {
        /// The version with several.
        version: String,
        /// The document of the other one.
        path: String,
        /// Some of them.
        found: String,
    },
    /// Both versions name their document, and so does an option.
    #[error("`--spec` and versions that are documents themselves exclude each other")]
    SpecTwice,
    /// Operations need what references do not lead to.
    #[error(transparent)]
    Unresolved(#[from] Unresolved),
    /// A document that cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// No release of a history has a tag of the pattern.
    #[error("no tag that matches `{glob}` in the history of {version}")]
    NoTag {
        /// The pattern.
        glob: String,
        /// The end of the history.
        version: String,
    },
    /// A history is asked for by something else than a range.
    #[error("`{text}` is no range")]
    NotARange {
        /// As given.
        text: String,
    },
    /// No version of a document can be read.
    #[error("no version of `{path}` can be read: {cause}")]
    NothingReadable {
        /// The document.
        path: String,
        /// What is wrong with the newest one.
        cause: String,
    },
    /// The bytes of a version cannot be had.
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl CompareError {
    /// The way out, as a sentence without a capital and a full stop.
    pub fn advice(&self) -> Option<String> {
        let said = match self {
            Self::NoDocument { .. } => {
                "name it with `--spec PATH`, or under `[[api]]` in preavis.toml; a file that git ignores is not looked for"
            }
            Self::NotInEither { .. } => {
                "paths start at the root of the repository; check the path and its case; where it was earlier stands in `paths` of \
                 its `[[api]]`"
            }
            Self::SeveralDocuments { .. } => "name the document there too: `REF:path`, or with `--spec PATH`",
            Self::SpecTwice => "leave `--spec` out, or give the versions as refs",
            Self::Unresolved(_) => "repair the references, or compare what can be read with `--keep-going`",
            Self::NoTag { .. } => "only tags on commits that led there count; quote the pattern, or use `--by day`",
            Self::NotARange { .. } => "write `A..B`, for example `v1.0..HEAD`",
            Self::NothingReadable { .. } => "compare versions that can be read, or name the document with `--spec`",
            Self::Unreadable(error) => return error.advice(),
            Self::Source(error) => return error.advice(),
        };
        Some(said.to_owned())
    }
}

/// References that lead nowhere though operations need them. Displayed they have a line each, and nothing else has one.
#[derive(Debug)]
pub struct Unresolved {
    pub(super) version: String,
    pub(super) problems: Vec<Problem>,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().take(NAMED).enumerate() {
            let Problem { file, line, column, message, .. } = problem;
            let start = if index == 0 { "" } else { "\n       " };
            write!(f, "{start}{}:{line}:{column}: {}", spelt(file), spelt(message))?;
        }
        if self.problems.len() > NAMED {
            write!(f, "\n       and {} more", self.problems.len() - NAMED)?;
        }
        // A version that is the document itself has been named already.
        let named = self.problems.first().is_some_and(|problem| problem.file == self.version);
        if named { Ok(()) } else { write!(f, " (in {})", spelt(&self.version)) }
    }
}

impl std::error::Error for Unresolved {}

/// A document that cannot be read, and in which version.
#[derive(Debug)]
pub struct Unreadable {
    version: String,
    cause: SpecError,
}

impl Unreadable {
    pub(super) fn new(version: &str, cause: SpecError) -> Self {
        Self { version: version.to_owned(), cause }
    }

    /// The way out, in the form of the other errors: without a capital and a full stop.
    fn advice(&self) -> Option<String> {
        if let SpecError::Source(error) = &self.cause {
            return SourceError::advice(error);
        }
        let advice = self.cause.advice().trim_end_matches('.');
        let mut letters = advice.chars();
        letters.next().map(|first| first.to_lowercase().chain(letters).collect())
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cause)?;
        // A version that is the document itself has been named already.
        if self.cause.to_string().contains(&self.version) { Ok(()) } else { write!(f, " (in {})", self.version) }
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.source()
    }
}
