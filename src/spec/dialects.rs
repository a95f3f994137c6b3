//! Dialects of JSON Schema, as `$schema` and `jsonSchemaDialect` name them (3.1 and later): which keywords they have.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::arena::{File, NodeIx};
use super::key::Key;
use super::load::Loaded;

/// A dialect; later ones compare greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Draft {
    /// Draft 4.
    Four,
    /// Draft 6.
    Six,
    /// Draft 7.
    Seven,
    /// 2019-09.
    Nineteen,
    /// 2020-12, which the dialects of `OpenAPI` extend.
    Twenty,
    /// One that nobody here knows, told from others by its name: what its keywords mean is unknown.
    Other(u64),
}

/// The names of dialects, without scheme and what may stand at the end.
const NAMES: &[(&str, Draft)] = &[
    ("json-schema.org/draft-04/schema", Draft::Four),
    ("json-schema.org/draft-05/schema", Draft::Four),
    ("json-schema.org/draft-06/schema", Draft::Six),
    ("json-schema.org/draft-07/schema", Draft::Seven),
    ("json-schema.org/draft/2019-09/schema", Draft::Nineteen),
    ("json-schema.org/draft/2020-12/schema", Draft::Twenty),
    ("json-schema.org/schema", Draft::Twenty),
];

/// Dialects of `OpenAPI` begin so.
const OPENAPI: &str = "spec.openapis.org/oas/3.";

/// Keywords that came later than Draft 4, and with which draft.
const SINCE: &[(Key, Draft)] = &[
    (Key::CONST, Draft::Six),
    (Key::CONTAINS, Draft::Six),
    (Key::PROPERTY_NAMES, Draft::Six),
    (Key::IF, Draft::Seven),
    (Key::THEN, Draft::Seven),
    (Key::ELSE, Draft::Seven),
    (Key::CONTENT_ENCODING, Draft::Seven),
    (Key::CONTENT_MEDIA_TYPE, Draft::Seven),
    (Key::READ_ONLY, Draft::Seven),
    (Key::WRITE_ONLY, Draft::Seven),
    (Key::CONTENT_SCHEMA, Draft::Nineteen),
    (Key::DEPENDENT_REQUIRED, Draft::Nineteen),
    (Key::DEPENDENT_SCHEMAS, Draft::Nineteen),
    (Key::MIN_CONTAINS, Draft::Nineteen),
    (Key::MAX_CONTAINS, Draft::Nineteen),
    (Key::UNEVALUATED_PROPERTIES, Draft::Nineteen),
    (Key::UNEVALUATED_ITEMS, Draft::Nineteen),
    (Key::PREFIX_ITEMS, Draft::Twenty),
    (Key::DYNAMIC_REF, Draft::Twenty),
    (Key::DYNAMIC_ANCHOR, Draft::Twenty),
];

impl Draft {
    /// The dialect of a name.
    pub(super) fn named(uri: &str) -> Self {
        let bare = uri.trim().trim_end_matches('#');
        let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")).unwrap_or(bare);
        if bare.starts_with(OPENAPI) {
            return Self::Twenty;
        }
        NAMES.iter().find(|(name, _)| *name == bare).map_or_else(
            || {
                let mut hasher = FxHasher::default();
                uri.hash(&mut hasher);
                Self::Other(hasher.finish())
            },
            |(_, draft)| *draft,
        )
    }

    /// True if the dialect has the keyword; the others say nothing (JSON Schema, Core 4.3.1).
    pub fn has(self, key: Key) -> bool {
        self == Self::Twenty || SINCE.iter().all(|&(later, since)| later != key || self >= since)
    }

    /// True if nobody here knows what its keywords mean.
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::Other(_))
    }

    /// True if nothing counts beside a reference (Draft 7, Core 8.3).
    pub fn ignores_siblings(self) -> bool {
        self <= Self::Seven
    }

    /// How people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Four => "Draft 4",
            Self::Six => "Draft 6",
            Self::Seven => "Draft 7",
            Self::Nineteen => "2019-09",
            Self::Twenty => "2020-12",
            Self::Other(_) => "its dialect",
        }
    }
}

/// The dialects of the schemas of a document.
#[derive(Debug)]
pub(super) struct Drafts {
    /// What the document says for all of them.
    pub(super) default: Draft,
    /// For each file, the schemas that say another, in document order.
    regions: Vec<Vec<Region>>,
}

/// A schema that names its dialect: its node, the end of its subtree, the dialect, and which such schema lies around it.
type Region = (NodeIx, NodeIx, Draft, Option<usize>);

impl Drafts {
    /// Of some files, the root first; `None` where all is as every document has it.
    pub(super) fn of(loaded: &[Loaded]) -> Option<Self> {
        let root = &loaded.first()?.parsed.file;
        let default = root.get(NodeIx::ROOT, Key::JSON_SCHEMA_DIALECT).and_then(|node| root.string(node));
        let default = default.map_or(Draft::Twenty, Draft::named);
        let regions: Vec<Vec<Region>> =
            loaded.iter().map(|at| regions(&at.parsed.file, &at.parsed.sites(at.root).dialects)).collect();
        let plain = default == Draft::Twenty && regions.iter().all(Vec::is_empty);
        (!plain).then_some(Self { default, regions })
    }

    /// The dialect of a node.
    pub(super) fn at(&self, file: usize, node: NodeIx) -> Draft {
        let Some(regions) = self.regions.get(file) else { return self.default };
        let mut next = regions.partition_point(|region| region.0 <= node).checked_sub(1);
        while let Some(ix) = next {
            let (_, end, draft, outer) = regions[ix];
            if node < end {
                return draft;
            }
            next = outer;
        }
        self.default
    }
}

fn regions(file: &File, named: &[(NodeIx, NodeIx)]) -> Vec<Region> {
    let mut sorted = named.to_vec();
    sorted.sort_unstable();
    let mut out: Vec<Region> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (owner, name) in sorted {
        while open.last().is_some_and(|&ix| out[ix].1 <= owner) {
            open.pop();
        }
        out.push((owner, file.end(owner), Draft::named(file.text(name)), open.last().copied()));
        open.push(out.len() - 1);
    }
    out
}
