//! The hosts of APIs, as their servers name them. What was called at another one is no call of theirs that the contract lacks.

use std::collections::BTreeSet;

use super::Request;
use crate::contract::Contract;

/// The hosts of some APIs; `None` where a server is named without one, or as a template: then it may be any.
#[derive(Debug, Default)]
pub(super) struct Hosts(Option<BTreeSet<String>>);

impl Hosts {
    pub(super) fn of(contracts: &[&Contract]) -> Self {
        let mut hosts = BTreeSet::new();
        for contract in contracts {
            let own = contract.operations.iter().flat_map(|operation| &operation.servers);
            let named: Option<BTreeSet<String>> =
                contract.servers.iter().chain(own).map(|server| absolute(&server.open).and_then(host)).collect();
            match named {
                Some(named) if !contract.servers.is_empty() => hosts.extend(named),
                _ => return Self(None),
            }
        }
        Self(Some(hosts).filter(|hosts| !hosts.is_empty()))
    }

    /// Whether a request says that it went to another host. A whole address in the first line goes before `Host` (RFC 9112,
    /// 3.2.2).
    pub(super) fn is_elsewhere(&self, request: &Request) -> bool {
        let header = || request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
        let given = absolute(&request.target)
            .or(request.host.as_deref())
            .or_else(|| header().map(|(_, value)| value.as_str()))
            .and_then(host);
        match (&self.0, given) {
            (Some(hosts), Some(given)) => !hosts.contains(&given),
            _ => false,
        }
    }
}

/// The host and port of an address with a scheme.
fn absolute(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (!scheme.contains(['/', '?'])).then(|| &rest[..end])
}

/// A host without its port, in small letters; nothing for what is none, such as the `_` of nginx or a template.
fn host(authority: &str) -> Option<String> {
    let place = authority.rsplit('@').next().unwrap_or_default();
    let bare = match place.rsplit_once(':') {
        Some((before, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => place,
    };
    let host = bare.trim_end_matches('.').to_ascii_lowercase();
    let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    (is_host && !host.is_empty() && host != "-").then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(names: &[&str]) -> Hosts {
        Hosts(Some(names.iter().map(|name| (*name).to_owned()).collect()))
    }

    #[test]
    fn a_request_says_where_it_went() {
        let known = hosts(&["api.example"]);
        for (target, column, header, elsewhere) in [
            ("/a", None, None, false),
            ("/a", Some("API.example:8443"), None, false),
            ("/a", Some("shop.example"), None, true),
            ("/a", None, Some("shop.example"), true),
            ("/a?to=https://shop.example/", None, None, false),
            ("http://shop.example/a", Some("api.example"), None, true),
            ("http://u@api.example:80/a", Some("shop.example"), None, false),
            ("/a", Some("_"), None, false),
        ] {
            let headers = header.map(|value: &str| ("host".to_owned(), value.to_owned())).into_iter().collect();
            let request =
                Request { target: target.to_owned(), host: column.map(str::to_owned), headers, ..Request::default() };
            assert_eq!(known.is_elsewhere(&request), elsewhere, "{target} {column:?} {header:?}");
            assert!(!Hosts(None).is_elsewhere(&request), "nobody knows its hosts");
        }
        assert_eq!(absolute("https://{}.example/v1").and_then(host), None);
        assert_eq!(absolute("/v1").and_then(host), None);
    }
}
