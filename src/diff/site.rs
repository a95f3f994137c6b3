//! Where a part of an operation is told: at its component where both versions have it under one name, else where the operation
//! lists it. Who replaces `$ref: '#/components/parameters/Limit'` changed an operation and not `Limit`.

use super::place::Address;
use super::{Differ, route};
use crate::contract::{Body, Contract, Header, Home, Parameter, Response};
use crate::schema::Which;
use crate::spec::Loc;

/// A part in both versions: where each lists it, and what it is behind the reference there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    pub(super) listed: [Loc; 2],
    pub(super) at: [Loc; 2],
}

/// The references on the way from an operation to a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// The response around a header.
    pub(super) around: Option<Site>,
    /// The part itself.
    pub(super) own: Site,
}

/// The nodes that list a replaced part in each version, from the operation on.
pub(super) type Listed = [Vec<Loc>; 2];

impl Site {
    pub(super) fn new([base, head]: [(Loc, Loc); 2]) -> Self {
        Self { listed: [base.0, head.0], at: [base.1, head.1] }
    }
    /// The site of two schemas that nothing lists.
    pub(super) fn of_nodes(base: Loc, head: Loc) -> Self {
        Self { listed: [base, head], at: [base, head] }
    }
    fn is_shared(&self, differ: &Differ<'_>) -> bool {
        is_shared(differ, self.at[0], self.at[1])
    }
}

impl From<Site> for Way {
    fn from(own: Site) -> Self {
        Self { around: None, own }
    }
}

impl From<(&Parameter, &Parameter)> for Site {
    fn from((base, head): (&Parameter, &Parameter)) -> Self {
        Self::new([(base.listed_at, base.at), (head.listed_at, head.at)])
    }
}

impl From<(&Body, &Body)> for Site {
    fn from((base, head): (&Body, &Body)) -> Self {
        Self::new([(base.listed_at, base.at), (head.listed_at, head.at)])
    }
}

impl From<(&Response, &Response)> for Site {
    fn from((base, head): (&Response, &Response)) -> Self {
        Self::new([(base.listed_at, base.at), (head.listed_at, head.at)])
    }
}

impl From<(&Header, &Header)> for Site {
    fn from((base, head): (&Header, &Header)) -> Self {
        Self::new([(base.listed_at, base.at), (head.listed_at, head.at)])
    }
}

impl Way {
    /// The nodes that list the part, where it is another one now; `None` where it is the same component or none.
    pub(super) fn replaced(&self, differ: &Differ<'_>) -> Option<Listed> {
        if self.own.is_shared(differ) {
            return None;
        }
        let around = self.around.filter(|around| !around.is_shared(differ));
        Some([0, 1].map(|side| around.iter().chain([&self.own]).map(|site| site.listed[side]).collect()))
    }
}

/// The component around a node.
fn component(contract: &Contract, at: Loc) -> Option<&Home> {
    contract.homes.home(at).map(|(_, home)| home).filter(|home| matches!(home, Home::Component { .. }))
}

/// True if two nodes stand in the component of one name, or both in none.
pub(super) fn is_shared(differ: &Differ<'_>, base: Loc, head: Loc) -> bool {
    component(differ.base, base) == component(differ.head, head)
}

/// The address of the component around a node of base, where its counterpart in head stands in that component too.
pub(super) fn shared(differ: &Differ<'_>, base: Loc, head: Loc) -> Option<Address> {
    let own = route::of_node(differ.base, base);
    (own.component.is_some() && is_shared(differ, base, head)).then_some(own)
}

/// The address of a node of a schema that some questions reach: below the place where the part is listed, if the operation has
/// another part there now.
pub(super) fn address(differ: &Differ<'_>, (which, at): (Which, Loc), asks: &[usize]) -> Address {
    let (contract, side) = if which == Which::Base { (differ.base, 0) } else { (differ.head, 1) };
    let listed = |ask: &usize| differ.listed.get(ask).and_then(Option::as_ref);
    let is_part = |home: &Home| matches!(home, Home::Component { section, .. } if *section != "schemas");
    let mut address = match asks.first().and_then(listed) {
        Some(sites) if component(contract, at).is_some_and(is_part) && asks.iter().all(|ask| listed(ask).is_some()) => {
            route::through(contract, &sites[side], at)
        }
        _ => route::of_node(contract, at),
    };
    // Of a node outside every home, such as a shared file that nothing names, and of a shared header, the first use says where it is.
    if address.spot.is_none() && (address.component.is_none() || address.is_header()) {
        address.spot = asks.first().and_then(|&ask| differ.uses.first(ask)).map(|at| at.spot.clone());
    }
    address
}
