//! Bodies and media types: media ranges compared as ranges, schemas of matching ranges asked about.

use super::draft::Draft;
use super::operations::Pair;
use super::place::Address;
use super::site::{self, Site};
use super::unread::{self, Sight, sight};
use super::{Differ, Question, encodings, scope, wire};
use crate::contract::{
    Action, Body, Contract, Dialect, Facet, Grade, Lists, Media, Operation, Run, SchemaAt, Side, spelling,
};
use crate::schema::Which;
use crate::spec::Loc;
use crate::text::{Arg, Spot};

pub(super) fn compare<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) {
    let side = pair.head.sends;
    let fact = |action| {
        Draft::new(Facet::Body, action, scope(side), pair.address().with("#request", ""))
            .code("operation", super::operations::name(pair.head))
            .used([pair.part(Spot::RequestBody)])
    };
    let unread = |body: &'c Option<Body>| body.as_ref().and_then(|body| body.unread.as_ref());
    let sides = (unread(&pair.base.body), unread(&pair.head.body));
    let seen = sight(sides.0, sides.1);
    if seen == Sight::Unknown || is_hidden(differ, pair) {
        let address = unread::address(differ, sides, pair.address().with("#request", ""));
        let at = |body: &Option<Body>, operation: Loc| body.as_ref().map_or(operation, |body| body.at);
        let draft = Draft { args: fact(Action::Unknown).args, ..Draft::unknown(Facet::Body, scope(side), address) }
            .at(Some(at(&pair.base.body, pair.base.at)), Some(at(&pair.head.body, pair.head.at)))
            .used([pair.part(Spot::RequestBody)]);
        differ.drafts.push(draft);
        return;
    }
    match (&pair.base.body, &pair.head.body) {
        _ if seen == Sight::Alike => {}
        (None, None) => {}
        (None, Some(head)) => {
            let mut draft = fact(Action::Added)
                .lost_if(head.required, Run::Forward, Grade::Shape)
                .lost(Run::Backward, Grade::Unlisted)
                .at(Some(pair.base.at), Some(head.at));
            draft.traits.required = head.required;
            differ.drafts.push(draft);
        }
        (Some(base), None) => {
            let draft = fact(Action::Removed)
                .lost(Run::Forward, Grade::Unlisted)
                .lost_if(base.required, Run::Backward, Grade::Shape)
                .at(Some(base.at), Some(pair.head.at));
            differ.drafts.push(draft);
        }
        (Some(base), Some(head)) => both(differ, pair, base, head),
    }
}

/// True if a body of the one version may be a parameter that cannot be read in the other, as 2.0 has it.
pub(super) fn is_hidden(differ: &Differ<'_>, pair: Pair<'_>) -> bool {
    let behind = |body: &Option<Body>, contract: &Contract, other: &Operation| {
        let may = contract.dialect == Dialect::V20 && !other.unread_parameters.is_empty();
        body.is_some() && other.body.is_none() && may
    };
    behind(&pair.base.body, differ.head, pair.head) || behind(&pair.head.body, differ.base, pair.base)
}

fn both<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, base: &'c Body, head: &'c Body) {
    if base.required != head.required {
        let own = site::shared(differ, base.at, head.at);
        let address = own.unwrap_or_else(|| pair.address().with("#request", ""));
        let action = if head.required { Action::Required } else { Action::Optional };
        let run = if head.required { Run::Forward } else { Run::Backward };
        let draft = Draft::new(Facet::Body, action, scope(pair.head.sends), address)
            .lost(run, Grade::Shape)
            .code("operation", super::operations::name(pair.head))
            .at(Some(base.at), Some(head.at))
            .used([pair.part(Spot::RequestBody)]);
        differ.drafts.push(draft);
    }
    let part =
        Part { site: Site::from((base, head)), spot: &Spot::RequestBody, side: pair.head.sends, more: "#request" };
    media(differ, pair, part, &base.media, &head.media);
}

/// A part that carries media types.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) site: Site,
    /// The spot of its body.
    pub(super) spot: &'a Spot,
    pub(super) side: Side,
    /// What its address adds to the operation's.
    pub(super) more: &'a str,
}

/// The text of a media range in identities: as it is written, without its charset.
fn written(range: &str) -> String {
    range.split(';').map(str::trim).filter(|part| !part.starts_with("charset=")).collect::<Vec<_>>().join(";")
}

/// The representation of a list that stands for one of the other version: the same, with the same charset if it can be.
pub(super) fn same<'m>(list: &'m [Media], media: &Media) -> Option<&'m Media> {
    let is = |other: &&Media| other.essence == media.essence;
    list.iter().filter(is).find(|other| other.charset == media.charset).or_else(|| list.iter().find(is))
}

