//! One question to a server: its redirects, its limits.

use std::sync::Arc;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use url::{Host, Origin, Url};

use super::names::{Names, NotPublic};
use super::{Schemes, shown};
use crate::source::SourceError;
use crate::source::single::read_limited;

const MAX_REDIRECTS: u8 = 5;

/// What one question may cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Limits {
    /// Until the last byte has come, over all redirects.
    pub(super) time: Duration,
    /// Of content.
    pub(super) bytes: u64,
}

/// Asks servers. Nothing is decompressed: no encoding is asked for, so bytes that come are bytes of the document.
#[derive(Clone)]
pub(super) struct Asker {
    client: Client,
    names: Arc<Names>,
    schemes: Schemes,
}

impl Asker {
    /// Fails where the system has no certificates.
    pub(super) fn new(named: &[Url], schemes: Schemes) -> Result<Self, reqwest::Error> {
        // A second call finds the provider installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let names = Arc::new(Names::new(named));
        let client = Client::builder()
            .redirect(Policy::none())
            .dns_resolver(Arc::clone(&names))
            .user_agent(concat!("preavis/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, names, schemes })
    }

    /// The content behind a URL and the URL behind its redirects, which stay encrypted, on public servers or those that the
    /// user named, and where asked within one origin. It may last longer than the limit of time: whoever asks does not wait.
    pub(super) fn get(
        &self,
        mut url: Url,
        within: Option<&Origin>,
        limits: Limits,
    ) -> Result<(Url, Vec<u8>), SourceError> {
        for _ in 0..=MAX_REDIRECTS {
            self.names.ask(&url).map_err(|NotPublic| SourceError::NotPublic { url: shown(&url) })?;
            let request = self.client.get(url.clone()).timeout(limits.time);
            let response = request.send().map_err(|cause| failed(&url, cause))?;
            let status = response.status();
            if status.is_success() {
                let bytes = body(&url, response, limits.bytes)?;
                return Ok((url, bytes));
            }
            let location = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            let Some(location) = location.filter(|_| matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)) else {
                return Err(SourceError::HttpStatus { url: shown(&url), status: status.as_u16() });
            };
            let problem = |problem| SourceError::Redirect { url: shown(&url), problem };
            let next = url.join(location).map_err(|_| problem("to something that is no URL"))?;
            if !is_allowed(&next, self.schemes) {
                return Err(problem("to an address that is not https"));
            }
            if within.is_some_and(|origin| next.origin() != *origin) {
                return Err(SourceError::ForeignOrigin { path: shown(&next) });
            }
            url = next;
        }
        Err(SourceError::Redirect { url: shown(&url), problem: "more than five times" })
    }
}

/// Whether a URL is encrypted, or in tests on this machine.
pub(super) fn is_allowed(url: &Url, schemes: Schemes) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && schemes == Schemes::PlainOnLoopback && loopback)
}

fn body(url: &Url, response: Response, limit: u64) -> Result<Vec<u8>, SourceError> {
    let what = shown(url);
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(SourceError::TooLarge { what, limit });
    }
    match read_limited(&what, response, limit) {
        Err(SourceError::Read { cause, .. }) => Err(SourceError::HttpFailed { url: what, cause: cause.into() }),
        read => read,
    }
}

fn failed(url: &Url, cause: reqwest::Error) -> SourceError {
    let mut inner: Option<&dyn std::error::Error> = Some(&cause);
    while let Some(error) = inner {
        if error.is::<NotPublic>() {
            return SourceError::NotPublic { url: shown(url) };
        }
        inner = error.source();
    }
    SourceError::HttpFailed { url: shown(url), cause: cause.without_url().into() }
}
