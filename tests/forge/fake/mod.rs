//! A forge on this machine: its state, what goes wrong on command, and a log of all that it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Barrier, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use percent::decoded;
use preavis::forge::Kind;
use serde_json::Value;
pub(crate) use state::State;

use super::described::{Description, Exchange};

mod answers;
mod percent;
pub(crate) mod state;

/// What a fake answers.
#[derive(Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
    /// In the place of JSON.
    pub(crate) text: Option<String>,
}

/// What goes wrong with a request.
#[derive(Clone)]
pub(crate) enum What {
    /// This is answered, and nothing is done.
    Reply(u16, Vec<(&'static str, String)>, &'static str),
    /// It is done, and this is answered.
    DoneAnd(u16),
    /// Nothing is ever answered.
    Hang,
    /// The connection ends.
    Drop,
    /// Something happens before it is done.
    Before(fn(&mut State)),
    /// Something happens after it was done.
    After(fn(&mut State)),
    /// It is answered once another request has come so far.
    Meet(Arc<Barrier>),
}

/// When something goes wrong: for requests of a method whose path holds a text, after some and a number of times.
#[derive(Clone)]
pub(crate) struct Fault {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) after: usize,
    pub(crate) times: usize,
    pub(crate) what: What,
}

/// A request as it came, and how it was answered.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Without the base of the API.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
    pub(crate) status: u16,
}

impl Seen {
    pub(crate) fn is_write(&self) -> bool {
        self.method != "GET"
    }

    /// Method and the end of the path, as tests name them.
    pub(crate) fn short(&self) -> String {
        let words: Vec<&str> = self.path.rsplit('/').take(2).collect();
        format!("{} {}/{}", self.method, words[1], words[0])
    }
}

struct Shared {
    kind: Kind,
    state: Mutex<State>,
    faults: Mutex<Vec<Fault>>,
    log: Mutex<Vec<Seen>>,
    wrong: Mutex<Vec<String>>,
    descriptions: Vec<Description>,
    address: String,
}

/// The running fake. It holds every request and answer against its descriptions.
#[derive(Clone)]
pub(crate) struct Fake(Arc<Shared>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What stands before the paths of an API.
fn base(kind: Kind) -> &'static str {
    match kind {
        Kind::GitHub => "",
        Kind::GitLab => "/api/v4",
        Kind::Forgejo => "/api/v1",
    }
}

/// The description of a forge in our own words.
pub(crate) fn own_description(kind: Kind) -> Description {
    Description::read(match kind {
        Kind::GitHub => include_str!("../described/github.json"),
        Kind::GitLab => include_str!("../described/gitlab.json"),
        Kind::Forgejo => include_str!("../described/forgejo.json"),
    })
}

impl Fake {
    pub(crate) fn start(kind: Kind) -> Self {
        Self::described(kind, vec![own_description(kind)])
    }

    /// One that is held against other descriptions too, and answers with their examples where they have any.
    pub(crate) fn described(kind: Kind, descriptions: Vec<Description>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        Self::on(listener, kind, descriptions)
    }

