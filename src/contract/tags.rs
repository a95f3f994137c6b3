//! Tagged unions: which tag selects which schema (OpenAPI 3.x, Discriminator Object; 2.0, `discriminator`).
//!
//! The effective table of a discriminator comes from `mapping` and, for the schemas that it does not name, from the names of
//! components: those of the union beside it, or of the components that extend the schema by `allOf`.

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use super::{Contract, Home, SchemaAt};
use crate::spec::{Document, FileIx, Key, Kind, Loc, NodeIx};

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The value of the property.
    pub text: String,
    /// The schema that it selects; `None` where the mapping leads nowhere.
    pub target: Option<Loc>,
    /// It stands in `mapping`; else it is the name of the component.
    pub mapped: bool,
    /// What selects the schema, as it is written: a name, or a reference.
    pub written: String,
}

/// The table of one schema with a discriminator.
#[derive(Clone, Debug)]
pub struct Tags {
    /// The name of the property that holds the tag.
    pub property: String,
    /// The rows, those of `mapping` first.
    pub list: Vec<Tag>,
    /// The schema of values without a tag, or with one that nobody knows (3.2, `defaultMapping`), as it is written.
    pub default: Option<String>,
    /// A union stands beside it; else the schema is the parent of those that extend it.
    pub union: bool,
}

impl Tags {
    /// The tags that select a schema.
    pub fn of(&self, target: Loc) -> impl Iterator<Item = &str> {
        self.list.iter().filter(move |tag| tag.target == Some(target)).map(|tag| tag.text.as_str())
    }

    /// The row of a tag.
    pub fn find(&self, text: &str) -> Option<&Tag> {
        self.list.iter().find(|tag| tag.text == text)
    }
}

/// All discriminators of a document.
#[derive(Default, Debug)]
pub(super) struct Discriminators {
    by_schema: FxHashMap<Loc, Tags>,
    /// By the name of the property, all tags that some table has.
    known: FxHashMap<String, IndexSet<String>>,
}

impl Contract {
    /// The table of a schema with a discriminator.
    pub fn tags(&self, schema: Loc) -> Option<&Tags> {
        self.discriminators().by_schema.get(&schema)
    }

    /// True if some discriminator with this property has the tag.
    pub fn knows_tag(&self, property: &str, tag: &str) -> bool {
        self.discriminators().known.get(property).is_some_and(|tags| tags.contains(tag))
    }

    /// The tags that some discriminator with this property has, in document order.
    pub fn known_tags(&self, property: &str) -> impl Iterator<Item = &str> {
        self.discriminators().known.get(property).into_iter().flatten().map(String::as_str)
    }

    /// The tags by which a parent with this property selects a schema that extends it.
    pub fn tags_of(&self, child: Loc, property: &str) -> Vec<&str> {
        let parts = self.document.get(child, Key::ALL_OF).into_iter().flat_map(|list| self.document.children(list));
        let parents = parts.filter_map(|part| match self.resolve(part) {
            SchemaAt::Node(parent) => self.tags(parent).filter(|tags| tags.property == property),
            SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => None,
        });
        parents.flat_map(|tags| tags.of(child)).collect()
    }

    fn discriminators(&self) -> &Discriminators {
        self.discriminators.get_or_init(|| read(self))
    }
}

fn read(contract: &Contract) -> Discriminators {
    let document = &contract.document;
    let mut out = Discriminators::default();
    let owners = owners(document);
    let children = if owners.is_empty() { FxHashMap::default() } else { children(contract) };
    for schema in owners {
        if let Some(tags) = table(contract, schema, &children) {
            let known = out.known.entry(tags.property.clone()).or_default();
            known.extend(tags.list.iter().map(|tag| tag.text.clone()));
            out.by_schema.insert(schema, tags);
        }
    }
    out
}

/// The nodes that have a member `discriminator`.
fn owners(document: &Document) -> Vec<Loc> {
    let mut out = Vec::new();
    for (index, (_, file)) in (0..).zip(document.files()) {
        // Nodes stand in preorder: those around the one at hand are a stack.
        let mut around: Vec<NodeIx> = Vec::new();
        for node in (0..u32::try_from(file.len()).unwrap_or(u32::MAX)).map(NodeIx) {
            while around.last().is_some_and(|&above| file.end(above) <= node) {
                around.pop();
            }
            if file.key(node) == Key::DISCRIMINATOR {
                out.extend(around.last().map(|&node| Loc { file: FileIx(index), node }));
            }
            around.push(node);
        }
    }
    out
}

/// The components that extend each component by `allOf`, in document order.
fn children(contract: &Contract) -> FxHashMap<Loc, Vec<(String, Loc)>> {
    let document = &contract.document;
    let mut out: FxHashMap<Loc, Vec<(String, Loc)>> = FxHashMap::default();
    for (name, at) in contract.homes.schemas() {
        for member in document.get(at, Key::ALL_OF).into_iter().flat_map(|list| document.children(list)) {
            if let SchemaAt::Node(parent) = contract.resolve(member) {
                out.entry(parent).or_default().push((name.clone(), at));
            }
        }
    }
    out
}

fn table(contract: &Contract, schema: Loc, children: &FxHashMap<Loc, Vec<(String, Loc)>>) -> Option<Tags> {
    let document = &contract.document;
    let at = document.get(schema, Key::DISCRIMINATOR)?;
    // 2.0 writes the name itself.
    let property = match document.kind(at) {
        Kind::String => document.text(at),
        Kind::Object => document.string(at, Key::PROPERTY_NAME)?,
        Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::Array => return None,
    };
    let lists = [Key::ONE_OF, Key::ANY_OF].into_iter().filter_map(|key| document.get(schema, key));
    let members: Vec<Loc> = lists.flat_map(|list| document.children(list)).collect();
    let union = !members.is_empty();
    let named = |member: Loc| {
        let SchemaAt::Node(target) = contract.resolve(member) else { return None };
        match contract.homes.at(target)? {
            Home::Component { section: "schemas", name } => Some((name.clone(), target)),
            Home::Root | Home::Component { .. } | Home::Path(_) | Home::Operation(_) => None,
        }
    };
    let candidates: Vec<(String, Loc)> = if union {
        members.into_iter().filter_map(named).collect()
    } else {
        children.get(&schema).cloned().unwrap_or_default()
    };
    let mapping = document.get(at, Key::MAPPING).into_iter().flat_map(|at| document.members(at));
    let mut list: Vec<Tag> = mapping
        .map(|(tag, at)| {
            let written = document.text(at).to_owned();
            Tag { text: tag.to_owned(), target: selected(contract, at), mapped: true, written }
        })
        .collect();
    for (name, target) in candidates {
        let told = list.iter().any(|tag| tag.text == name || tag.mapped && tag.target == Some(target));
        if !told {
            list.push(Tag { text: name.clone(), target: Some(target), mapped: false, written: name });
        }
    }
    let default = document.string(at, Key::DEFAULT_MAPPING).map(str::to_owned);
    Some(Tags { property: property.to_owned(), list, default, union })
}

/// The schema that a mapping names: the name of a component, or a reference.
fn selected(contract: &Contract, at: Loc) -> Option<Loc> {
    let text = contract.document.text(at);
    let found = contract.homes.component("schemas", text).or_else(|| contract.document.lookup(at, text))?;
    match contract.resolve(found) {
        SchemaAt::Node(target) => Some(target),
        SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => None,
    }
}
