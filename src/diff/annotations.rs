//! Annotations of operations: deprecation, sunset, identifiers, tags, prose. Nothing of them is on the wire.

use jiff::civil::Date;

use super::draft::Draft;
use super::operations::{Pair, id, name};
use super::place::Address;
use super::{Differ, bodies, parameters, site, stability};
use crate::contract::{Action, Contract, Dialect, Facet, Media, Origin, Response, Scope};
use crate::spec::{Key, Kind, Loc};
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
    if differs(base, head, (pair.base.at, pair.head.at), Key::EXTERNAL_DOCS) {
        differ.about("externalDocs");
    }
    let address = pair.address();
    said(differ, pair, (pair.base.at, pair.head.at), (&address, &Arg::Code(name(pair.head))), &Spot::Operation);
    item(differ, pair);
    stability::inherited(differ, pair);
    for old in &pair.base.parameters {
        if let Some(new) = pair.head.parameters.iter().find(|new| parameters::same(pair, old, new)) {
            let path = format!("{}:{}", old.location.as_str(), old.name);
            let spot = Spot::parameter(new.location, new.name.as_str());
            let place = Arg::Spot { path: String::new(), spot: spot.clone() };
            let address = pair.address().with(&format!("?{path}"), &path);
            listed(differ, pair, [(old.listed_at, old.at), (new.listed_at, new.at)], (&address, &place), &spot);
        }
    }
    body(differ, pair);
    for old in &pair.base.responses {
        let readable = |response: &Response| old.unread.is_none() && response.unread.is_none();
        if let Some(new) = pair.head.responses.iter().find(|new| new.status == old.status && readable(new)) {
            response(differ, pair, old, new);
        }
    }
}

/// The texts of a path item, which all its operations share.
fn item(differ: &mut Differ<'_>, pair: Pair<'_>) {
    if matches!(pair.base.key.origin, Origin::Callback(..)) {
        return;
    }
    let (address, place) = of_item(pair);
    let at = (pair.base.item, pair.head.item);
    for draft in facts(differ, at, FIELDS.split_last().map_or(&[], |(_, shared)| shared), &address, &place) {
        differ.drafts.push(draft.used([pair.part(Spot::Operation)]));
    }
}

/// The address of the path item of an operation, and what it is called.
pub(super) fn of_item(pair: Pair<'_>) -> (Address, Arg) {
    let shape = match &pair.base.key.origin {
        Origin::Path => pair.base.key.template.shape.clone(),
        Origin::Webhook(name) | Origin::Callback(name, ..) => format!("webhook:{name}"),
    };
    let shown = if pair.head.key.origin == Origin::Path { &pair.head.key.template.text } else { &shape };
    let place = Arg::Code(shown.clone());
    (Address::plain(shape), place)
}

/// The annotations of a request body and its representations.
fn body<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) {
    let (Some(old), Some(new)) = (&pair.base.body, &pair.head.body) else { return };
    if old.unread.is_some() || new.unread.is_some() {
        return;
    }
    let place = Arg::Spot { path: String::new(), spot: Spot::RequestBody };
    let address = shared(differ, (old.at, new.at), pair.address().with("#request", ""));
    // A form of 2.0 has no object of its own: its members are told as such.
    let is_form = |contract: &Contract, at: Loc| contract.document.string(at, Key::IN) == Some("formData");
    if !is_form(differ.base, old.at) && !is_form(differ.head, new.at) {
        let sites = [(old.listed_at, old.at), (new.listed_at, new.at)];
        listed(differ, pair, sites, (&address, &place), &Spot::RequestBody);
    }
    representations(differ, pair, (&old.media, &new.media), (&address, &place), &Spot::RequestBody);
}

