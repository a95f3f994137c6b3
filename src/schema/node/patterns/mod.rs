//! Regular expressions of schemas as languages: containment, disjointness, membership.
//!
//! What has no form in the solver's dialect (look-around, back-references), or cannot be decided within the budget of
//! states, stays undecided; the budget is never time, so that every machine gives the same answer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use regexsolver::Term;
use regexsolver::execution_profile::ExecutionProfileBuilder;
use rustc_hash::FxHashMap;

use super::answer::Answer;

mod dialect;
mod words;

pub(in crate::schema) use dialect::fragment;
use dialect::whole;

/// Automaton states a question may cost.
const STATES: usize = 2_000;
/// What all questions of a comparison may cost: pairs of states times ranges of characters. Each question has its limit,
/// but every pattern of one side may be asked about with every pattern of the other.
const WORK: usize = 20_000_000;
/// What it costs to find that a deterministic automaton is too large.
const TOO_LARGE: usize = 500 * STATES;

/// Asks questions about patterns and remembers their languages.
pub(in crate::schema) struct Patterns {
    languages: RefCell<FxHashMap<String, Option<Rc<Language>>>>,
    within: RefCell<FxHashMap<(String, String), Answer>>,
    disjoint: RefCell<FxHashMap<String, Answer>>,
    work: Cell<usize>,
}

/// The language of a pattern as an automaton.
pub(in crate::schema) struct Language {
    pub(in crate::schema) term: Term,
    states: usize,
    /// False where the deterministic automaton is too large: nothing can be asked to lie within such a language.
    deterministic: bool,
    /// Ranges of characters its transitions tell apart: `\p{L}` alone has hundreds.
    ranges: usize,
}

impl Language {
    /// Deterministic if that is small.
    fn of(term: &Term) -> Option<Self> {
        let small = term.determinize().ok();
        Self::as_is(small.or_else(|| Some(Term::from_automaton(term.to_automaton().ok()?.into_owned())))?)
    }

    pub(in crate::schema) fn as_is(term: Term) -> Option<Self> {
        let automaton = term.to_automaton().ok()?;
        let states = automaton.number_of_states();
        let ranges = automaton.spanning_set().spanning_ranges().map(|range| range.0.len()).sum();
        let deterministic = automaton.is_deterministic();
        drop(automaton);
        Some(Self { term, states, deterministic, ranges })
    }
}

impl Default for Patterns {
    fn default() -> Self {
        Self {
            languages: RefCell::default(),
            within: RefCell::default(),
            disjoint: RefCell::default(),
            work: Cell::new(WORK),
        }
    }
}

impl Patterns {
    pub(in crate::schema) fn language(&self, pattern: &str) -> Option<Rc<Language>> {
        if let Some(known) = self.languages.borrow().get(pattern) {
            return known.clone();
        }
        self.spend(STATES)?;
        let read = |text: String| limited(|| Language::of(&Term::from_pattern(&text).ok()?));
        let language = whole(pattern).and_then(read).map(Rc::new);
        // Only now its size is known.
        let work = match language.as_deref() {
            Some(language) if language.deterministic => language.states * language.ranges,
            Some(_) => TOO_LARGE,
            None => 0,
        };
        self.work.set(self.work.get().saturating_sub(work));
        self.languages.borrow_mut().insert(pattern.to_owned(), language.clone());
        language
    }

    /// `None` where the work is more than what is left.
    pub(in crate::schema) fn spend(&self, work: usize) -> Option<()> {
        let left = self.work.get().checked_sub(work);
        self.work.set(left.unwrap_or(0));
        left.map(drop)
    }

    /// Pays for going through two languages side by side.
    pub(in crate::schema) fn pair(&self, one: &Language, two: &Language) -> Option<()> {
        self.spend(one.states.saturating_mul(two.states).min(STATES) * (one.ranges + two.ranges))
    }

    /// Whether every string that matches all of `sub` matches `sup`.
    pub(in crate::schema) fn within(&self, sub: &[&str], sup: &str) -> Answer {
        if sub.contains(&sup) {
            return Answer::Yes;
        }
        let key = (sub.join("\n"), sup.to_owned());
        if let Some(known) = self.within.borrow().get(&key) {
            return *known;
        }
        let answer = self.meet(sub).and_then(|meet| {
            let sup = self.language(sup)?;
            self.pair(&meet, &sup).filter(|()| sup.deterministic)?;
            limited(|| meet.term.subset(&sup.term).ok())
        });
        self.within.borrow_mut().insert(key, answer.into());
        answer.into()
    }

    /// Whether no string matches all the patterns.
    pub(in crate::schema) fn disjoint(&self, patterns: &[&str]) -> Answer {
        let key = patterns.join("\n");
        if let Some(known) = self.disjoint.borrow().get(&key) {
            return *known;
        }
        let answer = self.meet(patterns).and_then(|meet| limited(|| meet.term.is_empty().ok()));
        self.disjoint.borrow_mut().insert(key, answer.into());
        answer.into()
    }

    /// Whether the string matches.
    pub(in crate::schema) fn matches(&self, pattern: &str, text: &str) -> Answer {
        let matched = self.language(pattern).and_then(|language| {
            // Where an automaton is not deterministic, each character may lead from many states to many.
            let states = if language.deterministic { 1 } else { language.states };
            self.spend((text.len() + 1).saturating_mul(states))?;
            limited(|| language.term.matches(text).ok())
        });
        matched.into()
    }

    /// A string that matches, the shortest the solver offers.
    pub(in crate::schema) fn sample(&self, pattern: &str) -> Option<String> {
        let language = self.language(pattern)?;
        self.spend(language.states * language.ranges)?;
        limited(|| language.term.generate_strings(1, 0, regexsolver::fast_automaton::PathOrder::Sweep).ok())?
            .into_iter()
            .next()
    }

    /// True if a pattern is readable at all, whatever questions about it cost.
    pub(in crate::schema) fn reads(&self, pattern: &str) -> bool {
        self.language(pattern).is_some()
    }

    /// The strings that match all the patterns.
    pub(in crate::schema) fn meet(&self, patterns: &[&str]) -> Option<Rc<Language>> {
        let (first, rest) = patterns.split_first()?;
        let mut meet = self.language(first)?;
        for pattern in rest {
            let next = self.language(pattern)?;
            self.pair(&meet, &next)?;
            meet = Rc::new(limited(|| Language::as_is(meet.term.intersection([&next.term]).ok()?))?);
        }
        Some(meet)
    }
}

pub(in crate::schema) fn limited<T>(question: impl FnOnce() -> T) -> T {
    ExecutionProfileBuilder::new().max_number_of_states(STATES).build().run(question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_end_in_undecided_when_the_work_is_spent() {
        let patterns = Patterns::default();
        patterns.work.set(20 * STATES);
        let ask = |n: usize| patterns.disjoint(&[&format!("^{n}[a-z]*$"), "^[a-z]*$"]);
        let answers: Vec<_> = (0..20).map(ask).collect();
        let decided = answers.iter().take_while(|answer| **answer == Answer::Yes).count();
        assert!((1..20).contains(&decided), "{answers:?}");
        assert!(answers[decided..].iter().all(|answer| *answer == Answer::Open), "{answers:?}");
        assert_eq!(ask(0), Answer::Yes, "what is known stays known");
        assert_eq!(patterns.matches("^new$", "new"), Answer::Open);
    }
}
