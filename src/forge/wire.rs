//! One exchange over HTTP: its headers, its one redirect, its limits. Whether it is tried again is decided elsewhere.

use std::io::Read;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use reqwest::redirect::Policy;
use serde_json::Value;
use url::Url;

use super::calls::Method;
use super::clock::Clock;
use super::place::{Kind, Place, is_safe, shown_host};
use super::request::Request;
use crate::text::json;

/// How long a connection may take to be there.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may be: a hundred long comments, and Forgejo's comments, which have no pages.
const MAX_BYTES: usize = 64 << 20;
/// The version of GitHub's API whose description the table of calls follows.
pub(super) const GITHUB_VERSION: &str = "2022-11-28";

/// What a server answered.
pub(super) struct Raw {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
    /// Where the answer came from, if the server sent us there.
    pub(super) moved: Option<Url>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("{0}")]
    Failed(String),
    #[error("it sends the request on to {0}, to which the token does not belong")]
    Elsewhere(String),
    #[error("its answer is longer than {} MiB", MAX_BYTES >> 20)]
    TooLong,
}

/// What speaks HTTP for one token.
pub(super) struct Wire {
    client: Client,
    headers: HeaderMap,
    insecure: bool,
}

impl Wire {
    /// Fails where the system has no certificates, and for a token that no header can hold; says so.
    pub(super) fn new(place: &Place, insecure: bool) -> Result<Self, String> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if place.kind == Kind::GitHub {
            headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
            headers.insert("x-github-api-version", HeaderValue::from_static(GITHUB_VERSION));
        }
        if let Some(token) = &place.token {
            let unusable = || format!("{} holds what is no token", token.variable());
            headers.insert(AUTHORIZATION, token.header(place.kind).ok_or_else(unusable)?);
        }
        // A second call finds the provider installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .user_agent(concat!("preavis/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|cause| in_full(&cause))?;
        Ok(Self { client, headers, insecure })
    }

    /// Sends a request, and once more with the same method and body where the same server sends it on: by itself a client
    /// would turn `POST` into `GET`, and would take the token along to other servers.
    pub(super) fn send(&self, request: &Request, limit: Duration, clock: &dyn Clock) -> Result<Raw, Unanswered> {
        let first = self.once(request, limit, clock)?;
        if !matches!(first.status, 301 | 302 | 307 | 308) {
            return Ok(first);
        }
        let to = first.headers.get(LOCATION).and_then(|to| to.to_str().ok()).and_then(|to| request.url.join(to).ok());
        let to = to.ok_or_else(|| Unanswered::Elsewhere("nowhere".to_owned()))?;
        if to.origin() != request.url.origin() || !is_safe(&to, self.insecure) {
            return Err(Unanswered::Elsewhere(format!("{}://{}", to.scheme(), shown_host(&to))));
        }
        let again = Request { url: to.clone(), ..request.clone() };
        let second = self.once(&again, limit, clock)?;
        if matches!(second.status, 300..=399) {
            return Err(Unanswered::Elsewhere("one address after another".to_owned()));
        }
        Ok(Raw { moved: Some(to), ..second })
    }

    fn once(&self, request: &Request, limit: Duration, clock: &dyn Clock) -> Result<Raw, Unanswered> {
        let url = request.url.clone();
        let builder = match request.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
            Method::Patch => self.client.patch(url),
            Method::Put => self.client.put(url),
            Method::Delete => self.client.delete(url),
        };
        let mut builder = builder.headers(self.headers.clone()).timeout(limit);
        if let Some(body) = &request.body {
            builder = builder.header(CONTENT_TYPE, "application/json").body(written(body));
        }
        let end = clock.now() + limit;
        let mut response = builder.send().map_err(|cause| Unanswered::Failed(in_full(&cause.without_url())))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = content(&mut response, end, clock)?;
        Ok(Raw { status, headers, bytes, moved: None })
    }
}

/// The body as it is sent and as a dry run shows it.
pub(super) fn written(body: &Value) -> String {
    json::compact(body)
}

/// A server that sends a byte now and then has no more time than one that sends none.
fn content(response: &mut Response, end: Duration, clock: &dyn Clock) -> Result<Vec<u8>, Unanswered> {
    let (mut bytes, mut part) = (Vec::new(), [0; 16 << 10]);
    loop {
        match response.read(&mut part) {
            Ok(0) => return Ok(bytes),
            Ok(read) => bytes.extend_from_slice(&part[..read]),
            Err(cause) => return Err(Unanswered::Failed(cause.to_string())),
        }
        if bytes.len() > MAX_BYTES {
            return Err(Unanswered::TooLong);
        }
        if clock.now() > end {
            return Err(Unanswered::Failed("its answer takes too long".to_owned()));
        }
    }
}

/// An error with its causes: reqwest says only that it failed.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut inner = error.source();
    while let Some(cause) = inner {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        inner = cause.source();
    }
    text
}
