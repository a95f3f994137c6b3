//! A real document cut down to a few of its operations, in one file: what they reach becomes named schemas, all else
//! that they refer to stands in place. Whatever the crate reads from many files or from twelve megabytes is a few
//! kilobytes after that, so that thousands of comparisons are cheap.

use std::collections::VecDeque;

use indexmap::IndexMap;
use preavis::contract::{Contract, Dialect};
use preavis::spec::{Document, FileIx, Kind, Loc, Target};
use serde_json::{Map, Value, json};

use crate::laws::value;

/// The most schemas of a small cut: what lies beyond is an object of which nothing is said.
const MOST: usize = 120;

/// What the members of an object are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Keywords of `OpenAPI`.
    Fields,
    /// Names of things that are read so again.
    Named,
    /// Keywords of a schema.
    Schema,
    /// Names of schemas, or a list of them.
    Schemas,
}

/// The whole contract in one file.
pub(crate) fn whole(contract: &Contract) -> Option<Value> {
    cut(contract, &|_| true, usize::MAX)
}

/// The operations of the paths that are picked, as one document with so many schemas at most; `None` if a reference of theirs leads nowhere.
pub(crate) fn cut(contract: &Contract, pick: &dyn Fn(&str) -> bool, most: usize) -> Option<Value> {
    let document = &*contract.document;
    let swagger = contract.dialect == Dialect::V20;
    let shelf = if swagger { "#/definitions/" } else { "#/components/schemas/" };
    let mut cut = Cut { document, shelf, most, names: IndexMap::default(), open: VecDeque::new(), broken: false };
    let mut out = Map::new();
    for (name, at) in document.members(document.root()) {
        match name {
            "openapi" | "swagger" | "host" | "basePath" | "schemes" | "consumes" | "produces" | "security" => {
                out.insert(name.to_owned(), value(document, at));
            }
            "servers" | "securityDefinitions" => {
                out.insert(name.to_owned(), cut.copy(at, Reading::Fields));
            }
            "paths" | "webhooks" => {
                let paths = document.members(at).filter(|(path, _)| pick(path));
                let paths: Map<_, _> =
                    paths.map(|(path, item)| (path.to_owned(), cut.copy(item, Reading::Fields))).collect();
                out.insert(name.to_owned(), paths.into());
            }
            _ => {}
        }
    }
    out.insert("info".to_owned(), json!({"title": contract.title, "version": "1"}));
    let mut schemas = Map::new();
    while let Some(at) = cut.open.pop_front() {
        let schema = cut.copy(at, Reading::Schema);
        schemas.insert(cut.names[&at].clone(), schema);
    }
    if cut.names.len() >= most {
        schemas.insert("Beyond".to_owned(), json!({"type": "object"}));
    }
    if swagger {
        out.insert("definitions".to_owned(), schemas.into());
    } else {
        let components = document.member(document.root(), "components");
        let schemes = components.and_then(|at| document.member(at, "securitySchemes"));
        let schemes = schemes.map_or(json!({}), |at| cut.copy(at, Reading::Fields));
        out.insert("components".to_owned(), json!({"schemas": schemas, "securitySchemes": schemes}));
    }
    (!cut.broken).then_some(out.into())
}

/// So many cuts of a document, each of so many neighbouring paths, spread evenly over all paths.
pub(crate) fn cuts(contract: &Contract, count: usize, paths: usize) -> Vec<Value> {
    let document = &contract.document;
    let all: Vec<&str> = document
        .member(document.root(), "paths")
        .map(|at| document.members(at).map(|(path, _)| path).collect())
        .unwrap_or_default();
    let groups: Vec<&[&str]> = all.chunks(paths.max(1)).collect();
    let step = groups.len().div_ceil(count.max(1)).max(1);
    groups.into_iter().step_by(step).filter_map(|group| cut(contract, &|path| group.contains(&path), MOST)).collect()
}

struct Cut<'d> {
    document: &'d Document,
    shelf: &'static str,
    most: usize,
    /// The schemas that are referred to, with their names.
    names: IndexMap<Loc, String>,
    /// Those that are still to be copied.
    open: VecDeque<Loc>,
    broken: bool,
}

