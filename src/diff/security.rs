//! Credentials: inclusion over sets of credentials. Whoever held a set that opened the operation must still get in.

use super::Differ;
use super::credentials::{Apart, Gone};
use super::draft::Draft;
use super::operations::{Pair, name};
use super::place::Address;
use super::unread::{Sight, sight};
use crate::contract::{Action, Contract, Facet, Home, Scope, Unread};
use crate::spec::Loc;
use crate::text::{Arg, Spot};

pub(super) fn compare(differ: &mut Differ<'_>, pair: Pair<'_>) {
    if sight(pair.base.unread_security.as_ref(), pair.head.unread_security.as_ref()) == Sight::Unknown {
        return all_unknown(differ, pair);
    }
    let Some(apart) = differ.security.apart(pair) else { return all_unknown(differ, pair) };
    for (place, scheme) in apart.unreadable.iter().enumerate() {
        once(differ, pair, (Action::Unknown, place, false), |_| unknown(pair, scheme));
    }
    if !apart.unreadable.is_empty() {
        return;
    }
    for (action, list) in [(Action::Narrowed, &apart.lost), (Action::Widened, &apart.gained)] {
        for (place, gone) in list.iter().enumerate() {
            let described = action == Action::Narrowed && is_described(pair, gone);
            once(differ, pair, (action, place, described), |differ| {
                let mut draft = fact(differ, pair, action, (gone, &apart));
                draft.traits.described = described;
                draft
            });
        }
    }
    if apart.more {
        all_unknown(differ, pair);
    }
}

/// A fact about the lists of two operations. What no operation has a name in is made for the first with these lists, and
/// reaches the others.
fn once(
    differ: &mut Differ<'_>,
    pair: Pair<'_>,
    (action, place, described): (Action, usize, bool),
    fact: impl FnOnce(&Differ<'_>) -> Draft,
) {
    let key = ((pair.base.security_at, pair.head.security_at), action, place, described);
    let at = pair.part(Spot::Security);
    if let Some(&known) = differ.security.told.get(&key) {
        differ.drafts.reach(known, at);
        return;
    }
    let draft = fact(differ).used([at]);
    let shared = draft.address.prefix != pair.address().prefix;
    if let Some(index) = differ.drafts.push(draft).filter(|_| shared) {
        differ.security.told.insert(key, index);
    }
}

/// True where what is now asked for travels in headers that base described as parameters: whoever followed it sent them.
fn is_described(pair: Pair<'_>, gone: &Gone) -> bool {
    let described = |headers: &Vec<String>| {
        !headers.is_empty() && headers.iter().all(|header| pair.base.described_headers.contains(header))
    };
    gone.missing.iter().flatten().any(described)
}

/// A set of credentials that no longer opens the operation, or does so now.
fn fact(differ: &Differ<'_>, pair: Pair<'_>, action: Action, (gone, apart): (&Gone, &Apart)) -> Draft {
    let mut address = match &gone.redefined {
        // A scheme of the same name became another.
        Some(name) => of_scheme(name),
        None => written_at(differ, pair),
    };
    address.spot = Some(Spot::Operation);
    let operation = if address.prefix == "security" {
        Arg::Term { term: "all-operations".to_owned() }
    } else {
        Arg::Code(name(pair.head))
    };
    let credentials = match &gone.text {
        None => Arg::Term { term: "anonymous".to_owned() },
        // Two schemes of one name are told apart by what they send.
        Some(text) if gone.redefined.is_some() => Arg::Code(format!("{text} ({})", gone.identity)),
        Some(text) => gone.sent.clone().unwrap_or_else(|| Arg::Code(text.clone())),
    };
    let [from, to] = &apart.shown;
    Draft::new(Facet::Security, action, Scope::Operation, address)
        .subject(gone.identity.clone())
        .arg("operation", operation)
        .arg("credentials", credentials)
        .code("from", from.as_str())
        .code("to", to.as_str())
        .at(pair.base.security_at.or(Some(pair.base.at)), pair.head.security_at.or(Some(pair.head.at)))
}

/// `security`, or a requirement in it, is no such thing in one of the versions.
fn all_unknown(differ: &mut Differ<'_>, pair: Pair<'_>) {
    let (old, new) = (pair.base.unread_security.as_ref(), pair.head.unread_security.as_ref());
    let shown: String = new.or(old).map_or("", |unread| unread.sign.as_str()).chars().take(40).collect();
    let mut address = written_at(differ, pair);
    address.spot = Some(Spot::Operation);
    let all = address.prefix == "security";
    let operation = Arg::Term { term: "all-operations".to_owned() };
    let operation = if all { operation } else { Arg::Code(name(pair.head)) };
    let at = |unread: Option<&Unread>, written: Option<Loc>, operation: Loc| {
        Some(unread.map(|unread| unread.at).or(written).unwrap_or(operation))
    };
    let draft = Draft::unknown(Facet::Security, Scope::Operation, address)
        .arg("operation", operation)
        .code("credentials", shown)
        .at(at(old, pair.base.security_at, pair.base.at), at(new, pair.head.security_at, pair.head.at))
        .used([pair.part(Spot::Security)]);
    differ.drafts.push(draft);
}

/// A scheme that one version cannot read: what opens the operation is then unknown.
fn unknown(pair: Pair<'_>, scheme: &str) -> Draft {
    let address = Address { spot: Some(Spot::Operation), ..of_scheme(scheme) };
    Draft::unknown(Facet::Security, Scope::Operation, address)
        .code("operation", name(pair.head))
        .code("credentials", scheme)
        .at(pair.base.security_at.or(Some(pair.base.at)), pair.head.security_at.or(Some(pair.head.at)))
}

fn of_scheme(name: &str) -> Address {
    let component = format!("securitySchemes/{name}");
    Address { prefix: component.clone(), component: Some(component), ..Address::default() }
}

/// The API, where its default decides; else the operation.
fn written_at(differ: &Differ<'_>, pair: Pair<'_>) -> Address {
    let at_root = |contract: &Contract, at: Option<Loc>| {
        at.is_none_or(|at| contract.homes.place(&contract.document, at).home == Home::Root)
    };
    if at_root(differ.base, pair.base.security_at) && at_root(differ.head, pair.head.security_at) {
        return Address::plain("security");
    }
    pair.address()
}
