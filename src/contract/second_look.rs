//! A second pair of eyes on `OpenAPI` 3.0 documents: the typed model of the `openapiv3` crate.
//!
//! It carries no meaning here, for it loses what it does not know; but what it refuses is worth a line to whoever
//! wrote it. Parts are handed over one by one, as values, so that the smallest part that fails is named.

use std::panic::{AssertUnwindSafe, catch_unwind};

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Contract, Home};
use crate::spec::{Document, Key, Kind, Loc, Problem, SpecVersion, Weight};

/// At most so many refusals are reported.
const REPORTED: usize = 100;

/// A part of a document with a type of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Schema,
}

/// How parts stand in a part.
#[derive(Clone, Copy)]
enum Stand {
    Alone,
    InList,
    ByName,
}

use Part::{Header, MediaType, Operation, Parameter, PathItem, RequestBody, Response, Schema};
use Stand::{Alone, ByName, InList};

/// Where the parts of a part stand.
fn parts_of(part: Part) -> &'static [(Key, Stand, Part)] {
    match part {
        PathItem => &[
            (Key::PARAMETERS, InList, Parameter),
            (Key::GET, Alone, Operation),
            (Key::PUT, Alone, Operation),
            (Key::POST, Alone, Operation),
            (Key::DELETE, Alone, Operation),
            (Key::OPTIONS, Alone, Operation),
            (Key::HEAD, Alone, Operation),
            (Key::PATCH, Alone, Operation),
            (Key::TRACE, Alone, Operation),
        ],
        Operation => &[
            (Key::PARAMETERS, InList, Parameter),
            (Key::REQUEST_BODY, Alone, RequestBody),
            (Key::RESPONSES, ByName, Response),
        ],
        Parameter | Header => &[(Key::SCHEMA, Alone, Schema), (Key::CONTENT, ByName, MediaType)],
        RequestBody => &[(Key::CONTENT, ByName, MediaType)],
        Response => &[(Key::HEADERS, ByName, Header), (Key::CONTENT, ByName, MediaType)],
        MediaType => &[(Key::SCHEMA, Alone, Schema)],
        Schema => &[
            (Key::PROPERTIES, ByName, Schema),
            (Key::ITEMS, Alone, Schema),
            (Key::ADDITIONAL_PROPERTIES, Alone, Schema),
            (Key::ALL_OF, InList, Schema),
            (Key::ANY_OF, InList, Schema),
            (Key::ONE_OF, InList, Schema),
            (Key::NOT, Alone, Schema),
        ],
    }
}

/// The sections of `components` whose entries have a type of their own.
const SECTIONS: &[(&str, Part)] = &[
    ("schemas", Schema),
    ("responses", Response),
    ("parameters", Parameter),
    ("requestBodies", RequestBody),
    ("headers", Header),
    ("pathItems", PathItem),
];

/// What the typed model refuses of a 3.0 document, in the order of the document: in the components, operations and
/// paths that the nodes of `touched` belong to, or everywhere. Nothing for other versions.
pub fn second_look(contract: &Contract, touched: Option<&[Loc]>) -> Vec<Problem> {
    let document = &contract.document;
    if document.version != SpecVersion::V30 {
        return Vec::new();
    }
    let mut parts: Vec<(Loc, Part)> = match touched {
        Some(touched) => homes(contract, touched),
        None => everything(document),
    };
    parts.sort_by_key(|&(at, _)| at);
    let mut look = Look { document, problems: Vec::new() };
    for (at, part) in parts {
        if look.problems.len() < REPORTED {
            look.at(at, part);
        }
    }
    look.problems.truncate(REPORTED);
    look.problems
}

/// The homes of some nodes, each once.
fn homes(contract: &Contract, touched: &[Loc]) -> Vec<(Loc, Part)> {
    let mut seen: IndexSet<Loc, FxBuildHasher> = IndexSet::default();
    let mut out = Vec::new();
    for &at in touched {
        let place = contract.homes.place(&contract.document, at);
        let part = match &place.home {
            Home::Component { section, .. } => SECTIONS.iter().find(|(name, _)| name == section).map(|&(_, part)| part),
            Home::Path(_) => Some(PathItem),
            Home::Operation(_) => Some(Operation),
            Home::Root => None,
        };
        if let Some(part) = part
            && seen.insert(place.home_at)
        {
            out.push((place.home_at, part));
        }
    }
    out
}

