//! Schemas that require themselves: no value is finite that satisfies them.

use rustc_hash::FxHashMap;

use super::super::arena::Kind;
use super::super::document::{Document, Loc};
use super::super::key::Key;

/// How far a schema was followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Done,
}

/// The schemas, among some that require members or items, that begin a circle of what must be there.
pub(super) fn endless(document: &Document, schemas: &[Loc]) -> Vec<Loc> {
    let mut states: FxHashMap<Loc, State> = FxHashMap::default();
    let mut out = Vec::new();
    for &start in schemas {
        // Each schema is opened once; what is met again while it is open needs itself.
        let mut path: Vec<(Loc, Vec<Loc>)> = Vec::new();
        let mut next = Some(start);
        loop {
            if let Some(at) = next.take() {
                match states.get(&at) {
                    Some(State::Done) => {}
                    Some(State::Open) => out.push(at),
                    None => {
                        states.insert(at, State::Open);
                        path.push((at, musts(document, at)));
                    }
                }
            }
            let Some((at, rest)) = path.last_mut() else { break };
            next = rest.pop();
            if next.is_none() {
                states.insert(*at, State::Done);
                path.pop();
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The schemas of which each value of a schema holds one value: of required members and of items, of objects and arrays
/// that admit nothing else.
fn musts(document: &Document, at: Loc) -> Vec<Loc> {
    let Ok(at) = document.follow(at) else { return Vec::new() };
    let nullable = [Key::NULLABLE, Key::X_NULLABLE].iter().any(|&key| document.flag(at, key) == Some(true));
    if nullable {
        return Vec::new();
    }
    let list = |key| document.get(at, key).filter(|&list| document.kind(list) == Kind::Array);
    let mut out: Vec<Loc> = match document.string(at, Key::TYPE) {
        Some("object") => {
            let required = list(Key::REQUIRED).into_iter().flat_map(|list| document.children(list));
            let members = document.get(at, Key::PROPERTIES);
            required.filter_map(|name| document.member(members?, document.text(name))).collect()
        }
        Some("array") => {
            let filled = document.get(at, Key::MIN_ITEMS).is_some_and(|least| document.text(least) != "0");
            document.get(at, Key::ITEMS).filter(|_| filled).into_iter().collect()
        }
        Some(_) | None => Vec::new(),
    };
    out.extend(list(Key::ALL_OF).into_iter().flat_map(|list| document.children(list)));
    out.into_iter()
        .filter_map(|part| document.follow(part).ok())
        .filter(|&part| document.kind(part) == Kind::Object)
        .collect()
}
