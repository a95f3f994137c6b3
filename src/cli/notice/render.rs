//! `preavis notice render`: one notice, a digest of a period, or what changed since the version a partner is on.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::super::args::Common;
use super::super::exit::{self, Exit};
use super::super::output;
use super::super::session;
use super::super::surroundings::Surroundings;
use crate::notice::message::{Format, Variant};
use crate::project::{Messages, Said, Wanted};

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
