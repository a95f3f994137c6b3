//! Spots read from the texts that files hold. Within one run nothing is read back.

use std::convert::Infallible;
use std::str::FromStr;

use super::{Location, Spot};

impl FromStr for Spot {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(sent(text).or_else(|| part(text)).unwrap_or_else(|| Spot::Other(text.to_owned())))
    }
}

type Wrap = fn(String, Box<Spot>) -> Spot;

/// A part of a webhook or a callback. Their names may hold `: `: the first cut that leaves a part we know is taken, else
/// the first one.
fn sent(text: &str) -> Option<Spot> {
    let kinds: [(&str, Wrap); 2] = [("webhook ", Spot::Webhook), ("callback ", Spot::Callback)];
    let (rest, wrap) = kinds.into_iter().find_map(|(kind, wrap)| Some((text.strip_prefix(kind)?, wrap)))?;
    let cuts = || rest.match_indices(": ").map(|(at, cut)| (&rest[..at], &rest[at + cut.len()..]));
    let known = cuts().find_map(|(name, inner)| Some((name, part(inner)?)));
    let (name, inner) = known.or_else(|| cuts().next().map(|(name, inner)| (name, Spot::Other(inner.to_owned()))))?;
    Some(wrap(name.to_owned(), Box::new(inner)))
}

/// A part of an operation; `None` for texts that are not ours.
fn part(text: &str) -> Option<Spot> {
    match text {
        "operation" => return Some(Spot::Operation),
        "security" => return Some(Spot::Security),
        _ => {}
    }
    if let Some(body) = body(text) {
        return Some(body);
    }
    if let Some((inner, range)) = text.strip_suffix(')').and_then(|rest| rest.split_once(" ("))
        && range.contains('/')
        && let Some(body) = body(inner)
    {
        return Some(Spot::InMediaType(Box::new(body), range.to_owned()));
    }
    if let Some(rest) = text.strip_prefix("response ") {
        return match rest.split_once(' ') {
            None => Some(Spot::Response(rest.to_owned())),
            Some((status, tail)) => {
                let name = tail.strip_prefix("header ")?;
                Some(Spot::ResponseHeader(status.to_owned(), name.to_owned()))
            }
        };
    }
    let (location, name) = text.split_once(" parameter ")?;
    Some(Spot::parameter(Location::named(location)?, name))
}

fn body(text: &str) -> Option<Spot> {
    if text == "request body" {
        return Some(Spot::RequestBody);
    }
    let status = text.strip_prefix("response ")?.strip_suffix(" body")?;
    (!status.contains(' ')).then(|| Spot::ResponseBody(status.to_owned()))
}
