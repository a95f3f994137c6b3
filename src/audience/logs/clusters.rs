//! Rows while logs are read, and paths outside the contract, of which only words that are no values may stay.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

/// More different words than these at one place of a path are values.
const FAN: usize = 20;

/// Day, API by index (or their number, for none), partner by index, operation.
pub(super) type Key = (Date, usize, Option<usize>, String);

/// What is added up.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) calls: u64,
    pub(super) attempts: u64,
    /// Calls that may have been these, or others.
    pub(super) ambiguous: u64,
    pub(super) params: BTreeMap<String, u64>,
    pub(super) unknown: BTreeMap<String, u64>,
}

impl Sum {
    pub(super) fn add(&mut self, is_attempt: bool) {
        let number = if is_attempt { &mut self.attempts } else { &mut self.calls };
        *number += 1;
    }

    pub(super) fn total(&self) -> u64 {
        self.calls + self.attempts
    }
}

/// The rows of paths outside the contract, with `{}` in each place where too many words were seen for anything but values.
pub(super) fn folded(mut rows: BTreeMap<Key, Sum>, is_known: impl Fn(&str) -> bool) -> BTreeMap<Key, Sum> {
    let deepest = rows.keys().map(|(.., path)| path.matches('/').count()).max().unwrap_or(0);
    for depth in 1..=deepest {
        let mut fans: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (.., path) in rows.keys() {
            let Some((before, word, _)) = cut(path, depth) else { continue };
            if !is_known(word) {
                fans.entry(before.to_owned()).or_default().insert(word.to_owned());
            }
        }
        fans.retain(|_, words| words.len() > FAN);
        if fans.is_empty() {
            continue;
        }
        for ((day, api, partner, path), sum) in std::mem::take(&mut rows) {
            let path = match cut(&path, depth) {
                Some((before, word, after)) if fans.get(before).is_some_and(|fan| fan.contains(word)) => {
                    format!("{before}/{{}}{after}")
                }
                _ => path,
            };
            let row = rows.entry((day, api, partner, path)).or_default();
            row.calls += sum.calls;
            row.attempts += sum.attempts;
        }
    }
    rows
}

/// What stands before, in, and after the segment at a depth, from 1.
fn cut(path: &str, depth: usize) -> Option<(&str, &str, &str)> {
    let start = path.match_indices('/').nth(depth - 1)?.0;
    let rest = &path[start + 1..];
    let end = rest.find('/').unwrap_or(rest.len());
    Some((&path[..start], &rest[..end], &rest[end..]))
}
