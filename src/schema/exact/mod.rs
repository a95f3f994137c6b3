//! Whether a closed producer of one schema emits a value that another schema refuses: exactly, or not at all.
//!
//! The graded comparison looks for one branch that takes all of another, which says how bad a difference is but neither
//! that several branches cover one together, nor that a branch is empty, nor that one value is refused by all of them.
//! Here a branch is cut by the constraints of each branch of the other side in turn: a value outside violates one of
//! them. What is left when all have been cut is either empty, or holds a value that escapes.
//!
//! A witness is finite, and a shortest one never asks the same question below itself; so a question that is already
//! being asked is answered "no", and only answers that lean on no such guess are kept.

mod arrays;
mod cell;
mod class;
mod counts;
mod distinct;
mod meet;
mod membership;
mod names;
mod numbers;
mod objects;
mod overlap;
mod strings;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::schema::node::{Answer, Instance, SchemaId, Types};
use crate::schema::states::{Branch, BranchId, Expansion, Lens, Space, StateId, expand};

/// Steps one question may cost.
const STEPS: usize = 4_000;
/// Steps all questions of a comparison may cost.
const FUEL: usize = 8_000;
/// Questions of a comparison that may cost all they may; after them, questions are kept short.
const COSTLY: usize = 3;
/// Steps a short question may cost.
const SHORT: usize = 150;
/// Questions and cuts within each other.
const DEPTH: usize = 120;

/// Emitted by the state, taken by none of the list.
type Question = (StateId, Vec<StateId>, Lens);

/// What is known so far.
pub(in crate::schema) struct Exact {
    answers: FxHashMap<Question, Answer>,
    /// By the branch, the other side's state, the class of values, and how they travel.
    branches: FxHashMap<(BranchId, StateId, Types, Lens), Answer>,
    fuel: usize,
    costly: usize,
}

impl Default for Exact {
    fn default() -> Self {
        Self { answers: FxHashMap::default(), branches: FxHashMap::default(), fuel: FUEL, costly: 0 }
    }
}

impl Exact {
    /// Whether a value escapes from a state.
    pub(in crate::schema) fn escapes(
        &mut self,
        space: &mut Space<'_>,
        sub: StateId,
        sup: StateId,
        lens: Lens,
    ) -> Answer {
        Search::over(space, self, lens).within_budget(|search| search.ask(sub, vec![sup]))
    }

    /// True of one written schema that no value satisfies, though it is not `false`.
    pub(in crate::schema) fn is_barren(&mut self, space: &mut Space<'_>, state: StateId, lens: Lens) -> bool {
        let open = Lens { open: true, ..lens };
        let barren = |search: &mut Search<'_, '_>| Answer::from(search.is_barren(state));
        Search::over(space, self, open).within_budget(barren) == Answer::Yes
    }

    /// Whether a branch takes a value, by its canonical text; open where there is no reading it.
    pub(in crate::schema) fn takes_value<'c>(
        &mut self,
        space: &mut Space<'c>,
        branch: &Branch<'c>,
        text: &str,
        lens: Lens,
    ) -> Answer {
        let Some(value) = Instance::parse(text) else { return Answer::Open };
        Search::over(space, self, lens).within_budget(|search| search.takes(branch, &value))
    }

    /// True if it was found that no value of a class escapes from a branch.
    pub(in crate::schema) fn has_no_escape(
        &self,
        branch: &Branch<'_>,
        sups: &Expansion<'_>,
        class: Types,
        lens: Lens,
    ) -> bool {
        self.branches.get(&(branch.id, sups.state, class, lens)) == Some(&Answer::No)
    }

    /// Whether a value of one class escapes from a branch of an expansion.
    pub(in crate::schema) fn branch_escapes<'c>(
        &mut self,
        space: &mut Space<'c>,
        branch: &Branch<'c>,
        sups: &Expansion<'c>,
        class: Types,
        lens: Lens,
    ) -> Answer {
        let key = (branch.id, sups.state, class, lens);
        if let Some(&known) = self.branches.get(&key) {
            return known;
        }
        let answer =
            Search::over(space, self, lens).within_budget(|search| search.class(branch, class, &sups.branches));
        self.branches.insert(key, answer);
        answer
    }
}

/// One question and those below it.
struct Search<'e, 'c> {
    space: &'e mut Space<'c>,
    known: &'e mut Exact,
    lens: Lens,
    steps: usize,
    depth: usize,
    path: Vec<Question>,
    /// The outermost question of the path that an answer leaned on.
    leaned: usize,
}

impl<'e, 'c> Search<'e, 'c> {
    fn over(space: &'e mut Space<'c>, known: &'e mut Exact, lens: Lens) -> Self {
        let most = if known.costly < COSTLY { STEPS } else { SHORT };
        let steps = most.min(known.fuel);
        Self { space, known, lens, steps, depth: 0, path: Vec::new(), leaned: usize::MAX }
    }

