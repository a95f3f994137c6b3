//! How tokens of a scheme are obtained: OAuth flows, their addresses and scopes. Not what a request carries, yet whoever
//! fetches tokens the old way may fail.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::draft::Draft;
use super::operations::{Pair, name};
use super::place::Address;
use super::{Differ, Use};
use crate::contract::{Action, Contract, Facet, SchemaAt, Scope, bounded, listed};
use crate::spec::{Document, Key, Kind, Loc};
use crate::text::Spot;

/// Compares the schemes that matched operations ask for, by name.
pub(super) fn compare(differ: &mut Differ<'_>, pairs: &[Pair<'_>]) {
    let mut known: FxHashMap<(Loc, Loc), Option<[Vec<String>; 2]>> = FxHashMap::default();
    for (scheme, asking) in asked(pairs) {
        let (Some(base), Some(head)) = (at(differ.base, scheme), at(differ.head, scheme)) else { continue };
        let found = known.entry((base, head)).or_insert_with(|| lost(differ, base, head));
        if let Some(flows) = found
            && let Some(first) = asking.first()
        {
            let draft = fact(scheme, flows).code("operation", name(pairs[*first].head)).at(Some(base), Some(head));
            let uses = asking.iter().map(|&pair| pairs[pair].part(Spot::Security));
            differ.drafts.push(draft.used(uses.collect::<Vec<Use>>()));
        }
        if differ.drafts.are_too_many() {
            return;
        }
    }
}

/// The schemes that base asks for, each with the operations that ask.
fn asked<'c>(pairs: &[Pair<'c>]) -> IndexMap<&'c str, Vec<usize>, FxBuildHasher> {
    let mut out: IndexMap<&str, Vec<usize>, FxBuildHasher> = IndexMap::default();
    for (index, pair) in pairs.iter().enumerate() {
        for credential in pair.base.security.iter().flat_map(|alternative| &alternative.credentials) {
            let asking = out.entry(&credential.name).or_default();
            if asking.last() != Some(&index) {
                asking.push(index);
            }
        }
    }
    out
}

fn at(contract: &Contract, name: &str) -> Option<Loc> {
    let listed = contract.homes.component("securitySchemes", name)?;
    if let SchemaAt::Node(at) = contract.resolve(listed) { Some(at) } else { None }
}

/// The flows of both versions if head lacks something of base.
fn lost(differ: &Differ<'_>, base: Loc, head: Loc) -> Option<[Vec<String>; 2]> {
    let (was, is) = (flows(differ.base, base), flows(differ.head, head));
    let told: FxHashSet<&String> = is.iter().collect();
    let lost = was.iter().any(|flow| !told.contains(flow));
    lost.then_some([was, is])
}

fn fact(scheme: &str, flows: &[Vec<String>; 2]) -> Draft {
    let component = format!("securitySchemes/{scheme}");
    let address = Address {
        prefix: component.clone(),
        component: Some(component),
        spot: Some(Spot::Operation),
        ..Address::default()
    };
    let [from, to] = flows.each_ref().map(|list| bounded(list.join("; ")));
    let [was, is] = flows.each_ref().map(|list| listed(list.iter().cloned(), "; "));
    Draft::new(Facet::Security, Action::Replaced, Scope::Operation, address)
        .values(&from, &to)
        .code("from", was)
        .code("to", is)
        .code("credentials", scheme)
}

/// One text for each flow and each scope, in the words of OpenAPI 3.
fn flows(contract: &Contract, at: Loc) -> Vec<String> {
    let document = &contract.document;
    let mut out = Vec::new();
    if let Some(flow) = document.string(at, Key::FLOW) {
        // Swagger 2.0 (Security Scheme Object) gives each flow the addresses it needs; others beside it say nothing.
        let (name, addresses): (&str, &[Key]) = match flow {
            "implicit" => (flow, &[Key::AUTHORIZATION_URL]),
            "password" => (flow, &[Key::TOKEN_URL]),
            "application" => ("clientCredentials", &[Key::TOKEN_URL]),
            "accessCode" => ("authorizationCode", BOTH),
            other => (other, BOTH),
        };
        one(document, at, (name, addresses), &mut out);
    }
    if let Some(flows) = document.get(at, Key::FLOWS) {
        document.members(flows).for_each(|(name, at)| one(document, at, (name, BOTH), &mut out));
    }
    out
}

const BOTH: &[Key] = &[Key::AUTHORIZATION_URL, Key::TOKEN_URL];

fn one(document: &Document, at: Loc, (name, addresses): (&str, &[Key]), out: &mut Vec<String>) {
    out.push(name.to_owned());
    for &key in addresses {
        out.extend(document.string(at, key).map(|url| format!("{name} {} {url}", key.fixed())));
    }
    if let Some(scopes) = document.get(at, Key::SCOPES).filter(|&scopes| document.kind(scopes) == Kind::Object) {
        out.extend(document.members(scopes).map(|(scope, _)| format!("{name} scope {scope}")));
    }
}
