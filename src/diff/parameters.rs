//! Parameters: matched by place and name (path parameters by position), what came, went, moved, or is written otherwise.

use super::draft::Draft;
use super::operations::Pair;
use super::place::Address;
use super::route;
use super::site::{self, Site};
use super::unread::{self, Sight, sight};
use super::wire::{self, Carrier};
use super::{Differ, Proof, Question, Why, annotations, bodies, keys, scope};
use crate::contract::{Action, Contract, Facet, Grade, Location, Operation, Parameter, Run, Scope, Unread};
use crate::schema::{Types, Which};
use crate::text::{Arg, Spot};

pub(super) fn compare<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) {
    let [bases, heads] = keys::lists(differ, pair);
    let mut added: Vec<&Parameter> = heads.iter().map(|parameter| &**parameter).collect();
    let mut removed: Vec<&Parameter> = Vec::new();
    for base in &bases {
        match added.iter().position(|head| same(pair, base, head)) {
            Some(at) => both(differ, pair, base, added.remove(at)),
            None => removed.push(base),
        }
    }
    // Whether a path parameter is described or not, the URL is the same: the template's shape decides.
    removed.retain(|base: &&Parameter| base.location != Location::Path);
    for head in added.iter().filter(|head| head.location == Location::Path) {
        described(differ, pair, head);
    }
    added.retain(|head| head.location != Location::Path);
    // What cannot be read has no name: it may be any parameter that the other version lists, if that has not the same.
    let hidden = (!lost(pair.base, pair.head).is_empty(), !lost(pair.head, pair.base).is_empty());
    if hidden != (false, false) {
        unknown(differ, pair, (&removed, &added));
        removed.retain(|_| !hidden.1);
        added.retain(|_| !hidden.0);
    }
    for base in removed {
        let moved =
            added.iter().position(|head| head.name.eq_ignore_ascii_case(&base.name) && head.location != base.location);
        if let Some(at) = moved {
            let head = added.remove(at);
            let draft = fact(None, Facet::Parameter, Action::Moved, pair, base, base)
                .lost(Run::Forward, if head.required { Grade::Shape } else { Grade::Unlisted })
                .lost_if(base.required, Run::Backward, Grade::Shape)
                .arg("from", word(base.location))
                .arg("to", word(head.location))
                .at(Some(base.at), Some(head.at));
            differ.drafts.push(draft);
        } else {
            let mut draft = fact(None, Facet::Parameter, Action::Removed, pair, base, base)
                .lost(Run::Forward, Grade::Unlisted)
                .lost_if(base.required, Run::Backward, Grade::Shape)
                .at(Some(base.listed_at), Some(pair.head.at));
            draft.traits.required = base.required;
            draft.traits.sunset_passed = annotations::sunset_passed(differ.base, base.at, differ.options.today);
            differ.drafts.push(draft);
        }
    }
    for head in added {
        let mut draft = fact(None, Facet::Parameter, Action::Added, pair, head, head)
            .lost_if(head.required, Run::Forward, Grade::Shape)
            .lost(Run::Backward, Grade::Unlisted)
            .at(Some(pair.base.at), Some(head.listed_at));
        draft.traits.required = head.required;
        differ.drafts.push(draft);
    }
}

/// A path variable that base did not describe was any text; now it is said to be less.
fn described(differ: &mut Differ<'_>, pair: Pair<'_>, head: &Parameter) {
    let place = |names: &[String], name: &str| names.iter().position(|known| known == name);
    let known = place(&pair.head.key.template.names, &head.name);
    let hidden = !pair.base.unread_parameters.is_empty();
    if hidden || known.is_none_or(|at| at >= pair.base.key.template.names.len()) || head.media.is_some() {
        return;
    }
    let expansion = differ.expansion(Which::Head, head.schema);
    if expansion.takes_any_text() || expansion.types() == Types::NONE {
        return;
    }
    let spot = Spot::parameter(Location::Path, head.name.as_str());
    let mut draft = fact(component(differ.head, head), Facet::Type, Action::Narrowed, pair, head, head)
        .lost(Run::Forward, Grade::Undecided)
        .arg("place", Arg::Spot { path: String::new(), spot })
        .code("to", expansion.types().to_string())
        .at(Some(pair.base.at), Some(head.at));
    draft.traits.untyped_before = true;
    draft.proof = Proof::Unproven(Why::NoWitness);
    differ.drafts.push(draft);
}

/// The parameters that may stand behind unreadable ones of the other version, by name; where there are none, the
/// unreadable ones themselves.
fn unknown(differ: &mut Differ<'_>, pair: Pair<'_>, (removed, added): (&[&Parameter], &[&Parameter])) {
    let (old, new) = (lost(pair.base, pair.head), lost(pair.head, pair.base));
    let mut named = Vec::new();
    let fact = |contract, parameter: &Parameter| {
        let known = fact(component(contract, parameter), Facet::Parameter, Action::Unknown, pair, parameter, parameter);
        Draft { args: known.args, uses: known.uses, ..Draft::unknown(known.facet, known.scope, known.address) }
    };
    if let Some(behind) = new.first() {
        named.extend(removed.iter().map(|base| fact(differ.base, base).at(Some(base.at), Some(behind.at))));
    }
    if let Some(behind) = old.first() {
        named.extend(added.iter().map(|head| fact(differ.head, head).at(Some(behind.at), Some(head.at))));
    }
    if named.is_empty() && !bodies::is_hidden(differ, pair) && !in_form(pair) {
        let gone = old.iter().map(|&unread| (Some(unread), None));
        let come = new.iter().map(|&unread| (None, Some(unread)));
        for sides in gone.chain(come) {
            let inline = pair.address().with("?", "");
            let address = unread::address(differ, sides, Address { spot: Some(Spot::Operation), ..inline });
            let at = |unread: Option<&Unread>| unread.map(|unread| unread.at);
            let shown = sides.0.or(sides.1).map_or("", |unread| unread.sign.trim());
            let draft = Draft::unknown(Facet::Parameter, scope(pair.head.sends), address).code("parameter", shown);
            named.push(draft.at(at(sides.0), at(sides.1)).used([pair.part(Spot::Operation)]));
        }
    }
    for draft in named {
        differ.drafts.push(draft);
    }
}

