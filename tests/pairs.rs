//! Pairs of small documents with a known truth, by area: `tests/pairs/*.md`.
//!
//! A case is a `##` heading, a `base` and a `head`, and either `expect` (the lines of the catalogue's pages, or nothing;
//! `expect docs` lists those of documentation too)
//! or `worst` (the worst level forth and, if a second word stands there, back). A `schema` block is put into an
//! operation: as what is sent, as what is answered, or both, as the lines of `worst` ask (`request breaking additive`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use preavis::rules::Level;

use crate::harness::{compare, lines, lines_from};

struct Block {
    info: String,
    text: String,
}

struct Case {
    name: String,
    blocks: Vec<Block>,
}

impl Case {
    fn find(&self, word: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.info.split(' ').any(|part| part == word))
    }
}

fn cases(page: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        if let Some(info) = line.strip_prefix("~~~") {
            match open.take() {
                Some(block) => out.last_mut().expect("a heading first").blocks.push(block),
                None => open = Some(Block { info: info.trim().to_owned(), text: String::new() }),
            }
        } else if let Some(block) = &mut open {
            block.text.push_str(line);
            block.text.push('\n');
        } else if let Some(name) = line.strip_prefix("## ") {
            out.push(Case { name: name.to_owned(), blocks: Vec::new() });
        }
    }
    out
}

/// The document of a block; `side` says where a bare schema goes.
fn document(block: &Block, side: &str) -> String {
    let schema = block.info.split(' ').any(|part| part == "schema");
    let version = block.info.split(' ').next_back().filter(|word| word.starts_with("3."));
    let version = version.map_or("3.1.0".to_owned(), |word| format!("{word}.0"));
    let has = |key: &str| !schema && (block.text.contains(&format!("\n{key}")) || block.text.starts_with(key));
    if (!schema && block.text.starts_with('{')) || block.info.split(' ').any(|part| part == "raw") {
        return block.text.clone();
    }
    let mut out = String::new();
    if !has("openapi:") && !has("swagger:") {
        out.push_str(&format!("openapi: {version}\n"));
    }
    if !has("info:") {
        out.push_str("info: {title: Example, version: '1'}\n");
    }
    if !schema {
        return out + &block.text;
    }
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}";
    out.push_str(&match side {
        "request" => format!(
            "paths: {{/orders: {{post: {{requestBody: {{required: true, {content}}}, responses: {{'204': {{description: Done}}}}}}}}}}\n"
        ),
        _ => format!("paths: {{/orders: {{get: {{responses: {{'200': {{description: Done, {content}}}}}}}}}}}\n"),
    });
    out.push_str("components:\n  schemas:\n    Order:\n");
    // What follows a line `---` are further named schemas.
    let mut deep = true;
    for line in block.text.lines() {
        if line == "---" {
            deep = false;
            continue;
        }
        out.push_str(if deep { "      " } else { "    " });
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The worst level and the lines of all changes above `docs`.
fn worst(base: &str, head: &str) -> (String, Vec<String>) {
    let answer = catch_unwind(AssertUnwindSafe(|| lines(&compare(base, head))));
    let Ok(found) = answer else { return ("crash".to_owned(), Vec::new()) };
    let level = ["breaking", "risky", "additive"].into_iter().find(|level| found.iter().any(|l| l.starts_with(level)));
    (level.unwrap_or("none").to_owned(), found)
}

fn run(case: &Case) -> Vec<String> {
    let mut failures = Vec::new();
    let (Some(base), Some(head)) = (case.find("base"), case.find("head")) else {
        return vec![format!("{}: no base or head", case.name)];
    };
    let side_of = |block: &Block| {
        let side = ["request", "response"].into_iter().find(|side| block.info.split(' ').any(|part| part == *side));
        side.unwrap_or("response").to_owned()
    };
    let mut check = |side: &str, forth: &str, back: Option<&str>| {
        let (old, new) = (document(base, side), document(head, side));
        let mut one = |way: &str, from: &str, to: &str, level: &str| {
            let (found, list) = worst(from, to);
            if found != level {
                failures
                    .push(format!("{} [{side} {way}]\n    expected {level}\n    found    {found} {list:?}", case.name));
            }
        };
        one("forth", &old, &new, forth);
        if let Some(back) = back {
            one("back", &new, &old, back);
        }
        for text in [&old, &new] {
            if let Ok(found) = catch_unwind(AssertUnwindSafe(|| lines_from(&compare(text, text), Level::Docs)))
                && !found.is_empty()
                && !found.iter().all(|line| line.contains("reference-unknown"))
            {
                failures.push(format!("{}: a document against itself: {found:?}", case.name));
            }
        }
    };
    if let Some(block) = case.find("worst") {
        for line in block.text.lines() {
            match line.split_whitespace().collect::<Vec<_>>()[..] {
                [side @ ("request" | "response"), forth] => check(side, forth, None),
                [side @ ("request" | "response"), forth, back] => check(side, forth, Some(back)),
                [forth] => check(&side_of(base), forth, None),
                [forth, back] => check(&side_of(base), forth, Some(back)),
                _ => panic!("{}: {line}", case.name),
            }
        }
    }
    if let Some(block) = case.find("expect") {
        let side = side_of(base);
        let mut expected: Vec<&str> = block.text.lines().filter(|line| *line != "none").collect();
        expected.sort_unstable();
        let (old, new) = (document(base, &side), document(head, &side));
        let docs = block.info.split(' ').any(|part| part == "docs");
        let found = if docs { lines_from(&compare(&old, &new), Level::Docs) } else { worst(&old, &new).1 };
        if found != expected {
            failures.push(format!("{}\n    expected {expected:?}\n    found    {found:?}", case.name));
        }
    } else if case.find("worst").is_none() {
        failures.push(format!("{}: nothing expected", case.name));
    }
    failures
}

#[test]
fn pairs_have_their_known_truth() {
    let folder = format!("{}/tests/pairs", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("pairs").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    let (mut failures, mut count) = (Vec::new(), 0);
    for path in paths {
        let page = std::fs::read_to_string(&path).expect("page");
        for case in cases(&page) {
            count += 1;
            let name = path.file_stem().expect("stem").to_string_lossy().into_owned();
            failures.extend(run(&case).into_iter().map(|failure| format!("{name}: {failure}")));
        }
    }
    assert!(failures.is_empty(), "{} failures in {count} cases:\n{}", failures.len(), failures.join("\n"));
}
