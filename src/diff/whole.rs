//! A document that came or went as a whole.

use super::Changes;
use super::draft::{Draft, Drafts};
use super::operations::at;
use super::place::Address;
use crate::contract::{Action, Contract, Facet, Scope};
use crate::text::Spot;

/// The change of a contract that is new in head.
pub fn appeared(contract: &Contract) -> Changes {
    whole(contract, Action::Added)
}

/// The change of a contract that is gone from head.
pub fn vanished(contract: &Contract) -> Changes {
    whole(contract, Action::Removed)
}

fn whole(contract: &Contract, action: Action) -> Changes {
    let uses = contract.operations.iter().map(|operation| at(operation, Spot::Operation));
    let root = contract.document.root();
    let path = contract.document.path(root.file);
    let title = if contract.title.is_empty() { path } else { &contract.title };
    let draft = Draft::new(Facet::Api, action, Scope::Operation, Address::plain("")).code("api", title).used(uses);
    let mut drafts = Drafts::default();
    drafts.push(if action == Action::Removed { draft.at(Some(root), None) } else { draft.at(None, Some(root)) });
    drafts.finish(&[]).0
}
