//! Where a reference text leads: JSON Pointers (through other references where they must), files, `$id` and anchors.
//!
//! Resolution is a function of the loaded files alone; it asks for nothing and raises no problem itself.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use url::Url;

use super::address;
use super::arena::{File, Kind, NodeIx};
use super::document::{FileIx, Loc};
use super::key::Key;
use super::sites::Sites;
use crate::source::BlobId;

/// So many references in one another, or in a row, are followed within one pointer.
const HOPS: usize = 100;
const NESTED: usize = 32;
/// Objects with more members than this get an index of their names.
const LARGE: u32 = 64;

/// What stands at a path that a reference names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Entry {
    File(FileIx),
    Absent,
    /// Not read, because it is no JSON and no YAML.
    Prose(BlobId),
    /// A file that cannot be read, why, and its content where the source has one.
    Broken(String, Option<BlobId>),
}

/// A subtree with a base URI of its own (`$id`), or a whole file.
#[derive(Debug)]
struct Resource {
    node: NodeIx,
    end: NodeIx,
    /// The resource around it; itself for the file.
    outer: usize,
    base: Option<Url>,
}

/// What references can name, over all files of a document.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) paths: FxHashMap<String, Entry>,
    ids: FxHashMap<String, Loc>,
    anchors: FxHashMap<(FileIx, Option<NodeIx>, String), NodeIx>,
    resources: Vec<Vec<Resource>>,
    /// How many `$dynamicAnchor`s have a name.
    pub(super) dynamic: FxHashMap<String, usize>,
}

impl Index {
    /// Enters the next file.
    pub(super) fn add(&mut self, path: &str, file: &File, sites: &Sites) {
        let ix = FileIx(u32::try_from(self.resources.len()).unwrap_or(u32::MAX));
        let mut ids = sites.ids.clone();
        ids.sort_by_key(|&(owner, id)| (owner, file.key(id) != Key::SELF));
        ids.dedup_by_key(|&mut (owner, _)| owner);
        let named = !ids.is_empty();
        let base = if named { file_url(path) } else { None };
        let mut resources = vec![Resource { node: NodeIx::ROOT, end: file.end(NodeIx::ROOT), outer: 0, base }];
        for (owner, id) in ids {
            let outer = innermost(&resources, owner);
            let text = file.text(id);
            if let Some(anchor) = text.strip_prefix('#') {
                self.anchors.entry((ix, None, anchor.to_owned())).or_insert(owner);
                continue;
            }
            let base = resources[outer].base.as_ref().and_then(|base| base.join(text).ok());
            if let Some(url) = &base {
                self.ids.entry(bare(url)).or_insert(Loc { file: ix, node: owner });
            }
            if owner == NodeIx::ROOT {
                resources[0].base = base;
            } else {
                resources.push(Resource { node: owner, end: file.end(owner), outer, base });
            }
        }
        for &(owner, anchor) in &sites.anchors {
            let name = file.text(anchor).to_owned();
            if file.key(anchor) == Key::DYNAMIC_ANCHOR {
                *self.dynamic.entry(name.clone()).or_default() += 1;
            }
            let resource = resources[innermost(&resources, owner)].node;
            self.anchors.entry((ix, None, name.clone())).or_insert(owner);
            self.anchors.entry((ix, Some(resource), name)).or_insert(owner);
        }
        self.resources.push(resources);
    }

    fn resource(&self, at: Loc) -> Option<&Resource> {
        let resources = self.resources.get(at.file.0 as usize)?;
        resources.get(innermost(resources, at.node))
    }
}

/// The innermost of some resources in document order around a node.
fn innermost(resources: &[Resource], node: NodeIx) -> usize {
    let mut ix = resources.partition_point(|resource| resource.node <= node).saturating_sub(1);
    while ix > 0 && resources[ix].end <= node {
        ix = resources[ix].outer;
    }
    ix
}

fn file_url(path: &str) -> Option<Url> {
    let mut url = Url::parse("file:///").ok()?;
    url.set_path(path);
    Some(url)
}

fn bare(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.into()
}

type Memo = FxHashMap<(FileIx, NodeIx, String), Result<Loc, String>>;

/// Resolves reference texts, each distinct one of a resource once.
pub(super) struct Resolver<'d> {
    files: &'d [(String, Arc<File>)],
    index: &'d Index,
    memo: Memo,
    /// For large objects, their members by name.
    members: FxHashMap<Loc, FxHashMap<Key, NodeIx>>,
    /// False for a resolver that is asked once, for which an index does not pay.
    indexing: bool,
    nested: usize,
}

impl<'d> Resolver<'d> {
    /// A resolver for one text or a few.
    pub(super) fn new(files: &'d [(String, Arc<File>)], index: &'d Index) -> Self {
        let (memo, members) = (Memo::default(), FxHashMap::default());
        Self { files, index, memo, members, indexing: false, nested: 0 }
    }
    /// A resolver for all texts of a document.
    pub(super) fn indexing(files: &'d [(String, Arc<File>)], index: &'d Index) -> Self {
        Self { indexing: true, ..Self::new(files, index) }
    }

