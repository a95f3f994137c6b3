//! Which `$ref`s of a file are references, and which are data: examples, defaults, enum values and extensions may
//! hold anything. One pass in document order, which also finds `$id` and `$anchor`.

use super::arena::{File, Kind, NodeIx};
use super::asked::Asked;
use super::key::Key;
use super::other::no_schema;

/// How the member names of an object are to be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Reading {
    /// As keywords of `OpenAPI` or JSON Schema.
    Fields,
    /// As names that the author chose: of properties, components, headers, paths.
    Names,
}

/// A reference that counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Site {
    /// The object that holds `$ref`.
    pub(super) node: NodeIx,
    /// How the object it stands for is read.
    pub(super) reading: Reading,
    /// What object that is, or what each of its entries is.
    pub(super) asked: Asked,
    /// True where it stands for text that only people read.
    pub(super) prose: bool,
}

/// What one pass over a subtree finds, each list in document order.
#[derive(Debug, Default)]
pub(super) struct Sites {
    pub(super) refs: Vec<Site>,
    /// The outermost subtrees that are data.
    pub(super) data: Vec<NodeIx>,
    /// The string members `$id` (and `$self`), with the object they identify.
    pub(super) ids: Vec<(NodeIx, NodeIx)>,
    /// What stands in the place of a schema and is none.
    pub(super) junk: Vec<NodeIx>,
    /// The string members `$anchor` and `$dynamicAnchor`, with the object they name.
    pub(super) anchors: Vec<(NodeIx, NodeIx)>,
    /// The string members `$schema`, with the object whose dialect they name.
    pub(super) dialects: Vec<(NodeIx, NodeIx)>,
}

/// Keywords whose object is a map from names.
const MAPS: &[Key] = &[
    Key::PROPERTIES,
    Key::PATTERN_PROPERTIES,
    Key::DEFS,
    Key::DEFINITIONS,
    Key::DEPENDENT_SCHEMAS,
    Key::DEPENDENCIES,
    Key::SCHEMAS,
    Key::RESPONSES,
    Key::PARAMETERS,
    Key::REQUEST_BODIES,
    Key::HEADERS,
    Key::SECURITY_SCHEMES,
    Key::SECURITY_DEFINITIONS,
    Key::LINKS,
    Key::CALLBACKS,
    Key::PATH_ITEMS,
    Key::MEDIA_TYPES,
    Key::CONTENT,
    Key::ENCODING,
    Key::WEBHOOKS,
    Key::X_WEBHOOKS,
    Key::PATHS,
    Key::VARIABLES,
    Key::ADDITIONAL_OPERATIONS,
];

/// Maps that take extensions beside names, because their names cannot begin with `x-`.
const EXTENSIBLE_MAPS: &[Key] = &[Key::RESPONSES, Key::PATHS, Key::X_WEBHOOKS];

const DATA: &[Key] = &[Key::EXAMPLE, Key::EXAMPLES, Key::DEFAULT, Key::ENUM, Key::CONST];
const PROSE: &[Key] = &[Key::DESCRIPTION, Key::SUMMARY, Key::TITLE, Key::EXTERNAL_DOCS];

#[derive(Clone, Copy)]
struct Frame {
    node: NodeIx,
    end: NodeIx,
    reading: Reading,
    asked: Asked,
    /// True of a map in which `x-` marks an extension.
    extensible: bool,
}

impl Sites {
    /// Looks through a subtree whose root is read as said.
    pub(super) fn find(file: &File, from: NodeIx, root: (Reading, Asked)) -> Self {
        let mut found = Self::default();
        let mut open: Vec<Frame> = Vec::new();
        let last = file.end(from);
        let mut holders = file.refs().partition_point(|&holder| holder < from);
        let mut node = from;
        while node < last {
            while open.last().is_some_and(|frame| frame.end <= node) {
                open.pop();
            }
            let key = if node == from { Key::NONE } else { file.key(node) };
            let (kind, end) = (file.kind(node), file.end(node));
            let parent = open.last().copied();
            if parent.is_some_and(|parent| is_junk(file, parent, key, node)) {
                found.junk.push(node);
            }
            if parent.is_some_and(|parent| is_data(file, parent, key)) {
                found.data.push(node);
                node = end;
                continue;
            }
            if matches!(kind, Kind::Array | Kind::Object) {
                let frame = Self::enter(node, end, kind, key, parent, root);
                while file.refs().get(holders).is_some_and(|&holder| holder < node) {
                    holders += 1;
                }
                if file.refs().get(holders) == Some(&node) {
                    let prose = parent.is_some_and(|parent| parent.reading == Reading::Fields) && PROSE.contains(&key);
                    found.refs.push(Site { node, reading: frame.reading, asked: frame.asked, prose });
                }
                open.push(frame);
            } else if let (Kind::String, Some(parent)) = (kind, parent) {
                found.name(node, key, parent);
            }
            node = NodeIx(node.0 + 1);
        }
        found
    }