/// The annotations of a response, its representations and its headers.
fn response<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, old: &'c Response, new: &'c Response) {
    let spot = Spot::Response(new.status.clone());
    let place = Arg::Spot { path: String::new(), spot: spot.clone() };
    let address = pair.address().with(&format!("#response:{}", old.status), "");
    listed(differ, pair, [(old.listed_at, old.at), (new.listed_at, new.at)], (&address, &place), &spot);
    representations(differ, pair, (&old.media, &new.media), (&address, &place), &spot);
    for header in &old.headers {
        let Some(other) = new.headers.iter().find(|other| other.name.eq_ignore_ascii_case(&header.name)) else {
            continue;
        };
        let spot = Spot::ResponseHeader(new.status.clone(), header.name.clone());
        let place = Arg::Spot { path: String::new(), spot: spot.clone() };
        let path = format!("header:{}", header.name);
        let inline = pair.address().with(&format!("#response:{}:{path}", old.status), &path);
        let address = shared(differ, (header.at, other.at), inline);
        let sites = [(header.listed_at, header.at), (other.listed_at, other.at)];
        listed(differ, pair, sites, (&address, &place), &spot);
    }
}

/// The examples of representations.
fn representations<'c>(
    differ: &mut Differ<'c>,
    pair: Pair<'c>,
    (olds, news): (&'c [Media], &'c [Media]),
    of: (&Address, &Arg),
    spot: &Spot,
) {
    for media in olds {
        if let Some(other) = bodies::same(news, media) {
            said(differ, pair, (media.at, other.at), of, spot);
        }
    }
}

/// The component that a node is in both versions, so that all who share it have one fact; else the address given.
fn shared(differ: &Differ<'_>, (base, head): (Loc, Loc), inline: Address) -> Address {
    match site::shared(differ, base, head) {
        Some(own) if own.segments.is_empty() => Address { spot: inline.spot, ..own },
        _ => inline,
    }
}

/// The facts of a node that may stand behind a reference: since 3.1 a text beside it takes the place of the node's own
/// (OpenAPI 3.1, Reference Object).
fn listed(
    differ: &mut Differ<'_>,
    pair: Pair<'_>,
    [base, head]: [(Loc, Loc); 2],
    (address, place): (&Address, &Arg),
    spot: &Spot,
) {
    let text = |contract: &'_ Contract, (listed, at): (Loc, Loc), key: Key| -> Option<String> {
        let beside = Some(listed).filter(|_| contract.dialect == Dialect::V31);
        let text = beside.and_then(|listed| contract.document.string(listed, key));
        text.or_else(|| contract.document.string(at, key)).map(str::to_owned)
    };
    let texts = [Key::DESCRIPTION, Key::SUMMARY];
    let edited = texts.iter().any(|&key| text(differ.base, base, key) != text(differ.head, head, key));
    let at = (base.1, head.1);
    let mut facts = facts(differ, at, &FIELDS[texts.len()..], address, place);
    if edited {
        let draft = Draft::new(Facet::Description, Action::Edited, Scope::Operation, address.clone());
        facts.insert(0, draft.arg("place", place.clone()).arg("operation", place.clone()).at(Some(at.0), Some(at.1)));
    }
    for draft in facts {
        differ.drafts.push(draft.used([pair.part(spot.clone())]));
    }
}

/// The facts of a node that one spot of an operation is told.
pub(super) fn said(
    differ: &mut Differ<'_>,
    pair: Pair<'_>,
    at: (Loc, Loc),
    (address, place): (&Address, &Arg),
    spot: &Spot,
) {
    for draft in node(differ, at, address, place) {
        differ.drafts.push(draft.used([pair.part(spot.clone())]));
    }
}

/// Prose, examples, deprecation and sunset of one node and its counterpart.
pub(super) fn node(differ: &Differ<'_>, at: (Loc, Loc), address: &Address, place: &Arg) -> Vec<Draft> {
    facts(differ, at, FIELDS, address, place)
}

/// The fields of objects that annotate; titles are compared of schemas alone.
/// [`Key::X_STABILITY`] stands for the configured field; what a path item hands down of it is told apart.
const FIELDS: &[Key] =
    &[Key::DESCRIPTION, Key::SUMMARY, Key::EXAMPLE, Key::EXAMPLES, Key::DEPRECATED, Key::X_SUNSET, Key::X_STABILITY];

