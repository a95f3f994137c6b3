//! What only the command line can get wrong.

use std::path::Path;

use crate::gate::show::ParseError;

/// Why a command could not tell.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A rule that does not exist.
    #[error("unknown rule `{id}`")]
    UnknownRule { id: String, near: Vec<&'static str> },
    /// Feeds without an address.
    #[error("the site has no address")]
    NoSiteUrl,
    /// A file that is there already.
    #[error("`{path}` is there already")]
    Exists { path: String },
    /// A file that could not be written.
    #[error("cannot write `{path}`")]
    Write { path: String, source: std::io::Error },
    /// A file that could not be read.
    #[error("cannot read `{path}`")]
    Read { path: String, source: std::io::Error },
    /// A result that is not there.
    #[error("there is no result `{path}`")]
    NoResult { path: String },
    /// A merge queue that does not say what it builds upon.
    #[error("the event of this run (the file that GITHUB_EVENT_PATH names) has no `merge_group.base_sha`")]
    NoQueueBase,
    /// What is no result.
    #[error("`{path}` is no result of preavis")]
    NotAResult { path: String, source: ParseError },
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
            Self::UnknownRule { near, .. } if near.is_empty() => "`preavis rules` lists them all".into(),
            Self::UnknownRule { near, .. } => {
                let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
                format!("did you mean {}? `preavis rules` lists them all", near.join(" or "))
            }
            Self::Git { .. } => "the demo needs git 2.28 or later on the PATH".into(),
            Self::NoSiteUrl => "set `url` under `[site]` in preavis.toml".to_owned(),
            Self::Exists { path } if Path::new(path).extension().is_some_and(|ending| ending == "json") => {
                "it holds no facts of a notice: move it away, or give the new notice another `--title`".to_owned()
            }
            Self::Exists { .. } => "edit it, or give the new notice another `--title`".to_owned(),
            Self::SiteUrl { .. } => "write it like `https://contract.example.org`".to_owned(),
            Self::NoQueueBase => "leave GITHUB_EVENT_PATH as the runner sets it, or name the base".to_owned(),
            Self::NoRequests { .. } => "name the form of the lines with `--format` or `--log-format`".to_owned(),
            Self::TooManyRows => "import them in parts, into several files".to_owned(),
            Self::NoResult { .. } | Self::NotAResult { .. } => {
                "name what `--format json` or `--report json=FILE` wrote".to_owned()
            }
            Self::Write { .. } | Self::Read { .. } => return None,
        })
    }
}
