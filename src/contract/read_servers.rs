//! OpenAPI 3.0, 3.1 and 3.2: servers, their variables filled in.

use super::read::Reader;
use super::{Server, Unread};
use crate::spec::{Key, Loc};

/// The servers of an object, one for each combination of variables with an enumeration, others by their default; and
/// the first that cannot be read.
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
            unread.get_or_insert(Unread { at: listed, sign: reader.digest() });
            break;
        }
        let server = match reader.node(listed) {
            Ok(server) if document.string(server, Key::URL).is_some() => server,
            Ok(other) => {
                unread.get_or_insert(reader.no_object(listed, other));
                continue;
            }
            Err(lost) => {
                unread.get_or_insert(lost);
                continue;
            }
        };
        let url = document.string(server, Key::URL).unwrap_or_default();
        let mut urls = vec![url.to_owned()];
        if let Some(variables) = document.get(server, Key::VARIABLES) {
            for (name, variable) in document.members(variables) {
                let values: Vec<&str> = match document.get(variable, Key::ENUM) {
                    Some(values) => document.children(values).map(|value| document.text(value)).collect(),
                    None => document.string(variable, Key::DEFAULT).into_iter().collect(),
                };
                if !values.is_empty() && urls.len() * values.len() <= SERVER_CAP {
                    let slot = format!("{{{name}}}");
                    urls = urls.iter().flat_map(|url| values.iter().map(|value| url.replace(&slot, value))).collect();
                }
            }
        }
        out.extend(urls.into_iter().map(|url| Server { url: url.trim_end_matches('/').to_owned(), at: server }));
    }
    (out, unread)
}

/// Addresses that one list of servers may stand for.
const SERVERS: usize = 256;

/// Addresses one server object may stand for.
const SERVER_CAP: usize = 64;
