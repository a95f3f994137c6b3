//! A document behind an `https://` URL. Its references are fetched only when asked, and only from the same server.
//!
//! Certificates are checked against the system's roots, so a company's own authority works.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use rustc_hash::FxHashMap;
use url::{Host, Url};

use super::single::read_limited;
use super::{BlobId, Files, Listing, MAX_BYTES, SourceError, sha256_id};

const TIMEOUT: Duration = Duration::from_secs(30);
const MAX_REDIRECTS: u8 = 5;

/// What is fetched without encryption.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Schemes {
    /// Nothing.
    HttpsOnly,
    /// Servers on this machine, as in tests.
    PlainOnLoopback,
}

type Fetched = (BlobId, Arc<[u8]>);

/// A document on a server, and with leave the files beside it.
pub(super) struct Web {
    client: Client,
    schemes: Schemes,
    root: Url,
    name: String,
    follow_refs: bool,
    seen: RefCell<FxHashMap<String, Option<Fetched>>>,
}

impl Web {
    /// Fetches a document. A request may take 30 seconds and five redirects, which must stay encrypted.
    pub(super) fn open(url: &str, follow_refs: bool, schemes: Schemes) -> Result<Self, SourceError> {
        let parsed = Url::parse(url).map_err(|_| SourceError::BadUrl { url: url.to_owned() })?;
        if !is_allowed(&parsed, schemes) {
            return Err(match parsed.scheme() {
                "http" => SourceError::PlainHttp { url: shown(&parsed) },
                _ => SourceError::BadUrl { url: url.to_owned() },
            });
        }
        // A second call finds the provider installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(Policy::none())
            .user_agent(concat!("preavis/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|cause| failed(&parsed, cause))?;
        let mut web =
            Self { client, schemes, root: parsed, name: String::new(), follow_refs, seen: RefCell::default() };
        let (last, fetched) = web.fetch(web.root.clone(), false)?;
        web.root = last;
        web.name = web.root.path().trim_start_matches('/').to_owned();
        if web.name.is_empty() {
            "document".clone_into(&mut web.name);
        }
        web.seen.borrow_mut().insert(web.name.clone(), Some(fetched));
        Ok(web)
    }

    /// The path of the document on its server, by which [`Files::find`] knows it.
    pub(super) fn document(&self) -> &str {
        &self.name
    }

    /// The URL behind all redirects, without query and credentials.
    pub(super) fn shown_url(&self) -> String {
        shown(&self.root)
    }

    fn load(&self, path: &str) -> Result<Option<Fetched>, SourceError> {
        if let Some(known) = self.seen.borrow().get(path) {
            return Ok(known.clone());
        }
        if !self.follow_refs {
            return Err(SourceError::RemoteRef { path: path.to_owned() });
        }
        let from_root = if path.contains("://") { path.to_owned() } else { format!("/{path}") };
        let url = self.root.join(&from_root).map_err(|_| SourceError::BadUrl { url: path.to_owned() })?;
        if url.origin() != self.root.origin() {
            return Err(SourceError::ForeignOrigin { path: path.to_owned() });
        }
        let fetched = match self.fetch(url, true) {
            Ok((_, fetched)) => Some(fetched),
            Err(SourceError::HttpStatus { status: 404 | 410, .. }) => None,
            Err(other) => return Err(other),
        };
        self.seen.borrow_mut().insert(path.to_owned(), fetched.clone());
        Ok(fetched)
    }

    /// The content behind a URL, and the URL behind its redirects.
    fn fetch(&self, mut url: Url, same_origin: bool) -> Result<(Url, Fetched), SourceError> {
        for _ in 0..=MAX_REDIRECTS {
            let response = self.client.get(url.clone()).send().map_err(|cause| failed(&url, cause))?;
            let status = response.status();
            if status.is_success() {
                let bytes: Arc<[u8]> = body(&url, response)?.into();
                return Ok((url, (sha256_id(&bytes), bytes)));
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
            if same_origin && next.origin() != self.root.origin() {
                return Err(SourceError::ForeignOrigin { path: shown(&next) });
            }
            url = next;
        }
        Err(SourceError::Redirect { url: shown(&url), problem: "more than five times" })
    }
}

impl Files for Web {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        Ok(self.load(path)?.map(|(id, _)| id))
    }

    fn read(&self, path: &str, _id: &BlobId) -> Result<Vec<u8>, SourceError> {
        let found = self.load(path)?.ok_or_else(|| SourceError::FileNotFound { path: path.to_owned() })?;
        Ok(found.1.to_vec())
    }
}

impl Listing for Web {
    fn paths(&self) -> Result<Vec<String>, SourceError> {
        Ok(vec![self.name.clone()])
    }
}

fn is_allowed(url: &Url, schemes: Schemes) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && schemes == Schemes::PlainOnLoopback && loopback)
}

fn body(url: &Url, response: Response) -> Result<Vec<u8>, SourceError> {
    let what = shown(url);
    if response.content_length().is_some_and(|length| length > MAX_BYTES) {
        return Err(SourceError::TooLarge { what, limit: MAX_BYTES });
    }
    match read_limited(&what, response, MAX_BYTES) {
        Err(SourceError::Read { cause, .. }) => Err(SourceError::HttpFailed { url: what, cause: cause.into() }),
        read => read,
    }
}

/// A URL for messages and reports: its query and credentials may be secrets.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Both refuse only URLs that cannot have credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

fn failed(url: &Url, cause: reqwest::Error) -> SourceError {
    SourceError::HttpFailed { url: shown(url), cause: cause.without_url().into() }
}
