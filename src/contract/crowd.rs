//! How many parts an operation has, counted before they are read: a reference of a few bytes may lead to thousands of them.

use super::Unread;
use super::read::Reader;
use crate::spec::{Document, Key, Kind, Loc};

/// Parts that one operation may have; what has more is no operation that anybody calls.
const MOST: usize = 2_000;
/// What the parts of all operations of a document may cost.
pub(super) const ALL: usize = 1_000_000;

impl Reader {
    /// What an operation is that has too many parts, or stands behind too many of others; told once each.
    pub(super) fn crowded(&mut self, operation: Loc, item: Loc) -> Option<Unread> {
        // Thousands of paths may share a path item: it is counted, and told of, once.
        if self.crowds.contains(&(operation, item)) {
            return Some(Unread { at: operation, sign: self.digest() });
        }
        let document = self.doc();
        let parts = parts(&document, operation, item);
        let left = self.parts.checked_sub(cost(parts));
        if parts > MOST {
            self.problem(operation, format!("an operation of more than {MOST} parts: what it says is unknown"));
        } else if let Some(left) = left {
            self.parts = left;
            return None;
        } else {
            let told = "the operations of this document have too many parts: what this and later ones say is unknown";
            if !self.contract.problems.iter().any(|problem| problem.message == told) {
                self.problem(operation, told.to_owned());
            }
        }
        self.crowds.insert((operation, item));
        // Whatever differs anywhere may differ here.
        Some(Unread { at: operation, sign: self.digest() })
    }
}

/// What reading and comparing so many parts costs: some are held against each of the other version's.
fn cost(parts: usize) -> usize {
    parts + parts * parts / 50
}

/// The parameters, media types, responses, headers, links, servers and credentials of an operation and the path item
/// above it, references followed; counting ends above [`MOST`].
fn parts(document: &Document, operation: Loc, item: Loc) -> usize {
    let count = Count(document);
    let mut out = 1;
    for owner in [operation, item] {
        out += count.under(owner, Key::PARAMETERS) + count.under(owner, Key::SERVERS);
    }
    let security = document.get(operation, Key::SECURITY).or_else(|| document.get(document.root(), Key::SECURITY));
    for set in security.into_iter().flat_map(|list| document.children(list)) {
        out += 1 + count.of(set);
        if out > MOST {
            return out;
        }
    }
    out += document.get(operation, Key::REQUEST_BODY).map_or(0, |body| count.body(body));
    let ranges = |key| document.get(operation, key).or_else(|| document.get(document.root(), key));
    let [consumed, produced] = [Key::CONSUMES, Key::PRODUCES].map(|key| ranges(key).map_or(0, |list| count.of(list)));
    out += consumed;
    let responses = document.get(operation, Key::RESPONSES).and_then(|list| document.follow(list).ok());
    for response in responses.into_iter().flat_map(|list| document.children(list)) {
        out += 1
            + produced
            + count.body(response)
            + count.shared(response, Key::HEADERS)
            + count.shared(response, Key::LINKS);
        if out > MOST {
            return out;
        }
    }
    out
}

struct Count<'d>(&'d Document);

impl Count<'_> {
    /// Items or members, counted no further than it matters.
    fn of(&self, at: Loc) -> usize {
        self.0.follow(at).map_or(0, |at| self.0.children(at).take(MOST + 1).count())
    }

    fn under(&self, owner: Loc, key: Key) -> usize {
        self.0.get(owner, key).map_or(0, |at| self.of(at))
    }

    /// The same of an owner that may be a reference itself.
    fn shared(&self, owner: Loc, key: Key) -> usize {
        self.0.follow(owner).map_or(0, |owner| self.under(owner, key))
    }

    /// The media types of a body or response, with the encodings of each.
    fn body(&self, listed: Loc) -> usize {
        let content = self.0.follow(listed).ok().and_then(|owner| self.0.get(owner, Key::CONTENT));
        let Some(content) = content.and_then(|at| self.0.follow(at).ok()) else { return 0 };
        let media = self.0.children(content).take(MOST + 1).filter(|&at| self.0.kind(at) == Kind::Object);
        media.map(|media| 1 + self.shared(media, Key::ENCODING)).sum()
    }
}
