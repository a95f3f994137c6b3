//! Keys of queries and cookies: an exploded object and a `deepObject` are written as their members, each under a name of its
//! own (OpenAPI 3.x, "Style Examples"; RFC 6570, 3.2.8), so an object that spells the keys of single parameters is the
//! same contract. Where keys moved between the two, objects are opened and compared key by key.

use std::borrow::Cow;

use super::draft::Draft;
use super::operations::Pair;
use super::wire::{self, Carrier};
use super::{Differ, Use};
use crate::contract::{
    Action, Contract, Facet, Location, Objects, Operation, Parameter, Place, SchemaAt, Scope, Style,
};
use crate::schema::{Types, Which};
use crate::spec::{Key, Kind, Loc};
use crate::text::{Arg, Spot};

/// The parameters of the two versions, some objects opened into their keys.
pub(super) type Lists<'c> = [Vec<Cow<'c, Parameter>>; 2];

/// When a key must be sent.
#[derive(Clone, PartialEq, Eq)]
enum Demand {
    Never,
    Always,
    /// With any of the other keys of its object, which itself may be left out.
    With(Vec<String>),
}

/// A parameter whose members are keys.
struct Holder<'c> {
    parameter: &'c Parameter,
    keys: Vec<(Parameter, Demand)>,
    /// It takes other keys too.
    map: bool,
}

/// The parameters of both versions as they travel; objects stay closed where no key of theirs stands outside in the other
/// version.
pub(super) fn lists<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) -> Lists<'c> {
    let sides = [(Which::Base, pair.base), (Which::Head, pair.head)];
    let closed = sides.map(|(_, operation)| operation.parameters.iter().map(Cow::Borrowed).collect());
    if is_same(differ, pair) {
        return closed;
    }
    let [old, new] = sides.map(|(which, operation)| names(differ, which, operation));
    if old == new || !old.iter().chain(&new).any(|(.., object)| *object) {
        return closed;
    }
    let holders = sides.map(|(which, operation)| {
        let all = operation.parameters.iter().filter(|parameter| may_hold(parameter));
        all.filter_map(|parameter| opened(differ, which, parameter)).collect::<Vec<_>>()
    });
    let open = [0, 1].map(|side| -> Vec<bool> {
        let other = 1 - side;
        let partner = |holder: &Holder<'_>| holders[other].iter().find(|known| is_partner(holder, known));
        // What two maps say of their other keys is said of them as a whole.
        let closed = |holder: &Holder<'_>| partner(holder).is_some_and(|partner| holder.map || partner.map);
        let moved = |holder: &Holder<'_>| !closed(holder) && has_moved(holder, sides[other].1, &holders[other]);
        holders[side].iter().map(moved).collect()
    });
    if !open.iter().flatten().any(|open| *open) {
        return closed;
    }
    // Of two objects of one name either both are opened or none.
    let both = [0, 1].map(|side| -> Vec<bool> {
        let other = 1 - side;
        let partner = |holder: &Holder<'_>| holders[other].iter().position(|known| is_partner(holder, known));
        let partners = holders[side].iter().map(|holder| partner(holder).is_some_and(|at| open[other][at]));
        partners.zip(&open[side]).map(|(partner, own)| partner || *own).collect()
    });
    let mut listed = [0, 1].map(|side| listed(sides[side].1, &holders[side], &both[side]));
    let flags = [0, 1].map(|side| flags(&listed[side], &listed[1 - side]));
    for (side, flags) in flags.into_iter().enumerate() {
        for ((parameter, _), flag) in listed[side].iter_mut().zip(flags) {
            if parameter.required != flag {
                parameter.to_mut().required = flag;
            }
        }
    }
    listed.map(|side| side.into_iter().map(|(parameter, _)| parameter).collect())
}

/// True if both versions list the same parameters: then no key has moved.
fn is_same(differ: &Differ<'_>, pair: Pair<'_>) -> bool {
    let (old, new) = (&pair.base.parameters, &pair.head.parameters);
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            let named = (old.location, &old.name) == (new.location, &new.name);
            named && wire::is_same(differ, Carrier::from(old), Carrier::from(new))
        })
}

