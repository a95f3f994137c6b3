//! Variables of servers: what is sent where nothing is filled in, and which values may be (OpenAPI 3.x, Server Variable
//! Object). The addresses that they stand for are compared as servers.

use super::Differ;
use super::draft::Draft;
use super::operations::{Pair, at};
use super::place::Address;
use crate::contract::{Action, Contract, Facet, Scope, shape};
use crate::spec::{Document, Key, Loc};
use crate::text::{Arg, Spot};

/// Compares the variables of server objects whose addresses are written alike, whatever their variables are called.
pub(super) fn compare(differ: &mut Differ<'_>, pair: Pair<'_>, address: &Address, [olds, news]: [Vec<Loc>; 2]) {
    for old in olds {
        let template = shape_of(differ.base, old);
        let Some(&new) = news.iter().find(|&&new| template.is_some() && shape_of(differ.head, new) == template) else {
            continue;
        };
        let [was, is] = [(differ.base, old), (differ.head, new)].map(|(contract, at)| variables(contract, at));
        for (old, new) in was.iter().zip(&is) {
            let facts = facts(old, new).into_iter().map(|(action, [from, to])| {
                let blank = Draft::new(Facet::ServerVariable, action, Scope::Operation, address.clone());
                let replaced = (action == Action::Replaced).then_some((old.default, new.default));
                let (was, is) = replaced.unwrap_or_default();
                blank
                    .values(was.unwrap_or_default(), is.unwrap_or_default())
                    .subject(format!("{} {}", template.as_deref().unwrap_or_default(), old.name))
                    .code("name", new.name)
                    .code("url", new.url)
                    .arg("from", from)
                    .arg("to", to)
                    .at(Some(old.at), Some(new.at))
                    .used([at(pair.head, Spot::Operation)])
            });
            for draft in facts.collect::<Vec<_>>() {
                differ.drafts.push(draft);
            }
        }
    }
}

/// The address with variables as `{}`; `None` where it has none.
fn shape_of(contract: &Contract, server: Loc) -> Option<String> {
    let url = contract.document.string(server, Key::URL)?.trim_end_matches('/');
    url.contains('{').then(|| shape(url).0)
}

struct Variable<'c> {
    name: &'c str,
    url: &'c str,
    at: Loc,
    default: Option<&'c str>,
    /// `None` where any value may be filled in.
    values: Option<Vec<&'c str>>,
}

/// The variables of a server in the order of its address.
fn variables(contract: &Contract, server: Loc) -> Vec<Variable<'_>> {
    let document: &Document = &contract.document;
    let Some(url) = document.string(server, Key::URL) else { return Vec::new() };
    let listed: Vec<(&str, Loc)> =
        document.get(server, Key::VARIABLES).into_iter().flat_map(|all| document.members(all)).collect();
    let names = shape(url).1;
    let found = names.iter().map(|name| listed.iter().find(|(known, _)| known == name).copied());
    // A slot that nothing describes stands for itself; those behind it keep their places.
    let found = found.map_while(std::convert::identity);
    found
        .map(|(name, at)| Variable {
            name,
            url,
            at,
            default: document.string(at, Key::DEFAULT),
            values: document
                .get(at, Key::ENUM)
                .map(|values| document.children(values).map(|value| document.text(value)).collect()),
        })
        .collect()
}

/// What differs between two variables beyond the addresses that they stand for.
fn facts(old: &Variable<'_>, new: &Variable<'_>) -> Vec<(Action, [Arg; 2])> {
    let mut out = Vec::new();
    let any = || Arg::Term { term: "text".to_owned() };
    let list = |values: &[&str]| Arg::Code(crate::contract::listed(values.iter().map(|&value| value.to_owned()), ", "));
    match (&old.values, &new.values) {
        (None, Some(values)) => out.push((Action::Narrowed, [any(), list(values)])),
        (Some(values), None) => out.push((Action::Widened, [list(values), any()])),
        (None, None) | (Some(_), Some(_)) => {}
    }
    if let (Some(was), Some(is)) = (old.default, new.default)
        && was != is
        // Where the old value is none any more, its address went.
        && new.values.as_ref().is_none_or(|values| values.contains(&was))
    {
        out.push((Action::Replaced, [Arg::Code(was.to_owned()), Arg::Code(is.to_owned())]));
    }
    out
}
