//! Writes a [`File`] in document order; both readers build through it, so both mean the same by duplicates,
//! merges and copies.
//!
//! A member that a later one of the same name, or a merge, replaces is only marked while writing, so that node ids
//! stay good for anchors; [`Builder::finish`] removes the marked ones.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::sync::Arc;

use super::arena::{DECODED, File, Kind, Node, NodeIx};
use super::key::{FIXED, Key};
use super::problem::Odd;

/// Where a scalar's text lies.
pub enum Text<'t> {
    /// A range of bytes of the source: start and length.
    Source(usize, usize),
    /// A text of its own (escapes decoded, folded lines).
    Decoded(&'t str),
}

/// Set in `at` of a member that counts no longer.
const DROPPED: u32 = 1 << 31;
/// `off` of an object that holds a string member `$ref`.
const HOLDS_REF: u32 = 1;
/// So many duplicate keys of a file are named one by one.
const NAMED_DUPLICATES: usize = 100;

/// Writes a [`File`]; see the module.
pub struct Builder {
    text: Arc<String>,
    decoded: String,
    nodes: Vec<Node>,
    keys: IndexSet<Box<str>, FxBuildHasher>,
    open: Vec<NodeIx>,
    /// For each key, the last object it was seen in (counted by `objects`) and the member there.
    seen: Vec<(u32, NodeIx)>,
    objects: u32,
    dropped: bool,
    duplicates: Vec<(usize, Key)>,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).map_or(u32::MAX >> 1, |n| n.min(u32::MAX >> 1))
}