/// True of a place where keys stand beside one another, and a style that writes objects as keys.
fn may_hold(parameter: &Parameter) -> bool {
    let row = parameter.style.row().filter(|_| parameter.media.is_none());
    matches!(parameter.location, Location::Query | Location::Cookie)
        && row.is_some_and(|row| matches!(row.objects, Objects::Keys | Objects::Brackets))
}

/// The parameters that are or may be keys, by place and name, and whether each is an object; none of two lists that are
/// equal has a key that moved.
fn names(differ: &mut Differ<'_>, which: Which, operation: &Operation) -> Vec<(Location, String, bool)> {
    let keyed = operation.parameters.iter().filter(|p| matches!(p.location, Location::Query | Location::Cookie));
    let mut names: Vec<_> = keyed
        .map(|parameter| {
            let object = may_hold(parameter) && differ.expansion(which, parameter.schema).types().meets(Types::OBJECT);
            (parameter.location, parameter.name.clone(), object)
        })
        .collect();
    names.sort_unstable();
    names
}

/// An object opened into its keys; `None` where it is none, or something is said of its members together.
fn opened<'c>(differ: &mut Differ<'c>, which: Which, parameter: &'c Parameter) -> Option<Holder<'c>> {
    let expansion = differ.expansion(which, parameter.schema);
    let members = expansion.members()?;
    let map = members.map;
    let brackets = parameter.style.row()?.objects == Objects::Brackets;
    let name = |member: &str| if brackets { format!("{}[{member}]", parameter.name) } else { member.to_owned() };
    let names: Vec<String> = members.list.iter().map(|(member, ..)| name(member)).collect();
    let keys = members.list.iter().map(|&(member, schema, required)| {
        let key = Parameter {
            name: name(member),
            required: false,
            style: Style::written(None, None, Place::from(parameter.location)),
            schema: differ.engine.place(schema).1,
            ..parameter.clone()
        };
        let others = || names.iter().filter(|other| **other != key.name).cloned().collect::<Vec<_>>();
        let demand = match (required, parameter.required) {
            (false, _) => Demand::Never,
            (true, true) => Demand::Always,
            (true, false) if names.len() == 1 => Demand::Never,
            (true, false) => Demand::With(others()),
        };
        (key, demand)
    });
    Some(Holder { parameter, keys: keys.collect(), map })
}

/// True if both are objects of one name that is written the same way.
fn is_partner(one: &Holder<'_>, other: &Holder<'_>) -> bool {
    let style = |holder: &Holder<'_>| holder.parameter.style.row().map(|row| row.objects);
    let (a, b) = (one.parameter, other.parameter);
    a.name == b.name && a.location == b.location && style(one) == style(other)
}

/// True if a key of an object stands outside of it in the other version.
fn has_moved(holder: &Holder<'_>, other: &Operation, holders: &[Holder<'_>]) -> bool {
    let outside = |key: &Parameter| {
        let same = |known: &Parameter| known.name == key.name && known.location == key.location;
        let held = |parameter: &Parameter| holders.iter().any(|known| std::ptr::eq(known.parameter, parameter));
        let inside = holders.iter().filter(|known| !is_partner(holder, known)).flat_map(|known| &known.keys);
        other.parameters.iter().any(|known| same(known) && !held(known))
            || inside.into_iter().any(|(known, _)| same(known))
    };
    holder.keys.iter().any(|(key, _)| outside(key))
}

type Listed<'c> = Vec<(Cow<'c, Parameter>, Demand)>;

