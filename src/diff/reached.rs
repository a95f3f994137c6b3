//! Which questions reach a pair of schemas, and where what they say differently is told: at the node that says it, or, where a
//! reference leads to another schema now, at the site of the reference.

use rustc_hash::{FxHashMap, FxHashSet};

use super::place::Address;
use super::{Differ, notes, route, site};
use crate::schema::{Note, Which};
use crate::spec::Loc;

/// The pairs that questions reach, by their indices in the alignment.
pub(super) struct Reached {
    parents: Vec<Vec<u32>>,
    /// The units in which the schemas of each stand for one another, and where base refers to the one there.
    asked: Vec<Vec<(u32, Option<Loc>)>>,
    pairs: Vec<(Loc, Loc)>,
    roots: FxHashMap<u32, Vec<usize>>,
    /// Where base lists the schema that a question is about.
    listed: FxHashMap<u32, Vec<(Loc, usize)>>,
    /// Units whose schemas stand for one another all the way from some question.
    told: Vec<bool>,
    known: FxHashMap<u32, Vec<usize>>,
}

impl Reached {
    pub(super) fn new<'p>(differ: &Differ<'_>, places: impl IntoIterator<Item = &'p (Loc, Loc, usize)>) -> Self {
        let roots = notes::roots(differ);
        let align = differ.engine.align();
        let mut listed: FxHashMap<u32, Vec<(Loc, usize)>> = FxHashMap::default();
        for &(base, head, ask) in places {
            if let Some(unit) = align.unit(base, head) {
                listed.entry(unit).or_default().push((base, ask));
            }
        }
        let (parents, asked, pairs) = (align.parents(), align.asked(), align.pairs(0));
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); asked.len()];
        for (child, asked) in asked.iter().enumerate() {
            for &(parent, _) in asked {
                children[parent as usize].push(child);
            }
        }
        let mut told = vec![false; asked.len()];
        let mut stack: Vec<usize> = roots.keys().map(|&unit| unit as usize).collect();
        while let Some(next) = stack.pop() {
            if !std::mem::replace(&mut told[next], true) {
                stack.extend(&children[next]);
            }
        }
        Self { parents, asked, pairs, roots, listed, told, known: FxHashMap::default() }
    }

    /// True if a note is about schemas that stand for one another, or decides what is taken.
    pub(super) fn tells(&self, note: &Note) -> bool {
        note.decides() || self.told.get(note.unit as usize).copied().unwrap_or_default()
    }

    /// The addresses of a note, each with the questions that reach it there.
    pub(super) fn sites(&mut self, differ: &Differ<'_>, note: Note) -> Vec<(Address, Vec<usize>)> {
        let (unit, root) = (note.unit as usize, self.pairs.get(note.unit as usize).map(|pair| pair.0));
        let all = self.asks(note.unit);
        let own = |all: Vec<usize>| vec![(site::address(differ, (Which::Base, note.site), &all), all)];
        let Some(root) = root.filter(|&root| self.floats(differ, note.unit) && is_within(differ, note.site, root))
        else {
            return own(all);
        };
        let mut out: Vec<(Address, Vec<usize>)> = Vec::new();
        for (at, ask) in self.listed.get(&note.unit).cloned().unwrap_or_default() {
            out.push((route::below(differ.base, at, &[(root, note.site)]), vec![ask]));
        }
        let mut places = self.asked[unit].clone();
        places.sort_unstable();
        places.dedup();
        for (asking, at) in places {
            let Some(at) = at.filter(|_| self.told[asking as usize]) else { continue };
            let (first, mut way) = self.way(differ, asking, at);
            way.push((root, note.site));
            out.push((route::below(differ.base, first, &way), self.asks(asking)));
        }
        if out.is_empty() { own(all) } else { out }
    }

    fn floats(&self, differ: &Differ<'_>, unit: u32) -> bool {
        self.pairs.get(unit as usize).is_some_and(|&pair| differ.engine.align().floats(pair))
    }

    /// The way to a node of a unit: up to the first that does not float itself.
    fn way(&self, differ: &Differ<'_>, mut unit: u32, mut at: Loc) -> (Loc, Vec<(Loc, Loc)>) {
        let (mut way, mut seen) = (Vec::new(), FxHashSet::default());
        while seen.insert(unit) && self.floats(differ, unit) && is_within(differ, at, self.pairs[unit as usize].0) {
            let listed = self.listed.get(&unit).and_then(|list| list.first());
            let asked = self.asked[unit as usize].iter().find_map(|&(asking, at)| Some((asking, at?)));
            way.insert(0, (self.pairs[unit as usize].0, at));
            match (listed, asked) {
                (Some(&(listed, _)), _) => return (listed, way),
                (None, Some(above)) => (unit, at) = above,
                (None, None) => return (way.remove(0).1, way),
            }
        }
        (at, way)
    }

    /// The questions that reach a unit, ascending.
    fn asks(&mut self, unit: u32) -> Vec<usize> {
        if let Some(known) = self.known.get(&unit) {
            return known.clone();
        }
        let mut seen = vec![false; self.parents.len()];
        let (mut stack, mut out) = (vec![unit], Vec::new());
        seen[unit as usize] = true;
        while let Some(next) = stack.pop() {
            out.extend(self.roots.get(&next).into_iter().flatten().copied());
            for &parent in &self.parents[next as usize] {
                if !std::mem::replace(&mut seen[parent as usize], true) {
                    stack.push(parent);
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        self.known.insert(unit, out.clone());
        out
    }
}

/// True of a node of base at or below another.
fn is_within(differ: &Differ<'_>, at: Loc, root: Loc) -> bool {
    let end = differ.base.document.file(root.file).end(root.node);
    at.file == root.file && (root.node..end).contains(&at.node)
}
