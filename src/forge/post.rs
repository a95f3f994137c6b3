//! Writing a result: the status first, which is the gate, then labels, and last the comment, which people are told of.

use std::time::Duration;

use serde_json::json;

use super::calls::Purpose;
use super::clock::Clock;
use super::comment;
use super::labels;
use super::place::{Place, short};
use super::read::{self, Pull};
use super::session::Session;
use super::status;
use super::trouble::{Failure, Trouble, needed};
use crate::text::commands::{backslashed, disarmed};

/// What is to stand on the forge.
#[derive(Clone, Default, Debug)]
pub struct Posting {
    /// Which of several: the key of the comment, the context of the status.
    pub name: String,
    /// A comment in Markdown, if there is anything to say or to take back.
    pub comment: Option<String>,
    /// Whether the comment may be a new one; else only one that is there gets the text.
    pub create: bool,
    /// The last line of a comment that was too long, in the reader's language.
    pub cut: String,
    /// The labels, if any are managed.
    pub labels: Option<Labels>,
    /// The status of the commit.
    pub status: Option<Status>,
}

/// Labels of a pull request that are ours to set.
#[derive(Clone, Default, Debug)]
pub struct Labels {
    /// Those that it is to have.
    pub wanted: Vec<String>,
    /// Those that it loses where they are not wanted. Others are never touched.
    pub managed: Vec<String>,
}

/// The status of a commit.
#[derive(Clone, Debug)]
pub struct Status {
    /// What it says to the forge.
    pub state: State,
    /// What it says to people, cut to what the forge takes.
    pub description: String,
    /// Where more is to be read.
    pub target_url: Option<String>,
}

/// What a status says to the forge. GitLab hears no more than success and failure: it refuses to wait twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// The way is free.
    Success,
    /// People have to do something.
    Failure,
    /// It waits for its day.
    Pending,
    /// It could not be told.
    Error,
}

/// Whether anything is sent.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum DryRun {
    /// Everything.
    #[default]
    No,
    /// Nothing: each write is shown as for a pull request without comments and labels.
    All,
    /// Only what reads.
    Read,
}

/// On which terms a result is written.
#[derive(Clone)]
pub struct Terms<'a> {
    /// Whether anything is sent.
    pub dry_run: DryRun,
    /// The time for all of it.
    pub budget: Duration,
    /// The time for one request.
    pub patience: Duration,
    /// Whether the token may go over the network without encryption.
    pub insecure: bool,
    /// The account that writes, where the forge does not tell: that of a GitHub App.
    pub author: Option<String>,
    /// How time is measured and spent.
    pub clock: &'a dyn Clock,
}

impl<'a> Terms<'a> {
    /// A minute for all of it, a third of one for each request.
    pub fn new(clock: &'a dyn Clock) -> Self {
        let (budget, patience) = (Duration::from_secs(60), Duration::from_secs(20));
        Self { dry_run: DryRun::No, budget, patience, insecure: false, author: None, clock }
    }
}

/// What became of it. It says nothing of the decision, and cannot.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Outcome {
    /// What was done, or in a dry run would be, in its order.
    pub done: Vec<String>,
    /// What is worth knowing and no failure.
    pub notes: Vec<String>,
    /// What was asked for and is not there.
    pub failures: Vec<Failure>,
    /// How many requests changed something on the forge.
    pub writes: usize,
}

/// Nothing more is sent; why is told already.
pub(super) struct Stop;

/// Writes a result. Whatever happens on the way is in what comes back.
pub fn post(place: &Place, posting: &Posting, terms: &Terms) -> Outcome {
    if place.token.is_none() && terms.dry_run != DryRun::All {
        return told(place, without_token(place));
    }
    match Session::open(place, terms) {
        Ok(session) if place.number.is_none() && place.branch.is_some() => looked_up(session, posting, terms),
        Ok(mut session) => {
            let _stopped_or_not: Result<(), Stop> = all(&mut session, posting);
            told(place, session.out)
        }
        Err(failure) => told(place, Outcome { failures: vec![failure], ..Outcome::default() }),
    }
}

/// The same where the pull request has to be found first.
fn looked_up(mut session: Session, posting: &Posting, terms: &Terms) -> Outcome {
    let place = session.place;
    match number(&mut session) {
        Ok(Some(number)) => {
            let mut out = post(&Place { number: Some(number), ..place.clone() }, posting, terms);
            out.notes.splice(0..0, told(place, session.out).notes);
            out
        }
        Ok(None) => {
            let (branch, sha) = (place.branch.as_deref().unwrap_or_default(), short(&place.sha));
            session.note(format!("no open pull request of {branch} has {sha} as its head: nothing is posted"));
            told(place, session.out)
        }
        Err(Stop) => told(place, session.out),
    }
}