    fn within_budget(mut self, question: impl FnOnce(&mut Self) -> Answer) -> Answer {
        let before = self.steps;
        let answer = question(&mut self);
        self.known.fuel -= before - self.steps;
        self.known.costly += usize::from(self.steps == 0);
        answer
    }

    fn state(&mut self, ids: Vec<SchemaId>) -> StateId {
        self.space.state(ids)
    }

    fn expand(&mut self, state: StateId) -> Rc<Expansion<'c>> {
        expand(self.space, state)
    }

    /// The branches that together take just what a state takes: each excludes what the other members of its `oneOf` lists
    /// take. `None` where there are too many.
    fn alone(&mut self, state: StateId) -> Option<Vec<Branch<'c>>> {
        let expansion = self.expand(state);
        if expansion.overflow {
            return None;
        }
        Some(expansion.branches.iter().map(|branch| self.without_rivals(branch)).collect())
    }

    /// A branch that excludes what its rivals take.
    fn without_rivals(&mut self, branch: &Branch<'c>) -> Branch<'c> {
        let mut out = branch.clone();
        out.excluded.extend(self.space.rivals(branch).iter().map(|&rival| (rival, rival)));
        out
    }

    /// The branches of schemas that take values of a class; `None` where a schema has too many.
    fn bars(&mut self, schemas: &[SchemaId], class: Types) -> Option<Vec<Branch<'c>>> {
        let mut out = Vec::new();
        for &schema in schemas {
            let state = self.state(vec![schema]);
            out.extend(self.alone(state)?.into_iter().filter(|bar| bar.types.meets(class)));
        }
        Some(out)
    }

    /// Pays for a step; false if there is nothing left to pay with.
    fn pay(&mut self) -> bool {
        if self.steps == 0 || self.depth > DEPTH {
            return false;
        }
        self.steps -= 1;
        true
    }

    /// Whether a state emits a value that none of the others takes.
    fn ask(&mut self, state: StateId, mut others: Vec<StateId>) -> Answer {
        others.sort_unstable();
        others.dedup();
        if others.iter().any(|&other| self.covers(other, state)) {
            return Answer::No;
        }
        if state == StateId::ANY && others.is_empty() {
            return Answer::Yes;
        }
        let question = (state, others, self.lens);
        if let Some(&known) = self.known.answers.get(&question) {
            return known;
        }
        if let Some(at) = self.path.iter().position(|known| *known == question) {
            self.leaned = self.leaned.min(at);
            return Answer::No;
        }
        if !self.pay() {
            return Answer::Costly;
        }
        let (at, outer) = (self.path.len(), self.leaned);
        self.leaned = usize::MAX;
        self.depth += 1;
        self.path.push(question);
        let mut answer = self.branches(at);
        if let (Answer::No, &[other]) = (answer, &*self.path[at].1.clone()) {
            answer = self.overlaps(state, other);
        }
        if answer == Answer::No && !self.path[at].1.is_empty() && self.is_barren(state) {
            answer = Answer::Open;
        }
        let question = self.path.pop();
        self.depth -= 1;
        let leaned = if self.leaned < at { self.leaned } else { usize::MAX };
        let settled = leaned == usize::MAX && answer != Answer::Costly;
        if let Some(question) = question.filter(|_| answer == Answer::Yes || settled) {
            self.known.answers.insert(question, answer);
        }
        self.leaned = outer.min(leaned);
        answer
    }

    /// True of one written schema that no value satisfies, though it is not `false`: a mistake, of which nothing follows.
    fn is_barren(&mut self, state: StateId) -> bool {
        let Some(only) = self.space.single(state) else { return false };
        let written = self.space.nodes.meaning_of(only).is_none() && !self.space.nodes.is_never(only);
        written && !self.space.surely_admits(only) && self.ask(state, Vec::new()) == Answer::No
    }

    /// True if one state surely takes all of another.
    fn covers(&self, other: StateId, state: StateId) -> bool {
        if other == state || other == StateId::ANY {
            return true;
        }
        let space = &self.space;
        let (all, some) = (space.ids(state), space.ids(other));
        some.iter().all(|id| all.contains(id) || all.iter().any(|known| self.space.same_schema(*known, *id)))
    }

    fn branches(&mut self, at: usize) -> Answer {
        let (state, others, _) = self.path[at].clone();
        let subs = self.expand(state);
        let mut bars = Vec::new();
        for &other in &others {
            // Of a single one `ask` looks for what two members of its lists take.
            let expansion = self.expand(other);
            let taken = if let [_] = *others { Some(expansion.branches.clone()) } else { self.alone(other) };
            let Some(taken) = taken.filter(|_| !expansion.overflow) else { return Answer::Costly };
            bars.extend(taken);
        }
        let mut answer = if subs.overflow { Answer::Costly } else { Answer::No };
        for branch in &subs.branches {
            for class in Types::CLASSES {
                if branch.types.meets(class) {
                    answer = answer.or(self.class(branch, class, &bars));
                    if answer == Answer::Yes {
                        return answer;
                    }
                }
            }
        }
        answer
    }
}
