//! Pairs of schemas whose containment is known, keyword by keyword: `*.txt` beside this file.
//!
//! A line is two schemas with a relation between them: `=` each takes what the other sends, `<` the left one is within
//! the right one and not the other way round, `#` neither is within the other. Truth is that of closed producers. Each
//! direction is asked as a request; none may be answered wrongly, and few may be left open.

use preavis::contract::{Grade, Run, Scope};
use preavis::diff::{self, Options};

use crate::harness::{TODAY, contract};

mod covers;

/// What a comparison says of "all that the first sends the second takes".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
    Within,
    Not,
    Open,
}

/// The document of one request body.
fn document(version: &str, schema: &str) -> String {
    format!(
        r#"{{"openapi": "{version}", "info": {{"title": "Pair", "version": "1"}}, "paths": {{"/s": {{"post": {{
        "requestBody": {{"required": true, "content": {{"application/json": {{"schema": {schema}}}}}}},
        "responses": {{"204": {{"description": "Done"}}}}}}}}}}}}"#
    )
}

/// What the comparison of two schemas says of the first being within the second.
pub(crate) fn ask(version: &str, sub: &str, sup: &str) -> Answer {
    let [base, head] = [sub, sup].map(|schema| contract(&document(version, schema)));
    let changes = diff::compare(&base, &head, &Options::on(TODAY));
    let losses = changes.list.iter().filter(|change| change.scope == Scope::Request).flat_map(|change| &change.losses);
    let grades: Vec<Grade> = losses.filter(|(run, _)| *run == Run::Forward).map(|(_, grade)| *grade).collect();
    if grades.iter().any(|grade| matches!(grade, Grade::Value | Grade::Shape)) {
        Answer::Not
    } else if grades.contains(&Grade::Undecided) {
        Answer::Open
    } else {
        Answer::Within
    }
}

#[test]
fn containment_is_never_wrong_and_seldom_open() {
    let folder = format!("{}/tests/containment", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("containment").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    let (mut wrong, mut open, mut count) = (Vec::new(), Vec::new(), 0);
    for path in paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        let name = path.file_stem().expect("stem").to_string_lossy().into_owned();
        let version = if name.ends_with("30") { "3.0.3" } else { "3.1.0" };
        let page = std::fs::read_to_string(&path).expect("page");
        for line in page.lines().filter(|line| line.starts_with(['{', 't', 'f'])) {
            let (left, relation, right) = [" = ", " < ", " # "]
                .into_iter()
                .find_map(|relation| line.split_once(relation).map(|(left, right)| (left, relation.trim(), right)))
                .unwrap_or_else(|| panic!("{name}: {line}"));
            for (sub, sup, truth) in [(left, right, relation != "#"), (right, left, relation == "=")] {
                count += 1;
                let told = || format!("{name}: {sub}  within  {sup}: {truth}");
                match ask(version, sub, sup) {
                    Answer::Open => open.push(told()),
                    answer if (answer == Answer::Within) != truth => wrong.push(told()),
                    Answer::Within | Answer::Not => {}
                }
            }
        }
    }
    let decided = count - open.len();
    eprintln!("{count} directed pairs, {decided} decided, {} wrong\nopen:\n{}", wrong.len(), open.join("\n"));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(decided * 100 >= count * 97, "{decided} of {count} decided");
}
