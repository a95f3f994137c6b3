//! Regular expressions of schemas as languages: containment, disjointness, membership.
//!
//! Patterns are ECMA-262 and unanchored (JSON Schema 2020-12, Core 6.4); the solver is anchored and reads Rust's
//! dialect, so a pattern is translated first. What it cannot read (look-around, back-references) or cannot decide within
//! its budget of states stays undecided; the budget is never time, so that every machine gives the same answer.

use std::cell::RefCell;

use regexsolver::Term;
use regexsolver::execution_profile::ExecutionProfileBuilder;
use rustc_hash::FxHashMap;

/// Automaton states a question may cost.
const STATES: usize = 2_000;
/// Longer patterns are not looked into.
const LENGTH: usize = 2_000;

/// One character, line ends included, in the solver's dialect.
const ANY_CHAR: &str = "[\\x{0}-\\x{10FFFF}]";
/// Any string.
const ANY: &str = "[\\x{0}-\\x{10FFFF}]*";

/// Asks questions about patterns and remembers their languages.
#[derive(Default)]
pub struct Patterns {
    terms: RefCell<FxHashMap<String, Option<Term>>>,
    within: RefCell<FxHashMap<(String, String), Option<bool>>>,
}

impl Patterns {
    fn term(&self, pattern: &str) -> Option<Term> {
        if let Some(known) = self.terms.borrow().get(pattern) {
            return known.clone();
        }
        let term = whole(pattern).and_then(|text| limited(|| Term::from_pattern(&text).ok()));
        self.terms.borrow_mut().insert(pattern.to_owned(), term.clone());
        term
    }

    /// True if every string that matches all of `sub` matches `sup`; `None` is undecided.
    pub fn within(&self, sub: &[&str], sup: &str) -> Option<bool> {
        if sub.contains(&sup) {
            return Some(true);
        }
        let key = (sub.join("\n"), sup.to_owned());
        if let Some(known) = self.within.borrow().get(&key) {
            return *known;
        }
        let answer = self.meet(sub).and_then(|meet| {
            let sup = self.term(sup)?;
            limited(|| meet.subset(&sup).ok())
        });
        self.within.borrow_mut().insert(key, answer);
        answer
    }

    /// True if no string matches all the patterns; `None` is undecided.
    pub fn disjoint(&self, patterns: &[&str]) -> Option<bool> {
        let meet = self.meet(patterns)?;
        limited(|| meet.is_empty().ok())
    }

    /// True if the string matches; `None` is undecided.
    pub fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        let term = self.term(pattern)?;
        limited(|| term.matches(text).ok())
    }

    /// A string that matches, the shortest the solver offers.
    pub fn sample(&self, pattern: &str) -> Option<String> {
        let term = self.term(pattern)?;
        limited(|| term.generate_strings(1, 0, regexsolver::fast_automaton::PathOrder::Sweep).ok())?.into_iter().next()
    }

    /// True if a string of a length matches all of one list, none of another, and is not one of a third; `None` is
    /// undecided.
    pub fn any(
        &self,
        patterns: &[&str],
        refused: &[&str],
        (low, high): (u64, Option<u64>),
        denied: &[&str],
    ) -> Option<bool> {
        let mut left =
            if patterns.is_empty() { limited(|| Term::from_pattern(ANY).ok())? } else { self.meet(patterns)? };
        let (least, most) = left.length();
        let fits = u64::from(least.unwrap_or(0)) >= low
            && high.is_none_or(|high| most.is_some_and(|most| u64::from(most) <= high));
        if !fits {
            let window = format!("{ANY_CHAR}{{{low},{}}}", high.map_or(String::new(), |high| high.to_string()));
            left = limited(|| left.intersection(&[Term::from_pattern(&window).ok()?]).ok())?;
        }
        for pattern in refused {
            let refused = self.term(pattern)?;
            left = limited(|| left.difference(&refused).ok())?;
        }
        if limited(|| left.is_empty().ok())? {
            return Some(false);
        }
        // Few denials leave something of an endless language.
        if denied.is_empty() || !limited(|| left.is_finite().ok())? {
            return Some(true);
        }
        for text in denied.iter().take(64) {
            let word = Term::from_pattern(&escaped(text)).ok()?;
            left = limited(|| left.difference(&word).ok())?;
        }
        let empty = limited(|| left.is_empty().ok())?;
        if denied.len() > 64 && !empty { None } else { Some(!empty) }
    }

    /// True if a pattern is readable at all, whatever questions about it cost.
    pub fn reads(&self, pattern: &str) -> bool {
        self.term(pattern).is_some()
    }

    /// Strings that match all of one list and none of another, at most so many; `None` is undecided.
    pub fn words(&self, patterns: &[&str], refused: &[&str], count: usize) -> Option<Vec<String>> {
        let mut left =
            if patterns.is_empty() { limited(|| Term::from_pattern(ANY).ok())? } else { self.meet(patterns)? };
        for pattern in refused {
            let refused = self.term(pattern)?;
            left = limited(|| left.difference(&refused).ok())?;
        }
        limited(|| left.generate_strings(count, 0, regexsolver::fast_automaton::PathOrder::Sweep).ok())
    }

    fn meet(&self, patterns: &[&str]) -> Option<Term> {
        let terms: Option<Vec<Term>> = patterns.iter().map(|pattern| self.term(pattern)).collect();
        let terms = terms?;
        let (first, rest) = terms.split_first()?;
        if rest.is_empty() { Some(first.clone()) } else { limited(|| first.intersection(rest).ok()) }
    }
}

