//! `preavis changelog`: the history of a contract, by tag or by day, to standard output or into a file people edit too.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::args::{Common, level};
use super::error::CliError;
use super::exit::{self, Exit};
use super::pairs::{slug, unique, wanted};
use super::session::{self, Session};
use super::specs::Sniffer;
use super::surroundings::Surroundings;
use super::{output, range};
use crate::diff::Change;
use crate::project::Author;
use crate::publish::changelog::{Api, History, Reading, Style, merge, render, walk};
use crate::rules::Level;
use crate::source::Version;
use crate::source::git::{Commit, Repo};
use crate::spec::Limits;

/// `preavis changelog`
#[derive(Args, Debug)]
#[command(after_help = "Exit codes:\n  0  clear\n  1  --check: the file is not up to date\n  2  could not tell")]
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
    let session = session::open(&args.common, surroundings)?;
    let repo = session.workplace.repository()?;
    let releases = range::releases(&repo, args.range.as_deref(), args.tags.as_deref(), args.by)?;
    let ends = [releases.first(), releases.last()].map(|end| end.map(|end| &end.commit));
    let apis = apis(&session, &repo, &args.spec, ends.into_iter().flatten())?;
    let levels = |change: &Change| session.level(change);
    let reading = Reading { lang: session.lang, levels: &levels, limits: Limits::default() };
    let history = walk(releases.iter().map(|release| release.stop(&repo)), &apis, &reading);
    if let Some(path) = history.unread.first() {
        return Err(unread(path, &history));
    }
    if !args.quiet {
        tell(&history);
    }
    let mut ledger = session.notices()?;
    ledger.shipments = shipments(&history);
    let site = session.config.site.url.as_deref();
    let style = Style { lang: session.lang, show: args.level, several: apis.len() > 1, ledger: &ledger, site };
    match &args.write {
        Some(file) => write((&session, args), file, &history, style, out),
        None => show((&session, args), &history, style, out).map(|()| Exit::Clear),
    }
}

/// The days changes shipped, oldest first.
fn shipments(history: &History) -> BTreeMap<String, Vec<Date>> {
    let mut out: BTreeMap<String, Vec<Date>> = BTreeMap::new();
    for release in history.changelog.releases.iter().rev().filter(|release| !release.is_unreleased()) {
        let Some(day) = release.day() else { continue };
        for change in release.report.apis.iter().flat_map(|api| &api.changes) {
            out.entry(change.fingerprint.clone()).or_default().push(day);
        }
    }
    out
}

/// No version of a document could be read: with nothing compared, nothing can be said.
pub(super) fn unread(path: &str, history: &History) -> anyhow::Error {
    let skipped = history.changelog.releases.iter().flat_map(|release| &release.skipped).next();
    let versions = "the releases of this history".to_owned();
    match skipped {
        Some(skipped) => CliError::NothingReadable { path: path.to_owned(), cause: skipped.message.clone() }.into(),
        None => CliError::NotInEither { path: path.to_owned(), versions }.into(),
    }
}

pub(super) fn tell(history: &History) {
    for skipped in history.changelog.releases.iter().rev().flat_map(|release| &release.skipped) {
        let what = if skipped.partly { "partly unreadable" } else { "unreadable, skipped" };
        exit::warn([format!("{what}: {} (in {})", skipped.message, skipped.release)]);
    }
}

/// The APIs of the first and the last release: by option, by configuration, else whatever is found.
pub(super) fn apis<'a>(
    session: &Session,
    repo: &Repo,
    specs: &[String],
    ends: impl Iterator<Item = &'a Commit>,
) -> anyhow::Result<Vec<Api>> {
    let mut paths = wanted(session, specs)?;
    let mut labels = Vec::new();
    if paths.is_empty() {
        let mut sniffer = Sniffer::default();
        let mut found = BTreeSet::new();
        for commit in ends {
            let (label, files) = (commit.short_id().to_owned(), Rc::new(repo.snapshot(commit)));
            labels.push(label.clone());
            found.extend(sniffer.found(&Version { label, commit: Some(commit.clone()), document: None, files })?);
        }
        paths.extend(found);
    }
    if paths.is_empty() {
        return Err(CliError::NoDocument { versions: labels.join(" and ") }.into());
    }
    let configured = &session.config.apis;
    let mut known: Vec<String> = configured.iter().map(|api| api.id().to_owned()).collect();
    let named = paths.into_iter().map(|path| {
        if let Some(api) = configured.iter().find(|api| api.path() == path) {
            return Api { id: api.id().to_owned(), title: api.title.clone(), path };
        }
        let id = unique(&slug(&path), &known);
        known.push(id.clone());
        Api { id, title: None, path }
    });
    Ok(named.collect())
}

fn show(
    (session, args): (&Session, &ChangelogArgs),
    history: &History,
    style: Style<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let text = match args.format {
        ChangelogFormat::Markdown => render(&history.changelog, style),
        ChangelogFormat::Json => serde_json::to_string_pretty(&history.changelog)? + "\n",
    };
    output::put(session, args.output.as_deref(), out, &text)
}

fn write(
    (session, args): (&Session, &ChangelogArgs),
    file: &Path,
    history: &History,
    style: Style<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let name = file.display().to_string();
    let old = session.files.read_named(file, Author::Preavis)?.unwrap_or_default();
    let merged = merge(&old, history, style).with_context(|| format!("cannot bring `{name}` up to date"))?;
    exit::warn(merged.warnings.iter().map(|warning| format!("{name}: {warning}")));
    if merged.text == old {
        return Ok(Exit::Clear);
    }
    if !args.check && !args.dry_run {
        session.files.write_named(file, &merged.text)?;
        return Ok(Exit::Clear);
    }
    if !args.quiet {
        let diff = similar::TextDiff::from_lines(&old, &merged.text);
        let diff = diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string();
        output::write(out, &diff)?;
    }
    Ok(if args.check { Exit::Closed } else { Exit::Clear })
}
