//! What changed in a text, word by word.
//!
//! The work is bounded by the length of the texts and never by time: the same texts give the same words.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

/// Characters of both texts together, after what they share at both ends, up to which words are compared.
const COMPARED: usize = 8_000;
/// Characters kept at each end of a passage that stayed.
const CONTEXT: usize = 40;
/// Characters kept of a passage that went or came.
const PASSAGE: usize = 400;

/// A passage of a text that was edited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Segment {
    /// It went.
    pub removed: bool,
    /// It came.
    pub added: bool,
    /// The passage, cut in the middle where it is long.
    pub text: String,
}

/// The passages of two texts, in order.
pub(crate) fn segments(before: &str, after: &str) -> Vec<Segment> {
    let (prefix, suffix) = shared(before, after);
    let (old, new) = (&before[prefix..before.len() - suffix], &after[prefix..after.len() - suffix]);
    let mut runs = vec![(ChangeTag::Equal, before[..prefix].to_owned())];
    if old.len() + new.len() > COMPARED {
        runs.extend([(ChangeTag::Delete, old.to_owned()), (ChangeTag::Insert, new.to_owned())]);
    } else {
        let diff = TextDiff::from_unicode_words(old, new);
        runs.extend(diff.iter_all_changes().map(|change| (change.tag(), change.value().to_owned())));
    }
    runs.push((ChangeTag::Equal, before[before.len() - suffix..].to_owned()));
    let runs = joined(runs);
    let last = runs.len().saturating_sub(1);
    let cut = |(ix, (tag, text)): (usize, (ChangeTag, String))| Segment {
        removed: tag == ChangeTag::Delete,
        added: tag == ChangeTag::Insert,
        text: match tag {
            ChangeTag::Equal => ends(&text, if ix == 0 { 0 } else { CONTEXT }, if ix == last { 0 } else { CONTEXT }),
            ChangeTag::Delete | ChangeTag::Insert => ends(&text, PASSAGE, 0),
        },
    };
    runs.into_iter().enumerate().map(cut).collect()
}

/// The bytes both texts share at the beginning and, after that, at the end, up to whole words.
fn shared(before: &str, after: &str) -> (usize, usize) {
    let common = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let prefix = if common == before.len() && common == after.len() { common } else { word_start(before, common) };
    let (old, new) = (&before.as_bytes()[prefix..], &after.as_bytes()[prefix..]);
    let common = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let suffix = before.len() - word_end(before, before.len() - common);
    (prefix, suffix)
}

fn word_start(text: &str, at: usize) -> usize {
    let at = (0..=at).rev().find(|&ix| text.is_char_boundary(ix)).unwrap_or(0);
    let space = text[..at].char_indices().rev().find(|(_, c)| c.is_whitespace());
    space.map_or(0, |(ix, c)| ix + c.len_utf8())
}

fn word_end(text: &str, at: usize) -> usize {
    let at = (at..text.len()).find(|&ix| text.is_char_boundary(ix)).unwrap_or(text.len());
    text[at..].find(char::is_whitespace).map_or(text.len(), |ix| at + ix)
}

/// Runs of one kind in one piece, what went before what came; a lone space between two edits belongs to both.
fn joined(words: Vec<(ChangeTag, String)>) -> Vec<(ChangeTag, String)> {
    let mut out: Vec<(ChangeTag, String)> = Vec::new();
    let (mut gone, mut come) = (String::new(), String::new());
    let mut words = words.into_iter().filter(|(_, text)| !text.is_empty()).peekable();
    while let Some((tag, text)) = words.next() {
        let edited = !(gone.is_empty() && come.is_empty());
        let before_edit = words.peek().is_some_and(|(next, _)| *next != ChangeTag::Equal);
        match tag {
            ChangeTag::Delete => gone.push_str(&text),
            ChangeTag::Insert => come.push_str(&text),
            ChangeTag::Equal if edited && before_edit && text.trim().is_empty() => {
                gone.push_str(&text);
                come.push_str(&text);
            }
            ChangeTag::Equal => {
                push(&mut out, ChangeTag::Delete, std::mem::take(&mut gone));
                push(&mut out, ChangeTag::Insert, std::mem::take(&mut come));
                push(&mut out, ChangeTag::Equal, text);
            }
        }
    }
    push(&mut out, ChangeTag::Delete, gone);
    push(&mut out, ChangeTag::Insert, come);
    out
}

fn push(out: &mut Vec<(ChangeTag, String)>, tag: ChangeTag, text: String) {
    match out.last_mut() {
        Some((last, so_far)) if *last == tag => so_far.push_str(&text),
        Some(_) | None if text.is_empty() => {}
        Some(_) | None => out.push((tag, text)),
    }
}

/// The first and the last characters of a text, `…` between them where something is left out.
fn ends(text: &str, first: usize, last: usize) -> String {
    let total = text.chars().count();
    if total <= first + last + 8 {
        return text.to_owned();
    }
    let head: String = text.chars().take(first).collect();
    let tail: String = text.chars().skip(total - last).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> String {
        let mark = |segment: Segment| match (segment.removed, segment.added) {
            (true, _) => format!("[-{}-]", segment.text),
            (_, true) => format!("{{+{}+}}", segment.text),
            (false, false) => segment.text,
        };
        segments(before, after).into_iter().map(mark).collect()
    }

    #[test]
    fn words_that_changed_are_marked() {
        assert_eq!(marked("The old name.", "The new name."), "The [-old-]{+new+} name.");
        assert_eq!(marked("one two three", "one 2 3"), "one [-two three-]{+2 3+}");
        assert_eq!(marked("", "all new"), "{+all new+}");
        assert_eq!(marked("usagère", "usager"), "[-usagère-]{+usager+}");
        assert_eq!(marked("a a", "a a a"), "a a{+ a+}");
        assert_eq!(marked("same", "same"), "same");
    }

    #[test]
    fn long_texts_are_cut_around_the_edit() {
        let long = "mot ".repeat(5_000);
        let said = marked(&format!("{long}avant {long}"), &format!("{long}après {long}"));
        assert!(said.contains("[-avant-]{+après+}"), "{said}");
        assert!(said.chars().count() < 140, "{said}");
        let other = "autre ".repeat(5_000);
        assert!(marked(&long, &other).chars().count() < 900);
    }
}
