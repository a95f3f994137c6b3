//! Names of servers and the addresses behind them: what is checked is what is connected to.

use std::collections::BTreeMap;
use std::future::ready;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::address::{is_public, is_public_name};

/// A server that is not public, and that nobody named.
#[derive(Debug, thiserror::Error)]
#[error("its address is not public")]
pub(super) struct NotPublic;

/// Resolves names, for private addresses only where the user named the server.
///
/// A name keeps the addresses of its first answer, so that a server cannot move into a private network meanwhile. Names of
/// proxies, which are the user's own too, are resolved as they are: one server is asked at a time, and other names than
/// its own can only be those.
pub(super) struct Names {
    named: Vec<String>,
    asked: Mutex<String>,
    known: Mutex<BTreeMap<String, Vec<SocketAddr>>>,
}

impl Names {
    /// With the servers that the user named.
    pub(super) fn new(named: &[Url]) -> Self {
        let named = named.iter().filter_map(host).collect();
        Self { named, asked: Mutex::default(), known: Mutex::default() }
    }

    /// Says which server is asked next. Fails where its URL alone tells that it is not public.
    pub(super) fn ask(&self, url: &Url) -> Result<(), NotPublic> {
        let Some(name) = host(url) else { return Err(NotPublic) };
        let public = match url.host() {
            Some(Host::Ipv4(address)) => is_public(address.into()),
            Some(Host::Ipv6(address)) => is_public(address.into()),
            Some(Host::Domain(_)) | None => is_public_name(&name),
        };
        if !public && !self.named.contains(&name) {
            return Err(NotPublic);
        }
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = name;
        Ok(())
    }

    /// The addresses of a name as they may be used.
    pub(super) fn addresses(
        &self,
        name: &str,
        look_up: impl FnOnce(&str) -> io::Result<Vec<SocketAddr>>,
    ) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let name = plain(name);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(addresses) = known.get(&name) {
            return Ok(addresses.clone());
        }
        let mut addresses = look_up(&name)?;
        let asked = *self.asked.lock().unwrap_or_else(PoisonError::into_inner) == name;
        if asked && !self.named.contains(&name) {
            addresses.retain(|address| is_public(address.ip()));
            if addresses.is_empty() {
                return Err(NotPublic.into());
            }
        }
        known.insert(name, addresses.clone());
        Ok(addresses)
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let look_up = |name: &str| Ok((name, 0).to_socket_addrs()?.collect());
        let addresses = self.addresses(name.as_str(), look_up);
        Box::pin(ready(addresses.map(|addresses| Box::new(addresses.into_iter()) as Addrs)))
    }
}

fn host(url: &Url) -> Option<String> {
    url.host_str().map(plain)
}

/// `localhost.` is `localhost`.
fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new(&[Url::parse("https://api.intra.example/openapi.yaml").unwrap()])
    }

    fn answer(addresses: &[&str]) -> impl FnOnce(&str) -> io::Result<Vec<SocketAddr>> {
        let addresses: Vec<SocketAddr> =
            addresses.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect();
        move |_| Ok(addresses)
    }

    #[test]
    fn urls_that_lead_into_a_private_network_are_refused_by_their_text() {
        let names = names();
        for text in [
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://127.1/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://x.localhost/",
            "https://169.254.169.254/latest",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://[::ffff:a9fe:a9fe]/",
            "https://[fd00::1]/",
            "https://metadata.google.internal/",
            "https://metadata/",
            "https://%6cocalhost/",
            "https://①②⑦.0.0.1/",
            "https://2852039166/",
        ] {
            assert!(names.ask(&Url::parse(text).unwrap()).is_err(), "{text}");
        }
        for text in
            ["https://example.org/", "https://1.1.1.1/", "https://api.intra.example./x", "https://[2606:4700::1]/"]
        {
            assert!(names.ask(&Url::parse(text).unwrap()).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_a_name_resolves_to_is_checked_and_kept() {
        let names = names();
        names.ask(&Url::parse("https://evil.example/").unwrap()).unwrap();
        assert!(names.addresses("evil.example", answer(&["10.0.0.1", "::ffff:127.0.0.1"])).is_err());
        let mixed = names.addresses("evil.example", answer(&["169.254.169.254", "93.184.215.14"])).unwrap();
        assert_eq!(mixed.len(), 1);
        let later = names.addresses("Evil.Example.", answer(&["127.0.0.1"])).unwrap();
        assert_eq!(later, mixed);
        // The user named this one, and a proxy is what is resolved while another server is asked.
        assert!(names.addresses("api.intra.example", answer(&["10.0.0.1"])).is_ok());
        assert!(names.addresses("proxy.corp.example", answer(&["10.0.0.2"])).is_ok());
    }
}
