//! Whose comments and statuses are ours.

use super::calls::Purpose;
use super::place::{Kind, Token};
use super::post::DryRun;
use super::read;
use super::session::Session;
use super::trouble::{Trouble, needed};

/// Whose comments are ours.
#[derive(Clone)]
pub(super) enum Author {
    /// The forge said so, or the user did.
    Known(String),
    /// What jobs are called whose token cannot ask.
    Assumed(&'static [&'static str]),
}

impl Author {
    pub(super) fn is(&self, login: &str) -> bool {
        match self {
            Self::Known(own) => own.eq_ignore_ascii_case(login),
            Self::Assumed(names) => names.contains(&login),
        }
    }
}

/// What jobs are called that write with their own token.
fn job(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::GitHub => &["github-actions[bot]"],
        Kind::Forgejo => &["forgejo-actions", "gitea-actions"],
        Kind::GitLab => &[],
    }
}

/// Asks the forge, where the token may: on GitHub that of a job may not, so its name is a constant there.
pub(super) fn found(session: &mut Session) -> Result<Author, Trouble> {
    let (kind, token) = (session.place.kind, session.place.token.as_ref());
    let asks = kind != Kind::GitHub || token.is_some_and(Token::is_personal);
    if !asks || session.dry_run() == DryRun::All {
        return Ok(Author::Assumed(job(kind)));
    }
    match session.ask(Purpose::User, &[]) {
        Ok(answer) => Ok(Author::Known(needed(read::login(&answer.body), "the name of a user")?)),
        Err(Trouble::Refused { status: 403 | 404, .. }) if !job(kind).is_empty() => Ok(Author::Assumed(job(kind))),
        Err(trouble) => Err(trouble),
    }
}
