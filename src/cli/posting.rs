//! What a command writes to the forge that CI runs for. What was decided is never changed by it: whatever fails on the way is
//! told on standard error and comes back as values.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::ci;
use super::exit;
use super::surroundings::Surroundings;
use crate::config::Labels;
use crate::forge::{
    self, DryRun, Failure, Kind, Place, Posting, State, Status, Stopwatch, Terms, Waiting, detect, post,
};
use crate::gate::Decision;
use crate::gate::show::{self, CheckReport};
use crate::text::{Lang, word};

/// Where a result is written, and how.
#[derive(Args, Clone, Debug)]
pub(super) struct PostArgs {
    /// Show each request instead of sending it; with `=read` those that only read are sent
    #[arg(long, value_enum, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    dry_run: Option<Dry>,
    /// The forge [default: the one that CI runs for]
    #[arg(long, value_parser = kind())]
    forge: Option<Kind>,
    /// Which of several results on one pull request: the key of the comment, the context of the status
    #[arg(long, default_value = "preavis", value_name = "NAME")]
    name: String,
    /// The account that writes, for the token of a GitHub App
    #[arg(long, value_name = "LOGIN")]
    author: Option<String>,
    /// Send the token over the network without encryption
    #[arg(long)]
    insecure_forge: bool,
}

/// Whether a result is written to a forge.
#[derive(Args, Clone, Debug)]
pub(super) struct WriteArgs {
    /// Write the result to the pull request: a comment, labels, the status of its commit
    #[arg(long)]
    pub(super) post: bool,
    /// Exit with 2 where it could not be written
    #[arg(long, requires = "post")]
    pub(super) post_required: bool,
    #[command(flatten)]
    pub(super) to: PostArgs,
}

/// What a dry run leaves out.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Dry {
    /// Every request
    All,
    /// What writes
    Read,
}

fn kind() -> impl TypedValueParser<Value = Kind> {
    let find = |name: String| Kind::ALL.into_iter().find(|kind| kind.name() == name);
    PossibleValuesParser::new(Kind::ALL.map(Kind::name)).map(move |name| find(name).unwrap_or(Kind::GitHub))
}

/// Writes a result; its name is that of the arguments. What was asked for and is not there comes back. A status is of the
/// commit that was judged, where one is named.
pub(super) fn write(
    args: &PostArgs,
    posting: Posting,
    judged: Option<&str>,
    surroundings: &Surroundings,
) -> Vec<Failure> {
    let failures = match place(args, surroundings) {
        Ok(place) if judged.is_some_and(|commit| commit != place.sha) => vec![Failure {
            what: format!("the commit that was judged is not that of the pull request, {}", place.sha),
            way_out: "let the job fetch and judge the head of the run that it follows".to_owned(),
        }],
        Ok(place) => send(args, &place, &Posting { name: args.name.clone(), ..posting }),
        Err(failure) => vec![failure],
    };
    tell(&failures);
    failures
}

/// What is to stand on the forge of a result. Only what was judged here sets status and labels.
pub(super) fn of(said: &CheckReport, judged: Option<(&CheckReport, &Labels)>, options: &show::Options) -> Posting {
    Posting {
        comment: Some(show::render(said, show::Format::Markdown, options)),
        create: said.summary.breaking + said.summary.risky > 0 || said.decision != Decision::Open,
        cut: word(options.lang, "post", "cut").to_owned(),
        labels: judged.map(|(report, labels)| labelled(report, labels, options.lang)),
        status: judged.map(|(report, _)| Status {
            state: state(report),
            description: show::status(report, options.lang),
            target_url: None,
        }),
        ..Posting::default()
    }
}

/// What waits for its day alone is pending; it turns green by itself.
fn state(report: &CheckReport) -> State {
    match report.decision {
        Decision::Open => State::Success,
        Decision::Unknown => State::Error,
        Decision::Closed if report.is_waiting() => State::Pending,
        Decision::Closed => State::Failure,
    }
}

fn labelled(report: &CheckReport, labels: &Labels, lang: Lang) -> forge::Labels {
    let named = |name: &Option<String>, key: &str| name.clone().unwrap_or_else(|| word(lang, "post", key).to_owned());
    let communication = named(&labels.needs_communication, "needs-communication");
    let blocked = named(&labels.blocked, "blocked");
    let is_gated = report.apis.iter().flat_map(|api| &api.changes).any(|change| change.gated.is_some());
    let mut wanted = Vec::new();
    if is_gated {
        wanted.push(communication.clone());
    }
    if report.decision != Decision::Open {
        wanted.push(blocked.clone());
    }
    forge::Labels { wanted, managed: vec![communication, blocked] }
}

/// The same for a pull request that is known.
pub(super) fn write_at(args: &PostArgs, place: &Place, posting: Posting) -> Vec<Failure> {
    let failures = send(args, place, &Posting { name: args.name.clone(), ..posting });
    tell(&failures);
    failures
}

/// The pull requests whose last status waits; `None` where they cannot be had, which is told.
pub(super) fn waiting(args: &PostArgs, surroundings: &Surroundings) -> Option<(Place, Vec<Waiting>)> {
    let clock = Stopwatch::start();
    let asked = place(args, surroundings).map(|place| {
        let (waiting, outcome) = forge::waiting(&place, &args.name, &terms(args, &clock));
        exit::note(&outcome.notes);
        (place, waiting, outcome.failures)
    });
    let (found, failures) = match asked {
        Ok((place, waiting, failures)) => (Some((place, waiting)), failures),
        Err(failure) => (None, vec![failure]),
    };
    tell(&failures);
    found.filter(|_| failures.is_empty())
}

/// What was asked for and is not there, on standard error.
fn tell(failures: &[Failure]) {
    exit::warn(failures.iter().map(|failure| format!("{}: {}", failure.what, failure.way_out)));
}

fn terms<'a>(args: &PostArgs, clock: &'a Stopwatch) -> Terms<'a> {
    let dry_run = match args.dry_run {
        None => DryRun::No,
        Some(Dry::All) => DryRun::All,
        Some(Dry::Read) => DryRun::Read,
    };
    Terms { dry_run, insecure: args.insecure_forge, author: args.author.clone(), ..Terms::new(clock) }
}

fn send(args: &PostArgs, place: &Place, posting: &Posting) -> Vec<Failure> {
    let clock = Stopwatch::start();
    let outcome = post(place, posting, &terms(args, &clock));
    exit::note(outcome.done.iter().chain(&outcome.notes));
    outcome.failures
}

fn place(args: &PostArgs, surroundings: &Surroundings) -> Result<Place, Failure> {
    let event = ci::event(surroundings);
    match detect(&surroundings.variable, event.as_deref(), args.forge) {
        Ok(Some(place)) => Ok(place),
        Ok(None) => Err(Failure {
            what: "no forge is known here, so that nothing is posted".to_owned(),
            way_out: "run inside a job of GitHub, GitLab, Forgejo or Gitea, or name the one whose variables are set (--forge)"
                .to_owned(),
        }),
        Err(error) => Err(Failure { what: error.to_string(), way_out: error.advice() }),
    }
}