fn listed<'c>(operation: &'c Operation, holders: &[Holder<'c>], open: &[bool]) -> Listed<'c> {
    let mut out: Listed<'c> = Vec::new();
    for parameter in &operation.parameters {
        let holder =
            holders.iter().zip(open).find(|(holder, open)| std::ptr::eq(holder.parameter, parameter) && **open);
        match holder {
            Some((holder, _)) => {
                out.extend(Some((Cow::Borrowed(parameter), Demand::Never)).filter(|_| holder.map));
                out.extend(holder.keys.iter().map(|(key, demand)| (Cow::Owned(key.clone()), demand.clone())));
            }
            None if parameter.required => out.push((Cow::Borrowed(parameter), Demand::Always)),
            None => out.push((Cow::Borrowed(parameter), Demand::Never)),
        }
    }
    out
}

/// Whether each parameter of one side must be sent, as far as it makes a difference to who speaks the other one.
fn flags(own: &Listed<'_>, other: &Listed<'_>) -> Vec<bool> {
    own.iter()
        .map(|(parameter, demand)| {
            let same = |known: &Parameter| known.name == parameter.name && known.location == parameter.location;
            let partner = other.iter().find(|(known, _)| same(known)).map_or(&Demand::Never, |(_, demand)| demand);
            match demand {
                Demand::Never => false,
                Demand::Always => true,
                Demand::With(_) => lacks(demand, partner, other),
            }
        })
        .collect()
}

/// True if a message of the other side may lack a key that is demanded with others.
fn lacks(demand: &Demand, partner: &Demand, other: &Listed<'_>) -> bool {
    let (Demand::With(names), false) = (demand, *partner == Demand::Always) else { return false };
    let bound = |name: &String| matches!(partner, Demand::With(own) if own.contains(name));
    names.iter().any(|name| !bound(name) && other.iter().any(|(known, _)| known.name == *name))
}

/// What is said of a key that was a parameter of its own, or became one: of a member its schema says it.
pub(super) fn words<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, base: &Parameter, head: &Parameter) {
    let (old, new) = (node(differ.base, base), node(differ.head, head));
    let at = (old.unwrap_or(base.at), new.unwrap_or(head.at));
    differ.told.insert(at);
    let path = format!("{}:{}", head.location.as_str(), head.name);
    let spot = Spot::parameter(head.location, head.name.as_str());
    let used: Use = pair.part(spot.clone());
    let place = Arg::Spot { path: String::new(), spot };
    let fact = |facet, action| {
        Draft::new(facet, action, Scope::Operation, pair.address().with(&format!("?{path}"), &path))
            .arg("place", place.clone())
            .arg("operation", place.clone())
            .at(Some(at.0), Some(at.1))
            .used([used.clone()])
    };
    let said = |contract: &Contract, parameter: &Parameter, node: Option<Loc>, key: Key| {
        let own = Some(parameter.at).filter(|_| !is_key(contract, parameter));
        let text = |at: Option<Loc>| contract.document.string(at?, key).map(str::to_owned);
        text(own).or_else(|| text(node))
    };
    if said(differ.base, base, old, Key::DESCRIPTION) != said(differ.head, head, new, Key::DESCRIPTION) {
        differ.drafts.push(fact(Facet::Description, Action::Edited));
    }
    let ends = |contract: &Contract, parameter: &Parameter, node: Option<Loc>| {
        let own = Some(parameter.at).filter(|_| !is_key(contract, parameter));
        [own, node].into_iter().flatten().any(|at| contract.document.flag(at, Key::DEPRECATED) == Some(true))
    };
    match (ends(differ.base, base, old), ends(differ.head, head, new)) {
        (false, true) => drop(differ.drafts.push(fact(Facet::Deprecated, Action::Added))),
        (true, false) => drop(differ.drafts.push(fact(Facet::Deprecated, Action::Removed))),
        (true, true) | (false, false) => {}
    }
}

/// The node of a parameter's schema.
fn node(contract: &Contract, parameter: &Parameter) -> Option<Loc> {
    match parameter.schema {
        SchemaAt::Node(at) => match contract.resolve(at) {
            SchemaAt::Node(at) if contract.document.kind(at) == Kind::Object => Some(at),
            SchemaAt::Node(_) | SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => None,
        },
        SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => None,
    }
}

/// True of a key of an object: no node has its name as a parameter.
pub(super) fn is_key(contract: &Contract, parameter: &Parameter) -> bool {
    contract.document.string(parameter.at, Key::NAME).unwrap_or("") != parameter.name
}
