//! Each bomb at its small size: answered or refused in time, bounded in bytes, and never in silence where the two mean
//! different things.

use std::sync::{Arc, mpsc};
use std::thread;

use preavis::contract::{self, Contract};
use preavis::diff::{self, Options};
use preavis::render::{self, Format, render};
use preavis::rules::Level;
use preavis::spec::{Limits, ParseCache, Weight, load};
use preavis::text::Lang;

use super::bombs::{self, Bomb, Told, Version};
use super::{PATIENCE, PAYLOAD};
use crate::fuzzing::targets::report;
use crate::harness::{Memory, TODAY, judged};

/// The most bytes of a report: a payload or two are always shown, and so much of each change and of what was read.
const REPORT: usize = 1_000_000;
const OF_A_CHANGE: usize = 4_000;
const OF_A_BYTE: usize = 8;

/// What was said of a pair of documents.
struct Answer {
    worst: Option<Level>,
    changes: usize,
    payload: usize,
    report: usize,
}

fn read(text: &str) -> Option<Contract> {
    let path = format!("api.{}", Bomb::ending(text));
    let files = Memory(vec![(path.clone(), text.to_owned())]);
    let document = load(&files, &path, &mut ParseCache::default(), &Limits::default()).ok()?;
    let contract = contract::read(Arc::new(document));
    contract.problems.iter().all(|problem| problem.weight == Weight::Odd).then_some(contract)
}

/// Nothing where one of the documents is refused, as the command refuses it.
fn compared(base: &str, head: &str) -> Option<Answer> {
    let (base, head) = (read(base)?, read(head)?);
    let changes = diff::prove(&base, &head, &Options::on(TODAY), &|_| true);
    let payloads = changes.list.iter().filter_map(|change| change.exhibit.as_ref()?.payload.as_ref());
    let payload = payloads.map(|payload| payload.to_string().len()).max().unwrap_or_default();
    let worst = judged(&changes).into_iter().map(|(level, ..)| level).min();
    let report = report(&base, &head, &changes, Lang::En);
    let options = render::Options { show: Level::Docs, ..Default::default() };
    let said = [Format::Json, Format::Text, Format::Markdown].map(|format| render(&report, format, &options).len());
    Some(Answer { worst, changes: changes.list.len(), payload, report: said.into_iter().max().unwrap_or_default() })
}

/// What is wrong with what is said of a bomb.
fn amiss(bomb: &Bomb) -> Option<String> {
    let [base, head] = [Version::Base, Version::Head].map(|version| bomb.document(bomb.small, version));
    let bytes = base.len() + head.len();
    let (send, receive) = mpsc::channel();
    thread::spawn(move || drop(send.send(compared(&base, &head))));
    let Ok(answer) = receive.recv_timeout(PATIENCE) else { return Some("no answer".to_owned()) };
    let Some(Answer { worst, changes, payload, report }) = answer else {
        return (!matches!(bomb.told, Told::Refused)).then(|| "refused".to_owned());
    };
    let wrong = match bomb.told {
        Told::Least(level) => worst.is_none_or(|worst| worst > level),
        Told::Same => worst == Some(Level::Breaking),
        Told::Refused => true,
    };
    if wrong {
        return Some(format!("{worst:?} is said"));
    }
    let large = payload > PAYLOAD || report > REPORT + changes * OF_A_CHANGE + bytes * OF_A_BYTE;
    large.then(|| format!("a payload of {payload} bytes, a report of {report} on {changes} changes"))
}

#[test]
fn every_bomb_is_answered_in_time_and_not_in_silence() {
    let found: Vec<String> =
        bombs::all().filter_map(|bomb| amiss(bomb).map(|what| format!("{}: {what}", bomb.name))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn bombs_have_a_name_of_their_own_and_grow() {
    let mut names: Vec<_> = bombs::all().map(|bomb| bomb.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    assert!(bombs::all().all(|bomb| bomb.small <= bomb.full));
}
