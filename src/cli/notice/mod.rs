//! `preavis notice`: drafts notices, lists where they stand, renders them for a partner.

use std::io::Write;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use jiff::civil::Date;

use self::render::RenderArgs;
use super::args::{Common, level};
use super::exit::Exit;
use super::surroundings::Surroundings;
use crate::notice::Kind;
use crate::rules::Level;
use crate::text::Lang;

mod list;
mod new;
mod render;

/// `preavis notice`
#[derive(Args, Debug)]
pub(super) struct NoticeArgs {
    #[command(subcommand)]
    pub(super) command: NoticeCommand,
}

#[derive(Subcommand, Debug)]
pub(super) enum NoticeCommand {
    /// Draft a notice of what no notice covers yet; never touches one that exists
    New(NewArgs),
    /// List the notices and where they stand in production
    List(ListArgs),
    /// Render a notice, a digest, or what changed since a version, for a partner
    Render(RenderArgs),
}

/// `preavis notice new`
#[derive(Args, Debug)]
pub(super) struct NewArgs {
    /// The version before [default: the merge base with the default branch]
    #[arg(value_name = "BASE")]
    pub(super) base: Option<String>,
    /// The version after [default: the work tree]
    #[arg(value_name = "HEAD")]
    pub(super) head: Option<String>,
    /// Cover these fingerprints only; may be repeated [default: all that no notice covers]
    #[arg(long, value_name = "FINGERPRINT")]
    pub(super) only: Vec<String>,
    /// Cover the change of each fingerprint alone, not all that its entry speaks for
    #[arg(long, requires = "only")]
    pub(super) part: bool,
    /// Cover changes of this level and above
    #[arg(long, default_value = "risky", value_parser = level())]
    pub(super) level: Level,
    /// What it announces; `doc-fix` says that only the document was wrong [default: by the worst level]
    #[arg(long, value_parser = kind())]
    pub(super) kind: Option<Kind>,
    /// The title, in the first language [default: made of the first change]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The id [default: the next of the year, such as N2024-003]
    #[arg(long)]
    pub(super) id: Option<String>,
    /// The languages to write in, the first one first [default: that of reports, then those of the partners]
    #[arg(long, value_name = "LANGS", value_delimiter = ',')]
    pub(super) langs: Vec<Lang>,
    /// Announce it today, instead of leaving a draft
    #[arg(long)]
    pub(super) announce: bool,
    /// The day it is planned to ship
    #[arg(long, value_name = "DATE")]
    pub(super) effective: Option<Date>,
    /// The document, from the root of the repository; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Vec<String>,
    /// The day of the notice [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    #[command(flatten)]
    pub(super) common: Common,
}

fn kind() -> impl TypedValueParser<Value = Kind> {
    let find = |name: String| Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
    PossibleValuesParser::new(Kind::ALL.map(Kind::as_str)).map(move |name| find(name).unwrap_or(Kind::Risky))
}

/// `preavis notice list`
#[derive(Args, Debug)]
pub(super) struct ListArgs {
    /// The ref that production runs [default: the configuration's, else the default branch]
    #[arg(long, value_name = "REF")]
    pub(super) production: Option<String>,
    /// The format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The day at which notices are overdue [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    #[command(flatten)]
    pub(super) common: Common,
}

/// The format of a list.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum ListFormat {
    /// For a terminal
    #[default]
    Text,
    /// A table of Markdown
    #[value(alias = "md")]
    Markdown,
    /// For programs
    Json,
}

impl NoticeArgs {
    /// What every command understands.
    pub(super) fn common(&self) -> &Common {
        match &self.command {
            NoticeCommand::New(args) => &args.common,
            NoticeCommand::List(args) => &args.common,
            NoticeCommand::Render(args) => &args.common,
        }
    }
}

pub(super) fn run(args: &NoticeArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match &args.command {
        NoticeCommand::New(args) => new::run(args, surroundings, out),
        NoticeCommand::Render(args) => render::run(args, surroundings, out),
        NoticeCommand::List(args) => list::run(args, surroundings, out),
    }
}
