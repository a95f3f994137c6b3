//! `preavis rules`: the catalogue, and the page of one rule with its example.

use std::fmt::Write as _;
use std::io::Write;

use include_dir::{Dir, include_dir};
use serde_json::{Value, json};

use super::args::{Listing, RulesArgs};
use super::error::CliError;
use super::exit::Exit;
use super::output;
use super::session;
use super::surroundings::Surroundings;
use crate::rules::{self, Rule, Weigh};
use crate::text::{self, Lang, RuleTexts, word};

/// The pages of the rules; tests run every example.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/rules");

pub(super) fn run(args: &RulesArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let lang = session::lang(&args.common, surroundings);
    let text = match (&args.id, args.format) {
        (None, Listing::Text) => list(lang),
        (None, Listing::Json) => pretty(&rules::catalogue().map(|rule| row(rule, lang)).collect()),
        (Some(id), format) => {
            let unknown = || CliError::UnknownRule { id: id.clone(), near: rules::nearest(id) };
            let rule = rules::find(id).ok_or_else(unknown)?;
            if format == Listing::Json { pretty(&whole(rule, lang)) } else { page(rule, lang) }
        }
    };
    output::write(out, &text)?;
    Ok(Exit::Clear)
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn texts(rule: &Rule, lang: Lang) -> RuleTexts {
    let none = RuleTexts { title: rule.id, sentence: "", explanation: "", advice: "" };
    text::page(rule.id, lang).unwrap_or(none)
}

fn level(rule: &Rule, lang: Lang) -> &'static str {
    match rule.weigh {
        Weigh::Is(level) => word(lang, "levels", level.as_str()),
        Weigh::Read => word(lang, "ui", "by-loss"),
    }
}

fn list(lang: Lang) -> String {
    let rows: Vec<[&str; 3]> =
        rules::catalogue().map(|rule| [rule.id, level(rule, lang), texts(rule, lang).title]).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (ids, levels) = (width(0), width(1));
    rows.iter().fold(String::new(), |mut out, [id, level, title]| {
        let _ = writeln!(out, "{id:ids$}  {level:levels$}  {title}");
        out
    })
}

fn page(rule: &Rule, lang: Lang) -> String {
    let RuleTexts { title, explanation, advice, .. } = texts(rule, lang);
    let (facet, action, side) = rule.on;
    let side = json!(side);
    let side = word(lang, "sides", side.as_str().unwrap_or_default());
    let ui = |key| word(lang, "ui", key);
    let mut out = format!("{title} ({})\n\n", rule.id);
    let facts = [
        (ui("level"), level(rule, lang).to_owned()),
        (ui("change"), format!("{}-{}", facet.as_str(), action.as_str())),
        (ui("side"), side.to_owned()),
    ];
    let width = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, fact) in facts {
        let _ = writeln!(out, "  {name:width$}  {fact}");
    }
    let _ =
        write!(out, "\n{}\n{}\n\n{}\n{}\n", ui("explanation"), indented(explanation), ui("advice"), indented(advice));
    if let Some(example) = example(rule.id) {
        let _ = write!(out, "\n{}\n{}\n", ui("example"), indented(&example.prose));
        for (name, text) in [("before", &example.base), ("after", &example.head)] {
            let none = word(lang, "terms", "nothing");
            let text = if text.trim().is_empty() { none } else { text };
            let _ = write!(out, "\n  {}\n{}\n", ui(name), set(text, "      "));
        }
    }
    out
}

fn row(rule: &Rule, lang: Lang) -> Value {
    let (facet, action, side) = rule.on;
    let level = match rule.weigh {
        Weigh::Is(level) => json!(level),
        Weigh::Read => Value::Null,
    };
    let change = format!("{}-{}", facet.as_str(), action.as_str());
    json!({"id": rule.id, "level": level, "change": change, "side": side, "title": texts(rule, lang).title})
}

fn whole(rule: &Rule, lang: Lang) -> Value {
    let mut value = row(rule, lang);
    let RuleTexts { explanation, advice, .. } = texts(rule, lang);
    let example = example(rule.id).map(|it| json!({"text": it.prose, "before": it.base, "after": it.head}));
    if let Value::Object(fields) = &mut value {
        let more = [("explanation", json!(explanation)), ("advice", json!(advice)), ("example", json!(example))];
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    value
}

/// The example of a rule: what happens, and the two fragments.
#[derive(Default, PartialEq, Debug)]
struct Example {
    prose: String,
    base: String,
    head: String,
}

fn example(id: &str) -> Option<Example> {
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

/// Prose in lines of readable length.
fn indented(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column == 0 {
            out.push_str("  ");
        } else if column + length > 90 {
            out.push_str("\n  ");
            column = 0;
        } else {
            out.push(' ');
        }
        out.push_str(word);
        column += length + 1;
    }
    out
}

fn set(text: &str, indent: &str) -> String {
    text.trim_end().lines().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

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
