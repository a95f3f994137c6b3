//! Which places of a contract a declared read touches: `motifs[].category.name` leads through components, and a change is
//! named by the innermost of them.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::contract::{Contract, Operation, SchemaAt};
use crate::diff::address;
use crate::spec::{Key, Kind, Loc, Target};

/// The most nodes looked at for one read.
const VISITS: usize = 50_000;

/// A place as changes name it: the component, and the path inside.
type Place = (Option<String>, String);

/// The places that a read touches.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Reach {
    /// On the way: a change here or above touches the read.
    way: BTreeSet<Place>,
    /// What is read: a change here or below touches it too.
    end: BTreeSet<Place>,
    /// True if the contract has the whole way.
    pub(super) documented: bool,
}

/// A step of a read.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    Name(String),
    Items,
    Values,
}

fn tokens(read: &str) -> Vec<Token> {
    let mut out = Vec::new();
    for part in read.split('.') {
        let name_end = part.find(['[', '{']).unwrap_or(part.len());
        let (name, marks) = part.split_at(name_end);
        if !name.is_empty() {
            out.push(Token::Name(name.to_owned()));
        }
        for mark in marks.split_inclusive([']', '}']) {
            out.push(if mark.starts_with('[') { Token::Items } else { Token::Values });
        }
    }
    out
}

/// The schemas of an operation's success answers.
pub(super) fn answers(contract: &Contract, operation: &Operation) -> Vec<Loc> {
    let success = operation.responses.iter().filter(|response| response.status.starts_with(['2', 'd']));
    let schemas =
        success.flat_map(|response| &response.media).flat_map(|media| media.schema.iter().chain(&media.item_schema));
    schemas.filter_map(|&at| node(contract, at)).collect()
}

/// The names of the members that a schema declares at its top.
pub(super) fn members(contract: &Contract, at: SchemaAt) -> BTreeSet<String> {
    if let SchemaAt::Made(made) = at {
        let made = contract.made.get(made as usize);
        return made.into_iter().flat_map(|made| &made.members).map(|(name, ..)| name.clone()).collect();
    }
    let mut walk = Walk { contract, visits: VISITS };
    let document = &contract.document;
    let nodes = walk.closed(node(contract, at).as_slice());
    let lists = nodes.into_iter().filter_map(|at| document.get(at, Key::PROPERTIES));
    lists.flat_map(|list| document.members(list)).map(|(name, _)| name.to_owned()).collect()
}

fn node(contract: &Contract, at: SchemaAt) -> Option<Loc> {
    match at {
        SchemaAt::Node(at) => Some(at),
        SchemaAt::Made(made) => contract.made.get(made as usize).map(|made| made.at),
        SchemaAt::Any | SchemaAt::Hole(_) => None,
    }
}

impl Reach {
    /// The places of a read below some schemas; an empty read is all of them.
    pub(super) fn of(contract: &Contract, from: &[Loc], read: &str) -> Self {
        let mut walk = Walk { contract, visits: VISITS };
        let mut reach = Self::default();
        let mut frontier = walk.closed(from);
        let tokens = if read.is_empty() { Vec::new() } else { tokens(read) };
        for (ix, token) in tokens.iter().enumerate() {
            let next = walk.step(&frontier, token);
            reach.way.extend(frontier.iter().map(|&at| address(contract, at)));
            if next.is_empty() {
                // What the contract does not have is still read: should it come, it is touched.
                let rest = written(&tokens[ix..]);
                reach.end.extend(frontier.iter().map(|&at| below(address(contract, at), &rest)));
                return reach;
            }
            frontier = walk.closed(&next);
        }
        reach.end.extend(walk.everything(&frontier));
        reach.documented = !frontier.is_empty();
        reach
    }

    /// The places of both.
    pub(super) fn join(&mut self, other: Self) {
        self.way.extend(other.way);
        self.end.extend(other.end);
        self.documented |= other.documented;
    }

    /// True if no version of the contract has where the read begins.
    pub(super) fn is_empty(&self) -> bool {
        self.way.is_empty() && self.end.is_empty()
    }

    /// True if a change at a place touches the read.
    pub(super) fn touches(&self, component: Option<&str>, path: &str) -> bool {
        let here = |place: &&Place| place.0.as_deref() == component;
        self.way.iter().chain(&self.end).filter(here).any(|(_, read)| covers(path, read))
            || self.end.iter().filter(here).any(|(_, read)| covers(read, path))
    }
}

/// True if the path `above` is `path` or leads to it.
fn covers(above: &str, path: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with(['.', '[', '{', '|']))
}

fn written(tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        match token {
            Token::Name(name) if out.is_empty() => out.push_str(name),
            Token::Name(name) => out.extend([".", name]),
            Token::Items => out.push_str("[]"),
            Token::Values => out.push_str("{}"),
        }
    }
    out
}

fn below((component, path): Place, rest: &str) -> Place {
    let dot = if path.is_empty() || rest.starts_with(['[', '{']) { "" } else { "." };
    (component, format!("{path}{dot}{rest}"))
}

struct Walk<'c> {
    contract: &'c Contract,
    visits: usize,
}

