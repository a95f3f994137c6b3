//! Paths outside the contract, as a tree of their segments: what they may be called is known only once all is read.
//!
//! The tree stays small whatever is called: a place with too many words has its branches laid together.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::Date;

use super::discretion::{Place, Use};
use super::looks::{Look, look};
use crate::audience::usage::HOLE;

/// The most places.
const NODES: usize = 5_000;
/// The most counts.
const CELLS: usize = 100_000;
/// The deepest path.
const DEPTH: usize = 16;

/// Day, partner by index, method.
pub(super) type Cell = (Date, Option<usize>, String);

/// Calls that were answered, and attempts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Calls {
    pub(super) count: u64,
    pub(super) attempts: u64,
}

impl Calls {
    pub(super) fn add(&mut self, other: Self) {
        self.count += other.count;
        self.attempts += other.attempts;
    }
}

/// A segment of a path, and what is known of it beforehand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'t> {
    /// A word of the contract.
    Known(&'t str),
    /// What may be a word.
    Word(&'t str),
    /// A value, of which the place says that others stand there too.
    Value,
    /// What is not kept.
    Odd,
}

impl<'t> Step<'t> {
    /// The step of a segment at a place; `is_parameter` where an operation of the contract has a parameter there.
    pub(super) fn of(segment: &'t str, is_parameter: bool, is_known: impl Fn(&str) -> bool) -> Self {
        let text = segment.strip_suffix(".json").unwrap_or(segment);
        if is_known(text) {
            return Self::Known(text);
        }
        match look(text) {
            Look::Word if !is_parameter => Self::Word(text),
            Look::Word | Look::Value => Self::Value,
            Look::Odd => Self::Odd,
        }
    }

    /// What may be kept of it, as far as it alone tells.
    pub(super) fn kept(self) -> &'t str {
        match self {
            Self::Known(word) | Self::Word(word) => word,
            Self::Value | Self::Odd => HOLE,
        }
    }
}

/// The calls of paths outside the contract.
#[derive(Debug, Default)]
pub(super) struct Outside {
    root: Node,
    size: Size,
}

/// What the tree holds.
#[derive(Debug, Default)]
struct Size {
    nodes: usize,
    cells: usize,
}

#[derive(Debug, Default)]
struct Node {
    /// The words here that the contract does not have.
    place: Place,
    /// What follows, by word or hole.
    next: BTreeMap<String, Node>,
    calls: BTreeMap<Cell, Calls>,
}

impl Outside {
    /// Adds the calls of a path; false where there is no room for it.
    pub(super) fn add(&mut self, path: &[Step<'_>], cell: Cell, by: Use, calls: Calls) -> bool {
        if path.len() > DEPTH {
            return false;
        }
        let mut node = &mut self.root;
        for step in path {
            let name = node.name(*step, by, &mut self.size);
            let Some(next) = node.after(name, &mut self.size) else { return false };
            node = next;
        }
        if !node.calls.contains_key(&cell) {
            if self.size.cells >= CELLS {
                return false;
            }
            self.size.cells += 1;
        }
        node.calls.entry(cell).or_default().add(calls);
        true
    }

    /// The paths as they may be kept, with their calls.
    pub(super) fn finish(mut self) -> Vec<(String, Cell, Calls)> {
        self.root.settle(&mut self.size);
        let mut out = Vec::new();
        self.root.tell("", &mut out);
        out
    }
}

impl Node {
    /// What a step is called here.
    fn name<'t>(&mut self, step: Step<'t>, by: Use, size: &mut Size) -> &'t str {
        match step {
            Step::Known(word) => return word,
            Step::Word(word) if self.place.note(word, by) => return word,
            Step::Word(_) | Step::Value => self.close(size),
            Step::Odd => {}
        }
        HOLE
    }

    fn after(&mut self, name: &str, size: &mut Size) -> Option<&mut Self> {
        if !self.next.contains_key(name) {
            if size.nodes >= NODES {
                return None;
            }
            size.nodes += 1;
            self.next.insert(name.to_owned(), Self::default());
        }
        self.next.get_mut(name)
    }

    /// Makes this a place of values.
    fn close(&mut self, size: &mut Size) {
        let words = self.place.close();
        self.withhold(&words, size);
    }

    /// Lays the branches of some words together.
    fn withhold(&mut self, words: &[String], size: &mut Size) {
        let branches: Vec<Self> = words.iter().filter_map(|word| self.next.remove(word)).collect();
        for branch in branches {
            match self.next.entry(HOLE.to_owned()) {
                Entry::Vacant(entry) => drop(entry.insert(branch)),
                Entry::Occupied(mut entry) => entry.get_mut().join(branch, size),
            }
        }
    }

    fn join(&mut self, other: Self, size: &mut Size) {
        size.nodes = size.nodes.saturating_sub(1);
        for (cell, calls) in other.calls {
            match self.calls.entry(cell) {
                Entry::Vacant(entry) => drop(entry.insert(calls)),
                Entry::Occupied(mut entry) => {
                    size.cells = size.cells.saturating_sub(1);
                    entry.get_mut().add(calls);
                }
            }
        }
        for (name, node) in other.next {
            match self.next.entry(name) {
                Entry::Vacant(entry) => drop(entry.insert(node)),
                Entry::Occupied(mut entry) => entry.get_mut().join(node, size),
            }
        }
        self.place.join(other.place);
        if self.place.is_full() {
            self.close(size);
        }
    }

    /// Decides what is kept, from the top, since what is laid together adds up below.
    fn settle(&mut self, size: &mut Size) {
        let words = self.place.withheld();
        self.withhold(&words, size);
        self.next.values_mut().for_each(|node| node.settle(size));
    }

    fn tell(self, path: &str, out: &mut Vec<(String, Cell, Calls)>) {
        let name = if path.is_empty() { "/" } else { path };
        out.extend(self.calls.into_iter().map(|(cell, calls)| (name.to_owned(), cell, calls)));
        for (word, node) in self.next {
            node.tell(&format!("{path}/{word}"), out);
        }
    }
}
