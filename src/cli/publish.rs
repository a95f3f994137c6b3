//! `preavis publish`: the site of a history, into a folder that any web server, or none, can show.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::args::Common;
use super::changelog::{ByArg, apis, tell, unread};
use super::error::CliError;
use super::exit::Exit;
use super::session::Session;
use super::surroundings::Surroundings;
use super::{output, range};
use crate::diff::Change;
use crate::publish::changelog::Reading;
use crate::publish::site::{Folder, Plan, Releases, Written, build};
use crate::spec::Limits;

/// `preavis publish`
#[derive(Args, Debug)]
#[command(
    after_help = "The folder is brought up to date: files that stay the same are not touched, files of an earlier \
run that are no longer part of the site go, files of others stay.\n\nExit codes:\n  0  clear\n  2  could not tell"
)]
pub(super) struct PublishArgs {
    /// The folder; made if it does not exist
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// The ref that production runs; what follows its last tag is then published day by day, else not at all [default:
    /// the configuration's, else HEAD]
    #[arg(long, value_name = "REF")]
    pub(super) production: Option<String>,
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
    /// The day at which it is told what is late [default: the day of the newest release]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    /// Publish into a folder that has files of others; those of the same name give way
    #[arg(long)]
    pub(super) force: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &PublishArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let session = Session::open(&args.common, surroundings)?;
    let site = &session.config.site;
    if let Some(url) = site.url.as_ref().filter(|url| !is_web_address(url)) {
        return Err(CliError::SiteUrl { url: url.clone() }.into());
    }
    let repo = session.workplace.repository()?;
    let production = args.production.as_deref().or(session.config.production.as_deref());
    let releases = range::shipped(&repo, production, args.tags.as_deref(), args.by)?;
    let Some(newest) = releases.last() else {
        let versions = production.unwrap_or("HEAD").to_owned();
        return Err(CliError::NoDocument { versions }.into());
    };
    let ends = [releases.first(), releases.last()].map(|end| end.map(|end| &end.commit));
    let apis = apis(&session, &repo, &args.spec, ends.into_iter().flatten())?;
    let levels = |change: &Change| session.level(change);
    let reading = Reading { lang: session.lang, levels: &levels, limits: Limits::default() };
    let plan = Plan { site, apis: &apis, reading: &reading, notices: &[], today: args.today };
    let mut folder = Folder::open(&surroundings.cwd.join(&args.out), args.force)?;
    let releases = Releases {
        days: releases.iter().map(|release| release.date).collect(),
        newest: newest.stop(&repo),
        stops: releases.iter().map(|release| release.stop(&repo)),
    };
    let history = build(&plan, releases, &mut folder)?.history;
    if let Some(path) = history.unread.first() {
        return Err(unread(path, &history));
    }
    let written = folder.finish()?;
    if !args.quiet {
        tell(&history);
        output::write(out, &said(args, written))?;
    }
    Ok(Exit::Clear)
}

fn said(args: &PublishArgs, written: Written) -> String {
    let Written { files, changed, removed } = written;
    format!("{}: {files} files, {changed} written, {removed} removed\n", args.out.display())
}

fn is_web_address(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none())
}
