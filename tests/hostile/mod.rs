//! Documents made to hurt: they end in time, with an answer or with "undecided", never in silence or a crash.

use std::fmt::Write as _;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use preavis::rules::Level;

use crate::harness::{judged, place, proved};

mod answers;
mod bombs;
mod callbacks;
mod schemas;

/// A document whose response is the schema `S0`.
fn document(schemas: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Hostile, version: '1'}}
paths: {{/x: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S0'}}}}}}}}}}}}}}}}
components:
  schemas:
{schemas}"
    )
}

fn reference(n: usize) -> String {
    format!("{{$ref: '#/components/schemas/S{n}'}}")
}

/// `count` schemas, each written by `one`, the last by `last`.
fn chain(count: usize, one: impl Fn(usize) -> String, last: &str) -> String {
    let mut out = String::new();
    for n in 0..count {
        writeln!(out, "    S{n}: {}", one(n)).unwrap();
    }
    writeln!(out, "    S{count}: {last}").unwrap();
    document(&out)
}

/// How long an answer may take on a slow machine in a debug build: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most bytes of a payload that is shown.
const PAYLOAD: usize = 64 << 10;

/// The changes of two documents, each with how it is proven; they come in time, and no payload among them is large.
#[track_caller]
fn answered(base: &str, head: &str) -> Vec<String> {
    let (send, receive) = mpsc::channel();
    let (base, head) = (base.to_owned(), head.to_owned());
    thread::spawn(move || {
        let changes = proved(&base, &head);
        let payloads = changes.list.iter().filter_map(|change| change.exhibit.as_ref()?.payload.as_ref());
        let largest = payloads.map(|payload| payload.to_string().len()).max().unwrap_or_default();
        let said = judged(&changes).into_iter().filter(|(level, ..)| *level <= Level::Additive);
        let mut said: Vec<String> = said
            .map(|(level, rule, it)| format!("{} {rule} {} {:?}", level.as_str(), place(&changes, it), it.proof))
            .collect();
        said.sort();
        drop(send.send((said, largest)));
    });
    let (said, largest) = receive.recv_timeout(PATIENCE).expect("an answer, in time");
    assert!(largest <= PAYLOAD, "a payload of {largest} bytes");
    said
}

/// The same without the proofs, where something must be said.
#[track_caller]
fn said(base: &str, head: &str) -> Vec<String> {
    let said = answered(base, head);
    assert!(!said.is_empty(), "silence about a changed contract");
    said.iter().filter_map(|line| line.rsplit_once(' ')).map(|(line, _)| line.to_owned()).collect()
}
