//! `preavis notice render`: one notice, a digest of a period, or what changed since the version a partner is on.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::args::Common;
use super::super::error::CliError;
use super::super::exit::{self, Exit};
use super::super::output;
use super::super::session;
use super::super::surroundings::Surroundings;
use super::{net, placed};
use crate::notice::{Ledger, Notice, Standing};
use crate::project::{Production, Project, Reader, Warning, covered, facts_path};
use crate::render::draft;
use crate::render::notice::{
    self, Digest, DigestInput, Envelope, Format, Input, Layouts, Medium, Variant, digest, digest_letter,
};
use crate::report::Report;

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

/// What every kind of message is made with.
pub(super) struct Desk<'a> {
    pub(super) args: &'a RenderArgs,
    pub(super) project: &'a Project,
    pub(super) ledger: Ledger,
    pub(super) production: Production<'a>,
    pub(super) reader: Reader,
    pub(super) layouts: Layouts,
    pub(super) today: Date,
}

pub(super) fn run(args: &RenderArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let (layouts, mut warnings) = project.layouts().map(|(layouts, warning)| (layouts, Vec::from_iter(warning)))?;
    let production = Production::read(&project, args.production.as_deref())?;
    let desk = Desk {
        args,
        ledger: production.notices()?,
        production,
        reader: Reader::open(&project, args.partner.as_deref(), args.common.lang)?,
        layouts,
        today: args.today.unwrap_or(surroundings.today),
        project: &project,
    };
    let said = match (&args.id, args.digest, &args.since) {
        (Some(id), ..) => desk.one(id),
        (None, Some(period), _) => desk.digest(period),
        (None, None, Some(since)) => net::render(&desk, since),
        (None, None, None) => Ok(Said::default()),
    };
    let said = said.map_err(|error| placed(&project, error))?;
    warnings.extend(said.warnings);
    exit::warn(warnings);
    if let Some(text) = said.text {
        output::put(&project, args.output.as_deref(), out, &text)?;
    }
    Ok(Exit::Clear)
}

/// A message, if there is one to send, and what is odd about it.
#[derive(Default)]
pub(super) struct Said {
    text: Option<String>,
    warnings: Vec<Warning>,
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self { text: Some(text), warnings: Vec::new() }
    }
}

impl From<Warning> for Said {
    fn from(warning: Warning) -> Self {
        Self { text: None, warnings: vec![warning] }
    }
}

/// What is known of a notice: the changes it covers, and those with what came beside them.
struct Facts {
    covered: Report,
    whole: Report,
}