/// The facts of some fields of one node and its counterpart.
pub(super) fn facts(differ: &Differ<'_>, at: (Loc, Loc), keys: &[Key], address: &Address, place: &Arg) -> Vec<Draft> {
    let (base, head) = (differ.base, differ.head);
    let mut out = Vec::new();
    let fact = |facet, action| {
        Draft::new(facet, action, Scope::Operation, address.clone())
            .arg("place", place.clone())
            .arg("operation", place.clone())
            .at(Some(at.0), Some(at.1))
    };
    let text = |key: &Key| base.document.string(at.0, *key) != head.document.string(at.1, *key);
    if [Key::DESCRIPTION, Key::SUMMARY, Key::TITLE].iter().filter(|key| keys.contains(key)).any(text) {
        out.push(fact(Facet::Description, Action::Edited));
    }
    if [Key::EXAMPLE, Key::EXAMPLES].iter().any(|key| keys.contains(key) && differs(base, head, at, *key)) {
        out.push(example().at(Some(at.0), Some(at.1)));
    }
    if keys.contains(&Key::DEPRECATED) {
        out.extend(deprecation(differ, at).map(|action| fact(Facet::Deprecated, action)));
    }
    if keys.contains(&Key::X_SUNSET) {
        out.extend(end(differ, at, &fact));
    }
    if keys.contains(&Key::X_STABILITY) {
        out.extend(stability::fact(differ, at, &fact));
    }
    out
}

/// Whether a node was marked as deprecated, or is no longer.
fn deprecation(differ: &Differ<'_>, at: (Loc, Loc)) -> Option<Action> {
    let on = |contract: &Contract, at: Loc| contract.document.flag(at, Key::DEPRECATED) == Some(true);
    match (on(differ.base, at.0), on(differ.head, at.1)) {
        (false, true) => Some(Action::Added),
        (true, false) => Some(Action::Removed),
        (true, true) | (false, false) => None,
    }
}

/// The announced end of a node, where it came, went or moved.
fn end(differ: &Differ<'_>, at: (Loc, Loc), fact: &dyn Fn(Facet, Action) -> Draft) -> Option<Draft> {
    let date = |date: Date| Arg::Term { term: date.to_string() };
    match (sunset(differ.base, at.0), sunset(differ.head, at.1)) {
        (None, Some(is)) => Some(fact(Facet::Sunset, Action::Added).arg("to", date(is))),
        (Some(was), None) => Some(fact(Facet::Sunset, Action::Removed).arg("from", date(was))),
        (Some(was), Some(is)) if was != is => {
            let action = if is < was { Action::Lowered } else { Action::Raised };
            let mut draft = fact(Facet::Sunset, action).arg("from", date(was)).arg("to", date(is));
            (draft.from, draft.to) = (was.to_string(), is.to_string());
            Some(draft)
        }
        _ => None,
    }
}

/// Changed examples are one counted change for the API.
pub(super) fn example() -> Draft {
    Draft::new(Facet::Example, Action::Edited, Scope::Operation, Address::plain("examples"))
        .arg("place", Arg::Term { term: "all-operations".to_owned() })
}

/// True if the member differs as a JSON value; examples by reference are those that they refer to.
pub(super) fn differs(base: &Contract, head: &Contract, at: (Loc, Loc), key: Key) -> bool {
    let text = |contract: &Contract, at: Loc| {
        let document = &contract.document;
        let mut out = String::new();
        let Some(value) = document.get(at, key) else { return out };
        if key == Key::EXAMPLES && document.kind(value) == Kind::Object {
            let mut members: Vec<(&str, Loc)> = document.members(value).collect();
            members.sort_unstable();
            for (name, example) in members {
                out.extend([name, ": "]);
                crate::schema::canonical(document, document.follow(example).unwrap_or(example), &mut out);
            }
        } else {
            crate::schema::canonical(document, value, &mut out);
        }
        out
    };
    text(base, at.0) != text(head, at.1)
}