/// A text as a pattern of itself.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        out.push_str(&format!("\\x{{{:X}}}", u32::from(c)));
    }
    out
}

fn limited<T>(question: impl FnOnce() -> T) -> T {
    ExecutionProfileBuilder::new().max_number_of_states(STATES).build().run(question)
}

/// The pattern over whole strings in the solver's dialect; `None` where it has no such form.
fn whole(pattern: &str) -> Option<String> {
    if pattern.len() > LENGTH || has_look_around(pattern) {
        return None;
    }
    let translated = translate(pattern)?;
    let parts: Option<Vec<String>> = alternatives(&translated).into_iter().map(anchor).collect();
    Some(parts?.join("|"))
}

/// One top-level alternative: `^` and `$` at its ends are dropped, a missing one becomes "anything".
fn anchor(part: &str) -> Option<String> {
    let (open, part) = part.strip_prefix('^').map_or(("(.*)", part), |rest| ("", rest));
    let escaped =
        part.strip_suffix('$').is_some_and(|rest| rest.chars().rev().take_while(|&c| c == '\\').count() % 2 == 1);
    let (part, close) = match part.strip_suffix('$') {
        Some(rest) if !escaped => (rest, ""),
        _ => (part, "(.*)"),
    };
    // An anchor elsewhere, as in `(^a|b)`, has no plain whole-string form.
    let mut chars = part.chars().peekable();
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' => {
                class = true;
                if chars.peek() == Some(&'^') {
                    chars.next();
                }
            }
            ']' => class = false,
            '^' | '$' if !class => return None,
            _ => {}
        }
    }
    Some(format!("{open}({part}){close}"))
}

/// Splits at `|` outside groups and classes.
fn alternatives(pattern: &str) -> Vec<&str> {
    let (mut out, mut depth, mut class, mut start) = (Vec::new(), 0_i32, false, 0);
    let mut chars = pattern.char_indices();
    while let Some((ix, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth -= 1,
            '|' if !class && depth == 0 => {
                out.push(&pattern[start..ix]);
                start = ix + 1;
            }
            _ => {}
        }
    }
    out.push(&pattern[start..]);
    out
}

fn has_look_around(pattern: &str) -> bool {
    ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|group| pattern.contains(group))
}

/// ECMA-262 classes in Rust's words: `\d` and `\w` are ASCII there, `.` stops at line ends, `\/` is a slash.
fn translate(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut class = false;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(chars.next()?, class, &mut chars, &mut out)?,
            '[' if !class => {
                class = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    out.push('^');
                    chars.next();
                }
            }
            '[' => out.push_str("\\["),
            ']' => {
                class = false;
                out.push(']');
            }
            '&' | '~' if class => {
                out.push('\\');
                out.push(c);
            }
            '.' if !class => out.push_str("[^\\n\\r\\x{2028}\\x{2029}]"),
            _ => out.push(c),
        }
    }
    Some(out)
}

fn escape(c: char, class: bool, chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) -> Option<()> {
    let ranges = match c {
        'd' => "0-9",
        'w' => "A-Za-z0-9_",
        's' => "\\t\\n\\x0B\\x0C\\r \\x{A0}\\x{FEFF}",
        _ => "",
    };
    match c {
        'd' | 'w' | 's' if class => out.push_str(ranges),
        'd' | 'w' | 's' => out.push_str(&format!("[{ranges}]")),
        'D' => out.push_str("[^0-9]"),
        'W' => out.push_str("[^A-Za-z0-9_]"),
        'S' => out.push_str("[^\\t\\n\\x0B\\x0C\\r \\x{A0}\\x{FEFF}]"),
        'b' | 'B' | 'k' | '1'..='9' => return None,
        '0' => out.push_str("\\x00"),
        'u' => {
            let digits: String = chars.by_ref().take(4).collect();
            u32::from_str_radix(&digits, 16).ok()?;
            out.push_str(&format!("\\x{{{digits}}}"));
        }
        'x' => {
            let digits: String = chars.by_ref().take(2).collect();
            u32::from_str_radix(&digits, 16).ok()?;
            out.push_str(&format!("\\x{{{digits}}}"));
        }
        'n' | 'r' | 't' | 'f' | 'v' | 'p' | 'P' => {
            out.push('\\');
            out.push(c);
        }
        _ if c.is_ascii_punctuation() => {
            out.push('\\');
            out.push(c);
        }
        _ => out.push(c),
    }
    Some(())
}
