//! The words of messages: labels that templates use by name, and phrases of the section `notices`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::view::LevelWord;
use crate::render::excerpt::clip;
use crate::render::safe;
use crate::rules::Level;
use crate::text::{self, Lang};

/// The most characters of a name in a sentence.
const NAME: usize = 160;

/// The labels of the section `ui`.
const UI: &[&str] = &[
    "hello",
    "in-short",
    "if-nothing",
    "why-you",
    "what-you-do",
    "what-stays",
    "dates",
    "trouble",
    "reason",
    "reference",
    "before",
    "after",
    "operations",
    "where",
    "when",
    "what",
    "change",
    "details",
    "calendar",
    "history",
    "correction",
    "nothing-to-do",
    "removed-value",
    "added-value",
    "sunset",
];
/// The labels of the section `notices`.
const OWN: &[&str] = &["incident", "data", "numbers", "proof-shown", "net-nothing"];

/// The labels by name, with `_` for `-`, and `colon_end`: what stands between a label and its value.
pub(super) fn labels(lang: Lang) -> BTreeMap<String, String> {
    let of = |section: &'static str, keys: &'static [&'static str]| {
        keys.iter().map(move |key| (key.replace('-', "_"), text::word(lang, section, key).to_owned()))
    };
    let plainly = ("plainly".to_owned(), text::word(lang, "notice-parts", "plainly").to_owned());
    let colon = text::put(&text::ui(lang, "colon"), &[("label", ""), ("value", "")]);
    of("ui", UI).chain(of("notices", OWN)).chain([plainly, ("colon".to_owned(), colon)]).collect()
}

/// A phrase of the section `notices`.
pub(super) fn said(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    text::put(text::word(lang, "notices", key), args)
}

/// A phrase of the section `notices` with a number.
pub(super) fn counted(lang: Lang, key: &str, count: u64, args: &[(&str, &str)]) -> String {
    text::put(&text::counted(lang, "notices", key, count), args)
}

/// A phrase of the section `ui`.
pub(super) fn ui(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    text::put(&text::ui(lang, key), args)
}

/// `label: value`
pub(super) fn labelled(lang: Lang, label: &str, value: &str) -> String {
    text::labelled(lang, label, value)
}

/// A name of the contract as a code span.
pub(super) fn name(text: &str) -> String {
    safe::code(&clip(text, NAME))
}

/// A day in words.
pub(super) fn day(lang: Lang, day: Date) -> String {
    text::date(lang, day)
}

/// A level as partners read it.
pub(super) fn level(lang: Lang, level: Level) -> LevelWord {
    let word = text::word(lang, "levels", &format!("{}-partner", level.as_str()));
    LevelWord { id: level, word: word.to_owned() }
}
