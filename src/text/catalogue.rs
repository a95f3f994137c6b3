//! The texts of every rule and the words of reports, embedded from `templates/texts/`, a table a rule or section.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

use super::arg::{Arg, Args};
use super::filling::{capitalised, fill, fill_several};
use super::lang::Lang;

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

pub(super) fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../templates/texts/en.toml"),
        Lang::Fr => include_str!("../../templates/texts/fr.toml"),
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

/// A word of a section (`ui`, `terms`, `levels`, …); `?` where there is none.
pub fn word(lang: Lang, section: &str, key: &str) -> &'static str {
    texts(lang).get(section, key).unwrap_or("?")
}

/// What changed for several values of one list, in one sentence: how many, and the first of them by name.
pub fn say_several(rule_id: &str, lang: Lang, args: &Args, values: &[Arg]) -> String {
    match texts(lang).get("several", rule_id) {
        Some(template) => capitalised(&fill_several(template, lang, args, values)),
        None => say(rule_id, lang, args),
    }
}

/// What changed, in one sentence without a final dot; an unknown rule says its id.
pub fn say(rule_id: &str, lang: Lang, args: &Args) -> String {
    let Some(page) = page(rule_id, lang) else {
        return rule_id.to_owned();
    };
    // What takes nothing any more has no type to name.
    let empty = matches!(args.get("to"), Some(Arg::Term { term }) if term == "no-value");
    let sentence = texts(lang).get("instead", rule_id).filter(|_| empty).unwrap_or(page.sentence);
    // Reports of before have a variant's value only.
    if let (true, None, Some(Arg::Code(name))) =
        (sentence.contains("{variant}"), args.get("variant"), args.get("value"))
    {
        let variant = Arg::Named { term: "variant-named".to_owned(), name: name.clone() };
        let args: Args = args.clone().into_iter().chain([("variant".to_owned(), variant)]).collect();
        return capitalised(&fill(sentence, lang, &args));
    }
    capitalised(&fill(sentence, lang, args))
}
