//! How the credential sets of two operations lie to each other: found once for each pair of lists, and bounded, since
//! thousands of operations may share a list of thousands.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::operations::Pair;
use crate::contract::{Action, Alternative, Credential, listed};
use crate::spec::Loc;
use crate::text::Arg;

/// Sets of credentials whose coming or going is said one by one; more of them are unknown together.
pub(super) const SAID: usize = 64;
/// Steps that comparing takes, in all.
const STEPS: usize = 40_000_000;

/// The lists of two operations, by where they stand.
pub(super) type Lists = (Option<Loc>, Option<Loc>);

/// What differs between two lists.
#[derive(Default)]
pub(super) struct Apart {
    /// Sets that open the operation in base but not in head.
    pub(super) lost: Vec<Gone>,
    /// Sets that open it in head but not in base.
    pub(super) gained: Vec<Gone>,
    /// There are more than these.
    pub(super) more: bool,
    /// Both lists for a sentence.
    pub(super) shown: [String; 2],
    /// Names of schemes that one version cannot read, if any set was lost or gained.
    pub(super) unreadable: Vec<String>,
}

/// A set that the other list has no match for.
pub(super) struct Gone {
    pub(super) identity: String,
    /// For people; `None` of no credentials at all.
    pub(super) text: Option<String>,
    /// The same as callers know it, where it has such a name.
    pub(super) sent: Option<Arg>,
    /// The scheme that became another one under its name, and what it is now in this version.
    pub(super) redefined: Option<String>,
    /// For each set that the other version asks for: the headers of what is missing, `None` where something missing
    /// travels elsewhere.
    pub(super) missing: Vec<Option<Vec<String>>>,
}

/// What is known of all lists so far.
pub(super) struct Known {
    apart: FxHashMap<Lists, Option<Rc<Apart>>>,
    left: usize,
    /// Facts that say the same of every operation with these lists, by the place of what is said, and whether a
    /// parameter said it before.
    pub(super) told: FxHashMap<(Lists, Action, usize, bool), usize>,
}

impl Default for Known {
    fn default() -> Self {
        Self { apart: FxHashMap::default(), left: STEPS, told: FxHashMap::default() }
    }
}

impl Known {
    /// What differs; `None` where there is too much to tell.
    pub(super) fn apart(&mut self, pair: Pair<'_>) -> Option<Rc<Apart>> {
        let key = (pair.base.security_at, pair.head.security_at);
        if let Some(known) = self.apart.get(&key) {
            return known.clone();
        }
        let found = self.find(&pair.base.security, &pair.head.security).map(Rc::new);
        self.apart.insert(key, found.clone());
        found
    }

    fn find(&mut self, old: &[Alternative], new: &[Alternative]) -> Option<Apart> {
        let (lost, gained) = (self.alone(old, new)?, self.alone(new, old)?);
        if lost.is_empty() && gained.is_empty() {
            return Some(Apart::default());
        }
        let more = lost.len().max(gained.len()) > SAID;
        let text = |list: &[Alternative]| listed(list.iter().map(Alternative::text), " | ");
        Some(Apart {
            lost: gone(&lost, new),
            gained: gone(&gained, old),
            more,
            shown: [text(old), text(new)],
            unreadable: unreadable(old, new),
        })
    }

    /// The sets that satisfy none of the others.
    fn alone<'s>(&mut self, held: &'s [Alternative], asked: &[Alternative]) -> Option<Vec<&'s Alternative>> {
        let weight = asked.iter().map(Alternative::weight).sum::<usize>();
        let all: usize = held.iter().map(Alternative::weight).sum();
        self.left = self.left.checked_sub(weight + all)?;
        let mut same: FxHashMap<&str, Vec<&Alternative>> = FxHashMap::default();
        for asked in asked {
            same.entry(&asked.identity).or_default().push(asked);
        }
        let is_same = |held: &Alternative| {
            same.get(held.identity.as_str()).is_some_and(|list| list.iter().take(8).any(|other| other.is_same(held)))
        };
        let other: Vec<&Alternative> = held.iter().filter(|held| !is_same(held)).collect();
        let credentials: usize = other.iter().map(|held| held.credentials.len() + 1).sum();
        self.left = self.left.checked_sub(credentials.saturating_mul(weight))?;
        Some(other.into_iter().filter(|held| !asked.iter().any(|asked| asked.satisfied_by(held))).collect())
    }
}

/// The first of some sets, with what is said of them.
fn gone(list: &[&Alternative], against: &[Alternative]) -> Vec<Gone> {
    let mut others: FxHashMap<&str, &Credential> = FxHashMap::default();
    for other in against.iter().flat_map(|other| &other.credentials) {
        others.entry(&other.name).or_insert(other);
    }
    let redefined = |it: &&Credential| others.get(it.name.as_str()).is_some_and(|other| !other.is_same(it));
    let one = |set: &&Alternative| Gone {
        identity: set.identity.clone(),
        text: (!set.credentials.is_empty()).then(|| set.text()),
        sent: set.sent().map(|(term, name)| match name {
            Some(name) => Arg::Named { term: term.to_owned(), name },
            None => Arg::Term { term: term.to_owned() },
        }),
        missing: against.iter().take(SAID).map(|asked| missing(set, asked)).collect(),
        redefined: set.credentials.iter().find(redefined).map(|credential| credential.name.clone()),
    };
    list.iter().take(SAID).map(one).collect()
}

/// The headers that carry what a set lacks of another; `None` where something travels elsewhere.
fn missing(held: &Alternative, asked: &Alternative) -> Option<Vec<String>> {
    let lacks = |asked: &&Credential| !held.credentials.iter().any(|held| held.is_same(asked));
    let lacking = asked.credentials.iter().filter(lacks);
    lacking.map(|credential| credential.header().map(str::to_owned)).collect()
}

/// Names of schemes that one version cannot read and the other reads, or reads otherwise; of many the first, since each
/// is unknown.
fn unreadable(old: &[Alternative], new: &[Alternative]) -> Vec<String> {
    let all =
        |list: &'_ [Alternative]| list.iter().flat_map(|set| set.credentials.clone()).collect::<Vec<Credential>>();
    let (old, new) = (all(old), all(new));
    // A name that nothing declares is known as a name: only what it stands for is not, where the other version says so.
    let lost_in = |list: &[Credential], others: &[Credential]| -> Vec<(String, Option<String>)> {
        let told: FxHashSet<&str> =
            others.iter().filter(|other| other.unread.is_none()).map(|other| other.name.as_str()).collect();
        let is_lost =
            |it: &&Credential| it.unread.is_some() && (!it.is_undeclared() || told.contains(it.name.as_str()));
        let sign = |it: &Credential| it.unread.as_ref().map(|unread| unread.sign.clone());
        list.iter().filter(is_lost).map(|it| (it.name.clone(), sign(it))).collect()
    };
    let (old, new) = (lost_in(&old, &new), lost_in(&new, &old));
    let [before, after] = [&old, &new].map(|list| list.iter().collect::<FxHashSet<_>>());
    let lost = old.iter().filter(|credential| !after.contains(credential));
    let come = new.iter().filter(|credential| !before.contains(credential));
    lost.chain(come).take(SAID).map(|(name, _)| name.clone()).collect()
}
