//! STUB, to be replaced by the real texts (`templates/texts/{en,fr}.toml`) when they are merged: take theirs.
//!
//! Holds the signatures that `report` and `render` are written against, the words they ask for, and two or three
//! sentences for their tests.

use serde::{Deserialize, Serialize};

use crate::diff::{Arg, Args};

/// A language of reports.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

/// The sentence of a rule, by its id.
pub fn say(rule: &str, lang: Lang, args: &Args) -> String {
    let row = SENTENCES.iter().find(|row| row.0 == rule);
    let sentence = match (row, lang) {
        (Some(row), Lang::En) => row.1,
        (Some(row), Lang::Fr) => row.2,
        (None, _) => return rule.to_owned(),
    };
    args.iter().fold(sentence.to_owned(), |text, (name, arg)| {
        let value = match arg {
            Arg::Code(code) => format!("`{code}`"),
            Arg::Count(count) => count.to_string(),
            Arg::Term { term } => term.clone(),
            Arg::Spot { path, spot: part } => format!("`{path}` ({})", spot(lang, part)),
        };
        text.replace(&format!("{{{name}}}"), &value)
    })
}

/// A fixed word; empty where it is missing, which a test excludes.
pub fn word(lang: Lang, section: &str, key: &str) -> &'static str {
    let row = WORDS.iter().find(|row| row.0 == section && row.1 == key);
    row.map_or("", |row| if lang == Lang::En { row.2 } else { row.3 })
}

/// A part of an operation in words.
pub fn spot(lang: Lang, spot: &str) -> String {
    match lang {
        Lang::En => spot.to_owned(),
        Lang::Fr => spot.replace("response", "réponse").replace("request", "requête").replace("body", "corps"),
    }
}

/// A text with `{name}` placeholders filled.
pub fn fill(text: &str, args: &[(&str, &str)]) -> String {
    args.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// A date (`2024-05-14`) in words.
pub fn date(lang: Lang, iso: &str) -> String {
    match (lang, iso) {
        (Lang::En, "2024-05-14") => "14 May 2024".to_owned(),
        (Lang::Fr, "2024-05-14") => "14 mai 2024".to_owned(),
        (Lang::En | Lang::Fr, other) => other.to_owned(),
    }
}

const SENTENCES: &[(&str, &str, &str)] = &[
    (
        "response-property-removed",
        "{property} is no longer sent in {schema}",
        "{property} n’est plus envoyé dans {schema}",
    ),
    ("response-property-added", "{property} is now sent in {schema}", "{property} est désormais envoyé dans {schema}"),
    ("response-enum-value-added", "{place} can now be {value}", "{place} peut désormais valoir {value}"),
    ("operation-added", "{operation} is new", "{operation} est nouvelle"),
    ("operation-removed", "{operation} was removed", "{operation} est supprimée"),
    ("description-edited", "the description of {place} was edited", "la description de {place} a été modifiée"),
];

/// Section, key, English, French.
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("levels", "breaking", "breaking", "rupture"),
    ("levels", "risky", "risky", "à vérifier"),
    ("levels", "additive", "additive", "ajout"),
    ("levels", "docs", "documentation", "documentation"),
    ("levels", "none", "no change", "aucun changement"),
    ("ui", "breaking_one", "{n} breaking change", "{n} rupture"),
    ("ui", "breaking_many", "{n} breaking changes", "{n} ruptures"),
    ("ui", "risky_one", "{n} risky change", "{n} changement à vérifier"),
    ("ui", "risky_many", "{n} risky changes", "{n} changements à vérifier"),
    ("ui", "additive_one", "{n} addition", "{n} ajout"),
    ("ui", "additive_many", "{n} additions", "{n} ajouts"),
    ("ui", "docs_one", "{n} documentation change", "{n} changement de documentation"),
    ("ui", "docs_many", "{n} documentation changes", "{n} changements de documentation"),
    ("ui", "unproven_one", "{n} of them unproven", "dont {n} non prouvé"),
    ("ui", "unproven_many", "{n} of them unproven", "dont {n} non prouvés"),
    ("ui", "and", "and", "et"),
    ("ui", "contract", "API contract:", "Contrat d’API\u{a0}:"),
    ("ui", "compared", "{base} compared with {head}", "{base} comparé à {head}"),
    ("ui", "more_one", "and {n} more", "et {n} autre"),
    ("ui", "more_many", "and {n} more", "et {n} autres"),
    ("ui", "hidden_one", "{what} not shown (--level {level})", "{what} non affiché (--level {level})"),
    ("ui", "hidden_many", "{what} not shown (--level {level})", "{what} non affichés (--level {level})"),
    (
        "ui",
        "cut_one",
        "{n} change is not listed here: the text would be too long. The counts are complete.",
        "{n} changement n’est pas listé ici : le texte serait trop long. Les totaux sont complets.",
    ),
    (
        "ui",
        "cut_many",
        "{n} changes are not listed here: the text would be too long. The counts are complete.",
        "{n} changements ne sont pas listés ici : le texte serait trop long. Les totaux sont complets.",
    ),
    (
        "ui",
        "cut_details",
        "Details were left out: the text would be too long.",
        "Les détails sont omis : le texte serait trop long.",
    ),
    ("ui", "before", "Before", "Avant"),
    ("ui", "after", "After", "Après"),
    ("ui", "before_and_after", "Before and after", "Avant et après"),
    ("ui", "fingerprints", "Fingerprints", "Empreintes"),
    ("ui", "problems", "Odd spots", "Anomalies"),
    ("ui", "renamed_to", "probably renamed to {name}", "probablement renommé en {name}"),
    ("ui", "renamed_from", "probably renamed from {name}", "probablement renommé depuis {name}"),
    ("ui", "proven", "proven", "prouvé"),
    ("ui", "unproven", "unproven", "non prouvé"),
    (
        "ui",
        "unseen_one",
        "{n} response declares no schema: changes there cannot be seen.",
        "{n} réponse ne déclare aucun schéma\u{a0}: ses changements ne se voient pas.",
    ),
    (
        "ui",
        "unseen_many",
        "{n} responses declare no schema: changes there cannot be seen.",
        "{n} réponses ne déclarent aucun schéma\u{a0}: leurs changements ne se voient pas.",
    ),
    ("ui", "in_base", "in the old version", "dans l’ancienne version"),
];
