//! Servers: addresses that came and went. A base path that moved into the paths is no change.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::operations::{Pair, at};
use super::place::Address;
use super::unread::{Sight, sight};
use super::{Differ, server_variables};
use crate::contract::{Action, Contract, Dialect, Facet, Operation, Origin, Scope, Unread, spelling};
use crate::spec::{Key, Loc};
use crate::text::Spot;

/// The path of the first server of an operation, without a trailing slash.
pub(super) fn base_path(contract: &Contract, operation: &Operation) -> String {
    let own = operation.servers.first().or_else(|| contract.servers.first());
    own.map_or_else(String::new, |server| path(&server.url).to_owned())
}

/// The path of a server's address, without a trailing slash.
pub(crate) fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    if rest.len() == url.len() {
        return url.trim_end_matches('/');
    }
    rest.find('/').map_or("", |start| rest[start..].trim_end_matches('/'))
}

/// True if an operation has servers of its own, be they readable or not.
fn has_own(operation: &Operation) -> bool {
    !operation.servers.is_empty() || operation.unread_servers.is_some()
}

/// An address that serves an operation.
struct Served<'c> {
    url: &'c str,
    /// With variables that take any value as `{}`.
    open: &'c str,
    at: Option<Loc>,
}

/// The addresses of an operation: its own, else the API's. Where none is written, the API is where its document is
/// (OpenAPI 3.x, `servers`: a Server Object with the address `/`; 2.0, `host` and `basePath`).
fn serving<'c>(contract: &'c Contract, operation: &'c Operation) -> Vec<Served<'c>> {
    let list = if has_own(operation) { &operation.servers } else { &contract.servers };
    let mut out: Vec<Served<'_>> =
        list.iter().map(|server| Served { url: &server.url, open: &server.open, at: Some(server.at) }).collect();
    if out.is_empty() && unread_of(contract, operation).is_none() {
        out.push(Served { url: "", open: "", at: None });
    }
    out
}

/// Host names compare without case, and the port of the scheme need not be written (RFC 3986, 6.2).
fn normal(url: &str) -> String {
    let Ok(parsed) = url::Url::parse(url) else { return url.to_owned() };
    if url.contains('{') { url.to_owned() } else { parsed.as_str().trim_end_matches('/').to_owned() }
}

fn unread_of<'c>(contract: &'c Contract, operation: &'c Operation) -> Option<&'c Unread> {
    if has_own(operation) { operation.unread_servers.as_ref() } else { contract.unread_servers.as_ref() }
}

/// Servers that one version cannot read.
fn unknown(differ: &mut Differ<'_>, pair: Pair<'_>, sides: (Option<&Unread>, Option<&Unread>)) {
    let shared = !has_own(pair.base) && !has_own(pair.head);
    let address = if shared { Address::plain("servers") } else { pair.address() };
    let shown = sides.0.or(sides.1).map_or("", |unread| unread.sign.trim());
    let node = |unread: Option<&Unread>| unread.map(|unread| unread.at);
    let draft = Draft::unknown(Facet::Server, Scope::Operation, address)
        .code("url", shown)
        .at(node(sides.0), node(sides.1))
        .used([at(pair.head, Spot::Operation)]);
    differ.drafts.push(draft);
}

pub(super) fn compare(differ: &mut Differ<'_>, pairs: &[Pair<'_>]) {
    let (base, head) = (differ.base, differ.head);
    let mut known: Option<[Vec<usize>; 2]> = None;
    // Webhooks and callbacks are not sent to the servers of the API.
    for pair in pairs.iter().filter(|pair| pair.base.key.origin == Origin::Path) {
        let (olds, news) = (serving(base, pair.base), serving(head, pair.head));
        let sides = (unread_of(base, pair.base), unread_of(head, pair.head));
        match sight(sides.0, sides.1) {
            // What neither version tells is the same; the servers beside it are compared.
            Sight::Clear | Sight::Alike => {}
            Sight::Unknown => {
                unknown(differ, *pair, sides);
                continue;
            }
        }
        let shared = !has_own(pair.base) && !has_own(pair.head);
        // Most operations have the servers of the API, and their path.
        let alike = shared && plain(pair.base) == plain(pair.head);
        let [gone, come] = match &known {
            Some(known) if alike => known.clone(),
            _ => apart((&olds, pair.base), (&news, pair.head)),
        };
        if alike {
            known.get_or_insert([gone.clone(), come.clone()]);
        }
        let address = if shared { Address::plain("servers") } else { pair.address() };
        let fact = |action, server: &Served<'_>| {
            Draft::new(Facet::Server, action, Scope::Operation, address.clone())
                .subject(server.url)
                .code("url", if server.url.is_empty() { "/" } else { server.url })
                .used([at(pair.head, Spot::Operation)])
        };
        for server in gone.into_iter().map(|ix| &olds[ix]) {
            differ.drafts.push(fact(Action::Removed, server).at(server.at, None));
        }
        for server in come.into_iter().map(|ix| &news[ix]) {
            differ.drafts.push(fact(Action::Added, server).at(None, server.at));
        }
        schemes(differ, *pair, &address);
        server_variables::compare(differ, *pair, &address, [nodes(&olds), nodes(&news)]);
    }
}

