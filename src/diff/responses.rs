//! Responses by status, with ranges and `default` standing for statuses of their own; response headers.

use super::bodies::{Part, media};
use super::draft::Draft;
use super::operations::{Pair, name};
use super::place::Address;
use super::route;
use super::{Differ, Question, scope};
use crate::contract::{Action, Dialect, Facet, Grade, Header, Response, Run, Scope, Side};
use crate::spec::{Document, Key, Loc};
use crate::text::Arg;

pub(super) fn compare<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) {
    let (old, new) = (&pair.base.responses, &pair.head.responses);
    for base in old {
        match covering(new, &base.status) {
            Some(head) => {
                if head.status != base.status {
                    status(differ, pair, Action::Removed, base, true);
                }
                both(differ, pair, base, head);
            }
            None => status(differ, pair, Action::Removed, base, false),
        }
    }
    for head in new.iter().filter(|head| !old.iter().any(|base| base.status == head.status)) {
        match covering(old, &head.status) {
            Some(base) => {
                status(differ, pair, Action::Added, head, true);
                both(differ, pair, base, head);
            }
            None => status(differ, pair, Action::Added, head, false),
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

fn is_success(status: &str) -> bool {
    status.starts_with('2') || status.starts_with('3')
}

fn is_error(status: &str) -> bool {
    status == "default" || !(status.starts_with('1') || is_success(status))
}

fn status(differ: &mut Differ<'_>, pair: Pair<'_>, action: Action, response: &Response, covered: bool) {
    let gone = action == Action::Removed;
    let nodes = if gone { (Some(response.at), Some(pair.head.at)) } else { (Some(pair.base.at), Some(response.at)) };
    let address = pair.address().with("", "");
    // What a webhook's receiver may answer is a request to the server.
    let answered = pair.head.sends == Side::Response && !is_error(&response.status);
    let scope = if answered { Scope::Request } else { Scope::Response };
    let mut draft = Draft::new(Facet::Status, action, scope, address)
        .subject(response.status.clone())
        .code("status", response.status.clone())
        .code("operation", name(pair.head))
        .at(nodes.0, nodes.1)
        .used([pair.part(&format!("response {}", response.status))]);
    // What is left of a range or of `default` was promised all along.
    let covered = covered
        || gone
            && pair.head.responses.iter().any(|new| {
                covering(&pair.base.responses, &new.status).is_some_and(|old| old.status == response.status)
            });
    let successes = |list: &[Response]| list.iter().any(|other| is_success(&other.status));
    draft.traits.covered = covered;
    draft.traits.error_status =
        is_error(&response.status) && (response.status != "default" || successes(&pair.base.responses));
    draft.traits.only_success = gone
        && !draft.traits.error_status
        && !pair
            .base
            .responses
            .iter()
            .any(|old| is_success(&old.status) && covering(&pair.head.responses, &old.status).is_some());
    differ.drafts.push(draft);
}

fn both<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, base: &'c Response, head: &'c Response) {
    let spot = format!("response {} body", head.status);
    // 2.0 names media types once for all responses of an operation.
    let shared = differ.base.dialect == Dialect::V20 && differ.head.dialect == Dialect::V20;
    let more = if shared { "#response".to_owned() } else { format!("#response:{}", base.status) };
    let side = pair.head.sends.flip();
    let part = Part { base: base.at, head: head.at, spot: &spot, side, more: &more };
    media(differ, pair, part, &base.media, &head.media);
    links(differ, pair, (base, head));
    for old in &base.headers {
        if let Some(new) = head.headers.iter().find(|new| new.name.eq_ignore_ascii_case(&old.name)) {
            header(differ, pair, (base, head), old, new);
        } else {
            let draft = header_fact(differ, pair, (base, head), Action::Removed, old)
                .lost(Run::Forward, Grade::Unlisted)
                .lost_if(old.required, Run::Backward, Grade::Shape)
                .at(Some(old.at), Some(head.at));
            differ.drafts.push(draft);
        }
    }
    for new in
        head.headers.iter().filter(|new| !base.headers.iter().any(|old| old.name.eq_ignore_ascii_case(&new.name)))
    {
        let draft = header_fact(differ, pair, (base, head), Action::Added, new)
            .lost_if(new.required, Run::Forward, Grade::Shape)
            .lost(Run::Backward, Grade::Unlisted)
            .at(Some(base.at), Some(new.at));
        differ.drafts.push(draft);
    }
}

/// Links by name: what follow-up a response suggests, nothing on the wire.
fn links(differ: &mut Differ<'_>, pair: Pair<'_>, of: (&Response, &Response)) {
    let (base, head) = (&differ.base.document, &differ.head.document);
    let (old, new) = (base.get(of.0.at, Key::LINKS), head.get(of.1.at, Key::LINKS));
    let names = |document: &'_ Document, at: Option<Loc>| -> Vec<String> {
        at.into_iter().flat_map(|at| document.members(at)).map(|(name, _)| name.to_owned()).collect()
    };
    let (was, is) = (names(base, old), names(head, new));
    let fact = |action, name: &str| {
        Draft::new(
            Facet::Link,
            action,
            Scope::Operation,
            pair.address().with(&format!("#response:{}", of.0.status), ""),
        )
        .subject(name)
        .code("name", name)
        .arg("place", Arg::Spot { path: String::new(), spot: format!("response {}", of.1.status) })
        .at(Some(of.0.at), Some(of.1.at))
        .used([pair.part(&format!("response {}", of.1.status))])
    };
    let gone: Vec<Draft> =
        was.iter().filter(|name| !is.contains(name)).map(|name| fact(Action::Removed, name)).collect();
    let come: Vec<Draft> = is.iter().filter(|name| !was.contains(name)).map(|name| fact(Action::Added, name)).collect();
    gone.into_iter().chain(come).for_each(|draft| differ.drafts.push(draft));
}

fn header_fact(
    differ: &Differ<'_>,
    pair: Pair<'_>,
    of: (&Response, &Response),
    action: Action,
    header: &Header,
) -> Draft {
    let own = route::of_node(differ.base, of.0.at);
    let path = format!("header:{}", header.name);
    let address = if own.component.is_some() {
        own.with(&format!(":{path}"), &path)
    } else {
        pair.address().with(&format!("#response:{}:{path}", of.0.status), &path)
    };
    let spot = format!("response {} header {}", of.1.status, header.name);
    Draft::new(Facet::Header, action, Scope::Response, Address { spot: spot.clone(), ..address })
        .code("header", header.name.clone())
        .arg("place", Arg::Spot { path: String::new(), spot: format!("response {}", of.1.status) })
        .used([pair.part(&spot)])
}

fn header<'c>(
    differ: &mut Differ<'c>,
    pair: Pair<'c>,
    of: (&'c Response, &'c Response),
    old: &'c Header,
    new: &'c Header,
) {
    if old.required != new.required {
        let action = if new.required { Action::Required } else { Action::Optional };
        let run = if new.required { Run::Forward } else { Run::Backward };
        let draft = header_fact(differ, pair, of, action, old).lost(run, Grade::Shape).at(Some(old.at), Some(new.at));
        differ.drafts.push(draft);
    }
    let side = pair.head.sends.flip();
    if old.explode != new.explode || old.media != new.media {
        let form = |header: &Header| {
            header.media.clone().unwrap_or_else(|| if header.explode { "exploded" } else { "simple" }.to_owned())
        };
        let path = format!("header:{}", old.name);
        let mut draft = header_fact(differ, pair, of, Action::Replaced, old)
            .values(&form(old), &form(new))
            .code("parameter", path)
            .arg("location", Arg::Term { term: "header".to_owned() })
            .at(Some(old.at), Some(new.at));
        (draft.facet, draft.scope) = (Facet::Serialization, scope(side));
        if old.media != new.media || structured(differ, old) {
            differ.drafts.push(draft);
        }
    }
    let spot = format!("response {} header {}", of.1.status, new.name);
    let question = Question { base: old.schema, head: new.schema, site: old.at, side, text: old.media.is_none() };
    differ.ask(question, pair.part(&spot));
}

/// Only objects are written otherwise when a header explodes (`simple` style).
fn structured(differ: &mut Differ<'_>, header: &Header) -> bool {
    differ.expansion(crate::schema::Which::Base, header.schema).types().meets(crate::schema::Types::OBJECT)
}
