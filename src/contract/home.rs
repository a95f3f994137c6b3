//! Which named home a node belongs to, and the place of a node as people and fingerprints read it.
//!
//! A node belongs to the innermost home around it: a component, an operation, a path item. The route from there is
//! found by descending by range, which only reported nodes need.

use rustc_hash::FxHashMap;

use super::operation::OpKey;
use crate::spec::{Document, Loc, NodeIx};

/// A named home of nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Home {
    /// The document itself.
    Root,
    /// An entry of a component section, or a file that is one; schemas have the section `schemas`.
    Component {
        /// The section, as OpenAPI 3 names it.
        section: &'static str,
        /// The name.
        name: String,
    },
    /// A path item, by its template.
    Path(String),
    /// An operation.
    Operation(OpKey),
}

impl Home {
    /// True of a component that is a schema.
    pub fn is_schema(&self) -> bool {
        matches!(self, Self::Component { section: "schemas", .. })
    }

    /// `rdv` for schemas, `responses/NotFound` for other sections, `None` for what is no component.
    pub fn component(&self) -> Option<String> {
        match self {
            Self::Component { section: "schemas", name } => Some(name.clone()),
            Self::Component { section, name } => Some(format!("{section}/{name}")),
            Self::Root | Self::Path(_) | Self::Operation(_) => None,
        }
    }
}

/// A node as people and fingerprints read it: the home, and the nodes on the way from there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The innermost home.
    pub home: Home,
    /// Where the home stands.
    pub home_at: Loc,
    /// The nodes below the home down to the node itself.
    pub route: Vec<Loc>,
}

/// The homes of one document.
#[derive(Default, Debug)]
pub struct Homes {
    by_loc: FxHashMap<Loc, Home>,
    by_name: FxHashMap<&'static str, FxHashMap<String, Loc>>,
    /// Starts, ends and enclosing homes in document order, once all are known.
    sorted: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    at: Loc,
    end: NodeIx,
    around: Option<usize>,
}

impl Homes {
    /// Registers a home; the first registration of a node stays, except that an operation replaces a guess.
    pub(super) fn add(&mut self, at: Loc, home: Home) {
        if let Home::Component { section, name } = &home {
            self.by_name.entry(section).or_default().entry(name.clone()).or_insert(at);
        }
        self.by_loc.entry(at).or_insert(home);
    }
    /// True if the node is a home.
    pub fn is_home(&self, at: Loc) -> bool {
        self.by_loc.contains_key(&at)
    }
    /// The home that starts exactly at a node.
    pub fn at(&self, at: Loc) -> Option<&Home> {
        self.by_loc.get(&at)
    }
    /// The node of a component.
    pub fn component(&self, section: &str, name: &str) -> Option<Loc> {
        let section = SECTIONS.iter().find(|(_, plain)| *plain == section)?.1;
        self.by_name.get(section)?.get(name).copied()
    }
    /// The schema components in document order.
    pub fn schemas(&self) -> Vec<(String, Loc)> {
        let is_schema = |span: &Span| match self.by_loc.get(&span.at) {
            Some(Home::Component { section: "schemas", name }) => Some((name.clone(), span.at)),
            _ => None,
        };
        self.sorted.iter().filter_map(is_schema).collect()
    }

    /// Sorts the homes, after which finding one is a binary search.
    pub(super) fn seal(&mut self, document: &Document) {
        let mut starts: Vec<Loc> = self.by_loc.keys().copied().collect();
        starts.sort_unstable();
        for at in starts {
            let around = self.innermost(at);
            self.sorted.push(Span { at, end: document.file(at.file).end(at.node), around });
        }
    }

    /// The innermost home around a node that starts at or before it.
    fn innermost(&self, at: Loc) -> Option<usize> {
        let mut found = self.sorted.partition_point(|span| span.at <= at).checked_sub(1);
        while let Some(ix) = found {
            let span = &self.sorted[ix];
            if span.at.file != at.file {
                return None;
            }
            if at.node < span.end {
                return Some(ix);
            }
            found = span.around;
        }
        None
    }

    /// The home of a node, and where it starts; `None` outside all homes.
    pub fn home(&self, at: Loc) -> Option<(Loc, &Home)> {
        let start = self.sorted[self.innermost(at)?].at;
        Some((start, self.by_loc.get(&start)?))
    }

    /// The place of a node.
    pub fn place(&self, document: &Document, at: Loc) -> Place {
        let root = Loc { file: at.file, node: NodeIx::ROOT };
        let (home_at, home) = self.home(at).map_or((root, Home::Root), |(start, home)| (start, home.clone()));
        let below = document.file(at.file).lineage(home_at.node, at.node);
        Place { home, home_at, route: below.into_iter().map(|(node, _)| Loc { file: at.file, node }).collect() }
    }
}

/// The component sections: OpenAPI's key, and the name used in addresses.
pub(crate) const SECTIONS: &[(&str, &str)] = &[
    ("schemas", "schemas"),
    ("definitions", "schemas"),
    ("responses", "responses"),
    ("parameters", "parameters"),
    ("requestBodies", "requestBodies"),
    ("headers", "headers"),
    ("callbacks", "callbacks"),
    ("links", "links"),
    ("pathItems", "pathItems"),
    ("mediaTypes", "mediaTypes"),
    ("examples", "examples"),
    ("securitySchemes", "securitySchemes"),
    ("securityDefinitions", "securitySchemes"),
];
