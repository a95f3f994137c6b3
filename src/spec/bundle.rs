//! A document of several files as one: what other files hold becomes a component, or stands in place where the standard
//! knows no component of its kind.
//!
//! The order is the document's own, so the same document gives the same bytes. The text says what the contract says and
//! nothing more: values, names and numbers are as they were written.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::arena::Kind;
use super::document::{Document, Loc, SpecVersion, Target};
use crate::text::json;

/// A bundle of more nodes is given up: references in place can repeat without end.
const NODES: usize = 2_000_000;
/// So is one that nests deeper.
const DEEP: usize = 300;

/// The components of a kind in 3.x, and what the same is called in 2.0, where it is one.
const SECTIONS: &[(&str, Option<&str>)] = &[
    ("schemas", Some("definitions")),
    ("parameters", Some("parameters")),
    ("responses", Some("responses")),
    ("headers", None),
    ("examples", None),
    ("links", None),
    ("callbacks", None),
    ("requestBodies", None),
    ("securitySchemes", None),
];

/// Keywords below which a schema stands.
const SCHEMA: &[&str] = &["schema", "items", "additionalProperties", "not", "if", "then", "else", "contains"];
/// Keywords of which every member or item is a schema.
const SCHEMAS: &[&str] = &[
    "schemas",
    "definitions",
    "$defs",
    "properties",
    "patternProperties",
    "dependentSchemas",
    "allOf",
    "anyOf",
    "oneOf",
    "prefixItems",
];

/// Where a node stands: the name it has, and that of the map or list around it.
type Place<'d> = (&'d str, &'d str);

/// The document as one JSON text on one line, without a line break at its end; nothing where it would be too large.
pub(crate) fn bundle(document: &Document) -> Option<String> {
    let mut bundle = Bundle {
        document,
        homes: FxHashMap::default(),
        taken: FxHashSet::default(),
        more: Vec::new(),
        settled: Vec::new(),
    };
    bundle.settle();
    let mut visit = Visit { nodes: 0, active: Vec::new() };
    bundle.visit(&mut visit, document.root(), ("", ""), 0)?;
    for (at, section) in bundle.settled.clone() {
        bundle.visit(&mut visit, at, ("", section), 0)?;
    }
    let mut next = 0;
    while let Some(&(at, section)) = bundle.more.get(next) {
        bundle.visit(&mut visit, at, ("", section), 0)?;
        next += 1;
    }
    let active = RefCell::default();
    let root = Part { bundle: &bundle, active: &active, at: document.root(), place: ("", ""), whole: false };
    Some(json::compact(&root))
}

