//! Rename hints: a removal and an addition in the same place with the same shape. Presentation only; the removal keeps
//! its identity and its level.
//!
//! A whole API may be spelt anew at once, so nothing here compares every removal with every addition: they are gathered by
//! place, within it by shape, and then by name; what is left over is compared as far as a budget goes.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::draft::Draft;
use super::{Changes, Differ, Hint};
use crate::contract::{Action, Contract, Facet, Scope};
use crate::spec::{Key, Loc};
use crate::text::Arg;

/// Characters two names must share in a row where several could be meant.
const LIKENESS: usize = 4;
/// Pairs of schemas that are compared, in all.
const SHAPES: usize = 200_000;
/// Pairs of characters that are compared, in all.
const LETTERS: usize = 40_000_000;
/// Characters of a name that are compared.
const LONG: usize = 200;

/// How alike two descriptions are that speak of the same thing, of 1.
const SAME_WORDS: f32 = 0.8;

/// Indices of a removal and an addition, and whether that they are the same is a guess.
pub(super) struct Rename {
    removed: usize,
    added: usize,
    perhaps: bool,
}

/// What fits together as far as the facts say: facet, side, container; of a parameter also whether it is required.
type Place = (Facet, Scope, String, bool);

/// The removals and the additions of one place, or of one shape in it.
#[derive(Default)]
struct Group {
    removed: Vec<usize>,
    added: Vec<usize>,
}

/// Finds renames among the facts: the only removal and the only addition of a shape in their container, names that differ
/// in their spelling only, or names that share a run of characters a reader would see.
pub(super) fn find(differ: &Differ<'_>) -> Vec<Rename> {
    let list: Vec<&Draft> = differ.drafts.list().collect();
    let mut groups: IndexMap<Place, Group, FxBuildHasher> = IndexMap::default();
    for (index, draft) in list.iter().enumerate().filter(|(_, draft)| eligible(draft)) {
        let group = groups.entry(place(draft)).or_default();
        if draft.action == Action::Removed { group.removed.push(index) } else { group.added.push(index) }
    }
    let mut budget = Budget { shapes: SHAPES, letters: LETTERS };
    let mut pairs = Vec::new();
    for group in groups.into_values().filter(|group| !group.removed.is_empty() && !group.added.is_empty()) {
        for alike in budget.shapes(differ, &list, group) {
            budget.pair(&list, alike, &mut pairs);
        }
    }
    let rename = |(removed, added): (usize, usize)| {
        let (old, new) = (list[removed], list[added]);
        let sure = folded(name(old)) == folded(name(new)) || same_words(differ, old, new, &mut budget.letters);
        Rename { removed, added, perhaps: !sure }
    };
    pairs.into_iter().map(rename).collect()
}

