//! OpenAPI 3.0, 3.1 and 3.2: servers, their variables filled in.

use super::read::Reader;
use super::{Server, Unread};
use crate::spec::{Document, Key, Loc};

/// The servers of an object, one for each combination of variables with an enumeration, others by their default; and
/// what of them cannot be read.
pub(super) fn servers(reader: &mut Reader, at: Loc) -> (Vec<Server>, Option<Unread>) {
    let document = reader.doc();
    let list = match reader.holder(at, Key::SERVERS, true) {
        Ok(Some(list)) => list,
        Ok(None) => return (Vec::new(), None),
        Err(unread) => return (Vec::new(), Some(unread)),
    };
    let (mut out, mut unread): (Vec<Server>, Option<Unread>) = (Vec::new(), None);
    for listed in document.children(list) {
        if out.len() >= SERVERS {
            reader.problem(listed, format!("more than {SERVERS} servers: what this and later ones are is unknown"));
            also(&mut unread, Unread { at: listed, sign: reader.digest() });
            break;
        }
        let server = match reader.node(listed) {
            Ok(server) if document.string(server, Key::URL).is_some() => server,
            Ok(other) => {
                also(&mut unread, reader.no_object(listed, other));
                continue;
            }
            Err(lost) => {
                also(&mut unread, lost);
                continue;
            }
        };
        if let Some(urls) = filled(&document, server) {
            let trimmed = |url: String| url.trim_end_matches('/').to_owned();
            out.extend(urls.into_iter().map(|(url, open)| Server {
                url: trimmed(url),
                open: trimmed(open),
                at: server,
            }));
            continue;
        }
        let told =
            format!("a server of more than {ADDRESSES} addresses, or {BYTES} bytes of them: what it is is unknown");
        reader.problem(server, told);
        let sign = document.file(server.file).value(server.node).to_string();
        also(&mut unread, Unread { at: server, sign });
    }
    (out, unread)
}

/// One more server that cannot be read: together they are told by all their signs.
fn also(unread: &mut Option<Unread>, another: Unread) {
    match unread {
        Some(first) => first.sign.extend([" ", &another.sign]),
        None => *unread = Some(another),
    }
}

/// The addresses that a server stands for, each with those of its variables left open that take any value; `None` where
/// they are too many or too long.
fn filled(document: &Document, server: Loc) -> Option<Vec<(String, String)>> {
    let url = document.string(server, Key::URL).unwrap_or_default();
    let mut urls = vec![(url.to_owned(), url.to_owned())];
    let variables = document.get(server, Key::VARIABLES).into_iter().flat_map(|all| document.members(all));
    for (name, variable) in variables {
        let listed = document.get(variable, Key::ENUM);
        let values: Vec<&str> = match listed {
            Some(values) => document.children(values).map(|value| document.text(value)).collect(),
            None => document.string(variable, Key::DEFAULT).into_iter().collect(),
        };
        let slot = format!("{{{name}}}");
        if values.is_empty() || !urls.iter().any(|(url, _)| url.contains(&slot)) {
            continue;
        }
        // A value may name further variables: what is counted are the slots that are there now.
        let longest = values.iter().map(|value| value.len()).max().unwrap_or_default();
        let grown =
            |(url, _): &(String, String)| url.len().saturating_add(url.matches(&slot).count().saturating_mul(longest));
        let length = urls.iter().map(grown).max().unwrap_or_default();
        let count = urls.len() * values.len();
        if count > ADDRESSES || count.saturating_mul(length) > BYTES {
            return None;
        }
        let fill = |(url, open): &(String, String), value: &str| {
            let left = if listed.is_some() { value } else { "{}" };
            (url.replace(&slot, value), open.replace(&slot, left))
        };
        urls = urls.iter().flat_map(|pair| values.iter().map(|value| fill(pair, value))).collect();
    }
    Some(urls)
}

/// Addresses that one list of servers may stand for.
const SERVERS: usize = 256;
/// Addresses one server object may stand for.
const ADDRESSES: usize = 64;
/// Bytes that they may take.
const BYTES: usize = 16 * 1024;