/// All paths and components of the root file.
fn everything(document: &Document) -> Vec<(Loc, Part)> {
    let root = document.root();
    let paths = document.get(root, Key::PATHS).into_iter().flat_map(|paths| document.members(paths));
    let paths = paths.filter(|(name, _)| !name.starts_with("x-")).map(|(_, at)| (at, PathItem));
    let components = document.get(root, Key::COMPONENTS);
    let entries = SECTIONS.iter().flat_map(|&(name, part)| {
        let section = components.and_then(|components| document.member(components, name));
        section.into_iter().flat_map(move |section| document.children(section)).map(move |at| (at, part))
    });
    paths.chain(entries).collect()
}

struct Look<'d> {
    document: &'d Document,
    problems: Vec<Problem>,
}

impl Look<'_> {
    /// Reports the smallest parts that fail, and whether one did.
    fn at(&mut self, at: Loc, part: Part) -> bool {
        // A reference is a type of its own, and what else stands in a place of an object is reported with its parent.
        if self.document.kind(at) != Kind::Object || self.document.get(at, Key::REF).is_some() {
            return false;
        }
        let Some(why) = refusal(part, &self.document.file(at.file).value(at.node)) else { return false };
        let mut inside = false;
        for &(key, stand, inner) in parts_of(part) {
            let Some(holder) = self.document.get(at, key) else { continue };
            let places: Vec<Loc> = match stand {
                Alone => vec![holder],
                InList | ByName => self.document.children(holder).collect(),
            };
            for place in places {
                inside |= self.at(place, inner);
            }
        }
        if !inside && !self.is_told(at) {
            let file = self.document.path(at.file).to_owned();
            let offset = Some(self.document.file(at.file).offset(at.node));
            let message = format!("does not fit OpenAPI 3.0: {why}");
            self.problems.push(Problem { file, offset, line: 0, column: 0, message, weight: Weight::Odd });
        }
        true
    }
}

impl Look<'_> {
    /// True if a line of its own already names something odd in a part.
    fn is_told(&self, at: Loc) -> bool {
        let (file, path) = (self.document.file(at.file), self.document.path(at.file));
        let end = file.end(at.node);
        let end = if (end.0 as usize) < file.len() { file.offset(end) } else { file.source().len() };
        let within = file.offset(at.node)..end;
        let odd = |problem: &Problem| problem.offset.is_some_and(|offset| within.contains(&offset));
        self.document.problems.iter().any(|problem| problem.file == path && odd(problem))
    }
}

/// Why the typed model refuses a part; a panic of the crate is its own fault and says nothing of the document.
fn refusal(part: Part, value: &Value) -> Option<String> {
    fn typed<T: DeserializeOwned>(value: &Value) -> Option<String> {
        let read = catch_unwind(AssertUnwindSafe(|| T::deserialize(value).err().map(|error| error.to_string())));
        read.unwrap_or(None)
    }
    match part {
        PathItem => typed::<openapiv3::PathItem>(value),
        Operation => typed::<openapiv3::Operation>(value),
        Parameter => typed::<openapiv3::Parameter>(value),
        RequestBody => typed::<openapiv3::RequestBody>(value),
        Response => typed::<openapiv3::Response>(value),
        Header => typed::<openapiv3::Header>(value),
        MediaType => typed::<openapiv3::MediaType>(value),
        Schema => typed::<openapiv3::Schema>(value),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::contract::read;
    use crate::source::Single;
    use crate::spec::{Limits, ParseCache, load};

    fn refused(text: &str) -> Vec<(String, String)> {
        let document =
            load(&Single::new("a.yaml", text.as_bytes()), "a.yaml", &mut ParseCache::default(), &Limits::default());
        let contract = read(Arc::new(document.unwrap()));
        let file = |problem: &Problem| contract.document.files()[0].1.line_column(problem.offset.unwrap_or(0)).0;
        let problems = second_look(&contract, None);
        problems.iter().map(|problem| (file(problem).to_string(), problem.message.clone())).collect()
    }

    #[test]
    fn the_smallest_part_that_fails_is_named() {
        let text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n        \
                    - {name: q, in: query, schema: {type: string}}\n        - {name: r, in: nowhere}\n      responses:\n        \
                    '200':\n          description: A\n          content:\n            a/b:\n              schema:\n                \
                    properties:\n                  x: {type: [string]}\n";
        let lines: Vec<String> = refused(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, ["8", "16"]);
        assert!(refused(&text.replace("3.0.3", "3.1.0")).is_empty());
    }
}