impl Walk<'_> {
    /// The nodes, what they refer to, and what they are combined of.
    fn closed(&mut self, from: &[Loc]) -> Vec<Loc> {
        let document = &self.contract.document;
        let (mut out, mut seen, mut open) = (Vec::new(), FxHashSet::default(), from.to_vec());
        while let Some(at) = open.pop() {
            let Some(left) = self.visits.checked_sub(1) else { break };
            self.visits = left;
            if !seen.insert(at) {
                continue;
            }
            out.push(at);
            if let Some(Target::At(next)) = document.target(at) {
                open.push(next);
            }
            for key in [Key::ALL_OF, Key::ANY_OF, Key::ONE_OF] {
                open.extend(document.get(at, key).into_iter().flat_map(|list| document.children(list)));
            }
            open.extend([Key::THEN, Key::ELSE].into_iter().filter_map(|key| document.get(at, key)));
        }
        out.sort_unstable();
        out
    }

    /// Where a step leads from any of the nodes. A name met at a list is read of its items.
    fn step(&mut self, from: &[Loc], token: &Token) -> Vec<Loc> {
        let document = &self.contract.document;
        let member = |at: Loc, key: Key| document.get(at, key).filter(|&it| document.kind(it) == Kind::Object);
        let items = |at: Loc| {
            let places = document.get(at, Key::PREFIX_ITEMS).into_iter().flat_map(|list| document.children(list));
            member(at, Key::ITEMS).into_iter().chain(places).collect::<Vec<Loc>>()
        };
        let values = |at: Loc| {
            let patterns = member(at, Key::PATTERN_PROPERTIES).into_iter().flat_map(|list| document.children(list));
            member(at, Key::ADDITIONAL_PROPERTIES).into_iter().chain(patterns).collect::<Vec<Loc>>()
        };
        match token {
            Token::Items => from.iter().flat_map(|&at| items(at)).collect(),
            Token::Values => from.iter().flat_map(|&at| values(at)).collect(),
            Token::Name(name) => {
                let named = |at: &Loc| document.member(member(*at, Key::PROPERTIES)?, name);
                let mut found: Vec<Loc> = from.iter().filter_map(named).collect();
                if found.is_empty() {
                    found = from.iter().flat_map(|&at| values(at)).collect();
                }
                if found.is_empty() {
                    let inner: Vec<Loc> = from.iter().flat_map(|&at| items(at)).collect();
                    if !inner.is_empty() {
                        let inner = self.closed(&inner);
                        return self.step(&inner, token);
                    }
                }
                found
            }
        }
    }

    /// The places of the nodes, and of what anything below them refers to.
    fn everything(&mut self, from: &[Loc]) -> BTreeSet<Place> {
        let document = &self.contract.document;
        let mut places: BTreeSet<Place> = from.iter().map(|&at| address(self.contract, at)).collect();
        let (mut seen, mut open) = (FxHashSet::default(), from.to_vec());
        while let Some(at) = open.pop() {
            let Some(left) = self.visits.checked_sub(1) else { break };
            self.visits = left;
            if !seen.insert(at) {
                continue;
            }
            if let Some(Target::At(next)) = document.target(at) {
                places.insert(address(self.contract, next));
                open.push(next);
            }
            open.extend(document.children(at));
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Single;
    use crate::spec::{Limits, ParseCache, load};

    const TEXT: &str = r##"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/m": {"get": {"responses": {"200": {
        "description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {
            "meta": {"type": "object", "properties": {"total": {"type": "integer"}}},
            "motifs": {"type": "array", "items": {"$ref": "#/components/schemas/motif"}}}}}}}}}}},
        "components": {"schemas": {
            "motif": {"allOf": [{"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"},
                "category": {"$ref": "#/components/schemas/category"}}}]},
            "category": {"type": "object", "properties": {"short_name": {"type": "string"},
                "parent": {"$ref": "#/components/schemas/category"}}}}}}"##;

    fn contract() -> Contract {
        let single = Single::new("a.json", TEXT.as_bytes().to_vec());
        let document = load(&single, "a.json", &mut ParseCache::default(), &Limits::default()).unwrap();
        crate::contract::read(Arc::new(document))
    }

    #[test]
    fn a_read_is_touched_above_and_below_and_nowhere_else() {
        let contract = contract();
        let from = answers(&contract, &contract.operations[0]);
        for (read, component, path, touched) in [
            ("motifs[].id", Some("motif"), "id", true),
            ("motifs[].id", Some("motif"), "", true),
            ("motifs[].id", Some("motif"), "name", false),
            ("motifs[].id", None, "motifs", true),
            ("motifs[].id", None, "meta.total", false),
            ("motifs.id", Some("motif"), "id", true),
            ("motifs[].category.short_name", Some("motif"), "category", true),
            ("motifs[].category.short_name", Some("category"), "short_name", true),
            ("motifs[].category.short_name", Some("category"), "parent", false),
            ("motifs[].category", Some("category"), "parent", true),
            ("motifs", Some("category"), "short_name", true),
            ("motifs", None, "meta", false),
            ("meta", None, "meta.total", true),
            ("motifs[].online", Some("motif"), "online", true),
            ("motifs[].online", Some("motif"), "id", false),
        ] {
            let reach = Reach::of(&contract, &from, read);
            assert_eq!(reach.touches(component, path), touched, "{read} at {component:?} {path}: {reach:?}");
            assert_eq!(reach.documented, !read.contains("online"), "{read}");
        }
    }
}
