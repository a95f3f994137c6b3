//! Responses by status, with ranges and `default` standing for statuses of their own.

use std::cell::OnceCell;

use super::bodies::{Part, media};
use super::draft::Draft;
use super::operations::{Pair, name};
use super::site::Site;
use super::unread::{self, Sight, sight};
use super::{Differ, headers, links};
use crate::contract::{Action, Dialect, Facet, Response, Scope, Side, Unread};
use crate::spec::Loc;
use crate::text::Spot;

pub(super) fn compare<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) {
    let (old, new) = (&pair.base.responses, &pair.head.responses);
    match sight(pair.base.unread_responses.as_ref(), pair.head.unread_responses.as_ref()) {
        Sight::Clear => {}
        Sight::Alike => return,
        Sight::Unknown => return all_unknown(differ, pair),
    }
    let keeps = OnceCell::new();
    for base in old {
        match covering(new, &base.status) {
            Some(head) => {
                if head.status != base.status {
                    status(differ, pair, (Action::Removed, base), true, &keeps);
                }
                both(differ, pair, base, head);
            }
            None => status(differ, pair, (Action::Removed, base), false, &keeps),
        }
    }
    for head in new.iter().filter(|head| !old.iter().any(|base| base.status == head.status)) {
        match covering(old, &head.status) {
            Some(base) => {
                status(differ, pair, (Action::Added, head), true, &keeps);
                both(differ, pair, base, head);
            }
            // Told by the one that it replaces.
            None if scope_of(pair, head) == Scope::Response
                && replaced(pair).is_some_and(|(_, new)| new.status == head.status) => {}
            None => status(differ, pair, (Action::Added, head), false, &keeps),
        }
    }
}

/// The response that speaks for a status: its own, its range, then `default` (OpenAPI 3.x, Responses Object).
fn covering<'c>(list: &'c [Response], status: &str) -> Option<&'c Response> {
    let find = |wanted: &str| list.iter().find(|response| response.status == wanted);
    let range = status.chars().next().filter(char::is_ascii_digit).map(|class| format!("{class}XX"));
    // `default` covers what is not listed; where it stands beside success statuses it speaks for errors.
    let default =
        find("default").filter(|_| is_error(status) || !list.iter().any(|response| is_success(&response.status)));
    find(status).or_else(|| find(&range?)).or(default)
}

/// True if a status of head is one that a response of base stood for, by this status.
fn is_left_of(base: &[Response], head: &[Response], status: &str) -> bool {
    let wide = status == "default" || status.to_ascii_uppercase().ends_with("XX");
    let own = |new: &Response| new.status == status;
    let stood_for = |new: &Response| covering(base, &new.status).is_some_and(|old| old.status == status);
    head.iter().any(|new| own(new) || wide && stood_for(new))
}

fn is_success(status: &str) -> bool {
    status.starts_with('2') || status.starts_with('3')
}

fn is_error(status: &str) -> bool {
    status == "default" || !(status.starts_with('1') || is_success(status))
}

/// A status that came or went; `keeps` holds whether a success of base is still answered, once that was asked.
fn status(
    differ: &mut Differ<'_>,
    pair: Pair<'_>,
    (action, response): (Action, &Response),
    covered: bool,
    keeps: &OnceCell<bool>,
) {
    let gone = action == Action::Removed;
    if response.unread.is_some() {
        let sides = if gone { (Some(response), None) } else { (None, Some(response)) };
        return unknown(differ, pair, sides);
    }
    let nodes = if gone { (Some(response.at), Some(pair.head.at)) } else { (Some(pair.base.at), Some(response.at)) };
    let address = pair.address().with("", "");
    let mut draft = Draft::new(Facet::Status, action, scope_of(pair, response), address)
        .subject(response.status.clone())
        .code("status", response.status.clone())
        .code("operation", name(pair.head))
        .at(nodes.0, nodes.1)
        .used([pair.part(Spot::Response(response.status.clone()))]);
    // What is left of a range or of `default` was promised all along.
    let covered = covered || gone && is_left_of(&pair.base.responses, &pair.head.responses, &response.status);
    let successes = |list: &[Response]| list.iter().any(|other| is_success(&other.status));
    draft.traits.covered = covered;
    draft.traits.error_status =
        is_error(&response.status) && (response.status != "default" || successes(&pair.base.responses));
    let kept = |old: &Response| is_success(&old.status) && covering(&pair.head.responses, &old.status).is_some();
    let success = !draft.traits.error_status;
    draft.traits.only_success = gone && success && !*keeps.get_or_init(|| pair.base.responses.iter().any(kept));
    draft.traits.first_success = !gone && !successes(&pair.base.responses);
    if draft.traits.only_success
        && let Some((_, new)) = replaced(pair)
    {
        draft.traits.replaced = true;
        draft = draft.code("to", new.status.as_str());
    }
    differ.drafts.push(draft);
}

