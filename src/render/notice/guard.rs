//! Templates of others are run only if their work has a bound: no partial within itself, no loops without end.

use std::collections::BTreeMap;

use handlebars::Template;
use handlebars::template::TemplateElement;

/// The most bytes of a template.
const LONG: usize = 64 * 1024;
/// How deep blocks may stand in each other, and brackets in a tag: the parser recurses.
const DEEP: usize = 16;
/// How many items a list is taken to have; views cut their lists of facts and passages shorter.
const LIST: u64 = 50;
/// The most steps of one message.
const STEPS: u64 = 10_000_000;

/// Refuses what the parser could not read within its stack; with the line, from 1.
pub(super) fn shallow(text: &str) -> Result<(), (Option<usize>, String)> {
    if text.len() > LONG {
        return Err((None, format!("longer than {LONG} bytes")));
    }
    let mut blocks = 0_usize;
    for (at, _) in text.match_indices("{{") {
        let tag = text[at..].trim_start_matches('{').trim_start_matches(['~', ' ']);
        let tag = tag.split("}}").next().unwrap_or(tag);
        match tag.as_bytes().first() {
            Some(b'#') => blocks += 1,
            Some(b'/') => blocks = blocks.saturating_sub(1),
            _ => {}
        }
        let mut brackets = 0_usize;
        let deepest = tag.bytes().fold(0, |deepest, byte| {
            match byte {
                b'(' | b'[' | b'{' => brackets += 1,
                b')' | b']' | b'}' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            deepest.max(brackets)
        });
        if blocks.max(deepest) > DEEP {
            let line = text[..at].matches('\n').count() + 1;
            return Err((Some(line), format!("nested deeper than {DEEP}")));
        }
    }
    Ok(())
}

/// Refuses templates whose work is not bounded; with the name of the template.
pub(super) fn bounded(texts: &BTreeMap<&str, Template>) -> Result<(), (String, String)> {
    let mut known = BTreeMap::new();
    for name in texts.keys() {
        let steps = steps(texts, name, &mut Vec::new(), &mut known)?;
        if steps > STEPS {
            return Err(((*name).to_owned(), "its loops within loops take too many steps; nest fewer".to_owned()));
        }
    }
    Ok(())
}

type Known<'a> = BTreeMap<&'a str, u64>;

/// The most steps a template takes, with those it includes; `open` are the templates on the way to it.
fn steps<'a>(
    texts: &'a BTreeMap<&str, Template>,
    name: &'a str,
    open: &mut Vec<&'a str>,
    known: &mut Known<'a>,
) -> Result<u64, (String, String)> {
    if let Some(steps) = known.get(name) {
        return Ok(*steps);
    }
    if open.contains(&name) {
        return Err((name.to_owned(), "includes itself".to_owned()));
    }
    let Some(template) = texts.get(name) else {
        let names: Vec<&str> = texts.keys().copied().collect();
        let from = open.last().map_or(name, |from| from).to_owned();
        return Err((from, format!("includes `{name}`, which is not there; the names are {}", names.join(", "))));
    };
    open.push(name);
    let sum = within(texts, name, template, open, known)?;
    open.pop();
    known.insert(name, sum);
    Ok(sum)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the engine may add elements, and none of those is known to have a bound"
)]
fn within<'a>(
    texts: &'a BTreeMap<&str, Template>,
    name: &str,
    template: &'a Template,
    open: &mut Vec<&'a str>,
    known: &mut Known<'a>,
) -> Result<u64, (String, String)> {
    let mut sum = 1_u64;
    for element in &template.elements {
        let more = match element {
            TemplateElement::RawString(_) | TemplateElement::Comment(_) => 1,
            TemplateElement::Expression(_) | TemplateElement::HtmlExpression(_) => 1,
            TemplateElement::HelperBlock(block) => {
                let mut inside = 1_u64;
                for part in block.template.iter().chain(&block.inverse) {
                    inside = inside.saturating_add(within(texts, name, part, open, known)?);
                }
                let times = if block.name.as_name() == Some("each") { LIST } else { 1 };
                inside.saturating_mul(times)
            }
            TemplateElement::PartialExpression(partial) => match partial.name.as_name() {
                Some(other) => steps(texts, other, open, known)?,
                None => return Err((name.to_owned(), "includes a template whose name is computed".to_owned())),
            },
            // Inline partials, blocks handed to partials, and what the engine may add.
            _ => {
                return Err((name.to_owned(), "`{{#>` and `{{*` are not supported; use `{{> name}}`".to_owned()));
            }
        };
        sum = sum.saturating_add(more);
    }
    Ok(sum)
}
