//! Why a document leaves no contract at all; anything less is a [`super::Problem`].

use crate::source::SourceError;

/// A document that cannot be read as a contract.
#[derive(Debug, thiserror::Error)]
pub enum SpecError {
    /// Neither JSON nor YAML.
    #[error("{file}:{line}:{column}: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What the reader could not take.
        message: String,
    },
    /// A Git LFS pointer, which names a file that was not fetched.
    #[error("{file}: a Git LFS pointer, not the file it stands for")]
    LfsPointer {
        /// The file.
        file: String,
    },
    /// An unfinished merge.
    #[error("{file}:{line}:1: git conflict marker `{marker}`")]
    Conflict {
        /// The file.
        file: String,
        /// The line of the first marker, from 1.
        line: usize,
        /// The marker.
        marker: &'static str,
    },
    /// Bytes that are not UTF-8.
    #[error("{file}:{line}: not UTF-8: {found} at byte {offset}")]
    Encoding {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The first byte that is wrong.
        offset: usize,
        /// What was found there.
        found: &'static str,
    },
    /// More arrays and objects in one another than any contract needs.
    #[error("{file}:{line}:{column}: nested more than {limit} levels deep")]
    TooDeep {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// The limit.
        limit: usize,
    },
    /// YAML aliases that multiply.
    #[error("{file}:{line}:{column}: YAML aliases stand for more than {limit} further values")]
    Aliases {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// The limit.
        limit: usize,
    },
    /// More bytes, files or values than the limits allow.
    #[error("{file}: more than {limit} {what}")]
    TooLarge {
        /// The file at which the limit was passed.
        file: String,
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A version of `OpenAPI` that is not known here.
    #[error("{file}:{line}:{column}: {found} is not a version this tool reads")]
    UnknownVersion {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// The field and its value, as written.
        found: String,
    },
    /// Readable, but no `OpenAPI` document.
    #[error("{file}: not an OpenAPI document: {found}")]
    NotOpenApi {
        /// The file.
        file: String,
        /// What it is instead.
        found: String,
    },
    /// No such file.
    #[error("{file}: no such file in this version")]
    Missing {
        /// The path asked for.
        file: String,
    },
    /// The bytes could not be had.
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl SpecError {
    /// The way out, as a sentence; empty where the source's own message says it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "Repair the syntax at that place, or compare a version of the file that parses.",
            Self::LfsPointer { .. } => {
                "Fetch the content with `git lfs pull`; a ref of git holds the pointer alone, so compare files on disk."
            }
            Self::Conflict { .. } => {
                "Finish the merge: keep one side and remove the markers, then commit the file again."
            }
            Self::Encoding { .. } => "Save the file as UTF-8.",
            Self::TooDeep { .. } => "Flatten the document, or move the deep part to a schema of its own.",
            Self::Aliases { .. } => "Replace YAML aliases of aliases by `$ref`.",
            Self::TooLarge { .. } => "Split the document, or compare a smaller bundle of it.",
            Self::UnknownVersion { .. } => {
                "Use `swagger: \"2.0\"`, or `openapi:` 3.0.x, 3.1.x or 3.2.x; a newer preavis may know more."
            }
            Self::NotOpenApi { .. } => {
                "Name the root document, whose first lines have an `openapi:` or `swagger:` field (see `--spec`)."
            }
            Self::Missing { .. } => "Check the path, its case and the ref; `--spec` names the document.",
            Self::Source(_) => "",
        }
    }
}