/// The number of the open pull request of the branch that has the commit as its head.
fn number(session: &mut Session) -> Result<Option<u64>, Stop> {
    if session.dry_run() == DryRun::All {
        session.note("a dry run that sends nothing does not look the pull request up");
        return Err(Stop);
    }
    let (sha, branch) = (&session.place.sha, json!(session.place.branch));
    let listed =
        session.pages(Purpose::PullsOfBranch, &[("branch", branch)], &|page| read::number(page, sha).is_some());
    let listed = settle(session, listed)?.ok_or(Stop)?;
    Ok(read::number(&listed, sha))
}

pub(super) fn without_token(place: &Place) -> Outcome {
    let names = place.kind.token_variables().join(", ");
    if place.fork {
        return Outcome { notes: vec![read_only()], ..Outcome::default() };
    }
    let failure = Failure::new(format!("there is no token for {}", place.host()), format!("set one of {names}"));
    Outcome { failures: vec![failure], ..Outcome::default() }
}

fn read_only() -> String {
    "read-only token (a fork's or a bot's run): nothing is posted from here, but by the job that `preavis init` writes \
     for it, if it is installed"
        .to_owned()
}

/// Every line without the token and without commands to CI, whatever a server put there.
pub(super) fn told(place: &Place, mut out: Outcome) -> Outcome {
    let clean = |text: &mut String| {
        let hidden = place.token.as_ref().map_or_else(|| text.clone(), |token| token.hidden_in(text));
        *text = disarmed(&hidden, backslashed).into_owned();
    };
    out.done.iter_mut().for_each(clean);
    out.notes.iter_mut().for_each(clean);
    for failure in &mut out.failures {
        clean(&mut failure.what);
        clean(&mut failure.way_out);
    }
    out
}

fn all(session: &mut Session, posting: &Posting) -> Result<(), Stop> {
    let place = session.place;
    let asked = place.number.is_some() && !place.queue;
    let pull = if asked {
        let pull = pull(session);
        settle(session, pull)?
    } else {
        None
    };
    let name = place.pull_name();
    let state = pull.as_ref().map(|pull| pull.state);
    if let Some(status) = posting.status.as_ref().filter(|_| state.is_none_or(|state| state == read::State::Open)) {
        let result = status::set(session, &posting.name, status);
        settle(session, result)?;
    }
    let Some(pull) = pull else { return Ok(()) };
    if pull.state != read::State::Open {
        session.note(format!("{name} is closed: nothing new is posted"));
    }
    if pull.head != place.sha {
        session.note(newer(&pull, place));
        return Ok(());
    }
    if let Some(labels) = posting.labels.as_ref().filter(|_| pull.state == read::State::Open) {
        labels::set(session, &pull, labels).or_else(|trouble| settle(session, Err::<(), _>(trouble)).map(drop))?;
    }
    if pull.state != read::State::Merged && posting.comment.is_some() {
        let create = posting.create && pull.state == read::State::Open;
        let result = comment::set(session, &Posting { create, ..posting.clone() });
        settle(session, result)?;
    }
    Ok(())
}

/// That the result is one for a commit that is no longer the head.
pub(super) fn newer(pull: &Pull, place: &Place) -> String {
    let (name, now, own) = (place.pull_name(), short(&pull.head), short(&place.sha));
    format!(
        "{name} is now at {now}; this result is for {own}, so that its labels and comment are left to the newer run"
    )
}

/// The pull request now; in a dry run without reading an open one that has nothing.
pub(super) fn pull(session: &mut Session) -> Result<Pull, Trouble> {
    if session.dry_run() == DryRun::All {
        return Ok(Pull { head: session.place.sha.clone(), state: read::State::Open, labels: Vec::new() });
    }
    let answer = session.ask(Purpose::Pull, &[])?;
    needed(read::pull(session.place.kind, &answer.body), "the head, state and labels of a pull request")
}

/// Tells what went wrong with one part. The others are written all the same, unless they would meet the same.
pub(super) fn settle<T>(session: &mut Session, result: Result<T, Trouble>) -> Result<Option<T>, Stop> {
    let trouble = match result {
        Ok(value) => return Ok(Some(value)),
        Err(trouble) => trouble,
    };
    if session.place.fork && trouble.is_permission() {
        session.note(read_only());
        return Err(Stop);
    }
    let failure = trouble.failure(session.place);
    session.out.failures.push(failure);
    if trouble.is_final() { Err(Stop) } else { Ok(None) }
}
