//! A whole contract that appeared or vanished between two versions: one change, however many operations it has.

use super::change::{Arg, Args, Change, Changes, Proof, Traits, Use};
use crate::contract::vocabulary::{Action, Effect, Facet, Scope};
use crate::contract::{Contract, Origin};

/// The change of a contract that base does not have.
pub fn appeared(head: &Contract) -> Changes {
    whole(head, Action::Added)
}

/// The change of a contract that head does not have any more.
pub fn vanished(base: &Contract) -> Changes {
    whole(base, Action::Removed)
}

fn whole(contract: &Contract, action: Action) -> Changes {
    let document = &contract.document;
    let root = document.root();
    let name = if contract.title.is_empty() { document.path(root.file) } else { &contract.title };
    let (effect, base, head) = if action == Action::Added {
        (Effect::Widened, None, Some(root))
    } else {
        (Effect::Narrowed, Some(root), None)
    };
    let change = Change {
        facet: Facet::Api,
        action,
        scope: Scope::Operation,
        effect,
        losses: Vec::new(),
        traits: Traits::default(),
        address: "api".to_owned(),
        component: None,
        path: String::new(),
        subject: String::new(),
        from: String::new(),
        to: String::new(),
        args: Args::from([("api".to_owned(), Arg::Code(name.to_owned()))]),
        base,
        head,
        reach: 0,
        proof: Proof::Structural,
        hint: None,
    };
    Changes { list: vec![change], reaches: vec![uses(contract)], problems: Vec::new() }
}

fn uses(contract: &Contract) -> Vec<Use> {
    let spot = |origin: &Origin| match origin {
        Origin::Path => "operation".to_owned(),
        Origin::Webhook(name) => format!("webhook {name}: operation"),
        Origin::Callback(_, name) => format!("callback {name}: operation"),
    };
    let of = |key: &crate::contract::OpKey| Use {
        method: key.method.clone(),
        path: key.template.text.clone(),
        spot: spot(&key.origin),
    };
    contract.operations.iter().map(|operation| of(&operation.key)).collect()
}
