//! What is said of a document as a whole: that it came or went, or that too much of it differs.

use super::draft::{Draft, Drafts};
use super::operations::at;
use super::place::Address;
use super::spots::Spots;
use super::unread::veiled;
use super::{Changes, Differ};
use crate::contract::{Action, Contract, Facet, Hiding, Scope, Unread, Veil};
use crate::schema::Share;
use crate::spec::{Problem, Weight};
use crate::text::Spot;

/// The change of a contract that is new in head.
pub fn appeared(contract: &Contract) -> Changes {
    whole(contract, Action::Added)
}

/// The change of a contract that is gone from head.
pub fn vanished(contract: &Contract) -> Changes {
    whole(contract, Action::Removed)
}

/// What is told of two versions whose differences are too many to be told.
pub(super) fn unknown(differ: &Differ<'_>) -> Changes {
    let everywhere = [differ.base, differ.head].into_iter().flat_map(|contract| &contract.operations);
    let veil = Veil { over: Hiding::Paths, unread: Unread { at: differ.head.document.root(), sign: String::new() } };
    let draft = veiled(&veil).at(Some(differ.base.document.root()), Some(differ.head.document.root()));
    let mut told = Drafts::new(0, Share::WHOLE);
    told.push(draft.used(everywhere.map(|operation| at(operation, Spot::Operation))));
    let (mut changes, _) = told.finish(&Spots::default());
    let document = &differ.head.document;
    let message = "too many differences to be told one by one: what changed is unknown as a whole".to_owned();
    let file = document.path(document.root().file).to_owned();
    changes.problems.push(Problem { file, offset: Some(0), line: 1, column: 1, message, weight: Weight::Odd });
    changes
}

fn whole(contract: &Contract, action: Action) -> Changes {
    let uses = contract.operations.iter().map(|operation| at(operation, Spot::Operation));
    let root = contract.document.root();
    let path = contract.document.path(root.file);
    let title = if contract.title.is_empty() { path } else { &contract.title };
    let draft = Draft::new(Facet::Api, action, Scope::Operation, Address::plain("")).code("api", title).used(uses);
    let mut drafts = Drafts::new(0, Share::WHOLE);
    drafts.push(if action == Action::Removed { draft.at(Some(root), None) } else { draft.at(None, Some(root)) });
    drafts.finish(&Spots::default()).0
}
