//! Everything that is said of a check: one [`CheckReport`], and a file per format.
//!
//! A renderer decides nothing and drops nothing without saying so: decision and counts are those of the [`CheckReport`],
//! the same in every format. It may come from a file that somebody else wrote, so whatever stands in it is made harmless
//! again for each format.

use std::str::FromStr;

use self::sarif::Suppressed;
use crate::render::json;
use crate::text::Lang;

pub use github::{output_file, outputs};
pub use markdown::summary;
pub use parse::ParseError;
pub use result::CheckReport;
#[cfg(feature = "internals")]
pub use result::check_schema;
#[cfg(feature = "internals")]
pub use result::{AnswerKind, Answered, CheckedApi, CheckedChange, Found, Touched, Waiting, Who};
pub use words::status;

mod at;
mod build;
mod codequality;
mod commands;
mod gather;
mod github;
mod junit;
mod markdown;
mod parse;
mod remark;
mod result;
mod sarif;
mod text;
mod view;
mod words;

/// A format of a check's result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For a terminal.
    Text,
    /// The result itself, which is also a report.
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// Commands to the runner of GitHub, Gitea and Forgejo, which annotate lines.
    Github,
    /// GitLab's Code Quality.
    CodeQuality,
    /// SARIF 2.1.0.
    Sarif,
    /// The same without what is answered, for GitHub.
    SarifGithub,
    /// The XML of `JUnit`.
    Junit,
}

/// Each format by its names, the first of which is its own.
const FORMATS: &[(Format, &[&str])] = &[
    (Format::Text, &["text"]),
    (Format::Json, &["json"]),
    (Format::Markdown, &["markdown", "md"]),
    (Format::Github, &["github"]),
    (Format::CodeQuality, &["codequality", "gitlab"]),
    (Format::Sarif, &["sarif"]),
    (Format::SarifGithub, &["sarif-github"]),
    (Format::Junit, &["junit"]),
];

/// An unknown format.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("unknown format `{name}`: use one of {}", Format::names().join(", "))]
pub struct UnknownFormat {
    /// As written.
    pub name: String,
}

impl Format {
    /// Every format.
    #[cfg(feature = "internals")]
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(|(format, _)| *format)
    }

    /// The names of all formats.
    pub fn names() -> Vec<&'static str> {
        FORMATS.iter().flat_map(|(_, names)| *names).copied().collect()
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = FORMATS.iter().find(|(_, names)| names.contains(&name));
        found.map(|(format, _)| *format).ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

/// How to say it; begin with the default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// The language of the words.
    pub lang: Lang,
    /// Whether a terminal's colours are used.
    pub color: bool,
    /// The width in characters to which lines of values are cut in a terminal; 0 for no limit.
    pub width: usize,
    /// Whether every line of a terminal's text is kept to that width: a longer one goes on below.
    pub wrap: bool,
    /// Whether partners are named whatever the policy says, since nobody but the team reads it.
    pub named: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { lang: Lang::En, color: false, width: 100, wrap: false, named: false }
    }
}

/// The result in a format; ends with a line break.
pub fn render(report: &CheckReport, format: Format, options: &Options) -> String {
    match format {
        Format::Text => text::render(report, options),
        Format::Json => json::render(report),
        Format::Markdown => markdown::comment(report, options),
        Format::Github => github::render(report, options),
        Format::CodeQuality => codequality::render(report, options),
        Format::Sarif => sarif::render(report, options, Suppressed::Shown),
        Format::SarifGithub => sarif::render(report, options, Suppressed::Left),
        Format::Junit => junit::render(report, options),
    }
}
