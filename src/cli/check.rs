//! `preavis check`: may this be merged, or may it ship; one result, said in as many formats as asked for.

use std::cell::OnceCell;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use super::args::{Color, Common};
use super::ci;
use super::exit::Exit;
use super::judging;
use super::output::{self, Form};
use super::overrides;
use super::posting::{self, WriteArgs};
use super::recheck;
use super::session;
use super::surroundings::Surroundings;
use crate::config::Labels;
use crate::gate::show::{self, CheckReport, Format};
use crate::gate::{Check, Decision, Question};
use crate::project::{CheckRequest, Project};

const EXITS: &str = "\
Exit codes:
  0  open
  1  closed
  2  could not tell";

/// `preavis check`
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[derive(Args, Debug)]
#[command(after_help = EXITS)]
pub(super) struct CheckArgs {
    /// The branch to merge into, from whose merge base it is compared; with `--release` what production runs; or a document
    /// [default: the branch that CI names, else the default branch; with `--release` the configuration's `production`]
    pub(super) base: Option<String>,
    /// What is to be merged, or to ship [default: the work tree; with `--release` the configuration's `next`]
    pub(super) head: Option<String>,
    /// Ask whether it may ship, and if not today, on which day
    #[arg(long)]
    pub(super) release: bool,
    /// List what went without the notice that partners are owed, by quarter, and ask nothing
    #[arg(long, conflicts_with_all = ["base", "head", "release", "report", "post", "output"])]
    pub(super) overrides: bool,
    /// Judge again the pull requests whose status waits for its day, and write what is decided now
    #[arg(long, conflicts_with_all = ["base", "head", "release", "report", "post", "output", "overrides"])]
    pub(super) recheck: bool,
    /// The document, from the root of the repository; may be repeated [default: those of the configuration, else all
    /// that are found]
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Vec<String>,
    /// The day of the judgement [default: today, in the time zone of the calendar]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    /// Fetch what a document behind a URL references on the same server
    #[arg(long)]
    pub(super) allow_remote_refs: bool,
    /// The format
    #[arg(long, default_value = "text", value_parser = format())]
    pub(super) format: Format,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Write in a format to a file, too; may be repeated
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report)]
    pub(super) report: Vec<(Format, PathBuf)>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
    #[command(flatten)]
    pub(super) common: Common,
}

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::names()).try_map(|name| name.parse::<Format>())
}

fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("write it like json=report.json")?;
    let format = format.parse::<Format>().map_err(|error| error.to_string())?;
    if file.is_empty() { Err("the file is missing".to_owned()) } else { Ok((format, file.into())) }
}

impl CheckArgs {
    fn question(&self) -> Question {
        if self.release { Question::Release } else { Question::Merge }
    }
}

pub(super) fn run(args: &CheckArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    if args.overrides {
        return overrides::run(&args.common, surroundings, out);
    }
    if args.recheck {
        return recheck::run(args, surroundings, out);
    }
    let options = options(args, surroundings);
    let checked = checked(args, surroundings);
    let said = |options: &show::Options| match &checked {
        Ok((check, _)) => CheckReport::of(check, options),
        Err(error) => judging::unknown(error, args.question(), args.today, surroundings),
    };
    // Others read files, and what a job hands on.
    let others = show::Options { color: false, width: 0, wrap: false, named: false, ..options };
    let public = OnceCell::new();
    let public = || public.get_or_init(|| said(&others));
    if ci::is_asked(surroundings) {
        ci::hand_on(public(), &others, surroundings);
    }
    let files = session::files(&args.common, surroundings)?;
    for (format, file) in &args.report {
        output::put(&files, Some(file), out, (Form::from(*format), &show::render(public(), *format, &others)))?;
    }
    let labels = checked.as_ref().map(|(_, labels)| labels.clone()).unwrap_or_default();
    let unposted = args.write.post && !posted(args, public(), &labels, &others, surroundings);
    let report = said(&options);
    checked?;
    if args.output.is_some() || !args.quiet {
        let text = show::render(&report, args.format, &options);
        output::put(&files, args.output.as_deref(), out, (Form::from(args.format), &text))?;
    }
    Ok(if unposted && args.write.post_required { Exit::CouldNotTell } else { exit(report.decision) })
}

/// Writes the result to the forge; whether all of it is there. It never changes the decision.
fn posted(
    args: &CheckArgs,
    report: &CheckReport,
    labels: &Labels,
    options: &show::Options,
    surroundings: &Surroundings,
) -> bool {
    posting::write(&args.write.to, posting::of(report, Some((report, labels)), options), None, surroundings).is_empty()
}

fn checked(args: &CheckArgs, surroundings: &Surroundings) -> anyhow::Result<(Check, Labels)> {
    let mut project = session::open(&args.common, surroundings)?;
    project.resolver.allow_remote_refs = args.allow_remote_refs;
    let request = request(args, &project, surroundings)?;
    let check = project.check(&request)?;
    Ok((check, project.config.gate.labels.clone()))
}

fn request(args: &CheckArgs, project: &Project, surroundings: &Surroundings) -> anyhow::Result<CheckRequest> {
    Ok(CheckRequest {
        base: args.base.clone(),
        head: args.head.clone(),
        question: args.question(),
        today: args.today,
        now: surroundings.now.as_second(),
        specs: project.paths(&args.spec)?,
        ci: ci::base(surroundings, args.base.is_some())?,
        own_config: args.common.config.is_some(),
    })
}

fn options(args: &CheckArgs, surroundings: &Surroundings) -> show::Options {
    let color = match args.common.color {
        Color::Auto => surroundings.colored && args.output.is_none(),
        Color::Always => true,
        Color::Never => false,
    };
    let named = surroundings.private && args.output.is_none();
    let lang = session::lang(&args.common, surroundings);
    let options = show::Options { lang, color, named, ..show::Options::default() };
    match surroundings.width.filter(|_| args.output.is_none()) {
        Some(width) => show::Options { width, wrap: true, ..options },
        None => options,
    }
}

fn exit(decision: Decision) -> Exit {
    match decision {
        Decision::Open => Exit::Clear,
        Decision::Closed => Exit::Closed,
        Decision::Unknown => Exit::CouldNotTell,
    }
}
