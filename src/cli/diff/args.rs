//! The arguments of `preavis diff`.

use clap::{Args, ValueEnum};

use crate::cli::args::{Common, Comparing, Output};
use crate::config::Pattern;
use crate::project::Selection;
use crate::rules::Reading;

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
pub(in crate::cli) struct DiffArgs {
    /// The old version [default: the merge base with the default branch]
    pub(in crate::cli) base: Option<String>,
    /// The new version [default: the work tree]
    pub(in crate::cli) head: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) comparing: Comparing,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArgs,
    #[command(flatten)]
    pub(in crate::cli) only: OnlyArgs,
    /// Say of each change whom it touches, by the partner files of the work tree
    #[arg(long)]
    pub(in crate::cli) partners: bool,
    /// Exit with 1 if the comparison finds
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(in crate::cli) fail_on: FailOn,
    #[command(flatten)]
    pub(in crate::cli) common: Common,
}

/// What is taken for a promise beside what the standard makes one.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct ReadingArgs {
    /// Who reads answers
    #[arg(long, value_enum, default_value_t, value_name = "WHO")]
    readers: Readers,
    /// What a format is
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    formats: Formats,
    /// A server that goes is breaking: programs call its address
    #[arg(long)]
    servers: bool,
}

/// Which changes are asked for.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct OnlyArgs {
    /// Only changes that reach an operation at such a path, `/books/**`: `*` stands for one segment, `**` for any; may be
    /// repeated
    #[arg(long, value_name = "GLOB", value_parser = path)]
    path: Vec<Pattern>,
    /// Only changes that reach an operation with this tag; may be repeated
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
}

/// Who reads answers.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Readers {
    /// Programs that ignore what they do not know
    #[default]
    Tolerant,
    /// Programs that refuse it: new values, members and types in answers are breaking
    Strict,
}

/// What a format is.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Formats {
    /// A note to readers
    #[default]
    Hint,
    /// Something that servers check: a format that admits less is breaking
    Assert,
}

impl ReadingArgs {
    /// The reading that is asked for.
    pub(super) fn reading(&self) -> Reading {
        Reading {
            servers: self.servers,
            strict_readers: self.readers == Readers::Strict,
            asserted_formats: self.formats == Formats::Assert,
        }
    }
}

impl OnlyArgs {
    /// The operations that are asked for.
    pub(super) fn selection(&self) -> Selection {
        Selection { paths: self.path.clone(), tags: self.tag.clone() }
    }
}

/// A pattern of paths; one of operations, `GET /books`, would fit none.
fn path(text: &str) -> Result<Pattern, String> {
    if !text.starts_with(['/', '*']) {
        return Err("a path begins with `/`, as in `/books/**`".to_owned());
    }
    text.parse::<Pattern>().map_err(|error| error.to_string())
}

/// From which finding on a comparison fails.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(in crate::cli) enum FailOn {
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
