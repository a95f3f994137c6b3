//! Rename hints: a removal and an addition in the same place with the same shape. Presentation only; the removal keeps
//! its identity and its level.

use super::draft::Draft;
use super::{Changes, Differ, Hint};
use crate::contract::{Action, Facet};
use crate::text::Arg;

/// Indices of a removal and an addition, and their names.
pub(super) struct Rename {
    removed: usize,
    added: usize,
}

/// Finds renames among the facts: the only removal and the only addition of a shape in their container, or names that
/// share a run of characters a reader would see.
pub(super) fn find(differ: &Differ<'_>) -> Vec<Rename> {
    let list: Vec<&Draft> = differ.drafts.list().collect();
    let of = |action| list.iter().enumerate().filter(move |(_, draft)| draft.action == action && eligible(draft));
    let mut fitting: Vec<(usize, usize)> = Vec::new();
    for (removed, old) in of(Action::Removed) {
        fitting.extend(of(Action::Added).filter(|(_, new)| fits(differ, old, new)).map(|(added, _)| (removed, added)));
    }
    let alone = |&(removed, added): &(usize, usize)| {
        fitting.iter().filter(|pair| pair.0 == removed || pair.1 == added).count() == 1
    };
    let likeness = |&(removed, added): &(usize, usize)| similarity(name(list[removed]), name(list[added]));
    let mut best: Vec<(usize, usize)> =
        fitting.iter().copied().filter(|pair| alone(pair) || likeness(pair) >= LIKENESS).collect();
    best.sort_by_key(|pair| (std::cmp::Reverse(likeness(pair)), *pair));
    let mut out: Vec<Rename> = Vec::new();
    for (removed, added) in best {
        if out.iter().all(|known| known.removed != removed && known.added != added) {
            out.push(Rename { removed, added });
        }
    }
    out
}

/// Characters two names must share in a row where several could be meant.
const LIKENESS: usize = 4;

fn eligible(draft: &Draft) -> bool {
    matches!(draft.facet, Facet::Property | Facet::Parameter)
}

fn name(draft: &Draft) -> &str {
    let path = if draft.facet == Facet::Property { "property" } else { "parameter" };
    match draft.args.get(path) {
        Some(Arg::Code(name)) => name.rsplit('.').next().unwrap_or(name),
        _ => "",
    }
}

/// The same facet, side and container, and the same schema.
fn fits(differ: &Differ<'_>, old: &Draft, new: &Draft) -> bool {
    if old.facet != new.facet
        || old.scope != new.scope
        || old.traits.required != new.traits.required && old.facet == Facet::Parameter
    {
        return false;
    }
    let container = |draft: &Draft| {
        let text = draft.address.text();
        text.strip_suffix(name(draft)).unwrap_or(&text).to_owned()
    };
    if container(old) != container(new) {
        return false;
    }
    match (old.base, new.head) {
        (Some(base), Some(head)) => differ.same_shape(base, head),
        _ => false,
    }
}

impl Differ<'_> {
    /// The same schema, annotations aside; for parameters the same schema below.
    fn same_shape(&self, base: crate::spec::Loc, head: crate::spec::Loc) -> bool {
        use crate::spec::Key;
        let inner = |contract: &crate::contract::Contract, at| contract.document.get(at, Key::SCHEMA).unwrap_or(at);
        let (base, head) = (inner(self.base, base), inner(self.head, head));
        self.engine.align().same(base, head)
    }
}

/// The length of the longest common run of characters: what a reader sees of a rename.
fn similarity(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut best = 0;
    let mut row = vec![0_usize; b.len() + 1];
    for x in a.iter().take(200) {
        let mut previous = 0;
        for (ix, y) in b.iter().enumerate().take(200) {
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
        changes.list[rename.removed].hint = Some(Hint { renamed: new, other: rename.added });
        changes.list[rename.added].hint = Some(Hint { renamed: old, other: rename.removed });
    }
}
