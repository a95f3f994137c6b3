//! All calls of one posting: one server, one token, one budget of time, one list of what happened.

use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::author::{self, Author};
use super::calls::{self, Call, Method, Purpose};
use super::pages;
use super::patience::{Again, again, backoff, until};
use super::place::{Place, is_safe};
use super::post::{DryRun, Outcome, Terms};
use super::read;
use super::request::{Args, Request};
use super::trouble::{Failure, Trouble};
use super::wire::{Raw, Unanswered, Wire, written};
use crate::text::spelt;

const TRIES: u32 = 4;
const MAX_PAGES: usize = 100;
/// How much of what a server says of an error is repeated.
const SAID: usize = 300;

/// What a call was answered.
pub(super) struct Answer {
    pub(super) body: Value,
    /// The address of the next page.
    next: Option<Url>,
}

/// One posting under way.
pub(super) struct Session<'a> {
    pub(super) place: &'a Place,
    terms: &'a Terms<'a>,
    wire: Wire,
    begun: Duration,
    author: Option<Author>,
    pub(super) out: Outcome,
}

impl<'a> Session<'a> {
    /// Fails where no request may be made at all.
    pub(super) fn open(place: &'a Place, terms: &'a Terms<'a>) -> Result<Self, Failure> {
        if !is_safe(&place.api, terms.insecure) {
            let what = format!("the token is not sent to {} without encryption", place.host());
            return Err(Failure::new(what, "give an https address, or allow this one (--insecure-forge)"));
        }
        let wire = Wire::new(place, terms.insecure)
            .map_err(|cause| Failure::new(cause, "correct the token, or the system's certificates"))?;
        let (begun, author) = (terms.clock.now(), terms.author.clone().map(Author::Known));
        Ok(Self { place, terms, wire, begun, author, out: Outcome::default() })
    }

    pub(super) fn dry_run(&self) -> DryRun {
        self.terms.dry_run
    }

    pub(super) fn done(&mut self, line: impl Into<String>) {
        self.out.done.push(line.into());
    }

    /// Something that is told once.
    pub(super) fn note(&mut self, line: impl Into<String>) {
        let line = line.into();
        if !self.out.notes.contains(&line) {
            self.out.notes.push(line);
        }
    }

    /// Makes a call. What a dry run does not make is shown, and answered with nothing.
    pub(super) fn ask(&mut self, purpose: Purpose, args: Args) -> Result<Answer, Trouble> {
        let call = calls::call(self.place.kind, purpose);
        let call = call.ok_or_else(|| Trouble::Odd(format!("has no call to {purpose:?}")))?;
        let request = Request::new(call, self.place, args);
        let name = || args.first().map(|(_, value)| value.to_string()).unwrap_or_default();
        let request = request.ok_or_else(|| Trouble::Unnameable(name()))?;
        self.perform(call, &request)
    }

    /// The entries of all pages, or of those up to the first that suffices.
    pub(super) fn pages(
        &mut self,
        purpose: Purpose,
        args: Args,
        suffices: &dyn Fn(&[Value]) -> bool,
    ) -> Result<Vec<Value>, Trouble> {
        let mut answer = self.ask(purpose, args)?;
        let (mut all, mut seen) = (Vec::new(), Vec::new());
        loop {
            let Value::Array(page) = answer.body else {
                return Err(Trouble::Odd("answered with something else where a list was asked for".to_owned()));
            };
            let enough = suffices(&page);
            all.extend(page);
            let Some(next) = answer.next.filter(|_| !enough) else { return Ok(all) };
            if seen.len() + 1 >= MAX_PAGES || seen.contains(&next) {
                return Err(Trouble::Odd(format!("has more than {MAX_PAGES} pages of them, or leads in a circle")));
            }
            let Some(call) = calls::call(self.place.kind, purpose) else { return Ok(all) };
            let request = Request { method: call.method, url: next.clone(), body: None };
            seen.push(next);
            answer = self.perform(call, &request)?;
        }
    }

    fn perform(&mut self, call: &Call, request: &Request) -> Result<Answer, Trouble> {
        let dry = match self.terms.dry_run {
            DryRun::No => false,
            DryRun::Read => call.method != Method::Get,
            DryRun::All => true,
        };
        if dry {
            self.show(request);
            return Ok(Answer { body: Value::Null, next: None });
        }
        let mut tries = 0;
        loop {
            let left = self.left();
            if left.is_zero() {
                let cause = format!("{} s are spent", self.terms.budget.as_secs());
                return Err(Trouble::Unreachable { tries, status: None, cause });
            }
            tries += 1;
            let limit = left.min(self.terms.patience);
            let excuse = match self.wire.send(request, limit, self.terms.clock) {
                Ok(raw) => match self.read(call, request, &raw)? {
                    Read::Done(answer) => return Ok(answer),
                    Read::Again(excuse) => excuse,
                },
                Err(Unanswered::Failed(cause)) => Excuse { cause: said(&cause), ..Excuse::default() },
                Err(other) => return Err(Trouble::Odd(said(&other.to_string()))),
            };
            self.wait(tries, &excuse)?;
            // A comment that was sent may be there though the answer is not: whoever asks looks first.
            if call.purpose == Purpose::AddComment && excuse.limited.is_none() {
                return Err(Trouble::Unsure { cause: excuse.cause });
            }
        }
    }