/// Schemes of 2.0 where no host is written: the address is that of the document, but for its scheme.
fn schemes(differ: &mut Differ<'_>, pair: Pair<'_>, address: &Address) {
    let of = |contract: &'_ Contract, operation: &Operation| -> Option<BTreeSet<String>> {
        let document = &contract.document;
        let root = document.root();
        let alone = contract.dialect == Dialect::V20 && document.get(root, Key::HOST).is_none();
        let listed = [operation.at, root].into_iter().filter_map(|at| document.get(at, Key::SCHEMES));
        let schemes = |list| document.children(list).map(|scheme| document.text(scheme).to_owned()).collect();
        listed.map(schemes).find(|schemes: &BTreeSet<String>| alone && !schemes.is_empty())
    };
    let (Some(was), Some(is)) = (of(differ.base, pair.base), of(differ.head, pair.head)) else { return };
    for (action, scheme) in
        was.difference(&is).map(|it| (Action::Removed, it)).chain(is.difference(&was).map(|it| (Action::Added, it)))
    {
        let draft = Draft::new(Facet::Server, action, Scope::Operation, address.clone())
            .subject(format!("{scheme}:"))
            .code("url", format!("{scheme}:"))
            .at(Some(pair.base.at), Some(pair.head.at))
            .used([at(pair.head, Spot::Operation)]);
        differ.drafts.push(draft);
    }
}

/// The server objects of some addresses, each once.
fn nodes(list: &[Served<'_>]) -> Vec<Loc> {
    let mut out: Vec<Loc> = list.iter().filter_map(|server| server.at).collect();
    out.dedup();
    out
}

/// The shape of an operation's path without a slash at its end.
fn plain(operation: &Operation) -> &str {
    operation.key.template.shape.trim_end_matches('/')
}

/// The servers of each side that the other does not have, by their places: by the whole address of the operation, so that
/// a base path may move between server and path.
fn apart((olds, base): (&[Served<'_>], &Operation), (news, head): (&[Served<'_>], &Operation)) -> [Vec<usize>; 2] {
    let full = |servers: &[Served<'_>], of: &Operation| -> Vec<[String; 2]> {
        let with = |url: &str| spelling::path(&format!("{url}{}", plain(of)));
        servers.iter().map(|server| [with(&normal(server.url)), with(&server.open.replace("{}", ANY))]).collect()
    };
    let (old, new) = (full(olds, base), full(news, head));
    let only = |own: &[[String; 2]], other: &[[String; 2]]| -> Vec<usize> {
        let serves = |full: &str| other.iter().any(|[url, open]| url == full || takes(open, full));
        let alone = own.iter().enumerate().filter(|(_, [full, _])| !serves(full) && !other.is_empty());
        alone.map(|(ix, _)| ix).collect()
    };
    [only(&old, &new), only(&new, &old)]
}

/// Stands for any text of one segment; no address holds it.
const ANY: &str = "\u{fffff}";

/// True if an address is one that a template with open variables stands for.
fn takes(template: &str, address: &str) -> bool {
    let mut parts = template.split(ANY);
    let Some(mut rest) = parts.next().and_then(|first| address.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (ix, part) in parts.iter().enumerate() {
        let end = if ix + 1 == parts.len() { rest.strip_suffix(part).map(str::len) } else { rest.find(part) };
        let Some(end) = end.filter(|&end| end > 0 && !rest[..end].contains('/')) else { return false };
        rest = &rest[end + part.len()..];
    }
    !parts.is_empty() && rest.is_empty()
}
