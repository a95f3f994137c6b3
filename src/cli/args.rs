//! The command line as text: what may be written, and the help. Meaning comes later.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::changelog::ChangelogArgs;
use super::notice::NoticeArgs;
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
    /// Write the changelog of a history, by tag or by day
    Changelog(ChangelogArgs),
    /// Draft, list and render notices
    Notice(NoticeArgs),
    /// Show who uses what, and import it from logs
    Usage(UsageArgs),
    /// Write a site: what shipped and what is to come, as pages, feeds and data
    Publish(PublishArgs),
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
            Self::Changelog(args) => args.common.color,
            Self::Notice(args) => args.common().color,
            Self::Usage(args) => args.color(),
            Self::Publish(args) => args.common.color,
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
    /// Print nothing but errors
    #[arg(long, short)]
    pub(super) quiet: bool,
}

const VERSIONS: &str = "\
Versions:
  REF        a branch, tag, hash or expression such as HEAD~2
  REF:PATH   a document at a ref
  FILE       a document on disk, also outside repositories
  https://…  a document behind a URL
  -          a document on standard input
  .          the work tree, committed or not
  A..B       from A to B
  A...B      from the merge base of A and B to B

Exit codes:
  0  clear
  1  --fail-on was hit
  2  could not tell";

/// `preavis diff`
#[derive(Args, Debug)]
#[command(after_help = VERSIONS)]
pub(super) struct DiffArgs {
    /// The old version [default: the merge base with the default branch]
    pub(super) base: Option<String>,
    /// The new version [default: the work tree]
    pub(super) head: Option<String>,
    #[command(flatten)]
    pub(super) comparing: Comparing,
    #[command(flatten)]
    pub(super) output: Output,
    /// Exit with 1 if the comparison finds
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) common: Common,
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
    #[command(flatten)]
    pub(super) common: Common,
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

/// From which finding on a comparison fails.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum FailOn {
    /// Breaking changes
    Breaking,
    /// Breaking and risky changes
    Risky,
    /// All but changes of the documentation
    Additive,
    /// Any change
    Docs,
    /// Breaking or risky changes without a proof
    Unproven,
    /// Nothing
    #[default]
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
