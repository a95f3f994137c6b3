//! The arguments of `preavis usage`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::audience::logs::PRESETS;
use crate::cli::args::{Color, Common, Comparing, format};
use crate::render::Format;

/// `preavis usage`
#[derive(Args, Debug)]
pub(in crate::cli) struct UsageArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: UsageCommand,
}

/// What is done about usage.
#[derive(Subcommand, Debug)]
pub(in crate::cli) enum UsageCommand {
    /// Add logs up: who calls which operation with which parameters, by day; nothing else is kept
    Import(ImportArgs),
    /// Look for the changed names in the source of a partner
    Scan(ScanArgs),
    /// Show who uses what
    Show(ShowArgs),
}

impl UsageArgs {
    /// The choice of colours.
    pub(in crate::cli) fn color(&self) -> Color {
        match &self.command {
            UsageCommand::Import(args) => args.common.color,
            UsageCommand::Scan(args) => args.common.color,
            UsageCommand::Show(args) => args.common.color,
        }
    }
}

const IMPORT: &str = "\
What is written: operation, names of parameters, partner, day, counts. No line, value, client or address.
Of words that no contract has, only those that several callers use on several days; {} stands for the others.
An import never takes away: of each count the larger one stays, so importing again, or in parts, is safe.
Logs of several servers that are imported apart need a --source each, so that they add up. gzip is read as it is.

Exit codes:
  0  clear
  2  could not tell: nothing is written";

/// `preavis usage import`
#[derive(Args, Debug)]
#[command(after_help = IMPORT)]
pub(in crate::cli) struct ImportArgs {
    /// The logs; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// How the lines are written [default: combined, with --map jsonl]
    #[arg(long, value_parser = PossibleValuesParser::new(PRESETS.iter().map(|it| it.name)))]
    pub(super) format: Option<String>,
    /// How the lines are written, as the `log_format` of nginx says it
    #[arg(long, value_name = "NGINX", conflicts_with_all = ["format", "map"])]
    pub(super) log_format: Option<String>,
    /// Where the fields of JSON lines are: method=/verb,path=/url|/uri,time=/at; also status, client,
    /// `user_agent`, host, headers, params, header.NAME
    #[arg(long, value_name = "WORD=POINTER,…")]
    pub(super) map: Option<String>,
    /// All requests are of this partner
    #[arg(long, value_name = "SLUG")]
    pub(super) partner: Option<String>,
    /// What these logs are called among others
    #[arg(long, value_name = "NAME", default_value = "logs")]
    pub(super) source: String,
    /// The file of aggregates [default: preavis/usage.json at the root of the repository]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Forget what is known of the days of this source first, for example after partner files have changed
    #[arg(long)]
    pub(super) replace: bool,
    /// Write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// The format of what is printed
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format())]
    pub(super) report: Format,
    #[command(flatten)]
    pub(super) contracts: ContractArgs,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Which contracts requests are matched with.
#[derive(Args, Debug)]
pub(in crate::cli) struct ContractArgs {
    /// The version of the contract: a ref, REF:PATH, a file, or . for the work tree [default: of an import the
    /// `production` of the configuration, where there is one, else the work tree]
    #[arg(long, value_name = "VERSION")]
    pub(super) at: Option<String>,
    /// The document, from the root of the repository; may be repeated [default: those of the configuration, else all
    /// that are found]
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Vec<String>,
}

/// `preavis usage show`
#[derive(Args, Debug)]
pub(in crate::cli) struct ShowArgs {
    /// Only this partner
    #[arg(long, value_name = "SLUG")]
    pub(super) partner: Option<String>,
    /// The file of aggregates [default: preavis/usage.json at the root of the repository]
    #[arg(long, value_name = "FILE")]
    pub(super) usage: Option<PathBuf>,
    /// The format
    #[arg(long, default_value = "text", value_parser = format())]
    pub(super) format: Format,
    /// Write to a file instead of standard output; it is replaced at once or not at all
    #[arg(long = "output", short = 'o', value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) contracts: ContractArgs,
    #[command(flatten)]
    pub(super) common: Common,
}

/// `preavis usage scan`
#[derive(Args, Debug)]
pub(in crate::cli) struct ScanArgs {
    /// The folder with the partner's source
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// The old version [default: the merge base with the default branch]
    pub(super) base: Option<String>,
    /// The new version [default: the work tree]
    pub(super) head: Option<String>,
    #[command(flatten)]
    pub(super) comparing: Comparing,
    /// The format
    #[arg(long, default_value = "text", value_parser = format())]
    pub(super) format: Format,
    /// Write to a file instead of standard output; it is replaced at once or not at all
    #[arg(long = "output", short = 'o', value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}
