//! Credentials: inclusion over sets of credentials. Whoever held a set that opened the operation must still get in.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

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
    let Some(apart) = differ.security.apart(pair) else { return all_unknown(differ, pair) };
    let (lost, gained) = &*apart;
    if !(lost.is_empty() && gained.is_empty()) && unknown(differ, pair) {
        return;
    }
    let shown = [text(old), text(new)];
    for &held in lost.iter().take(SAID) {
        fact(differ, pair, Action::Narrowed, (&old[held], new), &shown);
    }
    for &held in gained.iter().take(SAID) {
        fact(differ, pair, Action::Widened, (&new[held], old), &shown);
    }
    if lost.len().max(gained.len()) > SAID {
        all_unknown(differ, pair);
    }
}

/// Sets of credentials whose coming or going is said one by one; more of them are unknown together.
const SAID: usize = 64;
/// Sets that are held against each other, in all.
const PAIRS: usize = 10_000_000;
/// Sets that are listed in a sentence.
const LISTED: usize = 20;

/// The sets of credentials of two operations, compared once for each pair of lists.
pub(super) struct Known {
    apart: FxHashMap<(Option<Loc>, Option<Loc>), Apart>,
    pairs: usize,
}

/// The sets that open an operation in base but not in head, and in head but not in base, by their places; `None` where
/// there are too many to tell.
type Apart = Option<Rc<(Vec<usize>, Vec<usize>)>>;

impl Default for Known {
    fn default() -> Self {
        Self { apart: FxHashMap::default(), pairs: PAIRS }
    }
}

impl Known {
    fn apart(&mut self, pair: Pair<'_>) -> Apart {
        let key = (pair.base.security_at, pair.head.security_at);
        if let Some(known) = self.apart.get(&key) {
            return known.clone();
        }
        let (old, new) = (&pair.base.security, &pair.head.security);
        let lost = self.alone(old, new);
        let found = lost.zip(self.alone(new, old)).map(Rc::new);
        self.apart.insert(key, found.clone());
        found
    }

    /// The sets that satisfy none of the others.
    fn alone(&mut self, held: &[Alternative], asked: &[Alternative]) -> Option<Vec<usize>> {
        let same: FxHashSet<String> = asked.iter().map(Alternative::identity).collect();
        let other = held.iter().enumerate().filter(|(_, held)| !same.contains(&held.identity()));
        let other: Vec<(usize, &Alternative)> = other.collect();
        self.pairs = self.pairs.checked_sub(other.len().saturating_mul(asked.len()))?;
        let alone = other.into_iter().filter(|(_, held)| !asked.iter().any(|asked| asked.satisfied_by(held)));
        Some(alone.map(|(ix, _)| ix).collect())
    }
}

/// The sets for a sentence; of many the first.
fn text(list: &[Alternative]) -> String {
    let mut out = list.iter().take(LISTED).map(Alternative::text).collect::<Vec<_>>().join(" | ");
    if list.len() > LISTED {
        out.push_str(&format!(" | … (+{})", list.len() - LISTED));
    }
    out
}

/// A set of credentials that no longer opens the operation, or does so now.
fn fact(
    differ: &mut Differ<'_>,
    pair: Pair<'_>,
    action: Action,
    (lost, against): (&Alternative, &[Alternative]),
    [from, to]: &[String; 2],
) {
    let mut address = address(differ, pair, lost, against);
    address.spot = Some(Spot::Operation);
    let operation = if address.prefix == "security" {
        Arg::Term { term: "all-operations".to_owned() }
    } else {
        Arg::Code(name(pair.head))
    };
    let credentials =
        if lost.credentials.is_empty() { Arg::Term { term: "anonymous".to_owned() } } else { Arg::Code(lost.text()) };
    let draft = Draft::new(Facet::Security, action, Scope::Operation, address)
        .subject(lost.identity())
        .arg("operation", operation)
        .arg("credentials", credentials)
        .code("from", from.as_str())
        .code("to", to.as_str())
        .at(pair.base.security_at.or(Some(pair.base.at)), pair.head.security_at.or(Some(pair.head.at)))
        .used([pair.part(Spot::Security)]);
    differ.drafts.push(draft);
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
    let lost_in = |list: &[Credential], others: &[Credential]| -> Vec<Credential> {
        let told: FxHashSet<&str> =
            others.iter().filter(|other| other.unread.is_none()).map(|other| other.name.as_str()).collect();
        let is_lost =
            |it: &&Credential| it.unread.is_some() && (!it.is_undeclared() || told.contains(it.name.as_str()));
        list.iter().filter(is_lost).cloned().collect()
    };
    let (old, new) = (lost_in(&old, &new), lost_in(&new, &old));
    let signs = |list: &[Credential]| -> FxHashSet<(String, Option<String>)> {
        list.iter().map(|it| (it.name.clone(), it.unread.as_ref().map(|unread| unread.sign.clone()))).collect()
    };
    let (before, after) = (signs(&old), signs(&new));
    let alike = |it: &Credential, others: &FxHashSet<(String, Option<String>)>| {
        others.contains(&(it.name.clone(), it.unread.as_ref().map(|unread| unread.sign.clone())))
    };
    let lost = old.iter().filter(|credential| !alike(credential, &after));
    let come = new.iter().filter(|credential| !alike(credential, &before));
    let mut said = false;
    // Of many the first say enough: each is unknown.
    for credential in lost.chain(come).take(SAID) {
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
