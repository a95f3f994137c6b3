//! A document: its root file, the files it references, and where each `$ref` leads.

use std::sync::Arc;

use super::arena::{File, Kind, NodeIx};
use super::dialects::{Draft, Drafts};
use super::key::Key;
use super::problem::Problem;
use super::resolve::{Index, Resolver};

/// A file of one document; numbers count in order of first reference from the root file, which is 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileIx(pub u32);

/// A node of one document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Loc {
    /// The file.
    pub file: FileIx,
    /// The node in it.
    pub node: NodeIx,
}

/// The version of `OpenAPI` a document declares; patch levels make no difference of meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SpecVersion {
    /// Swagger 2.0
    V20,
    /// `OpenAPI` 3.0.x
    V30,
    /// `OpenAPI` 3.1.x
    V31,
    /// `OpenAPI` 3.2.x
    V32,
}

/// Where a reference leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// To a node.
    At(Loc),
    /// Nowhere; the index of the problem that says why.
    Missing(usize),
}

/// One contract's text: files with positions, references resolved.
#[derive(Debug)]
pub struct Document {
    /// The detected version.
    pub version: SpecVersion,
    /// The version as written, e.g. `3.0.1`.
    pub version_text: String,
    /// Odd spots and unresolved references, in document order.
    pub problems: Vec<Problem>,
    /// For each problem that is a lost reference, its text and what stands there instead; else empty.
    pub(super) signs: Vec<String>,
    pub(super) files: Vec<(String, Arc<File>)>,
    /// For each file, the targets of `File::refs`, in the same order; `None` for what is data, not a reference.
    pub(super) targets: Vec<Vec<Option<Target>>>,
    pub(super) index: Index,
    /// The dialects of its schemas, where some are others than the version's.
    pub(super) drafts: Option<Drafts>,
}

/// Where a `$dynamicRef` leads (JSON Schema 2020-12, Core 8.2.3.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dynamic {
    /// To a node whoever comes by: it is a plain reference.
    At(Loc),
    /// To one of several, which depends on the way.
    Open,
    /// Nowhere.
    Missing,
}

