//! Where a list goes on: the forge says it, and it must be on the same server.

use url::Url;

use super::place::{Kind, Place};
use super::read::next_link;
use super::request::Request;
use super::trouble::Trouble;
use super::wire::Raw;

/// The address of the next page: that of the `Link` header, else the number that GitLab gives.
pub(super) fn next(place: &Place, request: &Request, raw: &Raw) -> Result<Option<Url>, Trouble> {
    let header = |name: &str| raw.headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(link) = header("link").and_then(next_link) {
        let next = request.url.join(link).ok().filter(|next| next.origin() == place.api.origin());
        let elsewhere = "sends to another server for the next page, to which the token does not belong";
        return next.map(Some).ok_or_else(|| Trouble::Odd(elsewhere.to_owned()));
    }
    let number = header("x-next-page").filter(|_| place.kind == Kind::GitLab);
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(number) = number.filter(is_number) else { return Ok(None) };
    let pairs = request.url.query_pairs().filter(|(key, _)| key != "page");
    let others: Vec<(String, String)> = pairs.map(|(key, value)| (key.into(), value.into())).collect();
    let mut next = request.url.clone();
    next.query_pairs_mut().clear().extend_pairs(others).append_pair("page", number);
    Ok(Some(next))
}