impl Builder {
    /// A builder over the source text, which must be shorter than 2 GiB (the readers' limits see to it).
    pub fn new(text: Arc<String>) -> Self {
        // Real documents have a node for each 35 to 50 bytes.
        let nodes = Vec::with_capacity(text.len() / 48);
        Self {
            text,
            decoded: String::new(),
            nodes,
            keys: FIXED.iter().map(|&name| Box::from(name)).collect(),
            open: Vec::new(),
            seen: Vec::new(),
            objects: 0,
            dropped: false,
            duplicates: Vec::new(),
        }
    }
    /// The number of nodes written so far.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }
    /// True before the first node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
    /// The number of arrays and objects that are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }
    /// The id of a member name.
    pub fn key(&mut self, text: &str) -> Key {
        if let Some(ix) = self.keys.get_index_of(text) {
            return Key(small(ix));
        }
        Key(small(self.keys.insert_full(Box::from(text)).0))
    }
    fn push(&mut self, key: Key, at: usize, kind: Kind, off: u32, len: u32) -> NodeIx {
        let ix = NodeIx(small(self.nodes.len()));
        self.nodes.push(Node { key, at: small(at), end: NodeIx(ix.0 + 1), off, len, kind });
        ix
    }
    /// Writes a scalar of a kind; `at` is the byte offset of its key, or of itself where it has none.
    pub fn scalar(&mut self, key: Key, at: usize, kind: Kind, text: &Text<'_>) -> NodeIx {
        let (off, len) = match *text {
            Text::Source(start, len) => (small(start), small(len)),
            Text::Decoded(text) => {
                let start = small(self.decoded.len()) | DECODED;
                self.decoded.push_str(text);
                (start, small(text.len()))
            }
        };
        self.push(key, at, kind, off, len)
    }
    /// Opens an array or object; the nodes written until [`Builder::close`] are inside it.
    pub fn open(&mut self, key: Key, at: usize, kind: Kind) -> NodeIx {
        let ix = self.push(key, at, kind, 0, 0);
        self.open.push(ix);
        ix
    }
    /// Closes the innermost open array or object; of members with one name only the last stays.
    pub fn close(&mut self) {
        let Some(ix) = self.open.pop() else { return };
        self.nodes[ix.at()].end = NodeIx(small(self.nodes.len()));
        if self.nodes[ix.at()].kind == Kind::Object {
            self.settle(ix);
        }
    }
    fn settle(&mut self, object: NodeIx) {
        self.objects += 1;
        self.seen.resize(self.keys.len(), (0, NodeIx::ROOT));
        let mut next = NodeIx(object.0 + 1);
        while next < self.nodes[object.at()].end {
            let child = next;
            let Node { key, at, end, .. } = self.nodes[child.at()];
            next = end;
            let Some(seen) = self.seen.get_mut(key.0 as usize) else { continue };
            if at & DROPPED != 0 {
                continue;
            }
            if seen.0 == self.objects {
                self.nodes[seen.1.at()].at |= DROPPED;
                self.dropped = true;
                self.duplicates.push((at as usize, key));
            }
            *seen = (self.objects, child);
        }
        let (holder, reference) = self.seen[Key::REF.0 as usize];
        if holder == self.objects && self.nodes[reference.at()].kind == Kind::String {
            self.nodes[object.at()].off = HOLDS_REF;
        }
    }
    /// The items or members that count; `end` is one past the last node of the parent.
    fn members(&self, parent: NodeIx, end: NodeIx) -> Vec<NodeIx> {
        let mut members = Vec::new();
        let mut next = NodeIx(parent.0 + 1);
        while next < end {
            let node = &self.nodes[next.at()];
            if node.at & DROPPED == 0 {
                members.push(next);
            }
            next = node.end;
        }
        members
    }
    /// What a node is.
    pub fn kind(&self, node: NodeIx) -> Kind {
        self.nodes[node.at()].kind
    }
    /// The content of a scalar written before.
    pub fn text(&self, node: NodeIx) -> &str {
        let Node { off, len, .. } = self.nodes[node.at()];
        let (start, len) = ((off & !DECODED) as usize, len as usize);
        let buffer: &str = if off & DECODED == 0 { &self.text } else { &self.decoded };
        buffer.get(start..start + len).unwrap_or("")
    }
    /// The number of nodes of a closed subtree: what was replaced in it counts too.
    pub fn size(&self, node: NodeIx) -> usize {
        self.nodes[node.at()].end.at().saturating_sub(node.at())
    }
    /// How many arrays and objects lie around the deepest node of a closed subtree, itself counted.
    pub fn height(&self, node: NodeIx) -> usize {
        let mut ends: Vec<NodeIx> = Vec::new();
        let mut height = 0;
        let mut next = node;
        while next < self.nodes[node.at()].end {
            let inner = &self.nodes[next.at()];
            if inner.at & DROPPED != 0 && next != node {
                next = inner.end;
                continue;
            }
            while ends.last().is_some_and(|&end| end <= next) {
                ends.pop();
            }
            if matches!(inner.kind, Kind::Array | Kind::Object) {
                ends.push(inner.end);
                height = height.max(ends.len());
            }
            next = NodeIx(next.0 + 1);
        }
        height
    }
    /// True while the node has been opened and not closed.
    pub fn is_open(&self, node: NodeIx) -> bool {
        self.open.contains(&node)
    }
    /// Writes a closed subtree once more, under another key; the nodes inside keep their offsets.
    pub fn copy(&mut self, key: Key, at: usize, from: NodeIx) -> NodeIx {
        let to = NodeIx(small(self.nodes.len()));
        let last = self.nodes[from.at()].end;
        // The containers being copied: where the original ends, and the copy.
        let mut open: Vec<(NodeIx, usize)> = Vec::new();
        let mut next = from;
        while next < last {
            let mut node = self.nodes[next.at()];
            if node.at & DROPPED != 0 && next != from {
                next = node.end;
                continue;
            }
            self.end_copies(&mut open, next);
            if matches!(node.kind, Kind::Array | Kind::Object) {
                open.push((node.end, self.nodes.len()));
            }
            node.end = NodeIx(small(self.nodes.len()) + 1);
            self.nodes.push(node);
            next = NodeIx(next.0 + 1);
        }
        self.end_copies(&mut open, last);
        self.nodes[to.at()].key = key;
        self.nodes[to.at()].at = small(at);
        to
    }
    fn end_copies(&mut self, open: &mut Vec<(NodeIx, usize)>, reached: NodeIx) {
        while let Some((_, copy)) = open.pop_if(|&mut (end, _)| end <= reached) {
            self.nodes[copy].end = NodeIx(small(self.nodes.len()));
        }
    }
    /// Replaces merge members (`<<`) of the innermost open object by the members they bring: own ones win, then
    /// earlier ones. Returns false when more than `budget` nodes would be copied.
    pub fn merge(&mut self, merges: &[NodeIx], budget: &mut usize) -> bool {
        let Some(&object) = self.open.last() else { return true };
        let merging: FxHashSet<NodeIx> = merges.iter().copied().collect();
        let own = self.members(object, NodeIx(small(self.nodes.len())));
        let key = |member: &NodeIx| self.nodes[member.at()].key;
        let mut taken: FxHashSet<Key> = own.iter().filter(|member| !merging.contains(member)).map(key).collect();
        for &merge in merges {
            let list = self.kind(merge) == Kind::Array;
            let sources = if list { self.members(merge, self.nodes[merge.at()].end) } else { vec![merge] };
            if sources.iter().any(|&source| self.kind(source) != Kind::Object) {
                continue;
            }
            self.nodes[merge.at()].at |= DROPPED;
            self.dropped = true;
            for member in
                sources.iter().flat_map(|&source| self.members(source, self.nodes[source.at()].end)).collect::<Vec<_>>()
            {
                let Node { key, at, .. } = self.nodes[member.at()];
                if taken.insert(key) {
                    let Some(left) = budget.checked_sub(self.size(member)) else { return false };
                    *budget = left;
                    self.copy(key, at as usize, member);
                }
            }
        }
        true
    }
    /// What the reader of the file should hear about duplicate keys.
    pub(super) fn odd(&mut self) -> Vec<Odd> {
        let all = std::mem::take(&mut self.duplicates);
        let name = |key: Key| self.keys.get_index(key.0 as usize).map_or("", |text| text);
        let mut odd: Vec<Odd> = all
            .iter()
            .take(NAMED_DUPLICATES)
            .map(|&(at, key)| Odd::new(at, format!("duplicate key `{}`: the last one counts", name(key))))
            .collect();
        if let Some(&(at, _)) = all.get(NAMED_DUPLICATES) {
            odd.push(Odd::new(at, format!("{} more duplicate keys from here on", all.len() - NAMED_DUPLICATES)));
        }
        odd.sort_by_key(|odd| odd.at);
        odd
    }
    /// The finished file.
    pub fn finish(mut self) -> File {
        if self.dropped {
            self.compact();
        }
        let held = |node: &Node| node.kind == Kind::Object && node.off == HOLDS_REF;
        let refs =
            self.nodes.iter().enumerate().filter(|(_, node)| held(node)).map(|(ix, _)| NodeIx(small(ix))).collect();
        self.nodes.shrink_to_fit();
        let wide = FxHashMap::default();
        let mut file = File { text: self.text, decoded: self.decoded, nodes: self.nodes, keys: self.keys, refs, wide };
        file.note_wide();
        file
    }
    fn compact(&mut self) {
        let all = std::mem::take(&mut self.nodes);
        let mut gone_before = Vec::with_capacity(all.len() + 1);
        let mut gone = 0;
        let mut until = NodeIx::ROOT;
        for (ix, node) in all.iter().enumerate() {
            gone_before.push(gone);
            if node.at & DROPPED != 0 && until.at() <= ix {
                until = node.end;
            }
            gone += u32::from(ix < until.at());
        }
        gone_before.push(gone);
        let kept = |ix: usize| gone_before[ix] == gone_before[ix + 1];
        let moved = |node: &Node| Node { end: NodeIx(node.end.0 - gone_before[node.end.at()]), ..*node };
        self.nodes = all.iter().enumerate().filter(|&(ix, _)| kept(ix)).map(|(_, node)| moved(node)).collect();
    }
}
