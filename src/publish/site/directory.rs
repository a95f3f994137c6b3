//! The operations of an API over its whole history: those that are gone keep their page, for whoever follows it.

use indexmap::IndexMap;

use crate::contract::{Contract, OpKey, Operation as Declared, Origin, Template};
use crate::render::slug::hashed;
use crate::report::Operation as Reached;
use crate::spec::Key;
use crate::text::Spot;

/// An operation as it was when last seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Operation {
    /// `GET /rdvs/{id}`, `POST created` for a webhook.
    pub(super) name: String,
    pub(super) summary: String,
    pub(super) tags: Vec<String>,
    pub(super) deprecated: bool,
    /// As written under `x-sunset`.
    pub(super) sunset: Option<String>,
    pub(super) gone: bool,
    /// The name of its folder: of the first `operationId` it had, so that renaming it moves no feed.
    pub(super) slug: String,
    key: OpKey,
}

/// The operations of one API by address (`GET /rdvs/{}`), in the order of the newest document, then those that are gone.
#[derive(Clone, Default, Debug)]
pub(super) struct Directory(IndexMap<String, Operation>);

impl Directory {
    /// Takes in a version; versions come oldest first.
    pub(super) fn see(&mut self, contract: &Contract) {
        let old = std::mem::take(&mut self.0);
        let mut old: IndexMap<String, Option<Operation>> = old.into_iter().map(|(at, it)| (at, Some(it))).collect();
        for declared in contract.operations.iter().filter(|it| !matches!(it.key.origin, Origin::Callback(..))) {
            let address = declared.key.address();
            let known = old.get_mut(&address).and_then(Option::take);
            let read = read(contract, declared, &address, known);
            self.0.insert(address, read);
        }
        for (address, operation) in old.into_iter().filter_map(|(address, left)| Some((address, left?))) {
            // What cannot be read is not known to be gone.
            let hidden = contract.veils.iter().any(|veil| veil.hides(&operation.key));
            self.0.insert(address, Operation { gone: operation.gone || !hidden, ..operation });
        }
    }
    /// Marks all as gone, where the newest version has no such document.
    pub(super) fn close(&mut self) {
        self.0.values_mut().for_each(|operation| operation.gone = true);
    }
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Operation)> {
        self.0.iter().map(|(address, operation)| (address.as_str(), operation))
    }
    /// The place of an operation that a change reaches.
    pub(super) fn find(&self, at: &Reached) -> Option<usize> {
        // `diff` writes a webhook's name as its path.
        if let Some(name) = at.path.strip_prefix('/').filter(|_| matches!(at.spot, Spot::Webhook(..))) {
            return self.0.get_index_of(&format!("webhook:{name} {}", at.method));
        }
        let template = Template::new(&at.path);
        let of = |shape: &str| self.0.get_index_of(&format!("{} {shape}", at.method));
        of(&template.slashed()).or_else(|| of(&template.shape))
    }
    /// The tags in use, in the order of the operations, each with its operations.
    pub(super) fn tags(&self) -> IndexMap<&str, Vec<usize>> {
        let mut out: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (ix, operation) in self.0.values().enumerate() {
            for tag in &operation.tags {
                out.entry(tag).or_default().push(ix);
            }
        }
        out
    }
    pub(super) fn get(&self, ix: usize) -> Option<(&str, &Operation)> {
        self.0.get_index(ix).map(|(address, operation)| (address.as_str(), operation))
    }
}

fn read(contract: &Contract, declared: &Declared, address: &str, known: Option<Operation>) -> Operation {
    let document = &contract.document;
    let text = |key| document.string(declared.at, key).unwrap_or_default().to_owned();
    let name = match &declared.key.origin {
        Origin::Webhook(name) => format!("{} {name}", declared.key.method),
        Origin::Path | Origin::Callback(..) => format!("{} {}", declared.key.method, declared.key.template.text),
    };
    let id = text(Key::OPERATION_ID);
    let readable = if id.is_empty() { name.clone() } else { id };
    let tags = document.get(declared.at, Key::TAGS);
    let tags = tags.into_iter().flat_map(|tags| document.children(tags)).map(|tag| document.text(tag).to_owned());
    let mut unique: Vec<String> = Vec::new();
    tags.filter(|tag| !tag.is_empty()).for_each(|tag| {
        if !unique.contains(&tag) {
            unique.push(tag);
        }
    });
    Operation {
        summary: text(Key::SUMMARY),
        tags: unique,
        deprecated: document.flag(declared.at, Key::DEPRECATED) == Some(true),
        sunset: document.string(declared.at, Key::X_SUNSET).map(str::to_owned),
        gone: false,
        key: declared.key.clone(),
        slug: known.map_or_else(|| hashed(&readable, address), |known| known.slug),
        name,
    }
}
