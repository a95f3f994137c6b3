//! The open pull requests whose last status waits for its day.

use serde_json::Value;

use super::calls::Purpose;
use super::place::{Kind, Place};
use super::post::{Outcome, State, Terms, settle, told, without_token};
use super::read;
use super::session::Session;
use super::status;
use super::trouble::Trouble;

/// An open pull request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Its number.
    pub number: u64,
    /// Its head.
    pub head: String,
    /// The branch that it goes to.
    pub base: String,
}

/// The open pull requests of a repository whose last status of a name, written by us, waits; on GitLab, which knows no
/// such state, those that failed. What could not be asked is in the outcome.
pub fn waiting(place: &Place, name: &str, terms: &Terms) -> (Vec<Waiting>, Outcome) {
    if place.token.is_none() {
        return (Vec::new(), told(place, without_token(place)));
    }
    let mut session = match Session::open(place, terms) {
        Ok(session) => session,
        Err(failure) => return (Vec::new(), told(place, Outcome { failures: vec![failure], ..Outcome::default() })),
    };
    let listed = open(&mut session);
    let Ok(Some(listed)) = settle(&mut session, listed) else { return (Vec::new(), told(place, session.out)) };
    let mut found = Vec::new();
    for pull in listed {
        let at = Place { number: Some(pull.number), sha: pull.head.clone(), ..place.clone() };
        let Ok(mut own) = Session::open(&at, terms) else { continue };
        match status::state(&mut own, name) {
            Ok(Some(state)) if waits(place.kind, state) => found.push(pull),
            Ok(_) => {}
            Err(trouble) => drop(settle(&mut session, Err::<(), _>(trouble))),
        }
    }
    (found, told(place, session.out))
}

fn waits(kind: Kind, state: State) -> bool {
    state == State::Pending || kind == Kind::GitLab && state == State::Failure
}

fn open(session: &mut Session) -> Result<Vec<Waiting>, Trouble> {
    let kind = session.place.kind;
    let listed = session.pages(Purpose::OpenPulls, &[], &|_| false)?;
    let read = |value: &Value| {
        read::waiting(kind, value).ok_or_else(|| Trouble::Odd("lists what is no pull request".to_owned()))
    };
    listed.iter().map(read).collect()
}
