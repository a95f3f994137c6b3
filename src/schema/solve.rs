//! Inclusion of states as a greatest fixpoint: every pair is taken to be contained until a difference shows, and
//! whoever relied on it is asked again. A pair only ever gets worse, so this ends.
//!
//! Plain recursion with a memo would be exponential on dense cycles or unsound; see ARCHITECTURE.md.

use std::collections::VecDeque;
use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::align::Align;
use super::escape::Answer;
use super::expand::{Branch, Expansion, expand};
use super::local::{Local, is_free_text};
use super::pattern::Patterns;
use super::space::{Lens, SchemaId, Space, StateId, Which};
use super::types::Types;
use crate::contract::{Contract, Grade, SchemaAt};
use crate::spec::Key;

/// Evaluations of pairs a comparison may cost.
const FUEL: usize = 2_000_000;

/// Sub state, sup state, how the value travels.
pub type PairKey = (StateId, StateId, Lens);

#[derive(Default)]
struct Pair {
    /// `None` is contained.
    grade: Option<Grade>,
    parents: Vec<u32>,
    queued: bool,
    known: bool,
}

/// The engine of one comparison.
pub struct Engine<'c> {
    /// Nodes and states.
    pub space: Space<'c>,
    /// What is the same in both documents.
    pub align: Align<'c>,
    /// Languages of patterns.
    pub patterns: Patterns,
    pub(super) escape: super::escape::Known,
    pub(super) sure: super::plain::Sure,
    pub(super) compared: super::compared::Compared<'c>,
    pairs: IndexMap<PairKey, Pair, FxBuildHasher>,
    queue: VecDeque<u32>,
    fuel: usize,
}

impl<'c> Engine<'c> {
    /// An engine over base and head.
    pub fn new(base: &'c Contract, head: &'c Contract) -> Self {
        Self {
            space: Space::new(base, head),
            align: Align::new(base, head),
            patterns: Patterns::default(),
            escape: super::escape::Known::default(),
            sure: super::plain::Sure::default(),
            compared: super::compared::Compared::default(),
            pairs: IndexMap::default(),
            queue: VecDeque::new(),
            fuel: FUEL,
        }
    }

    /// The standing of a pair: `None` is contained, else how badly it fails.
    pub fn standing(&mut self, key: PairKey) -> Option<Grade> {
        let ix = self.pair(key);
        while let Some(next) = self.queue.pop_front() {
            self.pairs[next as usize].queued = false;
            self.evaluate(next);
        }
        self.pairs[ix as usize].grade
    }

    fn pair(&mut self, key: PairKey) -> u32 {
        let (ix, ()) = match self.pairs.get_index_of(&key) {
            Some(ix) => (ix, ()),
            None => (self.pairs.insert_full(key, Pair::default()).0, ()),
        };
        let index = u32::try_from(ix).unwrap_or(u32::MAX);
        let pair = &mut self.pairs[ix];
        if !pair.known {
            pair.known = true;
            pair.queued = true;
            self.queue.push_back(index);
        }
        index
    }

    /// The standing so far, to be asked again should it change.
    fn look(&mut self, key: PairKey, asking: u32) -> Option<Grade> {
        let ix = self.pair(key);
        let pair = &mut self.pairs[ix as usize];
        if pair.parents.last() != Some(&asking) {
            pair.parents.push(asking);
        }
        pair.grade
    }

    fn evaluate(&mut self, ix: u32) {
        let Some((&key, pair)) = self.pairs.get_index(ix as usize) else { return };
        let before = pair.grade;
        let grade = if self.fuel == 0 { Some(Grade::Undecided) } else { self.judge(key, ix) };
        self.fuel = self.fuel.saturating_sub(1);
        if grade > before {
            self.pairs[ix as usize].grade = grade;
            for parent in self.pairs[ix as usize].parents.clone() {
                let pair = &mut self.pairs[parent as usize];
                if !pair.queued {
                    pair.queued = true;
                    self.queue.push_back(parent);
                }
            }
        }
    }

