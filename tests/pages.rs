//! The examples of the catalogue: each page of `tests/rules/` is run, and the whole catalogue may answer.

use preavis::rules::Level;

use crate::harness::{compare, contract, lines_from};

/// One fenced block of a page: what its first line says, and its text.
struct Block {
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (line.strip_prefix("~~~"), &mut open) {
            (Some(_), Some(_)) => out.extend(open.take()),
            (Some(info), None) => open = Some(Block { info: info.trim().to_owned(), text: String::new() }),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    out
}

/// The document of a block: as written, or a schema put into an operation.
fn document(rule: &str, block: &Block) -> Option<String> {
    if block.text.trim().is_empty() {
        return None;
    }
    let mut out = String::new();
    let schema = block.info.contains("schema");
    let version = if block.info.ends_with("3.0") { "3.0.3" } else { "3.1.0" };
    if schema || !block.text.lines().any(|line| line.starts_with("openapi:") || line.starts_with("swagger:")) {
        out.push_str(&format!("openapi: {version}\n"));
    }
    if schema || !block.text.lines().any(|line| line.starts_with("info:")) {
        out.push_str("info: {title: Example, version: '1'}\n");
    }
    if !schema {
        return Some(out + &block.text);
    }
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}";
    if rule.starts_with("request-") {
        out.push_str(&format!("paths: {{/orders: {{post: {{requestBody: {{{content}}}, responses: {{'204': {{description: Done}}}}}}}}}}\n"));
    } else {
        out.push_str(&format!(
            "paths: {{/orders: {{get: {{responses: {{'200': {{description: Done, {content}}}}}}}}}}}\n"
        ));
    }
    out.push_str("components:\n  schemas:\n    Order:\n");
    for line in block.text.lines() {
        out.push_str(&format!("      {line}\n"));
    }
    Some(out)
}

fn run(rule: &str, page: &str) -> Result<(), String> {
    let blocks = blocks(page);
    let find = |word: &str| {
        blocks.iter().find(|block| block.info.split(' ').any(|part| part == word)).ok_or(format!("{rule}: no {word}"))
    };
    let (base, head) = (document(rule, find("base")?), document(rule, find("head")?));
    let expected: Vec<&str> = find("expect")?.text.lines().collect();
    let changes = match (&base, &head) {
        (None, Some(head)) => preavis::diff::appeared(&contract(head)),
        (Some(base), None) => preavis::diff::vanished(&contract(base)),
        (Some(base), Some(head)) => compare(base, head),
        (None, None) => return Err(format!("{rule}: two empty documents")),
    };
    let least = if expected.iter().all(|line| line.starts_with("docs")) { Level::Docs } else { Level::Additive };
    let found = lines_from(&changes, least);
    for text in [base, head].into_iter().flatten() {
        let silent = lines_from(&compare(&text, &text), Level::Docs);
        let undecided = rule.ends_with("reference-unknown");
        if !silent.is_empty() && !undecided {
            return Err(format!("{rule}: a document against itself: {silent:?}"));
        }
    }
    if found == expected { Ok(()) } else { Err(format!("{rule}:\n  expected {expected:?}\n  found    {found:?}")) }
}

#[test]
fn each_page_shows_its_rule() {
    let mut failures = Vec::new();
    for rule in preavis::rules::catalogue() {
        let path = format!("{}/tests/rules/{}.md", env!("CARGO_MANIFEST_DIR"), rule.id);
        let page = std::fs::read_to_string(&path).unwrap_or_default();
        failures.extend(run(rule.id, &page).err());
    }
    assert!(failures.is_empty(), "{} pages fail:\n{}", failures.len(), failures.join("\n"));
}
