//! Strings of several patterns taken together: whether one is left, and which.

use std::rc::Rc;

use regexsolver::Term;
use regexsolver::fast_automaton::PathOrder;

use super::{Answer, Language, Patterns, limited};

/// Examples of a language that are made at a time.
const EXAMPLES: usize = 4;
/// Denied strings that are taken out one by one.
const DENIED: usize = 64;
/// One character, line ends included, in the solver's dialect.
const ANY_CHAR: &str = "[\\x{0}-\\x{10FFFF}]";

/// What makes an example readable, best first.
const CHARSETS: [&str; 3] = ["^[A-Za-z0-9_.:/@ -]*$", "^[ -~]*$", ""];

impl Patterns {
    /// Strings that match all of `inside` and not `outside`, of a length within the bounds, readable ones first.
    pub(in crate::schema) fn examples(
        &self,
        inside: &[&str],
        outside: Option<&str>,
        length: (u64, Option<u64>),
    ) -> Vec<String> {
        let refused: Vec<&str> = outside.into_iter().collect();
        let found = CHARSETS.into_iter().find_map(|charset| {
            let all: Vec<&str> = inside.iter().copied().chain([charset]).collect();
            let left = self.sized(&self.left(&all, &refused)?, length)?;
            limited(|| left.term.generate_strings(EXAMPLES, 0, PathOrder::Interleave).ok())
                .filter(|texts| !texts.is_empty())
        });
        found.unwrap_or_default()
    }

    /// Whether a string of a length matches all of one list, none of another, and is not one of a third.
    pub(in crate::schema) fn any(
        &self,
        patterns: &[&str],
        refused: &[&str],
        length: (u64, Option<u64>),
        denied: &[&str],
    ) -> Answer {
        self.is_any(patterns, refused, length, denied).into()
    }

    fn is_any(&self, patterns: &[&str], refused: &[&str], length: (u64, Option<u64>), denied: &[&str]) -> Option<bool> {
        let mut left = self.sized(&self.left(patterns, &[])?, length)?;
        for pattern in refused {
            let refused = self.language(pattern)?;
            left = self.less(&left, &refused)?;
        }
        if limited(|| left.term.is_empty().ok())? {
            return Some(false);
        }
        // Few denials leave something of an endless language.
        if denied.is_empty() || !limited(|| left.term.is_finite().ok())? {
            return Some(true);
        }
        for text in denied.iter().take(DENIED) {
            let word = literal(&escaped(text))?;
            left = self.less(&left, &word)?;
        }
        let empty = limited(|| left.term.is_empty().ok())?;
        if denied.len() > DENIED && !empty { None } else { Some(!empty) }
    }

    /// Strings that match all of one list and none of another, at most so many; `None` is undecided.
    pub(in crate::schema) fn words(&self, patterns: &[&str], refused: &[&str], count: usize) -> Option<Vec<String>> {
        let left = self.left(patterns, refused)?;
        limited(|| left.term.generate_strings(count, 0, PathOrder::Sweep).ok())
    }

    /// The strings that match all of one list and none of another.
    fn left(&self, patterns: &[&str], refused: &[&str]) -> Option<Rc<Language>> {
        let mut left =
            if patterns.is_empty() { Rc::new(literal(&format!("{ANY_CHAR}*"))?) } else { self.meet(patterns)? };
        for pattern in refused {
            let refused = self.language(pattern)?;
            left = self.less(&left, &refused)?;
        }
        Some(left)
    }

    /// The strings of one language that are not of another.
    fn less(&self, one: &Language, two: &Language) -> Option<Rc<Language>> {
        self.pair(one, two)?;
        limited(|| Language::as_is(one.term.difference(&two.term).ok()?)).map(Rc::new)
    }

    /// The strings of a language that are of a length.
    fn sized(&self, left: &Rc<Language>, (low, high): (u64, Option<u64>)) -> Option<Rc<Language>> {
        let (least, most) = left.term.length();
        let fits = u64::from(least.unwrap_or(0)) >= low
            && high.is_none_or(|high| most.is_some_and(|most| u64::from(most) <= high));
        if fits {
            return Some(Rc::clone(left));
        }
        let window = literal(&format!("{ANY_CHAR}{{{low},{}}}", high.map_or(String::new(), |high| high.to_string())))?;
        self.pair(left, &window)?;
        limited(|| Language::as_is(left.term.intersection([&window.term]).ok()?)).map(Rc::new)
    }
}

/// The language of a text in the solver's dialect.
fn literal(text: &str) -> Option<Language> {
    limited(|| Language::as_is(Term::from_pattern(text).ok()?))
}

/// A text as a pattern of itself.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        out.push_str(&format!("\\x{{{:X}}}", u32::from(c)));
    }
    out
}