/// The parameters that cannot be read and are not the same in the other version.
fn lost<'c>(own: &'c Operation, other: &Operation) -> Vec<&'c Unread> {
    let alike =
        |unread: &Unread| other.unread_parameters.iter().any(|other| sight(Some(unread), Some(other)) == Sight::Alike);
    own.unread_parameters.iter().filter(|unread| !alike(unread)).collect()
}

/// True where a form holds what cannot be read (2.0), so that the body is told to be unknown.
fn in_form(pair: Pair<'_>) -> bool {
    [pair.base, pair.head].into_iter().any(|operation| {
        let body = operation.body.as_ref().and_then(|body| body.unread.as_ref());
        body.is_some_and(|body| operation.unread_parameters.iter().any(|unread| unread.at == body.at))
    })
}

pub(super) fn same(pair: Pair<'_>, base: &Parameter, head: &Parameter) -> bool {
    if base.location != head.location {
        return false;
    }
    match base.location {
        Location::Header => base.name.eq_ignore_ascii_case(&head.name),
        Location::Path => {
            let place = |names: &[String], name: &str| names.iter().position(|known| known == name);
            let (old, new) = (&pair.base.key.template.names, &pair.head.key.template.names);
            match (place(old, &base.name), place(new, &head.name)) {
                (Some(a), Some(b)) => a == b,
                _ => base.name == head.name,
            }
        }
        Location::Query | Location::QueryString | Location::Cookie => base.name == head.name,
    }
}

fn word(location: Location) -> Arg {
    Arg::Term { term: location.as_str().to_owned() }
}

/// The address of the component that a parameter is.
fn component(contract: &Contract, parameter: &Parameter) -> Option<Address> {
    let own = route::of_node(contract, parameter.at);
    (own.component.is_some() && !keys::is_key(contract, parameter)).then_some(own)
}

/// A fact about a parameter, addressed by the operation, or by the component that it is. Whether an operation lists a parameter
/// is the operation's affair; what the parameter is, its own.
fn fact(
    own: Option<Address>,
    facet: Facet,
    action: Action,
    pair: Pair<'_>,
    owner: &Parameter,
    shown: &Parameter,
) -> Draft {
    let path = format!("{}:{}", owner.location.as_str(), owner.name);
    let address = own.unwrap_or_else(|| pair.address().with(&format!("?{path}"), &path));
    let spot = Spot::parameter(owner.location, shown.name.as_str());
    Draft::new(facet, action, scope(pair.head.sends), Address { spot: Some(spot.clone()), ..address })
        .code("parameter", shown.name.clone())
        .arg("location", word(shown.location))
        .used([pair.part(spot)])
}

fn both<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, base: &Parameter, head: &Parameter) {
    if keys::is_key(differ.base, base) || keys::is_key(differ.head, head) {
        keys::words(differ, pair, base, head);
    }
    let at = |draft: Draft| draft.at(Some(base.at), Some(head.at));
    let own = component(differ.base, base).filter(|_| site::is_shared(differ, base.at, head.at));
    let new = |facet, action| at(fact(own.clone(), facet, action, pair, base, head));
    let mut facts = Vec::new();
    if base.required != head.required {
        facts.push(if head.required {
            new(Facet::Parameter, Action::Required).lost(Run::Forward, Grade::Shape)
        } else {
            new(Facet::Parameter, Action::Optional).lost(Run::Backward, Grade::Shape)
        });
    }
    let mut wire = wire::compare(differ, Carrier::from(base), Carrier::from(head));
    // In this style the name of a path variable is part of what travels.
    if base.name != head.name && base.location == Location::Path && wire::is_named(differ, base, head) {
        wire.forms.get_or_insert_with(|| [base, head].map(|of| format!("{}, {}", of.style.style, of.name)).into());
    }
    let serialization = |action| new(Facet::Serialization, action);
    facts.extend(wire.forms.map(|(from, to)| serialization(Action::Replaced).values(&from, &to)));
    facts.extend(wire.split.map(|(action, word)| serialization(action).code("to", word)));
    for (facet, was, is) in [
        (Facet::AllowReserved, base.allow_reserved, head.allow_reserved),
        (Facet::AllowEmptyValue, base.allow_empty, head.allow_empty),
    ] {
        if was != is {
            let mut draft = new(facet, if is { Action::Added } else { Action::Removed });
            draft.scope = Scope::Request;
            facts.push(draft);
        }
    }
    if base.name != head.name && base.location == Location::Path {
        let mut draft = new(Facet::Name, Action::Edited).code("from", base.name.clone()).code("to", head.name.clone());
        draft.scope = Scope::Operation;
        facts.push(draft);
    }
    for draft in facts {
        differ.drafts.push(draft);
    }
    let spot = Spot::parameter(head.location, head.name.as_str());
    let question = Question {
        base: base.schema,
        head: head.schema,
        site: base.at,
        way: Site::from((base, head)).into(),
        side: pair.head.sends,
        text: wire.text,
        flat: true,
    };
    differ.ask_of_lists(question, wire.lists, pair.part(spot));
}
