//! Documents that moved: which one that is gone is which one that is new.

use rustc_hash::FxHashSet;

use super::compare::Reader;
use crate::source::Version;

/// More pairs than this are not looked at, as git has it for renamed files.
const MOST_PAIRS: usize = 4096;
/// Two documents are one if at least so many in a hundred of their operations are the same.
const ALIKE: usize = 50;

/// What a document is recognised by.
struct Face {
    title: String,
    operations: FxHashSet<String>,
}

/// Pairs of indices into `gone` and `new`, best first; each document is in one pair at most.
pub(super) fn moves(
    reader: &mut Reader,
    (base, gone): (&Version, &[String]),
    (head, new): (&Version, &[String]),
) -> Vec<(usize, usize)> {
    if gone.len() * new.len() > MOST_PAIRS {
        return Vec::new();
    }
    let mut faces = |version: &Version, paths: &[String]| -> Vec<Option<Face>> {
        paths.iter().map(|path| face(reader, version, path)).collect()
    };
    let (gone, new) = (faces(base, gone), faces(head, new));
    let mut scored = Vec::new();
    for (left, one) in gone.iter().enumerate() {
        for (right, two) in new.iter().enumerate() {
            if let (Some(one), Some(two)) = (one, two)
                && let Some(score) = score(one, two)
            {
                scored.push((score, left, right));
            }
        }
    }
    scored.sort_by_key(|&(score, left, right)| (std::cmp::Reverse(score), left, right));
    let (mut lefts, mut rights) = (FxHashSet::default(), FxHashSet::default());
    scored.retain(|&(_, left, right)| {
        let free = !lefts.contains(&left) && !rights.contains(&right);
        if free {
            lefts.insert(left);
            rights.insert(right);
        }
        free
    });
    scored.into_iter().map(|(_, left, right)| (left, right)).collect()
}

/// How alike two documents are; `None` where they are not the same API.
fn score(one: &Face, two: &Face) -> Option<usize> {
    let shared = one.operations.intersection(&two.operations).count();
    let all = one.operations.len() + two.operations.len() - shared;
    let alike = (100 * shared).checked_div(all).unwrap_or(0);
    let same_title = !one.title.is_empty() && one.title == two.title;
    (same_title || alike >= ALIKE).then_some(alike + if same_title { 50 } else { 0 })
}

/// A document that cannot be read has no face; it is refused by name when it is compared.
fn face(reader: &mut Reader, version: &Version, path: &str) -> Option<Face> {
    let contract = reader.contract(version, path).ok()?;
    let operations = contract.operations.iter().map(|operation| operation.key.matching()).collect();
    Some(Face { title: contract.title.clone(), operations })
}
