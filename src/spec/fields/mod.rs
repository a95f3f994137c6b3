//! Fields that say nothing: of a name that their object has not in this version, or of a kind that the field does not
//! take. What was written there is not compared, which whoever wrote it must know.
//!
//! One pass over each file, in document order; what references lead to in places that nothing typed is passed over on its
//! own. The tables are data ([`objects`], [`schemas`]); a report is bounded ([`say`]).

use endless::endless;
use kinds::fault;
use nothing::nothing;
use row::{Holds, Object};
use say::{Told, Why};

use super::arena::{File, Kind, NodeIx};
use super::dialects::Draft;
use super::document::{Document, FileIx, Loc, SpecVersion, Target};
use super::key::Key;
use super::problem::Problem;
use super::types::{self, Name};

mod conjunction;
mod endless;
mod instead;
mod kinds;
mod nothing;
mod objects;
mod row;
mod say;
mod schemas;
mod table;

/// The fields of a document that say nothing, in the order of its files.
pub(super) fn ignored(document: &Document) -> Vec<Problem> {
    let seen = document.files.iter().map(|(_, file)| vec![false; file.len()]).collect();
    let mut pass = Pass { document, seen, queue: Vec::new(), demanding: Vec::new(), told: Told::default() };
    let mut next = Some((document.root(), Role::Fields(Object::Root)));
    while let Some((from, role)) = next {
        if !pass.seen[from.file.0 as usize][from.node.at()] {
            pass.subtree(from.file, document.file(from.file), from.node, role);
        }
        next = pass.queue.pop();
    }
    for at in endless(document, &pass.demanding) {
        pass.told.add(at, Object::Schema, Key::NONE, Why::Endless);
    }
    pass.told.problems(document)
}

/// Headers that are said by other means than their description.
const RESERVED: [&str; 3] = ["Content-Type", "Accept", "Authorization"];

/// How the children of a node are read.
#[derive(Clone, Copy)]
enum Role {
    /// As fields of an object.
    Fields(Object),
    /// As entries under names of the author's.
    Entries(Object),
    /// As the items of a list.
    Items(Object),
}

struct Frame {
    end: NodeIx,
    role: Role,
    /// True of an object in whose place a reference stands.
    refers: bool,
}

struct Pass<'d> {
    document: &'d Document,
    /// For each file, the nodes that were looked at.
    seen: Vec<Vec<bool>>,
    /// Where references lead, and what is to be there.
    queue: Vec<(Loc, Role)>,
    /// The schemas that require members or items.
    demanding: Vec<Loc>,
    told: Told,
}

