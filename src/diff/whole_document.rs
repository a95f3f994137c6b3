//! What a document says about the API as a whole, and what no operation reaches: counted, one line each for the API.

use super::draft::Draft;
use super::place::Address;
use super::{Differ, annotations, extensions, unreached};
use crate::contract::{Action, Contract, Facet, Scope, listed};
use crate::schema::canonical;
use crate::spec::{Key, Loc};
use crate::text::Arg;

pub(super) fn compare(differ: &mut Differ<'_>) {
    about(differ);
    let about: Vec<String> = differ.about.iter().map(|&name| name.to_owned()).collect();
    counted(differ, Facet::About, "about", about);
    let extensions = extensions::changed(differ);
    counted(differ, Facet::Extension, "extensions", extensions);
    let components = unreached::changed(differ);
    counted(differ, Facet::Component, "components", components);
}

/// One line for all of these, by their names.
fn counted(differ: &mut Differ<'_>, facet: Facet, prefix: &str, names: Vec<String>) {
    if names.is_empty() {
        return;
    }
    let draft = Draft::new(facet, Action::Edited, Scope::Operation, Address::plain(prefix))
        .arg("count", Arg::Count(names.len() as u64))
        .code("to", listed(names.into_iter(), ", "))
        .at(Some(differ.base.document.root()), Some(differ.head.document.root()));
    differ.drafts.push(draft);
}

/// Members of `info`. Its `version` is left out: it is what tells two versions apart.
const INFO: &[Key] = &[Key::TITLE, Key::SUMMARY, Key::DESCRIPTION, Key::TERMS_OF_SERVICE, Key::CONTACT, Key::LICENSE];

/// Information, tags, texts of servers and external documentation of the root.
fn about(differ: &mut Differ<'_>) {
    let (base, head) = (differ.base, differ.head);
    let roots = (base.document.root(), head.document.root());
    let info = |contract: &Contract| contract.document.get(contract.document.root(), Key::INFO);
    if let (Some(old), Some(new)) = (info(base), info(head))
        && INFO.iter().any(|&key| annotations::differs(base, head, (old, new), key))
    {
        differ.about("info");
    }
    for (key, name) in [(Key::TAGS, "tags"), (Key::EXTERNAL_DOCS, "externalDocs")] {
        if sorted(base, roots.0, key) != sorted(head, roots.1, key) {
            differ.about(name);
        }
    }
    if servers(base) != servers(head) {
        differ.about("servers");
    }
}

/// The items of a list as texts, in an order of their own; the order of tags is one of pages.
fn sorted(contract: &Contract, at: Loc, key: Key) -> Vec<String> {
    let document = &contract.document;
    let text = |at: Loc| {
        let mut out = String::new();
        canonical(document, at, &mut out);
        out
    };
    let mut out: Vec<String> =
        document.get(at, key).into_iter().flat_map(|list| document.children(list)).map(text).collect();
    out.sort_unstable();
    out
}

/// The texts of the servers that have some.
fn servers(contract: &Contract) -> Vec<(&str, &str)> {
    let document = &contract.document;
    let listed = document.get(document.root(), Key::SERVERS);
    let listed = listed.into_iter().flat_map(|list| document.children(list));
    let texts = listed.flat_map(|at| {
        [Key::DESCRIPTION, Key::NAME]
            .into_iter()
            .filter_map(move |key| Some((document.string(at, Key::URL).unwrap_or_default(), document.string(at, key)?)))
    });
    let mut out: Vec<(&str, &str)> = texts.collect();
    out.sort_unstable();
    out
}

impl Differ<'_> {
    /// Something that the documents say otherwise about the API as a whole.
    pub(super) fn about(&mut self, name: &'static str) {
        self.about.insert(name);
    }
}
