//! Who vouches for permanent ids: of feeds and their entries, of mails, of events in calendars.

use super::{Mail, Site};

/// The host of ids that nobody configured; it can belong to nobody (RFC 2606).
const NOBODY: &str = "preavis.invalid";
/// The year of a host that was configured without one. It never changes, since ids would change with it.
const YEAR: &str = "2024";

/// The name under which a team makes ids that no one else makes: `contract.example.org,2024`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Authority {
    /// A name and a date (RFC 4151 §2.1), as configured.
    tag: String,
    /// The name alone, of characters that mail takes.
    host: String,
}

impl Authority {
    /// The `tag` of the site, else the host of its address, else that of the sender, else a name of nobody.
    pub fn of(site: &Site, mail: &Mail) -> Self {
        let url = site.url.as_deref().and_then(|url| url::Url::parse(url).ok());
        let from = mail.from.as_deref().and_then(|from| from.rsplit_once('@')).map(|(_, host)| plain(host));
        let host = url.as_ref().and_then(url::Url::host_str).map(str::to_owned).or(from.filter(|it| !it.is_empty()));
        let tag = site.tag.clone().unwrap_or_else(|| format!("{},{YEAR}", host.as_deref().unwrap_or(NOBODY)));
        let host = plain(tag.split(',').next().unwrap_or(""));
        Self { host: if host.is_empty() { NOBODY.to_owned() } else { host }, tag }
    }

    /// The id of a feed or an entry, a `tag:` URI (RFC 4151): `tag:contract.example.org,2024:notice/N2024-001`.
    pub fn uri(&self, path: &str) -> String {
        format!("tag:{}:{path}", self.tag)
    }

    /// The id of a mail, without its angle brackets, or the `UID` of an event: `N2024-001@contract.example.org`
    /// (RFC 5322 §3.6.4, RFC 5545 §3.8.4.7).
    pub fn address(&self, local: &str) -> String {
        format!("{local}@{}", self.host)
    }
}

/// What of a name a mail id can hold after its `@`.
fn plain(host: &str) -> String {
    host.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_mails_and_calendars_have_one_authority() {
        let (tag, url, from) = (
            Some("contract.example.org,2021"),
            Some("https://docs.example.org:8443/a"),
            Some("Ada <api@team.example>"),
        );
        for (tag, url, from, uri, host) in [
            (tag, url, from, "contract.example.org,2021", "contract.example.org"),
            (None, url, from, "docs.example.org,2024", "docs.example.org"),
            (None, None, from, "team.example,2024", "team.example"),
            (None, Some("no address"), Some("nobody"), "preavis.invalid,2024", "preavis.invalid"),
            (None, None, None, "preavis.invalid,2024", "preavis.invalid"),
            (Some("a b>,2021"), None, from, "a b>,2021", "ab"),
            (Some(""), url, from, "", "preavis.invalid"),
        ] {
            let site = Site { tag: tag.map(str::to_owned), url: url.map(str::to_owned), ..Site::default() };
            let mail = Mail { from: from.map(str::to_owned), ..Mail::default() };
            let authority = Authority::of(&site, &mail);
            assert_eq!(authority.uri("feed"), format!("tag:{uri}:feed"));
            assert_eq!(authority.address("N1"), format!("N1@{host}"));
        }
    }
}
