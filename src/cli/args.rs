//! The command line as text: what may be written, and the help. Meaning comes later.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::accept::AcceptArgs;
use super::ack::AckArgs;
use super::changelog::ChangelogArgs;
use super::check::CheckArgs;
use super::diff::DiffArgs;
use super::init::Origin;
use super::notice::NoticeArgs;
use super::post::PostCommand;
use super::publish::PublishArgs;
use super::usage::UsageArgs;
use crate::render::Format;
use crate::rules::Level;
use crate::text::Lang;

/// Advance notice for the partners of an HTTP API: what changed in its `OpenAPI` contract between two git refs, and
/// whom it breaks.
#[derive(Parser, Debug)]
#[command(name = "preavis", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Show what changed between two versions of a contract
    Diff(DiffArgs),
    /// Ask the gate: may this be merged, and with `--release`: may it ship
    Check(CheckArgs),
    /// Let a change through the gate, with a reason, until a day
    Accept(AcceptArgs),
    /// Write into a notice that a partner agreed
    Ack(AckArgs),
    /// Write the changelog of a history, by tag or by day
    Changelog(ChangelogArgs),
    /// Draft, list and render notices
    Notice(NoticeArgs),
    /// Show who uses what, and import it from logs
    Usage(UsageArgs),
    /// Write a site: what shipped and what is to come, as pages, feeds and data
    Publish(PublishArgs),
    /// Write the comment of a result to the forge, from a job that may
    Post(PostCommand),
    /// List the rules, or explain one
    Rules(RulesArgs),
    /// Write preavis.toml and a CI job; never overwrites
    Init(InitArgs),
    /// Show the whole loop in a temporary repository
    Demo(DemoArgs),
}

impl Command {
    /// The choice of colours.
    pub(super) fn color(&self) -> Color {
        match self {
            Self::Diff(args) => args.common.color,
            Self::Check(args) => args.common.color,
            Self::Accept(args) => args.common.color,
            Self::Ack(args) => args.common.color,
            Self::Changelog(args) => args.common.color,
            Self::Notice(args) => args.common().color,
            Self::Usage(args) => args.color(),
            Self::Publish(args) => args.common.color,
            Self::Post(args) => args.common.color,
            Self::Rules(args) => args.common.color,
            Self::Init(args) => args.common.color,
            Self::Demo(args) => args.color,
        }
    }
}

/// What every command understands.
#[derive(Args, Clone, Debug)]
pub(super) struct Common {
    /// The repository, or a folder in it [default: the one around the working directory]
    #[arg(long, value_name = "DIR")]
    pub(super) repo: Option<PathBuf>,
    /// The configuration [default: preavis.toml at the root of the repository]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Fetch what a partial clone left out, by https, ssh or from a local path
    #[arg(long)]
    pub(super) allow_fetch: bool,
    /// The language of reports [default: the configuration's, else the environment's, else en]
    #[arg(long, value_parser = lang())]
    pub(super) lang: Option<Lang>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Color,
}

/// What commands that compare versions understand.
#[derive(Args, Clone, Debug)]
pub(super) struct Comparing {
    /// The document, from the root of the repository; may be repeated [default: those of the configuration, else all
    /// that are found]
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Vec<String>,
    /// Compare what can be read where a reference leads nowhere, or one of several documents is unreadable
    #[arg(long)]
    pub(super) keep_going: bool,
    /// The day at which deprecations and sunsets are judged [default: the date of HEAD's commit]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    /// Fetch what a document behind a URL references on the same server
    #[arg(long)]
    pub(super) allow_remote_refs: bool,
    /// Check the whole of a 3.0 document against the standard, not only what changed
    #[arg(long)]
    pub(super) strict: bool,
}

/// Where a result goes, and how.
#[derive(Args, Clone, Debug)]
pub(super) struct Output {
    /// The format
    #[arg(long, default_value = "text", value_parser = format())]
    pub(super) format: Format,
    /// Write to a file instead of standard output; it is replaced at once or not at all
    #[arg(long = "output", short = 'o', value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// List changes of this level and above; all are counted
    #[arg(long, default_value = "additive", value_parser = level())]
    pub(super) level: Level,
    /// List every entry of a level, not the first 30 alone
    #[arg(long)]
    pub(super) all: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// `preavis rules`
#[derive(Args, Debug)]
pub(super) struct RulesArgs {
    /// The rule to explain
    pub(super) id: Option<String>,
    /// The format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Listing,
    #[command(flatten)]
    pub(super) common: Common,
}

/// `preavis init`
#[derive(Args, Debug)]
pub(super) struct InitArgs {
    /// The document, from the root of the repository; may be repeated [default: all that are found]
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Vec<String>,
    /// Whose CI the job is for [default: the forge of `origin`, else those whose files are there, else github]
    #[arg(long, value_enum, value_name = "FORGE")]
    pub(super) ci: Option<Ci>,
    /// Where the job takes preavis from: the folder of a release with the digest of its SHA256SUMS,
    /// `https://…#sha256=…`, or `GIT-URL@REVISION`, which it builds [default: what the variable `PREAVIS_FROM` of the
    /// repository says]
    #[arg(long, value_name = "FROM", value_parser = Origin::parse)]
    pub(super) from: Option<Origin>,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Whose CI a job is for.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ci {
    /// GitHub
    Github,
    /// GitLab
    Gitlab,
    /// Forgejo and Gitea
    Forgejo,
    /// No job
    None,
}

/// `preavis demo`
#[derive(Args, Debug)]
pub(super) struct DemoArgs {
    /// Keep the repository, and say where it is
    #[arg(long)]
    pub(super) keep: bool,
    /// Where to leave the site [default: preavis-demo-site]
    #[arg(long, value_name = "DIR")]
    pub(super) site: Option<PathBuf>,
    /// The language of reports
    #[arg(long, value_parser = lang())]
    pub(super) lang: Option<Lang>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Color,
}

/// When to use colours.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Color {
    /// In a terminal that has them
    #[default]
    Auto,
    /// Also in files and pipes
    Always,
    /// Nowhere
    Never,
}

/// The format of a list.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Listing {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::ALL.map(Lang::as_str)).try_map(|name| name.parse::<Lang>())
}

pub(super) fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(["text", "json", "markdown", "md"]).try_map(|name| name.parse::<Format>())
}

pub(super) fn level() -> impl TypedValueParser<Value = Level> {
    let find = |name: String| Level::ALL.into_iter().find(|level| level.as_str() == name);
    PossibleValuesParser::new(Level::ALL.map(Level::as_str)).map(move |name| find(name).unwrap_or(Level::Additive))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
