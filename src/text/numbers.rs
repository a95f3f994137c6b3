//! The numbers that changed in a text: a page of 20 that is now a page of 100 is a change nobody finds in prose.

use super::filling::labelled;
use crate::text::{self, Lang};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The most numbers that are named.
const MOST: usize = 8;
/// Characters of a number that are shown.
const LONG: usize = 40;
/// Words of both texts together, after what they share at both ends, up to which they are compared.
const COMPARED: usize = 3_000;

/// The numbers that took the place of others in an edited text, `(before, after)`, in the order of the text.
///
/// Only where as many came as went in one passage: else nobody knows which one became which. What clings to a number
/// belongs to it: a unit, the rest of a date or of a version.
pub(crate) fn changed(before: &str, after: &str) -> Vec<(String, String)> {
    let (before, after) = (grouped(before), grouped(after));
    let [old, new] = [&before, &after].map(|text| text.split_whitespace().collect::<Vec<_>>());
    let (old, new) = unlike(&old, &new);
    if old.len() + new.len() > COMPARED {
        return Vec::new();
    }
    let mut out: Vec<(String, String)> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        let (tag, from, to) = operation.as_tag_tuple();
        let [gone, come] = [&old[from], &new[to]].map(numbers);
        if tag == DiffTag::Replace && gone.len() == come.len() {
            out.extend(gone.into_iter().zip(come).filter(|(old, new)| old != new));
        }
    }
    let mut seen = Vec::new();
    for pair in out {
        if seen.len() < MOST && !seen.contains(&pair) {
            seen.push(pair);
        }
    }
    seen
}

/// The numbers that changed, in words; `None` where none did.
pub(crate) fn said(lang: Lang, before: &str, after: &str) -> Option<String> {
    let pairs: Vec<String> = changed(before, after).iter().map(|(old, new)| format!("{old} → {new}")).collect();
    let label = text::word(lang, "notices", "numbers");
    let said = labelled(lang, label, &pairs.join(", "));
    (!pairs.is_empty()).then_some(said)
}

/// Two lists without what they share at both ends.
fn unlike<'w, 't>(old: &'w [&'t str], new: &'w [&'t str]) -> (&'w [&'t str], &'w [&'t str]) {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    (&old[..old.len() - end], &new[..new.len() - end])
}

/// The words that hold a digit, without the marks around them.
fn numbers(words: &[&str]) -> Vec<String> {
    let bare = words
        .iter()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '€' | '$' | '-' | '+')));
    let counted = bare.filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    counted.map(|word| word.replace('\u{1}', "\u{202f}").chars().take(LONG).collect()).collect()
}

/// The same text with a mark for a space between groups of three digits, so that `1 000` is one word.
fn grouped(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |ix: usize| chars.get(ix).is_some_and(char::is_ascii_digit);
    let group = |ix: usize| (1..=3).all(|next| digit(ix + next)) && !digit(ix + 4);
    let space = |(ix, c): (usize, &char)| {
        let inside = ix > 0 && digit(ix - 1) && group(ix) && matches!(c, ' ' | '\u{a0}' | '\u{202f}');
        if inside { '\u{1}' } else { *c }
    };
    chars.iter().enumerate().map(space).collect()
}

/// Bytes as hexadecimal digits, as digests are written.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: &str, after: &str) -> String {
        let pairs = changed(before, after).into_iter().map(|(old, new)| format!("{old} → {new}"));
        pairs.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn numbers_that_took_the_place_of_others_are_called_out() {
        for (before, after, expected) in [
            ("Appointments on a page, 20 where left out.", "Appointments on a page, 100 where left out.", "20 → 100"),
            ("At most 1 000 calls a minute", "At most 500 calls an hour", "1\u{202f}000 → 500"),
            ("Kept 30 days, then 12 months.", "Kept 60 days, then 6 months.", "30 → 60, 12 → 6"),
            ("Fee: 2.5%.", "Fee: 3%.", "2.5% → 3%"),
            ("Since 2024-02-06", "Since 2024-03-06", "2024-02-06 → 2024-03-06"),
            ("Entre -5 et 10 €", "Entre -10 et 10 €", "-5 → -10"),
            ("The old name of 20 things", "The new name of 20 things", ""),
            ("Up to 20.", "Up to 100, or 200 when signed in.", ""),
            ("No limit", "At most 50", ""),
            ("Twenty", "Thirty", ""),
        ] {
            assert_eq!(said(before, after), expected, "{before} / {after}");
        }
    }

    #[test]
    fn the_list_has_an_end_and_no_twins() {
        let list = |add: usize| (0..50).map(|n| format!("word {} more", n * 2 + add)).collect::<Vec<_>>().join(" and ");
        assert_eq!(changed(&list(0), &list(1)).len(), MOST);
        assert_eq!(said("a 1 b 1 c", "a 2 b 2 c"), "1 → 2");
    }
}
