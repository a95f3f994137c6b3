//! What is odd but stops nothing. It travels with a result; only the command line prints it.

use super::PARTNERS;
use crate::compare::Absent;

/// What is odd but stops nothing: lower case, without a dot.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// The configured folder has no templates.
    #[error("no templates in `{folder}`: they are named md/notice.hbs, html/digest.hbs and so on")]
    NoTemplates {
        /// The folder, from the root of the repository.
        folder: String,
    },
    /// It was asked whom a change touches, and nobody is known.
    #[error("there are no partner files in {PARTNERS}: anyone who calls may be touched")]
    NoPartners,
    /// A notice names a partner that is not known.
    #[error("{path} names `{slug}`, which has no file in {PARTNERS}")]
    Stranger {
        /// The file of the notice.
        path: String,
        /// Whom it names.
        slug: String,
    },
    /// A notice was not announced yet.
    #[error("{id} is a draft: set `announced_on` once its text says what you mean")]
    Draft {
        /// The notice.
        id: String,
    },
    /// A notice is of an API that is not known.
    #[error("{path}: no API has the id `{api}`")]
    NoSuchApi {
        /// The file of the notice.
        path: String,
        /// The id that it names.
        api: String,
    },
    /// A document of the configuration is in neither of two versions.
    #[error(transparent)]
    Absent(#[from] Absent),
    /// Whether a notice has shipped is not known.
    #[error("{path}: production cannot be read, so that it is not known whether it has shipped: {why}")]
    Unknown {
        /// The file of the notice.
        path: String,
        /// What cannot be read.
        why: String,
    },
    /// A digest would be empty.
    #[error("nothing to tell in this period: a digest is not sent")]
    EmptyDigest,
    /// What would be sent does not concern its reader.
    #[error("{said}")]
    NothingToSend {
        /// Why, in the reader's language.
        said: String,
    },
}
