//! `preavis changelog`: the history of a contract, by tag or by day, to standard output or into a file people edit too.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::args::{Common, level};
use super::cache::CacheArgs;
use super::exit::{self, Exit};
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::compare::history::{self, By, History, Told, releases, walk};
use crate::compare::{Api, Asked};
use crate::project::{Author, Project};
use crate::publish::changelog::{Style, merge, render};
use crate::rules::Level;
use crate::text::commands::{backslashed, disarmed};
use crate::text::{json, spelt};

/// `preavis changelog`
#[derive(Args, Debug)]
#[command(after_help = "Exit codes:\n  0  clear\n  1  --check: the file is not up to date\n  2  could not tell")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct ChangelogArgs {
    /// The history: what B has and A has not [default: all of HEAD's]
    #[arg(value_name = "A..B")]
    pub(super) range: Option<String>,
    /// Releases are the tags that match, such as 'v*' [default: all that are dates or versions, else all, else days]
    #[arg(long, value_name = "GLOB")]
    pub(super) tags: Option<String>,
    /// What releases are told apart by [default: tags where there are any, else days]
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "tags")]
    pub(super) by: Option<ByArg>,
    /// The document, from the root of the repository; may be repeated [default: those of the configuration, else all
    /// that are found]
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Vec<String>,
    /// Bring this changelog up to date; what people wrote or edited in it stays
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "output"])]
    pub(super) write: Option<PathBuf>,
    /// With --write: add releases too that are older than the newest entry of the file
    #[arg(long, requires = "write")]
    pub(super) older: bool,
    /// With --write: write nothing, show the difference, exit with 1 where there is one
    #[arg(long, requires = "write", conflicts_with = "dry_run")]
    pub(super) check: bool,
    /// With --write: write nothing, show the difference
    #[arg(long, requires = "write")]
    pub(super) dry_run: bool,
    /// The format
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ChangelogFormat,
    /// Write to a file instead of standard output; it is replaced at once or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// List changes of this level and above
    #[arg(long, default_value = "additive", value_parser = level())]
    pub(super) level: Level,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) cache: CacheArgs,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What releases are told apart by.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ByArg {
    /// Tags
    Tag,
    /// Days, each by its last commit
    Day,
}

impl From<ByArg> for By {
    fn from(by: ByArg) -> Self {
        match by {
            ByArg::Tag => Self::Tag,
            ByArg::Day => Self::Day,
        }
    }
}

/// The format of a changelog.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum ChangelogFormat {
    /// For people
    #[default]
    #[value(alias = "md")]
    Markdown,
    /// The releases with their reports
    Json,
}

pub(super) fn run(args: &ChangelogArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut project = session::open(&args.common, surroundings)?;
    args.cache.apply(&mut project)?;
    let repo = project.resolver.repository()?;
    let told = Told { tags: args.tags.as_deref(), by: args.by.map(By::from) };
    let stops = releases(&repo, args.range.as_deref(), told)?;
    let paths = project.paths(&args.spec)?;
    let asked = project.asked(&paths);
    let apis = history::apis(&stops, asked)?;
    let renamed = project.ids_in_notices(&apis)?;
    let history = walk(&stops, &apis, Asked { renamed: Some(&renamed), ..asked });
    if let Some(path) = history.unread.first() {
        return Err(history.unreadable(path).into());
    }
    if !args.quiet {
        tell(&apis, &history);
    }
    let notices = project.notices_of(&apis, &history)?;
    let site = project.config.site.url.as_deref();
    let style = Style {
        lang: project.lang,
        show: args.level,
        blocks: false,
        several: apis.len() > 1,
        index: &notices,
        older: args.older,
        site,
    };
    match &args.write {
        Some(file) => write((&project, args), file, &history, style, out),
        None => show((&project, args), &history, style, out).map(|()| Exit::Clear),
    }
}

pub(super) fn tell(apis: &[Api], history: &History) {
    exit::warn(apis.iter().filter_map(Api::forgotten));
    for skipped in history.changelog.releases.iter().rev().flat_map(|release| &release.skipped) {
        let what = if skipped.partly { "partly unreadable" } else { "unreadable, skipped" };
        exit::warn([format!("{what}: {} (in {})", skipped.message, skipped.release)]);
    }
}

fn show(
    (project, args): (&Project, &ChangelogArgs),
    history: &History,
    style: Style<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (form, text) = match args.format {
        ChangelogFormat::Markdown => (Form::Text, render(&history.changelog, style)),
        ChangelogFormat::Json => (Form::Data, json::pretty(&history.changelog)),
    };
    output::put(&project.files, args.output.as_deref(), out, (form, &text))
}

fn write(
    (project, args): (&Project, &ChangelogArgs),
    file: &Path,
    history: &History,
    style: Style<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let name = file.display().to_string();
    let only_shown = args.check || args.dry_run;
    let _held = if only_shown { None } else { project.files.lock_named(file, &project.asker)? };
    let old = project.files.read_named(file, Author::Preavis)?.unwrap_or_default();
    let merged = merge(&old, history, style).with_context(|| format!("cannot bring `{name}` up to date"))?;
    if merged.left_out > 0 && !args.quiet {
        let (count, are) = (merged.left_out, if merged.left_out == 1 { "release is" } else { "releases are" });
        exit::note([format!("{name}: {count} {are} older than its newest entry and left out; `--older` adds them")]);
    }
    exit::warn(merged.warnings.iter().map(|warning| format!("{name}: {warning}")));
    if merged.text == old {
        return Ok(Exit::Clear);
    }
    if !only_shown {
        project.files.write_named(file, &merged.text)?;
        return Ok(Exit::Clear);
    }
    if !args.quiet {
        let diff = similar::TextDiff::from_lines(&old, &merged.text);
        let shown = disarmed(&spelt(&name), backslashed).into_owned();
        // Two lines that must not be set in.
        output::write(out, Form::Data, &format!("--- a/{shown}\n+++ b/{shown}\n"))?;
        output::write(out, Form::Text, &diff.unified_diff().to_string())?;
    }
    Ok(if args.check { Exit::Closed } else { Exit::Clear })
}
