//! `preavis notice render`: one notice, a digest of a period, or what changed since the version a partner is on.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::super::args::Common;
use super::super::exit::{self, Exit};
use super::super::output::{self, Form};
use super::super::session;
use super::super::surroundings::Surroundings;
use crate::notice::message::{Format, Variant};
use crate::project::{LIST, Messages, Project, Said, Wanted};
use crate::text::spelt;

/// `preavis notice render`
#[derive(Args, Debug)]
pub(in crate::cli) struct RenderArgs {
    /// The id of the notice
    #[arg(value_name = "ID", required_unless_present_any = ["digest", "since"], conflicts_with_all = ["digest", "since"])]
    pub(super) id: Option<String>,
    /// Several notices at once, those of a period: `2023-02-06..2023-02-13`
    #[arg(long, value_name = "FROM..TO", value_parser = period, conflicts_with = "since")]
    pub(super) digest: Option<(Date, Date)>,
    /// What is different from this version to what production runs, whatever came and went in between
    #[arg(long, value_name = "REF")]
    pub(super) since: Option<String>,
    /// A message for each partner whom the notice concerns, in its language, and the list of who gets what and why
    /// (_recipients.md, _recipients.json); the list names partners, no message names another than its reader
    #[arg(long, requires_all = ["id", "out"], conflicts_with_all = ["partner", "to", "output", "digest", "since"])]
    pub(super) all: bool,
    /// With --all: the folder of the messages, named SLUG.ENDING; new or empty, and written as a whole or not at all
    #[arg(long, value_name = "DIR", requires = "all")]
    pub(super) out: Option<PathBuf>,
    /// Whom it is for, the slug of a partner [default: everyone]
    #[arg(long, value_name = "SLUG")]
    pub(super) partner: Option<String>,
    /// The recipient of a mail; addresses stay out of the repository
    #[arg(long, value_name = "ADDRESS")]
    pub(super) to: Option<String>,
    /// The format: md, html, text, eml, ics, or context (the JSON that templates see)
    #[arg(long, default_value = "md")]
    pub(super) format: Format,
    /// What the message does: announcement, reminder, correction, postponement, cancellation, shipped or emergency
    /// [default: what fits the day and the state]
    #[arg(long = "as", value_name = "VARIANT")]
    pub(super) variant: Option<Variant>,
    /// The ref that production runs [default: the configuration's, else the default branch]
    #[arg(long, value_name = "REF")]
    pub(super) production: Option<String>,
    /// Write to a file instead of standard output; it is replaced at once or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The day it is written; mails bear 08:00 UTC, and production stays as --production has it [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    #[command(flatten)]
    pub(super) common: Common,
}

fn period(text: &str) -> Result<(Date, Date), String> {
    let days = text.split_once("..").and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    days.filter(|(from, to): &(Date, Date)| from <= to).ok_or_else(|| "write it like 2023-02-06..2023-02-13".to_owned())
}

pub(super) fn run(args: &RenderArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let wanted = Wanted {
        partner: args.partner.as_deref(),
        lang: args.common.lang,
        format: args.format,
        variant: args.variant,
        to: args.to.as_deref(),
        production: args.production.as_deref(),
        today: args.today.unwrap_or(surroundings.today),
    };
    if let (Some(id), Some(folder)) = (&args.id, args.out.as_deref().filter(|_| args.all)) {
        return each((&project, wanted), id, folder, out);
    }
    let (messages, warning) = Messages::open(&project, wanted)?;
    exit::warn(warning);
    let said = match (&args.id, args.digest, &args.since) {
        (Some(id), ..) => messages.notice(id)?,
        (None, Some(period), _) => messages.digest(period)?,
        (None, None, Some(since)) => messages.since(since)?,
        (None, None, None) => Said::default(),
    };
    exit::warn(said.warnings);
    if let Some(text) = said.text {
        output::put(&project.files, args.output.as_deref(), out, (args.format.into(), &text))?;
    }
    Ok(Exit::Clear)
}

/// A message for each partner, and the list of who gets what.
fn each(
    (project, wanted): (&Project, Wanted<'_>),
    id: &str,
    folder: &Path,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let (mut messages, warning) = Messages::to_each(project, wanted)?;
    exit::warn(warning);
    let mailing = messages.mailing(id)?;
    exit::warn(mailing.warnings);
    let (told, all) = (mailing.files.len(), mailing.list.partners.len());
    let mut files: Vec<(String, Form, String)> =
        mailing.files.into_iter().map(|(name, text)| (name, wanted.format.into(), text)).collect();
    files.push((format!("{LIST}.md"), Form::Text, mailing.list.markdown(project.lang)));
    files.push((format!("{LIST}.json"), Form::Data, mailing.list.json()));
    output::fill(&project.files, folder, &files)?;
    let shown = spelt(&folder.display().to_string()).into_owned();
    let said = format!("{shown}: messages for {told} of {all} partners; {LIST}.md says who gets what and why\n");
    output::write(out, Form::Text, &said)?;
    Ok(Exit::Clear)
}
