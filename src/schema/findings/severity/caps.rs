//! How bad a difference inside a schema can be where it is used: what a union loses as a whole caps what is said of its
//! branches, for a sister branch may take the values that one branch now refuses.

use super::super::walk::Walk;
use super::{Caps, of, under};
use crate::contract::{Grade, Run};

/// Nothing covers for anything.
const OPEN: Caps = [Some(Grade::Shape), Some(Grade::Shape)];

impl Walk<'_, '_> {
    /// Puts every loss under what the ways to its visit allow.
    pub(in crate::schema) fn cap(&mut self, roots: &[Vec<usize>]) {
        let begins: Vec<bool> = roots.iter().map(|asks| !asks.is_empty()).collect();
        let edges: Vec<Vec<(usize, Caps)>> = self
            .visits
            .values()
            .map(|visit| visit.asked.iter().map(|&(parent, _, caps)| (parent, caps)).collect())
            .collect();
        let caps = spread(&begins, &edges);
        for finding in &mut self.list {
            apply(caps[finding.visit], &mut finding.losses);
        }
        self.list.retain(|finding| !finding.losses.is_empty());
    }
}

/// The caps of visits: along each way the least, over all ways to a visit the greatest. `edges` lists for each visit
/// the visits that asked for it, and what they allow.
fn spread(roots: &[bool], edges: &[Vec<(usize, Caps)>]) -> Vec<Caps> {
    let mut children: Vec<Vec<(usize, Caps)>> = vec![Vec::new(); edges.len()];
    for (child, parents) in edges.iter().enumerate() {
        for &(parent, caps) in parents {
            children[parent].push((child, caps));
        }
    }
    let mut out: Vec<Caps> = roots.iter().map(|root| if *root { OPEN } else { [None, None] }).collect();
    let mut queue: Vec<usize> = (0..roots.len()).filter(|&visit| roots[visit]).collect();
    while let Some(visit) = queue.pop() {
        for &(child, caps) in &children[visit] {
            let reached = [0, 1].map(|run| out[visit][run].min(caps[run]));
            let raised = [0, 1].map(|run| out[child][run].max(reached[run]));
            if raised != out[child] {
                out[child] = raised;
                queue.push(child);
            }
        }
    }
    out
}

/// The losses of a finding under the caps of its visit.
fn apply(caps: Caps, losses: &mut Vec<(Run, Grade)>) {
    losses.retain_mut(|(run, grade)| match caps[of(*run)] {
        Some(cap) => {
            *grade = under(cap, *grade);
            true
        }
        None => false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_may_be_as_bad_as_its_worst_way() {
        let capped: Caps = [Some(Grade::Openness), None];
        let edges = vec![vec![], vec![(0, capped)], vec![(1, OPEN)], vec![(1, OPEN), (0, OPEN)], vec![(3, capped)]];
        let caps = spread(&[true, false, false, false, false], &edges);
        assert_eq!(caps[2], capped);
        assert_eq!(caps[3], OPEN);
        assert_eq!(caps[4], capped);
    }

    #[test]
    fn rings_end() {
        let caps = spread(&[true, false], &[vec![(1, OPEN)], vec![(0, OPEN), (1, OPEN)]]);
        assert_eq!(caps, [OPEN, OPEN]);
    }
}
