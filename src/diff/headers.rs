//! Response headers, by name without case.

use super::draft::Draft;
use super::operations::Pair;
use super::place::Address;
use super::site::{self, Site, Way};
use super::unread::{self, Sight, sight};
use super::wire::{self, Carrier};
use super::{Differ, Question, scope};
use crate::contract::{Action, Facet, Grade, Header, Response, Run, Scope};
use crate::text::{Arg, Spot};

pub(super) fn compare<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, of: (&'c Response, &'c Response)) {
    let (base, head) = of;
    let same = |one: &Header, other: &Header| one.name.eq_ignore_ascii_case(&other.name);
    for old in &base.headers {
        let new = head.headers.iter().find(|new| same(old, new));
        match (sight(old.unread.as_ref(), new.and_then(|new| new.unread.as_ref())), new) {
            (Sight::Alike, _) => {}
            (Sight::Unknown, new) => unknown(differ, pair, of, (Some(old), new)),
            (Sight::Clear, Some(new)) => header(differ, pair, of, old, new),
            (Sight::Clear, None) => {
                let draft = header_fact(differ, pair, of, Action::Removed, old)
                    .lost(Run::Forward, Grade::Unlisted)
                    .lost_if(old.required, Run::Backward, Grade::Shape)
                    .at(Some(old.at), Some(head.at));
                differ.drafts.push(draft);
            }
        }
    }
    for new in head.headers.iter().filter(|new| !base.headers.iter().any(|old| same(old, new))) {
        if new.unread.is_some() {
            unknown(differ, pair, of, (None, Some(new)));
            continue;
        }
        let draft = header_fact(differ, pair, of, Action::Added, new)
            .lost_if(new.required, Run::Forward, Grade::Shape)
            .lost(Run::Backward, Grade::Unlisted)
            .at(Some(base.at), Some(new.at));
        differ.drafts.push(draft);
    }
}

/// A header that cannot be read in one of the versions.
fn unknown(
    differ: &mut Differ<'_>,
    pair: Pair<'_>,
    of: (&Response, &Response),
    (old, new): (Option<&Header>, Option<&Header>),
) {
    let Some(shown) = old.or(new) else { return };
    let unread = |header: Option<&'_ Header>| header.and_then(|header| header.unread.clone());
    let sides = (unread(old), unread(new));
    let fact = header_fact(differ, pair, of, Action::Unknown, shown);
    let address = unread::address(differ, (sides.0.as_ref(), sides.1.as_ref()), fact.address);
    let draft = Draft { args: fact.args, uses: fact.uses, ..Draft::unknown(Facet::Header, Scope::Response, address) };
    let nodes = (old.map_or(of.0.at, |header| header.at), new.map_or(of.1.at, |header| header.at));
    differ.drafts.push(draft.at(Some(nodes.0), Some(nodes.1)));
}

fn header_fact(
    differ: &Differ<'_>,
    pair: Pair<'_>,
    of: (&Response, &Response),
    action: Action,
    header: &Header,
) -> Draft {
    let path = format!("header:{}", header.name);
    let address = match site::shared(differ, of.0.at, of.1.at) {
        Some(own) => own.with(&format!(":{path}"), &path),
        None => pair.address().with(&format!("#response:{}:{path}", of.0.status), &path),
    };
    let spot = Spot::ResponseHeader(of.1.status.clone(), header.name.clone());
    Draft::new(Facet::Header, action, Scope::Response, Address { spot: Some(spot.clone()), ..address })
        .code("header", header.name.clone())
        .arg("place", Arg::Spot { path: String::new(), spot: Spot::Response(of.1.status.clone()) })
        .used([pair.part(spot)])
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
    let wire = wire::compare(differ, Carrier::from(old), Carrier::from(new));
    let serialization = |action| {
        let mut draft = header_fact(differ, pair, of, action, old)
            .code("parameter", format!("header:{}", old.name))
            .arg("location", Arg::Term { term: "header".to_owned() })
            .at(Some(old.at), Some(new.at));
        (draft.facet, draft.scope) = (Facet::Serialization, scope(side));
        draft
    };
    let mut facts = Vec::new();
    facts.extend(wire.forms.map(|(from, to)| serialization(Action::Replaced).values(&word(&from), &word(&to))));
    facts.extend(wire.split.map(|(action, to)| serialization(action).code("to", word(&to))));
    for draft in facts {
        differ.drafts.push(draft);
    }
    let spot = Spot::ResponseHeader(of.1.status.clone(), new.name.clone());
    let way = Way { around: Some(Site::from(of)), own: Site::from((old, new)) };
    let question =
        Question { base: old.schema, head: new.schema, site: old.at, way, side, text: wire.text, flat: true };
    differ.ask_of_lists(question, wire.lists, pair.part(spot));
}

/// What reports call the forms of headers, which know one style since 3.0.
fn word(form: &str) -> String {
    match form {
        "plain" | "comma-separated" => "simple",
        "simple, exploded" => "exploded",
        _ => form,
    }
    .to_owned()
}
