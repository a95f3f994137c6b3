//! What preavis says: the texts of every rule and the words of reports, in each language, embedded from `templates/texts/`.
//!
//! Pure lookups and filling of named placeholders; names of the contract come out as Markdown inline code. Nothing here
//! decides what is said, and nothing fails: what is missing stays visible in the output, and tests exclude it.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::diff::{Arg, Args};

pub use words::{counted, date, full_date, number, spot};

#[cfg(test)]
mod tests;
mod words;

/// A language that preavis speaks.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The code as options, configuration and HTML write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

/// A language that preavis does not speak.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("unknown language `{given}`: use `en` or `fr`")]
pub struct UnknownLang {
    /// What was asked for.
    pub given: String,
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == text).ok_or_else(|| UnknownLang { given: text.to_owned() })
    }
}

/// The texts of one language: tables by rule id or section, of texts by key.
#[derive(Default, Debug)]
pub struct Texts {
    tables: BTreeMap<String, BTreeMap<String, String>>,
}

impl Texts {
    fn read(source: &str) -> Self {
        Self { tables: toml::from_str(source).unwrap_or_default() }
    }

    /// The text under a key of a table.
    pub fn get(&self, table: &str, key: &str) -> Option<&str> {
        self.tables.get(table)?.get(key).map(String::as_str)
    }

    /// The tables' names and their texts by key, sorted.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
        self.tables.iter().map(|(name, table)| (name.as_str(), table))
    }
}

/// What is said of one rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct RuleTexts {
    /// The kind of change, in a few words.
    pub title: &'static str,
    /// What changed, with placeholders.
    pub sentence: &'static str,
    /// Who is hurt and how, and why the level is what it is.
    pub explanation: &'static str,
    /// What to do.
    pub advice: &'static str,
}

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../../templates/texts/en.toml"),
        Lang::Fr => include_str!("../../../templates/texts/fr.toml"),
    }
}

/// All texts of a language, parsed at first use.
pub fn texts(lang: Lang) -> &'static Texts {
    static EN: OnceLock<Texts> = OnceLock::new();
    static FR: OnceLock<Texts> = OnceLock::new();
    let cell = match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
    };
    cell.get_or_init(|| Texts::read(source(lang)))
}

/// What is said of a rule, with the placeholders unfilled; `None` for an unknown id.
pub fn page(rule_id: &str, lang: Lang) -> Option<RuleTexts> {
    let texts = texts(lang);
    Some(RuleTexts {
        title: texts.get(rule_id, "title")?,
        sentence: texts.get(rule_id, "sentence")?,
        explanation: texts.get(rule_id, "explanation")?,
        advice: texts.get(rule_id, "advice")?,
    })
}

/// What changed, in one sentence without a final dot; an unknown rule says its id.
pub fn say(rule_id: &str, lang: Lang, args: &Args) -> String {
    let Some(texts) = page(rule_id, lang) else {
        return rule_id.to_owned();
    };
    capitalised(&fill(texts.sentence, lang, args))
}

/// The text with its first letter as a capital.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// A word of a section (`ui`, `terms`, `levels`, …); `?` where there is none.
pub fn word(lang: Lang, section: &str, key: &str) -> &'static str {
    texts(lang).get(section, key).unwrap_or("?")
}

/// A template with its `{name}` placeholders replaced; a placeholder without an argument stays as it is.
pub fn fill(template: &str, lang: Lang, args: &Args) -> String {
    expand(template, |name| args.get(name).map(|arg| shown(arg, lang)))
}

/// Replaces in one pass, so that braces inside a value (`/x/{id}`) are never taken for placeholders.
fn expand(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}').and_then(|(name, tail)| Some((value(name)?, tail)));
        if let Some((text, tail)) = found {
            out.push_str(&text);
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn shown(arg: &Arg, lang: Lang) -> String {
    match arg {
        Arg::Code(text) => code(text),
        Arg::Count(count) => number(lang, *count),
        Arg::Term { term } => match texts(lang).get("terms", term) {
            Some(said) => said.to_owned(),
            None => term.parse().map_or_else(|_| code(term), |day| date(lang, day)),
        },
        Arg::Spot { path, spot } => words::place(lang, path, spot),
    }
}

/// How many characters of a value a sentence shows; before and after hold the whole.
const SHOWN: usize = 120;

/// Markdown inline code: on one line, the fence longer than any run of backticks inside.
fn code(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let mut line: String =
        text.chars().take(SHOWN).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().nth(SHOWN).is_some() {
        line.push('…');
    }
    let longest = line.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let clings = |edge: Option<char>| matches!(edge, Some('`' | ' '));
    let pad = if clings(line.chars().next()) || clings(line.chars().last()) { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}
