//! One parsed file as a flat arena: a node is 24 bytes, in preorder, so that a subtree is a range of ids.
//!
//! The arena knows neither the `OpenAPI` version nor JSON from YAML: any number of documents and commits share it.
//! There are no parent pointers; a pointer is found by descending by range, which only reported nodes ever need.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde_json::Value;

pub use super::builder::{Builder, Text};
use super::key::Key;

/// A node of one [`File`]; ids count in document order (preorder).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeIx(pub u32);

impl NodeIx {
    /// The root of every file.
    pub const ROOT: Self = Self(0);
    pub(super) fn at(self) -> usize {
        self.0 as usize
    }
}

/// What a node is; numbers keep their own text, so that 2^53+1 stays itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number; [`File::text`] is its spelling in the source.
    Number,
    /// A string; [`File::text`] is its decoded content.
    String,
    /// An array.
    Array,
    /// An object; members keep the order of the document.
    Object,
}

#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) key: Key,
    pub(super) at: u32,
    pub(super) end: NodeIx,
    pub(super) off: u32,
    pub(super) len: u32,
    pub(super) kind: Kind,
}

/// Set in `off` where the text of a scalar lies in the decoded buffer rather than in the source.
pub(super) const DECODED: u32 = 1 << 31;

/// `len` of an object whose members stand in [`File::wide`].
pub(super) const WIDE: u32 = 1;
/// Members that are still gone through.
const NARROW: usize = 64;

/// One parsed file.
pub struct File {
    pub(super) text: Arc<String>,
    pub(super) decoded: String,
    pub(super) nodes: Vec<Node>,
    pub(super) keys: IndexSet<Box<str>, FxBuildHasher>,
    pub(super) refs: Vec<NodeIx>,
    /// The members of wide objects, which nobody goes through for one of them.
    pub(super) wide: FxHashMap<(NodeIx, Key), NodeIx>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes, {} nodes)", self.text.len(), self.nodes.len())
    }
}

impl File {
    /// The source text.
    pub fn source(&self) -> &str {
        &self.text
    }
    /// Notes the members of wide objects, once the nodes are in place.
    pub(super) fn note_wide(&mut self) {
        for ix in 0..self.nodes.len() {
            let (node, span) = (NodeIx(u32::try_from(ix).unwrap_or(u32::MAX)), self.nodes[ix].end.at() - ix);
            if self.nodes[ix].kind != Kind::Object || span <= NARROW || self.children(node).nth(NARROW).is_none() {
                continue;
            }
            let members: Vec<(NodeIx, Key)> = self.children(node).map(|child| (child, self.key(child))).collect();
            self.wide.extend(members.into_iter().map(|(child, key)| ((node, key), child)));
            self.nodes[ix].len = WIDE;
        }
    }

