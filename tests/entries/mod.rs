//! Which changes one entry speaks for: pairs of documents, and the entries that every output has of them
//! (`tests/entries/cases.md`).
//!
//! A case is a `##` heading, a `base`, a `head` and `expect`: a line an entry, `LEVEL PARTS OPERATIONS sentence`, behind it
//! the other sentences and the hint, set apart by ` | `.

use std::fs;

use jiff::civil::date;
use preavis::compare::Options;
use preavis::config::Config;
use preavis::report::{Change, Report, said};
use preavis::text::Lang;

/// Name, base, head and expected entries of each case.
fn cases() -> Vec<(String, [String; 3])> {
    let page = include_str!("cases.md");
    let block = |text: &str, name: &str| {
        let from = text.find(&format!("~~~{name}\n")).expect("a block") + name.len() + 4;
        text[from..].split("~~~").next().expect("its end").to_owned()
    };
    let case = |text: &str| {
        let (name, rest) = text.split_once('\n').expect("a heading");
        (name.to_owned(), ["base", "head", "expect"].map(|it| block(rest, it)))
    };
    page.split("\n## ").skip(1).map(case).collect()
}

fn report(base: &str, head: &str) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{text}")).expect("written");
        path
    };
    let (base, head) = (file("base.yaml", base), file("head.yaml", head));
    preavis::compare(base, head, &Config::default(), &Options::new(date(2027, 3, 1))).expect("compared").report
}

fn line(change: &Change) -> String {
    let mut said = said(Lang::En, change).into_iter().map(|said| said.sentence);
    let head = format!("{} {} {}", change.level.as_str(), change.parts.len().max(1), change.operations_total);
    let hint = change.hint.as_ref().map(|hint| if hint.perhaps { "perhaps" } else { "renamed" }.to_owned());
    let words: Vec<String> = said.by_ref().chain(hint).collect();
    format!("{head} {}", words.join(" | "))
}

#[test]
fn one_cause_is_one_entry() {
    let mut wrong = Vec::new();
    for (name, [base, head, expect]) in cases() {
        let entries = report(&base, &head).in_entries(Lang::En);
        let found: Vec<String> = entries.apis[0].changes.iter().map(line).collect();
        if found.join("\n") != expect.trim() {
            wrong.push(format!("## {name}\n{}", found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is joined is all there, each change once, and is not joined again.
#[test]
fn nothing_is_lost_or_told_twice() {
    for (name, [base, head, _]) in cases() {
        let single = report(&base, &head);
        let entries = single.in_entries(Lang::En);
        let ids = |report: &Report| {
            let all = report.apis.iter().flat_map(|api| &api.changes).flat_map(Change::fingerprints);
            let mut all: Vec<String> = all.map(str::to_owned).collect();
            all.sort();
            all
        };
        assert_eq!(ids(&entries), ids(&single), "{name}");
        assert_eq!(entries.in_entries(Lang::En), entries, "{name}");
        assert_eq!(entries.verdict, single.verdict, "{name}");
        let single = single.summary;
        if let Some(occurrences) = entries.summary.occurrences {
            assert_eq!(occurrences, single.into(), "{name}");
        } else {
            assert_eq!(entries.summary, single, "{name}");
        }
    }
}
