//! Where questions are sent, and the sets of places that changes reach, each kept once.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Use;
use crate::contract::Side;

/// Where each question is sent, by its index.
#[derive(Debug, Default)]
pub(super) struct Spots {
    list: Vec<Sent>,
    /// Sets of questions, ascending, that other questions are sent with.
    shared: IndexSet<Vec<usize>, FxBuildHasher>,
    /// How many places each set has.
    sizes: Vec<usize>,
}

#[derive(Debug)]
struct Sent {
    side: Side,
    /// Places of its own.
    own: Vec<Use>,
    /// Sets of questions: where they are sent, so is this.
    with: Vec<usize>,
}

impl Spots {
    /// A question more, sent nowhere yet.
    pub(super) fn push(&mut self, side: Side) {
        self.list.push(Sent { side, own: Vec::new(), with: Vec::new() });
    }

    /// A question is sent at a place.
    pub(super) fn add(&mut self, ask: usize, at: Use) {
        self.list[ask].own.push(at);
    }

    /// A set of questions that have places of their own, ascending; `None` of an empty one.
    pub(super) fn set(&mut self, asks: Vec<usize>) -> Option<usize> {
        if asks.is_empty() {
            return None;
        }
        let (set, new) = self.shared.insert_full(asks);
        if new {
            self.sizes.push(self.shared[set].iter().map(|&ask| self.list[ask].own.len()).sum());
        }
        Some(set)
    }

    /// A question is sent wherever those of a set are.
    pub(super) fn share(&mut self, ask: usize, set: usize) {
        let with = &mut self.list[ask].with;
        if !with.contains(&set) {
            with.push(set);
        }
    }

    /// What flows where a question is sent.
    pub(super) fn side(&self, ask: usize) -> Side {
        self.list[ask].side
    }

    /// The first place where a question is sent.
    pub(super) fn first(&self, ask: usize) -> Option<&Use> {
        let sent = &self.list[ask];
        let with = sent.with.iter().flat_map(|&set| &self.shared[set]);
        sent.own.first().or_else(|| with.flat_map(|&ask| &self.list[ask].own).next())
    }

    /// The sets that some questions are sent with, each once.
    fn sets(&self, asks: &[usize]) -> Vec<usize> {
        let mut sets: Vec<usize> = asks.iter().flat_map(|&ask| &self.list[ask].with).copied().collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// How many places some questions are sent to, where none is counted more often than it is listed.
    pub(super) fn count(&self, asks: &[usize]) -> usize {
        let own: usize = asks.iter().map(|&ask| self.list[ask].own.len()).sum();
        own + self.sets(asks).into_iter().map(|set| self.sizes[set]).sum::<usize>()
    }

    /// The questions whose own places are all that some questions are sent to, ascending.
    fn origins(&self, asks: &[usize]) -> Vec<usize> {
        let own = asks.iter().copied().filter(|&ask| !self.list[ask].own.is_empty());
        let with = self.sets(asks).into_iter().flat_map(|set| self.shared[set].iter().copied());
        let mut out: Vec<usize> = own.chain(with).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Sets of places, each once; sets that questions alone make up are found without being built again.
#[derive(Default)]
pub(super) struct Reaches {
    sets: IndexSet<Vec<Use>, FxBuildHasher>,
    by_origins: FxHashMap<Vec<usize>, usize>,
}

impl Reaches {
    /// The set of these places and of those where these questions are sent.
    pub(super) fn index(&mut self, uses: Vec<Use>, asks: &[usize], spots: &Spots) -> usize {
        let origins = spots.origins(asks);
        let asked = uses.is_empty();
        if let Some(&known) = self.by_origins.get(&origins).filter(|_| asked) {
            return known;
        }
        let of_asks = origins.iter().flat_map(|&ask| spots.list[ask].own.iter().cloned());
        let set: IndexSet<Use, FxBuildHasher> = uses.into_iter().chain(of_asks).collect();
        let index = self.sets.insert_full(set.into_iter().collect()).0;
        if asked {
            self.by_origins.insert(origins, index);
        }
        index
    }

    /// The sets, by their indices.
    pub(super) fn finish(self) -> Vec<Vec<Use>> {
        self.sets.into_iter().collect()
    }
}
