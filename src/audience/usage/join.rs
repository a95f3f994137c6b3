//! Two imports as one: of each count the larger stays, so importing again, in parts or overlapping is safe.
//!
//! Which words of a path are told is decided by each import for itself. Where one tells `/internal/health` and another
//! has the same calls under `/internal/{}`, they are counted once, under the name that is told.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Covered, HOLE, Row, Usage};

/// The most pairs of paths that are laid beside each other of one day and partner; more are left as they are.
const PAIRS: usize = 1_000_000;

/// Paths that may be the same calls told in more or in fewer words: day, source, partner, method, number of segments.
type Kin = (Date, String, Option<String>, String, usize);

/// The counts of a path of one import and of another.
type Both = [[u64; 2]; 2];

impl Usage {
    /// Takes in another import: of each count the larger one stays.
    pub fn join(&mut self, other: Self) {
        let mut covered: BTreeMap<(Date, String), u64> = BTreeMap::new();
        for at in std::mem::take(&mut self.covered).into_iter().chain(other.covered) {
            let requests = covered.entry((at.day, at.source)).or_default();
            *requests = at.requests.max(*requests);
        }
        let covered = covered.into_iter();
        self.covered = covered.map(|((day, source), requests)| Covered { day, source, requests }).collect();
        let mut rows: BTreeMap<Row, Row> = BTreeMap::new();
        let mut kin: BTreeMap<Kin, BTreeMap<String, Both>> = BTreeMap::new();
        for (from, row) in tagged(std::mem::take(&mut self.rows), 0).chain(tagged(other.rows, 1)) {
            if row.api.is_none() {
                kin.entry(kin_of(&row)).or_default().entry(row.operation.clone()).or_default()[from] =
                    [row.count, row.attempts];
            }
            match rows.entry(row.identity()) {
                Entry::Vacant(entry) => drop(entry.insert(row)),
                Entry::Occupied(mut entry) => entry.get_mut().join(row),
            }
        }
        kin.retain(|_, paths| is_told_twice(paths));
        let told: BTreeMap<&Kin, BTreeMap<&str, [u64; 2]>> =
            kin.iter().map(|(kin, paths)| (kin, told_once(paths))).collect();
        self.rows = rows.into_values().filter_map(|row| counted_once(row, &told)).collect();
    }

    /// Makes one row of paths outside the contract that have become the same. Their calls are not.
    pub(in crate::audience) fn add_up(&mut self) {
        let mut rows: BTreeMap<Row, Row> = BTreeMap::new();
        for row in std::mem::take(&mut self.rows) {
            match rows.entry(row.identity()) {
                Entry::Vacant(entry) => drop(entry.insert(row)),
                Entry::Occupied(mut entry) if row.api.is_some() => entry.get_mut().join(row),
                Entry::Occupied(mut entry) => {
                    let one = entry.get_mut();
                    one.count = one.count.saturating_add(row.count);
                    one.attempts = one.attempts.saturating_add(row.attempts);
                    one.ambiguous = one.ambiguous.saturating_add(row.ambiguous);
                }
            }
        }
        self.rows = rows.into_values().collect();
    }

    /// Forgets the days of a source that another import covers.
    pub fn forget(&mut self, other: &Self) {
        let days: BTreeSet<(Date, &str)> = other.covered.iter().map(|at| (at.day, at.source.as_str())).collect();
        self.covered.retain(|at| !days.contains(&(at.day, &at.source)));
        self.rows.retain(|row| !days.contains(&(row.day, &row.source)));
    }
}

impl Row {
    fn join(&mut self, mut other: Self) {
        self.count = self.count.max(other.count);
        self.attempts = self.attempts.max(other.attempts);
        self.ambiguous = self.ambiguous.max(other.ambiguous);
        let (own, others) = (self.unknown_params.clone(), &mut other.unknown_params);
        unexplained(&mut self.unknown_params, others);
        unexplained(others, &own);
        for (names, others) in [(&mut self.params, other.params), (&mut self.unknown_params, other.unknown_params)] {
            for (name, count) in others {
                let known = names.entry(name).or_default();
                *known = count.max(*known);
            }
        }
    }
}

fn tagged(rows: Vec<Row>, from: usize) -> impl Iterator<Item = (usize, Row)> {
    rows.into_iter().map(move |row| (from, row))
}

fn kin_of(row: &Row) -> Kin {
    let (method, path) = row.operation.split_once(' ').unwrap_or_default();
    (row.day, row.source.clone(), row.partner.clone(), method.to_owned(), path.matches('/').count())
}

/// True where both imports have such paths, one of them with a hole, and they are not too many.
fn is_told_twice(paths: &BTreeMap<String, Both>) -> bool {
    let holed = paths.keys().filter(|path| path.contains(HOLE)).count();
    let has = |from: usize| paths.values().any(|both| both[from] != [0, 0]);
    holed > 0 && has(0) && has(1) && holed * paths.len() <= PAIRS
}

