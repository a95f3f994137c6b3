//! The last step of a walk: what a question as a whole says decides what its parts may say.
//!
//! A part is visited because one run fails in it, and differs in the other run too; but there the whole may take
//! everything by another branch. So a loss counts only in runs that fail all the way down from a question. And where
//! nobody can say whether a question fails, no part of it is decided either.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Why;
use super::super::walk::Walk;
use super::{Caps, decide};
use crate::contract::{Grade, Run};
use crate::schema::inclusion::Engine;
use crate::schema::node::Answer;

const RUNS: [Run; 2] = [Run::Forward, Run::Backward];

/// What is known of a run at a visit.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Standing {
    /// It fails, or may fail, all the way from a question.
    live: bool,
    /// Some question surely fails in it.
    sure: bool,
}

impl Walk<'_, '_> {
    /// Drops the losses of runs that do not fail, and takes back those that are not sure.
    pub(in crate::schema) fn keep_failing(&mut self, roots: &[Vec<usize>]) {
        let standings = self.standings(roots);
        for finding in &mut self.list {
            let here = standings[finding.visit];
            let of = |run: Run| here[usize::from(run == Run::Backward)];
            finding.losses.retain(|(run, _)| of(*run).live);
            for (run, grade) in &mut finding.losses {
                if *grade >= Grade::Value && !of(*run).sure {
                    *grade = Grade::Undecided;
                    finding.why.get_or_insert(Why::Opaque);
                }
            }
        }
        self.list.retain(|finding| !finding.losses.is_empty());
    }

    fn standings(&mut self, roots: &[Vec<usize>]) -> Vec<[Standing; 2]> {
        let mut out = vec![[Standing::default(); 2]; self.visits.len()];
        let mut open: Vec<usize> = Vec::new();
        for (root, _) in roots.iter().enumerate().filter(|(_, asks)| !asks.is_empty()) {
            for (ix, run) in RUNS.into_iter().enumerate() {
                out[root][ix] = self.standing(root, run);
            }
            open.push(root);
        }
        let mut children: Vec<Vec<(usize, Caps)>> = vec![Vec::new(); self.visits.len()];
        for (child, visit) in self.visits.values().enumerate() {
            for &(parent, _, caps) in &visit.asked {
                children[parent].push((child, caps));
            }
        }
        while let Some(parent) = open.pop() {
            for &(child, caps) in &children[parent] {
                let before = out[child];
                for ix in 0..2 {
                    if caps[ix].is_some() {
                        out[child][ix].live |= out[parent][ix].live;
                        out[child][ix].sure |= out[parent][ix].sure;
                    }
                }
                if out[child] != before {
                    open.push(child);
                }
            }
        }
        out
    }

    fn standing(&mut self, root: usize, run: Run) -> Standing {
        let visit = &self.visits[root];
        let lens = visit.lens;
        let (sub, sup) = if run == Run::Forward { (visit.base, visit.head) } else { (visit.head, visit.base) };
        let Some(grade) = self.engine.standing((sub, sup, lens)) else { return Standing::default() };
        // Text on the wire is no matter of values; a declaration is lost whether or not a value is.
        let asked = !lens.text && grade >= Grade::Value;
        let escapes = |engine: &mut Engine<'_>| matches!(engine.escapes(sub, sup, lens), Answer::Yes | Answer::Costly);
        let sure = !asked || self.engine.is_plain_pair(sub, sup) || escapes(self.engine);
        Standing { live: true, sure }
    }

    /// Where a question surely fails and every loss found is undecided, the loss at the pair that surely fails is one.
    pub(in crate::schema) fn lift(&mut self, roots: &[Vec<usize>], reached_by: &[Vec<usize>]) {
        for (ix, run) in RUNS.into_iter().enumerate() {
            let mut doubtful: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let mut decided: BTreeSet<usize> = BTreeSet::new();
            for (at, finding) in self.list.iter().enumerate() {
                let grades = || finding.losses.iter().filter(|(of, _)| *of == run).map(|(_, grade)| *grade);
                if grades().any(|grade| matches!(grade, Grade::Value | Grade::Shape)) {
                    decided.extend(&reached_by[finding.visit]);
                } else if grades().any(|grade| grade == Grade::Undecided) {
                    reached_by[finding.visit].iter().for_each(|&ask| doubtful.entry(ask).or_default().push(at));
                }
            }
            for (root, asks) in roots.iter().enumerate() {
                let Some(ask) = asks.iter().find(|ask| !decided.contains(ask)) else { continue };
                let Some(findings) = doubtful.get(ask) else { continue };
                if self.visits[root].lens.text || !self.escapes(root, RUNS[ix]) {
                    continue;
                }
                for &at in findings {
                    if self.escapes(self.list[at].visit, run) {
                        decide(&mut self.list[at], run);
                    }
                }
            }
        }
    }

    fn escapes(&mut self, visit: usize, run: Run) -> bool {
        let visit = &self.visits[visit];
        let (sub, sup) = if run == Run::Forward { (visit.base, visit.head) } else { (visit.head, visit.base) };
        let lens = visit.lens;
        self.engine.standing((sub, sup, lens)) >= Some(Grade::Value)
            && self.engine.escapes(sub, sup, lens) == Answer::Yes
    }
}