/// True if a range covers another (RFC 9110, 12.5.1), both as their essences.
fn covers(wide: &str, narrow: &str) -> bool {
    wide == narrow
        || wide == "*/*"
        || !wide.contains(';') && narrow.split(';').next() == Some(wide)
        || wide.strip_suffix("/*").is_some_and(|kind| narrow.split('/').next() == Some(kind))
}

/// Compares the representations of one body.
pub(super) fn media<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, part: Part<'_>, base: &'c [Media], head: &'c [Media]) {
    let mut met: Vec<&Media> = Vec::new();
    for old in base {
        let range = &old.essence;
        let wide = || head.iter().find(|new| covers(&new.essence, range));
        match same(head, old).or_else(wide) {
            Some(new) => {
                met.push(new);
                charsets(differ, pair, part, (old, new));
                matched(differ, pair, part, old, new);
            }
            // A response that is narrower than promised is still within the range the client asked for.
            None if part.side == Side::Response && head.iter().any(|new| covers(range, &new.essence)) => {
                let narrower: Vec<&Media> = head.iter().filter(|new| covers(range, &new.essence)).collect();
                for new in &narrower {
                    matched(differ, pair, part, old, new);
                }
                // Of what cannot be read `matched` says so.
                if old.unread.is_none() && narrower.iter().all(|new| new.unread.is_none()) {
                    coming(differ, pair, part, Action::Narrowed, old);
                }
            }
            None => coming(differ, pair, part, Action::Removed, old),
        }
    }
    for new in head {
        let range = &new.essence;
        let known = base.iter().any(|old| covers(&old.essence, range));
        // The same in another charset, beside the one that is met already.
        let another = same(base, new).is_some_and(|old| old.charset != new.charset);
        let known = known && (!another || met.iter().any(|met| std::ptr::eq(*met, new)));
        let mut narrower = base.iter().filter(|old| covers(range, &old.essence)).peekable();
        if known {
            continue;
        }
        if another || part.side == Side::Request || narrower.peek().is_none() {
            coming(differ, pair, part, Action::Added, new);
        } else if narrower.all(|old| old.unread.is_none()) && new.unread.is_none() {
            coming(differ, pair, part, Action::Widened, new);
        }
    }
}

/// Text that is sent in another charset: whoever does not look at the header reads it wrongly.
fn charsets(differ: &mut Differ<'_>, pair: Pair<'_>, part: Part<'_>, (old, new): (&Media, &Media)) {
    let (Some(was), Some(is)) = (&old.charset, &new.charset) else { return };
    if was == is || old.unread.is_some() || new.unread.is_some() {
        return;
    }
    let address = Address { spot: Some(part.spot.clone()), ..address(differ, pair, part) };
    let draft = Draft::new(Facet::Charset, Action::Replaced, scope(part.side), address)
        .subject(old.essence.as_str())
        .values(was, is)
        .code("media_type", new.essence.as_str())
        .arg("place", Arg::Spot { path: String::new(), spot: part.spot.clone() })
        .at(Some(old.at), Some(new.at))
        .used([pair.part(part.spot.clone())]);
    differ.drafts.push(draft);
}

pub(super) fn address(differ: &Differ<'_>, pair: Pair<'_>, part: Part<'_>) -> Address {
    let own = site::shared(differ, part.site.at[0], part.site.at[1]).filter(|_| differ.base.dialect != Dialect::V20);
    own.unwrap_or_else(|| pair.address().with(part.more, ""))
}

/// Says of a representation of one version what became of it, or that it came.
fn coming(differ: &mut Differ<'_>, pair: Pair<'_>, part: Part<'_>, action: Action, media: &Media) {
    let old = matches!(action, Action::Removed | Action::Narrowed);
    if media.unread.is_some() {
        let sides = if old { (Some(media), None) } else { (None, Some(media)) };
        return unknown(differ, pair, part, sides);
    }
    let nodes = if old { (Some(media.at), Some(part.site.at[1])) } else { (Some(part.site.at[0]), Some(media.at)) };
    let address = Address { spot: Some(part.spot.clone()), ..address(differ, pair, part) };
    let mut draft = Draft::new(Facet::MediaType, action, scope(part.side), address)
        .subject(written(&media.range))
        .code("media_type", media.range.clone())
        .arg("place", Arg::Spot { path: String::new(), spot: part.spot.clone() })
        .at(nodes.0, nodes.1)
        .used([pair.part(part.spot.clone())]);
    draft.traits.pushed = part.more == "#request" && part.side == Side::Response;
    differ.drafts.push(draft);
}

