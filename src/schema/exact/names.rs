//! The member names that matter to a question: those that schemas spell, and samples of those that only patterns tell apart.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::Search;
use crate::schema::node::{Additional, SchemaId, Types};
use crate::schema::states::Branch;

/// Patterns whose combinations are sampled.
const PATTERNS: usize = 5;
/// Samples of each combination.
const SAMPLES: usize = 6;

/// Names of members.
#[derive(Clone, Default)]
pub(super) struct Names {
    /// All names that may behave differently from each other.
    pub(super) list: Vec<Box<str>>,
    /// Those that the other side names: an object that names none is merely described by it.
    pub(super) described: FxHashSet<Box<str>>,
    /// Those that stand for any number of others.
    pub(super) endless: Vec<Box<str>>,
    /// Some names may be missing.
    pub(super) unsure: bool,
}

#[derive(Default)]
struct Found<'c> {
    named: IndexSet<Box<str>, FxBuildHasher>,
    patterns: IndexSet<&'c str, FxBuildHasher>,
    windows: IndexSet<String, FxBuildHasher>,
    open: bool,
    unsure: bool,
}

impl Found<'_> {
    /// Most names come again with every branch: only the first is kept.
    fn name(&mut self, name: &str) {
        if !self.named.contains(name) {
            self.named.insert(Box::from(name));
        }
    }
}

/// How many names it takes, so that each branch refuses one that nobody spells: the closed ones refuse the same.
fn refusing(bars: &[Branch<'_>]) -> usize {
    let says = |bar: &Branch<'_>, of: fn(Additional) -> bool| bar.objects.iter().any(|layer| of(layer.additional()));
    let closed = bars.iter().any(|bar| says(bar, |additional| additional == Additional::Closed));
    let by_itself = bars.iter().filter(|bar| {
        let odd = !bar.names.is_empty() || !bar.excluded.is_empty() || !bar.denied.is_empty();
        odd || says(bar, |additional| matches!(additional, Additional::Written(_)))
    });
    by_itself.count() + usize::from(closed)
}

impl<'c> Search<'_, 'c> {
    /// The names that matter where a branch is compared with others.
    pub(super) fn names(&mut self, branch: &Branch<'c>, bars: &[Branch<'c>]) -> Names {
        let mut found = Found::default();
        self.find(branch, &mut found, 0);
        for bar in bars {
            self.find(bar, &mut found, 0);
        }
        let patterns: Vec<String> =
            found.patterns.iter().map(|pattern| (*pattern).to_owned()).chain(found.windows).collect();
        // One name may be refused by each of them, or by all that are closed at once.
        let refusing = if patterns.is_empty() { refusing(bars) } else { bars.len() };
        let count = (refusing + 1).min(SAMPLES);
        let unsure = found.unsure || refusing >= SAMPLES && found.open;
        let mut out = Names { unsure, ..Names::default() };
        out.list = found.named.into_iter().collect();
        if patterns.is_empty() {
            if found.open {
                let fresh = (0..).map(|n| format!("other{n}").into_boxed_str());
                out.endless = fresh.filter(|name| !out.list.contains(name)).take(count).collect();
            }
        } else if patterns.len() > PATTERNS {
            out.unsure = true;
        } else {
            self.sample(&patterns, count, &mut out);
        }
        out.list.extend(out.endless.clone());
        out
    }

    /// The members that the other side names.
    pub(super) fn described(&self, bars: &[Branch<'c>]) -> FxHashSet<Box<str>> {
        let named = bars.iter().flat_map(|bar| &bar.objects).flat_map(|layer| &layer.properties);
        named.filter(|(_, part)| !self.space.nodes.is_never(**part)).map(|(name, _)| Box::from(*name)).collect()
    }

    /// Samples of each combination of patterns.
    fn sample(&mut self, patterns: &[String], count: usize, out: &mut Names) {
        for mask in 0..1_usize << patterns.len() {
            let of = |kept: bool| -> Vec<&str> {
                let list = patterns.iter().enumerate();
                list.filter(|(ix, _)| (mask >> ix & 1 == 1) == kept).map(|(_, pattern)| pattern.as_str()).collect()
            };
            let wanted = count + out.list.len();
            let Some(words) = self.space.patterns.words(&of(true), &of(false), wanted + 1) else {
                out.unsure = true;
                continue;
            };
            let endless = words.len() > wanted;
            let fresh: Vec<Box<str>> = words
                .into_iter()
                .map(String::into_boxed_str)
                .filter(|name| !out.list.contains(name) && !out.endless.contains(name))
                .take(count)
                .collect();
            if endless {
                out.endless.extend(fresh);
            } else {
                out.list.extend(fresh);
            }
        }
    }

    fn find(&mut self, branch: &Branch<'c>, found: &mut Found<'c>, depth: usize) {
        for layer in &branch.objects {
            layer.properties.keys().for_each(|name| found.name(name));
            found.patterns.extend(layer.patterns.iter().map(|(pattern, _)| *pattern));
            found.open |= layer.additional.is_some();
        }
        found.open |= self.lens.open;
        branch.required.keys().for_each(|name| found.name(name));
        for &(schema, _) in &branch.names {
            self.find_in_names(schema, found);
        }
        for &(schema, _) in &branch.excluded {
            let state = self.state(vec![schema]);
            let expansion = self.expand(state);
            found.unsure |= expansion.overflow || depth > 2;
            if depth <= 2 {
                expansion.branches.iter().for_each(|branch| self.find(branch, found, depth + 1));
            }
        }
    }

    /// What a schema of names tells apart.
    fn find_in_names(&mut self, schema: SchemaId, found: &mut Found<'c>) {
        let state = self.state(vec![schema]);
        let expansion = self.expand(state);
        found.unsure |= expansion.overflow;
        for branch in expansion.branches.iter().filter(|branch| branch.types.meets(Types::STRING)) {
            let values = branch.literals.iter().chain(&branch.denied).flat_map(|(values, _)| values.values());
            let words = values.filter(|value| value.types == Types::STRING).map(|value| value.plain.clone());
            found.named.extend(words);
            if branch.literals.is_some() {
                continue;
            }
            found.patterns.extend(branch.patterns.iter().map(|(pattern, _)| *pattern));
            found.unsure |= !branch.formats.is_empty() || !branch.excluded.is_empty() || !branch.opaque.is_empty();
            found.windows.extend(branch.min_length.map(|(n, _)| format!("^[\\s\\S]{{{n},}}$")));
            found.windows.extend(branch.max_length.map(|(n, _)| format!("^[\\s\\S]{{0,{n}}}$")));
        }
    }
}