    fn file(&self, ix: FileIx) -> &'d File {
        &self.files[ix.0 as usize].1
    }

    /// Where a text leads as seen from the object that holds it; else what is wrong with it.
    pub(super) fn resolve(&mut self, from: Loc, text: &str) -> Result<Loc, String> {
        let resource = self.index.resource(from).map_or(NodeIx::ROOT, |resource| resource.node);
        let key = (from.file, resource, text.to_owned());
        if let Some(known) = self.memo.get(&key) {
            return known.clone();
        }
        if self.nested >= NESTED {
            return Err(format!("`{text}` leads through too many references"));
        }
        // Seen again before it is known, the text needs itself.
        self.memo.insert(key.clone(), Err(format!("`{text}` leads through itself")));
        self.nested += 1;
        let found = self.locate(from, resource, text);
        self.nested -= 1;
        self.memo.insert(key, found.clone());
        found
    }

    fn locate(&mut self, from: Loc, resource: NodeIx, text: &str) -> Result<Loc, String> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        if address.is_empty() {
            let near = self.fragment(Loc { file: from.file, node: resource }, fragment, text);
            // Many documents put `$id` into components and still point from the root.
            return near.or_else(|lost| match resource {
                NodeIx::ROOT => Err(lost),
                _ => self.fragment(Loc { file: from.file, node: NodeIx::ROOT }, fragment, text).map_err(|_| lost),
            });
        }
        let base = self.identified(from, address).map_or_else(|| self.at_path(from, address), Ok)?;
        self.fragment(base, fragment, text)
    }

    /// The node that `$id` gives an address.
    fn identified(&self, from: Loc, address: &str) -> Option<Loc> {
        if self.index.ids.is_empty() {
            return None;
        }
        let base = self.index.resource(from).and_then(|resource| resource.base.clone());
        let url = match base.or_else(|| file_url(&self.files[from.file.0 as usize].0)) {
            Some(base) => base.join(address).ok()?,
            None => Url::parse(address).ok()?,
        };
        self.index.ids.get(&bare(&url)).copied()
    }

    fn at_path(&self, from: Loc, address: &str) -> Result<Loc, String> {
        if address.starts_with("//") || address.starts_with("http://") || address.starts_with("https://") {
            return Err(format!("`{address}` is not fetched: only relative references of a document behind a URL are"));
        }
        if address::has_scheme(address) {
            return Err(format!("no part of the document has the `$id` `{address}`"));
        }
        let folder = &self.files[from.file.0 as usize].0;
        let mut absent = None;
        for address in spellings(address) {
            let Some(path) = address::joined(folder, &address) else {
                return Err(format!("`{address}` lies outside of the repository"));
            };
            match self.index.paths.get(&path) {
                Some(&Entry::File(file)) => return Ok(Loc { file, node: NodeIx::ROOT }),
                Some(Entry::Prose(_)) => return Err(format!("`{path}` is neither JSON nor YAML")),
                Some(Entry::Broken(why, _)) => return Err(format!("`{path}` cannot be read: {why}")),
                Some(Entry::Absent) | None => absent = absent.or(Some(path)),
            }
        }
        Err(format!("no file `{}`", absent.unwrap_or_default()))
    }

    fn fragment(&mut self, base: Loc, fragment: &str, text: &str) -> Result<Loc, String> {
        if fragment.is_empty() {
            return Ok(base);
        }
        if fragment.starts_with('/') {
            return self.walk(base, fragment).ok_or_else(|| format!("`{text}` leads nowhere"));
        }
        let name = address::decoded(fragment);
        let resource = self.index.resource(base).map(|resource| resource.node);
        let anchor = |scope: Option<NodeIx>| self.index.anchors.get(&(base.file, scope, name.clone()));
        let node = anchor(resource).or_else(|| anchor(None));
        node.map(|&node| Loc { node, ..base }).ok_or_else(|| format!("`{text}`: no such anchor"))
    }

    /// Descends by a JSON Pointer; where a name is missing from an object that is a reference, through that.
    fn walk(&mut self, base: Loc, pointer: &str) -> Option<Loc> {
        let mut at = base;
        let mut hops = HOPS;
        for token in pointer.split('/').skip(1) {
            at = loop {
                if let Some(child) = self.child(at, token) {
                    break child;
                }
                self.file(at.file).refs().binary_search(&at.node).ok()?;
                let reference = self.named(at, "$ref")?;
                let text = self.file(at.file).text(reference.node);
                hops = hops.checked_sub(1)?;
                at = self.resolve(at, text).ok()?;
            };
        }
        Some(at)
    }

    fn child(&mut self, at: Loc, token: &str) -> Option<Loc> {
        spellings(token).find_map(|name| self.named(at, &name.replace("~1", "/").replace("~0", "~")))
    }

    fn named(&mut self, at: Loc, name: &str) -> Option<Loc> {
        let file = self.file(at.file);
        let large = self.indexing && file.end(at.node).0 - at.node.0 > LARGE;
        let key = match file.kind(at.node) {
            Kind::Array if name == "0" || !name.starts_with(['0', '+']) => Key(name.parse().ok()?),
            Kind::Object => file.find_key(name)?,
            Kind::Array | Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::String => return None,
        };
        let node = if large {
            let numbered = |(ix, child)| match file.key(child) {
                Key::NONE => (Key(ix), child),
                key => (key, child),
            };
            let index = || (0..).zip(file.children(at.node)).map(numbered).collect();
            *self.members.entry(at).or_insert_with(index).get(&key)?
        } else if file.kind(at.node) == Kind::Array {
            file.item(at.node, key.0 as usize)?
        } else {
            file.get(at.node, key)?
        };
        Some(Loc { node, ..at })
    }
}

/// A text with its percent escapes decoded, and as written where that differs.
pub(super) fn spellings(text: &str) -> impl Iterator<Item = String> {
    let decoded = address::decoded(text);
    let raw = (decoded != text).then(|| text.to_owned());
    std::iter::once(decoded).chain(raw)
}
