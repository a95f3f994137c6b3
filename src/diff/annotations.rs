//! Annotations of operations: deprecation, sunset, identifiers, tags, prose. Nothing of them is on the wire.

use jiff::civil::Date;

use super::Differ;
use super::draft::Draft;
use super::operations::{Pair, id, name};
use super::place::Address;
use crate::contract::{Action, Contract, Facet, Response, Scope};
use crate::spec::{Key, Loc};
use crate::text::{Arg, Spot};

/// The date of `x-sunset` (RFC 3339 full-date) of a node.
pub(super) fn sunset(contract: &Contract, at: Loc) -> Option<Date> {
    let text = contract.document.string(at, Key::X_SUNSET)?;
    text.get(..10)?.parse().ok()
}

/// True if the announced end of a node lies at or before the day of judgement.
pub(super) fn sunset_passed(contract: &Contract, at: Loc, today: Date) -> bool {
    sunset(contract, at).is_some_and(|date| date <= today)
}

/// The annotations of a matched operation.
pub(super) fn operation<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) {
    let (base, head) = (differ.base, differ.head);
    let fact = |facet, action| {
        Draft::new(facet, action, Scope::Operation, pair.address())
            .code("operation", name(pair.head))
            .code("place", name(pair.head))
            .at(Some(pair.base.at), Some(pair.head.at))
            .used([pair.part(Spot::Operation)])
    };
    let (was, is) = (id(base, pair.base), id(head, pair.head));
    if was != is {
        differ.drafts.push(fact(Facet::OperationId, Action::Edited).code("from", was).code("to", is));
    }
    let tags = |contract: &'c Contract, at: Loc| -> Vec<&'c str> {
        let list = contract.document.get(at, Key::TAGS);
        let mut tags: Vec<&str> = list
            .into_iter()
            .flat_map(|list| contract.document.children(list))
            .map(|tag| contract.document.text(tag))
            .collect();
        tags.sort_unstable();
        tags
    };
    let (was, is) = (tags(base, pair.base.at), tags(head, pair.head.at));
    if was != is {
        differ.drafts.push(fact(Facet::Tag, Action::Edited).code("from", was.join(", ")).code("to", is.join(", ")));
    }
    let address = pair.address();
    said(differ, pair, (pair.base.at, pair.head.at), (&address, &Arg::Code(name(pair.head))), &Spot::Operation);
    for old in &pair.base.parameters {
        if let Some(new) = pair.head.parameters.iter().find(|new| new.name == old.name && new.location == old.location)
        {
            let path = format!("{}:{}", old.location.as_str(), old.name);
            let spot = Spot::parameter(new.location, new.name.as_str());
            let place = Arg::Spot { path: String::new(), spot: spot.clone() };
            let address = pair.address().with(&format!("?{path}"), &path);
            said(differ, pair, (old.at, new.at), (&address, &place), &spot);
        }
    }
    for old in &pair.base.responses {
        let readable = |response: &Response| old.unread.is_none() && response.unread.is_none();
        if let Some(new) = pair.head.responses.iter().find(|new| new.status == old.status && readable(new)) {
            let spot = Spot::Response(new.status.clone());
            let place = Arg::Spot { path: String::new(), spot: spot.clone() };
            let address = pair.address().with(&format!("#response:{}", old.status), "");
            said(differ, pair, (old.at, new.at), (&address, &place), &spot);
            for media in &old.media {
                if let Some(other) = new.media.iter().find(|other| other.range == media.range) {
                    said(differ, pair, (media.at, other.at), (&address, &place), &spot);
                }
            }
        }
    }
}

/// The facts of a node that one spot of an operation is told.
fn said(differ: &mut Differ<'_>, pair: Pair<'_>, at: (Loc, Loc), (address, place): (&Address, &Arg), spot: &Spot) {
    for draft in node(differ, at, address, place) {
        differ.drafts.push(draft.used([pair.part(spot.clone())]));
    }
}

/// Prose, examples, deprecation and sunset of one node and its counterpart.
pub(super) fn node(differ: &Differ<'_>, at: (Loc, Loc), address: &Address, place: &Arg) -> Vec<Draft> {
    let (base, head) = (differ.base, differ.head);
    let mut out = Vec::new();
    let fact = |facet, action| {
        Draft::new(facet, action, Scope::Operation, address.clone())
            .arg("place", place.clone())
            .arg("operation", place.clone())
            .at(Some(at.0), Some(at.1))
    };
    let prose = [Key::DESCRIPTION, Key::SUMMARY]
        .iter()
        .any(|&key| base.document.string(at.0, key) != head.document.string(at.1, key));
    if prose {
        out.push(fact(Facet::Description, Action::Edited));
    }
    if [Key::EXAMPLE, Key::EXAMPLES].iter().any(|&key| differs(base, head, at, key)) {
        out.push(example().at(Some(at.0), Some(at.1)));
    }
    let on = |contract: &Contract, at: Loc| contract.document.flag(at, Key::DEPRECATED) == Some(true);
    match (on(base, at.0), on(head, at.1)) {
        (false, true) => out.push(fact(Facet::Deprecated, Action::Added)),
        (true, false) => out.push(fact(Facet::Deprecated, Action::Removed)),
        (true, true) | (false, false) => {}
    }
    let date = |date: Date| Arg::Term { term: date.to_string() };
    match (sunset(base, at.0), sunset(head, at.1)) {
        (None, Some(is)) => out.push(fact(Facet::Sunset, Action::Added).arg("to", date(is))),
        (Some(was), None) => out.push(fact(Facet::Sunset, Action::Removed).arg("from", date(was))),
        (Some(was), Some(is)) if was != is => {
            let action = if is < was { Action::Lowered } else { Action::Raised };
            let mut draft = fact(Facet::Sunset, action).arg("from", date(was)).arg("to", date(is));
            (draft.from, draft.to) = (was.to_string(), is.to_string());
            out.push(draft);
        }
        _ => {}
    }
    out
}

/// Changed examples are one counted change for the API.
pub(super) fn example() -> Draft {
    Draft::new(Facet::Example, Action::Edited, Scope::Operation, Address::plain("examples"))
        .arg("place", Arg::Term { term: "all-operations".to_owned() })
}

/// True if the member differs as a JSON value.
pub(super) fn differs(base: &Contract, head: &Contract, at: (Loc, Loc), key: Key) -> bool {
    let text = |contract: &Contract, at: Loc| {
        let mut out = String::new();
        if let Some(value) = contract.document.get(at, key) {
            crate::schema::canonical(&contract.document, value, &mut out);
        }
        out
    };
    text(base, at.0) != text(head, at.1)
}