/// Whether the descriptions of both say the same, but for a few words.
fn same_words(differ: &Differ<'_>, old: &Draft, new: &Draft, left: &mut usize) -> bool {
    let text = |contract: &Contract, at: Option<Loc>| {
        contract
            .document
            .string(at?, Key::DESCRIPTION)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let (Some(old), Some(new)) = (text(differ.base, old.base), text(differ.head, new.head)) else { return false };
    let Some(rest) = left.checked_sub(old.len().saturating_mul(new.len())) else { return false };
    *left = rest;
    similar::TextDiff::from_words(&old, &new).ratio() >= SAME_WORDS
}

fn eligible(draft: &Draft) -> bool {
    matches!(draft.facet, Facet::Property | Facet::Parameter) && matches!(draft.action, Action::Removed | Action::Added)
}

fn name(draft: &Draft) -> &str {
    let path = if draft.facet == Facet::Property { "property" } else { "parameter" };
    match draft.args.get(path) {
        Some(Arg::Code(name)) => name.rsplit('.').next().unwrap_or(name),
        _ => "",
    }
}

fn place(draft: &Draft) -> Place {
    let text = draft.address.text();
    let container = text.strip_suffix(name(draft)).unwrap_or(&text).to_owned();
    (draft.facet, draft.scope, container, draft.traits.required && draft.facet == Facet::Parameter)
}

/// What may still be compared.
struct Budget {
    shapes: usize,
    letters: usize,
}

impl Budget {
    /// The group by shape: a removal and an addition are of one shape where their schemas are the same.
    fn shapes(&mut self, differ: &Differ<'_>, list: &[&Draft], mut group: Group) -> Vec<Group> {
        let mut out = Vec::new();
        while let Some(&first) = group.removed.first() {
            let (mut alike, mut rest) = (Group::default(), Group::default());
            for added in group.added {
                let same = self.same(differ, list[first], list[added]);
                if same { &mut alike } else { &mut rest }.added.push(added);
            }
            // Sameness holds between the two documents only: the others are those that an addition of this shape is like.
            for removed in group.removed {
                let same = alike.added.first().is_some_and(|&added| self.same(differ, list[removed], list[added]));
                if same || removed == first { &mut alike } else { &mut rest }.removed.push(removed);
            }
            out.push(alike);
            group = rest;
        }
        out
    }

    /// The same schema, annotations aside; for parameters the same schema below.
    fn same(&mut self, differ: &Differ<'_>, old: &Draft, new: &Draft) -> bool {
        let (Some(base), Some(head), Some(left)) = (old.base, new.head, self.shapes.checked_sub(1)) else {
            return false;
        };
        self.shapes = left;
        let inner = |contract: &Contract, at: Loc| contract.document.get(at, Key::SCHEMA).unwrap_or(at);
        differ.engine.align().same(inner(differ.base, base), inner(differ.head, head))
    }

    /// Pairs the removals and additions of one shape.
    fn pair(&mut self, list: &[&Draft], mut group: Group, out: &mut Vec<(usize, usize)>) {
        if let ([removed], [added]) = (group.removed.as_slice(), group.added.as_slice()) {
            out.push((*removed, *added));
            return;
        }
        let respelt = respelt(list, &group);
        let mut taken: IndexSet<usize, FxBuildHasher> = respelt.iter().flat_map(|&(old, new)| [old, new]).collect();
        out.extend(respelt);
        group.removed.retain(|index| !taken.contains(index));
        group.added.retain(|index| !taken.contains(index));
        let mut best = self.likely(list, &group);
        best.sort_by_key(|&(likeness, removed, added)| (std::cmp::Reverse(likeness), removed, added));
        for (_, removed, added) in best {
            if !taken.contains(&removed) && !taken.contains(&added) {
                taken.extend([removed, added]);
                out.push((removed, added));
            }
        }
    }

    /// The pairs whose names share a run, with its length; none where that is too much to compare.
    fn likely(&mut self, list: &[&Draft], group: &Group) -> Vec<(usize, usize, usize)> {
        let letters = |side: &[usize]| side.iter().map(|&index| name(list[index]).len().min(LONG)).sum::<usize>();
        let Some(left) = self.letters.checked_sub(letters(&group.removed).saturating_mul(letters(&group.added))) else {
            return Vec::new();
        };
        self.letters = left;
        let pairs = group.removed.iter().flat_map(|&removed| group.added.iter().map(move |&added| (removed, added)));
        pairs
            .map(|(removed, added)| (similarity(name(list[removed]), name(list[added])), removed, added))
            .filter(|(likeness, ..)| *likeness >= LIKENESS)
            .collect()
    }
}

/// A name without capitals and signs.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names that are the same but for capitals and signs, where only one of each side is: `first_name` and `firstName`.
fn respelt(list: &[&Draft], group: &Group) -> Vec<(usize, usize)> {
    let folded = |index: usize| folded(name(list[index]));
    let mut by_name: IndexMap<String, Group, FxBuildHasher> = IndexMap::default();
    for &removed in &group.removed {
        by_name.entry(folded(removed)).or_default().removed.push(removed);
    }
    for &added in &group.added {
        by_name.entry(folded(added)).or_default().added.push(added);
    }
    let only = |(name, alike): (String, Group)| match (alike.removed.as_slice(), alike.added.as_slice()) {
        ([removed], [added]) if !name.is_empty() => Some((*removed, *added)),
        _ => None,
    };
    by_name.into_iter().filter_map(only).collect()
}
/// The length of the longest common run of characters: what a reader sees of a rename.
fn similarity(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut best = 0;
    let mut row = vec![0_usize; b.len() + 1];
    for x in a.iter().take(LONG) {
        let mut previous = 0;
        for (ix, y) in b.iter().enumerate().take(LONG) {
            let kept = row[ix + 1];
            row[ix + 1] = if x.eq_ignore_ascii_case(y) { previous + 1 } else { 0 };
            best = best.max(row[ix + 1]);
            previous = kept;
        }
    }
    best
}

/// Writes the hints into the finished changes, whose order is that of the facts.
pub(super) fn apply(changes: &mut Changes, renames: &[Rename]) {
    let last = |change: &super::Change| change.path.rsplit(['.', ':']).next().unwrap_or(&change.path).to_owned();
    for rename in renames {
        let (old, new) = (last(&changes.list[rename.removed]), last(&changes.list[rename.added]));
        changes.list[rename.removed].hint = Some(Hint { renamed: new, other: rename.added, perhaps: rename.perhaps });
        changes.list[rename.added].hint = Some(Hint { renamed: old, other: rename.removed, perhaps: rename.perhaps });
    }
}
