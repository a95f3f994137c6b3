//! What was judged, as it is said: an entry a cause, answered where all that it speaks for is.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::check::Wait;
use super::{Answer, Check, Judged};
use crate::report::{ApiReport, Change};
use crate::text::Lang;

/// How the changes of an entry are judged together.
pub struct Together {
    /// As one: the worst level, everyone whom it touches and waits for. Where something is open, its answer is that of the
    /// first change that is.
    pub judged: Judged,
    /// What else answers changes of it.
    pub others: Vec<Answer>,
    /// The fingerprints of what is open, where the rest is answered.
    pub open: Vec<String>,
}

impl Check {
    /// An API of the report with one entry a cause, and of each entry how it is judged; `None` where it need not be
    /// answered.
    pub fn entries(&self, api: usize, lang: Lang) -> (ApiReport, Vec<Option<Together>>) {
        let report = &self.report.apis[api];
        let here = self.judged.iter().filter(|judged| judged.at.0 == api);
        let judged: FxHashMap<&str, &Judged> = here.map(|it| (&*report.changes[it.at.1].fingerprint, it)).collect();
        let entries = report.in_entries(lang, &|_| ());
        let together = entries.changes.iter().map(|entry| Together::of(entry, &judged)).collect();
        (entries, together)
    }
}

impl Together {
    fn of(entry: &Change, judged: &FxHashMap<&str, &Judged>) -> Option<Self> {
        let parts = entry.fingerprints().filter_map(|id| judged.get(id).map(|judged| (id, *judged)));
        let (open, answered): (Vec<_>, Vec<_>) = parts.partition(|(_, judged)| judged.is_open());
        let all: Vec<&Judged> = open.iter().chain(&answered).map(|(_, judged)| *judged).collect();
        let first = *all.first()?;
        let answer = united_answer(first, &all);
        let answers = all.iter().filter_map(|judged| judged.answer.as_ref());
        let others = answers.filter(|other| answer.as_ref().is_none_or(|first| !first.is_alike(other)));
        let mut distinct: Vec<Answer> = Vec::new();
        for other in others {
            distinct.extend((!distinct.iter().any(|known| known.is_alike(other))).then(|| other.clone()));
        }
        let partly = !answered.is_empty();
        Some(Self {
            others: distinct,
            open: open.into_iter().filter(|_| partly).map(|(id, _)| id.to_owned()).collect(),
            judged: Judged {
                at: first.at,
                level: all.iter().map(|judged| judged.level).min().unwrap_or(first.level),
                answer,
                waits: waits(&all),
                partners: united(all.iter().flat_map(|judged| &judged.partners)),
                public: all.iter().any(|judged| judged.public),
            },
        })
    }
}

/// The answer of the first, with the operations that the same notice leaves open of any.
fn united_answer(first: &Judged, all: &[&Judged]) -> Option<Answer> {
    let mut out = first.answer.clone()?;
    let alike = all.iter().filter_map(|judged| judged.answer.as_ref()).filter(|answer| answer.is_alike(&out));
    let left = united(alike.flat_map(Answer::open_operations));
    if let Answer::Notice { open_operations, .. } = &mut out {
        *open_operations = left;
    }
    Some(out)
}

/// Each partner once, with the latest day.
fn waits(all: &[&Judged]) -> Vec<Wait> {
    let mut latest: BTreeMap<Option<&String>, &Wait> = BTreeMap::new();
    for wait in all.iter().flat_map(|judged| &judged.waits) {
        let known = latest.entry(wait.partner.as_ref()).or_insert(wait);
        *known = (*known).max(wait);
    }
    let mut out: Vec<Wait> = latest.into_values().cloned().collect();
    out.sort();
    out
}

fn united<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    names.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}
