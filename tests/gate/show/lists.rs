//! `JUnit` and Code Quality, read back by other parsers.

use std::collections::BTreeSet;

use preavis::gate::show::{CheckReport, Format, Options, render};
use roxmltree::Node;
use serde_json::Value;

/// A case of a `JUnit` file.
#[derive(Clone, Default, Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) class: String,
    pub(super) fails: bool,
    pub(super) text: String,
}

/// The cases, which the counts of the file agree with.
pub(super) fn cases(text: &str) -> Vec<Case> {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let (suites, suite) = (document.root_element(), document.root_element().first_element_child().expect("a suite"));
    assert_eq!((suites.tag_name().name(), suite.tag_name().name()), ("testsuites", "testsuite"));
    let attribute =
        |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap_or_else(|| panic!("{name}")).to_owned();
    let case = |node: Node<'_, '_>| {
        assert_eq!(node.tag_name().name(), "testcase");
        let inside = node.first_element_child().expect("what is said of it");
        assert!(["failure", "system-out"].contains(&inside.tag_name().name()), "{inside:?}");
        Case {
            name: attribute(node, "name"),
            class: attribute(node, "classname"),
            fails: inside.has_tag_name("failure"),
            text: inside.text().unwrap_or_default().to_owned(),
        }
    };
    let out: Vec<Case> = suite.children().filter(Node::is_element).map(case).collect();
    let failures = out.iter().filter(|case| case.fails).count().to_string();
    for node in [suites, suite] {
        assert_eq!((attribute(node, "tests"), attribute(node, "failures")), (out.len().to_string(), failures.clone()));
    }
    let names: BTreeSet<(&str, &str)> = out.iter().map(|case| (case.class.as_str(), case.name.as_str())).collect();
    assert_eq!(names.len(), out.len(), "GitLab keeps the first of a name only");
    out
}

/// The entries of a Code Quality file, each of a form that GitLab takes.
pub(super) fn entries(text: &str) -> Vec<Value> {
    assert!(!text.starts_with('\u{feff}'), "GitLab takes no byte order mark");
    let all: Vec<Value> = serde_json::from_str(text).expect("a list");
    for entry in &all {
        let text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        for field in ["description", "check_name", "fingerprint"] {
            assert!(text(&entry[field]), "{field} of {entry}");
        }
        let severity = entry["severity"].as_str().unwrap_or_default();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{entry}");
        assert!(text(&entry["location"]["path"]), "{entry}");
        assert!(entry["location"]["lines"]["begin"].as_u64() >= Some(1), "{entry}");
    }
    let ids: BTreeSet<&str> = all.iter().filter_map(|entry| entry["fingerprint"].as_str()).collect();
    assert_eq!(ids.len(), all.len(), "equal fingerprints collapse");
    all
}

#[test]
fn one_change_of_two_apis_stays_two() {
    let options = Options::default();
    let mut report = CheckReport::of(&super::sample::pull_request(), &options);
    let twin = report.apis[0].clone();
    report.apis.push(super::sample::renamed(twin, "other"));
    let entries = entries(&render(&report, Format::CodeQuality, &options));
    let cases = cases(&render(&report, Format::Junit, &options));
    assert_eq!((entries.len(), cases.len()), (5, 9));
    let said =
        |fails: bool, word: &str| cases.iter().filter(|case| case.fails == fails && case.text.contains(word)).count();
    assert_eq!(
        (said(true, "preavis accept pv1-"), said(false, "preavis accept"), said(false, "ccepted by Camille")),
        (4, 0, 2)
    );
}
