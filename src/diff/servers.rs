//! Servers: addresses that came and went. A base path that moved into the paths is no change.

use super::Differ;
use super::draft::Draft;
use super::operations::{Pair, at};
use super::place::Address;
use super::unread::{Sight, sight};
use crate::contract::{Action, Contract, Facet, Operation, Origin, Scope, Server, Unread};
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

/// The servers of an operation: its own, else the API's.
fn serving<'c>(contract: &'c Contract, operation: &'c Operation) -> &'c [Server] {
    if has_own(operation) { &operation.servers } else { &contract.servers }
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
        let alike = shared && pair.base.key.template.shape == pair.head.key.template.shape;
        let [gone, come] = match &known {
            Some(known) if alike => known.clone(),
            _ => apart((olds, pair.base), (news, pair.head)),
        };
        if alike {
            known.get_or_insert([gone.clone(), come.clone()]);
        }
        let address = if shared { Address::plain("servers") } else { pair.address() };
        // Without a server the API is where the document is (OpenAPI 3.x, `servers`): nothing to lose.
        let fact = |action, server: &Server| {
            Draft::new(Facet::Server, action, Scope::Operation, address.clone())
                .subject(server.url.clone())
                .code("url", server.url.clone())
                .used([at(pair.head, Spot::Operation)])
        };
        for server in gone.into_iter().map(|ix| &olds[ix]) {
            differ.drafts.push(fact(Action::Removed, server).at(Some(server.at), None));
        }
        for server in come.into_iter().map(|ix| &news[ix]) {
            differ.drafts.push(fact(Action::Added, server).at(None, Some(server.at)));
        }
    }
}

/// The servers of each side that the other does not have, by their places: by the whole address of the operation, so that
/// a base path may move between server and path.
fn apart((olds, base): (&[Server], &Operation), (news, head): (&[Server], &Operation)) -> [Vec<usize>; 2] {
    let full = |servers: &[Server], of: &Operation| -> Vec<String> {
        servers.iter().map(|server| format!("{}{}", normal(&server.url), of.key.template.shape)).collect()
    };
    let (old, new) = (full(olds, base), full(news, head));
    let only = |own: &[String], other: &[String]| -> Vec<usize> {
        let alone = own.iter().enumerate().filter(|(_, full)| !other.contains(full) && !other.is_empty());
        alone.map(|(ix, _)| ix).collect()
    };
    [only(&old, &new), only(&new, &old)]
}