impl Pass<'_> {
    fn subtree(&mut self, ix: FileIx, file: &File, from: NodeIx, role: Role) {
        let mut open = vec![self.frame(ix, file, from, role)];
        self.seen[ix.0 as usize][from.at()] = true;
        let last = file.end(from);
        let mut node = NodeIx(from.0 + 1);
        while node < last {
            while open.last().is_some_and(|frame| frame.end <= node) {
                open.pop();
            }
            let Some(parent) = open.last() else { return };
            let seen = std::mem::replace(&mut self.seen[ix.0 as usize][node.at()], true);
            let role = if seen { None } else { self.child(Loc { file: ix, node }, file, (parent.role, parent.refers)) };
            match role {
                Some(role) if matches!(file.kind(node), Kind::Object | Kind::Array) => {
                    let frame = self.frame(ix, file, node, role);
                    self.emptiness(Loc { file: ix, node }, file, &frame);
                    open.push(frame);
                    node = NodeIx(node.0 + 1);
                }
                Some(_) | None => node = file.end(node),
            }
        }
    }

    fn frame(&mut self, file_ix: FileIx, file: &File, node: NodeIx, role: Role) -> Frame {
        let at = Loc { file: file_ix, node };
        let role = match role {
            Role::Fields(Object::Parameter) => Role::Fields(table::parameter(file, node, self.document.version)),
            Role::Fields(Object::Callback) => Role::Entries(Object::PathItem),
            Role::Fields(_) | Role::Entries(_) | Role::Items(_) => role,
        };
        if let Role::Fields(object) = role {
            self.alternatives(at, file, object);
            self.reserved(at, file, object);
        }
        if let Some(Target::At(target)) = self.document.target(at) {
            self.queue.push((target, role));
        }
        // Within examples a reference is followed by whoever shows them.
        let reference = file.get(node, Key::REF).is_some_and(|text| file.kind(text) == Kind::String);
        let alone = |object: Object| object.is_referred_to() && !table::is_free(object, self.document.version);
        let refers = reference && matches!(role, Role::Fields(object) if alone(object));
        Frame { end: file.end(node), role, refers }
    }

    /// `content` beside `schema`, of which one counts.
    fn alternatives(&mut self, at: Loc, file: &File, object: Object) {
        let both = matches!(object, Object::Parameter | Object::Header) && file.get(at.node, Key::SCHEMA).is_some();
        if let Some(content) = file.get(at.node, Key::CONTENT).filter(|_| both) {
            self.told.add(Loc { node: content, ..at }, object, Key::CONTENT, Why::BesideSchema);
        }
    }

    /// Headers that 3.x ignores, since security schemes and media types say them: parameters of three names (Parameter Object),
    /// and `Content-Type` of answers and parts (Response Object, Encoding Object).
    fn reserved(&mut self, at: Loc, file: &File, object: Object) {
        if self.document.version < SpecVersion::V30 {
            return;
        }
        let called = |name: &str| RESERVED.into_iter().find(|known| known.eq_ignore_ascii_case(name));
        let described = match file.get(at.node, Key::NAME).filter(|_| object == Object::Parameter) {
            Some(node) if self.document.string(at, Key::IN) == Some("header") => vec![(node, called(file.text(node)))],
            Some(_) | None if matches!(object, Object::Response | Object::Encoding) => {
                let headers = file.get(at.node, Key::HEADERS).into_iter().flat_map(|headers| file.children(headers));
                headers.map(|node| (node, called(file.name(node)).filter(|name| *name == RESERVED[0]))).collect()
            }
            Some(_) | None => Vec::new(),
        };
        for (node, name) in described {
            if let Some(name) = name {
                self.told.add(Loc { node, ..at }, object, Key::NAME, Why::Reserved(name));
            }
        }
    }

    /// A schema that admits nothing as it is written.
    fn emptiness(&mut self, at: Loc, file: &File, frame: &Frame) {
        let Role::Fields(object @ Object::Schema) = frame.role else { return };
        if frame.refers {
            return;
        }
        if let Some((keyword, why)) = nothing(self.document, at) {
            // A name in a list of required ones stands under no keyword of its own.
            let key = Some(self.document.file(keyword.file).key(keyword.node)).filter(|key| *key != Key::NONE);
            self.told.add(keyword, object, key.unwrap_or(Key::REQUIRED), Why::Nothing(why));
        }
        if [Key::REQUIRED, Key::MIN_ITEMS].iter().any(|&key| file.get(at.node, key).is_some()) {
            self.demanding.push(at);
        }
    }

    /// How a child is read; `None` for what is not looked into.
    fn child(&mut self, at: Loc, file: &File, (role, refers): (Role, bool)) -> Option<Role> {
        match role {
            Role::Fields(object) => self.field(at, file, object, refers),
            Role::Items(object) => self.one(at, file, object),
            Role::Entries(object) => {
                let name = file.name(at.node);
                let extension = name.starts_with("x-") && table::is_extensible(object);
                if extension || name == "$ref" && file.kind(at.node) == Kind::String {
                    return None;
                }
                self.one(at, file, object)
            }
        }
    }

    fn field(&mut self, at: Loc, file: &File, object: Object, refers: bool) -> Option<Role> {
        let (key, version) = (file.key(at.node), self.document.version);
        let name = file.name(at.node);
        let webhooks = object == Object::Root && key == Key::X_WEBHOOKS;
        if name.starts_with("x-") && !webhooks || refers && key == Key::REF {
            return None;
        }
        if refers {
            if !table::counts_beside(object, key, version) {
                self.told.add(at, object, key, Why::BesideReference);
            }
            return None;
        }
        let Some(holds) = table::holds(object, key, version) else {
            let why = if webhooks { Why::Webhooks } else { Why::NoField };
            if !table::is_free(object, version) || table::is_slip(name, key) {
                self.told.add(at, object, key, why);
            }
            return None;
        };
        if let Some((node, fault)) = fault(file, at.node, holds) {
            self.told.add(Loc { node, ..at }, object, key, Why::Kind(fault));
            return None;
        }
        if let Some(why) = self.why(at, file, object, holds) {
            self.told.add(at, object, key, why);
            return None;
        }
        if holds == Holds::Types {
            self.types(at, file, object);
        }
        // What is written otherwise is told, or cannot be read as a whole.
        let list = file.kind(at.node) == Kind::Array;
        match holds {
            Holds::List(inner) | Holds::Both(inner) if list => Some(Role::Items(inner)),
            Holds::One(inner) | Holds::Both(inner) if !list => Some(Role::Fields(inner)),
            Holds::Map(inner) if !list => Some(Role::Entries(inner)),
            Holds::One(_) | Holds::List(_) | Holds::Both(_) | Holds::Map(_) => None,
            Holds::Prose
            | Holds::Any
            | Holds::Text
            | Holds::Dialect
            | Holds::Flag
            | Holds::Number
            | Holds::Bound
            | Holds::Count
            | Holds::Texts
            | Holds::Values
            | Holds::Types
            | Holds::Required
            | Holds::Words => None,
        }
    }

    /// Why a keyword says nothing that its version has, if so.
    fn why(&self, at: Loc, file: &File, object: Object, holds: Holds) -> Option<Why> {
        let key = file.key(at.node);
        if holds == Holds::Dialect {
            return Draft::named(file.text(at.node)).is_unknown().then_some(Why::Dialect);
        }
        if object != Object::Schema || self.document.version < SpecVersion::V31 {
            return None;
        }
        let draft = self.document.draft(at);
        if !draft.has(key) {
            return Some(Why::NoKeyword(draft));
        }
        let lost = key == Key::DYNAMIC_REF && self.document.lookup(at, file.text(at.node)).is_none();
        lost.then_some(Why::Nowhere)
    }

    /// Types of other names than theirs.
    fn types(&mut self, at: Loc, file: &File, object: Object) {
        let list = file.kind(at.node) == Kind::Array;
        let nodes: Vec<NodeIx> = if list { file.children(at.node).collect() } else { vec![at.node] };
        if nodes.is_empty() {
            self.told.add(at, object, Key::TYPE, Why::NoType);
        }
        for node in nodes {
            let why = match types::name(file, node) {
                Name::Exact(_) => continue,
                Name::Meant(name) => Why::ReadAs(name),
                Name::Unquoted => Why::Unquoted,
                Name::Unknown => Why::NoType,
            };
            self.told.add(Loc { node, ..at }, object, Key::TYPE, why);
        }
    }

    /// An object in a list or a map.
    fn one(&mut self, at: Loc, file: &File, object: Object) -> Option<Role> {
        match fault(file, at.node, Holds::One(object)) {
            Some((node, fault)) => {
                self.told.add(Loc { node, ..at }, object, Key::NONE, Why::Kind(fault));
                None
            }
            None => (file.kind(at.node) == Kind::Object).then_some(Role::Fields(object)),
        }
    }
}
