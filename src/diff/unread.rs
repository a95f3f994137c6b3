//! What one version has and the other cannot read: unknown, never absent. One fact a place.

use super::draft::Draft;
use super::operations::at as spot;
use super::place::Address;
use super::{Differ, Proof, Why, route};
use crate::contract::{
    Action, Contract, Facet, Grade, Hiding, OpKey, Operation, Origin, Run, Scope, Unread, Veil, is_within,
};
use crate::spec::Loc;
use crate::text::Spot;

/// What can be said of a part that both versions have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Both can be read.
    Clear,
    /// The same unreadable thing in both: nothing shows a change.
    Alike,
    /// One cannot be read, or they are two unreadable things.
    Unknown,
}

/// How the two sides of a part are seen.
pub(super) fn sight(base: Option<&Unread>, head: Option<&Unread>) -> Sight {
    match (base, head) {
        (None, None) => Sight::Clear,
        (Some(base), Some(head)) if base.sign == head.sign => Sight::Alike,
        (Some(_), Some(_) | None) | (None, Some(_)) => Sight::Unknown,
    }
}

impl Draft {
    /// A fact about a part that cannot be read in one of the versions: it may have lost and gained anything.
    pub(super) fn unknown(facet: Facet, scope: Scope, address: Address) -> Self {
        let mut draft = Self::new(facet, Action::Unknown, scope, address)
            .lost(Run::Forward, Grade::Undecided)
            .lost(Run::Backward, Grade::Undecided);
        draft.proof = Proof::Unproven(Why::Hole);
        draft
    }
}

/// The component that an unreadable part stands in, so that all who share it have one fact; else the address given.
pub(super) fn address(differ: &Differ<'_>, sides: (Option<&Unread>, Option<&Unread>), inline: Address) -> Address {
    let own = match sides {
        (Some(unread), _) => route::of_node(differ.base, unread.at),
        (None, Some(unread)) => route::of_node(differ.head, unread.at),
        (None, None) => return inline,
    };
    if own.component.is_some() { Address { lead: inline.lead, spot: inline.spot, ..own } } else { inline }
}

/// Operations of one version that the other lacks: those that may stand behind something unreadable there are unknown.
/// Takes them out of both lists.
pub(super) fn operations<'c>(differ: &mut Differ<'c>, gone: &mut Vec<&'c Operation>, new: &mut Vec<&'c Operation>) {
    let (base, head) = (differ.base, differ.head);
    let lost = hidden(gone, head);
    let come = hidden(new, base);
    let told: Vec<&Hiding> = lost.iter().chain(&come).map(|(veil, _)| &veil.over).collect();
    let alone = |own: &'c Contract, other: &'c Contract| -> Vec<&'c Veil> {
        let alike = |veil: &Veil| {
            let same = other.veils.iter().find(|known| known.over == veil.over).map(|veil| &veil.unread);
            sight(Some(&veil.unread), same) == Sight::Alike
        };
        own.veils.iter().filter(|veil| !told.contains(&&veil.over) && !alike(veil)).collect()
    };
    let (only_base, only_head) = (alone(base, head), alone(head, base));
    for (veil, operations) in lost {
        push(differ, veil, &operations, (Some(operations[0].at), Some(veil.unread.at)));
    }
    for (veil, operations) in come {
        push(differ, veil, &operations, (Some(veil.unread.at), Some(operations[0].at)));
    }
    for veil in only_base {
        push(differ, veil, &[], (Some(veil.unread.at), None));
    }
    for veil in only_head {
        push(differ, veil, &[], (None, Some(veil.unread.at)));
    }
}

fn push(differ: &mut Differ<'_>, veil: &Veil, operations: &[&Operation], at: (Option<Loc>, Option<Loc>)) {
    let uses = operations.iter().map(|operation| spot(operation, Spot::Operation));
    differ.drafts.push(veiled(veil).at(at.0, at.1).used(uses));
}

/// Moves the operations that veils of the other version hide out of a list.
fn hidden<'c>(list: &mut Vec<&'c Operation>, other: &'c Contract) -> Vec<(&'c Veil, Vec<&'c Operation>)> {
    let mut out: Vec<(&Veil, Vec<&Operation>)> = Vec::new();
    list.retain(|operation| {
        let Some(veil) = other.veils.iter().find(|veil| veil.hides(&operation.key)) else {
            return !is_behind(other, &operation.key);
        };
        match out.iter_mut().find(|(known, _)| std::ptr::eq(*known, veil)) {
            Some((_, hidden)) => hidden.push(operation),
            None => out.push((veil, vec![operation])),
        }
        false
    });
    out
}

/// True of a callback whose operation cannot be read: that is told already.
fn is_behind(other: &Contract, key: &OpKey) -> bool {
    let Origin::Callback(parent, _) = &key.origin else { return false };
    other.operations.iter().any(|operation| operation.unread.is_some() && is_within(parent, &operation.key.matching()))
}

pub(super) fn veiled(veil: &Veil) -> Draft {
    let of = |facet, prefix: &str| Draft::unknown(facet, Scope::Operation, Address::plain(prefix));
    let named = |facet, prefix: &str, name: &str| of(facet, prefix).code("operation", name).code("name", name);
    match &veil.over {
        Hiding::Paths => of(Facet::Operation, "paths").code("operation", "paths"),
        Hiding::Webhooks => named(Facet::Webhook, "webhooks", "webhooks"),
        Hiding::Item(Origin::Path, template) => {
            of(Facet::Operation, &template.shape).code("operation", template.text.clone())
        }
        Hiding::Item(Origin::Webhook(name), _) => named(Facet::Webhook, &format!("webhook:{name}"), name),
        Hiding::Item(Origin::Callback(parent, name), template) => {
            named(Facet::Callback, &format!("{parent} callback {}", template.text), name)
        }
        Hiding::Callback(parent, name) => named(Facet::Callback, &format!("{parent} callback {name}"), name),
        Hiding::Callbacks(parent) => named(Facet::Callback, &format!("{parent} callbacks"), "callbacks"),
    }
}
