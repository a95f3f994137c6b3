//! Inheritance by `allOf`: where a schema with a `discriminator` is sent, so are the schemas that extend it, though
//! nothing refers to them (OpenAPI 3.x, Discriminator Object, "implicit" models).
//!
//! A child is asked about once a side, and shares the places of its parents. Who reaches which parent is found by going
//! up from each; what that may cost is bounded, and beyond it all children are unknown together.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::draft::Draft;
use super::site::Site;
use super::{Differ, Proof, Question, Why, notes, route, scope};
use crate::contract::{Contract, Facet, Home, SchemaAt, Side};
use crate::spec::{Key, Loc};
use crate::text::Arg;

/// Steps up from parents and questions found there, in all.
const STEPS: usize = 10_000_000;

/// A schema in base and in head.
type Both = (Loc, Loc);

/// Asks about the children of every parent that an ask reaches.
pub(super) fn ask(differ: &mut Differ<'_>) {
    let families = families(differ.base, differ.head);
    if families.is_empty() {
        return;
    }
    let roots = notes::roots(differ);
    let heirs = heirs(differ, &families);
    let mut above = Above::new(differ, &heirs, roots);
    let Some(askers) = above.askers(&heirs).filter(|_| !differ.engine.align().is_spent()) else {
        return unknown(differ, &families);
    };
    let sets: Vec<[Option<usize>; 2]> =
        above.sets.iter().map(|set| by_side(differ, set).map(|asks| differ.uses.set(asks))).collect();
    for (child, set) in heirs.keys().zip(askers) {
        for (side, with) in [Side::Request, Side::Response].into_iter().zip(sets[set]) {
            let (base, head) = (SchemaAt::Node(child.0), SchemaAt::Node(child.1));
            let way = Site::of_nodes(child.0, child.1).into();
            let question = Question { base, head, site: child.0, way, side, text: false, flat: false };
            if let Some(with) = with
                && let Some(index) = differ.question(question)
            {
                differ.uses.share(index, with);
            }
        }
    }
}

/// Children whose parents some question reaches, each with the units of these parents.
type Heirs = IndexMap<Both, Vec<u32>, FxBuildHasher>;

fn heirs(differ: &Differ<'_>, families: &Families) -> Heirs {
    let align = differ.engine.align();
    let mut out = Heirs::default();
    let mut seen = 0_u32;
    // A child may lead to further parents, itself among them.
    loop {
        let reached = align.pairs(seen as usize);
        if reached.is_empty() {
            return out;
        }
        for pair in reached {
            for &child in families.get(&pair).into_iter().flatten() {
                align.unit(child.0, child.1);
                out.entry(child).or_default().push(seen);
            }
            seen += 1;
        }
    }
}

/// The way from units up to the questions that reach them, over references and from children to their parents.
struct Above {
    parents: Vec<Vec<u32>>,
    roots: FxHashMap<u32, Vec<usize>>,
    /// The set of each unit that was gone up from.
    known: FxHashMap<u32, usize>,
    /// Sets of questions, ascending, each once.
    sets: IndexSet<Vec<usize>, FxBuildHasher>,
    /// The unit from which each unit was last met.
    met: Vec<u32>,
    left: usize,
}

impl Above {
    fn new(differ: &Differ<'_>, heirs: &Heirs, roots: FxHashMap<u32, Vec<usize>>) -> Self {
        let align = differ.engine.align();
        let mut parents = align.parents();
        for (child, of) in heirs {
            if let Some(unit) = align.unit(child.0, child.1) {
                parents[unit as usize].extend(of);
            }
        }
        let met = vec![u32::MAX; parents.len()];
        Self { parents, roots, known: FxHashMap::default(), sets: IndexSet::default(), met, left: STEPS }
    }

    /// The set of questions that reach a parent of each child; `None` where finding them costs too much.
    fn askers(&mut self, heirs: &Heirs) -> Option<Vec<usize>> {
        let mut of_sets: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
        let mut out = Vec::with_capacity(heirs.len());
        for parents in heirs.values() {
            let mut sets = parents.iter().map(|&unit| self.of(unit)).collect::<Option<Vec<usize>>>()?;
            sets.sort_unstable();
            sets.dedup();
            let known = of_sets.get(&sets).copied();
            let set = match (known, sets.as_slice()) {
                (Some(known), _) => known,
                (None, [only]) => *only,
                (None, _) => {
                    let mut all = Vec::new();
                    sets.iter().try_for_each(|&set| self.add(set, &mut all))?;
                    self.keep(all)
                }
            };
            of_sets.insert(sets, set);
            out.push(set);
        }
        Some(out)
    }

