//! How tokens of a scheme are obtained: OAuth flows, their addresses and scopes. Not what a request carries, yet whoever
//! fetches tokens the old way may fail.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::draft::Draft;
use super::operations::{Pair, name};
use super::place::Address;
use super::{Differ, Use, annotations};
use crate::contract::{Action, Contract, Facet, SchemaAt, Scope, bounded, listed};
use crate::spec::{Document, Key, Kind, Loc};
use crate::text::{Arg, Spot};

/// Compares the schemes that matched operations ask for, by name; one that goes, with the one that stands for it.
pub(super) fn compare(differ: &mut Differ<'_>, pairs: &[Pair<'_>]) {
    let mut known: FxHashMap<(Loc, Loc), Vec<Draft>> = FxHashMap::default();
    for (scheme, asking) in asked(pairs) {
        let Some(&first) = asking.first() else { continue };
        let head = at(differ.head, scheme).or_else(|| at(differ.head, counterpart(pairs[first], scheme)?));
        let (Some(base), Some(head)) = (at(differ.base, scheme), head) else { continue };
        let facts = known.entry((base, head)).or_insert_with(|| facts(differ, scheme, (base, head)));
        let uses = || asking.iter().map(|&pair| pairs[pair].part(Spot::Security)).collect::<Vec<Use>>();
        for fact in facts.iter() {
            let draft = fact.clone().code("operation", name(pairs[first].head));
            differ.drafts.push(draft.at(Some(base), Some(head)).used(uses()));
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

/// The name under which head asks for the same credential.
fn counterpart<'c>(pair: Pair<'c>, scheme: &str) -> Option<&'c str> {
    let mut old = pair.base.security.iter().flat_map(|alternative| &alternative.credentials);
    let old = old.find(|credential| credential.name == scheme)?;
    let mut new = pair.head.security.iter().flat_map(|alternative| &alternative.credentials);
    new.find(|new| new.is_same(old)).map(|new| new.name.as_str())
}

fn at(contract: &Contract, name: &str) -> Option<Loc> {
    let listed = contract.homes.component("securitySchemes", name)?;
    if let SchemaAt::Node(at) = contract.resolve(listed) { Some(at) } else { None }
}

/// What differs between two schemes.
fn facts(differ: &Differ<'_>, scheme: &str, (base, head): (Loc, Loc)) -> Vec<Draft> {
    let component = format!("securitySchemes/{scheme}");
    let address = Address {
        prefix: component.clone(),
        component: Some(component),
        spot: Some(Spot::Operation),
        ..Address::default()
    };
    let place = Arg::Code(scheme.to_owned());
    let mut out = annotations::node(differ, (base, head), &address, &place);
    let (was, is) = (flows(differ.base, base), flows(differ.head, head));
    let format = |contract: &'_ Contract, at| contract.document.string(at, Key::BEARER_FORMAT).map(str::to_owned);
    if format(differ.base, base) != format(differ.head, head) || is_reworded(&was, &is) {
        let draft = Draft::new(Facet::Description, Action::Edited, Scope::Operation, address.clone());
        out.push(draft.arg("place", place).at(Some(base), Some(head)));
    }
    let only = |own: &[Way], other: &[Way]| {
        let told: FxHashSet<&str> = other.iter().map(|way| way.text.as_str()).collect();
        own.iter().filter(|way| !told.contains(way.text.as_str())).cloned().collect::<Vec<Way>>()
    };
    let (lost, gained) = (only(&was, &is), only(&is, &was));
    let (action, apart) = match (lost.is_empty(), gained.is_empty()) {
        (true, true) => return out,
        (true, false) => (Action::Added, &gained),
        (false, _) => (Action::Replaced, &lost),
    };
    let scopes_only = apart.iter().all(|way| way.scope.is_some());
    let [from, to] = identities(&was, &is);
    let shown = |ways: &[Way]| listed(ways.iter().map(|way| way.text.clone()), "; ");
    let scopes = scopes(apart);
    let [was, is] = match (action, scopes_only) {
        (Action::Replaced, true) => [scopes, String::new()],
        (Action::Replaced, false) => [shown(&was), shown(&is)],
        (_, true) => [String::new(), scopes],
        (_, false) => [String::new(), shown(&gained)],
    };
    let mut draft = Draft::new(Facet::Security, action, Scope::Operation, address)
        .values(&from, &to)
        .code("from", was)
        .code("to", is)
        .code("credentials", scheme);
    draft.traits.scopes_only = scopes_only;
    out.push(draft);
    out
}

/// True if a scope of both is described otherwise.
fn is_reworded(was: &[Way], is: &[Way]) -> bool {
    let words: FxHashMap<&str, &str> = is.iter().map(|way| (way.text.as_str(), way.words.as_str())).collect();
    was.iter().any(|way| words.get(way.text.as_str()).is_some_and(|words| *words != way.words))
}

/// The names of scopes, each once.
fn scopes(ways: &[Way]) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in ways.iter().filter_map(|way| way.scope.as_ref()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    listed(names.into_iter(), ", ")
}

/// Both lists for identities, in which only what every version of this program knew stands, unless that is the same.
fn identities(was: &[Way], is: &[Way]) -> [String; 2] {
    let text = |ways: &[Way], all: bool| {
        let texts: Vec<&str> = ways.iter().filter(|way| all || !way.late).map(|way| way.text.as_str()).collect();
        bounded(texts.join("; "))
    };
    let first = [text(was, false), text(is, false)];
    if first[0] == first[1] { [text(was, true), text(is, true)] } else { first }
}

/// A flow, an address or a scope of it.
#[derive(Clone, Default)]
struct Way {
    /// In the words of OpenAPI 3.
    text: String,
    scope: Option<String>,
    /// What is said of the scope.
    words: String,
    /// Not part of identities where anything else differs.
    late: bool,
}

/// Each flow, address and scope of a scheme.
fn flows(contract: &Contract, at: Loc) -> Vec<Way> {
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
        document.members(flows).for_each(|(name, at)| one(document, at, (name, ALL), &mut out));
    }
    let way = |key: Key| {
        let url = document.string(at, key)?;
        Some(Way { text: format!("{} {url}", key.fixed()), late: true, ..Way::default() })
    };
    out.extend([Key::OPEN_ID_CONNECT_URL, Key::OAUTH2_METADATA_URL].into_iter().filter_map(way));
    out
}

const BOTH: &[Key] = &[Key::AUTHORIZATION_URL, Key::TOKEN_URL];
const ALL: &[Key] = &[Key::AUTHORIZATION_URL, Key::TOKEN_URL, Key::REFRESH_URL, Key::DEVICE_AUTHORIZATION_URL];

fn one(document: &Document, at: Loc, (name, addresses): (&str, &[Key]), out: &mut Vec<Way>) {
    out.push(Way { text: name.to_owned(), ..Way::default() });
    for &key in addresses {
        let text = document.string(at, key).map(|url| format!("{name} {} {url}", key.fixed()));
        out.extend(text.map(|text| Way { text, late: !BOTH.contains(&key), ..Way::default() }));
    }
    if let Some(scopes) = document.get(at, Key::SCOPES).filter(|&scopes| document.kind(scopes) == Kind::Object) {
        let way = |(scope, at): (&str, Loc)| Way {
            text: format!("{name} scope {scope}"),
            scope: Some(scope.to_owned()),
            words: document.text(at).to_owned(),
            late: false,
        };
        out.extend(document.members(scopes).map(way));
    }
}
