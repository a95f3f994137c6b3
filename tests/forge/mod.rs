//! What is written to forges, against fakes that follow a description, fail on command and remember all that they are asked.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use fake::Fake;
use preavis::forge::{Clock, Kind, Labels, Outcome, Place, Posting, Run, State, Status, Terms, Token, post, waiting};
use url::Url;

mod branch;
pub(crate) mod described;
mod dry;
pub(crate) mod fake;
mod faults;
mod prism;
mod published;
mod races;
mod secrets;
mod sticky;
mod table;
mod whole;

const SECRET: &str = "s3cr3t-t0ken";

/// A clock on which waiting takes no time, and is remembered.
#[derive(Default)]
struct Still {
    now: Cell<Duration>,
    waits: RefCell<Vec<u64>>,
}

impl Clock for Still {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn sleep(&self, time: Duration) {
        self.waits.borrow_mut().push(time.as_secs());
        self.now.set(self.now.get() + time);
    }
}

fn place(fake: &Fake, kind: Kind, run: u64) -> Place {
    Place {
        kind,
        api: Url::parse(&fake.api()).expect("an address"),
        repository: if kind == Kind::GitLab { "5" } else { "o/r" }.to_owned(),
        number: Some(7),
        branch: None,
        sha: "a".repeat(40),
        run: Run { id: run, attempt: 1 },
        queue: false,
        fork: false,
        pipeline: (kind == Kind::GitLab).then_some(21),
        token: Some(Token::new(kind.token_variables()[1], SECRET)),
    }
}

/// A closed gate with a comment, a label and a status.
fn posting(text: &str) -> Posting {
    Posting {
        name: "preavis".to_owned(),
        comment: Some(text.to_owned()),
        create: true,
        cut: "… more in the job".to_owned(),
        labels: Some(Labels {
            wanted: vec!["API bloquée".to_owned()],
            managed: vec!["API bloquée".to_owned(), "communication API".to_owned()],
        }),
        status: Some(Status {
            state: State::Failure,
            description: "1 breaking change is not answered".to_owned(),
            target_url: Some("https://ci.example/1".to_owned()),
        }),
    }
}

/// Only the comment of a posting.
fn comment_only(text: &str) -> Posting {
    Posting { labels: None, status: None, ..posting(text) }
}

fn run(place: &Place, posting: &Posting) -> Outcome {
    run_at(place, posting, &Still::default())
}

fn run_at(place: &Place, posting: &Posting, clock: &Still) -> Outcome {
    let terms = Terms { patience: Duration::from_millis(500), ..Terms::new(clock) };
    post(place, posting, &terms)
}

/// Failures as one text.
fn failed(outcome: &Outcome) -> String {
    let lines = outcome.failures.iter().map(|failure| format!("{}: {}", failure.what, failure.way_out));
    lines.collect::<Vec<_>>().join("\n")
}

/// What every fake has to end with.
#[track_caller]
fn well(fake: &Fake) {
    assert_eq!(fake.wrong(), Vec::<String>::new(), "what is not as the description has it");
}
