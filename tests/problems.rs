//! What is said of odd spots of a document, by area: `tests/problems/*.md`.
//!
//! A case is a `##` heading, one or more documents, and the problems of each: a line number and a message, or nothing. The
//! versions behind `yaml` (`2.0 3.0 3.1 3.2`) are put in front, each in turn; `{version}` in a message is its name.

use crate::harness::contract;

const NAMES: [(&str, &str, &str); 4] = [
    ("2.0", "swagger: '2.0'", "Swagger 2.0"),
    ("3.0", "openapi: 3.0.4", "OpenAPI 3.0"),
    ("3.1", "openapi: 3.1.1", "OpenAPI 3.1"),
    ("3.2", "openapi: 3.2.0", "OpenAPI 3.2"),
];

/// Line and message of each problem that reading finds.
fn said(text: &str) -> Vec<String> {
    let contract = contract(text);
    let mut out: Vec<(usize, String)> =
        contract.problems.iter().map(|problem| (problem.line, problem.message.clone())).collect();
    out.sort();
    out.iter().map(|(line, message)| format!("{line} {message}")).collect()
}

fn run(page: &str, text: &str) -> (usize, Vec<String>) {
    let (mut count, mut failures) = (0, Vec::new());
    let (mut heading, mut document): (&str, Option<(Vec<&str>, String)>) = ("", None);
    let mut rest = text.lines();
    while let Some(line) = rest.next() {
        if let Some(name) = line.strip_prefix("## ") {
            heading = name;
        }
        let Some(info) = line.strip_prefix("~~~") else { continue };
        let block: Vec<&str> = rest.by_ref().take_while(|line| *line != "~~~").collect();
        if info != "problems" {
            document = Some((info.split(' ').skip(1).collect(), block.join("\n")));
            continue;
        }
        let (versions, body) = document.take().unwrap_or_else(|| panic!("{page}: {heading}: no document"));
        for version in versions {
            let (_, first, name) = NAMES.iter().find(|(word, ..)| *word == version).expect(version);
            let found = said(&format!("{first}\ninfo: {{title: Example, version: '1'}}\n{body}\n"));
            let expected: Vec<String> = block.iter().map(|line| line.replace("{version}", name)).collect();
            count += 1;
            if found != expected {
                let shown = |list: &[String]| list.join("\n      ");
                failures.push(format!(
                    "{page}: {heading} [{version}]\n    expected\n      {}\n    found\n      {}",
                    shown(&expected),
                    shown(&found)
                ));
            }
        }
    }
    (count, failures)
}

#[test]
fn odd_spots_are_told_with_their_lines() {
    let (mut count, mut failures) = (0, Vec::new());
    let folder = format!("{}/tests/problems", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("pages").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().expect("stem").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("page");
        let (of_page, told) = run(&name, &text);
        count += of_page;
        failures.extend(told);
    }
    assert!(count > 0, "no cases");
    assert!(failures.is_empty(), "{} failures in {count} cases:\n{}", failures.len(), failures.join("\n"));
}
