//! Documents that moved: which one that is gone is which one that is new.

use rustc_hash::FxHashSet;

use super::contracts::Contracts;
use crate::source::{BlobId, Listing};

/// More pairs than this are not looked at, as git has it for renamed files.
const MOST_PAIRS: usize = 4096;
/// Two documents are one if at least so many in a hundred of their operations are the same.
const ALIKE: usize = 50;
/// The score of the same bytes, which need not even be readable.
const SAME_BYTES: usize = 1000;

/// What a document is recognised by.
struct Face {
    title: String,
    operations: FxHashSet<String>,
}

/// A document that is gone, as it was, newest first.
pub(super) struct Left<'v> {
    /// Paths and the files they stood among; at least one.
    pub(super) was: Vec<(String, &'v dyn Listing)>,
}

impl Left<'_> {
    /// Its last path.
    pub(super) fn path(&self) -> &str {
        self.was.first().map_or("", |(path, _)| path)
    }

    /// The identity of its last bytes.
    fn bytes(&self) -> Option<BlobId> {
        let (path, files) = self.was.first()?;
        files.find(path).ok().flatten()
    }

    fn face(&self, contracts: &mut Contracts) -> Option<Face> {
        self.was.iter().find_map(|(path, files)| face(contracts, *files, path))
    }
}

/// Pairs of indices into `gone` and `new`, best first; each document is in one pair at most.
pub(super) fn moves(
    contracts: &mut Contracts,
    gone: &[Left<'_>],
    (head, new): (&dyn Listing, &[String]),
) -> Vec<(usize, usize)> {
    if gone.len() * new.len() > MOST_PAIRS || gone.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let bytes: (Vec<Option<BlobId>>, Vec<Option<BlobId>>) =
        (gone.iter().map(Left::bytes).collect(), new.iter().map(|path| head.find(path).ok().flatten()).collect());
    let gone: Vec<Option<Face>> = gone.iter().map(|left| left.face(contracts)).collect();
    let new: Vec<Option<Face>> = new.iter().map(|path| face(contracts, head, path)).collect();
    let mut scored = Vec::new();
    for (left, one) in gone.iter().enumerate() {
        for (right, two) in new.iter().enumerate() {
            let same = bytes.0[left].is_some() && bytes.0[left] == bytes.1[right];
            let alike = one.as_ref().zip(two.as_ref()).and_then(|(one, two)| score(one, two));
            if let Some(score) =
                alike.map(|score| score + if same { SAME_BYTES } else { 0 }).or(same.then_some(SAME_BYTES))
            {
                scored.push((score, left, right));
            }
        }
    }
    best(scored)
}

/// The best pairs, each end once.
fn best(mut scored: Vec<(usize, usize, usize)>) -> Vec<(usize, usize)> {
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
fn face(contracts: &mut Contracts, files: &dyn Listing, path: &str) -> Option<Face> {
    let contract = contracts.read(files, path).ok()?;
    let operations = contract.operations.iter().map(|operation| operation.key.matching()).collect();
    Some(Face { title: contract.title.clone(), operations })
}
