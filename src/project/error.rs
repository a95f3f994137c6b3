//! Why a team file does not serve.

use super::PARTNERS;
use crate::audience::UsageError;
use crate::compare::CompareError;
use crate::notice::message::{RenderError, TemplateError};
use crate::source::SourceError;
use crate::source::confined::ConfinedError;
use crate::text::InputError;

/// At most so many notices are named.
const NAMED: usize = 10;

/// Why a team file does not serve. [`ProjectError::advice`] gives the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectError {
    /// It is not touched, or cannot be.
    #[error(transparent)]
    File(#[from] ConfinedError),
    /// What is in it is wrong.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The aggregates of logs are wrong.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// A version cannot be had.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Versions cannot be compared.
    #[error(transparent)]
    Compare(#[from] CompareError),
    /// A message cannot be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A configuration that was named is not there.
    #[error("cannot read the configuration `{name}`: there is no such file")]
    NoConfig {
        /// The file as given.
        name: String,
    },
    /// Messages to all partners were asked for, and there is none.
    #[error("there are no partner files in {PARTNERS}, so that nobody would get a message")]
    NobodyKnown,
    /// A cache where a proposed change can put files.
    #[error("`{path}` lies in the work tree, where whoever proposes a change could put results into the cache")]
    CacheInside {
        /// The folder as given.
        path: String,
    },
    /// A file that the configuration names is not there.
    #[error("`{path}`, which the configuration names, is not there")]
    NoSuchFile {
        /// The file.
        path: String,
    },
    /// The facts of a notice are not what was written.
    #[error("{path} is no report; remove it, and facts are taken from the history")]
    Facts {
        /// The file.
        path: String,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A team's own template is wrong; the message has the way out.
    #[error("{place}: {message}")]
    Template {
        /// File, line and column, as far as they are known.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// One of our own templates is wrong, which only a defect of ours can cause.
    #[error(transparent)]
    OurTemplate(TemplateError),
    /// What a notice says is too long to be written.
    #[error("{path}: what it says cannot be written: {why}")]
    TooLong {
        /// The file of the notice.
        path: String,
        /// The template, and how much it may write.
        why: String,
    },
    /// A notice that does not exist.
    #[error("no notice has the id `{id}`")]
    NoSuchNotice {
        /// The id asked for.
        id: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A notice of which not all is known.
    #[error(
        "{path}: nothing is known of `{fingerprint}`, which it covers: it is not in {facts}, and no release made all \
         it covers"
    )]
    NoFacts {
        /// The file of the notice.
        path: String,
        /// What nothing is known of.
        fingerprint: String,
        /// Where its facts should be.
        facts: String,
    },
    /// Whether a notice has shipped is not known, and so nobody can be told.
    #[error("{path}: production cannot be read, so that it is not known whether it has shipped: {why}")]
    ProductionUnknown {
        /// The file of the notice.
        path: String,
        /// What cannot be read.
        why: String,
    },
    /// A format that this message does not have.
    #[error("this message has no such format")]
    NoCalendar,
    /// A path outside the repository.
    #[error("`{path}` lies outside the repository")]
    Outside {
        /// As given.
        path: String,
    },
    /// A fingerprint that no change has.
    #[error("no change has the fingerprint `{fingerprint}`")]
    NotAChange {
        /// As given.
        fingerprint: String,
    },
    /// An option that names operations, and fits none.
    #[error("no operation of either version fits `{what}`")]
    NoOperation {
        /// The option.
        what: String,
    },
    /// An id that another notice has, or that several would get.
    #[error("`{id}` can be the id of one notice only")]
    TakenId {
        /// The id.
        id: String,
    },
    /// Nothing says what production runs.
    #[error("it is not known what production runs")]
    NoProduction,
    /// Nothing says what is to ship.
    #[error("it is not known what is to ship")]
    NoNext,
    /// A fingerprint that is not open.
    #[error("`{fingerprint}` is not open here")]
    NotOpen {
        /// As given.
        fingerprint: String,
        /// What is open.
        open: Vec<String>,
    },
    /// An acceptance as it was asked for is none.
    #[error("{message}")]
    NoAcceptance {
        /// Why.
        message: String,
    },
    /// A partner's word that stands there already.
    #[error("{path} says already that `{partner}` agreed")]
    Acknowledged {
        /// The file of the notice.
        path: String,
        /// The slug.
        partner: String,
    },
    /// A partner without a file.
    #[error("no partner `{slug}`{}", if known.is_empty() { format!(": no file in {PARTNERS}") } else { String::new() })]
    UnknownPartner {
        /// The slug asked for.
        slug: String,
        /// Those there are.
        known: Vec<String>,
    },
}

impl ProjectError {
    /// The same as [`Self::advice`] where nobody but the user reads it: partners are named.
    pub fn advice_in_private(&self) -> Option<String> {
        if let Self::UnknownPartner { known, .. } = self
            && !known.is_empty()
        {
            return Some(format!("write a file for it, or use one of these slugs: {}", known.join(", ")));
        }
        self.advice()
    }

    /// What to do about it, as a sentence without a full stop; `None` where the message says it all. It names no partner.
    pub fn advice(&self) -> Option<String> {
        match self {
            Self::File(error) => error.advice().map(str::to_owned),
            Self::Input(error) => error.advice().map(str::to_owned),
            Self::Usage(error) => Some(error.advice().to_owned()),
            Self::Source(error) => error.advice(),
            Self::Compare(error) => error.advice(),
            Self::CacheInside { .. } => {
                Some("name a folder outside of it; without `--cache` it is in git's own folder".to_owned())
            }
            Self::NobodyKnown => {
                Some("write a file for each partner; without `--all` the message to everyone is written".to_owned())
            }
            Self::NoSuchFile { .. } => Some("write it, or take its line out of preavis.toml".to_owned()),
            Self::NoSuchNotice { known, .. } if known.is_empty() => Some("`preavis notice new` drafts one".to_owned()),
            Self::NoSuchNotice { known, .. } => {
                let known: Vec<String> = known.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
                Some(format!("there are {}", known.join(", ")))
            }
            Self::NoFacts { .. } => {
                Some("restore the file, or draft the change again from the same two versions".to_owned())
            }
            Self::ProductionUnknown { .. } => {
                Some("repair the document, or name a ref that can be read with `--production`".to_owned())
            }
            Self::TooLong { .. } => {
                Some("shorten its texts, wide tables above all, or write several notices".to_owned())
            }
            Self::NoProduction => {
                Some("set `production` in preavis.toml to the ref that production runs, or name it: `preavis check --release FROM TO`".to_owned())
            }
            Self::NoNext => Some("set `next` in preavis.toml to the ref that is to ship, or name both".to_owned()),
            Self::NotOpen { open, .. } if open.is_empty() => Some("nothing is: `preavis check` shows why".to_owned()),
            Self::NotOpen { open, .. } => {
                let open: Vec<String> = open.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
                Some(format!("open are {}", open.join(", ")))
            }
            Self::Acknowledged { .. } => Some("change it there by hand, if it is another word".to_owned()),
            Self::NoAcceptance { .. } => Some("`preavis accept --help` says what an acceptance needs".to_owned()),
            Self::NoCalendar => Some("use md, html, text or context; a digest is also a mail (eml)".to_owned()),
            Self::UnknownPartner { known, .. } if known.is_empty() => Some("write a file for it".to_owned()),
            Self::UnknownPartner { .. } => {
                Some("write a file for it, or use one of the slugs that `preavis usage show` lists".to_owned())
            }
            Self::NotAChange { .. } => {
                Some("`preavis diff --format json` shows the fingerprints of the same two versions".to_owned())
            }
            Self::NoOperation { .. } => {
                Some("a pattern of paths is written like `/books/**`, where `*` is one segment and `**` any; a tag as in the document".to_owned())
            }
            Self::TakenId { .. } => {
                Some("leave `--id` out, or choose another; with several APIs name one by `--spec`".to_owned())
            }
            Self::Outside { .. }
            | Self::NoConfig { .. }
            | Self::Facts { .. }
            | Self::Template { .. }
            | Self::OurTemplate(_)
            | Self::Render(_) => None,
        }
    }
}