    /// The length of the longest name of a member, in bytes.
    pub(crate) fn longest_key(&self) -> usize {
        self.keys.iter().map(|key| key.len()).max().unwrap_or(0)
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }
    /// True of a file without nodes, which no reader makes.
    #[cfg(feature = "internals")]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
    /// What the node is.
    pub fn kind(&self, node: NodeIx) -> Kind {
        self.nodes[node.at()].kind
    }
    /// One past the last node of the subtree.
    pub fn end(&self, node: NodeIx) -> NodeIx {
        self.nodes[node.at()].end
    }
    /// The member name under which the node stands; [`Key::NONE`] for items and the root.
    pub fn key(&self, node: NodeIx) -> Key {
        self.nodes[node.at()].key
    }
    /// The text of a key of this file.
    pub fn key_text(&self, key: Key) -> &str {
        self.keys.get_index(key.0 as usize).map_or("", |text| text)
    }
    /// The member name under which the node stands, empty for items and the root.
    pub fn name(&self, node: NodeIx) -> &str {
        self.key_text(self.key(node))
    }
    /// The id of a key text in this file, if any node uses it.
    pub fn find_key(&self, text: &str) -> Option<Key> {
        self.keys.get_index_of(text).and_then(|ix| u32::try_from(ix).ok()).map(Key)
    }
    /// A string's decoded content, a number's spelling; empty for the rest.
    pub fn text(&self, node: NodeIx) -> &str {
        let n = &self.nodes[node.at()];
        if !matches!(n.kind, Kind::String | Kind::Number) {
            return "";
        }
        let (start, len) = ((n.off & !DECODED) as usize, n.len as usize);
        let buffer: &str = if n.off & DECODED == 0 { &self.text } else { &self.decoded };
        buffer.get(start..start + len).unwrap_or("")
    }
    /// A scalar of a list as its source spells it, where JSON spells it otherwise: `+33`, `True`; else its text.
    pub fn spelling(&self, node: NodeIx) -> &str {
        let rest = self.text.get(self.offset(node)..).unwrap_or("");
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.')).unwrap_or(rest.len());
        let word = &rest[..end];
        match self.kind(node) {
            Kind::True | Kind::False if word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false") => word,
            Kind::True => "true",
            Kind::False => "false",
            Kind::Number if word.starts_with(['+', '.', '0']) => word,
            Kind::Null | Kind::Number | Kind::String | Kind::Array | Kind::Object => self.text(node),
        }
    }
    /// A string node's content.
    pub fn string(&self, node: NodeIx) -> Option<&str> {
        (self.kind(node) == Kind::String).then(|| self.text(node))
    }
    /// The byte offset in the source where the node, or the key it stands under, begins.
    pub fn offset(&self, node: NodeIx) -> usize {
        self.nodes[node.at()].at as usize
    }
    /// Items of an array or members of an object, in document order.
    pub fn children(&self, node: NodeIx) -> Children<'_> {
        let n = &self.nodes[node.at()];
        let container = matches!(n.kind, Kind::Array | Kind::Object);
        Children { file: self, next: NodeIx(node.0 + 1), end: if container { n.end } else { NodeIx(node.0 + 1) } }
    }
    /// The member of an object under a fixed key; `None` for anything but objects.
    pub fn get(&self, node: NodeIx, key: Key) -> Option<NodeIx> {
        if self.kind(node) != Kind::Object {
            return None;
        }
        if self.nodes[node.at()].len == WIDE {
            return self.wide.get(&(node, key)).copied();
        }
        self.children(node).find(|&child| self.key(child) == key)
    }
    /// The member of an object under any name.
    pub fn member(&self, node: NodeIx, name: &str) -> Option<NodeIx> {
        self.get(node, self.find_key(name)?)
    }
    /// The n-th item of an array.
    pub fn item(&self, node: NodeIx, index: usize) -> Option<NodeIx> {
        if self.kind(node) == Kind::Array { self.children(node).nth(index) } else { None }
    }
    /// Nodes of objects that hold a string member `$ref`, in document order.
    pub fn refs(&self) -> &[NodeIx] {
        &self.refs
    }
    /// The JSON Pointer (RFC 6901) of a node, found by descending by range.
    pub fn pointer(&self, node: NodeIx) -> String {
        let mut out = String::new();
        for step in self.path(node) {
            out.push('/');
            match step {
                Step::Name(name) => out.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Index(ix) => out.push_str(&ix.to_string()),
            }
        }
        out
    }
    /// The steps from the root to a node.
    pub fn path(&self, node: NodeIx) -> Vec<Step<'_>> {
        self.lineage(NodeIx::ROOT, node)
            .into_iter()
            .map(|(at, index)| match self.key(at) {
                Key::NONE => Step::Index(index),
                key => Step::Name(self.key_text(key)),
            })
            .collect()
    }
    /// The nodes on the way from below an ancestor to a node (itself included), each with its index in its parent.
    pub fn lineage(&self, from: NodeIx, node: NodeIx) -> Vec<(NodeIx, usize)> {
        let mut out = Vec::new();
        let mut at = from;
        while at != node {
            let Some((index, child)) =
                self.children(at).enumerate().find(|&(_, child)| child <= node && node < self.end(child))
            else {
                break;
            };
            out.push((child, index));
            at = child;
        }
        out
    }
    /// The node at a JSON Pointer (already percent-decoded), `None` where it leads nowhere.
    #[cfg(feature = "internals")]
    pub fn at_pointer(&self, pointer: &str) -> Option<NodeIx> {
        let mut at = NodeIx::ROOT;
        if pointer.is_empty() {
            return Some(at);
        }
        for token in pointer.strip_prefix('/')?.split('/') {
            let name = token.replace("~1", "/").replace("~0", "~");
            at = match self.kind(at) {
                Kind::Object => self.member(at, &name)?,
                Kind::Array => self.item(at, name.parse().ok()?)?,
                Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::String => return None,
            };
        }
        Some(at)
    }
    /// The node at a line and column (both from 1, columns in characters) and those around it, innermost first.
    pub fn around(&self, line: usize, column: usize) -> Vec<NodeIx> {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let within = self.text.get(start..).unwrap_or_default().chars().take(column.saturating_sub(1));
        let offset = start + within.map(char::len_utf8).sum::<usize>();
        let mut out = vec![NodeIx::ROOT];
        let mut at = NodeIx::ROOT;
        while let Some(child) = self.children(at).take_while(|&child| self.offset(child) <= offset).last() {
            out.push(child);
            at = child;
        }
        out.reverse();
        out
    }
    /// Line and column, both from 1, of a byte offset; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let start = before.rfind('\n').map_or(0, |ix| ix + 1);
        (before.bytes().filter(|&b| b == b'\n').count() + 1, before[start..].chars().count() + 1)
    }
    /// The subtree as a JSON value; numbers beyond `u64`/`i64` become doubles.
    pub fn value(&self, node: NodeIx) -> Value {
        match self.kind(node) {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number => serde_json::from_str(self.text(node)).unwrap_or(Value::Null),
            Kind::String => Value::String(self.text(node).to_owned()),
            Kind::Array => self.children(node).map(|child| self.value(child)).collect(),
            Kind::Object => Value::Object(
                self.children(node).map(|child| (self.name(child).to_owned(), self.value(child))).collect(),
            ),
        }
    }
}

/// One step of a path through a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Step<'f> {
    /// A member of an object.
    Name(&'f str),
    /// An item of an array.
    Index(usize),
}

/// The children of a node; see [`File::children`].
pub struct Children<'f> {
    file: &'f File,
    next: NodeIx,
    end: NodeIx,
}

impl Iterator for Children<'_> {
    type Item = NodeIx;
    fn next(&mut self) -> Option<NodeIx> {
        if self.next >= self.end {
            return None;
        }
        let child = self.next;
        self.next = self.file.end(child);
        Some(child)
    }
}
