//! Whom a change touches (`cases.md`), and which operation a request means.

mod agreement;
mod routes;

use jiff::civil::date;
use preavis::audience::{ChangeView, Covered, Reached, Registry, Row, Usage};
use preavis::contract::Scope;
use preavis::rules::Level;
use serde_json::Value;

use crate::harness::contract;

const CASES: &str = include_str!("cases.md");

/// The fenced block of a kind.
fn block<'t>(text: &'t str, kind: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("~~~{kind}\n"))?;
    rest.split_once("~~~").map(|(inside, _)| inside)
}

fn usage(lines: &str, partner: &str) -> Usage {
    let mut usage = Usage::default();
    for line in lines.lines() {
        let (partner, line) = line.strip_prefix("* ").map_or((Some(partner), line), |rest| (None, rest));
        let words: Vec<&str> = line.split(' ').collect();
        let (days, count): (i64, u64) = (words[2].parse().unwrap(), words[3].parse().unwrap());
        for day in 0..days {
            let day = date(2024, 1, 1).checked_add(jiff::SignedDuration::from_hours(24 * day)).unwrap();
            let source = "logs".to_owned();
            let covered = Covered { day, source: source.clone(), requests: count };
            if !usage.covered.contains(&covered) {
                usage.covered.push(covered);
            }
            usage.rows.push(Row {
                day,
                source,
                api: Some("a".to_owned()),
                operation: words[..2].join(" "),
                partner: partner.map(str::to_owned),
                count,
                params: words[4..].iter().map(|name| ((*name).to_owned(), 1)).collect(),
                ..Row::default()
            });
        }
    }
    usage
}

fn change(line: &str) -> ChangeView<'_> {
    let (head, at) = line.split_once(" @ ").unwrap();
    let words: Vec<&str> = head.split(' ').collect();
    let (operation, spot) = at.split_once(" > ").unwrap();
    let (method, path) = operation.split_once(' ').unwrap();
    let Ok(spot) = spot.parse();
    let side = match words[2] {
        "request" => Scope::Request,
        "response" => Scope::Response,
        _ => Scope::Operation,
    };
    ChangeView {
        rule: words[0],
        level: Level::ALL.into_iter().find(|level| level.as_str() == words[1]).unwrap(),
        side,
        component: Some(words[3]).filter(|name| *name != "-"),
        path: if words[4] == "-" { "" } else { words[4] },
        operations: vec![Reached { method, path, spot: Box::leak(Box::new(spot)) }],
    }
}

#[test]
fn every_case_says_what_is_expected() {
    let api = contract(block(CASES, "yaml contract").unwrap());
    let mut wrong = Vec::new();
    for case in CASES.split("\n## ").skip(1) {
        let registry = Registry::parse([("partner.toml", block(case, "toml").unwrap())]).unwrap();
        let usage = usage(block(case, "usage").unwrap_or(""), registry.partners()[0].slug());
        let audience = registry.audience(&usage, "a", Some(&api), Some(&api));
        let lines: Vec<&str> = block(case, "expect").unwrap().lines().collect();
        for pair in lines.chunks(2) {
            let (_, concern) = audience.concerned(&change(pair[0])).remove(0);
            let said = serde_json::to_value(&concern).unwrap();
            let kinds: Vec<&str> =
                said["reasons"].as_array().unwrap().iter().filter_map(|reason| reason["kind"].as_str()).collect();
            let touched = if concern.touched { "touched" } else { "spared" };
            let said = format!("= {touched} {} {}", concern.evidence.as_str(), kinds.join(" "));
            if said != pair[1] {
                wrong.push(format!("{}\n{}\n{said}\n", pair[0], pair[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reasons_are_data() {
    let api = contract(block(CASES, "yaml contract").unwrap());
    let registry = Registry::parse([("p", "slug = \"p\"\n")]).unwrap();
    let usage = usage("GET /motifs 40 3 page", "p");
    let audience = registry.audience(&usage, "a", Some(&api), None);
    let concern = audience.concerned(&change("x breaking operation - - @ GET /motifs > operation")).remove(0).1;
    let said: Value = serde_json::to_value(&concern.reasons).unwrap();
    let expected = serde_json::json!([{
        "kind": "calls", "operation": "GET /motifs", "evidence": "observed", "count": 120, "attempts": 0, "window": 40,
        "last": "2024-02-09"
    }]);
    assert_eq!(said, expected);
}
