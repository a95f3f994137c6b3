//! The members of an `allOf`, `anyOf` or `oneOf` in both documents: which stands for which. Order says nothing there.

use rustc_hash::FxHashMap;

use super::super::literal;
use super::super::reference::follow;
use super::beside::only_wraps;
use super::walk::{At, Walk};
use crate::contract::{Contract, Home, SchemaAt};
use crate::spec::{Key, Kind, Loc};

/// A member of base and one of head.
pub(super) struct Paired {
    pub(super) base: Loc,
    pub(super) head: Loc,
    /// One stands for the other; else they are left over, and what they say differently is no change of either.
    pub(super) counterparts: bool,
}

/// Equal members first, then those of one component, then those that are alike, then what is left over in order.
pub(super) fn pairs(walk: &Walk<'_, '_>, key: Key, (left, right): (&[Loc], &[Loc])) -> Vec<Paired> {
    let asked = Walk { align: walk.align, at: At::Guess, crosswise: false };
    let pair = |counterparts: bool| move |(base, head): (Loc, Loc)| Paired { base, head, counterparts };
    let in_order = || left.iter().copied().zip(right.iter().copied());
    if left.len() == right.len() && in_order().all(|(a, b)| asked.child(a, b)) {
        return in_order().map(pair(true)).collect();
    }
    let few = left.len() <= MEMBERS && right.len() <= MEMBERS;
    let mut open: Vec<Option<Loc>> = right.iter().copied().map(Some).collect();
    let mut found: Vec<Option<Loc>> = vec![None; left.len()];
    let mut search = |is: &dyn Fn(Loc, Loc) -> bool| {
        for (&a, slot) in left.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
            *slot = open.iter_mut().find(|slot| slot.is_some_and(|b| is(a, b))).and_then(Option::take);
        }
    };
    if few {
        search(&|a, b| asked.child(a, b));
    }
    let (old, new) = (walk.align.base, walk.align.head);
    let names: FxHashMap<(&str, &str), Loc> = right.iter().filter_map(|&b| Some((component(new, b)?, b))).collect();
    let targets: FxHashMap<Loc, Loc> =
        left.iter().filter_map(|&a| Some((a, *names.get(&component(old, a)?)?))).collect();
    search(&|a, b| targets.get(&a) == Some(&b));
    if few {
        search(&|a, b| is_alike(old, new, (a, b)));
    }
    let mut out: Vec<Paired> = Vec::new();
    out.extend(left.iter().zip(&found).filter_map(|(&a, b)| Some((a, (*b)?))).map(pair(true)));
    let over = left.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(&a, _)| a);
    let over: Vec<(Loc, Loc)> = over.zip(open.into_iter().flatten()).collect();
    // The one part that an `allOf` writes in place is the same part, whatever it says.
    let in_place = |&(a, b): &(Loc, Loc)| component(old, a).is_none() && component(new, b).is_none();
    let last = key == Key::ALL_OF && left.len() == right.len() && over.len() == 1 && over.iter().all(in_place);
    out.extend(over.into_iter().map(pair(last)));
    out
}

/// Members that are compared each with each.
const MEMBERS: usize = 32;

/// The component that a member is, or wraps.
fn component(contract: &Contract, at: Loc) -> Option<(&str, &str)> {
    let SchemaAt::Node(at) = follow(contract, only_wraps(contract, at).unwrap_or(at)) else { return None };
    match contract.homes.at(at)? {
        Home::Component { section, name } => Some((*section, name.as_str())),
        Home::Root | Home::Path(_) | Home::Operation(_) => None,
    }
}

/// True of two members that may be one that changed: no two components that both documents have, of one tag or of one type
/// and mostly the same names.
fn is_alike(old: &Contract, new: &Contract, (a, b): (Loc, Loc)) -> bool {
    let stays = |own: Option<(&str, &str)>, other: &Contract| {
        own.is_some_and(|(section, name)| other.homes.component(section, name).is_some())
    };
    if stays(component(old, a), new) || stays(component(new, b), old) {
        return false;
    }
    let (SchemaAt::Node(a), SchemaAt::Node(b)) = (follow(old, a), follow(new, b)) else { return false };
    let (base, head) = (&old.document, &new.document);
    let of_type = match (base.get(a, Key::TYPE), head.get(b, Key::TYPE)) {
        (Some(x), Some(y)) => literal::equal((base, x), (head, y)),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let members = |contract: &'_ Contract, at: Loc| -> Vec<(String, Loc)> {
        let map = contract.document.get(at, Key::PROPERTIES).and_then(|map| contract.document.follow(map).ok());
        let map = map.filter(|&map| contract.document.kind(map) == Kind::Object);
        map.into_iter().flat_map(|map| contract.document.members(map)).map(|(name, at)| (name.to_owned(), at)).collect()
    };
    let (olds, news) = (members(old, a), members(new, b));
    let both: Vec<(Loc, Loc)> =
        olds.iter().filter_map(|(name, x)| Some((*x, news.iter().find(|(known, _)| known == name)?.1))).collect();
    let tags = both.iter().filter_map(|&(x, y)| Some((only_value(old, x)?, only_value(new, y)?)));
    match tags.map(|(x, y)| literal::equal((base, x), (head, y))).reduce(|all, same| all && same) {
        Some(same) => same,
        None => of_type && both.len() * 2 >= olds.len().max(news.len()),
    }
}

/// The value of a member that may have one only.
fn only_value(contract: &Contract, at: Loc) -> Option<Loc> {
    let document = &contract.document;
    let listed = document.get(at, Key::ENUM).filter(|&list| document.children(list).count() == 1);
    document.get(at, Key::CONST).or_else(|| document.children(listed?).next())
}
