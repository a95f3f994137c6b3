//! Rename hints: a removal and an addition in the same place with the same shape. Presentation only; the removal keeps
//! its identity and its level.

use super::draft::Draft;
use super::{Arg, Changes, Differ, Hint};
use crate::contract::{Action, Facet};

/// Indices of a removal and an addition, and their names.
pub(super) struct Rename {
    removed: usize,
    added: usize,
}

/// Finds renames among the facts.
pub(super) fn find(differ: &Differ<'_>) -> Vec<Rename> {
    let list: Vec<&Draft> = differ.drafts.list().collect();
    let mut taken = vec![false; list.len()];
    let mut out = Vec::new();
    for (removed, old) in
        list.iter().enumerate().filter(|(_, draft)| draft.action == Action::Removed && eligible(draft))
    {
        let candidates: Vec<usize> = list
            .iter()
            .enumerate()
            .filter(|&(added, new)| !taken[added] && new.action == Action::Added && fits(differ, old, new))
            .map(|(added, _)| added)
            .collect();
        let best = candidates
            .iter()
            .copied()
            .max_by_key(|&added| (similarity(name(old), name(list[added])), std::cmp::Reverse(added)));
        let Some(added) = best else { continue };
        // Several equal candidates and no likeness of names: nothing to say.
        if candidates.len() > 1 && similarity(name(old), name(list[added])) < 3 {
            continue;
        }
        taken[added] = true;
        out.push(Rename { removed, added });
    }
    out
}

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
        self.engine.align.same(base, head)
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
