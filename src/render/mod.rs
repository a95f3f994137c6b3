//! Report → text: a file per format, and templates for everything people read.
//!
//! A renderer never judges and never filters: the counts and the verdict are the report's, the same in every format;
//! [`Options::show`] only says from which level entries are listed, and what is not listed is said with its number.

use std::str::FromStr;

use crate::report::Report;
use crate::rules::Level;
use crate::text::Lang;

pub(crate) mod build;
pub(crate) mod columns;
pub(crate) mod entry;
pub(crate) mod excerpt;
pub(crate) mod exchange;
pub(crate) mod json;
mod markdown;
mod page;
pub(crate) mod rich;
pub(crate) mod safe;
pub(crate) mod slug;
pub(crate) mod template;
pub(crate) mod text;
pub mod usage;
pub(crate) mod view;
pub(crate) mod words;
pub(crate) mod wrap;

/// Text of a document made harmless for a line of Markdown.
pub(crate) fn markdown_line(text: &str) -> String {
    safe::markdown(text)
}

/// A sentence whose names stand between backticks, made harmless for a line of Markdown.
pub(crate) fn markdown_sentence(text: &str) -> String {
    safe::sentence(text)
}

/// The same for a cell of a table.
pub(crate) fn markdown_cell(text: &str) -> String {
    safe::sentence_cell(text)
}

/// Text of a document made harmless for a line of a terminal.
pub(crate) fn plain_line(text: &str) -> String {
    safe::line(text)
}

/// A format of output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub enum Format {
    /// For a terminal.
    Text,
    /// The report itself.
    Json,
    /// For a comment on a pull request.
    Markdown,
}

/// An unknown format.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("unknown format `{name}`: text, json or markdown")]
pub struct UnknownFormat {
    /// As written.
    pub name: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        match name {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "markdown" | "md" => Ok(Self::Markdown),
            other => Err(UnknownFormat { name: other.to_owned() }),
        }
    }
}

/// How to render; begin with the default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Options {
    /// The language of the words.
    pub lang: Lang,
    /// Whether a terminal's colours are used.
    pub color: bool,
    /// The least level whose entries are listed; everything is counted.
    pub show: Level,
    /// Whether a terminal gets every entry, not the first 30 of each level alone.
    pub all: bool,
    /// The width in characters to which lines of values are cut in a terminal; 0 for no limit.
    pub width: usize,
    /// Whether every line of a terminal's text is kept to that width: a longer one goes on below.
    pub wrap: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { lang: Lang::En, color: false, show: Level::Additive, all: false, width: 100, wrap: false }
    }
}

/// The report in a format; ends with a line break.
///
/// Changes stand in entries, one a cause, in every format. JSON is whole; of the options only the language counts there.
pub fn render(report: &Report, format: Format, options: &Options) -> String {
    let report = report.in_entries(options.lang);
    match format {
        Format::Text => text::render(&report, options),
        Format::Json => json::render(&report),
        Format::Markdown => markdown::render(&report, options),
    }
}
