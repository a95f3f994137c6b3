//! Credentials: inclusion over sets of credentials. Whoever held a set that opened the operation must still get in.

use super::Differ;
use super::draft::Draft;
use super::operations::{Pair, name};
use super::place::Address;
use super::unread::{Sight, sight};
use crate::contract::{Action, Alternative, Contract, Credential, Facet, Home, Scope, Unread};
use crate::spec::Loc;
use crate::text::{Arg, Spot};

pub(super) fn compare(differ: &mut Differ<'_>, pair: Pair<'_>) {
    if sight(pair.base.unread_security.as_ref(), pair.head.unread_security.as_ref()) == Sight::Unknown {
        return all_unknown(differ, pair);
    }
    let (old, new) = (&pair.base.security, &pair.head.security);
    let uses = [pair.part(Spot::Security)];
    let nodes = (pair.base.security_at.or(Some(pair.base.at)), pair.head.security_at.or(Some(pair.head.at)));
    let text = |list: &[Alternative]| list.iter().map(Alternative::text).collect::<Vec<_>>().join(" | ");
    let fact = |differ: &mut Differ<'_>, action, lost: &Alternative, against: &[Alternative]| {
        let mut address = address(differ, pair, lost, against);
        address.spot = Some(Spot::Operation);
        let operation = if address.prefix == "security" {
            Arg::Term { term: "all-operations".to_owned() }
        } else {
            Arg::Code(name(pair.head))
        };
        let credentials = if lost.credentials.is_empty() {
            Arg::Term { term: "anonymous".to_owned() }
        } else {
            Arg::Code(lost.text())
        };
        let draft = Draft::new(Facet::Security, action, Scope::Operation, address)
            .subject(lost.identity())
            .arg("operation", operation)
            .arg("credentials", credentials)
            .code("from", text(old))
            .code("to", text(new))
            .at(nodes.0, nodes.1)
            .used(uses.clone());
        differ.drafts.push(draft);
    };
    let lost: Vec<&Alternative> = old.iter().filter(|held| !new.iter().any(|asked| asked.satisfied_by(held))).collect();
    let gained: Vec<&Alternative> =
        new.iter().filter(|held| !old.iter().any(|asked| asked.satisfied_by(held))).collect();
    if !(lost.is_empty() && gained.is_empty()) && unknown(differ, pair) {
        return;
    }
    for held in lost {
        fact(differ, Action::Narrowed, held, new);
    }
    for held in gained {
        fact(differ, Action::Widened, held, old);
    }
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

/// Schemes that one version cannot read: what opens the operation is then unknown. True if there are any.
fn unknown(differ: &mut Differ<'_>, pair: Pair<'_>) -> bool {
    let all = |list: &[Alternative]| list.iter().flat_map(|it| it.credentials.clone()).collect::<Vec<Credential>>();
    let (old, new) = (all(&pair.base.security), all(&pair.head.security));
    // A name that nothing declares is known as a name: only what it stands for is not, where the other version says so.
    let is_lost = |it: &Credential, others: &[Credential]| {
        let told = || others.iter().any(|other| other.name == it.name && other.unread.is_none());
        it.unread.is_some() && (!it.is_undeclared() || told())
    };
    let lost_in = |list: &[Credential], others: &[Credential]| -> Vec<Credential> {
        list.iter().filter(|credential| is_lost(credential, others)).cloned().collect()
    };
    let (old, new) = (lost_in(&old, &new), lost_in(&new, &old));
    let alike = |credential: &Credential, others: &[Credential]| {
        others.iter().any(|other| {
            other.name == credential.name && sight(other.unread.as_ref(), credential.unread.as_ref()) == Sight::Alike
        })
    };
    let lost = old.iter().filter(|credential| !alike(credential, &new));
    let come = new.iter().filter(|credential| !alike(credential, &old));
    let mut said = false;
    for credential in lost.chain(come) {
        let component = format!("securitySchemes/{}", credential.name);
        let spot = Some(Spot::Operation);
        let address = Address { prefix: component.clone(), component: Some(component), spot, ..Address::default() };
        let draft = Draft::unknown(Facet::Security, Scope::Operation, address)
            .code("operation", name(pair.head))
            .code("credentials", credential.name.clone())
            .at(pair.base.security_at.or(Some(pair.base.at)), pair.head.security_at.or(Some(pair.head.at)))
            .used([pair.part(Spot::Security)]);
        differ.drafts.push(draft);
        said = true;
    }
    said
}

/// The scheme, where a scheme of the same name became another; the API, where its default decides; else the operation.
fn address(differ: &Differ<'_>, pair: Pair<'_>, lost: &Alternative, against: &[Alternative]) -> Address {
    let redefined = lost.credentials.iter().find(|credential| {
        let same_name = against.iter().flat_map(|other| &other.credentials).find(|other| other.name == credential.name);
        same_name.is_some_and(|other| other.content != credential.content)
    });
    if let Some(credential) = redefined {
        let component = format!("securitySchemes/{}", credential.name);
        return Address { prefix: component.clone(), component: Some(component), ..Address::default() };
    }
    written_at(differ, pair)
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
