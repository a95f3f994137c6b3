//! What a team has written about coming changes: notices and acceptances.

use std::collections::BTreeMap;

use super::{Acceptance, Finding, Kind};
use crate::notice::{Notice, NoticeIndex};

/// What stands in one version.
#[derive(Clone, Default, Debug)]
pub struct Ledger {
    /// The notices, by id.
    pub notices: BTreeMap<String, Notice>,
    /// The acceptances, by file.
    pub acceptances: BTreeMap<String, Acceptance>,
    /// The notices whose id another one of the same version has: their files, by path.
    pub twice: BTreeMap<String, String>,
}

/// What is the same in two versions, or was changed by one of them, is that one's; what both changed is head's.
fn merged<T: Clone + PartialEq>(
    [base, tip, head]: [&BTreeMap<String, T>; 3],
    differ: &mut dyn FnMut(&str),
) -> BTreeMap<String, T> {
    let mut out = head.clone();
    for (id, theirs) in tip {
        match (head.get(id), base.get(id)) {
            // Removed by head: what was promised still answers.
            (None, _) => drop(out.insert(id.clone(), theirs.clone())),
            (Some(ours), Some(known)) if ours == known => drop(out.insert(id.clone(), theirs.clone())),
            (Some(ours), None) if ours != theirs => differ(id),
            (Some(_), _) => {}
        }
    }
    for (id, known) in base {
        if !tip.contains_key(id) && head.get(id) == Some(known) {
            out.remove(id);
        }
    }
    out
}

impl Ledger {
    /// What answers a pull request: the target's tip and head, seen from where they parted. Says where two of them gave one
    /// id to different notices.
    #[must_use]
    pub fn merged(base: &Self, tip: &Self, head: &Self) -> (Self, Vec<Finding>) {
        let doubled = head.twice.iter().map(|(path, id)| Finding::new(Kind::NoticeTwice, id, []).in_file(path));
        let mut findings: Vec<Finding> = doubled.collect();
        let mut twice = |id: &str| findings.push(Finding::new(Kind::NoticeTwice, id, []));
        let notices = merged([&base.notices, &tip.notices, &head.notices], &mut twice);
        let acceptances = merged([&base.acceptances, &tip.acceptances, &head.acceptances], &mut |_| {});
        (Self { notices, acceptances, twice: BTreeMap::new() }, findings)
    }

    /// The notices as an index.
    pub fn index(&self) -> NoticeIndex {
        NoticeIndex::of(self.notices.values().cloned().collect())
    }
}
