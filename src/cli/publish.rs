//! `preavis publish`: the site of a history, into a folder that any web server, or none, can show.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::args::Common;
use super::cache::CacheArgs;
use super::changelog::{ByArg, tell};
use super::error::CliError;
use super::exit::{self, Exit};
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::audience::{key_of, overview};
use crate::compare::history::{self, By, Told, shipped};
use crate::compare::{CompareError, contracts_of};
use crate::contract::Contract;
use crate::project::{Project, named_partner};
use crate::publish::feeds::opml;
use crate::publish::site::{Built, Folder, Plan, Sink, Written, build};
use crate::source::VersionArg;
use crate::text::spelt;

/// `preavis publish`
#[derive(Args, Debug)]
#[command(
    after_help = "The folder is brought up to date: files that stay the same are not touched, files of an earlier \
run that are no longer part of the site go, files of others stay.\n\nExit codes:\n  0  clear\n  2  could not tell"
)]
pub(super) struct PublishArgs {
    /// The folder; made if it does not exist
    #[arg(long, value_name = "DIR", required_unless_present = "opml")]
    pub(super) out: Option<PathBuf>,
    /// Write no site, but print the list of public feeds that a partner would follow (OPML): those of the operations it
    /// uses. Give it to that partner, and publish it nowhere
    #[arg(long, value_name = "SLUG", conflicts_with_all = ["out", "force"])]
    pub(super) opml: Option<String>,
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
    pub(super) cache: CacheArgs,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &PublishArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut project = session::open(&args.common, surroundings)?;
    args.cache.apply(&mut project)?;
    let site = &project.config.site;
    if let Some(url) = site.url.as_ref().filter(|url| !is_web_address(url)) {
        return Err(CliError::SiteUrl { url: url.clone() }.into());
    }
    let repo = project.resolver.repository()?;
    let production = args.production.as_deref().or(project.config.production.as_deref());
    let told = Told { tags: args.tags.as_deref(), by: args.by.map(By::from) };
    let stops = shipped(&repo, (production.unwrap_or("HEAD"), production.is_some()), told)?;
    if stops.is_empty() {
        let versions = production.unwrap_or("HEAD").to_owned();
        return Err(CompareError::NoDocument { versions }.into());
    }
    let paths = project.paths(&args.spec)?;
    let asked = project.asked(&paths);
    let apis = history::apis(&stops, asked)?;
    let (notices, warning) = project.announced(production)?;
    exit::warn(warning);
    let own = project.own_files()?;
    let plan = Plan { site, stops: &stops, apis: &apis, asked, notices: &notices, today: args.today, own: &own };
    if let Some(slug) = &args.opml {
        return followed((&project, args), slug, &build(&plan, &mut Nowhere)?).and_then(|text| {
            output::write(out, Form::Markup, &text)?;
            Ok(Exit::Clear)
        });
    }
    let path = args.out.clone().unwrap_or_default();
    let mut folder = Folder::open(&project.files.folder(&path)?, args.force, &project.asker)?;
    let history = build(&plan, &mut folder)?.history;
    if let Some(path) = history.unread.first() {
        return Err(history.unreadable(path).into());
    }
    let written = folder.finish()?;
    if !args.quiet {
        tell(&apis, &history);
        output::write(out, Form::Text, &said(&path, written))?;
    }
    Ok(Exit::Clear)
}

/// Takes the files of a site that nobody asked for.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&mut self, _: &str, _: &str) -> std::io::Result<()> {
        Ok(())
    }
}

/// The feeds of the operations that a partner uses; of all where nothing is known of it.
fn followed((project, args): (&Project, &PublishArgs), slug: &str, built: &Built) -> anyhow::Result<String> {
    let Some(url) = &project.config.site.url else { return Err(CliError::NoSiteUrl.into()) };
    let (mut registry, mut usage) = (project.partners()?, project.usage(None)?);
    named_partner(&registry, Some(slug))?;
    project.settle_apis(&mut registry, &mut usage, &[])?;
    let (tip, _) = project.production_ref(args.production.as_deref())?;
    let tip = project.resolver.open(&VersionArg::parse(tip.id.as_ref())?)?;
    let paths = project.paths(&args.spec)?;
    let contracts = contracts_of(&tip, project.asked(&paths))?;
    let apis: Vec<(&str, &Contract)> = contracts.iter().map(|(api, contract)| (&*api.id, contract)).collect();
    let overview = overview(&registry, &usage, &apis, Some(slug));
    let called: BTreeSet<String> = overview
        .partners
        .iter()
        .flat_map(|partner| partner.operations.iter().filter(|one| one.documented))
        .map(|one| key_of(&one.operation))
        .collect();
    let outlines = built.outlines(url, &|feed| called.is_empty() || called.contains(&key_of(&feed.address)));
    let title = project.config.site.title.clone().unwrap_or_else(|| "API".to_owned());
    Ok(opml(&title, &outlines))
}

fn said(path: &Path, written: Written) -> String {
    let Written { files, changed, removed } = written;
    format!("{}: {files} files, {changed} written, {removed} removed\n", spelt(&path.display().to_string()))
}

fn is_web_address(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none())
}