impl Document {
    /// The root object.
    pub fn root(&self) -> Loc {
        Loc { file: FileIx(0), node: NodeIx::ROOT }
    }
    /// The files with their paths, root first.
    pub fn files(&self) -> &[(String, Arc<File>)] {
        &self.files
    }
    /// One file.
    pub fn file(&self, file: FileIx) -> &File {
        &self.files[file.0 as usize].1
    }
    /// The path of a file relative to the version's root.
    pub fn path(&self, file: FileIx) -> &str {
        &self.files[file.0 as usize].0
    }
    /// What a node is.
    pub fn kind(&self, at: Loc) -> Kind {
        self.file(at.file).kind(at.node)
    }
    /// The member of an object under a keyword.
    pub fn get(&self, at: Loc, key: Key) -> Option<Loc> {
        self.file(at.file).get(at.node, key).map(|node| Loc { node, ..at })
    }
    /// The member of an object under any name.
    pub fn member(&self, at: Loc, name: &str) -> Option<Loc> {
        self.file(at.file).member(at.node, name).map(|node| Loc { node, ..at })
    }
    /// True of an empty list, which some writers put where a map has no entries.
    pub fn is_empty_list(&self, at: Loc) -> bool {
        self.kind(at) == Kind::Array && self.children(at).next().is_none()
    }
    /// Items or members, in document order.
    pub fn children(&self, at: Loc) -> impl Iterator<Item = Loc> + '_ {
        self.file(at.file).children(at.node).map(move |node| Loc { node, ..at })
    }
    /// Members of an object with their names; nothing for other kinds.
    pub fn members(&self, at: Loc) -> impl Iterator<Item = (&str, Loc)> + '_ {
        let file = self.file(at.file);
        let object = file.kind(at.node) == Kind::Object;
        file.children(at.node).filter(move |_| object).map(move |node| (file.name(node), Loc { node, ..at }))
    }
    /// The member name a node stands under; empty for items and the root.
    pub fn name(&self, at: Loc) -> &str {
        self.file(at.file).name(at.node)
    }
    /// A string's content, a number's spelling, else empty.
    pub fn text(&self, at: Loc) -> &str {
        self.file(at.file).text(at.node)
    }
    /// The string under a keyword of an object.
    pub fn string(&self, at: Loc, key: Key) -> Option<&str> {
        let at = self.get(at, key)?;
        self.file(at.file).string(at.node)
    }
    /// The boolean under a keyword of an object; `None` where it is absent or something else.
    pub fn flag(&self, at: Loc, key: Key) -> Option<bool> {
        match self.kind(self.get(at, key)?) {
            Kind::True => Some(true),
            Kind::False => Some(false),
            Kind::Null | Kind::Number | Kind::String | Kind::Array | Kind::Object => None,
        }
    }
    /// Whether anything stands under a name in any file.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        let uses = |file: &File| {
            let key = file.find_key(name);
            key.is_some()
                && (0..file.len()).any(|ix| Some(file.key(NodeIx(u32::try_from(ix).unwrap_or(u32::MAX)))) == key)
        };
        self.files.iter().any(|(_, file)| uses(file))
    }
    /// The nodes that references of any file lead to, with repetitions, in document order.
    pub fn referenced(&self) -> impl Iterator<Item = Loc> + '_ {
        self.targets.iter().flatten().flatten().filter_map(|target| match target {
            Target::At(at) => Some(*at),
            Target::Missing(_) => None,
        })
    }
    /// Where the `$ref` of an object leads; `None` for an object without one, and for `$ref` in data (examples,
    /// defaults, enum values, extensions).
    pub fn target(&self, at: Loc) -> Option<Target> {
        let ix = self.file(at.file).refs().binary_search(&at.node).ok()?;
        self.targets[at.file.0 as usize].get(ix).copied().flatten()
    }
    /// What tells a lost reference from others, by the index of its problem: its text, and what stands there instead.
    /// Equal signs in two versions are one unreadable thing.
    pub fn sign(&self, problem: usize) -> Option<&str> {
        self.signs.get(problem).map(String::as_str).filter(|sign| !sign.is_empty())
    }
    /// The node at the end of a chain of references, the node itself where it is none; or the index of the problem
    /// that says why there is no end. References that lead back to themselves are `Missing`, so there is always one.
    pub fn follow(&self, at: Loc) -> Result<Loc, usize> {
        let mut at = at;
        loop {
            match self.target(at) {
                None => return Ok(at),
                Some(Target::At(next)) => at = next,
                Some(Target::Missing(problem)) => return Err(problem),
            }
        }
    }
    /// The dialect of the schema at a node; that of the version where nothing says another.
    pub fn draft(&self, at: Loc) -> Draft {
        self.drafts.as_ref().map_or(Draft::Twenty, |drafts| drafts.at(at.file.0 as usize, at.node))
    }
    /// Where the `$dynamicRef` of an object leads.
    pub fn dynamic(&self, at: Loc) -> Dynamic {
        let text = self.string(at, Key::DYNAMIC_REF).unwrap_or_default();
        let Some(target) = self.lookup(at, text) else { return Dynamic::Missing };
        let name = text.split_once('#').map_or("", |(_, name)| name);
        let anchored = self.string(target, Key::DYNAMIC_ANCHOR) == Some(name);
        if anchored && self.index.dynamic.get(name).is_some_and(|count| *count > 1) {
            return Dynamic::Open;
        }
        Dynamic::At(target)
    }
    /// Where a reference text other than a `$ref` leads (`mapping`, `operationRef`, `$dynamicRef`), as seen from the
    /// object that holds it, among the files of the document.
    pub fn lookup(&self, from: Loc, text: &str) -> Option<Loc> {
        Resolver::new(&self.files, &self.index).resolve(from, text).ok()
    }
}
