//! Components that no operation reaches in either version: nothing of them is on the wire, yet vendors document payloads
//! there.

use rustc_hash::FxHashSet;

use super::Differ;
use crate::contract::{Contract, SECTIONS};
use crate::schema::equal;
use crate::spec::{Document, FileIx, Key, Kind, Loc, NodeIx, Target};

/// The names of the components that changed and are not reached, as `schemas/Ticket`.
pub(super) fn changed(differ: &Differ<'_>) -> Vec<String> {
    let (base, head) = (differ.base, differ.head);
    let compared: FxHashSet<Loc> = differ.engine.align().pairs(0).into_iter().map(|(base, _)| base).collect();
    let (was, is) = (unreached(base), unreached(head));
    let mut out = Vec::new();
    for (name, at) in &was {
        let other = is.iter().find(|(known, _)| known == name).map(|(_, at)| *at);
        // What a discriminator leads to is compared though nothing refers to it.
        if compared.contains(at) || other.is_none() && has(head, name) {
            continue;
        }
        if other.is_none_or(|other| !equal((&base.document, *at), (&head.document, other))) {
            out.push(name.clone());
        }
    }
    let come = is.iter().filter(|(name, _)| !was.iter().any(|(known, _)| known == name) && !has(base, name));
    out.extend(come.map(|(name, _)| name.clone()));
    out
}

/// True if a contract has a component, reached or not.
fn has(contract: &Contract, name: &str) -> bool {
    name.split_once('/').is_some_and(|(section, name)| contract.homes.component(section, name).is_some())
}

/// The components of the document that nothing leads to, by section and name.
fn unreached(contract: &Contract) -> Vec<(String, Loc)> {
    let document = &contract.document;
    let seen = reached(document);
    let root = document.root();
    let parent = document.get(root, Key::COMPONENTS).unwrap_or(root);
    let mut out = Vec::new();
    for &(key, section) in SECTIONS {
        let Some(list) = document.member(parent, key).filter(|&at| document.kind(at) == Kind::Object) else { continue };
        for (name, at) in document.members(list) {
            // A reference into a component reaches it too.
            let end = document.file(at.file).end(at.node);
            let inside = seen.partition_point(|&known| known < at);
            let is_seen = seen.get(inside).is_some_and(|known| known.file == at.file && known.node < end);
            if !is_seen && !name.starts_with("x-") {
                out.push((format!("{section}/{name}"), at));
            }
        }
    }
    out
}

/// The nodes that references from operations lead to, one after another, in order.
fn reached(document: &Document) -> Vec<Loc> {
    let root = document.root();
    let tops = [Key::PATHS, Key::WEBHOOKS].into_iter().filter_map(|key| document.get(root, key));
    let mut open: Vec<Loc> = tops.collect();
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    for name in schemes(document) {
        let sections = [Key::SECURITY_SCHEMES, Key::SECURITY_DEFINITIONS];
        let parent = document.get(root, Key::COMPONENTS).unwrap_or(root);
        let found = sections.iter().find_map(|&key| document.member(document.get(parent, key)?, &name));
        if let Some(at) = found
            && seen.insert(at)
        {
            open.push(at);
        }
    }
    while let Some(at) = open.pop() {
        for target in targets(document, at) {
            if seen.insert(target) {
                open.push(target);
            }
        }
    }
    let mut out: Vec<Loc> = seen.into_iter().collect();
    out.sort_unstable();
    out
}

/// What the references and mappings within a node lead to.
fn targets(document: &Document, at: Loc) -> Vec<Loc> {
    let file = document.file(at.file);
    let end = file.end(at.node);
    let refs = file.refs();
    let from = refs.partition_point(|&node| node < at.node);
    let inside = refs[from..].iter().take_while(|&&node| node < end);
    let mut out: Vec<Loc> = inside
        .filter_map(|&node| match document.target(Loc { node, ..at })? {
            Target::At(target) => Some(target),
            Target::Missing(_) => None,
        })
        .collect();
    let mappings = (at.node.0..end.0).map(NodeIx).filter(|&node| file.key(node) == Key::MAPPING);
    for mapping in mappings.map(|node| Loc { node, ..at }) {
        for (_, entry) in document.members(mapping) {
            let text = document.text(entry);
            let schemas =
                document.get(document.root(), Key::COMPONENTS).and_then(|all| document.get(all, Key::SCHEMAS));
            let named = schemas.and_then(|schemas| document.member(schemas, text));
            out.extend(named.or_else(|| document.lookup(entry, text)));
        }
    }
    out
}

/// The names of the security schemes that anything asks for.
fn schemes(document: &Document) -> Vec<String> {
    let file = document.file(FileIx(0));
    let lists = (0..file.len()).filter_map(|ix| u32::try_from(ix).ok()).map(NodeIx);
    let lists = lists.filter(|&node| file.key(node) == Key::SECURITY && file.kind(node) == Kind::Array);
    let sets = lists.flat_map(|list| file.children(list));
    let mut out: Vec<String> =
        sets.flat_map(|set| file.children(set)).map(|scheme| file.name(scheme).to_owned()).collect();
    out.sort_unstable();
    out.dedup();
    out
}