impl Desk<'_> {
    /// One notice; nothing where a reader it does not concern asks for what is sent.
    fn one(&self, id: &str) -> anyhow::Result<Said> {
        let notice = self.ledger.find(id).ok_or_else(|| CliError::NoSuchNotice {
            id: id.to_owned(),
            known: self.ledger.notices.iter().map(|notice| notice.front.id.clone()).collect(),
        })?;
        let strangers = self.reader.strangers(&notice.front).into_iter();
        let mut warnings: Vec<Warning> =
            strangers.map(|slug| Warning::Stranger { path: notice.path.clone(), slug: slug.to_owned() }).collect();
        let facts = self.facts(notice)?;
        let concern = self.reader.concern(self.project, &notice.front.audience, &facts.covered);
        if !concern.touched {
            let mut said = self.nothing(&concern.said(self.reader.lang));
            warnings.append(&mut said.warnings);
            return Ok(Said { warnings, ..said });
        }
        if notice.front.announced_on.is_none() {
            warnings.push(Warning::Draft { id: id.to_owned() });
        }
        let notice = &Self::narrowed(notice, &facts, &concern.facts);
        let standing = self.standing(notice);
        let view = notice::view(&Input {
            notice,
            facts: &concern.facts,
            standing: Some(&standing),
            variant: self.args.variant.unwrap_or_else(|| Variant::fitting(notice, Some(&standing), self.today)),
            partner: self.reader.addressee(),
            why: &concern.why,
            lang: self.reader.lang,
            today: self.today,
            site: &self.project.config.site,
            mail: &self.project.config.mail,
        });
        let text = notice::render(&view, self.args.format, &self.layouts, &self.envelope()?)?;
        Ok(Said { text: Some(text), warnings })
    }

    /// The notices of a period that concern the reader.
    fn digest(&self, (from, to): (Date, Date)) -> anyhow::Result<Said> {
        let mut found: Vec<(Notice, Report, Standing)> = Vec::new();
        for notice in self.ledger.notices.iter().filter(|notice| notice.front.announced_on.is_some()) {
            let facts = self.facts(notice)?;
            let concern = self.reader.concern(self.project, &notice.front.audience, &facts.covered);
            if concern.touched {
                let mine = Self::narrowed(notice, &facts, &concern.facts);
                let standing = self.standing(&mine);
                found.push((mine, concern.facts, standing));
            }
        }
        let notices: Vec<Digest<'_>> =
            found.iter().map(|(notice, facts, standing)| Digest { notice, facts, standing }).collect();
        let title = self.title(found.iter().map(|(_, facts, _)| facts));
        let view = digest(&DigestInput {
            notices: &notices,
            title: &title,
            partner: self.reader.addressee(),
            from,
            to,
            lang: self.reader.lang,
            site: &self.project.config.site,
            mail: &self.project.config.mail,
        });
        let Some(view) = view else { return Ok(Warning::EmptyDigest.into()) };
        Ok(Said::from(match self.args.format {
            Format::Md => self.layouts.digest(Medium::Md, &view)?,
            Format::Html => self.layouts.digest(Medium::Html, &view)?,
            Format::Text => self.layouts.digest(Medium::Text, &view)?,
            Format::Eml => digest_letter(&view, &self.layouts, &self.envelope()?)?,
            Format::Context => serde_json::to_string_pretty(&view)? + "\n",
            Format::Ics => return Err(CliError::NoCalendar.into()),
        }))
    }

    /// What a notice covers, all of it: the facts beside it, else what production's history says of it. Of a change that
    /// is not known nobody can be told that it is nothing for them.
    fn facts(&self, notice: &Notice) -> anyhow::Result<Facts> {
        let covers = &notice.front.covers;
        let unknown = |facts: &Report| {
            let known = |id: &str| facts.apis.iter().flat_map(|api| &api.changes).any(|it| it.fingerprint == id);
            covers.iter().find(|id| !known(id)).cloned()
        };
        let written = self.production.written(notice)?;
        let lacking = written.as_ref().map_or(covers.first().cloned(), unknown);
        if let (Some(whole), None) = (&written, &lacking) {
            return Ok(Facts { covered: covered(notice, whole), whole: whole.clone() });
        }
        let found = self.production.facts(covers).filter(|found| unknown(found).is_none());
        let covered = found.ok_or_else(|| CliError::NoFacts {
            path: notice.path.clone(),
            fingerprint: lacking.unwrap_or_default(),
            facts: facts_path(notice),
        })?;
        Ok(Facts { whole: written.unwrap_or_else(|| covered.clone()), covered })
    }

    /// The notice with what concerns its reader only, so that its state is that of what they see.
    fn narrowed(notice: &Notice, facts: &Facts, told: &Report) -> Notice {
        let mut mine = draft::narrowed(notice, (&facts.whole, &facts.covered), told);
        let ids: Vec<&String> =
            told.apis.iter().flat_map(|api| &api.changes).map(|change| &change.fingerprint).collect();
        mine.front.covers.retain(|id| ids.contains(&id));
        if mine.front.covers.is_empty() {
            mine.front.covers.clone_from(&notice.front.covers);
        }
        mine
    }

    fn standing(&self, notice: &Notice) -> Standing {
        Standing::of(notice, &|id| self.production.shipped(&self.ledger, notice, id))
    }

    /// What a reader is told whom nothing concerns: said where people read, kept out of what is sent.
    pub(super) fn nothing(&self, said: &str) -> Said {
        if matches!(self.args.format, Format::Md | Format::Text) {
            return Said::from(format!("{said}\n"));
        }
        Warning::NothingToSend { said: said.to_owned() }.into()
    }

    /// The site's title, else that of the first API spoken of.
    pub(super) fn title<'r>(&self, mut facts: impl Iterator<Item = &'r Report>) -> String {
        let named = self.project.config.site.title.clone();
        let first = || facts.find_map(|facts| facts.apis.first().map(|api| api.title.clone()));
        named.or_else(first).unwrap_or_else(|| "API".to_owned())
    }

    pub(super) fn envelope(&self) -> anyhow::Result<Envelope<'_>> {
        let at: Timestamp = format!("{}T08:00:00Z", self.today).parse()?;
        let (mail, site) = (&self.project.config.mail, &self.project.config.site);
        Ok(Envelope { to: self.args.to.as_deref(), mail, site, at })
    }
}