    fn enter(node: NodeIx, end: NodeIx, kind: Kind, key: Key, parent: Option<Frame>, root: (Reading, Asked)) -> Frame {
        let map = kind == Kind::Object && MAPS.contains(&key);
        let (reading, asked, extensible) = match parent {
            None => (root.0, root.1, false),
            // Items are read as the array is; what stands under a name is an object of OpenAPI again.
            Some(parent) if key == Key::NONE => (parent.reading, parent.asked, false),
            Some(parent) if parent.reading == Reading::Fields && map => {
                (Reading::Names, parent.asked.member(key), EXTENSIBLE_MAPS.contains(&key))
            }
            Some(parent) if parent.reading == Reading::Fields => (Reading::Fields, parent.asked.member(key), false),
            Some(parent) => (Reading::Fields, parent.asked, false),
        };
        Frame { node, end, reading, asked, extensible }
    }

    fn name(&mut self, node: NodeIx, key: Key, parent: Frame) {
        if parent.reading == Reading::Names {
            return;
        }
        if matches!(key, Key::ID | Key::SELF) {
            self.ids.push((parent.node, node));
        } else if matches!(key, Key::ANCHOR | Key::DYNAMIC_ANCHOR) {
            self.anchors.push((parent.node, node));
        } else if key == Key::SCHEMA_URI {
            self.dialects.push((parent.node, node));
        }
    }

    /// True of a node inside a subtree that is data.
    pub(super) fn is_data(&self, file: &File, node: NodeIx) -> bool {
        let after = self.data.partition_point(|&data| data <= node);
        after.checked_sub(1).is_some_and(|ix| node < file.end(self.data[ix]))
    }
}

fn is_data(file: &File, parent: Frame, key: Key) -> bool {
    if key == Key::NONE || (parent.reading == Reading::Names && !parent.extensible) {
        return false;
    }
    // Among the fixed keys, only a few near the end begin with `x-`.
    let webhooks = parent.node == NodeIx::ROOT && key == Key::X_WEBHOOKS;
    let extension = || key >= Key::X_SUNSET && file.key_text(key).starts_with("x-") && !webhooks;
    (parent.reading == Reading::Fields && DATA.contains(&key)) || extension()
}

/// True of what stands where a schema, or a map of schemas, is asked for, and is none.
fn is_junk(file: &File, parent: Frame, key: Key, node: NodeIx) -> bool {
    let kind = file.kind(node);
    if parent.reading == Reading::Fields && parent.asked == Asked::Schema {
        match key {
            Key::REF => return kind != Kind::String,
            Key::ENUM => return kind != Kind::Array,
            Key::REQUIRED => return !matches!(kind, Kind::Array | Kind::False | Kind::True),
            _ => {}
        }
    }
    // A map of schemas may itself be a reference, which no standard allows and every bundler follows.
    if matches!(kind, Kind::Object | Kind::True | Kind::False) || key == Key::REF && kind == Kind::String {
        return false;
    }
    if parent.reading == Reading::Names || key == Key::NONE {
        return parent.asked == Asked::Schema && no_schema(kind).is_some();
    }
    if parent.asked.member(key) != Asked::Schema {
        return false;
    }
    let empty = kind == Kind::Array && file.children(node).next().is_none();
    match key {
        Key::ALL_OF | Key::ANY_OF | Key::ONE_OF | Key::PREFIX_ITEMS | Key::ITEMS if kind == Kind::Array => false,
        // Some writers spell an empty map as an empty list.
        _ if MAPS.contains(&key) => !empty,
        _ => true,
    }
}
