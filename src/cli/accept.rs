//! `preavis accept`: lets a change through the gate, with a reason, until a day.

use std::fmt::Write as _;
use std::io::Write;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use super::args::Common;
use super::ci;
use super::exit::Exit;
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::gate::{Question, Why};
use crate::project::{AcceptRequest, CheckRequest, Project};
use crate::text::{self, Lang};

/// `preavis accept`
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct AcceptArgs {
    /// The fingerprints of what is let through, as `preavis check` shows them
    #[arg(value_name = "FINGERPRINT", required_unless_present_any = ["all", "prune"], conflicts_with = "all")]
    pub(super) fingerprints: Vec<String>,
    /// Let through the change of each fingerprint alone, not all that its entry speaks for
    #[arg(long, conflicts_with_all = ["all", "prune"])]
    pub(super) part: bool,
    /// Let through whatever is open now
    #[arg(long)]
    pub(super) all: bool,
    /// Remove acceptances that are used up: what they let through was merged, and has shipped
    #[arg(long, conflicts_with_all = ["fingerprints", "all", "reason", "release"])]
    pub(super) prune: bool,
    /// Why, in at least 20 characters, for whoever reads the file later
    #[arg(long, value_name = "TEXT", required_unless_present = "prune")]
    pub(super) reason: Option<String>,
    /// What kind of reason it is; `security` and `incident` go without the notice that partners are owed
    #[arg(long, default_value = "agreed", value_parser = kind())]
    pub(super) kind: Why,
    /// Who accepts
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// The last day on which it holds [default: 90 days from today]
    #[arg(long, value_name = "DATE")]
    pub(super) expires: Option<Date>,
    /// Where the incident is described; `security` and `incident` need it
    #[arg(long, value_name = "URL")]
    pub(super) incident: Option<String>,
    /// The branch to merge into [default: as `preavis check`]
    #[arg(long, value_name = "REF")]
    pub(super) base: Option<String>,
    /// What is to be merged [default: the work tree]
    #[arg(long, value_name = "REF", requires = "base")]
    pub(super) head: Option<String>,
    /// Let through what may not ship
    #[arg(long)]
    pub(super) release: bool,
    /// The document, from the root of the repository; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Vec<String>,
    /// The day it is written [default: today, in the time zone of the calendar]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    #[command(flatten)]
    pub(super) common: Common,
}

fn kind() -> impl TypedValueParser<Value = Why> {
    let find = |name: String| Why::ALL.into_iter().find(|kind| kind.as_str() == name);
    PossibleValuesParser::new(Why::ALL.map(Why::as_str)).map(move |name| find(name).unwrap_or(Why::Agreed))
}

pub(super) fn run(args: &AcceptArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut project = session::open(&args.common, surroundings)?;
    let question = CheckRequest {
        base: args.base.clone(),
        head: args.head.clone(),
        question: if args.release { Question::Release } else { Question::Merge },
        today: args.today,
        now: surroundings.now.as_second(),
        specs: project.paths(&args.spec)?,
        ci: ci::base(surroundings, args.base.is_some())?,
        own_config: args.common.config.is_some(),
    };
    if args.prune {
        return prune(&mut project, &question, out);
    }
    let request = AcceptRequest {
        fingerprints: args.fingerprints.clone(),
        part: args.part,
        kind: args.kind,
        reason: args.reason.clone().unwrap_or_default(),
        by: args.by.clone(),
        expires: args.expires,
        incident: args.incident.clone(),
    };
    // From here on, so that nobody else takes an id that is free now.
    let held = project.lock_notices()?;
    let accepted = project.acceptances(&question, &request)?;
    if accepted.files.is_empty() {
        output::write(out, Form::Text, "nothing is open: there is nothing to accept\n")?;
        return Ok(Exit::Clear);
    }
    project.create_acceptances(&accepted, &held)?;
    drop(held);
    let mut said = String::new();
    for file in &accepted.files {
        let (count, until) = (file.acceptance.covers.len() as u64, file.acceptance.expires);
        let changes = text::counted(Lang::En, "ui", "changes", count);
        let _ = writeln!(said, "wrote {} ({changes} of {}, until {until})", file.path, file.acceptance.api);
    }
    for notice in &accepted.notices {
        let _ = writeln!(said, "wrote {}.md ({}), what partners are told, and its facts", notice.stem, notice.id);
    }
    for id in &accepted.announced {
        let _ = writeln!(said, "{id} announces a later day: say why it ships sooner under `[emergency]` in it");
    }
    said.push_str("\nCommit it with the change; once that is merged, and has shipped, it answers nothing any more.\n");
    output::write(out, Form::Text, &said)?;
    Ok(Exit::Clear)
}

/// Removes what is used up.
fn prune(project: &mut Project, question: &CheckRequest, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let spent = project.spent_acceptances(question)?;
    let held = project.lock_notices()?;
    let mut said = String::new();
    for path in spent.iter().filter(|path| project.files.has(path).unwrap_or(false)) {
        project.files.remove(path)?;
        let _ = writeln!(said, "removed {path}");
    }
    drop(held);
    let said = if said.is_empty() { "no acceptance is used up\n" } else { said.as_str() };
    output::write(out, Form::Text, said)?;
    Ok(Exit::Clear)
}