/// A representation that cannot be read in one of the versions.
fn unknown(differ: &mut Differ<'_>, pair: Pair<'_>, part: Part<'_>, (old, new): (Option<&Media>, Option<&Media>)) {
    let Some(shown) = old.or(new) else { return };
    let unread = |media: Option<&'_ Media>| media.and_then(|media| media.unread.clone());
    let sides = (unread(old), unread(new));
    let inline = Address { spot: Some(part.spot.clone()), ..address(differ, pair, part) };
    let address = unread::address(differ, (sides.0.as_ref(), sides.1.as_ref()), inline);
    let draft = Draft::unknown(Facet::MediaType, scope(part.side), address)
        .subject(written(&shown.range))
        .code("media_type", shown.range.clone())
        .arg("place", Arg::Spot { path: String::new(), spot: part.spot.clone() })
        .at(Some(old.map_or(part.site.at[0], |media| media.at)), Some(new.map_or(part.site.at[1], |media| media.at)))
        .used([pair.part(part.spot.clone())]);
    differ.drafts.push(draft);
}

fn matched<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, part: Part<'_>, old: &'c Media, new: &'c Media) {
    match sight(old.unread.as_ref(), new.unread.as_ref()) {
        Sight::Clear => {}
        Sight::Alike => return,
        Sight::Unknown => return unknown(differ, pair, part, (Some(old), Some(new))),
    }
    schema(differ, pair, part, old, new);
    let is_form = ["application/x-www-form-urlencoded", "multipart/"].iter().any(|form| old.range.starts_with(form));
    let whole = |media: &Media| media.schema.or(media.item_schema.map(|_| SchemaAt::Any));
    if old.schema.or(new.schema).is_some()
        && let (Some(base), Some(head)) = (whole(old), whole(new))
    {
        let question =
            Question { base, head, site: old.at, way: part.site.into(), side: part.side, text: is_form, flat: false };
        let lists = if is_form { form(differ, pair, part, old, new) } else { None };
        differ.ask_of_lists(question, lists, pair.part(part.spot.clone()));
        if spelling::is_xml(&old.essence)
            && let Some(index) = differ.question(question)
        {
            differ.xml.insert(index);
        }
    }
    // Beside a schema each item has one of its own; where the other version has none, an item may be anything.
    let other = |media: &Media| media.item_schema.or(media.schema.map(|_| SchemaAt::Any));
    if old.item_schema.or(new.item_schema).is_some()
        && let (Some(base), Some(head)) = (other(old), other(new))
    {
        let question =
            Question { base, head, site: old.at, way: part.site.into(), side: part.side, text: false, flat: false };
        differ.ask(question, pair.part(part.spot.clone()));
    }
    encodings::compare(differ, pair, part, old, new);
}

/// How the lists of a form are written, and which of its members are split now or no longer.
fn form(differ: &mut Differ<'_>, pair: Pair<'_>, part: Part<'_>, old: &Media, new: &Media) -> Option<Lists> {
    let wire::Form { lists, splits } = wire::form(differ, old, new);
    for (name, action, word) in splits {
        let address = address(differ, pair, part).with(&format!(":{}", old.range), "");
        let address = Address { spot: Some(part.spot.clone()), ..address };
        let draft = Draft::new(Facet::Serialization, action, scope(part.side), address)
            .subject(name.clone())
            .code("parameter", name)
            .arg("location", Arg::Term { term: "form".to_owned() })
            .code("to", word)
            .at(Some(old.at), Some(new.at))
            .used([pair.part(part.spot.clone())]);
        differ.drafts.push(draft);
    }
    lists
}

/// A representation that lost its schema, or got one.
fn schema(differ: &mut Differ<'_>, pair: Pair<'_>, part: Part<'_>, old: &Media, new: &Media) {
    let action = match (old.schema.or(old.item_schema), new.schema.or(new.item_schema)) {
        (Some(_), None) => Action::Removed,
        (None, Some(_)) => Action::Added,
        (Some(_), Some(_)) | (None, None) => return,
    };
    // 3.1 writes a body of bytes without a schema, 3.0 as a binary string.
    if let Some(only) = old.schema.or(new.schema)
        && is_bytes(differ, if old.schema.is_some() { Which::Base } else { Which::Head }, only)
    {
        return;
    }
    let address = address(differ, pair, part).with(&format!(":{}", old.range), "");
    let draft =
        Draft::new(Facet::Schema, action, scope(part.side), Address { spot: Some(part.spot.clone()), ..address })
            .arg("place", Arg::Spot { path: String::new(), spot: part.spot.clone() })
            .at(Some(old.at), Some(new.at))
            .used([pair.part(part.spot.clone())]);
    differ.drafts.push(draft);
}

/// True of a string of bytes and nothing more.
fn is_bytes(differ: &mut Differ<'_>, which: Which, at: SchemaAt) -> bool {
    differ.expansion(which, at).is_bytes()
}
