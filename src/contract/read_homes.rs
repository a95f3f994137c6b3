//! The homes of shared parts: components by their names, parts of other files by a name of their own.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::SchemaAt;
use super::home::{Home, SECTIONS};
use super::read::Reader;
use crate::spec::{FileIx, Key, Kind, Loc, NodeIx};

impl Reader {
    /// Entries of component sections, with the nodes their references lead to.
    pub(super) fn components(&mut self) {
        let document = self.doc();
        let root = document.root();
        let parent = document.get(root, Key::COMPONENTS).unwrap_or(root);
        for &(key, section) in SECTIONS {
            let Some(at) = document.member(parent, key) else { continue };
            // `components.schemas: {$ref: …}` is not in the standard, yet real documents have it.
            let SchemaAt::Node(at) = self.contract.resolve(at) else { continue };
            for (name, entry) in document.members(at) {
                self.contract.homes.add(entry, Home::Component { section, name: name.to_owned() });
                if let SchemaAt::Node(target) = self.contract.resolve(entry)
                    && target.file != FileIx(0)
                {
                    self.contract.homes.add(target, Home::Component { section, name: name.to_owned() });
                }
            }
        }
    }

    /// Referenced nodes of other files that no part claimed are schemas; their names are made unique by folders.
    pub(super) fn shared_files(&mut self) {
        let document = self.doc();
        let mut named: IndexMap<String, Vec<Loc>, FxBuildHasher> = IndexMap::default();
        for at in document.referenced() {
            if at.file != FileIx(0) && !self.contract.homes.is_home(at) {
                let known = named.entry(self.file_name(at)).or_default();
                if !known.contains(&at) {
                    known.push(at);
                }
            }
        }
        for (name, locs) in named {
            let alone = locs.len() == 1 && self.contract.homes.component("schemas", &name).is_none();
            for at in locs {
                let name = if alone { name.clone() } else { folder_name(document.path(at.file), &name) };
                self.contract.homes.add(at, Home::Component { section: "schemas", name });
            }
        }
    }

    /// The last segment of a node's pointer, else its file's stem.
    pub(super) fn file_name(&self, at: Loc) -> String {
        let document = &self.contract.document;
        if at.node != NodeIx::ROOT && document.kind(at) != Kind::Null {
            let name = document.name(at);
            if !name.is_empty() {
                return name.to_owned();
            }
        }
        let path = document.path(at.file);
        let base = path.rsplit('/').next().unwrap_or(path);
        base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned()
    }
}

fn folder_name(path: &str, name: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    segments.pop();
    segments.push(name);
    segments.join("/")
}
