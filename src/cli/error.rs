//! What only the command line can get wrong, and documents that cannot be read, with the version they belong to.

use std::fmt;

use crate::source::SourceError;
use crate::spec::{Problem, SpecError};

/// At most so many unresolved references are named.
const NAMED: usize = 10;

/// Why a command could not tell.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// Neither version has a specification.
    #[error("no OpenAPI document found in {versions}")]
    NoDocument { versions: String },
    /// A document asked for is in neither version.
    #[error("no file `{path}` in {versions}")]
    NotInEither { path: String, versions: String },
    /// One version is a document, the other could be any of several.
    #[error("{version} has several documents, and none at `{path}`: {found}")]
    SeveralDocuments { version: String, path: String, found: String },
    /// Both versions name their document, and so does an option.
    #[error("`--spec` and versions that are documents themselves exclude each other")]
    SpecTwice,
    /// Operations need what references do not lead to.
    #[error("{0}")]
    Unresolved(Unresolved),
    /// A rule that does not exist.
    #[error("unknown rule `{id}`")]
    UnknownRule { id: String, near: Vec<&'static str> },
    /// A fingerprint that no change has.
    #[error("no change has the fingerprint `{fingerprint}`")]
    NotAChange { fingerprint: String },
    /// A notice that does not exist.
    #[error("no notice has the id `{id}`")]
    NoSuchNotice { id: String, known: Vec<String> },
    /// A notice of which not all is known.
    #[error(
        "{path}: nothing is known of `{fingerprint}`, which it covers: it is not in {facts}, and no release made all \
         it covers"
    )]
    NoFacts { path: String, fingerprint: String, facts: String },
    /// A format that this message does not have.
    #[error("this message has no such format")]
    NoCalendar,
    /// An id that another notice has, or that several would get.
    #[error("`{id}` can be the id of one notice only")]
    TakenId { id: String },
    /// Feeds without an address.
    #[error("the site has no address")]
    NoSiteUrl,
    /// A file that is there already.
    #[error("`{path}` is there already")]
    Exists { path: String },
    /// A path outside the repository.
    #[error("`{path}` lies outside the repository")]
    Outside { path: String },
    /// A file that could not be written.
    #[error("cannot write `{path}`")]
    Write { path: String, source: std::io::Error },
    /// A file that could not be read.
    #[error("cannot read `{path}`")]
    Read { path: String, source: std::io::Error },
    /// No release of a history has a tag of the pattern.
    #[error("no tag that matches `{glob}` in the history of {version}")]
    NoTag { glob: String, version: String },
    /// A history is asked for by something else than a range.
    #[error("`{text}` is no range")]
    NotARange { text: String },
    /// No version of a document can be read.
    #[error("no version of `{path}` can be read: {cause}")]
    NothingReadable { path: String, cause: String },
    /// No line of the logs could be read.
    #[error("no line of the logs can be read, the first of {count}: {first}")]
    NoRequests { count: u64, first: String },
    /// Logs of more operations, partners and days than fit.
    #[error("the logs have more operations, partners and days than fit")]
    TooManyRows,
    /// The site's address is none.
    #[error("`{url}`, the `url` of `[site]` in the configuration, is no web address")]
    SiteUrl { url: String },
    /// A program that the demo needs.
    #[error("git {doing} failed: {said}")]
    Git { doing: String, said: String },
}

impl CliError {
    /// The way out, as a sentence without a full stop.
    pub(super) fn advice(&self) -> Option<String> {
        Some(match self {
            Self::NoDocument { .. } => {
                "name it with `--spec PATH`, or under `[[api]]` in preavis.toml; a file that git ignores is not \
                 looked for"
                    .to_owned()
            }
            Self::NotInEither { .. } => "paths start at the root of the repository; check the path and its case".into(),
            Self::SeveralDocuments { .. } => "name the document there too: `REF:path`, or with `--spec PATH`".into(),
            Self::SpecTwice => "leave `--spec` out, or give the versions as refs".into(),
            Self::Unresolved(_) => "repair the references, or compare what can be read with `--keep-going`".into(),
            Self::UnknownRule { near, .. } if near.is_empty() => "`preavis rules` lists them all".into(),
            Self::UnknownRule { near, .. } => {
                let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
                format!("did you mean {}? `preavis rules` lists them all", near.join(" or "))
            }
            Self::Git { .. } => "the demo needs git 2.28 or later on the PATH".into(),
            Self::NoTag { .. } => {
                "only tags on commits that led there count; quote the pattern, or use `--by day`".to_owned()
            }
            Self::NotAChange { .. } => {
                "`preavis diff --format json` shows the fingerprints of the same two versions".to_owned()
            }
            Self::NoSuchNotice { known, .. } => one_of(known, "`preavis notice new` drafts one"),
            Self::NoFacts { .. } => "restore the file, or draft the change again from the same two versions".to_owned(),
            Self::NoCalendar => "use md, html, text or context; a digest is also a mail (eml)".to_owned(),
            Self::TakenId { .. } => {
                "leave `--id` out, or choose another; with several APIs name one by `--spec`".to_owned()
            }
            Self::NoSiteUrl => "set `url` under `[site]` in preavis.toml".to_owned(),
            Self::Exists { .. } => "edit it, or give the new notice another `--title`".to_owned(),
            Self::SiteUrl { .. } => "write it like `https://contract.example.org`".to_owned(),
            Self::NotARange { .. } => "write `A..B`, for example `v1.0..HEAD`".to_owned(),
            Self::NoRequests { .. } => "name the form of the lines with `--format` or `--log-format`".to_owned(),
            Self::TooManyRows => "import them in parts, into several files".to_owned(),
            Self::NothingReadable { .. } => {
                "compare versions that can be read, or name the document with `--spec`".into()
            }
            Self::Outside { .. } | Self::Write { .. } | Self::Read { .. } => return None,
        })
    }
}

fn one_of(known: &[String], none: &str) -> String {
    if known.is_empty() {
        return none.to_owned();
    }
    let named: Vec<String> = known.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
    format!("there are {}", named.join(", "))
}

/// References that lead nowhere though operations need them.
#[derive(Debug)]
pub(super) struct Unresolved {
    pub(super) version: String,
    pub(super) problems: Vec<Problem>,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().take(NAMED).enumerate() {
            let Problem { file, line, column, message, .. } = problem;
            let start = if index == 0 { "" } else { "\n       " };
            write!(f, "{start}{file}:{line}:{column}: {message}")?;
        }
        if self.problems.len() > NAMED {
            write!(f, "\n       and {} more", self.problems.len() - NAMED)?;
        }
        // A version that is the document itself has been named already.
        let named = self.problems.first().is_some_and(|problem| problem.file == self.version);
        if named { Ok(()) } else { write!(f, " (in {})", self.version) }
    }
}

/// A document that cannot be read, and in which version.
#[derive(Debug)]
pub(super) struct Unreadable {
    version: String,
    cause: SpecError,
}

impl Unreadable {
    pub(super) fn new(version: &str, cause: SpecError) -> Self {
        Self { version: version.to_owned(), cause }
    }

    /// The way out, in the form of the other errors: without a capital and a full stop.
    pub(super) fn advice(&self) -> Option<String> {
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
