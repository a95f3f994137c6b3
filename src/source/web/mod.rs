//! A document behind an `https://` URL. Its references are fetched only when asked, and only from the same server.
//!
//! Certificates are checked against the system's roots, so a company's own authority works. Private networks are reached
//! only through what the user named; behind a proxy, which resolves names itself, only the text of a URL can be checked.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use url::{Origin, Url};

use super::deadline::within;
use super::{BlobId, Files, Listing, MAX_BYTES, SourceError, sha256_id};
use ask::{Asker, Limits, is_allowed};

mod address;
mod ask;
mod names;

/// What is fetched without encryption.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Schemes {
    /// Nothing.
    HttpsOnly,
    /// Servers on this machine, as in tests.
    PlainOnLoopback,
}

/// On which terms servers are asked.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// Whether references are followed.
    pub(super) follow_refs: bool,
    pub(super) schemes: Schemes,
    /// How long a document and all that it references may take together.
    pub(super) time: Duration,
    /// Servers that may be private, beside the document's own, for the user or the user's CI named them.
    pub(super) named: Vec<Url>,
}

impl Default for Terms {
    fn default() -> Self {
        Self { follow_refs: false, schemes: Schemes::HttpsOnly, time: Duration::from_secs(120), named: Vec::new() }
    }
}

type Fetched = (BlobId, Arc<[u8]>);

/// A document on a server, and with leave the files beside it.
pub(super) struct Web {
    asker: Asker,
    root: Url,
    name: String,
    follow_refs: bool,
    time: Duration,
    /// What is left for the next question.
    left: Cell<Limits>,
    seen: RefCell<FxHashMap<String, Option<Fetched>>>,
}

impl Web {
    /// Fetches a document, over at most five redirects, which must stay encrypted.
    pub(super) fn open(url: &str, terms: &Terms) -> Result<Self, SourceError> {
        let root = Url::parse(url).map_err(|_| SourceError::BadUrl { url: shown_text(url) })?;
        if !is_allowed(&root, terms.schemes) {
            return Err(match root.scheme() {
                "http" => SourceError::PlainHttp { url: shown(&root) },
                _ => SourceError::BadUrl { url: shown_text(url) },
            });
        }
        let named: Vec<Url> = terms.named.iter().chain([&root]).cloned().collect();
        let asker = Asker::new(&named, terms.schemes)
            .map_err(|cause| SourceError::HttpFailed { url: shown(&root), cause: cause.without_url().into() })?;
        let left = Cell::new(Limits { time: terms.time, bytes: MAX_BYTES });
        let (follow_refs, time, seen) = (terms.follow_refs, terms.time, RefCell::default());
        let mut web = Self { asker, root, name: String::new(), follow_refs, time, left, seen };
        let (last, fetched) = web.fetch(web.root.clone(), None)?;
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
        let url = self.root.join(&from_root).map_err(|_| SourceError::BadUrl { url: shown_text(path) })?;
        let origin = self.root.origin();
        if url.origin() != origin {
            return Err(SourceError::ForeignOrigin { path: path.to_owned() });
        }
        let fetched = match self.fetch(url, Some(origin)) {
            Ok((_, fetched)) => Some(fetched),
            Err(SourceError::HttpStatus { status: 404 | 410, .. }) => None,
            Err(other) => return Err(other),
        };
        self.seen.borrow_mut().insert(path.to_owned(), fetched.clone());
        Ok(fetched)
    }

    /// The content behind a URL, and the URL behind its redirects, at the cost of what is left.
    fn fetch(&self, url: Url, origin: Option<Origin>) -> Result<(Url, Fetched), SourceError> {
        let (asker, left, what) = (self.asker.clone(), self.left.get(), shown(&url));
        let begun = Instant::now();
        let answer = within(left.time, move || asker.get(url, origin.as_ref(), left));
        let time = left.time.saturating_sub(begun.elapsed());
        self.left.set(Limits { time, ..left });
        let Some(answer) = answer.filter(|_| !time.is_zero()) else {
            return Err(SourceError::HttpTooSlow { url: what, seconds: self.time.as_secs() });
        };
        let (last, bytes) = answer?;
        self.left.set(Limits { time, bytes: left.bytes.saturating_sub(bytes.len() as u64) });
        Ok((last, (sha256_id(&bytes), bytes.into())))
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

/// The same of a text that may be no URL.
pub(super) fn shown_text(text: &str) -> String {
    if let Ok(url) = Url::parse(text) {
        return shown(&url);
    }
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}://{}", rest.rsplit('@').next().unwrap_or_default())
}
