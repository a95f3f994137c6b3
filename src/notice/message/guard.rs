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

/// What is wrong with a template: its name, the line where it is known, what.
pub(super) type Fault = (String, Option<usize>, String);

/// Refuses templates whose work is not bounded.
pub(super) fn bounded(texts: &BTreeMap<&str, Template>) -> Result<(), Fault> {
    let mut walk = Walk { texts, open: Vec::new(), known: BTreeMap::new() };
    for (name, template) in texts {
        if walk.steps(name, template)? > STEPS {
            let message = "its loops within loops take too many steps; nest fewer".to_owned();
            return Err(((*name).to_owned(), None, message));
        }
    }
    Ok(())
}

struct Walk<'a> {
    texts: &'a BTreeMap<&'a str, Template>,
    /// The templates on the way to the one that is read.
    open: Vec<&'a str>,
    /// The steps of those that have been read.
    known: BTreeMap<&'a str, u64>,
}

impl<'a> Walk<'a> {
    /// The most steps a template takes, with those it includes.
    fn steps(&mut self, name: &'a str, template: &'a Template) -> Result<u64, Fault> {
        if let Some(steps) = self.known.get(name) {
            return Ok(*steps);
        }
        self.open.push(name);
        let sum = self.within(name, template)?;
        self.open.pop();
        self.known.insert(name, sum);
        Ok(sum)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what the engine may add has no bound that is known")]
    fn within(&mut self, name: &'a str, template: &'a Template) -> Result<u64, Fault> {
        let mut sum = 1_u64;
        for (ix, element) in template.elements.iter().enumerate() {
            let fault = |message: String| Err((name.to_owned(), template.mapping.get(ix).map(|at| at.0), message));
            let more = match element {
                TemplateElement::RawString(_) | TemplateElement::Comment(_) => 1,
                TemplateElement::Expression(_) | TemplateElement::HtmlExpression(_) => 1,
                TemplateElement::HelperBlock(block) => {
                    let mut inside = 1_u64;
                    for part in block.template.iter().chain(&block.inverse) {
                        inside = inside.saturating_add(self.within(name, part)?);
                    }
                    inside.saturating_mul(if block.name.as_name() == Some("each") { LIST } else { 1 })
                }
                TemplateElement::PartialExpression(partial) => {
                    let Some(other) = partial.name.as_name() else {
                        return fault("includes a template whose name is computed".to_owned());
                    };
                    let Some((other, included)) = self.texts.get_key_value(other) else {
                        let names: Vec<&str> = self.texts.keys().copied().collect();
                        return fault(format!("there is no `{other}` to include; the names are {}", names.join(", ")));
                    };
                    if self.open.contains(other) {
                        return fault(format!("includes `{other}`, which includes itself that way"));
                    }
                    self.steps(other, included)?
                }
                _ => return fault("`{{#>` and `{{*` are not supported; use `{{> name}}`".to_owned()),
            };
            sum = sum.saturating_add(more);
        }
        Ok(sum)
    }
}
