//! Strings: lengths, patterns, formats.

use super::Search;
use super::cell::{Cell, Cuts};
use crate::schema::node::{Answer, Instance, Relation, format};
use crate::schema::states::Branch;

/// The cells of the strings that a branch refuses, one for each of its constraints.
pub(super) fn cuts<'c>(cell: &Cell<'c>, bar: &Branch<'c>) -> Cuts<'c> {
    let mut out = Cuts::default();
    super::numbers::values(cell, bar, &mut out);
    if let Some((n, id)) = bar.min_length.filter(|(n, _)| *n > 0) {
        out.add(cell, |cut| {
            let most = cut.branch.max_length.map_or(n - 1, |(most, _)| most.min(n - 1));
            cut.branch.max_length = Some((most, id));
        });
    }
    if let Some((n, id)) = bar.max_length {
        out.add(cell, |cut| {
            let least = cut.branch.min_length.map_or(n + 1, |(least, _)| least.max(n + 1));
            cut.branch.min_length = Some((least, id));
        });
    }
    for &(pattern, _) in &bar.patterns {
        if !cell.branch.patterns.iter().any(|(known, _)| *known == pattern) {
            out.add(cell, |cut| cut.not_patterns.push(pattern));
        }
    }
    for &(name, _) in bar.formats.iter().filter(|(name, _)| constrains(name)) {
        let within = |known: &str| format::relate(known, name) == Relation::Within;
        if !cell.branch.formats.iter().any(|(known, _)| within(known)) {
            out.add(cell, |cut| cut.not_formats.push(name));
        }
    }
    out
}

fn constrains(name: &str) -> bool {
    !format::is_hint(name) && format::integers(name).is_none() && !matches!(name, "float" | "double")
}

impl<'c> Search<'_, 'c> {
    /// Whether a cell of strings holds any.
    pub(super) fn holds_string(&mut self, cell: &Cell<'c>) -> Answer {
        let branch = &cell.branch;
        let low = branch.min_length.map_or(0, |(n, _)| n);
        let high = branch.max_length.map(|(n, _)| n);
        if high.is_some_and(|high| low > high) {
            return Answer::No;
        }
        let formats: Vec<&str> = branch.formats.iter().map(|(name, _)| *name).filter(|name| constrains(name)).collect();
        let texts = self.holds_text(cell, low, high);
        if formats.is_empty() && cell.not_formats.is_empty() {
            return texts;
        }
        let bounded = !branch.patterns.is_empty() || !cell.not_patterns.is_empty() || high.is_some() || low > 0;
        let patterned = !branch.patterns.is_empty() || !cell.not_patterns.is_empty() || !branch.denied.is_empty();
        // What only has to be long enough is no bound for formats without a longest value.
        let endless = high.is_none() && formats.iter().all(|name| format::is_endless(name));
        let bounded = bounded && (patterned || !endless || formats.is_empty());
        let answer = texts.and(formatted(&formats, &cell.not_formats, bounded, patterned));
        if answer == Answer::Open && self.guessed(cell, low) { Answer::Yes } else { answer }
    }

    /// True if one of a few guesses is in the cell: what its patterns offer and beginnings of formats, made long enough.
    fn guessed(&mut self, cell: &Cell<'c>, low: u64) -> bool {
        let patterns: Vec<&str> = cell.branch.patterns.iter().map(|(pattern, _)| *pattern).collect();
        let mut words = self.space.patterns.words(&patterns, &cell.not_patterns, 4).unwrap_or_default();
        words.extend(["", "https://example.org/"].map(str::to_owned));
        words.into_iter().any(|mut word| {
            let missing = low.min(4_096).saturating_sub(word.chars().count() as u64);
            word.extend((0..missing).map(|_| 'a'));
            self.holds(cell, &Instance::Text(word)) == Answer::Yes
        })
    }

    /// Formats aside.
    fn holds_text(&mut self, cell: &Cell<'c>, low: u64, high: Option<u64>) -> Answer {
        let branch = &cell.branch;
        let patterns: Vec<&str> = branch.patterns.iter().map(|(pattern, _)| *pattern).collect();
        let denied: Vec<&str> = branch
            .denied
            .iter()
            .flat_map(|(values, _)| values.values())
            .filter(|value| value.types == super::Types::STRING)
            .map(|value| &*value.plain)
            .collect();
        if patterns.is_empty() && cell.not_patterns.is_empty() {
            // There are more characters than denials, but only one empty string.
            return Answer::from(high != Some(0) || !denied.contains(&""));
        }
        let answer = self.space.patterns.any(&patterns, &cell.not_patterns, (low, high), &denied);
        let mut all = patterns.iter().chain(&cell.not_patterns);
        // Readable, only too large: long windows of simple patterns.
        let large = answer == Answer::Open && all.all(|pattern| self.space.patterns.reads(pattern));
        if large { Answer::Costly } else { answer }
    }
}

/// Whether a string exists that has all formats of one list and none of another.
fn formatted(formats: &[&str], refused: &[&str], bounded: bool, patterned: bool) -> Answer {
    for (ix, one) in formats.iter().enumerate() {
        for two in &formats[ix + 1..] {
            match format::relate(one, two) {
                Relation::Within => {}
                Relation::Disjoint => return Answer::No,
                Relation::Overlaps if format::relate(two, one) == Relation::Within => {}
                Relation::Overlaps => return Answer::Open,
                Relation::Unknown => return Answer::Open,
            }
        }
    }
    let known = formats.iter().all(|name| format::is_known(name));
    let mut answer = match (formats.is_empty(), bounded) {
        (true, _) => Answer::Yes,
        (false, true) => Answer::Open,
        (false, false) if known => Answer::Yes,
        (false, false) => Answer::Open,
    };
    for name in refused {
        let relations: Vec<Relation> = formats.iter().map(|known| format::relate(known, name)).collect();
        answer = answer.and(if relations.contains(&Relation::Disjoint) {
            Answer::Yes
        } else if relations.contains(&Relation::Unknown) || !format::is_known(name) {
            Answer::Open
        } else if relations.is_empty() && !patterned && (!bounded || format::refuses_blanks(name))
            || relations.contains(&Relation::Overlaps) && !bounded
        {
            Answer::Yes
        } else {
            Answer::Open
        });
    }
    answer
}