/// The counts of paths with holes: what either import has under the path in all, without what is told in more words.
fn told_once(paths: &BTreeMap<String, Both>) -> BTreeMap<&str, [u64; 2]> {
    let mut order: Vec<&str> = paths.keys().map(String::as_str).collect();
    order.sort_by_key(|path| path.matches(HOLE).count());
    let mut out: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for path in order {
        let finer: Vec<&str> = paths.keys().map(String::as_str).filter(|other| covers(path, other)).collect();
        let counts = [0, 1].map(|count| {
            let of = |from: usize| finer.iter().map(|other| paths[*other][from][count]).fold(0, u64::saturating_add);
            let told = finer.iter().filter_map(|other| out.get(other)).map(|told| told[count]);
            of(0).max(of(1)).saturating_sub(told.fold(0, u64::saturating_add))
        });
        out.insert(path, counts);
    }
    out
}

/// True if a path may be another with some words untold; it covers itself.
fn covers(path: &str, other: &str) -> bool {
    let mut pairs = path.split('/').zip(other.split('/'));
    pairs.all(|(part, other)| part == HOLE || part == other)
}

/// A row without the calls that other rows tell in more words; `None` where none are left.
fn counted_once(mut row: Row, told: &BTreeMap<&Kin, BTreeMap<&str, [u64; 2]>>) -> Option<Row> {
    if row.api.is_none()
        && let Some(&[count, attempts]) = told.get(&kin_of(&row)).and_then(|paths| paths.get(row.operation.as_str()))
    {
        (row.count, row.attempts) = (count, attempts);
        return (count > 0 || attempts > 0 || row.ambiguous > 0).then_some(row);
    }
    Some(row)
}

/// Takes from the names that are not told those that another import may tell.
fn unexplained(names: &mut BTreeMap<String, u64>, others: &BTreeMap<String, u64>) {
    let told = others.iter().filter(|(name, _)| !names.contains_key(*name) && *name != HOLE);
    let told = told.map(|(_, count)| *count).fold(0, u64::saturating_add);
    if let Some(count) = names.get_mut(HOLE) {
        *count = count.saturating_sub(told);
        if *count == 0 {
            names.remove(HOLE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(day: &str, source: &str, api: Option<&str>, operation: &str, count: u64) -> Usage {
        let (day, source): (Date, _) = (day.parse().unwrap(), source.to_owned());
        let (api, operation) = (api.map(str::to_owned), operation.to_owned());
        let row = Row { day, source: source.clone(), api, operation, count, ..Row::default() };
        Usage { covered: vec![Covered { day, source, requests: count }], rows: vec![row], ..Usage::default() }
    }

    fn counts(usage: &Usage) -> Vec<u64> {
        usage.rows.iter().map(|row| row.count).collect()
    }

    #[test]
    fn imports_are_joined_in_any_order() {
        let mut usage = Usage::default();
        for (day, source, count) in
            [("2024-07-02", "web", 3), ("2024-07-01", "web", 5), ("2024-07-01", "edge", 7), ("2024-07-01", "web", 2)]
        {
            usage.join(import(day, source, Some("a"), "GET /a", count));
        }
        assert_eq!((counts(&usage), usage.days().len()), (vec![7, 5, 3], 2));
        usage.join(usage.clone());
        assert_eq!(Usage::parse("u.json", &usage.text()), Ok(usage.clone()));
        assert_eq!(counts(&usage), [7, 5, 3]);
        let fewer = import("2024-07-01", "web", Some("a"), "GET /a", 1);
        usage.forget(&fewer);
        usage.join(fewer);
        assert_eq!(counts(&usage), [7, 1, 3]);
    }

    /// One import tells the word, another does not: the calls are the same.
    #[test]
    fn calls_told_in_more_and_in_fewer_words_count_once() {
        for (imports, said) in [
            (vec![("/x/health", 5), ("/x/{}", 5)], vec![("/x/health", 5)]),
            (vec![("/x/health", 5), ("/x/{}", 8)], vec![("/x/health", 5), ("/x/{}", 3)]),
            (vec![("/x/health", 5), ("/{}/{}", 8), ("/x/{}", 7)], vec![("/x/health", 5), ("/x/{}", 2), ("/{}/{}", 1)]),
            (vec![("/x/health", 5), ("/y/{}", 5), ("/x", 5)], vec![("/x", 5), ("/x/health", 5), ("/y/{}", 5)]),
        ] {
            for ix in 0..imports.len() {
                let mut usage = Usage::default();
                for (path, count) in imports.iter().cycle().skip(ix).take(2 * imports.len()) {
                    usage.join(import("2024-07-01", "web", None, &format!("GET {path}"), *count));
                }
                let rows: Vec<(&str, u64)> = usage.rows.iter().map(|row| (&row.operation[4..], row.count)).collect();
                assert_eq!(rows, said);
            }
        }
    }

    #[test]
    fn names_that_one_import_tells_are_not_others_of_another() {
        let names = |text: &str| -> BTreeMap<String, u64> {
            text.split_whitespace()
                .map(|pair| pair.split_once(':').unwrap())
                .map(|(n, c)| (n.to_owned(), c.parse().unwrap()))
                .collect()
        };
        for (one, two, said) in [("per:5", "{}:5", "per:5"), ("{}:7 sort:1", "per:5 sort:2", "per:5 sort:2 {}:2")] {
            for (one, two) in [(one, two), (two, one)] {
                let mut row = Row { unknown_params: names(one), ..Row::default() };
                row.join(Row { unknown_params: names(two), ..Row::default() });
                assert_eq!(row.unknown_params, names(said));
            }
        }
    }
}