    fn judge(&mut self, (sub, sup, lens): PairKey, ix: u32) -> Option<Grade> {
        if sub == sup || sup == StateId::ANY || self.same(sub, sup) {
            return None;
        }
        let (subs, sups) = (expand(&mut self.space, sub), expand(&mut self.space, sup));
        if subs.overflow || sups.overflow {
            return Some(Grade::Undecided);
        }
        if sups.says_nothing() {
            return None;
        }
        let mut worst = None;
        for branch in &subs.branches {
            for class in Types::CLASSES {
                if branch.types.meets(class) && !(lens.text && class == Types::NULL) {
                    worst = worst.max(self.cover(branch, (&subs, &sups), class, lens, Some(ix)));
                }
            }
        }
        worst
    }

    /// How badly the sup side covers one class of a sub branch, which lives in an expansion of the comparison.
    pub(super) fn cover(
        &mut self,
        branch: &Branch<'c>,
        sides: (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
        asking: Option<u32>,
    ) -> Option<Grade> {
        let grade = self.cover_by_best(branch, sides, class, lens, asking);
        // Text on the wire is another domain; and what fails by a declaration only is taken all the same.
        if lens.text || grade < Some(Grade::Value) {
            return grade;
        }
        // What cannot be read may mention members of its own.
        if !branch.holes.is_empty() && class == Types::OBJECT {
            return grade;
        }
        if grade != Some(Grade::Undecided) && self.is_plain(branch, sides.1, class) {
            return grade;
        }
        match (self.branch_escapes(branch, sides.1, class, lens), grade) {
            (Answer::No, _) => None,
            (Answer::Yes, Some(Grade::Undecided)) => Some(Grade::Value),
            (Answer::Costly | Answer::Open | Answer::Yes, grade) => grade,
        }
    }

    /// How badly the best branch of the sup side covers one class of a sub branch.
    fn cover_by_best(
        &mut self,
        branch: &Branch<'c>,
        (subs, sups): (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
        asking: Option<u32>,
    ) -> Option<Grade> {
        if lens.text && class == Types::BOOLEAN && branch.literals.is_none() && takes_both_words(sups) {
            return None;
        }
        // A finite set may be covered by several branches together, value by value.
        if let Some(grade) = self.cover_values(branch, (subs, sups), class, lens) {
            return grade;
        }
        let mut best = Some(Grade::Shape);
        for candidate in sups.branches.iter().filter(|candidate| covers_class(candidate, class, lens)) {
            let grade = if candidate.types.meets(class) {
                let local = self.compared(branch, candidate, class, lens);
                self.weigh(&local, lens, asking)
            } else {
                None
            };
            best = best.min(grade);
            if best.is_none() {
                break;
            }
        }
        if best.is_some()
            && class == Types::NUMBER
            && branch.literals.is_none()
            && super::intervals::cover(branch, sups)
        {
            return None;
        }
        best
    }

    /// How badly the sup side covers an enumerated branch, value by value; the outer `None` is "not enumerated".
    #[expect(clippy::option_option, reason = "whether there is an answer, and the standing it gives")]
    fn cover_values(
        &mut self,
        branch: &Branch<'c>,
        (subs, sups): (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
    ) -> Option<Option<Grade>> {
        let (values, _) = branch.literals.as_ref()?;
        if class.meets(Types::ARRAY.or(Types::OBJECT))
            || !sups.branches.iter().all(|b| b.holes.is_empty() && b.opaque.is_empty())
        {
            return None;
        }
        let (mut count, mut refused, mut unknown) = (0, 0, false);
        for (text, value) in values.iter().filter(|(_, value)| value.types.meets(class)) {
            if super::local::admits(self, branch, text, value, lens) == Some(false) {
                continue;
            }
            count += 1;
            let answers: Vec<Option<bool>> =
                sups.branches.iter().map(|sup| super::local::admits(self, sup, text, value, lens)).collect();
            if !answers.contains(&Some(true)) {
                refused += 1;
                unknown |= answers.contains(&None);
            }
        }
        Some(match (refused, unknown) {
            (0, _) => None,
            (_, true) => Some(Grade::Undecided),
            (n, false) if n == count && !self.keeps_values((subs, sups), class, lens) => Some(Grade::Shape),
            (_, false) => Some(Grade::Value),
        })
    }

    /// True if some enumerated value of the sub side is still taken: the domain was narrowed, not replaced.
    fn keeps_values(&self, (subs, sups): (&Expansion<'c>, &Expansion<'c>), class: Types, lens: Lens) -> bool {
        let values =
            subs.branches.iter().filter_map(|branch| branch.literals.as_ref()).flat_map(|(values, _)| values.iter());
        values.filter(|(_, value)| value.types.meets(class)).any(|(text, value)| {
            sups.branches.iter().any(|sup| super::local::admits(self, sup, text, value, lens) == Some(true))
        })
    }

    /// The worst of a list of differences, children included.
    pub(super) fn weigh(&mut self, local: &Local<'c>, lens: Lens, asking: Option<u32>) -> Option<Grade> {
        let mut worst = local.losses.iter().map(|loss| loss.grade).max();
        for child in &local.children {
            // Only the value itself is text on the wire; what is inside travels by its own rules.
            let key = (child.sub, child.sup, lens);
            let grade = match asking {
                Some(ix) => self.look(key, ix),
                None => self.standing(key),
            };
            let cap = child.instead.as_ref().map_or(Grade::Shape, |loss| loss.grade);
            worst = worst.max(grade.map(|grade| grade.min(cap)));
        }
        worst
    }

    /// True if the two states are one schema each and alignment calls them the same.
    fn same(&mut self, sub: StateId, sup: StateId) -> bool {
        let (Some(a), Some(b)) = (self.space.single(sub), self.space.single(sup)) else { return false };
        self.same_schema(a, b)
    }

    /// True if alignment calls two schemas of the two documents the same.
    pub fn same_schema(&self, a: SchemaId, b: SchemaId) -> bool {
        match (self.space.meant_by(a), self.space.meant_by(b)) {
            (None, None) => {}
            (Some((a, of, at)), Some((b, other, place))) => {
                return of == other && at == place && of != Key::CONST && self.same_schema(a, b);
            }
            _ => return false,
        }
        match (self.space.place(a), self.space.place(b)) {
            ((Which::Base, SchemaAt::Node(a)), (Which::Head, SchemaAt::Node(b)))
            | ((Which::Head, SchemaAt::Node(b)), (Which::Base, SchemaAt::Node(a))) => self.align.same(a, b),
            ((Which::Base, SchemaAt::Hole(a)), (Which::Head, SchemaAt::Hole(b)))
            | ((Which::Head, SchemaAt::Hole(b)), (Which::Base, SchemaAt::Hole(a))) => {
                self.align.same_lost(a as usize, b as usize)
            }
            _ => false,
        }
    }

    /// True if an opaque keyword of two nodes has the same meaning in both.
    pub(super) fn same_atom(&self, key: Key, a: SchemaId, b: SchemaId) -> bool {
        match (self.space.place(a), self.space.place(b)) {
            ((Which::Base, SchemaAt::Node(a)), (Which::Head, SchemaAt::Node(b)))
            | ((Which::Head, SchemaAt::Node(b)), (Which::Base, SchemaAt::Node(a))) => self.align.same_atom(key, a, b),
            (a, b) => a == b,
        }
    }

    /// True if a value exists that two members of a node's `oneOf` take; `None` where it has none.
    pub fn ambiguous(&mut self, which: Which, at: crate::spec::Loc) -> Option<bool> {
        let document = &self.space.contract(which).document;
        let list = document.get(at, Key::ONE_OF)?;
        if document.get(at, Key::DISCRIMINATOR).is_some() {
            return Some(false); // the tag says which one is meant
        }
        let members: Vec<SchemaId> =
            document.children(list).take(32).map(|member| self.space.node(which, member)).collect();
        for (ix, &one) in members.iter().enumerate() {
            for &two in &members[ix + 1..] {
                if one == two
                    || self.inhabited(vec![one, two], 3) && (self.sent(at, one, two) || self.sent(at, two, one))
                {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// True if who sends a value of one member may send what another requires: nobody sends what no contract mentions.
    fn sent(&mut self, at: crate::spec::Loc, one: SchemaId, two: SchemaId) -> bool {
        let document = &self.space.contract(self.space.place(one).0).document;
        let above = document.get(at, Key::PROPERTIES);
        let (one, two) = (self.space.state(vec![one]), self.space.state(vec![two]));
        let (one, two) = (expand(&mut self.space, one), expand(&mut self.space, two));
        one.branches.iter().flat_map(|a| two.branches.iter().map(move |b| (a, b))).any(|(a, b)| {
            let scalar = a.types.and(b.types).without(Types::OBJECT);
            let silent = a.objects.iter().all(|layer| layer.properties.is_empty());
            let known = |name: &str| {
                above.is_some_and(|at| document.member(at, name).is_some())
                    || a.objects.iter().any(|layer| {
                        layer.properties.contains_key(name)
                            || !layer.patterns.is_empty()
                            || matches!(layer.additional(), super::reading::Additional::Written(_))
                    })
            };
            !scalar.is_empty() || silent || b.required.iter().all(|(name, _)| known(name))
        })
    }

    /// True if a conjunction surely admits a value; members are looked into to a depth.
    fn inhabited(&mut self, ids: Vec<SchemaId>, depth: u8) -> bool {
        let state = self.space.state(ids);
        let expansion = expand(&mut self.space, state);
        if expansion.overflow {
            return false;
        }
        expansion.branches.iter().any(|branch| {
            let scalar = branch.types.without(Types::OBJECT).without(Types::ARRAY);
            let known = branch.opaque.is_empty() && branch.excluded.is_empty() && branch.holes.is_empty();
            let patterned = branch.patterns.len() > 1 || branch.formats.len() > 1;
            known
                && (!scalar.is_empty() && !patterned
                    || branch.types.meets(Types::ARRAY)
                    || self.object_inhabited(branch, depth))
        })
    }

    fn object_inhabited(&mut self, branch: &Branch<'c>, depth: u8) -> bool {
        if !branch.types.meets(Types::OBJECT) || depth == 0 {
            return false;
        }
        branch.required.iter().all(|(name, _)| {
            let closed = branch.objects.iter().any(|layer| {
                layer.additional() == super::reading::Additional::Closed
                    && !layer.properties.contains_key(name)
                    && layer.patterns.is_empty()
            });
            let ids: Vec<SchemaId> =
                branch.objects.iter().filter_map(|layer| layer.properties.get(name).copied()).collect();
            !closed && self.inhabited(ids, depth - 1)
        })
    }

    /// The branches of a state.
    pub fn branches(&mut self, state: StateId) -> Rc<Expansion<'c>> {
        expand(&mut self.space, state)
    }
}

/// True if `true` and `false` are among the texts that the branches take.
fn takes_both_words(sups: &Expansion<'_>) -> bool {
    ["true", "false"].into_iter().all(|word| {
        let literals = sups.branches.iter().filter_map(|branch| branch.literals.as_ref());
        literals.into_iter().any(|(values, _)| values.values().any(|value| &*value.plain == word))
    })
}

/// True if a branch can take values of a class: by type, or as text on the wire.
pub(super) fn covers_class(branch: &Branch<'_>, class: Types, lens: Lens) -> bool {
    let as_text = lens.text
        && class.meets(Types::NUMBER.or(Types::BOOLEAN))
        && branch.types.meets(Types::STRING)
        && is_free_text(branch);
    branch.types.meets(class) || as_text
}