impl Cut<'_> {
    fn copy(&mut self, at: Loc, reading: Reading) -> Value {
        match self.document.kind(at) {
            Kind::Object => self.object(at, reading),
            Kind::Array => {
                let items: Vec<Loc> = self.document.children(at).collect();
                let reading = if reading == Reading::Schemas { Reading::Schema } else { reading };
                items.into_iter().map(|item| self.copy(item, reading)).collect()
            }
            Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::String => value(self.document, at),
        }
    }

    fn object(&mut self, at: Loc, reading: Reading) -> Value {
        let mut out = Map::new();
        match self.document.target(at) {
            None => {}
            Some(Target::Missing(_)) => self.broken = true,
            Some(Target::At(target)) if reading == Reading::Schema => {
                let name = self.name(target);
                out.insert("$ref".to_owned(), format!("{}{name}", self.shelf).into());
            }
            Some(Target::At(target)) => return self.copy(target, reading),
        }
        let document = self.document;
        let referring = out.contains_key("$ref");
        for (name, part) in document.members(at).filter(|(name, _)| !referring || *name != "$ref") {
            let copied = match reading {
                Reading::Schemas => self.copy(part, Reading::Schema),
                Reading::Named => self.copy(part, Reading::Fields),
                Reading::Fields => match name {
                    "schema" | "itemSchema" => self.copy(part, Reading::Schema),
                    "headers" | "responses" | "content" | "encoding" => self.copy(part, Reading::Named),
                    _ if is_data(name) => continue,
                    _ => self.copy(part, Reading::Fields),
                },
                Reading::Schema => match name {
                    "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" | "allOf"
                    | "anyOf" | "oneOf" | "prefixItems" => self.copy(part, Reading::Schemas),
                    "items" if document.kind(part) == Kind::Array => self.copy(part, Reading::Schemas),
                    "items"
                    | "additionalProperties"
                    | "not"
                    | "propertyNames"
                    | "contains"
                    | "if"
                    | "then"
                    | "else"
                    | "unevaluatedItems"
                    | "unevaluatedProperties" => self.copy(part, Reading::Schema),
                    "discriminator" => self.discriminator(part),
                    "enum" | "const" | "default" => value(document, part),
                    _ if is_data(name) => continue,
                    _ => value(document, part),
                },
            };
            out.insert(name.to_owned(), copied);
        }
        out.into()
    }

    /// The mapping by the new names.
    fn discriminator(&mut self, at: Loc) -> Value {
        let mut out = value(self.document, at);
        for target in out.get_mut("mapping").and_then(Value::as_object_mut).into_iter().flat_map(|map| map.values_mut())
        {
            let text = target.as_str().unwrap_or_default();
            let path = if text.contains(['/', '#', '.']) { text.to_owned() } else { format!("{}{text}", self.shelf) };
            match self.document.lookup(at, &path) {
                Some(found) => {
                    let name = self.name(found);
                    *target = format!("{}{name}", self.shelf).into();
                }
                None => self.broken = true,
            }
        }
        out
    }

    /// The name of a schema: its own where the root file names it, else what its address ends with.
    fn name(&mut self, at: Loc) -> String {
        if let Some(known) = self.names.get(&at) {
            return known.clone();
        }
        if self.names.len() >= self.most {
            return "Beyond".to_owned();
        }
        let pointer = self.document.file(at.file).pointer(at.node);
        let last = pointer.rsplit('/').next().unwrap_or_default().replace("~1", ".").replace("~0", ".");
        let named = at.file == FileIx(0) && format!("#{pointer}") == format!("{}{last}", self.shelf);
        let path = self.document.path(at.file);
        let stem = path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default();
        let start = if named || !last.is_empty() { last } else { stem.to_owned() };
        let mut name = start.clone();
        let mut number = 2;
        while self.names.values().any(|known| *known == name) {
            name = format!("{start}_{number}");
            number += 1;
        }
        self.names.insert(at, name.clone());
        self.open.push_back(at);
        name
    }
}

/// What only people read, and may hold anything.
fn is_data(name: &str) -> bool {
    matches!(name, "example" | "examples" | "description" | "summary" | "externalDocs")
        || name.starts_with("x-") && !matches!(name, "x-nullable" | "x-extensible-enum")
}