    /// Waits before another try, if there is one and time for it.
    fn wait(&mut self, tries: u32, excuse: &Excuse) -> Result<(), Trouble> {
        let wait = excuse.wait.unwrap_or_else(|| backoff(tries, self.place.run));
        if tries >= TRIES || wait >= self.left() {
            let (status, cause) = (excuse.status, excuse.cause.clone());
            return Err(match excuse.limited.clone() {
                Some(until) => Trouble::Limited { until },
                None => Trouble::Unreachable { tries, status, cause },
            });
        }
        if excuse.limited.is_some() {
            let host = self.place.host();
            self.done(format!("waited {} s, as {host} limits requests", wait.as_secs()));
        }
        self.terms.clock.sleep(wait);
        Ok(())
    }

    fn left(&self) -> Duration {
        self.terms.budget.saturating_sub(self.terms.clock.now().saturating_sub(self.begun))
    }

    /// What an answer means for its call.
    fn read(&mut self, call: &Call, request: &Request, raw: &Raw) -> Result<Read, Trouble> {
        self.remark(raw);
        let content = raw.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("nothing known");
        let body = if raw.bytes.is_empty() { Some(Value::Null) } else { serde_json::from_slice(&raw.bytes).ok() };
        if call.done.contains(&raw.status) {
            let path = request.url.path();
            let no_json = || Trouble::Odd(format!("answered {} to {} {path}", said(content), call.method.name()));
            // Whoever is removed needs no more words.
            let body = if call.method == Method::Delete { Value::Null } else { body.ok_or_else(no_json)? };
            self.out.writes += usize::from(call.method != Method::Get && raw.status < 300);
            return Ok(Read::Done(Answer { body, next: pages::next(self.place, request, raw)? }));
        }
        let message = said(&read::message(&body.unwrap_or_default()));
        let colon = if message.is_empty() { "" } else { ": " };
        let cause = format!("{}{colon}{message}", raw.status);
        match again(self.place.kind, raw.status, &raw.headers, &message) {
            Again::Never => Err(Trouble::Refused { purpose: call.purpose, status: raw.status, message }),
            Again::Soon(wait) => Ok(Read::Again(Excuse { status: Some(raw.status), cause, wait, limited: None })),
            Again::Limited(wait) => {
                let until = until(&raw.headers, wait).unwrap_or_else(|| format!("{} s from now", wait.as_secs()));
                let (status, wait) = (Some(raw.status), Some(wait));
                Ok(Read::Again(Excuse { status, cause, wait, limited: Some(until) }))
            }
        }
    }

    /// What is worth knowing of an answer whatever it is.
    fn remark(&mut self, raw: &Raw) {
        let host = self.place.host();
        if let Some(moved) = &raw.moved {
            let parts: Vec<&str> = moved.path().split('/').take(6).collect();
            self.note(format!("{} moved: {host} answers at {}", self.place.repository, parts.join("/")));
        }
        if raw.headers.contains_key("sunset") || raw.headers.contains_key("deprecation") {
            self.note(format!("{host} is about to end this version of its API: upgrade preavis"));
        }
    }

    /// A request as a dry run shows it.
    fn show(&mut self, request: &Request) {
        let mut line = format!("{} {}\nAuthorization: <redacted>", request.method.name(), request.url);
        if let Some(body) = &request.body {
            line.push('\n');
            line.push_str(&written(body));
        }
        self.done(line);
    }

    /// Whose comments and statuses are ours, asked once.
    pub(super) fn author(&mut self) -> Result<Author, Trouble> {
        let author = match &self.author {
            Some(known) => known.clone(),
            None => author::found(self)?,
        };
        self.author = Some(author.clone());
        Ok(author)
    }

    pub(super) fn learn(&mut self, author: String) {
        self.author = Some(Author::Known(author));
    }
}

enum Read {
    Done(Answer),
    Again(Excuse),
}

/// Why there is no answer yet.
#[derive(Default)]
struct Excuse {
    status: Option<u16>,
    cause: String,
    /// How long the server asks to wait.
    wait: Option<Duration>,
    /// Until when it takes no requests.
    limited: Option<String>,
}

/// What a server says, on one line, bounded.
fn said(text: &str) -> String {
    let text = spelt(text);
    let end = text.char_indices().nth(SAID).map_or(text.len(), |(at, _)| at);
    text[..end].to_owned()
}