    /// The set of questions that reach a unit.
    fn of(&mut self, unit: u32) -> Option<usize> {
        if let Some(&known) = self.known.get(&unit) {
            return Some(known);
        }
        let (mut stack, mut found) = (vec![unit], Vec::new());
        self.met[unit as usize] = unit;
        while let Some(next) = stack.pop() {
            // Whoever reaches that one is known already.
            if let Some(&known) = self.known.get(&next) {
                self.add(known, &mut found)?;
                continue;
            }
            found.extend(self.roots.get(&next).into_iter().flatten());
            let parents = &self.parents[next as usize];
            self.left = self.left.checked_sub(1 + parents.len())?;
            for &parent in parents {
                if std::mem::replace(&mut self.met[parent as usize], unit) != unit {
                    stack.push(parent);
                }
            }
        }
        let set = self.keep(found);
        self.known.insert(unit, set);
        Some(set)
    }

    fn add(&mut self, set: usize, to: &mut Vec<usize>) -> Option<()> {
        self.left = self.left.checked_sub(1 + self.sets[set].len())?;
        to.extend(&self.sets[set]);
        Some(())
    }

    fn keep(&mut self, mut found: Vec<usize>) -> usize {
        found.sort_unstable();
        found.dedup();
        self.sets.insert_full(found).0
    }
}

fn by_side(differ: &Differ<'_>, asks: &[usize]) -> [Vec<usize>; 2] {
    let (request, response) = asks.iter().partition(|&&ask| differ.uses.side(ask) == Side::Request);
    [request, response]
}

/// Which children are sent where is not known: one fact a side, of all that is sent there, if any child differs.
fn unknown(differ: &mut Differ<'_>, families: &Families) {
    let align = differ.engine.align();
    let differs = |children: &[Both]| children.iter().any(|child| !align.same(child.0, child.1));
    let Some((parent, _)) = families.iter().find(|(_, children)| differs(children)) else { return };
    let all: Vec<usize> = (0..differ.asks.len()).collect();
    let address = route::of_node(differ.base, parent.0);
    for (side, asks) in [Side::Request, Side::Response].into_iter().zip(by_side(differ, &all)) {
        if asks.is_empty() {
            continue;
        }
        let mut draft = Draft::unknown(Facet::Constraint, scope(side), address.clone())
            .subject("discriminator")
            .code("keyword", "discriminator")
            .arg("place", Arg::Term { term: "all-operations".to_owned() })
            .at(Some(parent.0), Some(parent.1))
            .asked(&asks);
        draft.proof = Proof::Unproven(Why::Pairs);
        differ.drafts.push(draft);
    }
}

/// Parents that both versions have, and their children that both have.
type Families = IndexMap<Both, Vec<Both>, FxBuildHasher>;

fn families(base: &Contract, head: &Contract) -> Families {
    let (old, mut new) = (extended(base), extended(head));
    let mut out = Families::default();
    for (name, (parent, children)) in old {
        let Some((other, others)) = new.get_mut(&name) else { continue };
        let both = |(child, at)| others.get(&child).map(|&other| (at, other));
        out.insert((parent, *other), children.into_iter().filter_map(both).collect());
    }
    out
}

/// A component, and those that extend it, by their names.
type Family = (Loc, IndexMap<String, Loc, FxBuildHasher>);

/// Parents with a discriminator and no union of their own, and the components whose `allOf` names them.
fn extended(contract: &Contract) -> IndexMap<String, Family, FxBuildHasher> {
    let document = &contract.document;
    let schemas: Vec<(String, Loc)> = contract.homes.schemas();
    let mut out: IndexMap<String, Family, FxBuildHasher> = IndexMap::default();
    for (name, at) in &schemas {
        let union = document.get(*at, Key::ONE_OF).or_else(|| document.get(*at, Key::ANY_OF));
        if document.get(*at, Key::DISCRIMINATOR).is_some() && union.is_none() {
            out.insert(name.clone(), (*at, IndexMap::default()));
        }
    }
    if out.is_empty() {
        return out;
    }
    for (name, at) in &schemas {
        let list = document.get(*at, Key::ALL_OF);
        for member in list.into_iter().flat_map(|list| document.children(list)) {
            let SchemaAt::Node(target) = contract.resolve(member) else { continue };
            if let Some(Home::Component { name: parent, .. }) = contract.homes.at(target)
                && let Some((_, children)) = out.get_mut(parent)
            {
                children.entry(name.clone()).or_insert(*at);
            }
        }
    }
    out
}
