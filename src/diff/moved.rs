//! Operations that went while another came that may be the same at another address. Presentation only, and never more than
//! a guess: nobody but the team knows whether calls can simply go there.

use super::draft::Draft;
use super::{Changes, Differ, Hint};
use crate::contract::{Action, Contract, Facet};
use crate::spec::{Key, Loc};
use crate::text::Arg;

/// Pairs of operations that are held against each other; an edit that moves more is told without hints.
const PAIRS: usize = 40_000;

/// An operation that came or went.
struct Moved {
    /// Its place among the facts.
    at: usize,
    method: String,
    /// The segments of its path; placeholders are empty.
    segments: Vec<String>,
    id: String,
    summary: String,
}

/// Indices of removals and additions that may be one operation that moved.
pub(super) fn find(differ: &Differ<'_>) -> Vec<(usize, usize)> {
    let of = |action: Action| {
        let whole = move |(_, draft): &(usize, &Draft)| draft.facet == Facet::Operation && draft.action == action;
        differ.drafts.list().enumerate().filter(whole).filter_map(|(at, draft)| moved(differ, at, draft))
    };
    let (gone, new): (Vec<Moved>, Vec<Moved>) = (of(Action::Removed).collect(), of(Action::Added).collect());
    if gone.len().saturating_mul(new.len()) > PAIRS {
        return Vec::new();
    }
    let to = |old: &Moved| best(new.iter().map(|new| (new, likeness(old, new))));
    let from = |new: &Moved| best(gone.iter().map(|old| (old, likeness(old, new))));
    let both = |old: &Moved| to(old).filter(|new| from(new).is_some_and(|other| other.at == old.at));
    gone.iter().filter_map(|old| Some((old.at, both(old)?.at))).collect()
}

/// The one that is most alike; none where two are.
fn best<'m>(all: impl Iterator<Item = (&'m Moved, u8)>) -> Option<&'m Moved> {
    let mut found: Vec<(&Moved, u8)> = all.filter(|(_, likeness)| *likeness > 0).collect();
    found.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
    match found.as_slice() {
        [(first, most), (_, next), ..] => (most > next).then_some(*first),
        [(only, _)] => Some(*only),
        [] => None,
    }
}

fn moved(differ: &Differ<'_>, at: usize, draft: &Draft) -> Option<Moved> {
    let Some(Arg::Code(name)) = draft.args.get("operation") else { return None };
    let (method, path) = name.split_once(' ')?;
    let (contract, node) = match (draft.base, draft.head) {
        (Some(node), None) => (differ.base, node),
        (None, Some(node)) => (differ.head, node),
        _ => return None,
    };
    let bare = |segment: &str| if segment.starts_with('{') { String::new() } else { segment.to_owned() };
    Some(Moved {
        at,
        method: method.to_owned(),
        segments: path.trim_matches('/').split('/').map(bare).collect(),
        id: word(contract, node, Key::OPERATION_ID),
        summary: word(contract, node, Key::SUMMARY),
    })
}

fn word(contract: &Contract, node: Loc, key: Key) -> String {
    contract.document.string(node, key).map(|text| text.trim().to_owned()).unwrap_or_default()
}

/// How much speaks for two being one operation: its id, its summary, its path; 0 where nothing does.
fn likeness(old: &Moved, new: &Moved) -> u8 {
    let same = |one: &str, two: &str| !one.is_empty() && one == two;
    let named = 4 * u8::from(same(&old.id, &new.id));
    if old.method != new.method {
        return named;
    }
    named + 2 * u8::from(same(&old.summary, &new.summary)) + path(&old.segments, &new.segments)
}

/// One path ends as the other does, or they differ in a single word: of what belongs to the same resource, else in its
/// spelling or its version only, since unlike resources are many under one root.
fn path(old: &[String], new: &[String]) -> u8 {
    let literal = |path: &[String]| path.iter().filter(|segment| !segment.is_empty()).count();
    let shared = old.iter().rev().zip(new.iter().rev()).take_while(|(one, two)| one == two).count();
    let ends = shared == old.len().min(new.len()) && literal(&old[old.len() - shared..]) > 1;
    let unlike: Vec<usize> =
        old.iter().zip(new).enumerate().filter(|(_, (one, two))| one != two).map(|it| it.0).collect();
    let one_word = match unlike.as_slice() {
        &[at] if old.len() == new.len() && literal(old) > 1 => {
            let (one, two) = (&old[at], &new[at]);
            let within = old[..at].iter().any(String::is_empty);
            !one.is_empty() && !two.is_empty() && (within || is_spelt_anew(one, two))
        }
        _ => false,
    };
    u8::from(ends || one_word)
}

/// True of words that differ in case, separators, number, or as versions do (`v1`, `v2`).
fn is_spelt_anew(one: &str, two: &str) -> bool {
    let plain = |word: &str| {
        let word: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
        word.to_lowercase().trim_end_matches('s').to_owned()
    };
    let version = |word: &str| {
        let digits = word.strip_prefix('v').unwrap_or(word);
        digits.starts_with(|digit: char| digit.is_ascii_digit())
    };
    plain(one) == plain(two) || version(one) && version(two)
}

/// Writes the hints into the finished changes, whose order is that of the facts.
pub(super) fn apply(changes: &mut Changes, moves: &[(usize, usize)]) {
    let name = |change: &super::Change| match change.args.get("operation") {
        Some(Arg::Code(name)) => name.clone(),
        Some(_) | None => String::new(),
    };
    for &(old, new) in moves {
        let names = [old, new].map(|at| name(&changes.list[at]));
        let [from, to] = names;
        changes.list[old].hint = Some(Hint { renamed: to, other: new, perhaps: true });
        changes.list[new].hint = Some(Hint { renamed: from, other: old, perhaps: true });
    }
}