/// The one success of base and the one of head where another status took its place.
fn replaced<'c>(pair: Pair<'c>) -> Option<(&'c Response, &'c Response)> {
    let only = |own: &'c [Response], other: &[Response]| {
        let mut successes = own.iter().filter(|response| is_success(&response.status));
        let (one, more) = (successes.next()?, successes.next());
        (more.is_none() && one.unread.is_none() && covering(other, &one.status).is_none()).then_some(one)
    };
    Some((only(&pair.base.responses, &pair.head.responses)?, only(&pair.head.responses, &pair.base.responses)?))
}

/// `responses` as a whole cannot be read in one of the versions.
fn all_unknown(differ: &mut Differ<'_>, pair: Pair<'_>) {
    let sides = (pair.base.unread_responses.as_ref(), pair.head.unread_responses.as_ref());
    let address = unread::address(differ, sides, pair.address().with("#responses", ""));
    let known = pair.base.responses.iter().chain(&pair.head.responses);
    let statuses = known.map(|response| response.status.as_str()).collect::<Vec<_>>().join(", ");
    let at = |unread: Option<&Unread>, operation: Loc| Some(unread.map_or(operation, |unread| unread.at));
    let shown = if statuses.is_empty() { "*".to_owned() } else { statuses };
    let draft = Draft::unknown(Facet::Status, Scope::Response, address)
        .code("status", shown)
        .code("operation", name(pair.head))
        .at(at(sides.0, pair.base.at), at(sides.1, pair.head.at))
        .used([pair.part(Spot::Operation)]);
    differ.drafts.push(draft);
}

/// A response that cannot be read in one of the versions.
fn unknown(differ: &mut Differ<'_>, pair: Pair<'_>, (base, head): (Option<&Response>, Option<&Response>)) {
    let Some(shown) = head.or(base) else { return };
    let unread = |response: Option<&'_ Response>| response.and_then(|response| response.unread.clone());
    let sides = (unread(base), unread(head));
    let inline = pair.address().with(&format!("#response:{}", shown.status), "");
    let address = unread::address(differ, (sides.0.as_ref(), sides.1.as_ref()), inline);
    let at = |response: Option<&Response>, operation: Loc| Some(response.map_or(operation, |response| response.at));
    let draft = Draft::unknown(Facet::Status, scope_of(pair, shown), address)
        .subject(shown.status.clone())
        .code("status", shown.status.clone())
        .code("operation", name(pair.head))
        .at(at(base, pair.base.at), at(head, pair.head.at))
        .used([pair.part(Spot::Response(shown.status.clone()))]);
    differ.drafts.push(draft);
}

/// What a webhook's receiver may answer is a request to the server.
fn scope_of(pair: Pair<'_>, response: &Response) -> Scope {
    let answered = pair.head.sends == Side::Response && !is_error(&response.status);
    if answered { Scope::Request } else { Scope::Response }
}

fn both<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, base: &'c Response, head: &'c Response) {
    match sight(base.unread.as_ref(), head.unread.as_ref()) {
        Sight::Clear => {}
        Sight::Alike => return,
        Sight::Unknown => return unknown(differ, pair, (Some(base), Some(head))),
    }
    let spot = Spot::ResponseBody(head.status.clone());
    // 2.0 names media types once for all responses of an operation.
    let shared = differ.base.dialect == Dialect::V20 && differ.head.dialect == Dialect::V20;
    let more = if shared { "#response".to_owned() } else { format!("#response:{}", base.status) };
    let side = pair.head.sends.flip();
    let part = Part { site: Site::from((base, head)), spot: &spot, side, more: &more };
    media(differ, pair, part, &base.media, &head.media);
    links::compare(differ, pair, (base, head));
    headers::compare(differ, pair, (base, head));
}
