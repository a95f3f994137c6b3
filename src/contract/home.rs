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
    by_name: FxHashMap<(&'static str, String), Loc>,
}

impl Homes {
    /// Registers a home; the first registration of a node stays, except that an operation replaces a guess.
    pub(super) fn add(&mut self, at: Loc, home: Home) {
        if let Home::Component { section, name } = &home {
            self.by_name.entry((section, name.clone())).or_insert(at);
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
        self.by_name.get(&(section, name.to_owned())).copied()
    }
    /// The place of a node.
    pub fn place(&self, document: &Document, at: Loc) -> Place {
        let file = document.file(at.file);
        let mut lineage: Vec<Loc> = vec![Loc { file: at.file, node: NodeIx::ROOT }];
        lineage.extend(file.lineage(at.node).into_iter().map(|(node, _)| Loc { file: at.file, node }));
        let found = lineage.iter().rposition(|loc| self.by_loc.contains_key(loc));
        let (index, home) = match found {
            Some(ix) => (ix, self.by_loc.get(&lineage[ix]).cloned().unwrap_or(Home::Root)),
            None => (0, Home::Root),
        };
        Place { home, home_at: lineage[index], route: lineage.split_off(index + 1) }
    }
}

/// The component sections: OpenAPI's key, and the name used in addresses.
pub(super) const SECTIONS: &[(&str, &str)] = &[
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
];
