//! The example of a rule, read from its page.

use include_dir::{Dir, include_dir};

/// The pages of the rules; tests run every example.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/rules");

/// The example of a rule: what happens, and the two fragments.
#[derive(Default, PartialEq, Debug)]
pub(super) struct Example {
    pub(super) prose: String,
    pub(super) base: String,
    pub(super) head: String,
}

pub(super) fn example(id: &str) -> Option<Example> {
    PAGES.get_file(format!("{id}.md"))?.contents_utf8().map(read)
}

/// Reads a page: a heading, prose, and fragments fenced by tildes.
fn read(page: &str) -> Example {
    let mut example = Example::default();
    let mut fence: Option<&str> = None;
    for line in page.lines().skip_while(|line| line.starts_with("# ")) {
        if let Some(info) = line.strip_prefix("~~~") {
            fence = if fence.is_none() { info.split(' ').nth(1).or(Some("")) } else { None };
            continue;
        }
        let part = match fence {
            None => &mut example.prose,
            Some("base") => &mut example.base,
            Some("head") => &mut example.head,
            Some(_) => continue,
        };
        part.push_str(line);
        part.push('\n');
    }
    example.prose = example.prose.trim().to_owned();
    example
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_rule_has_a_page() {
        for rule in rules::catalogue() {
            let example = example(rule.id).unwrap_or_else(|| panic!("no page {}", rule.id));
            assert!(!example.prose.is_empty() && example.base != example.head, "{}", rule.id);
            assert!(!example.prose.contains("~~~"), "{}", rule.id);
        }
    }

    #[test]
    fn a_page_is_prose_and_two_fragments() {
        let page = "# id\n\nIt\nbroke.\n\n~~~yaml base schema\na: 1\n~~~\n\n~~~yaml head schema\na: 2\n~~~\n\n~~~expect\nx\n~~~\n";
        let (base, head) = ("a: 1\n".to_owned(), "a: 2\n".to_owned());
        assert_eq!(read(page), Example { prose: "It\nbroke.".to_owned(), base, head });
    }
}