    fn on(listener: TcpListener, kind: Kind, descriptions: Vec<Description>) -> Self {
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Shared {
            kind,
            state: Mutex::new(State::new(kind)),
            faults: Mutex::default(),
            log: Mutex::default(),
            wrong: Mutex::default(),
            descriptions,
            address,
        };
        let fake = Self(Arc::new(shared));
        let server = fake.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                thread::spawn(move || server.serve(&stream));
            }
        });
        fake
    }

    pub(crate) fn api(&self) -> String {
        format!("{}{}", self.0.address, base(self.0.kind))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }

    /// The next fitting request goes wrong.
    pub(crate) fn fault(&self, method: &'static str, path: &'static str, what: What) {
        self.faults(Fault { method, path, after: 0, times: 1, what });
    }

    pub(crate) fn faults(&self, fault: Fault) {
        lock(&self.0.faults).push(fault);
    }

    pub(crate) fn log(&self) -> Vec<Seen> {
        lock(&self.0.log).clone()
    }

    /// The writes since the last call, as tests name them; the log is empty then.
    pub(crate) fn writes(&self) -> Vec<String> {
        let log = std::mem::take(&mut *lock(&self.0.log));
        log.iter().filter(|seen| seen.is_write()).map(Seen::short).collect()
    }

    /// What was not as the descriptions have it.
    pub(crate) fn wrong(&self) -> Vec<String> {
        lock(&self.0.wrong).clone()
    }

    fn serve(&self, stream: &TcpStream) {
        // A client may hang up, or wait for ever in a test that wants it to.
        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
        let Some(mut seen) = read(stream, base(self.0.kind)) else { return };
        let fault = self.fitting(&seen);
        let scripted = fault.is_some();
        let answer = match fault {
            Some(What::Hang) => {
                lock(&self.0.log).push(seen);
                thread::sleep(Duration::from_secs(2));
                return;
            }
            Some(What::Drop) => None,
            Some(What::Reply(status, headers, text)) => {
                let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                Some(Answer { status, headers, text: Some(text.to_owned()), ..Answer::default() })
            }
            Some(What::DoneAnd(status)) => {
                self.answer(&seen);
                Some(Answer { status, text: Some("<h1>Bad gateway</h1>".to_owned()), ..Answer::default() })
            }
            Some(What::Before(happens)) => {
                happens(&mut self.state());
                Some(self.answer(&seen))
            }
            Some(What::After(happens)) => {
                let answer = self.answer(&seen);
                happens(&mut self.state());
                Some(answer)
            }
            Some(What::Meet(barrier)) => {
                let answer = self.answer(&seen);
                barrier.wait();
                Some(answer)
            }
            None => Some(self.answer(&seen)),
        };
        seen.status = answer.as_ref().map_or(0, |answer| answer.status);
        if let Some(answer) = &answer {
            self.check(&seen, answer, scripted);
        }
        lock(&self.0.log).push(seen);
        if let Some(answer) = answer {
            send(stream, &answer);
        }
    }

    fn fitting(&self, seen: &Seen) -> Option<What> {
        let mut faults = lock(&self.0.faults);
        let fault = faults
            .iter_mut()
            .find(|fault| fault.times > 0 && fault.method == seen.method && seen.path.contains(fault.path))?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        fault.times -= 1;
        Some(fault.what.clone())
    }

    fn answer(&self, seen: &Seen) -> Answer {
        answers::answer(&mut self.state(), self.0.kind, seen, &self.api())
    }

    fn check(&self, seen: &Seen, answer: &Answer, scripted: bool) {
        for description in &self.0.descriptions {
            let dressed = answer.body.as_ref().map(|body| answers::dressed(description, seen, body));
            let exchange = Exchange {
                method: &seen.method,
                path: &seen.path,
                query: &seen.query,
                body: seen.body.as_ref(),
                status: seen.status,
                answer: dressed.as_ref(),
            };
            lock(&self.0.wrong).extend(description.faults(&exchange, scripted || answer.status >= 400));
        }
    }
}

fn read(stream: &TcpStream, base: &str) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut bytes = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut bytes).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(key, value)| (decoded(key), decoded(value))).collect();
    let body = serde_json::from_slice(&bytes).ok();
    Some(Seen { method, path: path.strip_prefix(base)?.to_owned(), query, headers, body, status: 0 })
}

fn send(mut stream: &TcpStream, answer: &Answer) {
    let text = answer.text.clone().or_else(|| answer.body.as_ref().map(Value::to_string)).unwrap_or_default();
    let kind = if text.starts_with('<') { "text/html" } else { "application/json" };
    let mut out = format!("HTTP/1.1 {} x\r\nconnection: close\r\ncontent-type: {kind}\r\n", answer.status);
    if answer.status != 204 {
        out.push_str(&format!("content-length: {}\r\n", text.len()));
    }
    for (name, value) in &answer.headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = if answer.status == 204 { "" } else { &text };
    // The client may have hung up.
    let _ = write!(stream, "{out}\r\n{body}");
}