struct Bundle<'d> {
    document: &'d Document,
    /// Section and name of what other files hold.
    homes: FxHashMap<Loc, (&'static str, String)>,
    taken: FxHashSet<(&'static str, String)>,
    /// What becomes a component, in the order in which it was met.
    more: Vec<(Loc, &'static str)>,
    /// What the document's own components lead to.
    settled: Vec<(Loc, &'static str)>,
}

struct Visit {
    nodes: usize,
    active: Vec<Loc>,
}

/// What is written for a reference.
enum Written {
    /// Another text.
    As(String),
    /// What it leads to.
    InPlace(Loc),
}

impl<'d> Bundle<'d> {
    fn is_old(&self) -> bool {
        self.document.version == SpecVersion::V20
    }

    /// The sections as this version spells them, by the name of 3.x.
    fn sections(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let old = self.is_old();
        SECTIONS.iter().filter_map(move |&(new, named)| Some((new, if old { named? } else { new })))
    }

    /// The object that holds the sections.
    fn holder(&self) -> Option<Loc> {
        let root = self.document.root();
        if self.is_old() { Some(root) } else { self.document.member(root, "components") }
    }

    /// Members of an object, behind a reference where there is one.
    fn members(&self, at: Loc) -> impl Iterator<Item = (&'d str, Loc)> + use<'d> {
        self.document.members(self.document.follow(at).unwrap_or(at))
    }

    /// Gives what the document's own components lead to the name it has there.
    fn settle(&mut self) {
        let Some(holder) = self.holder().map(|at| self.document.follow(at).unwrap_or(at)) else { return };
        for (section, named) in self.sections() {
            let listed = self.document.member(holder, named).map(|at| self.members(at));
            for (name, at) in listed.into_iter().flatten() {
                self.taken.insert((section, name.to_owned()));
                let end = match self.document.target(at) {
                    Some(Target::At(to)) => to,
                    _ => at,
                };
                if end.file.0 != 0 && !self.homes.contains_key(&end) {
                    self.homes.insert(end, (section, name.to_owned()));
                    if end != at {
                        self.settled.push((end, section));
                    }
                }
            }
        }
    }

    fn section(&self, (key, around): Place<'_>) -> Option<&'static str> {
        let found = if SCHEMA.contains(&key) || SCHEMAS.contains(&around) {
            "schemas"
        } else if key == "requestBody" {
            "requestBodies"
        } else {
            around
        };
        self.sections().find(|(new, _)| *new == found).map(|(new, _)| new)
    }

    /// What stands for the reference of an object; nothing where it is none, or leads nowhere.
    fn written(&self, at: Loc, place: Place<'_>) -> Option<Written> {
        let Some(Target::At(to)) = self.document.target(at) else { return None };
        if to.file.0 == 0 {
            let text = self.document.member(at, "$ref").map_or("", |text| self.document.text(text));
            let within = text.split_once('#').map_or("", |(_, within)| within);
            return Some(Written::As(format!("#{within}")));
        }
        Some(match self.homes.get(&to) {
            Some((section, name)) if self.section(place).is_some() => Written::As(self.pointer(section, name)),
            _ => Written::InPlace(to),
        })
    }

    fn pointer(&self, section: &str, name: &str) -> String {
        let name = name.replace('~', "~0").replace('/', "~1");
        let named = self.sections().find(|(new, _)| *new == section).map_or(section, |(_, named)| named);
        if self.is_old() { format!("#/{named}/{name}") } else { format!("#/components/{named}/{name}") }
    }

    /// Goes where the writer will go, and names what becomes a component.
    fn visit(&mut self, visit: &mut Visit, at: Loc, place: Place<'_>, depth: usize) -> Option<()> {
        visit.nodes += 1;
        if visit.nodes > NODES || depth > DEEP {
            return None;
        }
        let document = self.document;
        if let Some(Target::At(to)) = document.target(at).filter(|to| matches!(to, Target::At(to) if to.file.0 != 0)) {
            match self.section(place) {
                Some(section) => self.name(to, section),
                None if visit.active.contains(&to) => {}
                None => {
                    visit.active.push(to);
                    self.visit(visit, to, place, depth + 1)?;
                    visit.active.pop();
                }
            }
        }
        if let Some(to) = self.mapped(at, place) {
            self.name(to, "schemas");
        }
        let list = document.kind(at) == Kind::Array;
        for child in document.children(at) {
            let inner = if list { ("", place.0) } else { (document.name(child), place.0) };
            self.visit(visit, child, inner, depth + 1)?;
        }
        Some(())
    }

    /// What a value of a discriminator's `mapping` leads to in another file.
    fn mapped(&self, at: Loc, (_, around): Place<'_>) -> Option<Loc> {
        let text = (around == "mapping" && self.document.kind(at) == Kind::String).then(|| self.document.text(at))?;
        text.contains(['/', '#', '.']).then(|| self.document.lookup(at, text)).flatten().filter(|to| to.file.0 != 0)
    }

    fn name(&mut self, at: Loc, section: &'static str) {
        if self.homes.contains_key(&at) {
            return;
        }
        let own = self.document.name(at);
        let file = self.document.path(at.file).rsplit('/').next().unwrap_or_default();
        let own = if own.is_empty() { file.split('.').next().unwrap_or_default() } else { own };
        let letter = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '-' };
        let clean: String = own.chars().map(letter).collect();
        let mut name = clean.clone();
        let mut number = 1;
        while !self.taken.insert((section, name.clone())) {
            number += 1;
            name = format!("{clean}-{number}");
        }
        self.homes.insert(at, (section, name));
        self.more.push((at, section));
    }

    /// What of other files belongs into a section.
    fn moved(&self, section: &str) -> impl Iterator<Item = (&str, Loc)> {
        let here = self.more.iter().filter(move |(_, own)| *own == section);
        here.filter_map(|(at, _)| self.homes.get(at).map(|(_, name)| (name.as_str(), *at)))
    }
}

/// A node as the bundle writes it.
struct Part<'b, 'd> {
    bundle: &'b Bundle<'d>,
    active: &'b RefCell<Vec<Loc>>,
    at: Loc,
    place: Place<'b>,
    /// Whether its reference is replaced by what it leads to, since this is where that is at home.
    whole: bool,
}

impl Part<'_, '_> {
    fn child<'s>(&'s self, at: Loc, place: Place<'s>, whole: bool) -> Part<'s, 's> {
        Part { bundle: self.bundle, active: self.active, at, place, whole }
    }

    /// What is written in place of the reference of this object, unless that is being written already.
    fn lead(&self) -> Option<Loc> {
        let to = match (self.whole, self.bundle.document.target(self.at)) {
            (true, Some(Target::At(to))) => to,
            _ => match self.bundle.written(self.at, self.place)? {
                Written::InPlace(to) => to,
                Written::As(_) => return None,
            },
        };
        Some(to).filter(|to| !self.active.borrow().contains(to))
    }

    /// The members of an object; those of what it leads to first, unless it has members of these names itself.
    fn entries<M: SerializeMap>(&self, map: &mut M, left_out: &dyn Fn(&str) -> bool) -> Result<(), M::Error> {
        let Some(to) = self.lead() else { return self.own(map, left_out) };
        let document = self.bundle.document;
        let known = |name: &str| left_out(name) || (name != "$ref" && document.member(self.at, name).is_some());
        self.active.borrow_mut().push(to);
        self.child(to, self.place, false).entries(map, &known)?;
        self.active.borrow_mut().pop();
        self.own(map, &|name| name == "$ref" || left_out(name))
    }

    fn own<M: SerializeMap>(&self, map: &mut M, left_out: &dyn Fn(&str) -> bool) -> Result<(), M::Error> {
        let Bundle { document, .. } = *self.bundle;
        let holder = self.bundle.holder().map(|at| document.follow(at).unwrap_or(at));
        let holds = holder == Some(self.at);
        let mut sections: Vec<(&str, &str)> = if holds { self.bundle.sections().collect() } else { Vec::new() };
        for (name, child) in document.members(self.at).filter(|(name, _)| !left_out(name)) {
            if name == "$ref"
                && let Some(Written::As(text)) = self.bundle.written(self.at, self.place)
            {
                map.serialize_entry(name, &text)?;
            } else if let Some(ix) = sections.iter().position(|(_, named)| *named == name) {
                let (section, _) = sections.remove(ix);
                map.serialize_entry(
                    name,
                    &Section { part: self.child(child, ("", name), false), own: true, named: section },
                )?;
            } else {
                map.serialize_entry(name, &self.child(child, (name, self.place.0), false))?;
            }
        }
        for (section, named) in sections.into_iter().filter(|(section, _)| self.bundle.moved(section).next().is_some())
        {
            map.serialize_entry(
                named,
                &Section { part: self.child(self.at, ("", named), false), own: false, named: section },
            )?;
        }
        let is_bare = self.at == document.root() && holder.is_none() && !self.bundle.more.is_empty();
        if is_bare { map.serialize_entry("components", &Components { part: self }) } else { Ok(()) }
    }
}

impl Serialize for Part<'_, '_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let document = self.bundle.document;
        let text = document.text(self.at);
        match document.kind(self.at) {
            Kind::Null => out.serialize_unit(),
            Kind::False => out.serialize_bool(false),
            Kind::True => out.serialize_bool(true),
            Kind::Number => serde_json::from_str::<serde_json::Value>(text).unwrap_or_default().serialize(out),
            Kind::String => {
                let mapped = self.bundle.mapped(self.at, self.place).and_then(|to| self.bundle.homes.get(&to));
                match mapped {
                    Some((section, name)) => out.serialize_str(&self.bundle.pointer(section, name)),
                    None => out.serialize_str(text),
                }
            }
            Kind::Array => {
                out.collect_seq(document.children(self.at).map(|item| self.child(item, ("", self.place.0), false)))
            }
            Kind::Object => {
                let mut map = out.serialize_map(None)?;
                self.entries(&mut map, &|_| false)?;
                map.end()
            }
        }
    }
}

/// The components of a kind: the document's own, then what other files hold.
struct Section<'b, 'd> {
    part: Part<'b, 'd>,
    own: bool,
    named: &'b str,
}

impl Serialize for Section<'_, '_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let (bundle, at) = (self.part.bundle, self.part.at);
        let mut map = out.serialize_map(None)?;
        for (name, member) in bundle.members(at).filter(|_| self.own) {
            let home = match bundle.document.target(member) {
                Some(Target::At(to)) => bundle.homes.get(&to),
                _ => None,
            };
            let whole = home.is_some_and(|(section, own)| *section == self.named && own == name);
            map.serialize_entry(name, &self.part.child(member, ("", self.named), whole))?;
        }
        for (name, member) in bundle.moved(self.named) {
            map.serialize_entry(name, &self.part.child(member, ("", self.named), false))?;
        }
        map.end()
    }
}

/// `components` of a document that has none of its own.
struct Components<'b, 'd> {
    part: &'b Part<'b, 'd>,
}

impl Serialize for Components<'_, '_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        for (section, named) in self.part.bundle.sections() {
            if self.part.bundle.moved(section).next().is_some() {
                let part = self.part.child(self.part.at, ("", named), false);
                map.serialize_entry(named, &Section { part, own: false, named: section })?;
            }
        }
        map.end()
    }
}
