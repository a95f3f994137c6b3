//! What goes wrong with one call, in words, and the way out of it.

use super::calls::Purpose;
use super::place::{Kind, Place, short};
use super::wire::GITHUB_VERSION;

/// Something that was asked for and could not be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// What is not there, and why.
    pub what: String,
    /// What to do about it.
    pub way_out: String,
}

impl Failure {
    pub(super) fn new(what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { what: what.into(), way_out: way_out.into() }
    }
}

/// Why a call is not done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Trouble {
    /// The server understood and will not.
    Refused { purpose: Purpose, status: u16, message: String },
    /// Too many requests, and no time to wait until there may be more.
    Limited { until: String },
    /// Nothing came, or only excuses, the last with this status.
    Unreachable { tries: u32, status: Option<u16>, cause: String },
    /// The same of a comment, which may be there all the same.
    Unsure { cause: String },
    /// It is no answer of this forge.
    Odd(String),
    /// What was written is not what is there.
    Altered(Purpose),
    /// A name that no call can carry.
    Unnameable(String),
    /// What others do to the same comment never ends.
    Restless(String),
}

impl Trouble {
    /// True where any further call would meet the same.
    pub(super) fn is_final(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status == 401,
            Self::Limited { .. } | Self::Unreachable { .. } | Self::Unsure { .. } | Self::Odd(_) => true,
            Self::Altered(_) | Self::Unnameable(_) | Self::Restless(_) => false,
        }
    }

    /// True where the token is what is wanting: of a fork's run that is expected.
    pub(super) fn is_permission(&self) -> bool {
        matches!(self, Self::Refused { status: 401 | 403, message, .. } if !is_locked(message))
    }

    pub(super) fn failure(&self, place: &Place) -> Failure {
        let host = place.host();
        match self {
            Self::Refused { purpose, status, message } => refused(place, *purpose, *status, message),
            Self::Limited { until } => Failure::new(
                format!("{host} takes no more requests until {until}"),
                "run the job again then: what was decided stays as it is",
            ),
            Self::Unreachable { tries, cause, .. } => Failure::new(
                format!("{host} could not be reached ({tries} tries): {cause}"),
                "run the job again: what was decided stays as it is",
            ),
            Self::Unsure { cause } => Failure::new(
                format!("whether {host} took the comment is not known: {cause}"),
                "run the job again: what was decided stays as it is",
            ),
            Self::Odd(what) => Failure::new(
                format!("{host} {what}"),
                format!("check that {} is the address of its API, and that no proxy answers for it", place.api),
            ),
            Self::Altered(_) => Failure::new(
                format!("{host} shows another text than the one that was sent"),
                "read the result in the job's own output, and report this with the comment's text",
            ),
            Self::Unnameable(name) => {
                Failure::new(format!("{host} cannot have a label named {name:?}"), "give the label another name")
            }
            Self::Restless(what) => Failure::new(what.clone(), "run the job again once the others have ended"),
        }
    }
}

fn is_locked(message: &str) -> bool {
    let message = message.to_lowercase();
    message.contains("locked") || message.contains("archived")
}

/// What every answer of its kind has.
pub(super) fn needed<T>(value: Option<T>, what: &str) -> Result<T, Trouble> {
    value.ok_or_else(|| Trouble::Odd(format!("answered without {what}")))
}

/// True of an answer to a comment that is longer than the forge takes.
pub(super) fn is_too_long(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Refused { status: 400 | 413 | 422, message, .. } if message.contains("too long"))
}

/// True of a token that may set labels and may not create them.
pub(super) fn is_label_creation(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Refused { status: 403, message, .. } if message.contains("create labels"))
}

fn refused(place: &Place, purpose: Purpose, status: u16, message: &str) -> Failure {
    let (host, pull) = (place.host(), place.pull_name());
    let variable = place.token.as_ref().map_or("the environment", |token| token.variable());
    let said = if message.is_empty() { String::new() } else { format!(" ({message})") };
    match (status, purpose) {
        (401, _) => Failure::new(
            format!("401 from {host}: the token in {variable} is refused or has expired{said}"),
            format!("put a token that is valid for {host} into {variable}"),
        ),
        (403 | 423, _) if is_locked(message) || status == 423 => Failure::new(
            format!("{pull} is locked or archived{said}"),
            "unlock it, or read the result in the job's own output",
        ),
        (403, _) => Failure::new(
            format!("the token in {variable} may not {}{said}", deed(purpose)),
            permission(place.kind, purpose),
        ),
        (404, Purpose::Pull) => Failure::new(
            format!("{host} has no pull request {pull} that this token may see"),
            format!("let the token in {variable} read {}, or correct {}", place.repository, origin(place.kind)),
        ),
        (410, _) if message.to_lowercase().contains("version") => {
            Failure::new(format!("{host} no longer serves version {GITHUB_VERSION} of its API"), "upgrade preavis")
        }
        (404 | 422 | 500, Purpose::SetStatus) => Failure::new(
            format!("{host} takes no status for commit {}{said}", short(&place.sha)),
            "push the commit; of one commit GitHub takes a thousand statuses of one name",
        ),
        _ => Failure::new(
            format!("{host} answered {status} where preavis wanted to {}{said}", deed(purpose)),
            "run the job again, and report it if it happens again",
        ),
    }
}

/// What a call does, behind "may not" and "wanted to".
fn deed(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::User => "ask whose token it is",
        Purpose::Pull => "read the pull request",
        Purpose::PullsOfBranch | Purpose::OpenPulls => "list pull requests",
        Purpose::Comments => "read comments",
        Purpose::AddComment | Purpose::EditComment | Purpose::RemoveComment => "write comments",
        Purpose::AddLabels | Purpose::RemoveLabel | Purpose::ChangeLabels => "set labels",
        Purpose::RepositoryLabels => "read labels",
        Purpose::CreateLabel => "create labels",
        Purpose::Statuses => "read statuses",
        Purpose::SetStatus => "set statuses",
    }
}

fn permission(kind: Kind, purpose: Purpose) -> &'static str {
    match kind {
        Kind::GitHub if purpose == Purpose::CreateLabel => {
            "add `issues: write` to the job's `permissions`, or create the label once by hand"
        }
        Kind::GitHub => "add to the job: `permissions: {contents: read, pull-requests: write, statuses: write}`",
        Kind::GitLab => {
            "CI_JOB_TOKEN cannot write: create an access token of the project (or of an account for bots) with scope `api` \
             and role Developer, and give it to the job as the masked, unprotected variable GITLAB_TOKEN"
        }
        Kind::Forgejo => "let the token write repositories and issues: its scopes, or the job's `permissions` on Gitea",
    }
}

fn origin(kind: Kind) -> &'static str {
    match kind {
        Kind::GitHub | Kind::Forgejo => "GITHUB_REPOSITORY",
        Kind::GitLab => "CI_MERGE_REQUEST_PROJECT_ID",
    }
}
